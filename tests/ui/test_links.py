import pytest

from tests.ui.elements import Elements
from tests.ui.standin import ATTACK, HOSTILE, cite
from ui.web.browse.views import browse
from ui.web.desk import Desk
from ui.web.links import MAX_ADDRESS, address, cite_button, go, parse_address
from ui.wording import words

EN = words("en")
# The first nine name no view.
HOSTILE_ADDRESSES = (
    "",
    "#?",
    "#browse/",
    "#browse/nowhere?x=1",
    "#browse/../keep",
    f"#{ATTACK}",
    f"#browse/{ATTACK}?name={ATTACK}",
    "javascript:alert(1)",
    "#" * 9000,
    "#browse/partner?name=%ff%00",
    "#browse/theme?theme=&&&===",
    "#browse/report?id=\ud800",
    "#browse/people?as_of=99999-99-99&search=%25_'\"",
    "#browse/visits?year=-1e9",
    f"#browse/reports?language[]=1&search={'(' * 1900}",
)


@pytest.mark.parametrize("name", ["Lyon", "Абай & Co?", "云岭大学#1", ATTACK, "a=b&c=d%20+ "])
def test_an_address_keeps_any_name_that_is_put_into_it(name: str) -> None:
    made = address("browse/partner", name=name, year=2025, state="")
    assert parse_address(made) == ("browse/partner", {"name": name, "year": "2025"})
    assert not set(made) & set("<>\"' ")


def test_an_address_without_query_has_no_question_mark() -> None:
    assert address("ask") == "#ask" and parse_address("ask") == ("ask", {})


@pytest.mark.parametrize("told", [None, 7, ["#ask"], {"address": "#ask"}, True])
def test_what_is_no_text_is_no_address(told: object) -> None:
    assert parse_address(told) == ("", {})


def test_of_an_endless_address_only_the_beginning_is_read() -> None:
    _, query = parse_address("#history?search=" + "a" * 10 * MAX_ADDRESS)
    assert len(query["search"]) < MAX_ADDRESS


@pytest.mark.parametrize("told", HOSTILE_ADDRESSES, ids=range(len(HOSTILE_ADDRESSES)))
def test_a_hostile_address_gives_a_view_and_stays_text(told: str, desk: Desk) -> None:
    html = browse(desk.shelf(), told, EN)
    page = Elements(html)
    assert [one["href"] for one in page.named("a") if one.get("aria-current") == "page"]
    assert not page.named("img") and not page.named("script") and "Traceback" not in html


@pytest.mark.parametrize("told", HOSTILE_ADDRESSES[:9], ids=range(9))
def test_an_address_that_names_no_view_gives_the_overview(told: str, desk: Desk) -> None:
    # All but the address that the drawing says it answers.
    shown, overview = (browse(desk.shelf(), one, EN).partition("<nav")[2] for one in (told, "#browse/overview"))
    assert shown == overview


def test_a_link_is_escaped_and_names_the_language_of_its_text() -> None:
    (link,) = Elements(go(ATTACK, "browse/partner", name=ATTACK, lang="zh")).named("a")
    assert parse_address(link["href"])[1]["name"] == ATTACK and link["lang"] == "zh"


def test_a_citation_is_a_numbered_button_with_its_quote_and_its_report_by_name() -> None:
    page = Elements(cite_button(2, cite(HOSTILE, ATTACK), EN))
    (button,) = page.named("button")
    assert page.text == "2" and button["aria-label"] == f"Source 2: {ATTACK}"
    assert button["data-quote"] == ATTACK
    report, start, end = button["data-cite"].rsplit(":", 2)
    assert report == HOSTILE.id and HOSTILE.text[int(start) : int(end)] == ATTACK
