import re
from dataclasses import replace

from corpus import EventDate
from ingest import Agreement, Ledger, Role
from tests.ui.standin import ATTACK, HOSTILE, INDEX, LYON, cite, report_of
from ui.web.browse.agreements import agreements
from ui.web.browse.report import report
from ui.web.browse.reports import SHOWN, reports
from ui.web.desk import Shelf
from ui.wording import words

EN = words("en")
DATED = replace(
    LYON,
    id="lyon",
    place="Lyon, France",
    address="https://example.org/a",
    dates=(EventDate(text="3 May", start="--05-03", end="--05-03"),),
)
RUSSIAN = replace(
    report_of("Ректор посетил университет.", title="Визит", path="b.md"),
    id="b",
    language="ru",
    dates=(EventDate(text="2024", start="2024", end="2024"),),
)
SIGNED = Agreement(
    sides=("Lyon University", "Nice University"),
    form="mou",
    state="signed",
    citation=cite(DATED, "The agreement was signed by Ana Silva."),
    extractor="test",
)
ANA = Role(person="Ana Silva", citation=cite(DATED, "signed by Ana Silva"), extractor="test")
FACTS = tuple(replace(fact, citation=replace(fact.citation, report_id="lyon")) for fact in (SIGNED, ANA))
SHELF = Shelf(index=INDEX, ledger=Ledger(FACTS), reports=(DATED, RUSSIAN))


def marked(html: str) -> list[str]:
    return re.findall(r"<mark[^>]*>(.*?)</mark>", html)


def test_a_fact_by_hand_says_so_wherever_it_stands() -> None:
    by_hand = Shelf(index=INDEX, ledger=Ledger([replace(FACTS[0], extractor="keeper")]), reports=(DATED,))
    for view in (report(by_hand, {"id": "lyon"}, EN), agreements(by_hand, {}, EN)):
        assert "checked by hand" in view
    for view in (report(SHELF, {"id": "lyon"}, EN), agreements(SHELF, {}, EN)):
        assert "checked by hand" not in view


def test_a_report_says_that_it_was_read_whole_or_what_was_not() -> None:
    assert "The whole file was read" in report(SHELF, {"id": "lyon"}, EN)
    cut = Shelf(index=INDEX, ledger=Ledger(()), reports=(replace(DATED, notes=("1 picture",)),))
    html = report(cut, {"id": "lyon"}, EN)
    assert "The whole file was read" not in html and "not read whole" in html


def test_every_report_is_a_row_with_its_date_and_what_is_missing_of_it() -> None:
    html = reports(SHELF, {}, EN)
    assert "2 reports" in html and html.count('scope="row"') == 2
    assert "3 May, year not stated" in html and 'href="#browse/report?id=lyon"' in html
    assert "Russian" in html and "русский" in reports(SHELF, {}, words("ru"))


def test_a_search_shows_the_sentence_with_the_words_marked_and_leads_to_it() -> None:
    html = reports(SHELF, {"search": "ana SIGNED"}, EN)
    assert marked(html) == ["signed", "Ana"] and "1 match" in html
    place = re.search(r'href="#browse/report\?id=lyon&amp;at=(\d+)-(\d+)"', html)
    assert place is not None
    opened = report(SHELF, {"id": "lyon", "at": f"{place[1]}-{place[2]}"}, EN)
    assert marked(opened) == ["The agreement was signed by Ana Silva."]


def test_language_and_year_narrow_the_table_and_nothing_found_is_said() -> None:
    assert "Визит" in reports(SHELF, {"language": "ru"}, EN)
    assert "Визит" not in reports(SHELF, {"year": "none"}, EN) and "Lyon" in reports(SHELF, {"year": "none"}, EN)
    assert "No report fits" in reports(SHELF, {"search": "nowhere"}, EN)
    for query in ({"language": ATTACK}, {"year": ATTACK}, {"search": ATTACK}):
        html = reports(SHELF, query, EN)
        assert "No report fits" in html and "<img" not in html and "<script" not in html


def test_many_reports_are_cut_until_all_are_asked_for() -> None:
    many = tuple(replace(LYON, id=str(n)) for n in range(SHOWN + 1))
    shelf = Shelf(index=INDEX, ledger=Ledger(()), reports=many)
    html = reports(shelf, {"language": "en"}, EN)
    assert html.count('scope="row"') == SHOWN and "language=en&amp;all=yes" in html
    assert reports(shelf, {"all": "yes"}, EN).count('scope="row"') == SHOWN + 1


def test_an_open_report_shows_its_text_its_facts_and_where_it_comes_from() -> None:
    html = report(SHELF, {"id": "lyon", "fact": "1"}, EN)
    assert marked(html) == ["The agreement was signed by Ana Silva."]
    assert "memorandum of understanding, signed: " in html and html.count('class="cite"') == 2
    assert "as written: “3 May”" in html and 'href="https://example.org/a"' in html
    assert 'href="#browse/partner?name=Nice+University"' in html
    assert "谅解备忘录, 已签署" in report(SHELF, {"id": "lyon"}, words("zh"))


def test_an_unknown_report_or_place_is_said_plainly_or_marks_nothing() -> None:
    assert "There is no such report" in report(SHELF, {"id": ATTACK}, EN)
    for query in ({"fact": "9"}, {"fact": "-1"}, {"fact": "²"}, {"at": "5-2"}, {"at": "0-99999"}, {"at": "x"}):
        assert marked(report(SHELF, {"id": "lyon", **query}, EN)) == []


def test_hostile_titles_texts_and_addresses_stay_text() -> None:
    shelf = Shelf(index=INDEX, ledger=Ledger(()), reports=(replace(HOSTILE, place=ATTACK),))
    for html in (
        reports(shelf, {}, EN),
        reports(shelf, {"search": "script"}, EN),
        report(shelf, {"id": HOSTILE.id, "at": "0-20"}, EN),
    ):
        assert "<script" not in html and "<img" not in html and 'href="javascript' not in html


def test_what_may_be_misread_is_marked_wherever_it_stands_and_the_mark_is_explained() -> None:
    guessed = Shelf(index=INDEX, ledger=Ledger([replace(FACTS[0], chances=(0.5, 0.5, 0.5))]), reports=(DATED,))
    for view in (report(guessed, {"id": "lyon"}, EN), agreements(guessed, {}, EN)):
        assert view.count(">unsure<") == 1 and EN.say("unsure_legend").split(":")[0] in view
    for view in (report(SHELF, {"id": "lyon"}, EN), agreements(SHELF, {}, EN)):
        assert "nsure" not in view
