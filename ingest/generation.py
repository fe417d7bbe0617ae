"""A generation on disk: its records, its vectors, and its manifest with checksums."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import IndexStale, IndexUnusable, Report
from ingest.ledger.fact import Fact, fact_from_dict
from ingest.library import report_from_json, report_to_json
from ingest.passage import Passage, Sentence, Split
from ingest.weights import sha256_of

FORMAT = 6
"""Raised when the files of a generation, or the words of its word search, are made in another way."""

PASSAGE_VECTORS = "passages.npy"
Vectors = NDArray[np.float32]

_SCHEMA = """
CREATE TABLE reports (id TEXT PRIMARY KEY, report TEXT NOT NULL);
CREATE TABLE passages (row INTEGER PRIMARY KEY, passage TEXT NOT NULL);
CREATE TABLE facts (number INTEGER PRIMARY KEY, fact TEXT NOT NULL);
CREATE TABLE sentences (number INTEGER PRIMARY KEY, row INTEGER NOT NULL, sentence TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation says of itself.

    Attributes:
        recipe: How files became passages; an index made by another recipe is built anew. Empty before format 2.
        rules: How reports became facts, likewise. Empty before format 3.
        folder: Absolute path of the folder that was indexed.
        built_at: ISO 8601, UTC.
        files: SHA-256 of each report's file by its path.
        corrected: Digest of what keepers corrected, for each report they did, by its path.
        failed: Reason for each file that could not be read.
        checksums: SHA-256 of each file of the generation by its path inside; empty until it is complete.
    """

    format: int
    generation: str
    model: str
    dimension: int
    max_tokens: int
    recipe: str = ""
    rules: str = ""
    folder: str
    built_at: str
    reports: int
    passages: int
    sentences: int
    facts: int = 0
    files: dict[str, str]
    corrected: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str]
    checksums: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Reports by path, passages by row, sentences in reading order with the row of their passage, facts by report."""

    reports: tuple[Report, ...]
    passages: tuple[Passage, ...]
    sentences: tuple[tuple[int, Sentence], ...]
    facts: tuple[Fact, ...] = ()


def write_generation(
    folder: Path,
    manifest: Manifest,
    reports: Sequence[Report],
    splits: Sequence[Split],
    facts: Sequence[Fact],
    passage_vectors: Vectors,
) -> None:
    """Write records, vectors and an unsealed manifest to a new folder; `fill` and `audit` complete it."""
    folder.mkdir(parents=True)
    numbered = ((row, sentence) for row, (_, sentences) in enumerate(splits) for sentence in sentences)
    database = sqlite3.connect(folder / "records.db")
    try:
        with database:
            database.executescript(_SCHEMA)
            database.executemany("INSERT INTO reports VALUES (?, ?)", ((r.id, report_to_json(r)) for r in reports))
            database.executemany(
                "INSERT INTO passages VALUES (?, ?)", ((row, _json(passage)) for row, (passage, _) in enumerate(splits))
            )
            database.executemany(
                "INSERT INTO sentences VALUES (?, ?, ?)",
                ((number, row, _json(sentence)) for number, (row, sentence) in enumerate(numbered)),
            )
            database.executemany(
                "INSERT INTO facts VALUES (?, ?)",
                ((number, json.dumps(fact.to_dict(), ensure_ascii=False)) for number, fact in enumerate(facts)),
            )
    finally:
        database.close()
    np.save(folder / PASSAGE_VECTORS, passage_vectors)
    _write_manifest(folder, manifest)


def read_records(folder: Path) -> Records:
    """The records of a generation, opened in a way that cannot write.

    Raises:
        IndexUnusable: They are missing or damaged.
    """
    path = folder / "records.db"
    try:
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            reports = [report_from_json(row[0]) for row in database.execute("SELECT report FROM reports")]
            passages = database.execute("SELECT passage FROM passages ORDER BY row").fetchall()
            sentences = database.execute("SELECT row, sentence FROM sentences ORDER BY number").fetchall()
            facts = database.execute("SELECT fact FROM facts ORDER BY number").fetchall()
        finally:
            database.close()
        return Records(
            reports=tuple(sorted(reports, key=lambda report: report.path)),
            passages=tuple(Passage(**json.loads(stored)) for (stored,) in passages),
            sentences=tuple((row, Sentence(**json.loads(stored))) for row, stored in sentences),
            facts=tuple(fact_from_dict(json.loads(stored)) for (stored,) in facts),
        )
    except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
        raise IndexUnusable(f"{path}: cannot be read ({error}). Run: rapporteur index") from error


def read_vectors(folder: Path) -> Vectors:
    """Vectors of the passages of a generation, mapped into memory read-only, shape (n, dimension)."""
    vectors: Vectors = np.load(folder / PASSAGE_VECTORS, mmap_mode="r")
    return vectors


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        IndexStale: It is of a format whose manifest says other things; names the cure.
        IndexUnusable: It is missing or damaged.
    """
    path = folder / "manifest.json"
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        made_as, indexed = fields["format"], fields["folder"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexUnusable(f"{path}: cannot be read ({error}). Run: rapporteur index FOLDER") from error
    try:
        return Manifest(**fields)
    except TypeError as error:
        if made_as != FORMAT:
            raise stale_format(folder, made_as, indexed) from error
        raise IndexUnusable(f"{path}: is damaged ({error}). Run: rapporteur index FOLDER") from error


def stale_format(folder: Path, made_as: object, indexed: str) -> IndexStale:
    """The error for a generation of another format."""
    return IndexStale(
        f"{folder}: this index has format {made_as}, this program reads {FORMAT}. Run: rapporteur index {indexed}"
    )


def seal(folder: Path) -> None:
    """Complete a generation by writing the checksums of all its files into its manifest."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "manifest.json")
    sums = {path.relative_to(folder).as_posix(): sha256_of(path) for path in paths}
    _write_manifest(folder, replace(read_manifest(folder), checksums=sums))


def check_files(folder: Path, checksums: dict[str, str]) -> None:
    """Compare every file of a generation with its checksum, so that no damaged one reaches native code.

    Raises:
        IndexUnusable: A file is missing or differs, or the generation was never completed.
    """
    if not checksums:
        raise IndexUnusable(f"{folder.name}: this index was never completed. Run: rapporteur index")
    for name, expected in checksums.items():
        path = folder / name
        try:
            found = sha256_of(path)
        except OSError as error:
            raise IndexUnusable(
                f"{path}: this file of the index cannot be read ({error.strerror}). Run: rapporteur index"
            ) from error
        if found != expected:
            raise IndexUnusable(f"{path}: this file of the index is damaged. Run: rapporteur index")


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1, ensure_ascii=False), encoding="utf-8")


def _json(value: Passage | Sentence) -> str:
    return json.dumps(asdict(value), ensure_ascii=False)
