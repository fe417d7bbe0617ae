"""Throughput of indexing against the bare encoder on the same texts in the same run."""

import time
from pathlib import Path

import pytest

from corpus import Report, read_reports
from ingest import open_embedder
from ingest.library import Library
from ingest.split import passages_of, sentences_of


@pytest.mark.bench
def test_embedding_through_the_library_keeps_nine_tenths_of_the_bare_encoder(tmp_path):
    embedder = open_embedder()
    reports = [one for one in read_reports(Path("corpus/reports")) if isinstance(one, Report)]
    passages = [one for report in reports for one in passages_of(report, count_tokens=embedder.count_tokens)]
    sentences = [one for report in reports for one in sentences_of(report)]
    texts = list({*(f"{one.heading}\n{one.text}" for one in passages), *(one.text for one in sentences)})
    embedder.embed_passages(texts[:32])
    ratios = []
    for turn in range(3):
        began = time.perf_counter()
        embedder.embed_passages(texts)
        bare = time.perf_counter() - began
        library = Library(tmp_path / f"library-{turn}.db")
        began = time.perf_counter()
        library.embed(embedder, texts)
        ours = time.perf_counter() - began
        library.close()
        ratios.append(bare / ours)
        print(f"\n{len(texts)} texts: bare {len(texts) / bare:.1f} a second, indexing {len(texts) / ours:.1f} a second")
    assert sorted(ratios)[1] >= 0.9
