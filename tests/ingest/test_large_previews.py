"""Files that are too much, previewed as they would wait: each is told or refused within its limits, beside others."""

import threading
import time
import zipfile
from pathlib import Path

import psutil
import pytest

from corpus import ReadLimits
from ingest import IngestConfig, Preview, preview
from tests.ingest.words import write

SMALL = "# Guests from Ulm\n\nOn 3 May 2024 the rector of Ulm came.\n"
LARGE = {
    "text.txt": lambda path: path.write_text("The rector of Ulm spoke of bridges and of boats. \n\n" * 180_000),
    "rows.csv": lambda path: path.write_text("Day,Guest\n" + "".join(f"{row},Ines\n" for row in range(1_000_000))),
    "bomb.docx": lambda path: pack(path, "word/document.xml", "[Content_Types].xml"),
    "bomb.zip": lambda path: pack(path, "a.txt", "b.txt"),
}


def pack(path: Path, *names: str) -> None:
    """An archive of 150 MB a part in some hundred kilobytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, bytes(150_000_000))


def is_limited() -> bool:
    """Whether a child of ours reads with no more memory than files may take."""
    size = ReadLimits().memory_mb * 1_000_000
    try:
        return any(one.rlimit(psutil.RLIMIT_AS) == (size, size) for one in psutil.Process().children())
    except psutil.NoSuchProcess:
        return False


@pytest.mark.slow
def test_a_small_file_is_previewed_while_large_ones_are_and_these_keep_within_their_limits(tmp_path: Path) -> None:
    inbox, other = write(tmp_path / "inbox", {}), write(tmp_path / "other", {"note.md": SMALL})
    inbox.mkdir(exist_ok=True)
    for name, make in LARGE.items():
        make(inbox / name)
    told: list[Preview] = []

    def read_large() -> None:
        patient = IngestConfig(limits=ReadLimits(seconds=300))  # what is measured here is no time
        told.extend(preview(inbox, [Path(name) for name in LARGE], data=tmp_path / "data", config=patient))

    reading = threading.Thread(target=read_large)
    reading.start()
    while not (within := is_limited()) and reading.is_alive():
        time.sleep(0.01)
    (small,) = preview(other, data=tmp_path / "data", config=IngestConfig(limits=ReadLimits(seconds=300)))
    was_reading = reading.is_alive()
    reading.join()
    text, rows, word, archive = told
    assert small.report is not None and was_reading and within
    assert text.report is not None and text.report.notes[-1].startswith("of its over ")
    assert "characters" in rows.reason and "unpacks to" in word.reason and "unpacks to" in archive.reason
