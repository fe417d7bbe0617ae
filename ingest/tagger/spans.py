"""Tags as mentions, and how two of them stand to each other: the same in training and in use."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.tagger.labels import TAGS

Odds = NDArray[np.float32]

_HAN = re.compile(r"[\u3400-\u9fff]")


def continuing(text: str, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Whether each token (start, end in the text) goes on with the word of the one before; Chinese signs never do."""
    found, last = [], -1
    for start, end in spans:
        begin = start + len(text[start:end]) - len(text[start:end].lstrip())
        is_inside = begin == last and begin > 0 and text[begin - 1].isalnum() and text[begin : begin + 1].isalnum()
        found.append(is_inside and not _HAN.search(text[begin - 1 : begin + 1]))
        last = end
    return found


def spans_of(odds: Odds, continues: Sequence[bool], follows: Odds) -> list[tuple[int, int, str]]:
    """Mentions (first token, one beyond the last, kind) of the likeliest sequence of tags (Viterbi, 1967).

    Args:
        odds: Log-odds of `TAGS` for each token, (t, tags).
        continues: Whether each token goes on with the word before it, whose mention it then shares.
        follows: What is added where a tag (row) is followed by another (column), (tags, tags).
    """
    if not len(odds):
        return []
    chances = odds - odds.max(-1, keepdims=True)
    chances = chances - np.log(np.exp(chances).sum(-1, keepdims=True))
    best, came = chances[0] + _OPENS, []
    for row, is_inside in zip(chances[1:], continues[1:], strict=True):
        ways = best[:, None] + follows + (_WITHIN if is_inside else _ALLOWED)
        came.append(ways.argmax(0))
        best = ways.max(0) + row
    tags = [int(best.argmax())]
    for back in reversed(came):
        tags.append(int(back[tags[-1]]))
    found: list[tuple[int, int, str]] = []
    start, kind = -1, ""
    for n, tag in enumerate([*reversed(tags), 0]):
        name = TAGS[tag]
        if start >= 0 and not name.startswith("I-"):
            found.append((start, n, kind))
            start = -1
        if name.startswith("B-"):
            start, kind = n, name[2:]
    return found


def _allowed(*, within: bool) -> Odds:
    """0 where a tag (row) may be followed by another (column), else a large negative number; within a word or not."""
    table = np.full((len(TAGS), len(TAGS)), NEVER, dtype=np.float32)
    for n, tag in enumerate(TAGS):
        for m, after in enumerate(TAGS):
            goes_on = tag != "O" and after == f"I-{tag[2:]}"
            is_out = after == "O" and (tag == "O" or not within)
            if goes_on or is_out or (after.startswith("B-") and not within):
                table[n, m] = 0.0
    return table


NEVER = -1e4
_ALLOWED, _WITHIN = _allowed(within=False), _allowed(within=True)
_OPENS = np.array([NEVER if tag.startswith("I-") else 0.0 for tag in TAGS], dtype=np.float32)


def near_of(one: tuple[int, int], other: tuple[int, int], *, together: bool) -> tuple[float, float, float, float]:
    """How two things stand to each other, from their first and last tokens; see `labels.NEAR`."""
    gap = max(other[0] - one[1], one[0] - other[1], 0)
    return float(together), float(one[0] <= other[0]), 1 / (1 + gap / 8), float(gap <= 2)


def tokens_of(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """First token of a stretch of a text and one beyond its last; (0, 0) for a stretch that no token is of."""
    inside = [n for n, (a, b) in enumerate(spans) if b > a and a < end and start < b]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def is_together(sentences: Sequence[tuple[int, int]], one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two things, as tokens, begin in one sentence."""
    return any(a <= one[0] < b and a <= other[0] < b for a, b in sentences)
