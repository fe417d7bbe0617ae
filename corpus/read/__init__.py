"""Files to reports, each file read in a child process with limits, so that none can hang or crash the caller."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReportError, UsageError
from corpus.read.files import find_files, readable_name
from corpus.read.limits import ReadLimits
from corpus.read.worker import Worker
from corpus.report import Report

__all__ = ["ReadFailure", "ReadLimits", "find_files", "read_report", "read_reports"]

_DEFAULT = ReadLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFailure:
    """A file that could not be read.

    Attributes:
        path: Relative to the folder, with ``/`` between its parts, fit to print whatever its bytes.
        reason: What is wrong and what to do, as a sentence about "it".
    """

    path: str
    reason: str


def read_reports(
    folder: Path, paths: Sequence[Path] | None = None, *, limits: ReadLimits = _DEFAULT
) -> Iterator[Report | ReadFailure]:
    """Each file's report, or why there is none, in the order of `paths`; one bad file never stops the others.

    Args:
        paths: Files relative to `folder` (or absolute, inside it); None for all that `find_files` finds.
            An empty sequence gives nothing.
        limits: What one file may cost.

    Raises:
        UsageError: `folder` is no folder. Raised at the first step of the iterator.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder. Name the folder that holds the reports.")
    files = find_files(folder) if paths is None else paths
    with Worker(folder, limits) as worker:
        for path in files:
            try:
                yield worker.read(path)
            except ReportError as error:
                yield ReadFailure(path=readable_name(_inside(path, folder)), reason=str(error))


def read_report(path: Path, folder: Path, *, limits: ReadLimits = _DEFAULT) -> Report:
    """The report in one file inside `folder`.

    Raises:
        ReportError: It cannot be read; names the file, the reason and the cure.
    """
    with Worker(folder, limits) as worker:
        try:
            return worker.read(path)
        except ReportError as error:
            raise ReportError(f"{readable_name(_inside(path, folder))}: {error}") from error


def _inside(path: Path, folder: Path) -> Path:
    absolute = folder.absolute()
    return path.relative_to(absolute) if path.is_relative_to(absolute) else path
