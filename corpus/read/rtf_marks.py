"""Marks of our own that stand in the text of a rich text file for its layout, all of a private range."""

import re

from corpus.read.raised import raised

HEADING, DEPTH = 0xE010, 0xE020
END, CELL, ROW, ABOVE, ITEM, LABEL_END, TITLE, PAGE = (chr(0xE000 + number) for number in range(8))
OPEN, CLOSE, NOTE, HEADER, FOOTER, STATED, SAID, UP, DOWN = (chr(0xE008 + number) for number in range(9))
BEFORE, EDGE = chr(0xE030), chr(0xE031)
"""Before the end of a cell: that it goes on with the one before it; and, around the figures of it, its right edge."""
_RAISED = re.compile(f"({OPEN}?){UP}([^{UP}{DOWN}]*){DOWN}")
_BETWEEN_MARKS = re.compile("[^\ue000-\ue031]+")


def coded(marks: str) -> bytes:
    """Characters as codes of rich text."""
    return b"".join(b"{\\uc0\\u%d }" % ord(mark) for mark in marks)


def lifted(text: str) -> str:
    """`text` with what stands between `UP` and `DOWN` in raised signs, without these marks.

    A mark of a note, which opens one or stands right before one, stays as it is.
    """
    return _RAISED.sub(_lifted, text)


def _lifted(found: re.Match[str]) -> str:
    is_mark = found[1] or OPEN in found[2]
    return found[1] + (found[2] if is_mark else _BETWEEN_MARKS.sub(lambda piece: raised(piece[0]), found[2]))
