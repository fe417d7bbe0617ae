from pathlib import Path

import pytest

from corpus import UsageError
from ingest import correct, fact_key, preview, strike_fact
from ingest.embed import token_counter
from ingest.passages import passages_of
from tests.ingest.words import REPORTS, state, write

RECORD = (
    "---\ntitle: Porto visits Lyon\ndate: 2025-03-12\nplace: Lyon\n---\n\nOn 12 March 2025 a delegation of the "
    "University of Porto visited the Lyon Institute of Education. Director Claire Moreau welcomed the delegation.\n"
)


def test_a_preview_tells_what_is_understood_with_its_facts_cited_and_writes_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "inbox", {"porto.md": RECORD})
    before = state(tmp_path)
    (one,) = preview(folder, data=tmp_path / "data")
    assert one.report is not None
    assert (one.report.title, one.report.place, one.report.language) == ("Porto visits Lyon", "Lyon", "en")
    assert (one.report.dates[0].start, one.passages, one.reason) == ("2025-03-12", 1, "")
    assert {fact.kind for fact in one.facts} >= {"organization", "person"}
    for fact in one.facts:
        assert one.report.text[fact.citation.start : fact.citation.end] == fact.citation.quote
    assert state(tmp_path) == before


def test_what_cannot_be_read_says_why_and_the_others_are_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "inbox", {"a.md": "", "b.md": RECORD})
    (folder / "torn.pdf").write_bytes(b"%PDF-1.7\nnot much of one")
    torn, empty, good = preview(folder, [Path("torn.pdf"), Path("a.md"), Path("b.md")], data=tmp_path / "data")
    assert (torn.path, torn.report, empty.report) == ("torn.pdf", None, None)
    assert torn.reason and "empty" in empty.reason
    assert good.report is not None and not good.reason


def test_corrections_show_in_the_preview(tmp_path: Path) -> None:
    folder, data = write(tmp_path / "inbox", {"porto.md": RECORD}), tmp_path / "data"
    (before,) = preview(folder, data=data)
    assert before.report is not None
    strike_fact(data, before.facts[0])
    correct(data, "porto.md", before.report.sha256, title="Porto in Lyon", dates="May 2024")
    (after,) = preview(folder, data=data)
    assert after.report is not None
    assert (after.report.title, after.report.dates[0].start) == ("Porto in Lyon", "2024-05")
    assert after.rejected == {fact_key(before.facts[0])}
    assert after.fact(fact_key(before.facts[0])) is not None
    assert after.fact("unknown") is None


def test_no_file_gives_nothing_and_no_folder_is_an_error(tmp_path: Path) -> None:
    assert list(preview(tmp_path, data=tmp_path / "data")) == []
    with pytest.raises(UsageError, match="no such folder"):
        next(preview(tmp_path / "nowhere", data=tmp_path / "data"))


def test_passages_are_counted_as_the_index_counts_them(tmp_path: Path) -> None:
    folder = write(tmp_path / "inbox", {"long.md": "# Long\n\n" + "The dean spoke of rural schools and bridges. " * 90})
    (one,) = preview(folder, data=tmp_path / "data")
    assert one.report is not None and one.passages > 1
    assert one.passages == len(passages_of(one.report, count_tokens=token_counter()))


def test_tokens_are_counted_as_the_embedder_does(embedder: object) -> None:
    count = token_counter()
    for text in ("", *REPORTS.values()):
        assert count(text) == embedder.count_tokens(text)


def test_of_a_long_file_only_the_beginning_is_read_for_facts_and_that_is_said(tmp_path: Path) -> None:
    pages = "".join(f"## Day {n}\n\nThe dean of Arden College spoke of bridges on day {n}.\n\n" for n in range(90))
    (one,) = preview(write(tmp_path / "inbox", {"long.md": pages}), data=tmp_path / "data")
    assert one.report is not None
    assert one.report.notes == ("of its 90 passages the first 80 were read for facts here; the index reads all",)
    last = one.report.text.index("## Day 80")
    assert one.facts and all(fact.citation.end <= last for fact in one.facts)
