"""Which files of a folder are reports, and their bytes, without following links or opening what is no file."""

import os
import stat
from pathlib import Path

from corpus.errors import ReportError, UsageError
from corpus.read.limits import ReadLimits

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".pdf"})


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
            if path.suffix.lower() in SUFFIXES and not name.startswith((".", "~$")) and _is_regular(path):
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
    """The content of one regular file.

    Raises:
        ReportError: It is missing, a link, no regular file, not permitted, empty, or larger than the limit.
    """
    try:
        _refuse_links(folder, relative)
        # O_NONBLOCK: a pipe put in place of the file meanwhile must not hang the reader.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        number = os.open(folder / relative, flags)
        with os.fdopen(number, "rb") as file:
            status = os.fstat(file.fileno())
            _refuse_special(status.st_mode)
            cap = int(limits.file_mb * 1_000_000)
            if status.st_size > cap:
                raise ReportError(_too_large(status.st_size, limits))
            data = file.read(cap + 1)
    except FileNotFoundError as error:
        raise ReportError("there is no such file. Check the name.") from error
    except PermissionError as error:
        raise ReportError("permission to read it is denied. Change its permissions, then index again.") from error
    except OSError as error:
        raise ReportError(f"it cannot be read ({error.strerror or error}). Check the disk or copy it anew.") from error
    if len(data) > cap:  # it grew while it was read
        raise ReportError(_too_large(len(data), limits))
    if not data.strip():
        raise ReportError("it is empty. Remove it, or save the report again.")
    return data


def _refuse_links(folder: Path, relative: Path) -> None:
    at = folder
    for part in relative.parts:
        at = at / part
        mode = at.lstat().st_mode
        if stat.S_ISLNK(mode):
            raise ReportError("it is a symbolic link, and links are not followed. Copy the file itself.")
    _refuse_special(mode)


def _refuse_special(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise ReportError("it is a folder, not a file.")
    if not stat.S_ISREG(mode):
        raise ReportError("it is a pipe, socket or device, not a file. Remove it from the folder.")


def _too_large(size: int, limits: ReadLimits) -> str:
    return (
        f"it is too large: {size / 1_000_000:.1f} MB, the limit is {limits.file_mb:g} MB. "
        "Split it into one file a visit, or raise the limit."
    )
