"""Probabilities from which what the tagger found counts, fitted by `python -m assistant.train.tagger cuts`."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

CARD = Path(__file__).parent / "tagger.json"
"""How the weights and cuts came about, how good they are, and the SHA-256 of the weights."""


@cache
def cuts() -> Mapping[str, float]:
    """By name: ``met`` and ``mentioned`` of a body's contact, ``state``, ``negated``, ``promise``, ``outcome`` and
    each of `labels.VISIT_TERMS` of a sentence, and each of `labels.PAIRS`.
    """
    found: Mapping[str, float] = _card()["cuts"]
    return found


@cache
def follows() -> NDArray[np.float32]:
    """What is added where a tag (row) is followed by another (column), shape (tags, tags)."""
    return np.array(_card()["follows"], dtype=np.float32)


def hash_of_tagger() -> str:
    """SHA-256 of the weights and cuts, in hexadecimal: equal ones tag alike."""
    told = json.dumps([_card()["sha256"], _card()["follows"], *sorted(cuts().items())])
    return hashlib.sha256(told.encode()).hexdigest()


@cache
def _card() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CARD.read_text(encoding="utf-8"))
    return found
