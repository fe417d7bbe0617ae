"""What any reader takes and gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Window:
    """A passage as the reader sees it: what its record is (title, headings, date), then its sentences in order."""

    header: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """What a reader makes of the n sentences of one window.

    Attributes:
        answers: Log-odds that each belongs to the answer, shape (n,); one beyond the reader's sight has the least.
        corrects: Log-odds that it contradicts what the question takes for granted, if it belongs to the answer, (n,).
        spans: The likeliest exact answer in each, code points of the sentence, end exclusive; (0, 0) for none.
        span_probability: Probability of that span among all of the sentence, shape (n,).
    """

    answers: NDArray[np.float32]
    corrects: NDArray[np.float32]
    spans: tuple[tuple[int, int], ...]
    span_probability: NDArray[np.float32]


class Reader(Protocol):
    """Reads windows for a question."""

    def read(self, question: str, history: Sequence[str], windows: Sequence[Window]) -> list[Reading]:
        """One reading a window, in order; none for no window.

        Args:
            question: The last question as asked.
            history: What was said before it and is needed to understand it, oldest first; empty when it stands alone.
            windows: What is to be read.
        """
        ...
