"""Which generation of a data folder is in use: one pointer, moved by one rename; the others can be removed."""

import os
import shutil
from pathlib import Path

from corpus import IndexMissing, IndexUnusable

STAGE_PREFIX = "building-"


def current_generation(data: Path) -> Path:
    """Folder of the published generation.

    Raises:
        IndexMissing: None has been published in this data folder.
        IndexUnusable: The pointer is damaged, or points nowhere.
    """
    pointer = data / "current"
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(
            f"{data}: nothing has been indexed here yet. Run: rapporteur index FOLDER, with the folder of your reports"
        ) from error
    except (OSError, ValueError) as error:
        raise IndexUnusable(f"{pointer}: cannot be read ({error}). Run: rapporteur index FOLDER") from error
    folder = data / "generations" / name
    if not name or not folder.is_dir():
        raise IndexUnusable(f"{folder}: the published index is missing. Run: rapporteur index FOLDER")
    return folder


def publish(data: Path, stage: Path, generation: str) -> None:
    """Flush a complete generation to disk, give it its name, and point to it: the last act is one rename."""
    for path in (*sorted(stage.rglob("*")), stage):
        _flush(path)
    target = data / "generations" / generation
    stage.replace(target)
    _flush(target.parent)
    point_to(data, generation)


def point_to(data: Path, generation: str) -> None:
    """Make a generation that lies complete under its name the published one, by one rename."""
    pointer = data / "current.new"
    pointer.write_text(generation + "\n", encoding="utf-8")
    _flush(pointer)
    pointer.replace(data / "current")
    _flush(data)


def remove_stages(data: Path) -> None:
    """Remove what killed runs left half built; only for the holder of the lock."""
    for folder in (data / "generations").glob(f"{STAGE_PREFIX}*"):
        shutil.rmtree(folder, ignore_errors=True)


def remove_others(data: Path, kept: set[str]) -> None:
    """Remove all generations but those; an open `Index` needs nothing of its folder any more."""
    for folder in (data / "generations").glob("*"):
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
