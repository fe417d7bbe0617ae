from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import IndexUnusable, UsageError
from ingest import (
    Receipt,
    build_index,
    correct,
    forget_generations,
    open_index,
    read_corrections,
    uncorrect,
)
from ingest.index import Index
from tests.ingest.words import WordEmbedder, write

RECORD = {
    "porto.md": (
        "---\ntitle: Porto visits Lyon\n---\n\nOn 12 March 2025 a delegation of the University of Porto visited the "
        "Lyon Institute of Education. Director Claire Moreau welcomed the delegation.\n"
    )
}


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path / "reports", RECORD), tmp_path / "data"


@pytest.fixture
def index(place: tuple[Path, Path]) -> Callable[[], tuple[Receipt, Index]]:
    folder, data = place

    def run() -> tuple[Receipt, Index]:
        receipt = build_index(folder, data=data, embedder=WordEmbedder())
        opened = open_index(data)
        opened.close()
        return receipt, opened

    return run


@pytest.mark.slow
def test_a_correction_takes_effect_in_the_next_run_and_costs_nothing_after_it(
    place: tuple[Path, Path], index: Callable[[], tuple[Receipt, Index]]
) -> None:
    data = place[1]
    before = index()[1].reports()[0]
    correct(data, before.path, before.sha256, title=" Porto  in Lyon ", dates="4 to 5 May 2024", place="Lyon")
    receipt, opened = index()
    report = opened.reports()[0]
    assert (receipt.changed, receipt.unchanged) == (("porto.md",), 0)
    assert (report.title, report.place, report.language) == ("Porto in Lyon", "Lyon", "en")
    assert [(date.start, date.end) for date in report.dates] == [("2024-05-04", "2024-05-05")]
    assert (report.text, report.body, report.sha256) == (before.text, before.body, before.sha256)
    assert opened.passages()[0].heading == "Porto in Lyon"
    assert all(fact.citation.title == "Porto in Lyon" for fact in opened.facts())
    again = index()[0]
    assert (again.generation, again.embedded, again.unchanged) == (receipt.generation, 0, 1)


@pytest.mark.slow
def test_a_correction_rests_while_the_file_has_other_bytes(
    place: tuple[Path, Path], index: Callable[[], tuple[Receipt, Index]]
) -> None:
    folder, data = place
    report = index()[1].reports()[0]
    correct(data, report.path, report.sha256, title="Corrected")
    write(folder, {"porto.md": RECORD["porto.md"] + "More.\n"})
    assert index()[1].reports()[0].title == "Porto visits Lyon"
    write(folder, RECORD)
    assert index()[1].reports()[0].title == "Corrected"


@pytest.mark.slow
def test_fields_are_corrected_one_by_one_and_taken_back_together(
    place: tuple[Path, Path], index: Callable[[], tuple[Receipt, Index]]
) -> None:
    data = place[1]
    report = index()[1].reports()[0]
    correct(data, report.path, report.sha256, title="Corrected")
    told = correct(data, report.path, report.sha256, language="RU", dates="")
    assert (told.title, told.language, told.dates, told.place) == ("Corrected", "ru", "", None)
    now = index()[1].reports()[0]
    assert (now.title, now.language, now.dates) == ("Corrected", "ru", ())
    uncorrect(data, report.path, report.sha256)
    assert index()[1].reports()[0] == report
    assert read_corrections(data) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"dates": "some day"}, {"dates": "2024-13-45"}, {"language": "english"}, {"language": "qq"}, {"language": ""},
        {"title": " "}, {"title": "x" * 500}, {"place": "a\x00b"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_remembered(wrong: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        correct(tmp_path, "a.md", "0" * 64, **({"title": "Good"} | wrong))
    assert read_corrections(tmp_path) == ()


def test_a_correction_of_nothing_named_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="SHA-256"):
        correct(tmp_path, "a.md", "123", title="Good")
    with pytest.raises(UsageError, match="SHA-256"):
        correct(tmp_path, "", "0" * 64, title="Good")


@pytest.mark.slow
def test_a_last_good_version_is_corrected_too(
    place: tuple[Path, Path], index: Callable[[], tuple[Receipt, Index]]
) -> None:
    folder, data = place
    report = index()[1].reports()[0]
    correct(data, report.path, report.sha256, title="Corrected")
    index()
    write(folder, {"porto.md": ""})
    assert index()[1].reports()[0].title == "Corrected"


@pytest.mark.slow
def test_forgetting_removes_the_corrections_of_reports_that_are_gone(
    place: tuple[Path, Path], index: Callable[[], tuple[Receipt, Index]]
) -> None:
    folder, data = place
    write(folder, {"other.md": "# Other\n\nAnother record.\n"})
    kept, gone = index()[1].reports()
    for report in (kept, gone):
        correct(data, report.path, report.sha256, title=f"Corrected {report.path}")
    (folder / gone.path).unlink()
    index()
    assert len(read_corrections(data)) == 2
    forget_generations(data)
    assert [one.path for one in read_corrections(data)] == [kept.path]
    assert f"Corrected {gone.path}".encode() not in (data / "corrections.db").read_bytes()


def test_a_damaged_file_of_corrections_is_named(tmp_path: Path) -> None:
    (tmp_path / "corrections.db").write_bytes(b"no database at all, but long enough" * 50)
    with pytest.raises(IndexUnusable, match=r"corrections\.db"):
        read_corrections(tmp_path)


def test_the_digest_of_a_correction_is_stable_and_tells_them_apart(tmp_path: Path) -> None:
    one = correct(tmp_path, "a.md", "0" * 64, place="Lyon")
    assert one.digest == read_corrections(tmp_path)[0].digest
    assert one.digest != correct(tmp_path, "a.md", "0" * 64, place="").digest
