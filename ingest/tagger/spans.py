"""Tags as mentions, and how two of them stand to each other: the same in training and in use."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ingest.tagger.labels import TAGS

WE = -1
"""The thing that stands for the office that wrote the record."""
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


@dataclass(frozen=True, slots=True)
class Layout:
    """The mentions of a passage as tokens: (first, one beyond the last, kind), which are of who wrote the record, and
    its sentences as tokens. `WE` as a number of a mention stands for who wrote the record, named or not.
    """

    mentions: Sequence[tuple[int, int, str]]
    us: frozenset[int]
    sentences: Sequence[tuple[int, int]]
    _known: dict[tuple[int, int], int] = field(default_factory=dict)

    def place(self, number: int) -> tuple[int, int]:
        """Tokens of a mention, or of the first token for `WE`."""
        return (0, 1) if number == WE else self.mentions[number][:2]

    def sentence_of(self, place: tuple[int, int]) -> int:
        """Number of the sentence that a place begins in, -1 for none, as in a heading."""
        if place not in self._known:
            self._known[place] = next((n for n, (a, b) in enumerate(self.sentences) if a <= place[0] < b), -1)
        return self._known[place]


def near_of(layout: Layout, one: tuple[int, int], other: int) -> tuple[float, ...]:
    """How a thing (as tokens) and a mention or `WE` stand to each other, `labels.NEAR` numbers.

    In one sentence; the thing first; how near; touching; whether the mention is of who wrote the record; whether it is
    the nearest of its kind in the sentence; how many of its kind stand between; whether it is `WE`.
    """
    if other == WE:
        named = float(any(layout.sentence_of(one) == layout.sentence_of(layout.place(n)) for n in layout.us))
        return named, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0
    place, kind = layout.place(other), layout.mentions[other][2]
    gap = max(place[0] - one[1], one[0] - place[1], 0)
    own = layout.sentence_of(one)
    is_together = own == layout.sentence_of(place)
    low, high = min(one[1], place[1]), max(one[0], place[0])
    between = sum(k == kind and low <= a and b <= high for a, b, k in layout.mentions)
    return (
        float(is_together), float(one[0] <= place[0]), 1 / (1 + gap / 8), float(gap <= 2), float(other in layout.us),
        float(is_together and not between), min(between, 3) / 3, 0.0,
    )  # fmt: skip


def beside_us(layout: Layout, number: int) -> tuple[float, ...]:
    """How a body stands to who wrote the record, `labels.BESIDE_US` numbers.

    Whether we are named before it in its sentence, after it, in the sentence before, anywhere in the passage; whether
    it stands in a heading; whether it is ourselves.
    """
    place = layout.place(number)
    own = layout.sentence_of(place)
    us = [(layout.place(n), layout.sentence_of(layout.place(n))) for n in layout.us if n != number]
    return (
        float(any(at == own and one[0] < place[0] for one, at in us)),
        float(any(at == own and one[0] > place[0] for one, at in us)),
        float(any(at == own - 1 for _, at in us)),
        float(bool(us)), float(own < 0), float(number in layout.us),
    )  # fmt: skip


def tokens_of(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """First token of a stretch of a text and one beyond its last; (0, 0) for a stretch that no token is of."""
    inside = [n for n, (a, b) in enumerate(spans) if b > a and a < end and start < b]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)
