"""What an embedder is: texts in, unit vectors out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

TOKEN_LAYER = 8
"""Layer whose token vectors are given: in the middle layers a token is nearest to its own meaning (BERTScore, 2020)."""
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenVectors:
    """The tokens of one text, in order, without special ones and the prompt.

    Attributes:
        spans: Where each stands in the text, code points, shape (n, 2).
        vectors: Unit vectors of a middle layer, shape (n, dimension).
        whole: Unit vector of the text as `Embedder.embed_questions` gives it, shape (dimension,).
    """

    spans: NDArray[np.int64]
    vectors: Vectors
    whole: Vectors


class Embedder(Protocol):
    """What the index and the assistant need of a model."""

    @property
    def name(self) -> str:
        """Name written into every index built with this model."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts of reports; float32 of shape (n, dimension), rows of unit norm, in order."""
        ...

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions, with the model's prompt for them; same shape as `embed_passages`."""
        ...

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Vectors of every token of each text, in order; what lies beyond the model's length is left out."""
        ...

    def count_tokens(self, text: str) -> int:
        """Number of tokens of `text` without the special ones."""
        ...


def unit_rows(rows: NDArray[Any]) -> Vectors:
    """The rows with norm 1, as float32; rows of zeros stay so."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)
