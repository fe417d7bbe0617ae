"""How likely a fact is right in all that it says: a regression over the tagger's chances for its parts.

Fitted by `python -m assistant.train.likely` on offices that the tagger never saw.
"""

import json
from functools import cache
from math import exp, log
from pathlib import Path
from typing import Any

from ingest.ledger.fact import Fact, Role

FITTED = Path(__file__).parent / "likely.json"
"""By kind: weights and bias; on its card what they reach on offices left out."""
SURE = 0.7
"""Least probability of a fact that is told without a mark: of those above it some .80 are right, of the others .45
(``python -m ingest.ledger.measure tests/held``)."""
_LEAST = 1e-3
"""No chance is taken for smaller or, from the other side, for greater."""


def is_unsure(fact: Fact) -> bool:
    """Whether a fact needs a look at its source before it is relied on; none that a keeper said does."""
    return likely(fact) < SURE


def likely(fact: Fact) -> float:
    """Probability that all a fact says is right; 1 where the tagger did not find it or nothing is fitted for its kind.

    Chances, by kind: of a contact its degree and that of any of its mentions; of a person the role, the nearest other
    role and the body, 1/2 for what is not told; of an agreement the state, its likelier and its least likely party; of
    a promise that it is one, and who made it.
    """
    if not fact.chances or fact.kind not in _fitted():
        return 1.0
    fitted = _fitted()[fact.kind]
    odds = fitted["bias"] + sum(w * one for w, one in zip(fitted["weights"], signs_of(fact), strict=True))
    return 1 / (1 + exp(-odds))


def signs_of(fact: Fact) -> list[float]:
    """The log-odds of its chances, in order; of a person then whether a role and a body are told, 1 or 0."""
    held = [min(max(one, _LEAST), 1 - _LEAST) for one in fact.chances]
    told = [float(bool(fact.role)), float(bool(fact.body))] if isinstance(fact, Role) else []
    return [*(log(one / (1 - one)) for one in held), *told]


@cache
def _fitted() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FITTED.read_text(encoding="utf-8"))["kinds"]
    return found
