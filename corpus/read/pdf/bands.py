"""Rows of a PDF page in bands: lines drawn in turn with those beside them hold the wrapped cells of one row."""

from collections.abc import Iterator, Sequence

from corpus.read.pdf.lines import Stretch, stretch_of
from corpus.read.pdf.words import Word

_AHEAD = 2
"""Rows that may hold what goes on from a row: one beside the middle of a cell may stand between its lines."""

Rows = Sequence[Sequence[Stretch]]


def bands_of(rows: Rows) -> Iterator[Rows]:
    """Rows in bands: those of which one is drawn before the other is complete hold the wrapped cells of one row."""
    firsts = [min(map(_first_drawn, row)) for row in rows]
    bands: list[list[Sequence[Stretch]]] = []
    drawn = 0
    for number, row in enumerate(rows):
        if not bands or min(firsts[number : number + _AHEAD]) > drawn:
            bands.append([])
        bands[-1].append(row)
        drawn = max(drawn, *(stretch.words[-1].characters.start for stretch in row))
    for number in reversed(range(1, len(bands))):
        above, band = bands[number - 1 : number + 1]
        if len(above) == 1 < len(band) and _begins(above[0], cells_of(band)):
            bands[number - 1 : number + 1] = [above + band]
    whole: list[Rows] = []
    for band in bands:
        if whole and len(band) == 1 < len(whole[-1]) and _ends(band[0], cells_of(whole[-1])):
            whole[-1] = [*whole[-1], *band]
        else:
            whole.append(band)
    for rows in whole:
        yield from _checked(rows)


def _begins(row: Sequence[Stretch], cells: Sequence[Stretch]) -> bool:
    """Whether the row begins the first of the cells, which stand with their middles at one height."""
    top = 2 * min(map(middle_of, cells)) - max(cell.bottom for cell in cells)
    return len(cells) > 1 and row[-1].right < cells[1].left and row[0].top > top - 1


def _ends(row: Sequence[Stretch], cells: Sequence[Stretch]) -> bool:
    """Whether the row ends the last of the cells, which stand with their middles at one height."""
    bottom = 2 * max(map(middle_of, cells)) - min(cell.top for cell in cells)
    under = all(cell.right < row[0].left or cell.left > row[0].left - 1 for cell in cells)
    return under and cells[0].right < row[0].left and row[0].bottom < bottom + 1


def _checked(band: Rows) -> list[Rows]:
    """The band; its rows one by one where it is a table, or a form, that is drawn column by column."""
    cells = len(cells_of(band)) if len(band) > 1 else 0
    whole = sum(len(row) >= cells for row in band)
    return [[row] for row in band] if cells < 2 or (len(band) > 2 and 2 * whole > len(band)) else [band]


def cells_of(band: Rows) -> Sequence[Stretch]:
    """The cells of a band; text that goes on below belongs to those from above its first word, gaps or not."""
    if len(band) == 1:
        return band[0]
    cells: list[Stretch] = []
    for stretch in sorted((stretch for row in band for stretch in row), key=_first_drawn):
        words = stretch.words
        if cells and middle_of(stretch) > cells[-1].bottom:
            while cells and cells[-1].right > stretch.left:
                words = cells.pop().words + words
        cells.append(stretch_of(words))
    return sorted(cells, key=lambda cell: cell.left)


def _first_drawn(stretch: Stretch) -> int:
    return stretch.words[0].characters.start


def middle_of(stretch: Stretch | Word) -> float:
    """The height on the page of its middle."""
    return (stretch.top + stretch.bottom) / 2
