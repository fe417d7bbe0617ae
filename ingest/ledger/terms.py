"""Terms of agreements: a reader is asked around what tells of one, and what is fitted decides which spans are told.

A reader finds the span, the tagger the persons; logistic regressions over the signs of both, fitted by
`python -m assistant.train.terms`, decide. A span that is no date, time or figure is none.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from corpus.days import date_label
from ingest.ledger.fact import Agreement, Fact, Term
from ingest.ledger.reading import Reading
from ingest.ledger.term_days import last_day_of
from ingest.ledger.term_signs import SPANNED, STATES, Candidate, Read, Scene, Signs, persons_of, spans_of

FITTED = Path(__file__).parent / "terms.json"
"""By head: weights, bias, the probability from which it counts, and on its card how good it is."""
BEFORE, AFTER, APART = 1, 4, 4
"""Lines before and from the last one of an agreement on that are read; lines that facts of one scene lie apart."""
MOST_SIGNERS = 2


class Asks(Protocol):
    """Asks a reader about an agreement."""

    name: str

    def __call__(
        self, asked: Sequence[str], header: str, sentences: Sequence[str], sides: tuple[str, str], language: str
    ) -> Mapping[str, Read]:
        """What was read for each of what is asked, some of `SPANNED` and `SIGNED`.

        Args:
            header: What the record is.
            sides: Names of the first party, empty for who wrote the record, and of the other.
            language: Of the record.
        """
        ...


def with_terms(reading: Reading, facts: Sequence[Fact], ask: Asks) -> list[Fact]:
    """The facts, in order, those on agreements with their terms."""
    found: dict[Fact, Fact] = {}
    for scene in scenes_of(reading, facts):
        terms = tuple(_terms(scene, asked(scene, ask)))
        found.update({fact: replace(fact, terms=terms) for fact in scene.facts})
    return [found.get(fact, fact) for fact in facts]


def asked(scene: Scene, ask: Asks) -> Mapping[str, Read]:
    """What was read of a scene."""
    reading, first = scene.reading, scene.lines[0]
    heading = reading.headings[first.passage].text if reading.headings else reading.report.title
    header = " · ".join(filter(None, (heading, date_label(reading.report) if reading.report.dates else "")))
    return ask(scene.asked, header, [line.text for line in scene.lines], scene.sides, reading.report.language)


def scenes_of(reading: Reading, facts: Sequence[Fact]) -> Iterator[Scene]:
    """The scenes of all agreements that may have terms, those near each other between the same parties as one."""
    at = {line.start: number for number, line in enumerate(reading.lines)}
    groups: dict[frozenset[str], list[tuple[int, Agreement]]] = {}
    for fact in facts:
        if isinstance(fact, Agreement) and fact.state in STATES and fact.citation.start in at:
            sides = frozenset(fact.sides)
            groups.setdefault(sides, []).append((at[fact.citation.start], fact))
    for group in groups.values():
        group.sort(key=lambda one: one[0])
        while group:
            first = group[0][0]
            near = [one for one in group if one[0] <= first + APART]
            group = group[len(near) :]
            low, high = max(0, first - BEFORE), near[-1][0] + AFTER
            own = tuple(fact for _, fact in near)
            signed = next((fact.start for fact in own if fact.state in ("signed", "renewed")), own[0].start)
            told = tuple(dict.fromkeys(number - low for number, _ in near))
            yield Scene(reading=reading, facts=own, lines=reading.lines[low:high], told=told, start=signed)


def _terms(scene: Scene, read: Mapping[str, Read]) -> Iterator[Term]:
    """The likeliest span of each kind and the signers, as far as they are likely enough."""
    reading = scene.reading
    for kind in SPANNED:
        spans = [(chance(kind, one.signs), one) for one in spans_of(scene, read, kind)]
        best = max(spans, key=lambda one: one[0], default=None)
        if best and best[0] >= cut(kind):
            one = best[1]
            line = scene.lines[one.line]
            told = last_day_of(one.length, scene.start, line.text, one.text) if kind != "number" else ""
            yield Term(kind=kind, text=one.text, value=told, citation=reading.cite(line))
    for person, side in signers(scene, read):
        line = scene.lines[person.line]
        name = scene.sides[side] or reading.us if side is not None else ""
        yield Term(kind="signer", text=person.text, value=person.name, side=name, citation=reading.cite(line))


def signers(scene: Scene, read: Mapping[str, Read]) -> list[tuple[Candidate, int | None]]:
    """Who signed, the likeliest first, each with the number of the side; None where that is not likely enough, nobody
    where that was not asked.

    Of two signers each stands for one side, the one whom the signs give it more.
    """
    best: dict[str, tuple[float, Candidate]] = {}
    for one in persons_of(scene, read):
        likely = chance("signer", one.signs)
        if likely >= cut("signer") and likely > best.get(one.name, (0.0, one))[0]:
            best[one.name] = likely, one
    found = [one for _, one in sorted(best.values(), key=lambda pair: -pair[0])[:MOST_SIGNERS]]
    for_first = [odds_of("side", one.signs) for one in found]
    if len(found) == 2:
        for_first = [for_first[0] - for_first[1], for_first[1] - for_first[0]]
    sure = np.log(cut("side") / (1 - cut("side")))
    sides = [(0 if odds > 0 else 1) if abs(odds) >= sure else None for odds in for_first]
    return list(zip(found, sides, strict=True))


def odds_of(head: str, signs: Signs) -> float:
    """Log-odds that a head gives."""
    weights = _fitted()[head]
    return float(signs @ np.array(weights["weights"]) + weights["bias"])


def chance(head: str, signs: Signs) -> float:
    """The same as a probability."""
    return float(1 / (1 + np.exp(-odds_of(head, signs))))


def cut(head: str) -> float:
    """The probability from which it counts."""
    return float(_fitted()[head]["cut"])


@cache
def _fitted() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FITTED.read_text(encoding="utf-8"))
    return found


def hash_of_terms() -> str:
    """SHA-256 of what was fitted, in hexadecimal."""
    return hashlib.sha256(FITTED.read_bytes()).hexdigest()
