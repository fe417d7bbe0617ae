import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from corpus import Report
from ingest.config import IngestConfig
from ingest.gather import Gathered, gather
from ingest.library import Library
from ingest.run import Model, Run
from tests.ingest.words import WordEmbedder

NOTES = {"a.md": "# Oslo\n\nThe team came to Oslo.\n", "in/b.md": "# Bergen\n\nThe team came to Bergen.\n"}


def packed(folder: Path, notes: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / "bundle.zip", "w") as archive:
        for name, text in notes.items():
            archive.writestr(name, text)
    return folder


def gathered(
    folder: Path, library: Library, good: dict[str, Report], published: tuple[str, ...] = ()
) -> tuple[Gathered, int]:
    """What is gathered, and how many records were read for it."""
    read: list[int] = []
    run = Run(
        folder=folder,
        data=folder,
        config=IngestConfig(),
        model=Model("", WordEmbedder()),
        library=library,
        tell=lambda step, done, of: read.append(done),
    )
    found = gather(run, last_good=good.get, corrections={}, published=published)
    return found, len(read)


def test_only_the_members_that_changed_are_read_again(tmp_path: Path) -> None:
    folder = packed(tmp_path / "reports", NOTES)
    with closing(Library(tmp_path / "library.db")) as library:
        first, read = gathered(folder, library, {})
        assert ([report.path for report in first.reports], read) == (["bundle.zip/a.md", "bundle.zip/in/b.md"], 2)
        packed(folder, NOTES | {"a.md": "# Oslo\n\nThe team came to Oslo again.\n"})
        second, read = gathered(folder, library, {})
        assert (read, second.reports[1]) == (1, first.reports[1])
        assert "again" in second.reports[0].text


@pytest.mark.parametrize("published", [(), tuple(f"bundle.zip/{name}" for name in NOTES)])
def test_the_members_of_an_archive_that_fails_keep_their_last_good_reports(
    tmp_path: Path, published: tuple[str, ...]
) -> None:
    folder = packed(tmp_path / "reports", NOTES)
    with closing(Library(tmp_path / "library.db")) as library:
        first, _ = gathered(folder, library, {})
        (folder / "bundle.zip").write_bytes(b"PK\x03\x04 torn")
        second, _ = gathered(folder, library, {report.path: report for report in first.reports}, published)
    assert [report.path for report in second.reports] == list(published)
    assert [failure.path for failure in second.failed] == ["bundle.zip"]
    assert ("last readable version stays" in second.failed[0].reason) == bool(published)
