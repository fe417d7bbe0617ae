"""How likely a fact is right in all that it says: regressions over the tagger's chances for its parts.

Fitted by `python -m assistant.train.likely` on offices that the tagger never saw.
"""

import json
from functools import cache
from math import exp, log, prod
from pathlib import Path
from typing import Any

from ingest.ledger.fact import Agreement, Fact, Role

FITTED = Path(__file__).parent / "likely.json"
"""By part: weights and bias; on its card what they reach on offices left out."""
SURE = 0.7
"""Least probability of what is told without a mark: of such facts .67 (agreements, with every party) to .85 are right
in all they say, of the others some .45 (``python -m ingest.ledger.measure tests/held``)."""
PAIR = 2
"""Parties of an agreement of which no one is too many."""
_LEAST = 1e-3
"""No chance is taken for smaller or, from the other side, for greater."""


def is_unsure(fact: Fact, part: str = "") -> bool:
    """Whether a fact, or one of its `likely_parts`, needs a look at its source before it is relied on; none that a
    keeper said does.
    """
    return (likely_parts(fact).get(part, 1.0) if part else likely(fact)) < SURE


def likely(fact: Fact) -> float:
    """Probability that all a fact says is right; 1 where the tagger did not find it."""
    return prod(likely_parts(fact).values())


def likely_parts(fact: Fact) -> dict[str, float]:
    """The same of its parts: of a person ``role`` and, where one is told, ``body``, of an agreement itself and,
    where it has more than a pair of them, ``parties``, of others the whole by its kind.
    """
    fitted = _fitted()
    return {part: _sigmoid(fitted[part], signs) for part, signs in signs_of(fact).items() if part in fitted}


def signs_of(fact: Fact) -> dict[str, list[float]]:
    """What is weighed of each part of a fact; nothing of one that has no chances.

    Log-odds of chances: of a contact its degree and that of any of its mentions; of an agreement the state, its
    likelier and its least likely party; of a promise that it is one, and who made it; of a role itself and the nearest
    other one (1/2 for none), then whether one is told, and the logarithm of the length of the person's name, since a
    family name alone is joined wrongly more often; of a body itself. Of parties the logarithm of how many there are.
    """
    odds = [log(one / (1 - one)) for one in (min(max(one, _LEAST), 1 - _LEAST) for one in fact.chances)]
    if not odds:
        return {}
    if isinstance(fact, Role):
        role = [*odds[:2], float(bool(fact.role)), log(len(fact.person))]
        return {"role": role, "body": odds[2:]} if fact.body else {"role": role}
    if isinstance(fact, Agreement) and len(fact.sides) > PAIR:
        return {fact.kind: odds, "parties": [log(len(fact.sides))]}
    return {fact.kind: odds}


def _sigmoid(fitted: dict[str, Any], signs: list[float]) -> float:
    return 1 / (1 + exp(-fitted["bias"] - sum(w * one for w, one in zip(fitted["weights"], signs, strict=True))))


@cache
def _fitted() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FITTED.read_text(encoding="utf-8"))["parts"]
    return found
