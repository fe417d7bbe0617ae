"""Turn the features of a sentence into the probability that it belongs to the answer."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from assistant.compose.evidence import FEATURES, Evidence
from corpus.errors import LexiconError

WEIGHTS_FILE = Path(__file__).with_name("weights.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A logistic regression over `FEATURES`; see `assistant.evaluate.fit` for its data and command."""

    bias: float
    weights: tuple[float, ...]


def weigh(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The same sentences in the same order, each with its probability."""
    if not evidence:
        return ()
    fitted = read_weights()
    scores = np.stack([item.features for item in evidence]) @ np.array(fitted.weights, dtype=np.float32) + fitted.bias
    probabilities = 1 / (1 + np.exp(-scores))
    return tuple(
        replace(item, probability=float(probability)) for item, probability in zip(evidence, probabilities, strict=True)
    )


@cache
def read_weights() -> Weights:
    """The weights in `weights.toml`.

    Raises:
        LexiconError: The file does not fit `FEATURES`.
    """
    stored = tomllib.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    if set(stored["weights"]) != set(FEATURES):
        raise LexiconError(
            f"{WEIGHTS_FILE}: its features are not those of the code. Run: python -m assistant.evaluate.fit"
        )
    return Weights(bias=float(stored["bias"]), weights=tuple(float(stored["weights"][name]) for name in FEATURES))
