"""The audit of a generation that has just been built, run in a process that did not build it."""

from pathlib import Path
from typing import Any

import numpy as np

from corpus import IndexUnusable
from ingest.generation import (
    Records,
    Vectors,
    check_files,
    read_manifest,
    read_records,
    read_vectors,
    seal,
)
from ingest.index import close_store, nearest_in, open_store, private_copy
from ingest.lexical import LexicalIndex
from ingest.passage import Passage, Sentence

SAMPLE = 200
"""Passages searched for; all of a smaller index."""
LEAST_RECALL = 0.99


def audit(folder: Path) -> None:
    """Prove a new generation sound as `prove_sound` does, and seal it with checksums. Errors as there."""
    prove_sound(folder)
    seal(folder)


def recheck(folder: Path) -> None:
    """Prove a sealed generation sound again before it is published again; nothing is written. Errors as there."""
    check_files(folder, read_manifest(folder).checksums)
    prove_sound(folder)


def prove_sound(folder: Path) -> None:
    """Hold a generation to itself, in a process that did not build it.

    Counts must agree everywhere, every passage and sentence must stand at its offsets, every sampled passage must
    find itself, and the store's ten nearest must be those of exact search in at least 99 of 100 places.

    Raises:
        IndexUnusable: Something does not agree.
    """
    manifest, records = read_manifest(folder), read_records(folder)
    vectors = read_vectors(folder)
    _audit_offsets(folder.name, records)
    with private_copy(folder) as private:
        store = open_store(Path(private, "chroma"))
        n = manifest.passages
        expected = {
            "reports": (manifest.reports,),
            "passages": (n,) * 4,
            "sentences": (manifest.sentences,),
            "facts": (manifest.facts,),
        }
        counted = {
            "reports": (len(records.reports),),
            "passages": (len(records.passages), len(vectors), len(LexicalIndex.load(folder / "bm25")),
                         store.client.count()),
            "sentences": (len(records.sentences),),
            "facts": (len(records.facts),),
        }  # fmt: skip
        if counted != expected:
            raise IndexUnusable(f"{folder.name}: the new index holds {counted}, {expected} expected. Run again.")
        _audit_search(folder.name, store, vectors)
        close_store(store)


def _audit_offsets(name: str, records: Records) -> None:
    texts = {report.id: report.text for report in records.reports}
    spans: list[Passage | Sentence] = [*records.passages, *(sentence for _, sentence in records.sentences)]
    for fact in records.facts:
        cited = fact.citation
        if not cited.quote or texts.get(cited.report_id, "")[cited.start : cited.end] != cited.quote:
            raise IndexUnusable(
                f"{name}: the quote of a fact is not at {cited.start}-{cited.end} of its report. Run again."
            )
    for span in spans:
        if not span.text or texts.get(span.report_id, "")[span.start : span.end] != span.text:
            raise IndexUnusable(
                f"{name}: a text of the new index is not at {span.start}-{span.end} of its report. Run again."
            )


def _audit_search(name: str, store: Any, vectors: Vectors) -> None:
    n = len(vectors)
    k = min(10, n)
    hits = wanted = 0
    for row in range(0, n, max(1, n // SAMPLE)):
        found = nearest_in(store, vectors[row], k)
        exact = vectors @ vectors[row]
        floor = float(np.sort(exact)[-k]) - 1e-5
        # Equal passages have equal vectors: finding one's twin first is finding oneself.
        if not found or exact[found[0][0]] < 1 - 1e-3 or found[0][1] < 1 - 1e-3:
            raise IndexUnusable(f"{name}: passage {row} of the new index does not find itself. Run again.")
        hits += sum(1 for number, _ in found if exact[number] >= floor)
        wanted += k
    if wanted and hits / wanted < LEAST_RECALL:
        raise IndexUnusable(f"{name}: the new vector store finds {hits} of {wanted} nearest passages. Run again.")
