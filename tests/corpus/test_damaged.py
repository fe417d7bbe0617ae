"""Damaged files of every kind, read by one guarded child: each gives a report, or an error that says what is wrong.

`small/` holds one sound file of each kind, as pandoc (docx, odt, rtf, html), python-pptx, openpyxl, reportlab and
Python's own csv, email and zipfile write them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import ReadLimits, ReportError
from corpus.read.kinds import CONTAINERS
from corpus.read.worker import Worker
from tests.corpus.damaged import damaged

SMALL = Path(__file__).with_name("small")
KINDS = sorted(path.suffix for path in SMALL.iterdir())
NO_ANSWER = ("its reader failed", "its reader crashed", "its reader answered nonsense", "seconds", "MB to read")
"""What is said of a file for which a reader had no answer of its own, or none within its limits."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged")


@pytest.fixture(scope="module")
def worker(folder: Path) -> Iterator[Worker]:
    limits = replace(ReadLimits(), seconds=10, files_per_process=1000)
    with Worker(folder, limits) as one:
        yield one


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_read_or_refused_with_its_fault(kind: str, folder: Path, worker: Worker) -> None:
    check(kind, 300, folder, worker)


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", KINDS)
def test_ten_thousand_damaged_files_are_read_or_refused(kind: str, folder: Path, worker: Worker) -> None:
    check(kind, 10_000, folder, worker)


def check(kind: str, count: int, folder: Path, worker: Worker) -> None:
    """Read so many copies, the same as in every run; the numbers of those without an answer are told."""
    whole = (SMALL / f"note{kind}").read_bytes()
    counted: Counter[str] = Counter()
    faults = []
    for number in range(count):
        copy = folder / f"note{kind}"
        copy.write_bytes(damaged(whole, f"{kind} {number}"))
        for outcome in outcomes(Path(copy.name), worker):
            counted["refused" if outcome else "read"] += 1
            if any(sign in outcome for sign in NO_ANSWER):
                faults.append((number, outcome))
    assert not faults, f"{len(faults)} of {count}: {faults[:20]}"
    assert counted["read"] and counted["refused"], counted


def outcomes(path: Path, worker: Worker) -> Iterator[str]:
    """Why a file and each record in it cannot be read; empty for what can."""
    members = []
    if path.suffix in CONTAINERS:
        try:
            members = [path / inner for inner, _ in worker.members(path)]
        except ReportError as error:
            yield str(error)
    for one in (path, *members):
        try:
            worker.read(one)
            yield ""
        except ReportError as error:
            yield str(error)
