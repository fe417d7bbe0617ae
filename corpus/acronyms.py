"""Acronyms that the records themselves explain."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_ACRONYM = re.compile(r"\(([A-Z][A-Za-z]*[A-Z][A-Z]*)\)")


class Acronyms:
    """Acronyms that the records themselves explain, "Tanzania Institute of Education (TIE)", to fill either in.

    Args:
        texts: The texts of all records.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        pairs = {pair for text in texts for pair in acronyms_in(text)}
        self._pairs = tuple(sorted(pairs))
        self.filled = lru_cache(maxsize=8192)(self._filled)

    def _filled(self, text: str) -> str:
        """The text followed by the full name of each acronym in it, and by the acronym of each full name."""
        added = []
        for short, full in self._pairs:
            has_short, has_full = re.search(rf"\b{re.escape(short)}\b", text), full.casefold() in text.casefold()
            if has_short and not has_full:
                added.append(full)
            elif has_full and not has_short:
                added.append(short)
        return "; ".join([text, *added])


def acronyms_in(text: str) -> Iterator[tuple[str, str]]:
    """(acronym, full name) wherever a text explains one: capital letters in brackets after the words they begin."""
    for match in _ACRONYM.finditer(text):
        letters = [letter for letter in match.group(1) if letter.isupper()]
        words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text[max(0, match.start() - 120) : match.start()])
        taken: list[str] = []
        for word in reversed(words):
            if not letters:
                break
            taken.append(word)
            if word[0] == letters[-1]:
                letters.pop()
            elif word[0].isupper():
                break
        if not letters and len(taken) > 1:
            yield match.group(1), " ".join(reversed(taken))
