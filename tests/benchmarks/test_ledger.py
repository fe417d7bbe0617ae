"""What finding the facts of a thousand invented records costs beside embedding them; the ratio is asserted."""

import resource
import statistics
import time
from collections.abc import Callable

import pytest

from corpus.report import Report
from ingest import Embedder, Fact
from ingest.publish import embedded_text
from ingest.split import passages_of, sentences_of
from tests.benchmarks.thousand import thousand
from tests.ingest.records import facts_of

COUNT = 1000
SHARE = 10
"""Of the records, one in so many is embedded: enough to tell the time of all."""


@pytest.fixture(scope="module")
def records() -> tuple[Report, ...]:
    return thousand(COUNT)


@pytest.fixture(scope="module")
def timed(records: tuple[Report, ...]) -> tuple[tuple[Fact, ...], list[float]]:
    """The facts of all records, and the seconds each record took."""
    facts: list[Fact] = []
    spent = []
    for report in records:
        began = time.perf_counter()
        facts += facts_of(report)
        spent.append(time.perf_counter() - began)
    return tuple(facts), spent


@pytest.mark.bench
def test_finding_the_facts_of_records_takes_no_longer_than_embedding_them(
    records: tuple[Report, ...], timed: tuple[tuple[Fact, ...], list[float]], embedder: Embedder
) -> None:
    facts, spent = timed
    share = records[::SHARE]
    embedder.embed_passages(["warm up"])
    embedding = seconds(lambda: embedder.embed_passages(texts_of(share, embedder)))
    extracting = sum(spent[::SHARE])
    print(f"\n{len(records)} records, {len(facts)} facts: {sum(spent):.1f} s, median {statistics.median(spent):.4f} s")
    print(f"{len(share)} of them: facts {extracting:.2f} s, embedding {embedding:.2f} s, {extracting / embedding:.3f}")
    print(f"most memory so far {megabytes():.0f} MB")
    assert extracting / embedding <= 1


def texts_of(records: tuple[Report, ...], embedder: Embedder) -> list[str]:
    """Every distinct passage and sentence of some records, short ones first, as indexing embeds them."""
    passages = [one for report in records for one in passages_of(report, count_tokens=embedder.count_tokens)]
    sentences = [one.text for report in records for one in sentences_of(report)]
    return sorted({*map(embedded_text, passages), *sentences}, key=len)


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
