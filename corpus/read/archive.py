"""Files within files: the members of zip archives and the attachments of mails, each a record of its own."""

import hashlib
import io
import re
import stat
import zipfile
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from corpus.errors import ReportError
from corpus.read import eml
from corpus.read.extracted import Extracted
from corpus.read.kinds import CONTAINERS, SAVE, is_readable, why_unread
from corpus.read.limits import ReadLimits, refuse_large
from corpus.read.sniff import format_of
from corpus.read.zipped import DAMAGE, refuse_bombs

DEPTH = 2
"""How many containers may lie one in another."""

_MOST_TOLD = 20
"""Files of no readable kind that are named of one archive: enough to see what they are."""
_ENCRYPTED, _UTF8 = 0x1, 0x800
_NEVER_IN_NAMES = re.compile("[\u2500-\u259f]")
_MIXED = re.compile(r"[a-z][а-яё]|[а-яё][a-z]", re.I)


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """Nothing: a zip archive is no record itself, only its members are.

    Raises:
        ReportError: Always; says what keeps its members from being read, if anything does.
    """
    paths = [PurePosixPath(path) for path, _ in members(data, PurePosixPath("archive.zip"), limits)]
    count = sum(map(is_readable, paths))
    raise ReportError(f"it is a zip archive, no record itself; its {count} files are. Unpack it, or index its folder.")


def members(data: bytes, name: PurePosixPath, limits: ReadLimits, depth: int = 1) -> Iterator[tuple[str, str]]:
    """Path within it and SHA-256 of each record in a container, in the order of the paths' parts.

    The SHA-256 is empty for a member that cannot be taken out, or is of no readable kind: reading it says why. A mail
    within is followed by its attachments, an archive within is replaced by its members.

    Args:
        data: The bytes of a file; what is no container has no members.
        name: The file's name, whose suffix tells containers; `limits` bound what is unpacked.
        depth: How many containers hold the members, this one included.

    Raises:
        ReportError: It is a damaged or encrypted container, beyond the limits, or an archive that holds no record.
    """
    contents = _contents(data, name, limits)
    for inner in sorted(contents, key=lambda path: PurePosixPath(path).parts):
        path = PurePosixPath(inner)
        try:
            taken = contents[inner]()
            within = list(members(taken, path, limits, depth + 1)) if depth < DEPTH else []
        except ReportError:
            yield inner, ""
            continue
        if not within or path.suffix.lower() != ".zip":
            yield inner, hashlib.sha256(taken).hexdigest()
        for further, digest in within:
            yield f"{inner}/{further}", digest


def unpack(
    data: bytes, name: PurePosixPath, target: Path, limits: ReadLimits, depth: int = 1
) -> Iterator[tuple[str, str]]:
    """Write each record of a zip archive below `target`, at its path in the archive, of archives within theirs; a mail
    stays whole. Gives the path of each that could not be taken out, and why; arguments and errors else as `members`.
    """
    contents = _contents(data, name, limits)
    for inner in sorted(contents, key=lambda path: PurePosixPath(path).parts):
        path, file = PurePosixPath(inner), target / inner
        try:
            taken = contents[inner]()
            if path.suffix.lower() == ".zip" and depth >= DEPTH:
                raise ReportError(f"it lies in more than {DEPTH - 1} other archives. Unpack them first.")
            if path.suffix.lower() == ".zip":
                within = unpack(taken, path, file, limits, depth + 1)
                yield from ((f"{inner}/{further}", why) for further, why in within)
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(taken)
        except ReportError as error:
            yield inner, str(error)
        except OSError as error:
            yield inner, f"it cannot be written under its name ({error.strerror}). Rename it."


def member(data: bytes, name: PurePosixPath, inside: PurePosixPath, limits: ReadLimits) -> tuple[str, bytes]:
    """The member that a path `inside` a container begins with, as the container names it, and its bytes.

    Raises:
        ReportError: It is no container, or has no such member, or one that is damaged, encrypted, or too large.
    """
    contents = _contents(data, name, limits)
    starts = ("/".join(inside.parts[:count]) for count in range(1, len(inside.parts) + 1))
    inner = next((start for start in starts if start in contents), None)
    if inner is None:
        raise ReportError(f"there is no such file in {name}. Check the name.")
    return inner, contents[inner]()


def _contents(data: bytes, name: PurePosixPath, limits: ReadLimits) -> dict[str, Callable[[], bytes]]:
    """How to take out each record of a container, by its path in it; empty for what is no container."""
    suffix = name.suffix.lower()
    kind = format_of(data, suffix) if suffix in CONTAINERS else "text"
    contents: dict[str, Callable[[], bytes]] = {}
    if kind == "eml":
        contents = {own: partial(_sized, content, limits) for own, content in eml.attachments(data)}
    elif kind == "zip":
        contents = _unzipping(data, limits)
    count = sum(is_readable(PurePosixPath(path)) for path in contents)
    if kind == "zip" and not count:
        raise ReportError("it is a zip archive without a file that can be read. Add records to it, or remove it.")
    if count > limits.members:
        raise ReportError(f"it holds {count} files, the limit is {limits.members}. Split it.")
    return contents


def _unzipping(data: bytes, limits: ReadLimits) -> dict[str, Callable[[], bytes]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        refuse_bombs(archive, len(data), limits)
        inside = _entries(archive)
    except DAMAGE as error:
        raise ReportError(f"it is a damaged zip archive ({error}). Copy or save it again.") from error
    entries = {path.as_posix(): entry for path, entry in inside.items() if is_readable(path)}
    if entries and all(entry.flag_bits & _ENCRYPTED for entry in entries.values()):
        raise ReportError("it is a zip archive with a password. Unpack it and index its files.")
    records = {path: partial(_unzipped, archive, entry, limits) for path, entry in entries.items()}
    return records | _of_other_kinds([path for path in inside if path.as_posix() not in records])


def _of_other_kinds(paths: Collection[PurePosixPath]) -> dict[str, Callable[[], bytes]]:
    """What refuses each of the files, which are of no readable kind; beyond so many the first speaks for the rest."""
    whys = {path.as_posix(): why for path in sorted(paths) if (why := why_unread(path))}
    more = len(whys) - _MOST_TOLD - 1
    told = dict(list(whys.items())[: _MOST_TOLD + 1])
    if more > 0:
        told[list(told)[-1]] = f"it and {more} more of the archive's files are of kinds that are not read. {SAVE}"
    return {path: partial(_refuse, why) for path, why in told.items()}


def _refuse(why: str) -> bytes:
    raise ReportError(why)


def _unzipped(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: ReadLimits) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise ReportError("it is encrypted. Unpack the archive with its password and index its files.")
    refuse_large(entry.file_size, limits.file_mb)
    try:
        return archive.read(entry)
    except DAMAGE as error:
        raise ReportError(f"it is damaged within the archive ({error}). Copy or pack it again.") from error


def _sized(content: bytes, limits: ReadLimits) -> bytes:
    refuse_large(len(content), limits.file_mb)
    return content


def _entries(archive: zipfile.ZipFile) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """The files within, by their paths; of two with one path the last, as programs unpack them."""
    found = {}
    for entry in archive.infolist():
        path = PurePosixPath(_shown_name(entry).replace("\\", "/"))
        is_file = not entry.is_dir() and stat.S_IFMT(entry.external_attr >> 16) in {0, stat.S_IFREG}
        if is_file and path.name and _is_inside(path):
            found[path] = entry
    return found


def _is_inside(path: PurePosixPath) -> bool:
    """Whether the path stays below the archive and neither leads through hidden folders nor those of a Mac."""
    is_absolute = path.is_absolute() or path.as_posix()[1:2] == ":"
    return not is_absolute and not any(part.startswith(".") or part == "__MACOSX" for part in path.parts)


def _shown_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; where it does not say that it is UTF-8, in the likeliest encoding of old programs."""
    name = entry.filename
    if entry.flag_bits & _UTF8 or name.isascii():
        return name
    raw = name.encode("cp437", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    russian = raw.decode("cp866")
    if not _NEVER_IN_NAMES.search(russian) and not _MIXED.search(russian):
        return russian
    if _NEVER_IN_NAMES.search(name):
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return name
