"""Whether a sentence of a record orders a reading machine about: a trained head over its vector and letters.

The weights come from `python -m assistant.train.orders`; `orders.json` beside them says on what and how well.
"""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.intent import scores_of

_WEIGHTS = Path(__file__).with_name("orders.npz")

Embed = Callable[[list[str]], NDArray[np.float32]]


def are_orders(texts: Sequence[str], embed: Embed) -> list[bool]:
    """Of each sentence whether it is planted for a machine that reads it: not to be shown to a language model.

    Args:
        embed: Gives the unit vectors of the embedded model, as for questions.
    """
    if not texts:
        return []
    weights, bias, cut = _head()
    plain = [" ".join(text.split()) for text in texts]
    return [
        float(scores_of(weights[None], vector, text)[0]) + bias >= cut
        for vector, text in zip(embed(plain), texts, strict=True)
    ]


@cache
def _head() -> tuple[NDArray[np.float32], float, float]:
    with np.load(_WEIGHTS) as kept:
        return kept["weights"].astype(np.float32), float(kept["bias"]), float(kept["cut"])
