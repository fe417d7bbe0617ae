import re

from assistant import Citation, IndexInfo
from corpus import Report
from ingest import Fact, Ledger, Theme
from tests.ui.standin import ATTACK, INDEX, cite, report_of
from ui.web.browse.themes import SHOWN, theme, themes
from ui.web.desk import Shelf
from ui.wording import words

EN = words("en")
OLD = report_of("They spoke of STEM. They spoke of AI.", title="Old visit", path="old.md")
NEW = report_of("Lyon spoke of STEM again. Nobody was named for STEM.", title="New visit", path="new.md")


def fact_of(report: Report, quote: str, partner: str, key: str, start: str = "") -> Fact:
    return Theme(
        partner=partner, key=key, start=start, citation=cite(report, quote), extractor="test"
    )  # fmt: skip


def shelf_of(*facts: Fact, index: IndexInfo = INDEX) -> Shelf:
    return Shelf(index=index, ledger=Ledger(facts), reports=(OLD, NEW))


SHELF = shelf_of(
    fact_of(OLD, "They spoke of STEM.", "Lyon University", "stem", "2023-05-01"),
    fact_of(OLD, "They spoke of AI.", "Nice University", "ai", "2023-05-01"),
    fact_of(NEW, "Lyon spoke of STEM again.", "Lyon University", "stem", "2024"),
    fact_of(NEW, "Nobody was named for STEM.", "", "stem", "2024"),
)


def quotes(html: str) -> list[str]:
    return re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", html)


def test_a_cell_tells_how_many_passages_there_are_and_leads_to_them() -> None:
    html = themes(SHELF, {}, EN)
    assert 'href="#browse/theme?theme=stem&amp;partner=Lyon+University"' in html
    assert 'aria-label="STEM education, Lyon University: 2 mentions">2</a>' in html
    assert 'aria-label="STEM education, partner not stated: 1 mention">1</a>' in html


def test_the_sentence_says_which_themes_are_most_frequent_and_with_whom() -> None:
    assert "STEM education (3), with Lyon University; " in themes(SHELF, {}, EN)
    more = fact_of(NEW, "Nobody was named for STEM.", "Nice University", "stem")
    second = fact_of(NEW, "Nobody was named for STEM.", "Nice University", "stem", "2020")
    assert "(4), most often with Lyon University" in themes(shelf_of(*SHELF.ledger.facts(Theme), more), {}, EN)
    assert "(5), with 2 partners" in themes(shelf_of(*SHELF.ledger.facts(Theme), more, second), {}, EN)


def test_partners_and_themes_stand_by_their_totals_and_every_cell_is_under_headings() -> None:
    html = themes(SHELF, {}, EN)
    assert html.index("Lyon University</a></th>") < html.index("Nice University</a></th>")
    assert html.count('scope="row"') == 4 and html.count('scope="col"') == 4


def test_many_partners_are_cut_to_the_most_frequent_until_all_are_asked_for() -> None:
    many = [fact_of(OLD, "They spoke of AI.", f"University {n:02}", "ai") for n in range(SHOWN + 5)]
    few, every = themes(shelf_of(*many), {}, EN), themes(shelf_of(*many), {"all": "yes"}, EN)
    assert few.count("browse/partner?") == SHOWN and every.count("browse/partner?") == SHOWN + 5
    assert "all=yes" in few and "20 of 25 partners" in few


def test_the_quotes_of_a_cell_are_those_of_its_partner_the_newest_report_first() -> None:
    html = theme(SHELF, {"theme": "stem", "partner": "Lyon University"}, EN)
    assert quotes(html) == ["Lyon spoke of STEM again.", "They spoke of STEM."]
    assert html.count('class="cite"') == 2
    assert quotes(theme(SHELF, {"theme": "stem", "unnamed": "yes"}, EN)) == ["Nobody was named for STEM."]
    assert len(quotes(theme(SHELF, {"partner": "Nice University"}, EN))) == 1


def test_without_themes_or_for_an_unknown_cell_a_sentence_says_so() -> None:
    assert "No report names a theme" in themes(shelf_of(), {}, EN)
    for query in ({"theme": ATTACK}, {"theme": "stem", "partner": ATTACK}, {"theme": "", "partner": "x" * 500}):
        html = theme(SHELF, query, EN)
        assert EN.say("themes_cell_none") in html and "<script" not in html and "<img" not in html


def test_hostile_names_titles_and_quotes_stay_text() -> None:
    hostile = report_of(f"Before. {ATTACK} After.", title=ATTACK)
    citation: Citation = cite(hostile, ATTACK)
    shelf = shelf_of(Theme(partner=ATTACK, key=ATTACK, citation=citation, extractor="test"))
    for html in (themes(shelf, {}, EN), theme(shelf, {"theme": ATTACK}, EN)):
        assert "&lt;script&gt;" in html and "<script" not in html and "<img" not in html
