"""Questions and windows as tokens, the same in training and in use."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.reader.reading import Window
from corpus.name_places import NamePlaces, name_places, same_names

QUESTION_TOKENS, WINDOW_TOKENS = 72, 288
MOST_OF_QUESTION = 600
"""Code points of a question that are encoded, its end: the embedder sees no more than 512 tokens."""
QUESTION, EARLIER, HEADER, SENTENCE = range(4)
"""Kinds of token."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """Tokens of a question or a window.

    Attributes:
        ids: Numbers in the vocabulary, shape (t,).
        kinds: Kind of each token, (t,).
        sentence: The sentence of each token, -1 for none, (t,).
        spans: Where each stands in its sentence, code points, (t, 2).
        count: Number of sentences.
        keep: Which of the tokens of the text these are, (t,).
        at: Where each token stands in the whole text, code points, (t, 2); `names` what is named there.
    """

    ids: NDArray[np.int64]
    kinds: NDArray[np.int64]
    sentence: NDArray[np.int64]
    spans: NDArray[np.int64]
    count: int
    keep: NDArray[np.int64]
    at: NDArray[np.int64]
    names: NamePlaces

    def tokens(self, place: tuple[int, int]) -> NDArray[np.int64]:
        """The tokens of a stretch of the whole text; none where it was cut off."""
        return np.flatnonzero((self.at[:, 0] < place[1]) & (self.at[:, 1] > place[0]))


def question_text(question: str, history: Sequence[str]) -> str:
    """What is encoded of a question: the last two things said before it, then itself."""
    earlier, question = " ".join(history[-2:]), question[-MOST_OF_QUESTION:]
    return f"query: {earlier} {question}" if earlier else f"query: {question}"


def question_side(question: str, text: str, ids: NDArray[Any], spans: NDArray[Any]) -> Side:
    """The tokens of a question; of a long one the last, since the end says what is asked."""
    kinds = np.where(spans[:, 1] > len(text) - min(len(question), MOST_OF_QUESTION), QUESTION, EARLIER)
    kinds[[0, -1]] = QUESTION
    n = len(ids)
    keep = np.arange(n) if n <= QUESTION_TOKENS else np.r_[0, np.arange(n - QUESTION_TOKENS + 1, n)]
    none = np.full(len(keep), -1)
    at = spans[keep]
    return Side(ids[keep], kinds[keep], none, np.zeros_like(at), 0, keep, at, name_places(text))


def window_text(window: Window) -> tuple[str, list[int]]:
    """What is encoded of a window, and where each sentence starts in it."""
    text, starts = f"passage: {window.header}\n", []
    for sentence in window.sentences:
        starts.append(len(text))
        text += sentence + " "
    return text, starts


def window_side(window: Window, starts: Sequence[int], ids: NDArray[Any], spans: NDArray[Any]) -> Side:
    """The first `WINDOW_TOKENS` tokens of a window; sentences beyond them have none."""
    ids, spans = ids[:WINDOW_TOKENS], spans[:WINDOW_TOKENS]
    keep, names = np.arange(len(ids)), name_places(window_text(window)[0])
    if not starts:
        owner = np.full(len(ids), -1)
        return Side(ids, np.full(len(ids), HEADER), owner, np.zeros_like(spans), 0, keep, spans, names)
    first = np.array(starts)
    ends = np.array([start + len(one) for start, one in zip(starts, window.sentences, strict=True)])
    # The first token of a sentence may begin with the blank before it.
    owner = np.searchsorted(first, spans[:, 1] - 1, side="right") - 1
    of = np.maximum(owner, 0)
    owner = np.where((owner >= 0) & (spans[:, 1] > spans[:, 0]) & (spans[:, 0] < ends[of]), owner, -1)
    within = np.maximum(spans - np.where(owner >= 0, first[of], 0)[:, None], 0)
    kinds = np.where(owner >= 0, SENTENCE, HEADER)
    return Side(ids, kinds, owner, within, len(window.sentences), keep, spans, names)


def rarity_of(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """How rare each piece is, 0 to 1.6, from its log-probability in the vocabulary; 0 for the four special ones."""
    rarity: NDArray[np.float32] = np.clip(-scores / 10.0, 0.0, 1.6).astype(np.float32)
    rarity[:4] = 0.0
    return rarity


def match(question: Side, window: Side, rarity: NDArray[np.float32]) -> NDArray[np.float32]:
    """How rare each token is that both sides hold, as it is or in a name told in another way, else 0; question first.

    Shape (t,): the tokens of the question, then those of the window.
    """
    both, n = np.concatenate([question.ids, window.ids]), len(question.ids)
    shared = np.isin(both, np.intersect1d(question.ids, window.ids))
    for asked, told in same_names(question.names, window.names):
        shared[question.tokens(asked)] = True
        shared[n + window.tokens(told)] = True
    return np.where(shared, rarity[both], 0.0).astype(np.float32)
