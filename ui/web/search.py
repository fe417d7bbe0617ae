"""Search over the reports' titles and texts in any script: the sentence that holds the words, each with its place."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus import Report

MAX_WORDS = 12
"""Words of a search that are looked for; the rest of a pasted paragraph narrows nothing further."""
MARGIN = 160
"""Code points shown at most on either side of the first match, where a sentence is longer."""
_END = re.compile(r"(?:(?<![\s.]\w)\.|[!?…])[”»\"')\]]*(?=\s)|[。！？][”」』]*|\n")


class _Fold(dict[int, str]):
    """Folds one code point to one, so that offsets stay: no case, no accents; learns each code point as it comes."""

    def __missing__(self, point: int) -> str:
        sign = chr(point)
        bare = next((one for one in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(one)), sign)
        folded = bare.lower()
        self[point] = folded if len(folded) == 1 else bare
        return self[point]


_FOLD = _Fold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where a report holds the words.

    Attributes:
        start: First and `end` last offset of the sentence to show, in code points of the report's text.
        spans: Places of the words within it, in order; empty when only the title holds them.
        title_spans: Places of the words in the title.
    """

    report: Report
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    title_spans: tuple[tuple[int, int], ...]


def search(reports: Sequence[Report], wanted: str) -> Iterator[Found]:
    """Reports whose title and text hold all words of `wanted`, in their order; all of none for a blank search.

    Case and accents do not matter, and a word may stand within a longer one, as Chinese needs it. Words in double
    quotation marks are looked for as they stand together.
    """
    words = tuple(
        dict.fromkeys(
            fold(" ".join((phrase or word).split())) for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', wanted)
        )
    )[:MAX_WORDS]
    words = tuple(filter(None, words))
    for report in reports if words else ():
        title, text = fold(report.title), _folded(report.text)
        if all(word in title or text.find(word, report.body) >= 0 for word in words):
            yield _found(report, title, text, words)


def fold(text: str) -> str:
    """`text` without case and accents, code point for code point, so that offsets in it are offsets in the text."""
    return text.translate(_FOLD)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return fold(text)


def _found(report: Report, title: str, text: str, words: tuple[str, ...]) -> Found:
    """The sentence that holds the most of the words, the first of several."""
    best, start, end = 0, report.body, report.body
    seen = -1
    for place in sorted(at for word in words if (at := text.find(word, report.body)) >= 0):
        if place < seen:
            continue
        left, right = _sentence(report.text, place, report.body)
        seen = right
        held = sum(text.find(word, left, right) >= 0 for word in words)
        if held > best:
            best, start, end = held, left, right
    return Found(
        report=report,
        start=start,
        end=end,
        spans=_spans(text, words, start, end),
        title_spans=_spans(title, words, 0, len(title)),
    )


def _sentence(text: str, place: int, body: int) -> tuple[int, int]:
    """First and last offset of the sentence that holds `place`, or of as much as is shown, no word cut in two."""
    low, high = max(body, place - MARGIN), min(len(text), place + MARGIN)
    before = [match.end() for match in _END.finditer(text, low, place)]
    after = _END.search(text, place, high)
    left = before[-1] if before else _blank(text, low, place) if low > body else low
    right = after.end() if after else _blank_back(text, place, high) if high < len(text) else high
    while left < place and text[left].isspace():
        left += 1
    return left, left + len(text[left:right].rstrip())


def _blank(text: str, low: int, high: int) -> int:
    """The first blank of [low, high); `low` where there is none, as in Chinese."""
    return next((at for at in range(low, high) if text[at].isspace()), low)


def _blank_back(text: str, low: int, high: int) -> int:
    """The last blank of [low, high); `high` where there is none, as in Chinese."""
    return next((at for at in range(high - 1, low, -1) if text[at].isspace()), high)


def _spans(text: str, words: Sequence[str], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Places of the words in [start, end), none overlapping another."""
    spans: list[tuple[int, int]] = []
    form = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    for match in re.finditer(form, text[start:end]):
        spans.append((start + match.start(), start + match.end()))
    return tuple(spans)
