"""The trained tagger on onnxruntime: what passages name and tell, with probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.embedded import PASSAGE, LowerStates
from ingest.export import onnx_session
from ingest.tagger.cuts import follows
from ingest.tagger.export import BODY, HEADS, exported_tagger
from ingest.tagger.labels import BESIDE_US, DEGREES, DIRECTIONS, FORMS, NEAR, PAIRS, SENTENCE
from ingest.tagger.passages import Text
from ingest.tagger.spans import WE, Layout, beside_us, continuing, near_of, spans_of, tokens_of

BATCH = 16
"""Passages tagged at once, of like length."""
Chances = NDArray[np.float32]
_SAME_PAIRS = {"who": ("who", "to", "by", "visit")}
"""What is asked of the same pairs, by the name that they are listed under."""


class Office(Protocol):
    """Who wrote the records."""

    def is_own(self, name: str) -> bool:
        """Whether a name is one of theirs."""
        ...

    def places(self, text: str) -> Sequence[tuple[int, int]]:
        """Where a text names them, (start, end)."""
        ...


class SharesLower(Protocol):
    """An embedder that gives the states of its lowest layers."""

    def lower(self, texts: Sequence[str]) -> list[LowerStates]:
        """Tokens and states of each text, in order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Named:
    """A mention: code points of the text, its kind, and where it is a body what it is to us.

    Attributes:
        degree: Probability of each of `DEGREES`; `direction` of each of `DIRECTIONS`.
    """

    start: int
    end: int
    kind: str
    degree: Chances
    direction: Chances


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tagged:
    """A passage as it was tagged.

    Attributes:
        text: What was tagged.
        named: Its mentions, in order.
        told: Of each sentence the probability of each of `SENTENCE`, (sentences, labels); `form` of each of `FORMS`,
            `later` of each of `LATER`.
        pairs: By name of `PAIRS` the probability that a thing and a mention or `WE` are joined: mentions by number, of
            all but ``role`` and ``body`` the first one a sentence.
    """

    text: Text
    named: tuple[Named, ...]
    told: Chances
    form: Chances
    later: Chances
    pairs: dict[str, dict[tuple[int, int], float]]


class Tags(Protocol):
    """Tags passages."""

    def tag(self, texts: Sequence[Text], office: Office) -> list[Tagged]:
        """Each passage tagged, in order; an empty sequence gives an empty list."""
        ...


class TrainedTagger:
    """The tagger that the package carries; safe to use from several threads.

    Args:
        embedder: The embedded model, whose lowest layers are shared.

    Raises:
        ModelUnavailable: The weights are damaged or cannot be exported.
    """

    def __init__(self, embedder: SharesLower) -> None:
        folder = exported_tagger()
        self._embedder = embedder
        self._body, self._heads = onnx_session(folder / BODY), onnx_session(folder / HEADS)

    def tag(self, texts: Sequence[Text], office: Office) -> list[Tagged]:
        """Each passage tagged, in order; an empty sequence gives an empty list."""
        lower = self._embedder.lower([PASSAGE + one.text for one in texts])
        order = sorted(range(len(texts)), key=lambda at: len(lower[at].ids))
        found: dict[int, Tagged] = {}
        for begin in range(0, len(order), BATCH):
            group = order[begin : begin + BATCH]
            width = max(len(lower[at].ids) for at in group)
            states = np.zeros((len(group), width, lower[group[0]].states.shape[1]), dtype=np.float32)
            mask, us = np.zeros((2, len(group), width), dtype=np.float32)
            for row, at in enumerate(group):
                n = len(lower[at].ids)
                states[row, :n], mask[row, :n] = lower[at].states, 1.0
                places = [(int(start), int(end)) for start, end in lower[at].spans - len(PASSAGE)]
                for start, end in office.places(texts[at].text):
                    first, last = tokens_of(places, start, end)
                    us[row, first:last] = 1.0
            x, tags, notice = self._body.run(None, {"states": states, "mask": mask, "us": us})
            for row, at in enumerate(group):
                n = len(lower[at].ids)
                spans = np.maximum(lower[at].spans - len(PASSAGE), 0)
                found[at] = self._judged(texts[at], x[row, :n], tags[row, :n], notice[row, :n], spans, office)
        return [found[at] for at in range(len(texts))]

    def _judged(
        self, text: Text, x: Chances, tags: Chances, notice: Chances, spans: NDArray[np.int64], office: Office
    ) -> Tagged:
        places = [(int(start), int(end)) for start, end in spans]
        mentions = spans_of(tags, continuing(text.text, places), follows())
        mentions = [one for one in mentions if text.text[spans[one[0], 0] : spans[one[1] - 1, 1]].strip()]
        sentences = [tokens_of(places, *span) for span in text.sentences]
        sums = np.concatenate([np.zeros((1, x.shape[1]), dtype=np.float32), x.cumsum(0, dtype=np.float32)])

        def means(of: Sequence[tuple[int, int]]) -> Chances:
            first = np.array([one[0] for one in of], dtype=np.int64)
            last = np.array([one[1] for one in of], dtype=np.int64)
            return np.asarray((sums[last] - sums[first]) / np.maximum(last - first, 1)[:, None], dtype=np.float32)

        seen = np.array([end > 0 for _, end in sentences], dtype=np.float32)  # beyond sight nothing is told
        asked = _pairs_of(mentions, len(sentences))
        things = [(a, b) for a, b, _ in mentions] + sentences + [(0, 1)]
        vectors = means(things)
        m, s = len(mentions), len(sentences)
        noticed = vectors.copy()
        for n, (a, b) in enumerate(sentences, start=m):
            if b:
                noticed[n] = _softmax(notice[a:b]) @ x[a:b]
        one = [first + (0 if name in ("role", "body") else m) for name, first, _ in asked]
        other = [len(things) - 1 if second == WE else second for _, _, second in asked]
        us = frozenset(
            n for n, (a, b, kind) in enumerate(mentions)
            if kind == "body" and office.is_own(text.raw[spans[a, 0] : spans[b - 1, 1]].strip())
        )  # fmt: skip
        layout = Layout(mentions, us, sentences)
        near = np.array(
            [near_of(layout, things[a], second) for a, (_, _, second) in zip(one, asked, strict=True)], dtype=np.float32
        )
        beside = np.zeros((len(things), BESIDE_US), dtype=np.float32)
        for n in range(m):
            beside[n] = beside_us(layout, n)
        if not asked:
            one, other, near = [0], [0], np.zeros((1, NEAR), dtype=np.float32)
        degree, told, later, pair = self._heads.run(
            None,
            {
                "things": vectors,
                "noticed": noticed,
                "us": beside,
                "left": vectors[one],
                "right": vectors[other],
                "near": near,
            },
        )
        joined: dict[str, dict[tuple[int, int], float]] = {name: {} for name in PAIRS}
        chances = _sigmoid(pair)
        for row, (name, first, second) in enumerate(asked):
            for one_of in _SAME_PAIRS.get(name, (name,)):
                joined[one_of][first, second] = float(chances[row, PAIRS.index(one_of)])
        return Tagged(
            text=text,
            named=tuple(
                Named(
                    start=int(spans[a, 0]) + _blanks(text.text, int(spans[a, 0])),
                    end=int(spans[b - 1, 1]),
                    kind=kind,
                    degree=_softmax(degree[n, : len(DEGREES)]),
                    direction=_softmax(degree[n, len(DEGREES) : len(DEGREES) + len(DIRECTIONS)]),
                )
                for n, (a, b, kind) in enumerate(mentions)
            ),
            told=_sigmoid(told[m : m + s, : len(SENTENCE)]) * seen[:, None],
            later=_sigmoid(later[m : m + s]) * seen[:, None],
            form=np.array([_softmax(row[len(SENTENCE) : len(SENTENCE) + len(FORMS)]) for row in told[m : m + s]]),
            pairs=joined,
        )


def _pairs_of(mentions: Sequence[tuple[int, int, str]], sentences: int) -> list[tuple[str, int, int]]:
    """The pairs that are judged: name of `PAIRS`, thing, mention or `WE`."""
    kinds = [kind for _, _, kind in mentions]
    people = [n for n, kind in enumerate(kinds) if kind == "person"]
    titles = [n for n, kind in enumerate(kinds) if kind == "title"]
    bodies = [WE, *(n for n, kind in enumerate(kinds) if kind == "body")]
    return [
        *(("role", p, t) for p in people for t in titles),
        *(("body", p, b) for p in people for b in bodies),
        *(("party", s, b) for s in range(sentences) for b in bodies),
        *(("who", s, who) for s in range(sentences) for who in (*bodies, *people)),
    ]


def _blanks(text: str, start: int) -> int:
    """Blanks at a place: the first token of a word may begin with the one before it."""
    return len(text[start:]) - len(text[start:].lstrip())


def _sigmoid(odds: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30)))


def _softmax(odds: Chances) -> Chances:
    shares = np.exp(odds - odds.max())
    return np.asarray(shares / shares.sum(), dtype=np.float32)


def open_tagger(embedder: Any = None) -> TrainedTagger:
    """The trained tagger over an embedder that shares its lowest layers; over the embedded model where it does not."""
    return TrainedTagger(embedder) if hasattr(embedder, "lower") else _on_embedded_model()


@cache
def _on_embedded_model() -> TrainedTagger:
    from ingest.embedded import EmbeddedModel

    return TrainedTagger(EmbeddedModel())
