"""Reports leave the folder, for another file or for good; what left is kept beside the indexes and can be put back."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus import ReportError, UsageError, find_files, read_report

REPLACED = "replaced"
"""Its name in the data folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A file that left the folder: its `id`, its path there, and when, ISO 8601 in UTC."""

    id: str
    path: str
    at: str


def replace_report(folder: Path, old: str, new: Path, *, data: Path) -> Path:
    """Take a report out of the folder and put a file in its place; the index learns of it when it is built.

    Args:
        folder: Where the reports lie.
        old: Path of the report below it, with ``/`` between its parts.
        new: The file. Where it lies in the folder already, as a twin does, it stays where it is; else it is copied
            beside the old one under its own name.
        data: The data folder, where the old file is kept.

    Returns:
        Where the old file is kept.

    Raises:
        UsageError: There is no such report, the new file cannot be read as one, is the old one, or would overwrite
            another. Nothing was changed.
    """
    source, gone = new.absolute(), folder.absolute() / old
    if Path(old) not in find_files(folder):
        raise UsageError(f"{old}: no report of this path in {folder}. `rapporteur index` names the paths.")
    if source == gone:
        raise UsageError(f"{old}: this is the report itself. Name another file.")
    try:
        read_report(Path(source.name), source.parent)
    except ReportError as error:
        raise UsageError(f"{error} Nothing was changed.") from error
    is_there = source.is_relative_to(folder.absolute())
    target = source if is_there else gone.with_name(source.name)
    if target.exists() and not is_there and target != gone:
        raise UsageError(f"{target}: this file is there already. Rename the new one. Nothing was changed.")
    kept = set_aside(folder, old, data=data)
    if not is_there:
        new_one = target.with_name(f".{target.name}.new")
        shutil.copy2(source, new_one)
        new_one.replace(target)
    if target != gone:
        gone.unlink()
    return kept


def remove_report(folder: Path, path: str, *, data: Path) -> Path:
    """Take a report out of the folder; the index learns of it when it is built. Returns where the file is kept.

    Raises:
        UsageError: There is no such report. Nothing was changed.
    """
    if Path(path) not in find_files(folder):
        raise UsageError(f"{path}: no report of this path in {folder}. `rapporteur index` names the paths.")
    kept = set_aside(folder, path, data=data)
    (folder / path).unlink()
    return kept


def set_aside(folder: Path, path: str, *, data: Path) -> Path:
    """Keep a copy of a report in the data folder, by the moment; returns where."""
    kept = data / REPLACED / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}" / path
    kept.parent.mkdir(parents=True)
    shutil.copy2(folder.absolute() / path, kept)
    return kept


def aside(data: Path) -> tuple[Aside, ...]:
    """The files that left the folder, the newest first; empty for none."""
    found = []
    for moment in sorted((data / REPLACED).glob("*"), reverse=True):
        at = datetime.strptime(moment.name, "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC).isoformat(timespec="seconds")
        files = sorted(file for file in moment.rglob("*") if file.is_file())
        found += [Aside(id=moment.name, path=file.relative_to(moment).as_posix(), at=at) for file in files]
    return tuple(found)


def put_back(folder: Path, kept: str, *, data: Path) -> str:
    """Put a file that left back where it lay; returns its path in the folder.

    Raises:
        UsageError: There is no such file, or another one lies in its place. Nothing was changed.
    """
    one = next((one for one in aside(data) if one.id == kept), None)
    if one is None:
        raise UsageError("This file is not kept any more. Look at the list again.")
    if (folder / one.path).exists():
        raise UsageError(f"{one.path}: another file lies there now. Remove that one first. Nothing was changed.")
    source = data / REPLACED / one.id
    (folder / one.path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source / one.path, folder / one.path)
    shutil.rmtree(source)
    return one.path
