"""The door of the embedded model: multilingual-e5-small on onnxruntime."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable
from corpus.plain_form import plain_form
from ingest.embedder import TokenVectors, Vectors, unit_rows
from ingest.export import LOWER, SCORES, TOP, WORDS, exported_model, onnx_session
from ingest.model_from_wheel import MODEL_NAME
from ingest.pieces import PieceTokenizer, Tokens

QUERY, PASSAGE = "query: ", "passage: "
"""Prompts of the embedded model."""
BATCH = 16
"""Texts encoded at once, of like length."""
RECENT = 128
"""Passages embedded last of which the states of the lowest layers are kept for the tagger: some 50 MB."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LowerStates:
    """What the lowest layers make of one text, special tokens at both ends included.

    Attributes:
        ids: Numbers of the tokens in the vocabulary, shape (n,).
        spans: Where each stands in the text, code points, (n, 2); (0, 0) for special ones.
        states: Shape (n, dimension).
    """

    ids: NDArray[np.int64]
    spans: NDArray[np.int64]
    states: Vectors


class EmbeddedModel:
    """The embedded multilingual-e5-small on onnxruntime; safe to use from several threads.

    Args:
        folder: Where it was exported to; None for the cache, made there when needed.

    Raises:
        ModelUnavailable: It cannot be exported or opened; names the cure.
    """

    name = MODEL_NAME
    dimension = 384

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or exported_model()
        self._words = _array_in(self._folder, WORDS, mmap_mode="r")
        self._tokenizer = PieceTokenizer(self._folder)
        self._lower, self._top = onnx_session(self._folder / LOWER), onnx_session(self._folder / TOP)
        self._recent: dict[str, LowerStates] = {}
        self._lock = threading.Lock()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts of reports; an empty sequence gives shape (0, dimension)."""
        prompted = [PASSAGE + plain_form(text) for text in texts]
        return self._vectors(prompted, self._remember)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions; an empty sequence gives shape (0, dimension)."""
        return self.vectors_of([QUERY + plain_form(text) for text in texts])

    def vectors_of(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts that bear their prompt already; an empty sequence gives shape (0, dimension)."""
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str], seen: Callable[[str, LowerStates], None] | None = None) -> Vectors:
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for group, encoded, states, mask in self._encoded(texts):
            found[group] = self._top.run(["vector"], {"states": states, "mask": mask})[0]
            if seen:
                for row, at in enumerate(group):
                    seen(texts[at], _lower_states(encoded[row], states[row]))
        return found

    def _remember(self, text: str, states: LowerStates) -> None:
        with self._lock:
            self._recent[text] = states
            while len(self._recent) > RECENT:
                del self._recent[next(iter(self._recent))]

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Token vectors of each text; an empty sequence gives an empty list."""
        found: dict[int, TokenVectors] = {}
        for group, encoded, states, mask in self._encoded([QUERY + text for text in texts]):
            vectors, middle = self._top.run(None, {"states": states, "mask": mask})
            for row, at in enumerate(group):
                spans = encoded[row].spans
                # The first token of the text may begin with the blank that ends the prompt.
                inside = (spans[:, 1] > spans[:, 0]) & (spans[:, 1] > len(QUERY))
                found[at] = TokenVectors(
                    spans=np.maximum(spans[inside] - len(QUERY), 0),
                    vectors=unit_rows(middle[row, : len(spans)][inside]),
                    whole=vectors[row],
                )
        return [found[at] for at in range(len(texts))]

    def lower(self, texts: Sequence[str]) -> list[LowerStates]:
        """Tokens and states of the shared lowest layers, of texts that bear their prompt already, in order.

        Those of the `RECENT` passages embedded last are not computed again, the first time they are asked for.
        """
        with self._lock:
            found = {at: self._recent.pop(text) for at, text in enumerate(texts) if text in self._recent}
        rest = [at for at in range(len(texts)) if at not in found]
        for group, encoded, states, _ in self._encoded([texts[at] for at in rest]):
            for row, at in enumerate(group):
                found[rest[at]] = _lower_states(encoded[row], states[row])
        return [found[at] for at in range(len(texts))]

    def piece_scores(self) -> Vectors:
        """Log-probability of each piece of the vocabulary, shape (pieces,)."""
        return np.asarray(_array_in(self._folder, SCORES))

    def count_tokens(self, text: str) -> int:
        """Number of tokens of `text` without the special ones."""
        return self._tokenizer.count(text)

    def _encoded(self, texts: Sequence[str]) -> Iterator[tuple[list[int], list[Tokens], Vectors, Vectors]]:
        """Groups of texts of like length: their numbers, tokens, lower states and mask."""
        encoded = self._tokenizer.encode(texts)
        order = sorted(range(len(texts)), key=lambda at: len(encoded[at].ids))
        for begin in range(0, len(order), BATCH):
            group = order[begin : begin + BATCH]
            width = max(len(encoded[at].ids) for at in group)
            words = np.zeros((len(group), width, self.dimension), dtype=np.float32)
            mask = np.zeros((len(group), width), dtype=np.float32)
            for row, at in enumerate(group):
                ids = encoded[at].ids
                words[row, : len(ids)] = self._words[ids]
                mask[row, : len(ids)] = 1.0
            states = self._lower.run(None, {"words": words, "mask": mask})[0]
            yield group, [encoded[at] for at in group], states, mask


def _lower_states(tokens: Tokens, states: Vectors) -> LowerStates:
    """Of one text, from a padded batch; a copy, so that the batch is let go."""
    return LowerStates(ids=tokens.ids, spans=tokens.spans, states=states[: len(tokens.ids)].copy())


def _array_in(folder: Path, name: str, **how: Any) -> NDArray[Any]:
    try:
        return np.load(folder / name, **how)  # type: ignore[no-any-return]
    except (OSError, ValueError, EOFError) as error:
        raise ModelUnavailable(
            f"{folder / name}: the embedding model cannot be loaded ({error}). Remove {folder} and run again: "
            "it is made anew."
        ) from error
