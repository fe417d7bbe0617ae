"""Which files of a folder are reports, and their bytes, without following links or opening what is no file."""

import os
import stat
from pathlib import Path, PurePosixPath

from corpus.errors import ReportError, UsageError
from corpus.read.kinds import CONTAINERS, is_readable
from corpus.read.limits import ReadLimits, refuse_large


def find_files(folder: Path) -> list[Path]:
    """Paths relative to `folder` of all regular files with a known suffix, at any depth, sorted by their parts.

    Hidden files and folders and Office lock files (``~$…``) are passed over; links are not followed. Pipes and
    devices are left out too. An empty folder gives an empty list.

    Raises:
        UsageError: `folder` is no folder, or may not be listed.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder. Name the folder that holds the reports.")
    found: list[Path] = []

    def refuse(error: OSError) -> None:
        if Path(str(error.filename)) == folder:
            raise UsageError(f"{folder}: this folder cannot be listed ({error.strerror}). Check its permissions.")

    for top, folders, names in os.walk(folder, onerror=refuse, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(top, name)
            if is_readable(path) and _is_regular(path):
                found.append(path.relative_to(folder))
    return sorted(found, key=lambda path: path.parts)


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def relative_path(path: Path, folder: Path) -> Path:
    """`path`, absolute or relative to `folder`, as relative to `folder`.

    Raises:
        ReportError: It leads out of the folder, or its name is not valid Unicode.
    """
    relative = path
    if path.is_absolute():
        try:
            relative = path.relative_to(folder.absolute())
        except ValueError as error:
            raise ReportError(f"it lies outside {folder}. Copy it into that folder.") from error
    if ".." in relative.parts:
        raise ReportError(f"it lies outside {folder}. Copy it into that folder.")
    if readable_name(relative) != relative.as_posix():
        raise ReportError("its name is not valid Unicode. Rename the file.")
    return relative


def readable_name(path: Path) -> str:
    """The path with ``/`` between its parts and undecodable bytes written as escapes, fit to print and store."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def read_bytes(folder: Path, relative: Path, limits: ReadLimits) -> bytes:
    """The content of one regular file, or of one member of a container: ``bundle.zip/inner/name.docx``.

    Raises:
        ReportError: It is missing, a link, no regular file, not permitted, empty, or larger than the limit; or its
            container is, or is damaged, or lies in too many others.
    """
    outer = _outer(folder, relative)
    data = _file_bytes(folder, outer, limits)
    if relative != outer:
        data = _member_bytes(data, PurePosixPath(outer.name), relative.relative_to(outer), limits)
    if not data or data.isspace():
        raise ReportError("it is empty. Remove it, or save the report again.")
    return data


def find_members(folder: Path, relative: Path, limits: ReadLimits) -> list[tuple[str, str]]:
    """Path within it and SHA-256 of each record in a container; what is none has none. Errors as `read_bytes`."""
    from corpus.read.archive import members

    return list(members(read_bytes(folder, relative, limits), PurePosixPath(relative.name), limits))


def unpack_members(folder: Path, relative: Path, target: Path, limits: ReadLimits) -> list[tuple[str, str]]:
    """Take the records of a zip archive out of it, as `corpus.read.archive.unpack`; errors as `read_bytes`."""
    from corpus.read.archive import unpack

    return list(unpack(read_bytes(folder, relative, limits), PurePosixPath(relative.name), target, limits))


def _member_bytes(data: bytes, name: PurePosixPath, inside: Path, limits: ReadLimits) -> bytes:
    from corpus.read.archive import DEPTH, member

    left = PurePosixPath(inside)
    for _ in range(DEPTH):
        inner, data = member(data, name, left, limits)
        name = PurePosixPath(inner)
        if name == left:
            return data
        left = left.relative_to(name)
    raise ReportError(f"it lies in more than {DEPTH} files, one in another. Unpack them.")


def _outer(folder: Path, relative: Path) -> Path:
    """The file on the disk that is at `relative`, or holds it; links are refused on the way."""
    at = Path()
    mode = 0
    for part in relative.parts:
        if stat.S_ISREG(mode) and at.suffix.lower() in CONTAINERS:
            return at
        at = at / part
        try:
            mode = (folder / at).lstat().st_mode
        except OSError as error:
            raise _unread(error) from error
        if stat.S_ISLNK(mode):
            raise ReportError("it is a symbolic link, and links are not followed. Copy the file itself.")
    _refuse_special(mode)
    return at


def _file_bytes(folder: Path, relative: Path, limits: ReadLimits) -> bytes:
    megabytes = limits.archive_mb if relative.suffix.lower() == ".zip" else limits.file_mb
    try:
        # O_NONBLOCK: a pipe put in place of the file meanwhile must not hang the reader.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        number = os.open(folder / relative, flags)
        with os.fdopen(number, "rb") as file:
            status = os.fstat(file.fileno())
            _refuse_special(status.st_mode)
            refuse_large(status.st_size, megabytes)
            data = file.read(int(megabytes * 1_000_000) + 1)
    except OSError as error:
        raise _unread(error) from error
    refuse_large(len(data), megabytes)  # it may have grown while it was read
    return data


def _unread(error: OSError) -> ReportError:
    if isinstance(error, FileNotFoundError):
        return ReportError("there is no such file. Check the name.")
    if isinstance(error, PermissionError):
        return ReportError("permission to read it is denied. Change its permissions, then index again.")
    return ReportError(f"it cannot be read ({error.strerror or error}). Check the disk or copy it anew.")


def _refuse_special(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise ReportError("it is a folder, not a file.")
    if not stat.S_ISREG(mode):
        raise ReportError("it is a pipe, socket or device, not a file. Remove it from the folder.")
