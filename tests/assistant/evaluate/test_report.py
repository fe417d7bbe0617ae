from html.parser import HTMLParser

from rich.console import Console

from assistant.evaluate import JudgedQuestion, Scorecard, evaluate, scorecard_html, scorecard_table
from assistant.question import Turn
from tests.assistant.evaluate.byhand import sample_text, silent

EVIL = "<script>alert('x')</script> & [bold]{0}"


class Page(HTMLParser):
    """Collects tags, their addresses and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.text += data


def card() -> Scorecard:
    judged = JudgedQuestion(
        id=EVIL, question=f"Who? {EVIL}", expected="answer", lang="en", type=EVIL, must_contain=(EVIL,),
        gold_files=("016-bri-autumn-2023.md",), gold_quotes=("15 more from 6 countries", EVIL), gold_answer=EVIL,
        history=(Turn(role="user", content=EVIL),), note=EVIL,
    )  # fmt: skip
    return evaluate([judged], silent, report_text=sample_text)


def test_the_page_shows_what_was_expected_and_got_and_escapes_it_all() -> None:
    page = Page()
    page.feed(scorecard_html(card()))
    assert "script" not in page.tags
    assert "Who? " + EVIL in page.text
    assert "not_in_records: The records do not say." in page.text
    assert "✗ 15 more from 6 countries" in page.text
    assert page.text.count(EVIL) >= 8


def test_the_page_needs_nothing_from_elsewhere() -> None:
    page = Page()
    page.feed(scorecard_html(card()))
    assert page.addresses == []
    assert "url(" not in scorecard_html(card())


def test_the_table_shows_each_group_with_its_number_of_questions_and_a_dash_for_what_does_not_apply() -> None:
    console = Console(width=140, record=True, file=None, quiet=False)
    with console.capture() as captured:
        console.print(scorecard_table(card()))
    shown = captured.get()
    assert "all" in shown
    assert EVIL in shown
    assert "–" in shown


def test_an_empty_scorecard_can_be_shown() -> None:
    assert "<h1>Scorecard</h1>" in scorecard_html(Scorecard())
    assert scorecard_table(Scorecard()).row_count == 1
