"""Choose the fewest verbatim sentences that answer, and put them in reading order."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.compose.evidence import FEATURES, Evidence, points_back, states_kind, states_unit, stems
from assistant.understand import Understood
from corpus.report import Report
from ingest.passage import Sentence

TIME = FEATURES.index("time")
NAMES = FEATURES.index("names_paragraph")
MOST_SENTENCES = 3
MOST_ROWS = 8
NEXT_BEST = 0.75
"""A second sentence is added for what it adds only when its probability is at least this share of the best one's."""
ROW_SHARE = 0.5
"""A row of a list needs at least this share of the best row's probability."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of whole sentences of one report that becomes one claim."""

    report: Report
    start: int
    end: int
    probability: float


def choose(understood: Understood, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentences to release, best first; empty for no evidence.

    A look-up gives the best sentence and those that add something asked for and still missing (a kind of thing, a
    counted unit, words of the question); a list gives the best sentence of each report; "latest" and "earliest"
    give the sentence of the report that comes last or first among the good ones.
    """
    if not evidence:
        return ()
    ranked = sorted(_in_time(evidence), key=lambda item: -item.probability)
    if understood.wants in ("latest", "earliest"):
        return _by_date(understood, ranked)
    if understood.wants_all or understood.wants == "comparison":
        return _rows(ranked, MOST_ROWS if understood.wants_all else MOST_SENTENCES)
    return _fewest(understood, ranked)


def spans(chosen: Sequence[Evidence], sentences_of: Callable[[Evidence], Sequence[Sentence]]) -> tuple[Span, ...]:
    """Chosen sentences as claims in reading order: reports by their best sentence, sentences by their place.

    A sentence that opens by pointing back ("It ranks …") takes the one before it along; neighbors become one span.
    """
    order = list(dict.fromkeys(item.found.report.id for item in chosen))
    result: list[Span] = []
    for report_id in order:
        own = [item for item in chosen if item.found.report.id == report_id]
        pieces = sorted(_with_antecedent(item, sentences_of(item)) for item in own)
        probability = max(item.probability for item in own)
        report = own[0].found.report
        for start, end in pieces:
            last = result[-1] if result else None
            if last and last.report.id == report_id and not _apart(report.text[last.end : start]):
                end = max(end, last.end)
                start = result.pop().start
            result.append(Span(report=report, start=start, end=end, probability=probability))
    return tuple(result)


def _in_time(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Sentences of records that do not state another time than the one asked about, where there are any."""
    agreeing = [item for item in evidence if item.features[TIME] > 0]
    return agreeing or list(evidence)


def _apart(between: str) -> bool:
    return bool(between.strip()) or bool(re.search(r"\n\s*\n", between))


def _with_antecedent(item: Evidence, group: Sequence[Sentence]) -> tuple[int, int]:
    at = group.index(item.sentence)
    first = group[at - 1] if at and points_back(item.sentence.text) else item.sentence
    return first.start, item.sentence.end


def _fewest(understood: Understood, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    chosen = [ranked[0]]
    for item in ranked[1:8]:
        if len(chosen) == MOST_SENTENCES:
            break
        if item.probability < NEXT_BEST * ranked[0].probability or item.found.report.id != ranked[0].found.report.id:
            continue
        if _missing(understood, [*chosen, item]) < _missing(understood, chosen):
            chosen.append(item)
    return tuple(chosen)


def _missing(understood: Understood, chosen: Sequence[Evidence]) -> int:
    """How many things asked for the sentences do not state."""
    texts = [item.sentence.text for item in chosen]
    kinds = sum(not any(states_kind(kind, text, understood.names) for text in texts) for kind in understood.kinds)
    units = sum(not any(states_unit(text, unit) for text in texts) for unit in understood.units)
    said = frozenset(stem for text in texts for stem in stems(text))
    words = sum(not stems(word) & said for word in understood.attribute)
    return kinds + units + words


def _rows(ranked: Sequence[Evidence], most: int) -> tuple[Evidence, ...]:
    rows: dict[str, Evidence] = {}
    named = max(item.features[NAMES] for item in ranked)
    for item in ranked:
        if item.features[NAMES] < named:
            continue
        if item.probability >= ROW_SHARE * ranked[0].probability:
            rows.setdefault(item.found.report.id, item)
    return tuple(rows.values())[:most]


def _by_date(understood: Understood, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    rows = [item for item in _rows(ranked, MOST_ROWS) if any(date.year for date in item.found.report.dates)]
    if not rows:
        return _fewest(understood, ranked)
    pick = max if understood.wants == "latest" else min
    best = pick(rows, key=lambda item: next(date.start for date in item.found.report.dates if date.year))
    own = [item for item in ranked if item.found.report.id == best.found.report.id]
    return _fewest(understood, own)
