"""Put a file in the place of a report: the old one leaves the folder and is kept beside the indexes."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from corpus import ReportError, UsageError, find_files, read_report

REPLACED = "replaced"
"""Its name in the data folder."""


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
    kept = data / REPLACED / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}" / old
    kept.parent.mkdir(parents=True)
    shutil.copy2(gone, kept)
    if not is_there:
        aside = target.with_name(f".{target.name}.new")
        shutil.copy2(source, aside)
        aside.replace(target)
    if target != gone:
        gone.unlink()
    return kept
