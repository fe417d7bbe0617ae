"""The fifth check weighed to one probability: by boosted trees over its signs, or by a configured inference model."""

import hashlib
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.prove.align import Alignment
from assistant.prove.entailed import SIGNS
from corpus.errors import ModelUnavailable

FOLDER = Path(__file__).parent
TREES, RECORD = FOLDER / "head.npz", FOLDER / "head.toml"
LIKELY = 0.5
"""Probability of an inference model above which the check passes: more likely than not, by its own training."""
Weighs = Callable[[Alignment, str, NDArray[np.float32]], tuple[float, bool]]
"""From a sentence beside the evidence in view, the sentence of the evidence that comes nearest, and the `SIGNS`: the
probability from 0 to 1 that the evidence bears the sentence out, and whether that is enough to pass."""


class Infers(Protocol):
    """What the proof needs of a model for natural language inference."""

    def entailment(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Probability that each premise entails its hypothesis, shape (n,)."""
        ...

    def fits(self, premise: str, hypothesis: str) -> bool:
        """Whether the model reads all of a pair."""
        ...


@dataclass(frozen=True, eq=False)
class Head:
    """Fitted trees, in which a sign may only count one way; made by `assistant.train.proof`.

    Attributes:
        feature: Number of the sign a node asks about, -1 for a leaf; shape (trees, nodes).
        threshold: A sign up to here goes left; same shape.
        left: Number of the left child within the tree; same shape.
        right: Number of the right child; same shape.
        value: What a leaf adds to the log odds; same shape.
        base: Log odds before any tree.
        entailed: Least probability at which the fifth check passes.
        entailed_across: The same for a sentence in another script than its evidence, where words align less surely.
    """

    feature: NDArray[np.int64]
    threshold: NDArray[np.float64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float64]
    base: float
    entailed: float
    entailed_across: float

    def passes(self, signs: NDArray[np.float32], score: float) -> bool:
        """Whether the fifth check passes a sentence with these signs and this probability."""
        return score >= (self.entailed_across if signs[SIGNS.index("across")] else self.entailed)

    def probability(self, signs: NDArray[np.float32]) -> float:
        """Probability from 0 to 1 that what is cited bears the sentence out; `signs` in the order of `SIGNS`."""
        trees = np.arange(len(self.feature))
        node = np.zeros(len(self.feature), dtype=np.int64)
        while (asked := self.feature[trees, node] >= 0).any():
            sign = signs[np.maximum(self.feature[trees, node], 0)]
            below = np.where(sign <= self.threshold[trees, node], self.left[trees, node], self.right[trees, node])
            node = np.where(asked, below, node)
        return float(1 / (1 + np.exp(-(self.base + self.value[trees, node].sum()))))


@cache
def read_head() -> Head:
    """The fitted head.

    Raises:
        ModelUnavailable: Its files are missing, changed, or fitted for other signs.
    """
    cure = "Restore it from the repository, or fit it anew with the command in head.toml."
    try:
        record = tomllib.loads(RECORD.read_text(encoding="utf-8"))
        written = TREES.read_bytes()
    except FileNotFoundError as error:
        raise ModelUnavailable(f"{error.filename}: the weights of the proof are missing. {cure}") from error
    if hashlib.sha256(written).hexdigest() != record["sha256"] or record["signs"] != list(SIGNS):
        raise ModelUnavailable(f"{TREES}: the weights of the proof are not those that head.toml records. {cure}")
    with np.load(TREES) as kept:
        parts = {name: kept[name] for name in ("feature", "threshold", "left", "right", "value")}
    return Head(**parts, base=record["base"], entailed=record["entailed"], entailed_across=record["entailed_across"])


def by_head(aligned: Alignment, nearest: str, signs: NDArray[np.float32]) -> tuple[float, bool]:
    """Weigh the signs by the fitted head, read when it is first needed: it must not exist to be fitted; see `Weighs`.

    Errors as `read_head`.
    """
    head = read_head()
    score = head.probability(signs)
    return score, head.passes(signs, score)


def by_inference(model: Infers) -> Weighs:
    """Weigh the words themselves by an inference model, whose probability is taken as its training calibrated it.

    The premise is the evidence in view, or its nearest sentence alone where the model's window is too short for all:
    evidence cut off in the middle could lose the words that take it back.
    """

    def weigh(aligned: Alignment, nearest: str, signs: NDArray[np.float32]) -> tuple[float, bool]:
        sentence, premise = aligned.claim.text, aligned.source.text
        if not model.fits(premise, sentence):
            premise = nearest
        score = float(model.entailment([(premise, sentence)])[0])
        return score, score > LIKELY

    return weigh
