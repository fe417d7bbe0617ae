"""A record made of its words alone, as reading its file would give it, and the facts that the tagger finds in it."""

import hashlib
from collections.abc import Sequence
from functools import cache

from corpus.dates import event_dates
from corpus.language import language_of
from corpus.names import known_forms
from corpus.report import Report
from ingest.config import IngestConfig
from ingest.embedded import EmbeddedModel
from ingest.ledger.extract import extract
from ingest.ledger.fact import Fact
from ingest.ledger.reading import Reading, read
from ingest.passages import split_anew
from ingest.tagger import TrainedTagger

OFFICE = known_forms("tec")
"""Who wrote the records of most tests."""


def record(text: str, *, title: str = "A visit", date: str = "2023-05-03", name: str = "a.md") -> Report:
    """A report of this text; its language is told from it."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Report(
        id=digest[:12], title=title, text=text, language=language_of(text), dates=event_dates(date), path=name,
        sha256=digest,
    )  # fmt: skip


def facts_of(report: Report, office: Sequence[str] = OFFICE) -> tuple[Fact, ...]:
    """The facts of a report, found by the real tagger."""
    embedder, tags = _opened()
    splits = split_anew(report, IngestConfig().max_tokens, embedder.count_tokens)
    return extract(report, splits, tags, office)


def reading_of(report: Report, office: Sequence[str] = OFFICE) -> Reading:
    """A report as the real tagger reads it."""
    embedder, tags = _opened()
    return read(report, split_anew(report, IngestConfig().max_tokens, embedder.count_tokens), tags, office)


@cache
def _opened() -> tuple[EmbeddedModel, TrainedTagger]:
    embedder = EmbeddedModel()
    return embedder, TrainedTagger(embedder)
