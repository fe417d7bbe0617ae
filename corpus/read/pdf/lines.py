"""Words of a page put into rows, stretches and lines; what the layout of a page is made of."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.read.pdf.words import CJK, RIGHT_TO_LEFT, Word

SENTENCE_END = re.compile(r"(?:[!?。！？:：;；…]|(?<!\b[A-ZÀ-ÝА-ЯЁ])\.)[\"'”’»」』）)\]】》〉]*$")
"""A mark that ends a sentence; the dot of an initial does not."""
LEADER = re.compile(r"(?:\. ?){5,}\s*[\divx]*$")
"""Dots that lead to the number of a page, at the end of a line."""
BULLETS = "•‣▪●○■□◦⁃∙·▸►➢✓✔\uf0b7\uf0a7\uf0d8\uf0fc"
_MARK = re.compile(
    rf"^(?:[{BULLETS}–—-]|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\.?"
    rf"|\(?\d{{1,3}}[.)]|\(?(?:[a-zа-я]|[ivx]{{1,4}})\)|（?[一二三四五六七八九十]{{1,3}}[、）])$",
    re.I,
)
_FULL, _BESIDE = frozenset("，。；：！？、（）《》【】「」『』"), frozenset("“”‘’—…·0123456789")
_GAP = 0.6
"""Gap between words, in heights of a line, from which they may stand in different columns."""
_TOO_TALL = 2
_SHARED = 0.62
"""Share of its height that a word has in common with its row; words of two lines cannot both have it."""


@dataclass(slots=True)
class Stretch:
    """Neighboring words of one row; a ruled table takes part in the layout of the page as one."""

    words: list[Word]
    text: str
    left: float
    top: float
    right: float
    bottom: float
    height: float
    table: "Table | None" = None


@dataclass(slots=True)
class Line(Stretch):
    """One line of text in its column: `full` where it nearly fills the column, `brim` where it surely does.

    `height` is that of most of its characters. `room` is what the column has left behind its last word. A line
    outside of the text has a `column` below 0.
    """

    full: bool = False
    brim: bool = False
    room: float = 0.0
    column: int = 0


@dataclass(slots=True)
class Table:
    """Rows of cells of words; in a plain one each row is a name with a colon and what it names."""

    rows: list[list[list[Word]]]
    plain: bool = False
    column: int = field(default=0)

    @property
    def words(self) -> list[Word]:
        """All its words, row by row and cell by cell."""
        return [word for row in self.rows for cell in row for word in cell]


def is_mark(text: str) -> bool:
    """Whether `text` is the bullet or number of an item of a list."""
    return bool(_MARK.match(text))


def joined(words: Sequence[Word]) -> str:
    """Words of one line with blanks between them, but none between Chinese characters set close to each other."""
    text = ""
    last: Word | None = None
    spread = _spread(words)
    for word in words:
        between = "" if last is None or _is_close(last, word, spread) else " "
        text = text.removesuffix("\xad") + between + word.text
        last = word
    return text


def _spread(words: Sequence[Word]) -> float:
    """The room between Chinese characters where a line is stretched so that it is between most of them."""
    pairs = [(one, other) for one, other in pairwise(words) if is_chinese(one.text[-1], other.text[0])]
    alone = [one for one, other in pairs if len(one.text) == 1 or len(other.text) == 1]
    gaps = sorted(other.left - one.right for one, other in pairs)
    return gaps[len(gaps) // 2] if len(pairs) > 1 and len(alone) == len(pairs) else 0.0


def is_chinese(last: str, first: str) -> bool:
    """Whether no blank belongs between two characters: Chinese ones, or one and a number or a mark."""
    pair = (last, first)
    if not any(map(CJK.match, pair)):
        return False
    return any(sign in _FULL for sign in pair) or all(CJK.match(sign) or sign in _BESIDE for sign in pair)


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words of the same height on the page in a row each, from the top; words in a row are in their drawn order.

    Two lines of one size stay apart although both are beside a large word of another column.
    """
    rows: list[list[Word]] = []
    tallest: Word | None = None
    alike: dict[int, Word] = {}
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        size = round(word.height)
        if tallest is None or not (_is_beside(tallest, word) and _is_beside(alike.get(size, tallest), word)):
            rows.append([])
            tallest, alike = word, {}
        rows[-1].append(word)
        tallest = max(tallest, word, key=lambda one: one.height)
        alike.setdefault(size, word)
    for row in rows:
        row.sort(key=lambda word: word.characters.start)
    return rows


def _is_beside(one: Word, word: Word) -> bool:
    low, high = sorted((one.height, word.height))
    return high <= _TOO_TALL * low and min(one.bottom, word.bottom) - max(one.top, word.top) >= _SHARED * low


def stretches_of(row: Sequence[Word]) -> list[Stretch]:
    """The row cut at its wide gaps, from left to right; a row written from right to left stays whole."""
    if 2 * sum(bool(RIGHT_TO_LEFT.search(word.text)) for word in row) > len(row):
        return [stretch_of(list(row))]
    parts: list[list[Word]] = []
    for word in sorted(row, key=lambda word: word.left):
        gap = word.left - max((other.right for other in parts[-1]), default=0) if parts else 0
        if parts and gap <= (_behind_mark(parts[-1][0].text) if len(parts[-1]) == 1 else _GAP) * word.height:
            parts[-1].append(word)
        else:
            parts.append([word])
    return [stretch_of(part) for part in parts]


def _behind_mark(text: str) -> float:
    """The widest gap behind the first word of a stretch, in heights of a line: a number may be that of a heading."""
    return (1.5 if text[-1].isdigit() else 3.0) if is_mark(text) else _GAP


def stretch_of(words: list[Word]) -> Stretch:
    """Words, at least one, as they are read in a stretch."""
    left, top = min(word.left for word in words), min(word.top for word in words)
    right, bottom = max(word.right for word in words), max(word.bottom for word in words)
    return Stretch(words, joined(words), left, top, right, bottom, max(word.height for word in words))


def _is_close(last: Word, word: Word, spread: float) -> bool:
    """Whether no blank belongs between two words: in Chinese, and behind a large initial."""
    if len(last.text) == 1 and last.text.isupper() and word.text[0].islower() and last.height > 1.5 * word.height:
        return True
    if last.text[-1].isdigit() or word.text[0].isdigit():
        return False
    return word.left - last.right < max(word.height / 2, 1.3 * spread) and is_chinese(last.text[-1], word.text[0])


def gaps_of(rows: Sequence[Sequence[Stretch]]) -> list[list[float]]:
    """The room between neighboring words, for each row."""
    return [
        [after.left - before.right for before, after in pairwise(word for stretch in row for word in stretch.words)]
        for row in rows
    ]


def line_of(words: list[Word]) -> Line:
    """The words, in the order given, as a line."""
    around = stretch_of(words)
    heights: Counter[float] = Counter()
    for word in words:
        heights[round(word.height, 1)] += len(word.text)
    height = max(heights, key=heights.__getitem__)
    return Line(words, around.text, around.left, around.top, around.right, around.bottom, height)


def lines_of(rows: Sequence[Sequence[Stretch]]) -> list[Line]:
    """Rows of one column as its lines."""
    lines = [line_of([word for stretch in row for word in stretch.words]) for row in rows]
    left = min((line.left for line in lines), default=0)
    width = max((line.right for line in lines), default=0) - left
    for line in lines:
        line.room = left + width - line.right
        line.full = line.right - left >= 0.7 * width
        line.brim = line.right - left >= 0.85 * width and len(lines) > 2
    return lines
