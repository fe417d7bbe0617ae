"""Choose the fewest verbatim sentences that answer, and put them in reading order."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.compose.evidence import Evidence, paragraph_of, points_back, stems
from assistant.understand import Understood
from assistant.values import agreement_in_time, states_kind, states_unit
from corpus.lexicon import read_lexicon
from corpus.names import names_of
from corpus.people import people_in
from corpus.report import EventDate, Report
from corpus.states import state_in
from ingest.passage import Sentence

KIND_UNSTATED = 0.4
"""What a sentence that does not state the kind of thing asked for keeps of its probability."""
MOST_SENTENCES = 3
"""Sentences of a look-up, and sides of a comparison, at the most."""
MOST_ROWS = 8
"""Rows of a list at the most."""
NEXT_BEST = 0.6
"""A second sentence is added for what it adds only when its probability is at least this share of the best one's."""
NEIGHBOR = 0.3
"""A sentence beside the best one is released with it, as one quote, at this share of its probability."""
NEIGHBOR_ACROSS = 0.12
"""The same across scripts, where the features tell the sentences of a passage apart less well."""
STATES_MORE = 0.3
"""The share for a sentence elsewhere in the report that states a kind of thing or a unit still missing."""
ROW_SHARE = 0.4
"""A row of a list needs at least this share of the best row's probability."""
NAMED_ROW_SHARE = 0.02
"""The same where the row names a person asked about, or states an agreement as asked, which says enough."""
NAMES_SHARE = 0.7
"""A row names at least this share of what the best named row names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of whole sentences of one report that becomes one claim."""

    report: Report
    start: int
    end: int


def choose(understood: Understood, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentences to release, best first; empty for no evidence.

    A look-up gives the best sentence and those that add something asked for and still missing (a kind of thing, a
    counted unit, words of the question); a list gives the best sentence of each report; "latest" and "earliest"
    give the sentence of the report that comes last or first among the good ones.
    """
    if not evidence:
        return ()
    ranked = sorted(_fitting(understood, evidence), key=lambda item: -_merit(item))
    if understood.wants in ("latest", "earliest"):
        return _by_date(understood, ranked)
    if understood.wants == "comparison":
        return _sides(understood, ranked)
    if understood.wants_all:
        return _rows(understood, ranked)
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
        report = own[0].found.report
        for start, end in pieces:
            last = result[-1] if result else None
            if last and last.report.id == report_id and not _apart(report.text[last.end : start]):
                end = max(end, last.end)
                start = result.pop().start
            result.append(Span(report=report, start=start, end=end))
    return tuple(result)


def _merit(item: Evidence) -> float:
    """The probability, less where the sentence does not state the kind of thing asked for."""
    return item.probability * (KIND_UNSTATED + (1 - KIND_UNSTATED) * item.feature("kind"))


def _fitting(understood: Understood, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Sentences of records that agree with the time, the order and the state asked for, where there are any."""
    fitting = list(evidence)
    for fits in (
        lambda item: item.feature("time") > 0,
        lambda item: not understood.relation or _stands_in_relation(understood, item.found.report),
        lambda item: (
            not (understood.states and (understood.wants_all or understood.wants))
            or state_in(item.sentence.text) in understood.states
        ),
        lambda item: not understood.wants_all or _counts(understood, item),
        lambda item: not understood.wants_all or _is_of_programme(understood, item),
    ):
        fitting = [item for item in fitting if fits(item)] or fitting
    return fitting


def _counts(understood: Understood, item: Evidence) -> bool:
    """Whether a sentence gives the number of what the question counts."""
    return any(states_unit(item.sentence.text, unit) for unit in understood.units)


def _is_of_programme(understood: Understood, item: Evidence) -> bool:
    """Whether the title of a report names a programme of the question: a list of its sessions is in those."""
    asked = understood.names.known & frozenset(read_lexicon("aliases")["programmes"])
    return bool(asked & names_of(item.found.report.title).known)


def _stands_in_relation(understood: Understood, report: Report) -> bool:
    """Whether a report's event is later or earlier than the one the conversation spoke of."""
    starts = [date.start for date in report.dates if date.year]
    if not starts:
        return False
    start = starts[0][: len(understood.pivot)]
    return start > understood.pivot if understood.relation == "later" else start < understood.pivot


def _apart(between: str) -> bool:
    return bool(between.strip()) or bool(re.search(r"\n\s*\n", between))


def _with_antecedent(item: Evidence, group: Sequence[Sentence]) -> tuple[int, int]:
    at = group.index(item.sentence)
    first = group[at - 1] if at and points_back(item.sentence.text) else item.sentence
    return first.start, item.sentence.end


def _fewest(understood: Understood, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    best = ranked[0]
    chosen = [best]
    for item in ranked[1:10]:
        if len(chosen) == MOST_SENTENCES:
            break
        if item.found.report.id != best.found.report.id:
            continue
        least = NEIGHBOR_ACROSS if item.feature("other_script") else NEIGHBOR
        if _is_next(chosen, item) and item.probability >= least * best.probability:
            chosen.append(item)
            continue
        adds = _missing(understood, chosen) - _missing(understood, [*chosen, item])
        states_more = _unstated(understood, [*chosen, item]) < _unstated(understood, chosen)
        if adds > 0 and item.probability >= (STATES_MORE if states_more else NEXT_BEST) * best.probability:
            chosen.append(item)
    return tuple(chosen)


def _is_next(chosen: Sequence[Evidence], item: Evidence) -> bool:
    """Whether a sentence stands beside a chosen one, with nothing but blanks between."""
    text = item.found.report.text
    return any(
        not text[min(one.sentence.end, item.sentence.end) : max(one.sentence.start, item.sentence.start)].strip()
        for one in chosen
    )


def _unstated(understood: Understood, chosen: Sequence[Evidence]) -> int:
    """How many kinds of things and counted units the sentences do not state."""
    texts = [item.sentence.text for item in chosen]
    kinds = sum(not any(states_kind(kind, text, understood.names) for text in texts) for kind in understood.kinds)
    return kinds + sum(not any(states_unit(text, unit) for text in texts) for unit in understood.units)


def _missing(understood: Understood, chosen: Sequence[Evidence]) -> int:
    """How many things asked for, and words of the question, the sentences lack."""
    said = frozenset(stem for item in chosen for stem in stems(item.sentence.text))
    words = sum(not stems(word) & said for word in understood.attribute)
    return _unstated(understood, chosen) + words


def _rows(understood: Understood, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The best sentence of each report that speaks of what the question names; all good ones of a single report."""
    rows: dict[str, Evidence] = {}
    people = people_in(understood.asked)
    least = NAMED_ROW_SHARE if people or understood.states or _counts(understood, ranked[0]) else ROW_SHARE
    most_named = max(item.feature("names_paragraph") for item in ranked)
    for item in ranked:
        if people and not any(_names_person(item, person) for person in people):
            continue
        if not people and item.feature("names_paragraph") < NAMES_SHARE * most_named:
            continue
        if item.probability >= least * ranked[0].probability:
            rows.setdefault(item.found.report.id, item)
    if len(rows) < 2:
        return _fewest(understood, ranked)
    return tuple(rows.values())[:MOST_ROWS]


def _names_person(item: Evidence, person: str) -> bool:
    there = names_of(item.spoken_of)
    return all(there.has(part) for part in person.split())


def _sides(understood: Understood, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The best sentence for each of the things compared: by their dates, else by their names, else the best two."""
    sides: list[Evidence] = []
    times: list[tuple[tuple[EventDate, ...], tuple[int, ...]]] = [
        ((date,), (date.year,) if date.year else ()) for date in understood.dates
    ]
    dated = {date.year for date in understood.dates}
    times += [((), (year,)) for year in understood.years if year not in dated]
    for dates, years in times:
        one = replace(understood, dates=dates, years=years)
        fitting = [item for item in ranked if agreement_in_time(one, item.found.report, item.found.passage.text) == 1]
        sides += [_stating(understood, fitting)] if fitting else []
    if len(times) < 2:
        for known in sorted(understood.names.known):
            fitting = [item for item in ranked[:12] if known in names_of(_about(item)).known]
            sides += [_stating(understood, fitting)] if fitting else []
    distinct = list(dict.fromkeys(item.sentence for item in sides))
    chosen = [next(item for item in sides if item.sentence == sentence) for sentence in distinct]
    return tuple(chosen[:MOST_SENTENCES]) if len(chosen) > 1 else tuple(ranked[:2])


def _about(item: Evidence) -> str:
    return paragraph_of(item.found.report, item.sentence.start)


def _stating(understood: Understood, ranked: Sequence[Evidence]) -> Evidence:
    """The best of these that states the kind of thing compared, else the best."""
    return max(ranked, key=lambda item: (item.feature("unit"), item.feature("kind"), item.probability))


def _by_date(understood: Understood, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    rows = [item for item in _rows(understood, ranked) if any(date.year for date in item.found.report.dates)]
    if not rows:
        return _fewest(understood, ranked)
    pick = max if understood.wants == "latest" else min
    best = pick(rows, key=lambda item: next(date.start for date in item.found.report.dates if date.year))
    own = [item for item in ranked if item.found.report.id == best.found.report.id]
    return _fewest(understood, own)
