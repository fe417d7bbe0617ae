"""Files that people bring: their names made plain, compared, and moved whole or not at all."""

import contextlib
import os
import shutil
import unicodedata
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from corpus import UsageError

MAX_NAME = 200
"""Bytes of a file's name; file systems allow 255, and the name is lengthened while the file is moved."""


def plain_name(name: str) -> str:
    """A file's name without folders, characters that cannot be seen, and dots or blanks around it; may be empty."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(letter for letter in last if letter.isprintable()).strip().lstrip(".~$ ").rstrip(". ")
    stem, dot, ending = seen.rpartition(".")
    room = max(0, MAX_NAME - len(f"{dot}{ending}".encode()))
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip() + dot + ending if dot and stem else ""


def plain_place(path: Path) -> Path:
    """A path in an archive with each part made plain; folders of which nothing is left are passed over."""
    folders = (
        plain_name(f"{part}.d").removesuffix(".d") for part in path.parts[:-1]
    )  # only names with an ending count
    return Path(*filter(None, folders), plain_name(path.name))


def mark(path: Path) -> tuple[int, int]:
    """Size and time of change of a file, by which another content is noticed; zeros for one that has gone."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def is_equal(one: Path, other: Path) -> bool:
    """Whether the other is a file of the same content."""
    return other.is_file() and one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()


def move(source: Path, target: Path, *, is_replacing: bool) -> None:
    """Move a file to where it may be on another disk: seen there whole or not at all.

    Raises:
        UsageError: It would replace a file that was not there when it was shown.
    """
    aside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        shutil.copyfile(source, aside)
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        if is_replacing:
            aside.replace(target)
        else:
            _place(aside, target)
    finally:
        aside.unlink(missing_ok=True)
    source.unlink()


def _place(aside: Path, target: Path) -> None:
    """Give a file its name without overwriting another."""
    try:
        os.link(aside, target)  # unlike a rename it never overwrites
        return
    except FileExistsError:
        is_there = True
    except OSError:  # a disk without hard links
        is_there = target.exists()
    if is_there:
        raise UsageError(f"{target.name} has come in meanwhile by another way. Look again.")
    aside.replace(target)


def sample_reports(folder: Path) -> Path:
    """Put a copy of the sample reports into a folder, so that nothing done to them touches the program; returns it."""
    with writing(folder), resources.as_file(resources.files("corpus") / "reports") as sample:
        shutil.copytree(sample, folder, dirs_exist_ok=True)
    return folder


@contextlib.contextmanager
def writing(place: Path) -> Iterator[None]:
    """Name what the disk refuses."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"{place}: could not be written ({error.strerror or error}). Check free space and permissions there."
        ) from error
