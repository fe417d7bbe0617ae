"""Word search over passages in any script: one tokenizer for index and query, ranked by BM25."""

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import Stemmer
from numpy.typing import NDArray

from corpus.plain_form import plain_form

# Chinese characters and kana; the middle dot of foreign names is left out, since it parts words.
_CJK = "\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DECIMAL = r"(?<![\w.])\d+\.\d+(?!\w|\.\d)"
_PIECE = re.compile(rf"(?P<cjk>[{_CJK}]+)|{_DECIMAL}|[^\W_{_CJK}]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# One separator throughout, after one to three digits: "1,000,000", "12 500" with a no-break space, "1’000".
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:([,，\u00a0\u2009\u202f'’])\d{3})(?:\1\d{3})*(?!\d)")
_LOOSE_MARKS = re.compile(r"[\u0300-\u036f]")
_VOCABULARY = "vocabulary.json"


def tokens(text: str) -> list[str]:
    """The words of a text as they are indexed and searched, in order; empty for text without letters or digits.

    Plain form (`corpus.plain_form`), case folded; Latin words without accents and stemmed as English, Cyrillic ones as
    Russian (ё as е, й kept, marks of stress dropped); runs of Chinese or Japanese as overlapping pairs of characters, a
    single character alone; numbers whole, without thousands separators.
    """
    plain = _GROUPED.sub(lambda number: number.group().replace(number.group(1), ""), text)
    folded = _LOOSE_MARKS.sub("", unicodedata.normalize("NFKC", plain_form(plain).casefold()))
    found: list[str] = []
    for match in _PIECE.finditer(folded):
        piece = match.group()
        if match["cjk"]:
            found += [piece] if len(piece) == 1 else [piece[at : at + 2] for at in range(len(piece) - 1)]
        elif _CYRILLIC.search(piece):
            found.append(_stemmer("russian").stemWord(piece.replace("ё", "е")))
        else:
            found.append(_stemmer("english").stemWord(_without_accents(piece)))
    return found


class LexicalIndex:
    """BM25 over the passages of an index (bm25s, its "lucene" variant; Kamphuis et al., 2020)."""

    def __init__(self, ranker: Any, frequencies: Counter[str], n: int) -> None:
        self._ranker = ranker
        self._frequencies = frequencies
        self._n = n

    def __len__(self) -> int:
        return self._n

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        """Index texts, which keep their numbers; no text at all, or only empty ones, gives an index of zeros."""
        import bm25s

        words = [tokens(text) for text in texts]
        frequencies = Counter(word for each in words for word in set(each))
        ranker = None
        if frequencies:
            ranker = bm25s.BM25()
            ranker.index(words, show_progress=False)
        return cls(ranker, frequencies, len(words))

    def save(self, folder: Path) -> None:
        """Write the index to a folder, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        state = {"n": self._n, "frequencies": self._frequencies}
        (folder / _VOCABULARY).write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
        if self._ranker is not None:
            self._ranker.save(str(folder / "bm25s"), show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Read what `save` wrote."""
        import bm25s

        state = json.loads((folder / _VOCABULARY).read_text(encoding="utf-8"))
        has_words = bool(state["frequencies"])
        ranker = bm25s.BM25.load(str(folder / "bm25s"), show_progress=False) if has_words else None
        return cls(ranker, Counter(state["frequencies"]), int(state["n"]))

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 score of every text, shape (n,), in order; zeros when no word of the question is in the index."""
        known = [word for word in tokens(question) if word in self._frequencies]
        if not known or self._ranker is None:
            return np.zeros(self._n, dtype=np.float32)
        return np.asarray(self._ranker.get_scores(known), dtype=np.float32)

    def idf(self, token: str) -> float:
        """Inverse document frequency, log(1 + (n - df + ½) / (df + ½)); greatest for a word that never occurs."""
        frequency = self._frequencies.get(token, 0)
        return math.log(1 + (self._n - frequency + 0.5) / (frequency + 0.5))


def _without_accents(word: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", plain)


@cache
def _stemmer(language: str) -> "Stemmer.Stemmer":
    return Stemmer.Stemmer(language)
