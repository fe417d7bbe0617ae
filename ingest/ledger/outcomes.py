"""Which promise a sentence tells the outcome of: decided by a regression that `assistant.train.outcomes` fits."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.dates import event_dates
from ingest.ledger.fact import PERHAPS, Promise
from ingest.lexical import tokens

FITTED = Path(__file__).parent / "outcomes.json"
"""Weights, bias and cut, with what they reach."""
Signs = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence that promises something, or that tells what became of it.

    Attributes:
        who: Who had promised, each by one name everywhere; `to` to whom.
        words: What it says, as `ingest.lexical.tokens`.
        record: Its record; `day` the day of that, ISO 8601 and possibly partial, empty for none.
    """

    who: frozenset[str]
    to: frozenset[str]
    words: frozenset[str]
    record: str
    day: str

    def may_tell_of(self, promise: "Told") -> bool:
        """Whether it may tell what became of a promise: by a later record, and of somebody whom that names."""
        is_later = self.record != promise.record and (not self.day or not promise.day or promise.day <= self.day)
        return is_later and not (self.who | self.to).isdisjoint(promise.who | promise.to)


def signs_of(promises: Sequence[Told], outcome: Told) -> tuple[list[int], Signs]:
    """Numbers of the promises that a sentence may tell the outcome of, and of each six signs, (candidates, 6).

    Shares of the promise's and of the sentence's words that both have, and their cosine, words weighted by how few
    promises have them; how much nearer than the next candidate; whether who promised is the same, and whether who had
    promised is whom it was promised to.
    """
    at = [n for n, one in enumerate(promises) if outcome.may_tell_of(one)]
    return at, _signs([promises[n] for n in at], outcome, _weights(promises))


def linked(promises: Sequence[Promise], keys: Callable[[str, str], frozenset[str]]) -> dict[Promise, Promise]:
    """Each open promise of which a later sentence may tell the outcome, with the likeliest; the others are left out.

    Args:
        promises: Open ones, and those of states of `PERHAPS`.
        keys: The names, each the same in all records, of a person or body that a record names, and of whose body.
    """
    known = {one: _told(one, keys) for one in promises}
    made = [one for one in promises if one.state == "open"]
    weights = _weights([known[one] for one in made])
    by_name: dict[str, dict[Promise, None]] = defaultdict(dict)
    for one in made:
        for name in known[one].who | known[one].to:
            by_name[name][one] = None
    found: dict[Promise, list[tuple[float, Promise]]] = {}
    for end in (one for one in promises if one.state in PERHAPS):
        near = dict.fromkeys(one for name in known[end].who | known[end].to for one in by_name[name])
        some = [one for one in near if known[end].may_tell_of(known[one])]
        if not some:
            continue
        chances = chances_of(_signs([known[one] for one in some], known[end], weights))
        best = int(chances.argmax())
        if chances[best] >= _fitted()["cut"]:
            found.setdefault(some[best], []).append((float(chances[best]), end))
    return {promise: max(told, key=lambda one: one[0])[1] for promise, told in found.items()}


def _told(promise: Promise, keys: Callable[[str, str], frozenset[str]]) -> Told:
    cited = promise.citation
    return Told(
        who=keys(promise.by, cited.report_id),
        to=frozenset(key for name in promise.to for key in keys(name, cited.report_id)),
        words=frozenset(tokens(promise.what)),
        record=cited.report_id,
        day=_day(cited.date),
    )


@cache
def _day(written: str) -> str:
    return next((one.start for one in event_dates(written) if one.year), "")


def _weights(promises: Sequence[Told]) -> Callable[[str], float]:
    """How much a word counts: the logarithm of how few promises have it (Spärck Jones, 1972)."""
    having: dict[str, int] = defaultdict(int)
    for one in promises:
        for word in one.words:
            having[word] += 1
    return lambda word: log((len(promises) + 1) / (having.get(word, 0) + 0.5))


def _signs(promises: Sequence[Told], outcome: Told, weight: Callable[[str], float]) -> Signs:
    whole = sum(map(weight, outcome.words)) or 1.0
    rows = []
    for one in promises:
        own, shared = sum(map(weight, one.words)) or 1.0, sum(map(weight, one.words & outcome.words))
        is_same, is_other = not outcome.who.isdisjoint(one.who), not outcome.who.isdisjoint(one.to)
        rows.append([shared / own, shared / whole, shared / sqrt(own * whole), 0.0, float(is_same), float(is_other)])
    for n, row in enumerate(rows):
        row[3] = row[2] - max((other[2] for m, other in enumerate(rows) if m != n), default=0.0)
    return np.array(rows, dtype=np.float64).reshape(-1, 6)


def chances_of(signs: Signs) -> Signs:
    """Of each row of signs the probability that it is the promise, (candidates,)."""
    fitted = _fitted()
    return np.asarray(1 / (1 + np.exp(-(signs @ np.array(fitted["weights"]) + fitted["bias"]))))


@cache
def _fitted() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FITTED.read_text(encoding="utf-8"))
    return found
