from corpus import ReadFailure
from ingest import Receipt
from ui.web.records import progress, receipt
from ui.wording import words

EN = words("en")


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
