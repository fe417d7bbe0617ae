"""The table of reports: how each stands to the index, and what is done to it."""

import dataclasses
from pathlib import Path

import pytest

from corpus import Report, UsageError, read_reports
from ingest import read_corrections
from tests.ingest.words import write
from tests.ui.elements import Elements
from ui.web.keep.report_deeds import ReportDeeds
from ui.web.keep.report_table import report_table
from ui.wording import LANGUAGES, words

RECORD = "---\ntitle: Visit to Arden\ndate: 2025-03-12\nplace: Arden\n---\n\nA delegation came.\n"
RECEIPT = {"failed": [{"file": "torn.pdf", "reason": "it is <torn>"}]}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, ...]:
    """As the index has them, of which one has been removed since."""
    indexed = write(tmp_path_factory.mktemp("indexed"), {"arden.md": RECORD, "gone.md": "# Gone\n\nA sentence.\n"})
    return tuple(one for one in read_reports(indexed) if isinstance(one, Report))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As it is now: one has come in, and one is torn."""
    now = {"arden.md": RECORD, "new.md": "# New\n\nA sentence.\n", "torn.pdf": "no pdf"}
    return write(tmp_path / "reports", now)


@pytest.fixture
def deeds(tmp_path: Path) -> ReportDeeds:
    return ReportDeeds(tmp_path / "data")


def test_each_report_and_file_says_how_it_stands_to_the_index(
    deeds: ReportDeeds, folder: Path, reports: tuple[Report, ...]
) -> None:
    held = deeds.held(folder, reports, RECEIPT)
    assert [(row.path, row.state) for row in held.rows] == [
        ("torn.pdf", "failed"), ("new.md", "new"), ("gone.md", "gone"), ("arden.md", "indexed"),
    ]  # fmt: skip
    (folder / "arden.md").write_text(RECORD + "More.\n")
    assert {row.path: row.state for row in deeds.held(folder, reports, RECEIPT).rows}["arden.md"] == "changed"


def test_a_record_within_an_archive_stands_with_it_and_only_the_archive_can_be_taken_out(
    deeds: ReportDeeds, folder: Path, reports: tuple[Report, ...]
) -> None:
    (folder / "all.zip").write_bytes(b"PK")
    inner = dataclasses.replace(reports[0], path="all.zip/inner.md")
    rows = {row.path: row for row in deeds.held(folder, (inner,), None).rows}
    assert (rows["all.zip/inner.md"].state, rows["all.zip/inner.md"].is_file) == ("indexed", False)
    assert (rows["all.zip"].state, rows["all.zip"].is_file) == ("indexed", True)


def test_title_and_date_are_corrected_and_taken_back(
    deeds: ReportDeeds, folder: Path, reports: tuple[Report, ...], tmp_path: Path
) -> None:
    deeds.retitle(reports, "arden.md", {"title": "Arden", "dates": "2025-03-12", "place": "Arden", "do": "retitle"})
    assert [(one.title, one.dates) for one in read_corrections(tmp_path / "data")] == [("Arden", None)]
    row = next(one for one in deeds.held(folder, reports, None).rows if one.path == "arden.md")
    assert row.title == "Arden" and row.is_corrected and row.shown["dates"] == "2025-03-12"
    deeds.untitle(reports, "arden.md")
    assert read_corrections(tmp_path / "data") == ()


def test_a_removed_file_is_put_back(deeds: ReportDeeds, folder: Path, reports: tuple[Report, ...]) -> None:
    deeds.remove(folder, "arden.md")
    held = deeds.held(folder, reports, None)
    assert {row.path: row.state for row in held.rows}["arden.md"] == "gone"
    (kept,) = held.aside
    assert deeds.put_back(folder, kept.id) == "arden.md"
    assert (folder / "arden.md").read_text() == RECORD and deeds.held(folder, reports, None).aside == ()


def test_reading_again_tells_why_it_fails_and_that_it_does_not(
    deeds: ReportDeeds, folder: Path, reports: tuple[Report, ...]
) -> None:
    with pytest.raises(UsageError, match=r"torn\.pdf still cannot be read: it is"):
        deeds.read_again(folder, "torn.pdf")
    assert deeds.read_again(folder, "new.md") == "new.md"


@pytest.mark.parametrize("path", ["../arden.md", "none.md"])
def test_deeds_on_what_is_not_there_change_nothing(
    deeds: ReportDeeds, folder: Path, reports: tuple[Report, ...], path: str
) -> None:
    for deed in (lambda: deeds.remove(folder, path), lambda: deeds.retitle(reports, path, {"title": "x"}),
                 lambda: deeds.read_again(folder, path), lambda: deeds.put_back(folder, path)):  # fmt: skip
        with pytest.raises(UsageError):
            deed()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_offers_what_can_be_done_and_nothing_of_a_file_is_markup(
    deeds: ReportDeeds, folder: Path, reports: tuple[Report, ...], language: str
) -> None:
    deeds.remove(folder, "new.md")
    shown = report_table(deeds.held(folder, reports, RECEIPT), {}, words(language))
    offered = [(one["data-do"], one["data-id"]) for one in Elements(shown).named("button") if "data-do" in one]
    assert ("read_again", "torn.pdf") in offered and ("remove", "arden.md") in offered
    assert ("remove", "gone.md") not in offered and any(deed == "put_back" for deed, _ in offered)
    assert "it is &lt;torn&gt;" in shown
    assert 'name="title" value="Visit to Arden"' in shown


def test_the_table_is_searched_by_title_and_path(deeds: ReportDeeds, folder: Path, reports: tuple[Report, ...]) -> None:
    shown = report_table(deeds.held(folder, reports, RECEIPT), {"search": "visit TO"}, words())
    assert "arden.md" in shown and "torn.pdf" not in shown
