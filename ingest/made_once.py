"""Folders of the cache that one process makes and all others use."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

from corpus.errors import ModelUnavailable

WAITING_SECONDS = 600.0
"""How long a process waits for another one that makes the folder."""


def made_once(name: str, make: Callable[[Path], None], cache: Path | None = None) -> Path:
    """The folder `name` of the cache, filled by `make` where it is not there whole; others wait for the one that makes.

    Raises:
        ModelUnavailable: The cache cannot be written; errors of `make` pass through.
    """
    folder = cache or user_cache_path("rapporteur")
    target = folder / name
    if (target / "complete").exists():
        return target
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f"{name}.lock", timeout=WAITING_SECONDS):
            if not (target / "complete").exists():
                for leftover in (target, *folder.glob(f".making-{name}-*")):  # of runs that were killed
                    shutil.rmtree(leftover, ignore_errors=True)
                building = Path(tempfile.mkdtemp(prefix=f".making-{name}-", dir=folder))
                try:
                    make(building)
                    (building / "complete").write_text("", encoding="utf-8")
                    building.replace(target)
                finally:
                    shutil.rmtree(building, ignore_errors=True)
    except OSError as error:
        raise ModelUnavailable(
            f"{folder}: the model cannot be prepared here ({error}). It needs 400 MB. Free space there, or set "
            "XDG_CACHE_HOME to a folder that can be written, and run again."
        ) from error
    return target
