"""Batches of examples as the reader is trained on them: like lengths together, padded, lower states kept."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from assistant.reader.embedded import pool_of
from assistant.reader.reading import Window
from assistant.reader.tokens import Side, match, question_side, question_text, rarity_of, window_side, window_text
from assistant.train.examples import Example
from ingest.network import HIDDEN, Lower
from ingest.pieces import MOST_TOKENS

BATCH_TOKENS = 7000
"""Tokens of a batch, padding included."""
AT_ONCE = 24
"""Texts that go through the frozen layers at once."""


def through_lower(lower: Lower, texts: Sequence[Sequence[int]]) -> Iterator[tuple[int, Tensor]]:
    """What the frozen layers make of texts given as tokens: each one's number and states (t, d), the shortest first."""
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    for begin in range(0, len(order), AT_ONCE):
        group = order[begin : begin + AT_ONCE]
        width = max(len(texts[at]) for at in group)
        ids, mask = torch.ones(len(group), width, dtype=torch.long), torch.zeros(len(group), width)
        for row, at in enumerate(group):
            ids[row, : len(texts[at])], mask[row, : len(texts[at])] = torch.as_tensor(texts[at]), 1
        with torch.inference_mode():
            states = lower(ids, mask)
        yield from ((at, states[row, : len(texts[at])]) for row, at in enumerate(group))


@dataclass(slots=True)
class Batch:
    """Windows of several questions, padded; `owner` is the question of each window."""

    states: Tensor
    kinds: Tensor
    matches: Tensor
    mask: Tensor
    pool: Tensor
    real: Tensor
    gold: Tensor
    owner: Tensor
    span: list[tuple[int, int, int, int, int] | None]
    corrects: list[bool | None]


class Maker:
    """Makes batches; what the frozen layers give for a text is kept while it fits into `room` bytes."""

    def __init__(self, tokenizer: Tokenizer, lower: Lower, room: int = 6 << 30) -> None:
        self._tokenizer, self.lower, self.room = tokenizer, lower, room
        pieces = json.loads(tokenizer.to_str())["model"]["vocab"]
        self.rarity = rarity_of(np.array([score for _, score in pieces], dtype=np.float32))
        self._kept: dict[Any, tuple[Side, Tensor]] = {}

    def _side(self, key: Any) -> tuple[Side, Any]:
        """The tokens to use of a question (text, history) or a window, and all tokens of its text."""
        if isinstance(key, Window):
            text, starts = window_text(key)
            ids, spans = self._encoded(text)
            return window_side(key, starts, ids, spans), ids
        text = question_text(*key)
        ids, spans = self._encoded(text)
        return question_side(key[0], text, ids, spans), ids

    def _encoded(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        found = self._tokenizer.encode(text)
        return np.array(found.ids)[:MOST_TOKENS], np.array(found.offsets)[:MOST_TOKENS]

    def sides(self, keys: Sequence[Any]) -> list[tuple[Side, Tensor]]:
        """Tokens and lower states of each side, in order."""
        missing = list(dict.fromkeys(key for key in keys if key not in self._kept))
        fresh: dict[Any, tuple[Side, Tensor]] = {}
        encoded = {key: self._side(key) for key in missing}
        for at, states in through_lower(self.lower, [encoded[key][1] for key in missing]):
            side = encoded[missing[at]][0]
            fresh[missing[at]] = side, states[torch.from_numpy(side.keep)].to(torch.bfloat16)
        for key, value in fresh.items():
            if self.room > 0:
                self.room -= value[1].numel() * 2
                self._kept[key] = value
        return [self._kept[key] if key in self._kept else fresh[key] for key in keys]

    def batch(self, some: Sequence[Example]) -> Batch:
        """One padded batch of all windows of some examples."""
        sides = iter(self.sides([key for one in some for key in ((one.question, one.history), *one.windows)]))
        rows: list[tuple[int, Side, Tensor, Side, Tensor]] = []
        spans: list[tuple[int, int, int, int, int] | None] = []
        golds: list[tuple[int, int]] = []
        for number, one in enumerate(some):
            question, question_states = next(sides)
            span = None
            for at, _ in enumerate(one.windows):
                window, window_states = next(sides)
                golds += [(len(rows), sentence) for w, sentence in sorted(one.gold) if w == at]
                if one.span and one.gold and min(one.gold)[0] == at:
                    span = _span_tokens(window, min(one.gold)[1], one.span, len(rows), len(question.ids))
                rows.append((number, question, question_states, window, window_states))
            spans.append(span)
        return self._padded(rows, golds, spans, [one.corrects for one in some])

    def _padded(self, rows: Any, golds: Any, spans: Any, corrects: Any) -> Batch:
        width = max(len(q.ids) + len(w.ids) for _, q, _, w, _ in rows)
        most = max(1, *(w.count for _, _, _, w, _ in rows))
        b = len(rows)
        states, kinds = torch.zeros(b, width, HIDDEN), torch.zeros(b, width, dtype=torch.long)
        matches, mask, pool = torch.zeros(b, width), torch.zeros(b, width), torch.zeros(b, most, width)
        gold = torch.zeros(b, most, dtype=torch.bool)
        for row, (_, q, q_states, w, w_states) in enumerate(rows):
            n, end = len(q.ids), len(q.ids) + len(w.ids)
            states[row, :n], states[row, n:end] = q_states.float(), w_states.float()
            kinds[row, :n], kinds[row, n:end] = torch.from_numpy(q.kinds), torch.from_numpy(w.kinds)
            mask[row, :end] = 1
            matches[row, :end] = torch.from_numpy(match(q, w, self.rarity))
            pool[row, :, n:end] = torch.from_numpy(pool_of(w, most))
        real = pool.sum(-1) > 0
        for row, at in golds:
            gold[row, at] = real[row, at]
        owner = torch.tensor([row[0] for row in rows])
        return Batch(states, kinds, matches, mask, pool, real, gold, owner, spans, corrects)


def _span_tokens(
    window: Side, sentence: int, span: tuple[int, int], row: int, shift: int
) -> tuple[int, int, int, int, int] | None:
    """Row, first and last token of the span, first and last token of its sentence; None where it was cut off."""
    places = np.flatnonzero(window.sentence == sentence)
    inside = [p for p in places if window.spans[p, 1] > span[0] and window.spans[p, 0] < span[1]]
    if not inside:
        return None
    return row, *(int(place) + shift for place in (inside[0], inside[-1], places[0], places[-1]))  # type: ignore[return-value]


def batches(examples: Sequence[Example], seed: int) -> list[list[Example]]:
    """Examples of like length together, in a random order of batches."""

    def width(example: Example) -> int:
        return max(len(one.header) // 4 + sum(_tokens(s) for s in one.sentences) for one in example.windows) + 30

    chance = random.Random(seed)
    mixed = list(examples)
    chance.shuffle(mixed)
    found: list[list[Example]] = []
    for at in range(0, len(mixed), 400):
        group: list[Example] = []
        for one in sorted(mixed[at : at + 400], key=width):
            size = sum(len(e.windows) for e in group) + len(one.windows)
            if group and size * min(width(one), 360) > BATCH_TOKENS:
                found.append(group)
                group = []
            group.append(one)
        found.append(group)
    chance.shuffle(found)
    return found


def _tokens(text: str) -> int:
    return int(len(text) / 1.6) if any("\u4e00" <= letter <= "\u9fff" for letter in text[:20]) else len(text) // 4
