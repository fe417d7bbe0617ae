"""Lines of a PDF put together to paragraphs, over the ends of columns and pages."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.read.pdf.lines import BULLETS, LEADER, SENTENCE_END, Line, Table, is_chinese, is_mark, joined
from corpus.read.pdf.words import CJK, Word
from corpus.read.rows import barred

_BULLET = re.compile(rf"^[{BULLETS}]\s*")
_BROKEN = re.compile(r"([^\W_]+)[-\xad‐\u2011]$")
_LABEL = re.compile(r"^[^\W\d_][^:：.]{0,30}[:：]")
_WHOLE = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ADDRESS = re.compile(r"@|://|^www\.", re.I)
_COMPOUNDS = frozenset(
    "vice ex self non well high long twenty thirty forty fifty sixty seventy eighty ninety вице экс северо юго".split()
)
"""What begins a word of two parts more often than it begins a word that was broken."""

_NOTE = re.compile(r"[*†‡\d]")
_INDENT, _SMALL = 0.7, 0.92
_LONG = 5
_FEWEST_BROKEN = 0.03
"""Share of full lines that end with a hyphen where words are broken, and not only compounds at their own hyphens."""

Item = Line | Table


class Flow:
    """The text of a file as it grows, page by page.

    Attributes:
        text: What was added so far; empty at the start.
        pages: Where in it each page begins.
    """

    def __init__(self, pages: Sequence[Sequence[Item]]) -> None:
        self.text = ""
        self.pages: list[int] = []
        self._seen = _whole_words(pages)
        self._breaks_words = _breaks_words(pages)
        self._first_parts = {part for word in self._seen for part in _parts_with_hyphen(word)}
        self._last: Item | None = None
        self._waiting: list[Item] = []
        self._pitch = 0.0

    def add_page(self, items: Sequence[Item], notes: Sequence[Item], *, goes_on: bool) -> None:
        """Go on with the lines and tables of the next page, none for one without text.

        Its notes come behind them. Where its last paragraph goes on on the next page, they come before that, or wait
        for the next page if there is no other.
        """
        self._pitch = _usual_gap(items)
        self.pages.append(len(self.text))
        for number, item in enumerate(items):
            self._add(item, same_page=number > 0)
            if number == 0:
                self.pages[-1] = len(self.text) - len(self._shown(item))
        start = self.text.rfind("\n\n", self.pages[-1]) if goes_on else len(self.text)
        self._waiting += notes
        if start < 0 or not self._waiting:
            return
        paragraph, last = self.text[start:], self._last
        self.text = self.text[:start]
        if goes_on:
            self._last = None
        for note in self._waiting:
            self._add(note, same_page=True)
        self._waiting = []
        if goes_on:
            self.text, self._last = self.text + paragraph, last

    def _add(self, item: Item, *, same_page: bool) -> None:
        between = self._between(item, same_page=same_page)
        self.text = self.text[:-1] if between is None else self.text.removesuffix("\xad")
        self.text += ((between or "") if self.text else "") + self._shown(item)
        self._last = item

    def _between(self, item: Item, *, same_page: bool) -> str | None:
        """What stands between the last line and this one; None for nothing in place of its hyphen."""
        last = self._last
        if not (isinstance(last, Line) and isinstance(item, Line)):
            return "\n\n"
        if min(last.column, item.column) < 0 and item.column != last.column - 1:
            return "\n\n"
        if same_page and last.column == item.column:
            if item.top - last.bottom > self._pitch + 0.25 * item.height or not _same_size(last, item):
                return "\n\n"
            if self._stands_alone(last, item) and not _BROKEN.search(last.text):
                return "\n"
            if item.left - last.left > _INDENT * item.height and SENTENCE_END.search(last.text):
                return "\n\n"
            if last.room >= _needed(item) and not _BROKEN.search(last.text):
                ended = bool(SENTENCE_END.search(last.text))
                if ended or not last.full:
                    return "\n\n" if ended and not last.full else "\n"
        elif not runs_on(last, item):
            return "\n\n"
        return self._joint(last.text, item.text)

    def _stands_alone(self, last: Line, item: Line) -> bool:
        """Whether a line begins an item or names what it holds, or the last leads to a page or is a heading.

        A heading is a paragraph of one line that ended although the next word, in capitals, had room behind it, or of
        Chinese, which has no capitals and may be broken anywhere, one that is short.
        """
        if _begins_item(last, item) or (_LABEL.match(last.text) and _LABEL.match(item.text)):
            return True
        heading = self.text.endswith("\n\n" + last.text) or self.text == last.text
        is_short = bool(CJK.search(last.text)) and not last.full and not _in_chinese_number(last.text, item.text)
        ended = is_short or (item.text[:1].isupper() and last.room > _needed(item))
        return bool(LEADER.search(last.text)) or (heading and ended)

    def _shown(self, item: Item) -> str:
        if isinstance(item, Line):
            return _BULLET.sub("- ", item.text)
        rows = [[self._cell(cell) for cell in row] for row in item.rows]
        if item.plain:
            return "\n".join(_BULLET.sub("- ", " ".join(filter(None, row))) for row in rows)
        return "\n".join(map(barred, rows))

    def _cell(self, words: Sequence[Word]) -> str:
        text = ""
        for line in _lines(words):
            between = self._joint(text, line) if text else ""
            text = text[:-1] + line if between is None else text + between + line
        return text.removesuffix("\xad")

    def _joint(self, before: str, after: str) -> str | None:
        broken = _BROKEN.search(before)
        if before.endswith("\xad"):
            return None
        if _in_address(before, after):
            return ""
        if broken:
            return None if self._is_broken(broken[1], after) else ""
        return "" if is_chinese(before[-1:], after[:1]) or _in_chinese_number(before, after) else " "

    def _is_broken(self, start: str, after: str) -> bool:
        """Whether the hyphen broke a word: by the words of the file, else by how the parts look."""
        end = _WHOLE.match(after)
        if end is None or not end[0][0].islower() or not start[-1].islower():
            return False
        for form, answer in ((f"{start}-{end[0]}", False), (start + end[0], True)):
            if form.casefold() in self._seen:
                return answer
        return self._breaks_words and start.casefold() not in _COMPOUNDS | self._first_parts


def _parts_with_hyphen(word: str) -> list[str]:
    """The parts of a word of several that are too long to begin broken words by chance."""
    return [part for part in word.split("-")[:-1] if len(part) >= _LONG]


def without_notes(items: Sequence[Item], last: Item | None) -> tuple[list[Item], list[Item]]:
    """Lines and tables of a page, and its notes: small lines at its foot, the first with a number or star.

    Of these one that goes on with `last`, the last note of the page before, comes first on the page.
    """
    heights = sorted(item.height for item in items if isinstance(item, Line))
    start = len(items)
    for number, item in reversed(list(enumerate(items))):
        if not isinstance(item, Line) or item.height > _SMALL * heights[len(heights) // 2]:
            break
        if _NOTE.match(item.text) or runs_on(last, item):
            start = number
    notes = list(items[start:])
    tail = [notes.pop(0)] if notes and runs_on(last, notes[0]) else []
    return [*tail, *items[:start]], notes


def runs_on(last: Item | None, item: Item | None) -> bool:
    """Whether a sentence goes on from the last line of a column or page to the first of the next."""
    if (
        not (isinstance(last, Line) and isinstance(item, Line))
        or SENTENCE_END.search(last.text)
        or _begins_item(last, item)
    ):
        return False
    return item.text[:1].islower() or (last.brim and _same_size(last, item))


def _in_address(before: str, after: str) -> bool:
    """Whether an address of mail or of the web goes on from line to line."""
    start, end = before.split()[-1], after.split()[0]
    return bool(
        (_ADDRESS.search(start) and not start[-1].isalnum() and start[-1] not in ",;:)]" and end[0].islower())
        or (start[-1] == "-" and _ADDRESS.search(end))
    )


def _in_chinese_number(before: str, after: str) -> bool:
    return before[-1].isdigit() and after[0].isdigit() and bool(CJK.search(before) and CJK.search(after))


def _needed(line: Line) -> float:
    """The room that a blank and the first word of the line need."""
    word = line.words[0]
    width = word.right - word.left
    return width / len(word.text) if CJK.match(word.text) else width + word.height / 4


def _same_size(one: Line, other: Line) -> bool:
    low, high = sorted((one.height, other.height))
    return high < 1.15 * low


def _begins_item(last: Line, line: Line) -> bool:
    """Whether the line begins with a bullet, or with a number or dash that does not go on with the last sentence."""
    first = line.words[0].text
    ended = not last.full or bool(SENTENCE_END.search(last.text))
    return bool(_BULLET.match(first)) or (ended and len(line.words) > 1 and is_mark(first))


def _usual_gap(items: Sequence[Item]) -> float:
    """The room between most lines of a page that stand below each other; of few lines, what may be between them."""
    pairs = [
        (after.top - before.bottom, after.height)
        for before, after in pairwise(items)
        if isinstance(before, Line) and isinstance(after, Line) and before.column == after.column
    ]
    gap, height = sorted(pairs)[len(pairs) // 3] if pairs else (0.0, 0.0)
    return max(0.0, gap if len(pairs) > 2 else min(gap, 0.35 * height))


def _whole_words(pages: Sequence[Sequence[Item]]) -> set[str]:
    """The words of the file but the first and last of each line, which may be parts of one."""
    words = (
        word.text
        for items in pages
        for item in items
        for word in (item.words[1:-1] if isinstance(item, Line) else item.words)
    )
    return {found.casefold() for word in words for found in _WHOLE.findall(word)}


def _breaks_words(pages: Sequence[Sequence[Item]]) -> bool:
    full = [line.text for items in pages for line in items if isinstance(line, Line) and line.full]
    broken = [text for text in full if (found := _BROKEN.search(text)) and found[1][-1].islower()]
    return len([text for text in broken if not _ADDRESS.search(text.split()[-1])]) > _FEWEST_BROKEN * len(full)


def _lines(words: Sequence[Word]) -> list[str]:
    """The words of a cell, in the order they are read, line by line."""
    lines: list[list[Word]] = []
    for word in words:
        if lines and (word.top + word.bottom) / 2 < lines[-1][0].bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [joined(line) for line in lines]
