"""The rows of a table of a rich text file on the columns of the whole table, which each row draws anew."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.read.docx.blocks import COLUMNS
from corpus.read.rows import spread

_NARROWEST = 150
"""Twips, of which an inch has 1440: a column narrower than that holds no letter, and its edges are one."""


class Cell(NamedTuple):
    """A cell of a row: its right edge in twips, 0 where none is drawn; and what it goes on with, if it is merged."""

    text: str
    edge: int = 0
    is_above: bool = False
    is_before: bool = False


def on_columns(rows: Sequence[Sequence[Cell]]) -> Iterator[list[str]]:
    """The texts of each row, one for each column; what a merged or wide cell holds stands in all that it spans."""
    edges = sorted({cell.edge for row in rows for cell in row if cell.edge > 0})
    ends = dict.fromkeys(edges[:1], 1)
    for left, right in pairwise(edges):
        ends[right] = min(ends[left] + (right - left >= _NARROWEST), COLUMNS)
    above: list[str] = []
    for row in rows:
        cells: list[tuple[str, int]] = []
        at = 0
        for cell in row:
            width = max(1, ends.get(cell.edge, 0) - at)
            if cell.is_before and cells:
                cells[-1] = cells[-1][0], cells[-1][1] + width
            else:
                cells.append((above[at] if cell.is_above and at < len(above) else cell.text, width))
            at += width
        above = [text for text, width in cells for _ in range(width)]
        yield spread(cells)
