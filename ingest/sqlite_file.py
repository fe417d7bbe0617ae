"""Small SQLite files that hold what keepers declare, opened with their faults named."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

from corpus import IndexUnusable


@contextmanager
def opened(path: Path, *, mode: Literal["ro", "rw", "rwc"], holds: str) -> Iterator[sqlite3.Connection]:
    """Lend a connection, closed at the end.

    Args:
        path: The file; its folder is made when it is missing.
        mode: ``ro`` to read, ``rw`` to write to a file there is, ``rwc`` to make it.
        holds: What the file holds, in the plural, for the error.

    Raises:
        IndexUnusable: The file cannot be read or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=30)) as database:
            yield database
    except sqlite3.Error as error:
        raise IndexUnusable(
            f"{path}: the {holds} cannot be read or written ({error}). Move this file away, and declare them anew."
        ) from error
