"""What finding the facts of invented records costs beside embedding them, as indexing does both."""

import resource
import time

import pytest

from corpus.report import Report
from ingest.derive import embedded_text
from ingest.embed import RECENT, EmbeddedModel
from ingest.ledger.extract import extract
from ingest.passages import split_anew
from ingest.tagger import open_tagger
from tests.benchmarks.thousand import thousand
from tests.ingest.records import OFFICE

COUNT = 1000


@pytest.fixture(scope="module")
def records() -> tuple[Report, ...]:
    return thousand(COUNT)


@pytest.mark.bench
def test_finding_the_facts_of_records_takes_less_time_than_embedding_them(records: tuple[Report, ...]) -> None:
    model = EmbeddedModel()
    tags = open_tagger(model)
    split = [(report, split_anew(report, 220, model.count_tokens)) for report in records]
    embedding = extracting = 0.0
    count = 0
    for first in range(0, len(split), RECENT):
        group = split[first : first + RECENT]
        began = time.perf_counter()
        model.embed_passages([embedded_text(passage) for _, own in group for passage, _ in own])
        embedded = time.perf_counter()
        count += sum(len(extract(report, own, tags, OFFICE)) for report, own in group)
        embedding, extracting = embedding + embedded - began, extracting + time.perf_counter() - embedded
    passages = sum(len(own) for _, own in split)
    print(f"\n{len(records)} records, {passages} passages, {count} facts")
    print(f"embedding {embedding:.1f} s, facts {extracting:.1f} s, ratio {extracting / embedding:.2f}")
    print(f"most memory so far {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    assert extracting / embedding <= 1
