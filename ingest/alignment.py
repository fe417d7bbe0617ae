"""Vectors of texts without what is only the language in them, so that a passage in another script is found as well.

The mean of what is written in a script is taken from each of its vectors, most of it: what is left is nearer to the
meaning (Libovický, Rosa and Fraser, 2019, arXiv 1911.03310). The means of questions and of passages, apart, are
measured by `python -m assistant.train.alignment`; its card says what they find. An index holds aligned vectors.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.language import script_of
from ingest.embed import EMBEDDED, model_label

MEANS = Path(__file__).parent / "alignment.npz"
SCRIPTS = ("latin", "cjk", "cyrillic")
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """What is taken from the vectors of questions and of passages in each of `SCRIPTS`, shape (scripts, dimension)."""

    questions: Vectors
    passages: Vectors

    def question(self, text: str, vector: Vectors) -> Vectors:
        """Unit vector of a question, (dimension,)."""
        return np.asarray(_without(self.questions, [script_of(text)], vector[None])[0], dtype=np.float32)

    def of_passages(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        """Unit vectors of passages of these texts, (n, dimension)."""
        return _without(self.passages, [script_of(text) for text in texts], vectors)


def open_alignment(model: str) -> Alignment:
    """The measured means for the embedded model; nothing is taken from the vectors of another."""
    if model != model_label(EMBEDDED):
        nothing = np.zeros((len(SCRIPTS), 1), dtype=np.float32)
        return Alignment(nothing, nothing)
    with np.load(MEANS) as kept:
        return Alignment(*(kept[name].astype(np.float32) for name in ("questions", "passages")))


def _without(means: Vectors, scripts: Sequence[str], vectors: Vectors) -> Vectors:
    if not len(vectors):
        return vectors
    nothing = np.zeros_like(means[:1])  # from what is in no script of them
    own = np.array([SCRIPTS.index(one) if one in SCRIPTS else len(SCRIPTS) for one in scripts], dtype=np.intp)
    left = vectors - np.vstack([means, nothing])[own]
    sizes = np.linalg.norm(left, axis=1, keepdims=True)
    return np.asarray(left / np.maximum(sizes, 1e-9), dtype=np.float32)
