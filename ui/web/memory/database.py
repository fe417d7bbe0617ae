"""One SQLite file for the page: opened for each use, so that threads and processes may share it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus import UsageError

BUSY_SECONDS = 10.0
"""How long a writer waits for another one; each writes for some milliseconds."""
_FORMS = (
    """
CREATE TABLE conversations (id TEXT PRIMARY KEY, user TEXT NOT NULL, time TEXT NOT NULL);
CREATE TABLE turns (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    time TEXT NOT NULL, question TEXT NOT NULL, plain TEXT NOT NULL, answer TEXT NOT NULL, generation TEXT NOT NULL
);
CREATE TABLE feedback (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    turn TEXT NOT NULL UNIQUE REFERENCES turns (id) ON DELETE CASCADE,
    time TEXT NOT NULL, way TEXT NOT NULL, reasons TEXT NOT NULL, note TEXT NOT NULL
);
CREATE TABLE scorecards (
    number INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
    generation TEXT NOT NULL, means TEXT NOT NULL
);
CREATE INDEX conversations_by_user ON conversations (user);
CREATE INDEX turns_by_conversation ON turns (conversation)
""",
    # The name that a visitor gave a conversation, and the same folded for searching.
    """
ALTER TABLE conversations ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN plain TEXT NOT NULL DEFAULT ''
""",
)
"""Statements that bring the file from each of its forms to the next one, from nothing on."""
VERSION = len(_FORMS)


class Database:
    """The file with its tables, made when it is not there; only the owner of the process may read it (mode 0600).

    Raises:
        UsageError: It cannot be opened, is damaged, or was written by a newer version; so for every use.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise UsageError(self._trouble(error.strerror)) from error
        with self._connected() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        with self.writing() as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                raise UsageError(
                    f"{path}: written by a newer Rapporteur (form {version}, this one reads {VERSION}). Update "
                    "Rapporteur, or name another --data."
                )
            for form in _FORMS[version:]:
                for statement in form.split(";"):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the file."""
        with self._connected() as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are kept together at the end, or not at all when the body raises."""
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def forget(self) -> None:
        """Take what was deleted out of the log of writes too; it is zeroed in the file itself at once.

        While another connection reads, the log stays until the next time.
        """
        with self._connected() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA secure_delete = ON")
                yield connection
        except sqlite3.Error as error:
            raise UsageError(self._trouble(str(error))) from error

    def _trouble(self, reason: str | None) -> str:
        return (
            f"{self._path}: the memory of the page cannot be used ({reason}). Make it writable, free the disk, or move "
            "a damaged file away: a new one is begun."
        )
