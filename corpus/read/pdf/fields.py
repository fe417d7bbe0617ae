"""Words of the filled fields of a PDF page, placed among those of its text as if they were written there."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.read.pdf.annotations import Box, Field

if TYPE_CHECKING:
    from corpus.read.pdf.words import Word

_LETTER = 0.45
"""Width of a letter, in heights of a line."""
_NEAR = 2.0

Placed = tuple[str, Box, int]
"""A word, its box, and the number of the character before which it is read."""


def placed_words(fields: Sequence[Field], words: Sequence["Word"]) -> Iterator[Placed]:
    """The words of the fields but of those whose text the page's own words have there already."""
    heights = sorted(word.height for word in words)
    usual = heights[len(heights) // 2] if heights else 12.0
    for field in fields:
        if holds(words, field.box, field.lines):
            continue
        beside = _beside(field.box, words)
        at = _number(field.box, beside, words)
        for line, (top, bottom) in zip(field.lines, _rows(field, beside, usual), strict=True):
            yield from _in_line(line, field.box, top, bottom, at)


def holds(words: Sequence["Word"], box: Box, lines: Sequence[str]) -> bool:
    """Whether the words within a box say the lines; whether there are any, where these are the sign of a box."""
    left, top, right, bottom = box
    inside = "".join(
        word.text
        for word in words
        if left - _NEAR < (word.left + word.right) / 2 < right + _NEAR
        and top - _NEAR < (word.top + word.bottom) / 2 < bottom + _NEAR
    )
    wanted = "".join("".join(lines).split())
    return bool(inside) if wanted in ("☒", "☐") else wanted in inside


def _beside(box: Box, words: Sequence["Word"]) -> "Word | None":
    """The nearest word of the row that the field stands in, on its left if there is one."""
    left, top, right, bottom = box
    row = [word for word in words if top < (word.top + word.bottom) / 2 < bottom]
    before = [word for word in row if word.right < left + _NEAR]
    after = [word for word in row if word.left > right - _NEAR]
    return max(before, key=lambda word: word.right, default=None) or min(after, key=lambda w: w.left, default=None)


def _number(box: Box, beside: "Word | None", words: Sequence["Word"]) -> int:
    if beside is not None:
        return beside.characters.stop if beside.left < box[0] else beside.characters.start
    return max((word.characters.stop for word in words if word.bottom < box[1] + _NEAR), default=0)


def _rows(field: Field, beside: "Word | None", usual: float) -> Iterator[tuple[float, float]]:
    """Top and bottom of each line: that of the word beside the only one, else in the middle of the field."""
    _, top, _, bottom = field.box
    count = len(field.lines)
    height = min(usual, max(1.0, (bottom - top) / count))
    if count == 1 and beside is not None:
        yield beside.top, beside.bottom
        return
    start = max(top, (top + bottom - 1.2 * count * height) / 2) if count == 1 else top
    for number in range(count):
        yield start + number * height, start + (number + 1) * height


def _in_line(line: str, box: Box, top: float, bottom: float, at: int) -> Iterator[Placed]:
    width = min(_LETTER * (bottom - top), (box[2] - box[0]) / max(1, len(line)))
    left = box[0]
    for word in line.split():
        right = left + width * len(word)
        yield word, (left, top, right, bottom), at
        left = right + width
