"""Throughput of indexing against the bare encoder on the same texts in the same run; only their ratio is asserted."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Report, read_reports
from ingest import Embedder, build_index
from ingest.derive import embedded_text
from ingest.library import BATCH, Library
from ingest.passages import passages_of, sentences_of

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"


@pytest.fixture(scope="module")
def texts(embedder: Embedder) -> list[str]:
    """Every distinct passage and sentence of the sample reports, short ones first, as an encoder is fed best."""
    reports = [one for one in read_reports(REPORTS) if isinstance(one, Report)]
    passages = [one for report in reports for one in passages_of(report, count_tokens=embedder.count_tokens)]
    sentences = [one for report in reports for one in sentences_of(report)]
    embedder.embed_passages(["warm up"])
    return sorted({*map(embedded_text, passages), *(one.text for one in sentences)}, key=len)


@pytest.mark.bench
def test_embedding_through_the_library_keeps_nine_tenths_of_the_bare_encoder(
    texts: list[str], embedder: Embedder, tmp_path: Path
) -> None:
    library = Library(tmp_path / "library.db")
    bare = ours = 0.0
    # In turns of some seconds, so that what else the machine does falls on both alike.
    for start in range(0, len(texts), BATCH):
        part = texts[start : start + BATCH]
        bare += seconds(lambda part=part: embedder.embed_passages(part))  # type: ignore[misc]
        ours += seconds(lambda part=part: library.embed(embedder, part))  # type: ignore[misc]
    library.close()
    print(f"\n{len(texts)} texts: bare encoder {len(texts) / bare:.1f} a second, Library.embed {len(texts) / ours:.1f}")
    print(f"ratio {bare / ours:.3f}")
    assert bare / ours >= 0.9


@pytest.mark.bench
def test_a_whole_build_is_timed_beside_the_bare_encoder(texts: list[str], embedder: Embedder, tmp_path: Path) -> None:
    bare = seconds(lambda: embedder.embed_passages(texts))
    receipt = build_index(REPORTS, data=tmp_path, embedder=embedder)
    again = build_index(REPORTS, data=tmp_path, embedder=embedder)
    print(f"\nbare encoder {bare:.1f} s; whole build, from reading to publishing, {receipt.seconds:.1f} s")
    print(f"ratio {bare / receipt.seconds:.3f}; nothing changed {again.seconds:.2f} s")
    assert receipt.embedded == len(texts)
    assert again.embedded == 0


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
