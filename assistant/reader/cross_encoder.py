"""A configured sentence-transformers cross-encoder as the reader: it scores sentences one by one and finds no spans."""

from collections.abc import Sequence

import numpy as np

from assistant.reader.reading import Reading, Window
from ingest import open_cross_encoder


class CrossEncoderReader:
    """Reads with a cross-encoder of one output, log-odds that a text answers a question.

    Args:
        name: Its name or folder.

    Raises:
        ModelUnavailable: It cannot be loaded, or has more than one output.
    """

    def __init__(self, name: str) -> None:
        self._score = open_cross_encoder(name)

    def read(self, question: str, history: Sequence[str], windows: Sequence[Window]) -> list[Reading]:
        """One reading a window; see `Reader`."""
        asked = " ".join((*history[-2:], question))
        pairs = [(asked, f"{window.header}: {one}") for window in windows for one in window.sentences]
        scores = np.asarray(self._score(pairs), dtype=np.float32) if pairs else np.zeros(0, dtype=np.float32)
        found, at = [], 0
        for window in windows:
            n = len(window.sentences)
            none = np.zeros(n, dtype=np.float32)
            found.append(
                Reading(
                    answers=scores[at : at + n],
                    corrects=none,
                    spans=((0, 0),) * n,
                    span_probability=none,
                )
            )
            at += n
        return found
