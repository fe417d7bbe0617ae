"""What kind of answer a question wants, and whether it stands alone: heads over the question's vector and letters.

The weights come from `python -m assistant.train.intent`; `intent.json` beside them says on what and how well.
"""

import zlib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from corpus.plain_form import plain_form
from ingest import MADE, PERHAPS

Intent = Literal[
    "lookup", "list", "count", "summary", "comparison", "timeline", "latest", "status",
    "small_talk", "not_a_question", "writing",
]  # fmt: skip
EXHAUSTIVE: frozenset[Intent] = frozenset({"list", "count", "comparison", "timeline"})
"""Intents whose answer is all that the records hold, so that every passage is read."""
SEVERAL: frozenset[Intent] = EXHAUSTIVE | {"summary"}
"""Intents that more than one fact answers."""
UNASKED: frozenset[Intent] = frozenset({"small_talk", "not_a_question", "writing"})
"""Intents that ask nothing of the records."""

FactKind = Literal["none", "contact", "made", "open", "person", "promise"]
"""What of the ledger a question asks for: contacts, agreements made or only on their way, people, promises; or none."""
GRAMS = 8192
"""Buckets that the stretches of letters of a question are hashed into (Weinberger et al., 2009, arXiv 0902.2206)."""
GRAM_LENGTHS = 2, 3
GRAM_SHARE = 0.5
"""Length of the vector of letters beside the unit vector of the meaning; of .5 and 1 the better on offices left out."""

_WEIGHTS = Path(__file__).parent / "intent.npz"
Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """Multinomial logistic regressions for the intent and the facts asked for, a binary one for leaning on before.

    Attributes:
        intents: Names of the classes, in the order of the rows of `weights`.
        weights: Of the vector and the letters, shape (classes, dimension + `GRAMS`); `bias` (classes,).
        parts: Weights as a row of `weights`, then a constant, of needing several sentences, (dimension + `GRAMS` + 1,).
        facts: Weights of a row for each `FactKind`, then its constant, (kinds, dimension + 1).
        lean: Weights of the question's vector, then of its product with the vector of the earlier question, (2d + 1,).
    """

    intents: tuple[str, ...]
    weights: Vector
    bias: Vector
    parts: Vector
    facts: Vector
    lean: Vector

    def intent(self, vector: Vector, text: str) -> Intent:
        """The likeliest intent of a question with this unit vector and text."""
        scores = scores_of(self.weights, vector, text) + self.bias
        return cast(Intent, self.intents[int(scores.argmax())])

    def several(self, vector: Vector, text: str) -> float:
        """Log-odds that the answer to a question for one thing needs more than one sentence, as of two parts."""
        return float(scores_of(self.parts[None, :-1], vector, text)[0] + self.parts[-1])

    def asks(self, vector: Vector) -> dict[FactKind, float]:
        """Probability of each kind of fact that a question with this unit vector may ask for."""
        scores = self.facts[:, :-1] @ vector + self.facts[:, -1]
        shares = np.exp(scores - scores.max())
        return dict(zip(FACT_KINDS, (shares / shares.sum()).tolist(), strict=True))

    def leans(self, vector: Vector, earlier: Vector) -> float:
        """Probability that a question needs the one before it to be understood."""
        score = float(self.lean[:-1] @ lean_features(vector, earlier) + self.lean[-1])
        return 1.0 / (1.0 + float(np.exp(-score)))


FACT_KINDS: tuple[FactKind, ...] = FactKind.__args__  # type: ignore[attr-defined]


def fact_kind(kind: str, reached: str) -> FactKind:
    """What a fact of the ledger counts as; ``none`` for one that no question asks for by itself."""
    if kind == "agreement":
        return "made" if reached in MADE else "open"
    if kind == "contact":
        return "none" if reached in ("mentioned", "planned") else "contact"
    return kind if kind in FACT_KINDS and reached not in PERHAPS else "none"


def scores_of(weights: Vector, vector: Vector, text: str) -> Vector:
    """Scores of rows of weights over the vector and the letters of a text, (rows,)."""
    places, shares = letters_of(text)
    return np.asarray(weights[:, len(vector) + places] @ shares + weights[:, : len(vector)] @ vector, dtype=np.float32)


def letters_of(text: str) -> tuple[NDArray[np.int64], Vector]:
    """Buckets of the stretches of letters of a question's plain form, and their shares, of length `GRAM_SHARE`."""
    plain = f" {plain_form(text).casefold()} "
    grams = (plain[at : at + n] for n in GRAM_LENGTHS for at in range(len(plain) - n + 1))
    found = Counter(zlib.crc32(gram.encode()) % GRAMS for gram in grams)
    shares = np.array(list(found.values()), dtype=np.float32)
    return np.array(list(found)), GRAM_SHARE * shares / np.linalg.norm(shares)


def lean_features(vector: Vector, earlier: Vector) -> Vector:
    """What the head for leaning sees of a question and the one before it, shape (2d,)."""
    return np.concatenate([vector, vector * earlier * len(vector) ** 0.5]).astype(np.float32)


@cache
def open_heads() -> Heads:
    """The trained heads."""
    with np.load(_WEIGHTS) as kept:
        return Heads(
            tuple(str(name) for name in kept["intents"]),
            kept["weights"].astype(np.float32),
            kept["bias"].astype(np.float32),
            kept["parts"].astype(np.float32),
            kept["facts"].astype(np.float32),
            kept["lean"].astype(np.float32),
        )
