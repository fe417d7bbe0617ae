"""The index, opened for reading, and the door of Chroma.

A reader never opens the published Chroma folder. Measured with chromadb 1.5.9 (hashes of all files before and after):
merely opening a finished store rewrites ``chroma.sqlite3``, and the first query of a store below its sync threshold
rewrites every file of its graph. So each `Index` makes a private copy when it is opened, which goes when it is closed
or the process exits; the rest is opened in ways that cannot write. Nothing of the generation's folder is needed after
that, so a builder may remove it while it is being read.
"""

import math
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus import IndexStale, IndexUnusable, Report, SearchFailed
from ingest.generation import (
    FORMAT,
    Manifest,
    Records,
    Vectors,
    check_files,
    read_manifest,
    read_records,
    read_vectors,
    stale_format,
)
from ingest.ledger.fact import Fact
from ingest.lexical import LexicalIndex
from ingest.passage import Passage, Sentence
from ingest.pointer import current_generation

COLLECTION = "passages"
BATCH = 200
"""Passages added to the store at once; its throughput is flat from about 150 (Chroma's performance guide)."""


class Index:
    """A generation opened for reading, safe to use from several threads; rows number its passages in one fixed order.

    Args:
        folder: The generation's folder; it may be removed once the index is open.

    Raises:
        IndexStale: It is of another format.
        IndexUnusable: A file of it is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.manifest: Manifest = read_manifest(folder)
        if self.manifest.format != FORMAT:
            raise stale_format(folder, self.manifest.format, self.manifest.folder)
        check_files(folder, self.manifest.checksums)
        try:
            self._passage_array = read_vectors(folder)
            self.lexical = LexicalIndex.load(folder / "bm25")
        except (OSError, ValueError, KeyError) as error:
            raise IndexUnusable(f"{folder}: this index cannot be opened ({error}). Run: rapporteur index") from error
        records = read_records(folder)
        self._reports, self._passages, self._facts = records.reports, records.passages, records.facts
        self._by_id = {report.id: report for report in records.reports}
        self._grouped = _by_row(records)
        self._private: tempfile.TemporaryDirectory[str] | None = private_copy(folder)
        self._store: Any = None
        self._lock = threading.Lock()

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

    def facts(self) -> tuple[Fact, ...]:
        """All facts, by the path of their report."""
        return self._facts

    def sentences_in(self, row: int) -> tuple[Sentence, ...]:
        """The sentences of the passage of that row, in reading order."""
        return self._grouped[row]

    def passage_vectors(self, rows: Sequence[int]) -> Vectors:
        """Vectors of the passages of these rows, in order, shape (n, dimension)."""
        return np.asarray(self._passage_array[list(rows)])

    def nearest(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """The k rows nearest to a unit vector with their cosine, best first; fewer when there are fewer.

        Raises:
            SearchFailed: The vector store could not be searched, or the index has been closed.
        """
        with self._lock:  # also keeps `close` from ending the store under a running search
            if self._private is None:
                raise SearchFailed("This index has been closed. Open it again.")
            if self._store is None:
                self._store = open_store(Path(self._private.name, "chroma"))
            return nearest_in(self._store, vector, min(k, len(self._passages)))

    def close(self) -> None:
        """Remove the private copy of the vector store; the index cannot be searched by vector afterwards."""
        with self._lock:
            store, private = self._store, self._private
            self._store = self._private = None
            if store is not None:
                close_store(store)
            if private is not None:
                private.cleanup()


def open_index(data: Path, *, model: str | None = None) -> Index:
    """Open the published index.

    Args:
        data: The data folder; nothing is written there.
        model: Name the index must have been built with; None for any.

    Raises:
        IndexMissing: Nothing has been indexed yet.
        IndexStale: It was built with another model or format; names the cure.
        IndexUnusable: It is damaged.
    """
    while True:
        folder = current_generation(data)
        try:
            built_with = read_manifest(folder).model
            if model is not None and built_with != model:
                raise IndexStale(
                    f"{data}: the index was built with the model {built_with}, asked for is {model}. Ask with the "
                    "model of the index, or build it anew: rapporteur index --model NAME"
                )
            return Index(folder)
        except IndexUnusable:
            # Two publications while we were opening remove what we were pointed to: then open the newest.
            if current_generation(data) == folder:
                raise


def fill(folder: Path) -> None:
    """Build word search and vector store of a new generation from its records."""
    from llama_index.core.schema import TextNode

    passages = read_records(folder).passages
    LexicalIndex.build([f"{passage.heading}\n{passage.text}" for passage in passages]).save(folder / "bm25")
    vectors = read_vectors(folder)
    (folder / "chroma").mkdir()
    store = open_store(folder / "chroma", create=True)
    for start in range(0, len(passages), BATCH):
        store.add(
            [
                TextNode(
                    id_=str(row),
                    text=passages[row].text,
                    embedding=vectors[row].tolist(),
                    metadata={"report_id": passages[row].report_id, "start": passages[row].start},
                )
                for row in range(start, min(start + BATCH, len(passages)))
            ]
        )
    close_store(store)


def nearest_in(store: Any, vector: Vectors, k: int) -> list[tuple[int, float]]:
    """The k nearest rows of a store with their cosine, best first; nothing for k below 1.

    Raises:
        SearchFailed: The store raised any of Chroma's errors, or the vector is not one it can compare.
    """
    from chromadb.errors import ChromaError
    from llama_index.core.vector_stores.types import VectorStoreQuery

    if k <= 0:
        return []
    try:
        result = store.query(VectorStoreQuery(query_embedding=vector.tolist(), similarity_top_k=k))
    except (ChromaError, RuntimeError, ValueError, OSError, sqlite3.Error) as error:
        raise SearchFailed(f"The vector store could not be searched ({error}). Run: rapporteur index") from error
    # ChromaVectorStore gives exp(-distance), and the cosine distance is 1 - cosine.
    cosines = [1 + math.log(similarity) for similarity in result.similarities]
    if not all(map(math.isfinite, cosines)):
        raise SearchFailed("The vector of the question is not a number: the model is damaged. Run: rapporteur doctor")
    return [(int(row), cosine) for row, cosine in zip(result.ids, cosines, strict=True)]


def _by_row(records: Records) -> tuple[tuple[Sentence, ...], ...]:
    grouped: list[list[Sentence]] = [[] for _ in records.passages]
    for row, sentence in records.sentences:
        grouped[row].append(sentence)
    return tuple(tuple(sentences) for sentences in grouped)


def private_copy(folder: Path) -> "tempfile.TemporaryDirectory[str]":
    """A copy of a generation's vector store; it goes with the returned object, at the latest when the process exits.

    Raises:
        IndexUnusable: There is no room for it, or nothing to copy.
    """
    private = tempfile.TemporaryDirectory(prefix="rapporteur-", ignore_cleanup_errors=True)
    try:
        shutil.copytree(folder / "chroma", Path(private.name, "chroma"))
    except (OSError, shutil.Error) as error:
        private.cleanup()
        raise IndexUnusable(
            f"{folder}: no private copy of the vector store can be made ({error}). "
            f"Free space in {tempfile.gettempdir()}, or run: rapporteur index"
        ) from error
    return private


def open_store(folder: Path, *, create: bool = False) -> Any:
    """LlamaIndex's Chroma store over a folder; cosine space, our own vectors only, telemetry off.

    Raises:
        IndexUnusable: Chroma refuses the folder.
    """
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
    except (ChromaError, RuntimeError, ValueError, OSError, sqlite3.Error) as error:
        raise IndexUnusable(f"{folder}: the vector store cannot be opened ({error}). Run: rapporteur index") from error
    store = ChromaVectorStore(chroma_collection=collection)
    store.__dict__["_rapporteur_client"] = client
    return store


def close_store(store: Any) -> None:
    """Let go of what `open_store` opened."""
    client = store.__dict__.pop("_rapporteur_client", None)
    if client is not None:
        client.close()
