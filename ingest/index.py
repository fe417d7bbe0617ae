"""One published generation of the index: written once, opened read-only; the door of Chroma.

Chroma writes when it is queried, and two processes on one of its folders harm each other, so a reader never opens
the published Chroma folder: the first search by vector makes a private copy, which goes when the index is closed.
Everything else is opened in ways that cannot write (SQLite ``immutable=1``, memory-mapped arrays, JSON).
"""

import hashlib
import json
import math
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import IndexMissing, IndexStale, IndexUnusable, Report, SearchFailed
from ingest.lexical import LexicalIndex
from ingest.library import report_from_json, report_to_json
from ingest.passage import Passage, Sentence

FORMAT = 1
COLLECTION = "passages"
AUDIT_SAMPLE = 200
LEAST_RECALL = 0.99
Vectors = NDArray[np.float32]

_SCHEMA = """
CREATE TABLE reports (id TEXT PRIMARY KEY, report TEXT NOT NULL);
CREATE TABLE passages (row INTEGER PRIMARY KEY, passage TEXT NOT NULL);
CREATE TABLE sentences (number INTEGER PRIMARY KEY, row INTEGER NOT NULL, sentence TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation says of itself.

    Attributes:
        files: SHA-256 of each report's file by its path.
        failed: Reason for each file that could not be read.
        checksums: SHA-256 of each file of the generation by its path inside; empty until it is complete.
    """

    format: int
    generation: str
    model: str
    dimension: int
    max_tokens: int
    folder: str
    built_at: str
    reports: int
    passages: int
    sentences: int
    files: dict[str, str]
    failed: dict[str, str]
    checksums: dict[str, str]


class Index:
    """A generation opened for reading; rows number its passages in one fixed order.

    Args:
        folder: The generation's folder.

    Raises:
        IndexUnusable: A file of it is missing or damaged, or it is of another format.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.manifest = read_manifest(folder)
        if self.manifest.format != FORMAT:
            raise IndexStale(
                f"{folder}: this index has format {self.manifest.format}, this program reads {FORMAT}. "
                "Run: rapporteur index"
            )
        check_files(folder, self.manifest.checksums)
        self._reports, self._passages, self._sentences = _read_records(folder / "records.db")
        self._by_id = {report.id: report for report in self._reports}
        self._numbers = {sentence: number for number, (_, sentence) in enumerate(self._sentences)}
        self._private: tempfile.TemporaryDirectory[str] | None = None
        self.lexical = LexicalIndex.load(folder / "bm25")

    def reports(self) -> tuple[Report, ...]:
        """All reports, by path."""
        return self._reports

    def report(self, report_id: str) -> Report:
        """One report.

        Raises:
            KeyError: This generation does not hold it.
        """
        return self._by_id[report_id]

    def passages(self) -> tuple[Passage, ...]:
        """All passages in row order: by report path, then by place."""
        return self._passages

    def sentences_in(self, row: int) -> tuple[Sentence, ...]:
        """The sentences of the passage of that row, in reading order."""
        return self._grouped[row]

    def sentence_vectors(self, sentences: Sequence[Sentence]) -> Vectors:
        """Vectors of sentences of this index, shape (n, dimension)."""
        return np.asarray(self._sentence_array[[self._numbers[sentence] for sentence in sentences]])

    def passage_vectors(self, rows: Sequence[int]) -> Vectors:
        """Vectors of the passages of these rows, shape (n, dimension)."""
        return np.asarray(self._passage_array[list(rows)])

    def nearest(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """The k rows nearest to a unit vector with their cosine, best first; fewer when there are fewer.

        Raises:
            SearchFailed: The vector store could not be searched.
        """
        return nearest_in(self._store, vector, min(k, len(self._passages)))

    def close(self) -> None:
        """Remove the private copy of the vector store; the index must not be searched afterwards."""
        store = self.__dict__.pop("_store", None)
        if store is not None:
            _close_store(store)
        if self._private is not None:
            self._private.cleanup()
            self._private = None

    @cached_property
    def _grouped(self) -> dict[int, tuple[Sentence, ...]]:
        grouped: dict[int, list[Sentence]] = {row: [] for row in range(len(self._passages))}
        for row, sentence in self._sentences:
            grouped[row].append(sentence)
        return {row: tuple(sentences) for row, sentences in grouped.items()}

    @cached_property
    def _passage_array(self) -> Vectors:
        return np.load(self._folder / "passages.npy", mmap_mode="r")  # type: ignore[no-any-return]

    @cached_property
    def _sentence_array(self) -> Vectors:
        return np.load(self._folder / "sentences.npy", mmap_mode="r")  # type: ignore[no-any-return]

    @cached_property
    def _store(self) -> Any:
        self._private = tempfile.TemporaryDirectory(prefix="rapporteur-", ignore_cleanup_errors=True)
        copy = Path(self._private.name, "chroma")
        shutil.copytree(self._folder / "chroma", copy)
        return _open_store(copy)


def write_records(
    folder: Path,
    manifest: Manifest,
    reports: Sequence[Report],
    passages: Sequence[tuple[Passage, Sequence[Sentence]]],
    passage_vectors: Vectors,
    sentence_vectors: Vectors,
) -> None:
    """Write the records and vectors of a new generation; `fill` and `audit` come after, each in its own process."""
    folder.mkdir(parents=True)
    database = sqlite3.connect(folder / "records.db")
    with database:
        database.executescript(_SCHEMA)
        database.executemany("INSERT INTO reports VALUES (?, ?)", ((r.id, report_to_json(r)) for r in reports))
        database.executemany(
            "INSERT INTO passages VALUES (?, ?)", ((row, _json(passage)) for row, (passage, _) in enumerate(passages))
        )
        numbered = ((row, sentence) for row, (_, sentences) in enumerate(passages) for sentence in sentences)
        database.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?)",
            ((number, row, _json(sentence)) for number, (row, sentence) in enumerate(numbered)),
        )
    database.close()
    np.save(folder / "passages.npy", passage_vectors)
    np.save(folder / "sentences.npy", sentence_vectors)
    write_manifest(folder, manifest)


def fill(folder: Path) -> None:
    """Build word search and vector store of a new generation from its records."""
    from llama_index.core.schema import TextNode

    _, passages, _ = _read_records(folder / "records.db")
    LexicalIndex.build([f"{passage.heading}\n{passage.text}" for passage in passages]).save(folder / "bm25")
    vectors = np.load(folder / "passages.npy")
    (folder / "chroma").mkdir()
    store = _open_store(folder / "chroma", create=True)
    nodes = [
        TextNode(
            id_=str(row),
            text=passage.text,
            embedding=vectors[row].tolist(),
            metadata={"report_id": passage.report_id, "start": passage.start, "end": passage.end},
        )
        for row, passage in enumerate(passages)
    ]
    for at in range(0, len(nodes), 200):
        store.add(nodes[at : at + 200])
    _close_store(store)


def audit(folder: Path) -> None:
    """Prove a new generation sound, in a process that did not build it, and seal it with checksums.

    Counts must agree everywhere, every sampled passage must find itself, and the store's ten nearest must be those
    of exact search in at least 99 of 100 places.

    Raises:
        IndexUnusable: Something does not agree.
    """
    manifest = read_manifest(folder)
    reports, passages, sentences = _read_records(folder / "records.db")
    vectors = np.load(folder / "passages.npy")
    with tempfile.TemporaryDirectory(prefix="rapporteur-audit-") as place:
        shutil.copytree(folder / "chroma", Path(place, "chroma"))
        store = _open_store(Path(place, "chroma"))
        counts = (len(reports), len(passages), len(sentences), len(vectors), store.client.count())
        expected = (manifest.reports, manifest.passages, manifest.sentences, manifest.passages, manifest.passages)
        if counts != expected:
            raise IndexUnusable(f"{folder.name}: the new index holds {counts}, {expected} expected. Run again.")
        _audit_search(folder.name, store, vectors)
        _close_store(store)
    write_manifest(folder, _with_checksums(folder, manifest))


def _audit_search(name: str, store: Any, vectors: Vectors) -> None:
    n = len(vectors)
    step = max(1, n // AUDIT_SAMPLE)
    k = min(10, n)
    hits = wanted = 0
    for row in range(0, n, step):
        found = nearest_in(store, vectors[row], k)
        exact = vectors @ vectors[row]
        floor = float(np.sort(exact)[-k]) - 1e-5
        if not found or found[0][1] < 1 - 1e-3:
            raise IndexUnusable(f"{name}: passage {row} of the new index does not find itself. Run again.")
        hits += sum(1 for number, _ in found if exact[number] >= floor)
        wanted += k
    if wanted and hits / wanted < LEAST_RECALL:
        raise IndexUnusable(f"{name}: the new vector store finds {hits} of {wanted} nearest passages. Run again.")


def nearest_in(store: Any, vector: Vectors, k: int) -> list[tuple[int, float]]:
    """The k nearest rows of a store with their cosine, best first."""
    from chromadb.errors import ChromaError
    from llama_index.core.vector_stores.types import VectorStoreQuery

    if k <= 0:
        return []
    try:
        result = store.query(VectorStoreQuery(query_embedding=vector.tolist(), similarity_top_k=k))
    except (ChromaError, RuntimeError, ValueError, sqlite3.Error) as error:
        raise SearchFailed(f"The vector store could not be searched ({error}). Run: rapporteur index") from error
    # ChromaVectorStore gives exp(-distance), and the cosine distance is 1 - cosine.
    cosines = [1 + math.log(similarity) for similarity in result.similarities]
    return [(int(row), cosine) for row, cosine in zip(result.ids, cosines, strict=True)]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        IndexUnusable: It is missing or damaged.
    """
    path = folder / "manifest.json"
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexUnusable(f"{path}: cannot be read ({error}). Run: rapporteur index") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a generation."""
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1, ensure_ascii=False), encoding="utf-8")


def check_files(folder: Path, checksums: dict[str, str]) -> None:
    """Compare every file of a generation with its checksum, so that no damaged one reaches native code.

    Raises:
        IndexUnusable: A file is missing or differs, or the generation was never completed.
    """
    if not checksums:
        raise IndexUnusable(f"{folder.name}: this index was never completed. Run: rapporteur index")
    for name, expected in checksums.items():
        path = folder / name
        if not path.is_file():
            raise IndexUnusable(f"{path}: this file of the index is missing. Run: rapporteur index")
        if _file_hash(path) != expected:
            raise IndexUnusable(f"{path}: this file of the index is damaged. Run: rapporteur index")


def current_generation(data: Path) -> Path:
    """Folder of the published generation.

    Raises:
        IndexMissing: None has been published in this data folder.
    """
    try:
        name = (data / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise IndexMissing(
            f"{data}: nothing has been indexed here yet. Run: rapporteur index FOLDER, with the folder of your reports"
        ) from error
    folder = data / "generations" / name
    if not name or not folder.is_dir():
        raise IndexUnusable(f"{folder}: the published index is missing. Run: rapporteur index")
    return folder


def open_index(data: Path, *, model: str | None = None) -> Index:
    """Open the published index.

    Args:
        data: The data folder.
        model: Name the index must have been built with; None for any.

    Raises:
        IndexMissing: Nothing has been indexed yet.
        IndexStale: It was built with another model or format; names the cure.
        IndexUnusable: It is damaged.
    """
    folder = current_generation(data)
    built_with = read_manifest(folder).model
    if model is not None and built_with != model:
        raise IndexStale(
            f"{data}: the index was built with the model {built_with}, asked for is {model}. Ask with the model of "
            "the index, or build it anew: rapporteur index --model NAME"
        )
    return Index(folder)


def _with_checksums(folder: Path, manifest: Manifest) -> Manifest:
    names: Iterable[Path] = (path for path in sorted(folder.rglob("*")) if path.is_file())
    sums = {path.relative_to(folder).as_posix(): _file_hash(path) for path in names if path.name != "manifest.json"}
    return Manifest(**(asdict(manifest) | {"checksums": sums}))


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_records(
    path: Path,
) -> tuple[tuple[Report, ...], tuple[Passage, ...], tuple[tuple[int, Sentence], ...]]:
    try:
        database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        try:
            reports = [report_from_json(row[0]) for row in database.execute("SELECT report FROM reports")]
            passages = [
                Passage(**json.loads(r[0])) for r in database.execute("SELECT passage FROM passages ORDER BY row")
            ]
            sentences = [
                (row, Sentence(**json.loads(stored)))
                for row, stored in database.execute("SELECT row, sentence FROM sentences ORDER BY number")
            ]
        finally:
            database.close()
    except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
        raise IndexUnusable(f"{path}: cannot be read ({error}). Run: rapporteur index") from error
    return tuple(sorted(reports, key=lambda report: report.path)), tuple(passages), tuple(sentences)


def _json(value: Passage | Sentence) -> str:
    return json.dumps(asdict(value), ensure_ascii=False)


def _open_store(folder: Path, *, create: bool = False) -> Any:
    """LlamaIndex's Chroma store over a folder; cosine space, our own vectors only, telemetry off."""
    import chromadb
    from chromadb.config import Settings
    from chromadb.errors import ChromaError
    from llama_index.vector_stores.chroma import ChromaVectorStore

    try:
        client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
        if create:
            collection = client.create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}
            )
        else:
            collection = client.get_collection(COLLECTION, embedding_function=None)
    except (ChromaError, RuntimeError, ValueError, sqlite3.Error) as error:
        raise IndexUnusable(f"{folder}: the vector store cannot be opened ({error}). Run: rapporteur index") from error
    store = ChromaVectorStore(chroma_collection=collection)
    store.__dict__["_rapporteur_client"] = client
    return store


def _close_store(store: Any) -> None:
    client = store.__dict__.pop("_rapporteur_client", None)
    if client is not None:
        client.close()
