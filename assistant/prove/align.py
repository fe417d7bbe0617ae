"""Word-by-word alignment of a sentence with its evidence, by the encoder's token vectors, in any pair of languages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.concepts import concepts_in
from corpus.names import function_words
from ingest import TokenVectors
from ingest.lexical import tokens

_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTERS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
PARTNER = 0.6
"""Strength from which two words are held to speak of one thing."""
EXACT = 0.999
"""Strength from which they are the same word."""
NEARLY = 0.05
"""How much weaker than the best a partner may be and still be meant."""
_SAME_WORD = 1.0
_SAME_CONCEPT = 0.85
"""Strength of two words that the word list holds to be one thing, as "memorandum" and 协议."""


class ReadsTokens(Protocol):
    """What the proof needs of a model."""

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Vectors of every token of each text."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a text at `start:end`; a Chinese one is a token of the model.

    Attributes:
        stem: The form two words are compared in.
        is_content: Whether it says something of its own, unlike "the" or 的.
    """

    text: str
    start: int
    end: int
    stem: str
    is_content: bool


@dataclass(frozen=True, eq=False)
class Read:
    """A text with its words and their unit vectors, shape (number of words, dimension), in reading order.

    Attributes:
        whole: Unit vector of the whole text.
        parts: For each word the number of the text it comes from, where several were joined.
    """

    text: str
    words: tuple[Word, ...]
    vectors: NDArray[np.float32]
    whole: NDArray[np.float32]
    parts: tuple[int, ...] = ()

    @cached_property
    def columns(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """Where each stem and each concept of the word list stands, by index of the word."""
        by_stem: dict[str, list[int]] = {}
        by_concept: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            by_stem.setdefault(word.stem, []).append(at)
            for concept in _concepts(word.text):
                by_concept.setdefault(concept, []).append(at)
        return by_stem, by_concept


def joined(parts: Sequence[Read]) -> Read:
    """Several texts read as one, parted by line ends, in order.

    Raises:
        ValueError: There is no part.
    """
    words: list[Word] = []
    offset = 0
    for part in parts:
        words += [replace(word, start=word.start + offset, end=word.end + offset) for word in part.words]
        offset += len(part.text) + 1
    whole = np.mean([part.whole for part in parts], axis=0)
    return Read(
        text="\n".join(part.text for part in parts),
        words=tuple(words),
        vectors=np.concatenate([part.vectors for part in parts]),
        parts=tuple(number for number, part in enumerate(parts) for _ in part.words),
        whole=np.asarray(whole / max(float(np.linalg.norm(whole)), 1e-9), dtype=np.float32),
    )


def read(text: str, found: TokenVectors) -> Read:
    """Gather the tokens of a text to words; a text without any gives none."""
    words, rows = [], []
    for match in _LETTERS.finditer(text):
        starts, ends = found.spans[:, 0], found.spans[:, 1]
        inside = np.flatnonzero((ends > match.start()) & (starts < match.end()))
        if not len(inside):
            continue
        groups = [[at] for at in inside] if _HAN.search(match.group()) else [list(inside)]
        for group in groups:
            start = max(int(starts[group[0]]), match.start())
            end = min(int(ends[group[-1]]), match.end())
            start += len(text[start:end]) - len(text[start:end].lstrip())
            if start < end:
                words.append(_word(text[start:end], start, end))
                rows.append(found.vectors[group].mean(axis=0))
    vectors = np.array(rows, dtype=np.float32).reshape(len(rows), found.vectors.shape[-1])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return Read(text=text, words=tuple(words), vectors=vectors, whole=found.whole)


@dataclass(frozen=True, eq=False)
class Alignment:
    """Each word of a sentence with the word of the evidence that is nearest to it.

    Attributes:
        claim: The sentence.
        source: The evidence, read as one text.
    """

    claim: Read
    source: Read

    @cached_property
    def strengths(self) -> NDArray[np.float32]:
        """Strength of every pair, 0 to 1, shape (words of the sentence, words of the evidence)."""
        if not self.claim.words or not self.source.words:
            return np.zeros((len(self.claim.words), len(self.source.words)), dtype=np.float32)
        found = np.clip(self.claim.vectors @ self.source.vectors.T, 0, 1)
        by_stem, by_concept = self.source.columns
        for row, word in enumerate(self.claim.words):
            alike = [column for concept in _concepts(word.text) for column in by_concept.get(concept, ())]
            found[row, alike] = np.maximum(found[row, alike], _SAME_CONCEPT)
            found[row, by_stem.get(word.stem, [])] = _SAME_WORD
        return np.asarray(found, dtype=np.float32)

    @cached_property
    def best(self) -> NDArray[np.float32]:
        """Strength of the best partner of each word of the sentence; 0 where the evidence is empty."""
        return np.asarray(self.strengths.max(axis=1, initial=0.0), dtype=np.float32)

    @cached_property
    def partners(self) -> NDArray[np.int64]:
        """Index of the best partner of each word; -1 where the evidence is empty."""
        if not self.source.words:
            return np.full(len(self.claim.words), -1)
        return np.asarray(self.strengths.argmax(axis=1))

    @cached_property
    def content(self) -> NDArray[np.bool_]:
        """Which words of the sentence say something of their own."""
        return np.array([word.is_content for word in self.claim.words], dtype=bool)


def _word(text: str, start: int, end: int) -> Word:
    plain = text.casefold()
    stem = tokens(text)
    return Word(
        text=text,
        start=start,
        end=end,
        stem=" ".join(stem) or plain,
        is_content=plain not in function_words(),
    )


@cache
def _concepts(word: str) -> frozenset[str]:
    return concepts_in(word)
