"""Name coverage: how much of what a question names a text holds, names that few texts in view hold counting more."""

import math
from collections.abc import Callable, Sequence

from corpus.names import Names, names_of


class NameCoverage:
    """The names of one question, weighed by how few of the texts in view hold them.

    Args:
        asked: The names of the question.
        texts: The texts in view.
        filled: Completes a text with the full names of its acronyms, and the other way round.
    """

    def __init__(self, asked: Names, texts: Sequence[str], filled: Callable[[str], str]) -> None:
        self._filled = filled
        there = [names_of(filled(text)) for text in texts]
        self._known = {key: _weight(len(there), sum(key in one.within for one in there)) for key in asked.known}
        self._words = {word: _weight(len(there), sum(one.has(word) for one in there)) for word in asked.words}
        self._total = sum(self._known.values()) + sum(self._words.values())

    def share(self, *texts: str) -> float:
        """Weighed share of the question's names that stand in any of some texts; 0.5 when the question has none."""
        if not self._total:
            return 0.5
        there = [names_of(self._filled(text)) for text in texts]
        held = sum(weight for key, weight in self._known.items() if any(key in one.within for one in there))
        held += sum(weight for word, weight in self._words.items() if any(one.has(word) for one in there))
        return held / self._total


def _weight(n: int, holding: int) -> float:
    """log(1 + n / holding) for a name that `holding` of n texts hold; one that none holds weighs as if one did."""
    return math.log(1 + n / max(1, holding))
