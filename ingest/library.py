"""The truth on disk: reports as last read, where they split, and every vector ever needed, in one SQLite file."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import EventDate, ModelUnavailable, Report
from ingest.embed import Embedder
from ingest.ledger.fact import Fact, fact_from_dict
from ingest.passage import Passage, Sentence, Split

READ_FORMAT = 4
"""Raised when reading a file gives another text than before, so that unchanged files are read again."""
SPLIT_FORMAT = 3
"""Raised when splitting a report gives other passages or sentences than before."""
BATCH = 64
"""Texts embedded between two commits: what a killed run loses at most."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS reports (
    path TEXT NOT NULL, sha256 TEXT NOT NULL, read_format INTEGER NOT NULL, report TEXT NOT NULL,
    PRIMARY KEY (path, sha256)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS splits (split_key TEXT PRIMARY KEY, spans TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (facts_key TEXT PRIMARY KEY, facts TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT NOT NULL, text_hash TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, text_hash)) WITHOUT ROWID;
"""


class Library:
    """Reports, splits and vectors by content; safe to kill at any moment.

    A vector is known by its model and the hash of its text.

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

    def report(self, path: str, sha256: str, *, as_now_read: bool = True) -> Report | None:
        """The report read from `path` when its bytes had that hash, or None.

        Args:
            as_now_read: Whether it must have been read in the way files are read now.
        """
        row = self._database.execute(
            "SELECT read_format, report FROM reports WHERE path = ? AND sha256 = ?", (path, sha256)
        ).fetchone()
        if row is None or (as_now_read and row[0] != READ_FORMAT):
            return None
        return report_from_json(row[1])

    def keep(self, report: Report) -> None:
        """Remember a report as read."""
        with self._database:
            self._database.execute(
                "INSERT OR REPLACE INTO reports VALUES (?, ?, ?, ?)",
                (report.path, report.sha256, READ_FORMAT, report_to_json(report)),
            )

    def splits(self, report: Report, recipe: str) -> list[Split] | None:
        """The passages of a report with their sentences, in reading order, or None when it was never split so."""
        row = self._database.execute(
            "SELECT spans FROM splits WHERE split_key = ?", (_split_key(report, recipe),)
        ).fetchone()
        return None if row is None else [_split_from(report, stored) for stored in json.loads(row[0])]

    def keep_splits(self, report: Report, recipe: str, splits: Sequence[Split]) -> None:
        """Remember where a report splits; only spans and headings are stored, since the report holds the text."""
        spans = [
            {"start": p.start, "end": p.end, "heading": p.heading, "page": p.page,
             "sentences": [(one.start, one.end) for one in sentences]}
            for p, sentences in splits
        ]  # fmt: skip
        with self._database:
            self._database.execute(
                "INSERT OR REPLACE INTO splits VALUES (?, ?)",
                (_split_key(report, recipe), json.dumps(spans, ensure_ascii=False)),
            )

    def facts(self, report: Report, rules: str) -> tuple[Fact, ...] | None:
        """The facts of a report by those rules, in order, or None when they were never extracted so."""
        row = self._database.execute(
            "SELECT facts FROM facts WHERE facts_key = ?", (_facts_key(report, rules),)
        ).fetchone()
        return None if row is None else tuple(fact_from_dict(stored) for stored in json.loads(row[0]))

    def keep_facts(self, report: Report, rules: str, facts: Sequence[Fact]) -> None:
        """Remember the facts of a report."""
        stored = json.dumps([fact.to_dict() for fact in facts], ensure_ascii=False)
        with self._database:
            self._database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (_facts_key(report, rules), stored))

    def prune(self, reports: Sequence[Report], recipe: str, rules: str, model: str, texts: Iterable[str]) -> None:
        """Forget all reports but these, their splits and facts but by `recipe` and `rules`, and all other vectors."""
        with (
            self._temporary("kept_reports", (f"{report.sha256} {report.path}" for report in reports)),
            self._temporary("kept_splits", (_split_key(report, recipe) for report in reports)),
            self._temporary("kept_facts", (_facts_key(report, rules) for report in reports)),
            self._temporary("kept_texts", map(text_hash, texts)),
            self._database,
        ):
            self._database.execute(
                "DELETE FROM reports WHERE sha256 || ' ' || path NOT IN (SELECT item FROM kept_reports)"
            )
            self._database.execute("DELETE FROM splits WHERE split_key NOT IN (SELECT item FROM kept_splits)")
            self._database.execute("DELETE FROM facts WHERE facts_key NOT IN (SELECT item FROM kept_facts)")
            self._database.execute(
                "DELETE FROM vectors WHERE model <> ? OR text_hash NOT IN (SELECT item FROM kept_texts)", (model,)
            )

    def compact(self) -> None:
        """Rewrite the file without the remains of what was deleted from it, its log included."""
        self._database.execute("VACUUM")
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def missing(self, model: str, texts: Sequence[str]) -> list[str]:
        """The distinct texts that have no vector of `model` yet, in order."""
        hashes = {text_hash(text): text for text in texts}
        known = self._stored("text_hash", model, hashes)
        found = {row[0] for row in known}
        return [text for key, text in hashes.items() if key not in found]

    def embed(
        self, embedder: Embedder, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> int:
        """Embed what is missing of `texts`, short ones first, each batch committed; returns how many were embedded.

        Raises:
            ModelUnavailable: The model gave something else than one unit vector a text; nothing of it is stored.
        """
        waiting = sorted(self.missing(embedder.name, texts), key=len)
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            vectors = _unit_vectors(embedder, batch)
            rows = [
                (embedder.name, text_hash(text), vector.tobytes()) for text, vector in zip(batch, vectors, strict=True)
            ]
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            if progress:
                progress(min(start + BATCH, len(waiting)), len(waiting))
        return len(waiting)

    def vectors(self, model: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts that have all been embedded, shape (n, dimension), in order; (0, 0) for none.

        Raises:
            KeyError: One of them has not been embedded.
        """
        keys = [text_hash(text) for text in texts]
        found = dict(self._stored("text_hash, vector", model, keys))
        rows = [np.frombuffer(found[key], dtype=np.float32) for key in keys]
        return np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float32)

    def _stored(self, columns: str, model: str, keys: Iterable[str]) -> list[tuple[str, bytes]]:
        with self._temporary("wanted", keys):
            return self._database.execute(
                f"SELECT {columns} FROM vectors WHERE model = ? AND text_hash IN (SELECT item FROM wanted)", (model,)
            ).fetchall()

    @contextmanager
    def _temporary(self, name: str, items: Iterable[str]) -> Iterator[None]:
        self._database.execute(f"CREATE TEMP TABLE {name} (item TEXT PRIMARY KEY) WITHOUT ROWID")
        try:
            self._database.executemany(f"INSERT OR IGNORE INTO {name} VALUES (?)", ((item,) for item in items))
            yield
        finally:
            self._database.execute(f"DROP TABLE {name}")
            self._database.commit()


def recipe_of(model: str, max_tokens: int) -> str:
    """How files become passages, as one line; equal lines give equal passages of equal files."""
    return f"read {READ_FORMAT}, split {SPLIT_FORMAT}, at most {max_tokens} tokens of {model}"


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
    fields["pages"], fields["notes"] = tuple(fields["pages"]), tuple(fields.get("notes", ()))
    fields["recognised"] = tuple(map(tuple, fields.get("recognised", ())))
    return Report(**fields)


def _split_key(report: Report, recipe: str) -> str:
    """By all of a report that splitting looks at, so that a renamed file is not split again."""
    return text_hash("\0".join((recipe, report.title, str(report.body), str(report.pages), report.text)))


def _facts_key(report: Report, rules: str) -> str:
    """By all that a fact or its citation takes from a report."""
    return text_hash("\0".join((rules, report_to_json(report))))


def _split_from(report: Report, stored: dict[str, object]) -> Split:
    def text(start: int, end: int) -> str:
        return report.text[start:end]

    spans: list[tuple[int, int]] = stored.pop("sentences")  # type: ignore[assignment]
    sentences = tuple(Sentence(report_id=report.id, start=s, end=e, text=text(s, e)) for s, e in spans)
    start, end = stored["start"], stored["end"]
    return Passage(report_id=report.id, text=text(start, end), **stored), sentences  # type: ignore[arg-type]


def _unit_vectors(embedder: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
    vectors = np.ascontiguousarray(embedder.embed_passages(texts), dtype=np.float32)
    if (
        vectors.ndim != 2
        or len(vectors) != len(texts)
        or not np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-2)
    ):
        raise ModelUnavailable(
            f"The model {embedder.name} did not give one vector of unit norm for each text, so its index could not be "
            "searched. Choose another with --model, or leave it out to use the embedded one."
        )
    return vectors
