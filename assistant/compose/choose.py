"""Which of the sentences read are told, and in what order."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from assistant.candidates import Candidate
from assistant.decision import FEW, Decision, beside_of, told_of
from assistant.intent import Intent
from assistant.retrieve import around
from corpus.dates import event_dates
from corpus.names import Names, is_calendar_word, names_of
from corpus.report import Report
from ingest import Sentence

MOST = {"lookup": 3, "status": 4, "latest": 2, "comparison": 8, "summary": 12, "list": 40, "count": 40, "timeline": 40}
"""Sentences told at most: a look-up is read at a glance, a summary fits a screen."""
SIDES = 2
"""Of a comparison."""
NO_NAMES = Names(known=frozenset(), within=frozenset(), words=(), sounds=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Text of a report that is quoted as one; `is_found` whether any of it was surely enough found to answer."""

    report: Report
    start: int
    end: int
    is_found: bool = True


def choose(
    intent: Intent,
    candidates: Sequence[Candidate],
    decision: Decision,
    names: Names = NO_NAMES,
    *,
    several: float = 0.0,
    answered: float = 1.0,
) -> tuple[Stretch, ...]:
    """The sentences to tell, in the order of telling; at least the best one, none for no candidate.

    `several` are the log-odds that the question needs more than one sentence, `answered` the probability that the
    records answer.

    Look-ups and states: the fewest, what was surely found to answer before the rest, then the newest record first, or
    the likeliest one's where that has no year. Lists and the like: all that are likely enough, each thing that several
    records tell in the same words once, newest first; timelines from the oldest. Comparisons: of each side at least the
    likeliest sentence, by the names of the question.
    """
    chances = with_chances(intent, candidates, decision, several)
    kept = _likely(intent, chances, decision, names)
    if intent == "latest":
        kept = _newest(kept)[: MOST[intent]]
    ordered = _by_day(kept, oldest_first=intent == "timeline")
    if intent in FEW and kept and not day_of(kept[0].found.report):
        ordered.sort(key=lambda one: one.found.report.id != kept[0].found.report.id)
    groups = [list(group) for _, group in groupby(ordered, key=lambda one: one.found.report.id)]
    is_joined, found = intent in FEW or intent == "summary", _found(intent, chances, decision, answered, several)
    told = [stretch for group in groups for stretch in stretches(group, is_joined=is_joined, found=found)]
    if intent in FEW:
        told.sort(key=lambda one: not one.is_found)
    return tuple(told)


def _found(
    intent: Intent, chances: Sequence[tuple[Candidate, float]], decision: Decision, answered: float, several: float
) -> frozenset[Sentence]:
    """The sentences of candidates, as `with_chances`, that are surely enough ones that answer."""
    if not chances:
        return frozenset()
    told = told_of(
        intent,
        np.stack([one.features for one, _ in chances]),
        np.array([one.probability for one, _ in chances], dtype=np.float32),
        np.array([chance for _, chance in chances[1:]], dtype=np.float32),
        answered,
        several,
    )
    pairs = zip(chances, decision.is_found(told), strict=True)
    return frozenset(one.sentence for (one, _), is_found in pairs if is_found)


def _likely(
    intent: Intent, chances: Sequence[tuple[Candidate, float]], decision: Decision, names: Names
) -> list[Candidate]:
    """The candidates likely enough, likeliest first; the first where none is."""
    candidates = sorted((one for one, _ in chances), key=lambda one: -one.probability)
    kept: list[Candidate] = sides(candidates, names) if intent == "comparison" else []
    said: set[str] = {letters_of(one.sentence.text) for one in kept}
    for one, chance in chances:
        if chance < decision.more[intent]:
            break
        words = letters_of(one.sentence.text)
        if intent not in FEW and _is_date_alone(one.sentence.text):
            continue
        if words in said:
            continue
        said.add(words)
        kept.append(one)
        if len(kept) >= MOST[intent] and intent != "latest":
            break
    return kept or list(candidates[:1])


def sides(candidates: Sequence[Candidate], names: Names) -> list[Candidate]:
    """The likeliest sentence of each side of a comparison, of candidates likeliest first.

    A side is a name of the question that some passages hold and others do not; where that gives fewer than two
    sentences, the two likeliest records are the sides.
    """
    texts = {one.found.row: names_of(around(one.found.passage)) for one in candidates}
    held = [{row for row, there in texts.items() if key in there.within} for key in sorted(names.known)]
    held += [{row for row, there in texts.items() if there.has(word)} for word in names.words]
    apart = [rows for rows in held if rows and len(rows) < len(texts)]
    best = [next(one for one in candidates if one.found.row in rows) for rows in apart]
    found = {one.sentence: one for one in best}
    if len(found) < SIDES:
        records = {one.found.report.id: one for one in reversed(candidates)}
        found = {one.sentence: one for one in candidates if records[one.found.report.id] is one}
        found = dict(list(found.items())[:SIDES])
    return sorted(found.values(), key=lambda one: -one.probability)


def _is_date_alone(text: str) -> bool:
    """Whether a sentence says nothing but a day, as a line under a title does."""
    for date in event_dates(text):
        text = text.replace(date.text, " ")
    return all(is_calendar_word(word) for word in re.findall(r"[^\W\d_]+", text))


def letters_of(text: str) -> str:
    """The letters and figures of a text alone, in small ones, by which the same words in two records are known."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def with_chances(
    intent: Intent, candidates: Sequence[Candidate], decision: Decision, several: float
) -> tuple[tuple[Candidate, float], ...]:
    """The candidates, likeliest first, with the probability that each is told; the first is always.

    `several` are the log-odds that the question needs more than one sentence.
    """
    if not candidates:
        return ()
    chances = decision.beside(
        intent,
        beside_of(
            np.array([one.probability for one in candidates], dtype=np.float32),
            [one.found.report.id for one in candidates],
            np.array([(one.sentence.start, one.sentence.end) for one in candidates], dtype=np.int64),
            np.stack([one.features for one in candidates]),
            several,
        ),
    )
    rest = sorted(zip(candidates[1:], chances, strict=True), key=lambda pair: -pair[1])
    return (candidates[0], 1.0), *((one, float(chance)) for one, chance in rest)


def stretches(
    candidates: Iterable[Candidate], *, is_joined: bool = True, found: Container[Sentence] | None = None
) -> tuple[Stretch, ...]:
    """Candidates of one record in reading order; neighbors with only blanks between become one where `is_joined`.

    `found` are the sentences that surely answer; None for all of them.
    """
    made: list[Stretch] = []
    for one in sorted(candidates, key=lambda one: one.sentence.start):
        report, last = one.found.report, made[-1] if made else None
        is_found = found is None or one.sentence in found
        follows = last is not None and one.sentence.start >= last.end
        if last and follows and is_joined and not report.text[last.end : one.sentence.start].strip(" "):
            is_either = last.is_found or is_found
            made[-1] = Stretch(report=report, start=last.start, end=one.sentence.end, is_found=is_either)
        elif not last or follows:
            made.append(Stretch(report=report, start=one.sentence.start, end=one.sentence.end, is_found=is_found))
    return tuple(made)


def day_of(report: Report) -> str:
    """The first dated day of a report, ISO 8601, possibly partial; empty without a year."""
    return next((date.start for date in report.dates if date.year), "")


def _newest(kept: Sequence[Candidate]) -> list[Candidate]:
    """Those of the newest record among them and of those without a year, which may be newer, likeliest first; of the
    likeliest one's alone where that has no year, since nothing is known to be newer.
    """
    told = kept[0].found.report
    if not day_of(told):
        return [one for one in kept if one.found.report.id == told.id]
    told = max(kept, key=lambda one: (day_of(one.found.report), one.probability)).found.report
    return [one for one in kept if one.found.report.id == told.id or not day_of(one.found.report)]


def _by_day(kept: Sequence[Candidate], *, oldest_first: bool) -> list[Candidate]:
    """Record by record: by day, those without a year last, then by the best probability."""
    best = {one.found.report.id: one.probability for one in reversed(kept)}
    dated = sorted(kept, key=lambda one: (-best[one.found.report.id], one.found.report.id))
    dated.sort(key=lambda one: day_of(one.found.report), reverse=not oldest_first)
    if oldest_first:
        dated.sort(key=lambda one: not day_of(one.found.report))
    return dated
