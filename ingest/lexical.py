"""Word search over passages in any script: one tokenizer for index and query, ranked by BM25."""

import json
import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
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
_VOCABULARY, _WEIGHTS = "vocabulary.json", "weights.npz"
_ENTRIES = ("begins", "texts", "values")
_NOTHING = dict.fromkeys(_ENTRIES, np.zeros(0))


ALIKE = 85
"""Likeness (rapidfuzz ratio) from which a word may be another spelling: "Nazarbaev" and "Nazarbayev" reach 95, a letter
changed in eight 87; "Oxford" and "ford" 80."""


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
    """BM25 over the passages of an index (bm25s, its "lucene" variant; Kamphuis et al., 2020).

    bm25s makes the weights; adding them up is done here, so that asking imports neither it nor scipy.

    Args:
        n: Number of texts.
        numbers: Number of each word.
        entries: What each word adds to the score of each text, word after word: ``texts`` their numbers and ``values``
            what is added, shape (entries,), and ``begins`` where those of each word begin and the last ones end.
    """

    def __init__(self, n: int, numbers: Mapping[str, int], entries: Mapping[str, NDArray[Any]]) -> None:
        self._n = n
        self._numbers = numbers
        self._begins, self._texts, self._values = (entries[name] for name in _ENTRIES)

    def __len__(self) -> int:
        return self._n

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        """Index texts, which keep their numbers; no text at all, or only empty ones, gives an index of zeros."""
        words = [tokens(text) for text in texts]
        if not any(words):
            return cls(len(words), {}, _NOTHING)
        import bm25s

        ranker = bm25s.BM25()
        ranker.index(words, show_progress=False)
        numbers = {word: int(ranker.vocab_dict[word]) for word in dict.fromkeys(chain.from_iterable(words))}
        made = ranker.scores
        return cls(len(words), numbers, {"begins": made["indptr"], "texts": made["indices"], "values": made["data"]})

    def save(self, folder: Path) -> None:
        """Write the index to a folder, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        state = {"n": self._n, "numbers": self._numbers}
        (folder / _VOCABULARY).write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / _WEIGHTS, begins=self._begins, texts=self._texts, values=self._values)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Read what `save` wrote.

        Raises:
            OSError: A file is missing; `ValueError` or `KeyError` where one is damaged.
        """
        state = json.loads((folder / _VOCABULARY).read_text(encoding="utf-8"))
        if not state["numbers"]:
            return cls(int(state["n"]), {}, _NOTHING)
        try:
            with np.load(folder / _WEIGHTS) as stored:
                return cls(int(state["n"]), state["numbers"], dict(stored))
        except (zipfile.BadZipFile, EOFError, TypeError) as error:
            raise ValueError(f"{_WEIGHTS}: {error}") from error

    def knows(self, name: str) -> bool:
        """Whether each word of a name stands in some text, or one spelt like it (`ALIKE`); true for no word at all."""
        from rapidfuzz import fuzz, process

        return all(
            word in self._numbers
            or process.extractOne(word, self._numbers.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
            for word in tokens(name)
        )

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 score of every text, shape (n,), in order; zeros when no word of the question is in the index."""
        scores = np.zeros(self._n, dtype=np.float32)
        for number in (self._numbers[word] for word in tokens(question) if word in self._numbers):
            entries = slice(self._begins[number], self._begins[number + 1])
            scores[self._texts[entries]] += self._values[entries]  # a word has one entry a text
        return scores


def _without_accents(word: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", plain)


@cache
def _stemmer(language: str) -> "Stemmer.Stemmer":
    return Stemmer.Stemmer(language)
