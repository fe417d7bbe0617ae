"""Files to reports and pictures of pages, each in a child process with limits, so that none can harm the caller."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReportError, UsageError
from corpus.read.files import find_files, readable_name
from corpus.read.kinds import CONTAINERS
from corpus.read.limits import ReadLimits
from corpus.read.picture import WantedPicture
from corpus.read.worker import Worker
from corpus.report import Report

__all__ = [
    "CONTAINERS",
    "FoundRecord",
    "ReadFailure",
    "ReadLimits",
    "find_files",
    "find_records",
    "page_picture",
    "read_report",
    "read_reports",
    "unpack",
]

_DEFAULT = ReadLimits()
_DRAWING = ReadLimits(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFailure:
    """A file that could not be read.

    Attributes:
        path: Relative to the folder, with ``/`` between its parts, fit to print whatever its bytes.
        reason: What is wrong and what to do, as a sentence about "it".
    """

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecord:
    """A file that may hold a record, or a member of a container.

    Attributes:
        path: Relative to the folder; a member's begins with its container's: ``bundle.zip/inner/name.docx``.
        sha256: Digest of a member's own bytes, in hexadecimal; empty where it could not be taken out, and for files.
    """

    path: Path
    sha256: str = ""


def find_records(folder: Path, *, limits: ReadLimits = _DEFAULT) -> list[FoundRecord]:
    """All that `find_files` finds, zip archives replaced by their members, mails followed by their attachments.

    An archive that cannot be opened, or holds no record, stands for itself: reading it says why.

    Args:
        folder: The folder; an empty one gives an empty list. Errors as `find_files`.
        limits: What one container may cost; each is opened in a child process.
    """
    with Worker(folder, limits) as worker:
        return list(_found(folder, worker))


def _found(folder: Path, worker: Worker) -> Iterator[FoundRecord]:
    for path in find_files(folder):
        yield from _with_members(path, worker)


def _with_members(path: Path, worker: Worker) -> Iterator[FoundRecord]:
    members: list[tuple[str, str]] = []
    if path.suffix.lower() in CONTAINERS:
        with suppress(ReportError):  # reading the container says what is wrong with it
            members = worker.members(path)
    if not members or path.suffix.lower() != ".zip":
        yield FoundRecord(path=path)
    for inner, sha256 in members:
        yield FoundRecord(path=path / inner, sha256=sha256)


def unpack(archive: Path, target: Path, *, limits: ReadLimits = _DEFAULT) -> tuple[ReadFailure, ...]:
    """Write each record of a zip archive below `target`, at its path in the archive; of archives within, theirs.

    Returns the members that could not be taken out, by their paths.

    Raises:
        ReportError: It is damaged, encrypted, beyond the limits, or holds no record.
    """
    with Worker(archive.parent, limits) as worker:
        return tuple(ReadFailure(path=inner, reason=why) for inner, why in worker.unpack(Path(archive.name), target))


def read_reports(
    folder: Path, paths: Sequence[Path] | None = None, *, limits: ReadLimits = _DEFAULT
) -> Iterator[Report | ReadFailure]:
    """Each file's report, or why there is none, in the order of `paths`; one bad file never stops the others.

    Args:
        paths: Files or members relative to `folder` (or absolute, inside it), of which each gives one result; None
            for all that `find_records` finds. An empty sequence gives nothing.
        limits: What one file may cost.

    Raises:
        UsageError: `folder` is no folder. Raised at the first step of the iterator.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder. Name the folder that holds the reports.")
    with Worker(folder, limits) as worker:
        files = [record.path for record in _found(folder, worker)] if paths is None else paths
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


def page_picture(
    folder: Path,
    path: Path,
    page: int,
    quote: str = "",
    *,
    before: str | None = None,
    sha256: str = "",
    limits: ReadLimits = _DRAWING,
) -> bytes:
    """One page of a PDF as PNG, drawn in a child process with limits, the quote highlighted where it stands.

    Args:
        folder: The indexed folder; neither links nor `path` lead out of it.
        path: The file, relative to `folder` (or absolute, inside it).
        page: Number of the page, from 1.
        quote: Words to highlight; white space and hyphens at line ends do not matter. Empty for none. When they
            are not found, or in several places without `before` saying which, nothing is highlighted.
        before: The page's text in front of the quote.
        sha256: Digest the file's bytes must have, in hexadecimal; empty for any.
        limits: What it may cost.

    Raises:
        ReportError: The file cannot be read, has changed, or has no such page; names the file, reason and cure.
    """
    wanted = WantedPicture(path=str(path), page=page, quote=quote, before=before, sha256=sha256)
    with Worker(folder, limits) as worker:
        try:
            return worker.picture(wanted)
        except ReportError as error:
            raise ReportError(f"{readable_name(_inside(path, folder))}: {error}") from error


def _inside(path: Path, folder: Path) -> Path:
    absolute = folder.absolute()
    return path.relative_to(absolute) if path.is_relative_to(absolute) else path
