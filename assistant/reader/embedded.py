"""The trained reader: the embedder's lowest layers on each text, the trained layers on question and window together."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.reader.export import exported_reader
from assistant.reader.reading import Reading, Window
from assistant.reader.tokens import Side, match, question_side, question_text, rarity_of, window_side, window_text
from ingest import SharesLower

BATCH = 16
"""Windows read at once."""
REMEMBERED = 1500
"""Windows whose lower states are kept: some 150 KB each."""
UNSEEN = -20.0
"""Log-odds of a sentence beyond the reader's sight."""


class SharesPieces(SharesLower, Protocol):
    """An embedder that also knows how likely its pieces are."""

    def piece_scores(self) -> NDArray[np.float32]:
        """Log-probability of each piece of the vocabulary."""
        ...


class EmbeddedReader:
    """The reader that the package carries; safe to use from several threads.

    Args:
        embedder: The embedded model, whose lower layers are shared.

    Raises:
        ModelUnavailable: The weights are damaged or cannot be exported.
    """

    def __init__(self, embedder: SharesPieces) -> None:
        from ingest import onnx_session

        self._embedder = embedder
        self._session = onnx_session(exported_reader())
        self._rarity = rarity_of(embedder.piece_scores())
        self._lock = threading.Lock()
        self._kept: OrderedDict[Window, tuple[Side, NDArray[np.float16]]] = OrderedDict()

    def read(self, question: str, history: Sequence[str], windows: Sequence[Window]) -> list[Reading]:
        """One reading a window; see `Reader`."""
        if not windows:
            return []
        text = question_text(question, history)
        lower = self._embedder.lower([text])[0]
        asked = question_side(question, text, lower.ids, lower.spans)
        states = lower.states[asked.keep]
        sides = self._sides(windows)
        order = sorted(range(len(windows)), key=lambda at: len(sides[at][0].ids))
        found: dict[int, Reading] = {}
        for begin in range(0, len(order), BATCH):
            group = order[begin : begin + BATCH]
            read = self._batch(asked, states, [sides[at] for at in group])
            found.update(zip(group, read, strict=True))
        return [found[at] for at in range(len(windows))]

    def _sides(self, windows: Sequence[Window]) -> list[tuple[Side, NDArray[np.float16]]]:
        with self._lock:
            known = {window: self._kept[window] for window in windows if window in self._kept}
        missing = [window for window in dict.fromkeys(windows) if window not in known]
        texts = [window_text(window) for window in missing]
        fresh: dict[Window, tuple[Side, NDArray[np.float16]]] = {}
        for window, (_, starts), lower in zip(
            missing, texts, self._embedder.lower([text for text, _ in texts]), strict=True
        ):
            side = window_side(window, starts, lower.ids, lower.spans)
            known[window] = fresh[window] = (side, lower.states[side.keep].astype(np.float16))
        with self._lock:
            self._kept.update(fresh)
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)
        return [known[window] for window in windows]

    def _batch(
        self, asked: Side, states: NDArray[np.float32], group: Sequence[tuple[Side, NDArray[np.float16]]]
    ) -> list[Reading]:
        n, b = len(asked.ids), len(group)
        width = n + max(len(side.ids) for side, _ in group)
        most = max(1, *(side.count for side, _ in group))
        given: dict[str, NDArray[Any]] = {
            "states": np.zeros((b, width, states.shape[1]), dtype=np.float32),
            "kinds": np.zeros((b, width), dtype=np.int64),
            "matches": np.zeros((b, width), dtype=np.float32),
            "mask": np.zeros((b, width), dtype=np.float32),
            "pool": np.zeros((b, most, width), dtype=np.float32),
        }
        for row, (side, own) in enumerate(group):
            end = n + len(side.ids)
            given["states"][row, :n], given["states"][row, n:end] = states, own
            given["kinds"][row, :n], given["kinds"][row, n:end] = asked.kinds, side.kinds
            given["matches"][row, :end] = match(asked, side, self._rarity)
            given["mask"][row, :end] = 1.0
            given["pool"][row, :, n:end] = pool_of(side, most)
        scores, spans = self._session.run(None, given)
        return [_reading(side, scores[row], spans[row, n:]) for row, (side, _) in enumerate(group)]


def pool_of(side: Side, most: int) -> NDArray[np.float32]:
    """Weight of each token in the mean of each sentence, shape (most, t); zeros for a sentence without tokens."""
    found = np.zeros((most, len(side.ids)), dtype=np.float32)
    for at in range(side.count):
        places = np.flatnonzero(side.sentence == at)
        if len(places):
            found[at, places] = 1.0 / len(places)
    return found


def _reading(side: Side, scores: NDArray[np.float32], spans: NDArray[np.float32]) -> Reading:
    answers = np.full(side.count, UNSEEN, dtype=np.float32)
    corrects = np.full(side.count, UNSEEN, dtype=np.float32)
    probability = np.zeros(side.count, dtype=np.float32)
    exact: list[tuple[int, int]] = []
    for at in range(side.count):
        places = np.flatnonzero(side.sentence == at)
        if not len(places):
            exact.append((0, 0))
            continue
        answers[at], corrects[at] = scores[at]
        first, last, probability[at] = _span(spans[places])
        exact.append((int(side.spans[places[first], 0]), int(side.spans[places[last], 1])))
    return Reading(answers=answers, corrects=corrects, spans=tuple(exact), span_probability=probability)


def _span(scores: NDArray[np.float32]) -> tuple[int, int, float]:
    """First and last token of the likeliest span and its probability; `scores` (t, 2) of starts and ends."""
    shares = np.exp(scores - scores.max(axis=0))
    shares /= shares.sum(axis=0)
    together = np.triu(np.outer(shares[:, 0], shares[:, 1]))
    first, last = np.unravel_index(int(together.argmax()), together.shape)
    return int(first), int(last), float(together[first, last])
