"""The truth on disk: reports as they were last read, and every vector ever needed, in one SQLite file."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import EventDate, Report
from ingest.embed import Embedder

READ_FORMAT = 1
"""Raised when reading a file gives another text than before, so that unchanged files are read again."""
BATCH = 64
"""Texts embedded between two commits: what a killed run loses at most."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS reports (
    path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, read_format INTEGER NOT NULL, report TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT NOT NULL, text_hash TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, text_hash)) WITHOUT ROWID;
"""


class Library:
    """Reports and vectors by content; safe to kill at any moment.

    Args:
        path: The SQLite file; made when it is missing.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, timeout=30)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def report(self, path: str, sha256: str | None = None) -> Report | None:
        """The report last read from `path`, if its bytes had that hash (any, when None)."""
        row = self._database.execute(
            "SELECT sha256, read_format, report FROM reports WHERE path = ?", (path,)
        ).fetchone()
        if row is None or (sha256 is not None and (row[0] != sha256 or row[1] != READ_FORMAT)):
            return None
        return report_from_json(row[2])

    def keep(self, report: Report) -> None:
        """Remember a report as read."""
        with self._database:
            self._database.execute(
                "INSERT OR REPLACE INTO reports VALUES (?, ?, ?, ?)",
                (report.path, report.sha256, READ_FORMAT, report_to_json(report)),
            )

    def prune(self, paths: Iterable[str], model: str, texts: Iterable[str]) -> None:
        """Forget every report outside `paths`, and every vector that is not of `model` and one of `texts`."""
        with self._temporary("kept_paths", paths), self._temporary("kept_texts", map(text_hash, texts)):
            with self._database:
                self._database.execute("DELETE FROM reports WHERE path NOT IN (SELECT item FROM kept_paths)")
                self._database.execute(
                    "DELETE FROM vectors WHERE model <> ? OR text_hash NOT IN (SELECT item FROM kept_texts)", (model,)
                )

    def missing(self, model: str, texts: Sequence[str]) -> list[str]:
        """The distinct texts that have no vector of `model` yet, in order."""
        hashes = {text_hash(text): text for text in texts}
        with self._temporary("wanted", hashes):
            known = {
                row[0]
                for row in self._database.execute(
                    "SELECT text_hash FROM vectors WHERE model = ? AND text_hash IN (SELECT item FROM wanted)",
                    (model,),
                )
            }
        return [text for key, text in hashes.items() if key not in known]

    def embed(
        self, embedder: Embedder, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> int:
        """Embed what is missing of `texts`, batch by batch, each committed; returns how many were embedded."""
        waiting = sorted(self.missing(embedder.name, texts), key=len)
        for at in range(0, len(waiting), BATCH):
            batch = waiting[at : at + BATCH]
            vectors = embedder.embed_passages(batch)
            rows = [
                (embedder.name, text_hash(text), vector.tobytes()) for text, vector in zip(batch, vectors, strict=True)
            ]
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            if progress:
                progress(min(at + BATCH, len(waiting)), len(waiting))
        return len(waiting)

    def vectors(self, model: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts that have all been embedded, shape (n, dimension), in order; (0, 0) for none."""
        found: dict[str, bytes] = {}
        with self._temporary("wanted", {text_hash(text) for text in texts}):
            found.update(
                self._database.execute(
                    "SELECT text_hash, vector FROM vectors WHERE model = ? AND text_hash IN (SELECT item FROM wanted)",
                    (model,),
                )
            )
        rows = [np.frombuffer(found[text_hash(text)], dtype=np.float32) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float32)

    @contextmanager
    def _temporary(self, name: str, items: Iterable[str]) -> Iterator[None]:
        self._database.execute(f"CREATE TEMP TABLE {name} (item TEXT PRIMARY KEY) WITHOUT ROWID")
        try:
            self._database.executemany(f"INSERT OR IGNORE INTO {name} VALUES (?)", ((item,) for item in items))
            yield
        finally:
            self._database.execute(f"DROP TABLE {name}")
            self._database.commit()


def text_hash(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def report_to_json(report: Report) -> str:
    """A report as JSON, for storage."""
    return json.dumps(asdict(report), ensure_ascii=False)


def report_from_json(stored: str) -> Report:
    """The report that `report_to_json` wrote."""
    fields = json.loads(stored)
    fields["dates"] = tuple(EventDate(**date) for date in fields["dates"])
    fields["pages"] = tuple(fields["pages"])
    return Report(**fields)
