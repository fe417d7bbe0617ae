import pytest

from corpus import ReadFailure
from ingest import Receipt
from tests.ui.elements import Elements
from tests.ui.standin import ATTACK
from ui.web.records import no_index, progress, receipt, trouble
from ui.wording import LANGUAGES, words

EN = words("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_an_index_the_page_says_so_and_leads_to_where_one_is_made(language: str) -> None:
    page = Elements(no_index(words(language)))
    assert words(language).say("no_index") in page.text
    assert [link["href"] for link in page.named("a")] == ["#keep"]


def test_trouble_is_announced_and_hostile_text_in_it_stays_text() -> None:
    page = Elements(trouble(ATTACK))
    assert page.named("div")[0]["role"] == "alert" and page.text == ATTACK and not page.named("img")


def test_a_receipt_names_what_changed_and_why_files_failed() -> None:
    made = Receipt(
        generation="g",
        added=("a.md", "b.md"),
        unchanged=3,
        failed=(ReadFailure(path="<x>.pdf", reason="truncated"),),
        reports=5,
        passages=9,
        seconds=2.34,
    )
    html = receipt(made.to_dict(), EN)
    assert "not every file could be read" in html
    assert "5 reports, 9 passages · 2.3 seconds" in html
    assert "2: a.md, b.md" in html
    assert "&lt;x&gt;.pdf</strong>: truncated" in html
    assert "Removed" not in html


def test_many_files_are_counted_and_some_named() -> None:
    html = receipt(Receipt(generation="g", added=tuple(f"{n}.md" for n in range(20))).to_dict(), EN)
    assert "20: 0.md" in html and "(+12)" in html and "15.md" not in html


def test_progress_has_a_bar_that_assistive_technology_can_read() -> None:
    assert '<progress value="3" max="10"></progress>' in progress("embed", 3, 10, EN)
    assert "Embedding 3/10" in progress("embed", 3, 10, EN)
    assert "<progress></progress>" in progress("", 0, 0, EN)
    assert "polish 1/2" in progress("polish", 1, 2, EN)
