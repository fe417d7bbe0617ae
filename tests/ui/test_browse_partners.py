"""Partners and one partner: who was met, searched in any script, and all that is known and not known."""

import re

import pytest

from tests.ui.browsing import Records, empty_shelf, shelf
from tests.ui.standin import ATTACK
from ui.web.browse.findings import matching
from ui.web.browse.partner import partner
from ui.web.browse.partners import partners
from ui.web.desk import Shelf
from ui.wording import LANGUAGES, words

EN = words("en")


@pytest.fixture(scope="module")
def held() -> Shelf:
    return shelf()


def rows(html: str) -> list[str]:
    return re.findall(r"<tr>(.*?)</tr>", html.split("<tbody>")[1]) if "<tbody>" in html else []


def test_those_only_mentioned_are_counted_and_shown_on_request(held: Shelf) -> None:
    first, every = partners(held, {}, EN), partners(held, {"mentioned": "yes"}, EN)
    assert "4 reports searched, 3 partners; 1 organization only mentioned." in first
    assert len(rows(first)) == 3 and len(rows(every)) == 4


def test_a_partner_shows_country_contact_agreement_and_records(held: Shelf) -> None:
    (row,) = [one for one in rows(partners(held, {}, EN)) if "Norwick University" in one]
    assert "United Kingdom" in row and "was visited" in row and "4 May 2021" in row
    assert '<span class="browse-label" data-kind="signed">signed</span> memorandum of understanding' in row
    assert 'data-cite="a:' in row and 'data-sort="2021-05-04"' in row


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"search": "YUNLING"}, ["Yunling University"]),
        ({"search": "云岭"}, ["Yunling University"]),
        ({"country": "KZ"}, ["Penmoor Academy"]),
        ({"state": "wished"}, ["Yunling University"]),
        ({"degree": "received"}, ["Penmoor Academy"]),
        ({"country": "nowhere"}, []),
    ],
)
def test_search_in_any_script_and_filters(held: Shelf, query: dict[str, str], names: list[str]) -> None:
    html = partners(held, query, EN)
    assert [re.sub("<.*?>", "", one.split("</a>")[0]) for one in rows(html)] == names
    assert names or EN.say("partners_none") in html


def test_a_year_that_is_not_stated_is_said_with_both_days(held: Shelf) -> None:
    assert "3–5 November, year not stated" in partners(held, {}, EN)
    assert "3–5 ноября" in partners(held, {}, words("ru"))
    assert "11月3日至5日" in partners(held, {}, words("zh"))


def test_a_partner_is_found_by_any_form_and_shows_card_dossier_and_downloads(held: Shelf) -> None:
    html = partner(held, {"name": "norwick"}, EN)
    assert '<h2 lang="en">Norwick University</h2>' in html and "United Kingdom" in html
    assert "latest state: signed" in html and "#browse/people?search=Norwick+University" in html
    assert 'href="download/dossier.docx?name=Norwick+University&amp;language=en"' in html
    assert EN.say("dossier_no_theme") in html and "#browse/report?id=a" in html


def test_one_citation_has_one_number_in_a_dossier(held: Shelf) -> None:
    html = partner(held, {"name": "Norwick University"}, EN)
    told = set(re.findall(r'data-cite="([^"]+)"[^>]*>(\d+)<', html))
    assert len(told) == len({cite for cite, _ in told}) == len({n for _, n in told}) > 5


def test_an_unknown_partner_gives_near_names_and_none_leads_to_all(held: Shelf) -> None:
    html = partner(held, {"name": "Norwik Universty"}, EN)
    assert "No report names “Norwik Universty”. The nearest names are:" in html
    assert "#browse/partner?name=Norwick+University" in html
    assert EN.say("partner_choose") in partner(held, {}, EN)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hostile", [ATTACK, "\x00", "a" * 3000, "(", "%"])
def test_hostile_values_and_names_stay_text(held: Shelf, language: str, hostile: str) -> None:
    said = words(language)
    query = dict.fromkeys(("name", "search", "country", "state", "degree", "mentioned"), hostile)
    for html in (partners(held, query, said), partner(held, query, said), partners(held, {"mentioned": "yes"}, said)):
        assert "<script" not in html and "<img" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_index_without_records_says_so(language: str) -> None:
    said = words(language)
    assert said.say("partners_none") in partners(empty_shelf(), {}, said)
    assert said.say("partner_unknown", name="Lyon") in partner(empty_shelf(), {"name": "Lyon"}, said)


def test_a_search_finds_words_from_their_beginning_and_names_by_their_sound() -> None:
    told = Records()
    told.name("a", "Abai University", "阿拜大学")
    told.name("a", "AI Institute")
    ledger = told.shelf().ledger
    assert matching(ledger, "AI") == {"AI Institute"} and matching(ledger, "univ") == {"Abai University"}
    assert matching(ledger, "拜大") == matching(ledger, "Абай") == matching(ledger, "Abay") == {"Abai University"}
    assert matching(ledger, "Lusaka") == frozenset()


def test_a_partner_of_several_years_stands_along_an_axis_and_one_of_a_single_year_does_not(held: Shelf) -> None:
    html = partner(held, {"name": "Norwick University"}, EN)
    axis = html.split(EN.say("partner_over_time"))[1].split("browse-dossier")[0]
    assert re.findall(r"<h3>(\d{4})</h3>", axis) == sorted(set(re.findall(r"<h3>(\d{4})</h3>", axis)))
    assert "signed" in axis and 'class="cite"' in axis
    assert EN.say("partner_over_time") not in partner(held, {"name": "Penmoor Academy"}, EN)
