"""Tables of a PDF page: between rules, or by columns that stand below each other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from corpus.read.pdf.lines import LEADER, Line, Stretch, Table, gaps_of, is_mark, joined, lines_of, rows_of, stretch_of
from corpus.read.pdf.words import Box, Word

_MOST_RULES, _MOST_CROSSINGS = 4000, 2000
_SNAP = 3
_ALIGNED = 0.08
"""By which a gap between rows must exceed one between lines, in heights of a line."""

_AHEAD = 2
"""Rows that may hold what goes on from a row: one beside the middle of a cell may stand between its lines."""

_ALIKE, _WIDEST_BLANK = 1.35, 1.4

Rows = Sequence[Sequence[Stretch]]


def ruled_tables(words: Sequence[Word], rules: Sequence[Box]) -> list[Stretch]:
    """Tables drawn with rules; a frame around text, or rules without a grid, is none."""
    if not 4 <= len(rules) <= _MOST_RULES:
        return []
    from pdfplumber import table as grids

    flat = [(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2) for x0, y0, x1, y1 in rules if y1 - y0 <= _SNAP < x1 - x0]
    upright = [((x0 + x1) / 2, y0, (x0 + x1) / 2, y1) for x0, y0, x1, y1 in rules if x1 - x0 <= _SNAP < y1 - y0]
    flat, upright = _merged(flat, upright)
    if len(flat) * len(upright) > _MOST_CROSSINGS:
        return []
    flat, upright = (
        [line for line in flat if any(_meet(line, other) for other in upright)],
        [line for line in upright if any(_meet(other, line) for other in flat)],
    )
    edges = list(_edges(*_merged(*_closed(flat, upright))))
    cells = grids.intersections_to_cells(grids.edges_to_intersections(edges, _SNAP, _SNAP))
    found = (_ruled(words, cells) for cells in grids.cells_to_tables(cells))
    return [stretch for stretch in found if stretch is not None]


def _merged(flat: Sequence[Box], upright: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """Rules, those that go on from each other as one."""
    from pdfplumber import table as grids

    edges = grids.merge_edges(list(_edges(flat, upright)), _SNAP, _SNAP, _SNAP, _SNAP)
    boxes = {way: [edge for edge in edges if edge["orientation"] == way] for way in "hv"}
    one, other = ([(edge["x0"], edge["top"], edge["x1"], edge["bottom"]) for edge in boxes[way]] for way in "hv")
    return one, other


def _closed(flat: list[Box], upright: list[Box]) -> tuple[list[Box], list[Box]]:
    """Rules with those that are missing where a table is open at its sides, and two of its rules end."""
    across, along = [(line[0], line[2]) for line in flat], [(line[1], line[3]) for line in upright]
    sides = [(x, low, x, high) for x, low, high in _open_ends(across, [line[1] for line in flat], along)]
    ends = [(low, y, high, y) for y, low, high in _open_ends(along, [line[0] for line in upright], across)]
    return flat + ends, upright + sides


def _edges(flat: Sequence[Box], upright: Sequence[Box]) -> Iterator[dict[str, Any]]:
    """Rules as pdfplumber has them."""
    for orientation, lines in (("h", flat), ("v", upright)):
        for x0, y0, x1, y1 in lines:
            size = {"width": x1 - x0, "height": y1 - y0, "orientation": orientation}
            yield {"x0": x0, "top": y0, "x1": x1, "bottom": y1, **size}


def _meet(flat: Box, upright: Box) -> bool:
    x, y = upright[0], flat[1]
    return flat[0] - _SNAP <= x <= flat[2] + _SNAP and upright[1] - _SNAP <= y <= upright[3] + _SNAP


def _open_ends(
    spans: Sequence[tuple[float, float]], places: Sequence[float], others: Sequence[tuple[float, float]]
) -> Iterator[tuple[float, float, float]]:
    """Where two rules or more begin, or end, at one point, and from where to where a rule would close them there.

    A rule spans from one point to another at its place; `others` are the spans of those that run the other way.
    """
    found: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for span, place in zip(spans, places, strict=True):
        for side, end in enumerate(span):
            found[side, round(end)].append(place)
    for (_, end), ending in found.items():
        low, high = min(ending), max(ending)
        if high > low:
            crossed = [other for other in others if other[0] <= high and low <= other[1]]
            yield end, min([low, *(other[0] for other in crossed)]), max([high, *(other[1] for other in crossed)])


def _ruled(words: Sequence[Word], cells: Sequence[Box]) -> Stretch | None:
    """The words between the rules; the words of a cell over several rows stand in each of them."""
    tops, lefts = sorted({cell[1] for cell in cells}), sorted({cell[0] for cell in cells})
    held = {cell: [word for word in words if _inside(word, cell)] for cell in cells}
    rows: list[list[list[Word]]] = []
    for top in tops:
        row = [held[cell] for cell in sorted(cells) if cell[1] <= top < cell[3]]
        if any(row):
            rows += _parted(row)
    inside = [word for cell in held.values() for word in cell]
    if len(lefts) < 2 or len(rows) < 2 or sum(bool(cell) for row in rows for cell in row) < 3:
        return None
    right, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
    height = max(word.height for word in inside)
    return Stretch(inside, "", lefts[0], tops[0], right, bottom, height, Table(rows))


def _parted(row: Sequence[Sequence[Word]]) -> list[list[list[Word]]]:
    """What stands between two rules over each other: rows of a table where most lines fill all its cells, else one."""
    cell_of = {id(word): number for number, cell in enumerate(row) for word in cell}
    lines = [
        [stretch_of(sorted(words, key=_place)) for words in _shares(line, cell_of).values()]
        for line in rows_of(word for cell in row for word in cell)
    ]
    bands = list(bands_of(lines))
    filled = sum(map(bool, row))
    if filled < 2 or 2 * sum(sum(map(len, band)) < filled for band in bands) >= len(bands):
        bands = [lines]
    found = [[word for line in band for stretch in line for word in stretch.words] for band in bands]
    return [[_shares(words, cell_of)[number] for number in range(len(row))] for words in found]


def _shares(words: Sequence[Word], cell_of: dict[int, int]) -> defaultdict[int, list[Word]]:
    shares: defaultdict[int, list[Word]] = defaultdict(list)
    for word in words:
        shares[cell_of[id(word)]].append(word)
    return shares


def _place(word: Word) -> float:
    return word.left


def _inside(word: Word, cell: Box) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return cell[0] <= x < cell[2] and cell[1] <= y < cell[3]


def with_tables(rows: Rows, rules: Sequence[Box]) -> Iterator[Line | Table]:
    """Rows of one column of the page: tables where cells stand below each other, lines elsewhere."""
    bands = list(bands_of(rows))
    cells = [_cells(band) for band in bands]
    plain: list[Sequence[Stretch]] = []
    number = 0
    while number < len(bands):
        length = _table_length(cells[number:])
        table = _aligned(cells[number : number + length], rules) if length else None
        end = number + max(1, length)
        if table is None:
            plain += [row for band in bands[number:end] for row in band]
        else:
            yield from lines_of(plain)
            yield table
            plain = []
        number = end
    yield from lines_of(plain)


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
        if len(above) == 1 < len(band) and _begins(above[0], _cells(band)):
            bands[number - 1 : number + 1] = [above + band]
    whole: list[Rows] = []
    for band in bands:
        if whole and len(band) == 1 < len(whole[-1]) and _ends(band[0], _cells(whole[-1])):
            whole[-1] = [*whole[-1], *band]
        else:
            whole.append(band)
    for rows in whole:
        yield from _checked(rows)


def _begins(row: Sequence[Stretch], cells: Sequence[Stretch]) -> bool:
    """Whether the row begins the first of the cells, which stand with their middles at one height."""
    top = 2 * min(map(_height, cells)) - max(cell.bottom for cell in cells)
    return len(cells) > 1 and row[-1].right < cells[1].left and row[0].top > top - 1


def _ends(row: Sequence[Stretch], cells: Sequence[Stretch]) -> bool:
    """Whether the row ends the last of the cells, which stand with their middles at one height."""
    bottom = 2 * max(map(_height, cells)) - min(cell.top for cell in cells)
    under = all(cell.right < row[0].left or cell.left > row[0].left - 1 for cell in cells)
    return under and cells[0].right < row[0].left and row[0].bottom < bottom + 1


def _checked(band: Rows) -> list[Rows]:
    """The band; its rows one by one where it is a table, or a form, that is drawn column by column."""
    cells = len(_cells(band)) if len(band) > 1 else 0
    whole = sum(len(row) >= cells for row in band)
    return [[row] for row in band] if cells < 2 or (len(band) > 2 and 2 * whole > len(band)) else [band]


def _cells(band: Rows) -> Sequence[Stretch]:
    """The cells of a band; text that goes on below belongs to those from above its first word, gaps or not."""
    if len(band) == 1:
        return band[0]
    cells: list[Stretch] = []
    for stretch in sorted((stretch for row in band for stretch in row), key=_first_drawn):
        words = stretch.words
        if cells and _height(stretch) > cells[-1].bottom:
            while cells and cells[-1].right > stretch.left:
                words = cells.pop().words + words
        cells.append(stretch_of(words))
    return sorted(cells, key=lambda cell: cell.left)


def _first_drawn(stretch: Stretch) -> int:
    return stretch.words[0].characters.start


def _table_length(rows: Rows) -> int:
    """How many of the rows, from the first, are those of a table; 0 when it does not begin here."""
    if len(rows[0]) < 2:
        return 0
    columns: list[tuple[float, float]] = []
    widest = 0.0
    length = 0
    for number, row in enumerate(rows):
        step = _step(rows[number - 1], row) if number else 0
        height = max(stretch.height for stretch in row)
        if number > 1 and step > widest + (1.5 if len(row) > 1 else 0.3) * height:
            break
        grown = _grown(columns, row)
        if grown is None:
            break
        columns = grown
        widest = max(widest, step)
        length = number + 1
    while length and len(rows[length - 1]) == 1 and _begins_anew(rows[length - 1][0], rows[length - 2]):
        length -= 1
    cells = [len(row) for row in rows[:length] if len(row) > 1]
    enough = len(cells) > 2 or (len(cells) == 2 and (min(cells) > 2 or _gap(rows[:length]) > 2))
    enough = enough or (bool(cells) and max(cells) > 2 and _have_wrapped(rows[:length]))
    return length if enough else 0


def _step(above: Sequence[Stretch], row: Sequence[Stretch]) -> float:
    """From the middle of the last line of cells to that of the first line of the cells below."""
    return min(_height(stretch.words[0]) for stretch in row) - max(_height(stretch.words[-1]) for stretch in above)


def _begins_anew(stretch: Stretch, above: Sequence[Stretch]) -> bool:
    return _step(above, [stretch]) > 1.5 * stretch.height


def _gap(rows: Rows) -> float:
    """The narrowest gap between cells, in heights of a line."""
    return min((after.left - before.right) / before.height for row in rows for before, after in pairwise(row))


def _grown(columns: list[tuple[float, float]], row: Sequence[Stretch]) -> list[tuple[float, float]] | None:
    """The columns with a row more, or None where one of its stretches lies across two of them."""
    grown = list(columns)
    for stretch in row:
        if stretch.table is not None:
            return None
        touched = [column for column in grown if column[0] < stretch.right + 2 and stretch.left - 2 < column[1]]
        if len(touched) > 1:
            return None
        grown = [column for column in grown if column not in touched]
        edges = [stretch.left, stretch.right, *(edge for column in touched for edge in column)]
        grown.append((min(edges), max(edges)))
    if len(grown) < len(columns) or any(_share_column(grown, one, other) for one, other in pairwise(row)):
        return None
    return sorted(grown)


def _share_column(columns: list[tuple[float, float]], one: Stretch, other: Stretch) -> bool:
    return any(left <= one.left <= right and left <= other.left <= right for left, right in columns)


def _aligned(rows: Rows, rules: Sequence[Box]) -> Table | None:
    """The rows as a table; None for stretched lines, contents, and a list whose numbers stand apart."""
    columns: list[tuple[float, float]] = []
    for row in rows:
        columns = _grown(columns, row) or columns
    table: list[list[list[Word]]] = []
    for group in _groups(rows, columns, rules):
        cells: list[list[Word]] = [[] for _ in columns]
        for stretch in (stretch for row in group for stretch in row):
            cells[_column(columns, stretch)].extend(stretch.words)
        table.append(cells)
    names = [joined(row[0]) for row in table if row[0]]
    if _is_justified(rows) or any(LEADER.search(" ".join(stretch.text for stretch in row)) for row in rows):
        return None
    if len(columns) == 2 and all(is_mark(name) for name in names):
        return None
    plain = all(name.endswith((":", "：")) for name in names) or _count_up(names)
    return Table(table, plain=len(columns) == 2 and plain)


def _is_justified(rows: Rows) -> bool:
    """Whether the rows are lines stretched to the width of their column.

    The blanks of such a line are all alike; where it has but one, it begins and ends as most lines do, and the text
    goes on from line to line.
    """
    if _have_wrapped(rows):
        return False
    most = _WIDEST_BLANK * rows[0][0].height
    alike = [0 < min(gaps) and max(gaps) < min(most, _ALIKE * min(gaps)) for gaps in gaps_of(rows) if len(gaps) > 1]
    if 2 * sum(alike) > len(rows):
        return True
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    filled = [row[0].left < left + 1 and row[-1].right > right - 1 for row in rows]
    goes_on = [not row[0].text[:1].isupper() and not row[0].text[:1].isdigit() for row in rows[1:]]
    return 4 * sum(filled) >= 3 * len(filled) and 2 * sum(goes_on) >= len(goes_on)


def _have_wrapped(rows: Rows) -> bool:
    """Whether there are cells of several lines; they are whole already."""
    return any(stretch.bottom - stretch.top > 1.5 * stretch.height for row in rows for stretch in row)


def _count_up(names: Sequence[str]) -> bool:
    """Whether the names are numbers one after the other, as those of a list are."""
    numbers = [int(name) for name in names if name.isdecimal() and len(name) < 3]
    return len(numbers) == len(names) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _column(columns: Sequence[tuple[float, float]], stretch: Stretch) -> int:
    return next(number for number, (left, right) in enumerate(columns) if left <= stretch.left <= right)


def _groups(rows: Rows, columns: Sequence[tuple[float, float]], rules: Sequence[Box]) -> list[list[Sequence[Stretch]]]:
    """Rows of text that make one row of the table: told by rules, by gaps, or by an empty first cell."""
    first = {number for number, row in enumerate(rows) if _column(columns, row[0]) == 0}
    ruled = _starts_by_rules(rows, rules)
    told = (ruled if len(ruled) > 1 and not _have_wrapped(rows) else [], _starts_by_gaps(rows), [*first, *ruled])
    sure = (starts for starts in told[:2] if starts and _are_wrapped(rows, starts, len(columns)))
    starts = sorted({0, *next(sure, told[2])})
    return [list(rows[start:end]) for start, end in zip(starts, [*starts[1:], len(rows)], strict=True)]


def _are_wrapped(rows: Rows, starts: Sequence[int], columns: int) -> bool:
    """Whether most rows that are no starts lack cells, or begin small."""
    wrapped = [row for number, row in enumerate(rows) if number and number not in starts]
    lacking = sum(len(row) < columns for row in wrapped)
    cells = [stretch.text[:1].islower() for row in wrapped for stretch in row]
    return 2 * lacking >= len(wrapped) or 2 * sum(cells) >= len(cells)


def _starts_by_rules(rows: Rows, rules: Sequence[Box]) -> list[int]:
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    heights = [(y0 + y1) / 2 for x0, y0, x1, y1 in rules if min(x1, right) - max(x0, left) > 0.5 * (right - left)]
    return [
        number
        for number in range(1, len(rows))
        if any(_middle(rows[number - 1]) < height < _middle(rows[number]) for height in heights)
    ]


def _middle(row: Sequence[Stretch]) -> float:
    return max(map(_height, row))


def _height(stretch: Stretch | Word) -> float:
    return (stretch.top + stretch.bottom) / 2


def _starts_by_gaps(rows: Rows) -> list[int]:
    """Rows below a wide gap, where gaps are of two kinds."""
    steps = [_step(above, row) for above, row in pairwise(rows)]
    height = rows[0][0].height
    if not steps or max(steps) - min(steps) < _ALIGNED * height or min(steps) > 1.5 * height:
        return []
    return [number for number, step in enumerate(steps, 1) if step > min(steps) + _ALIGNED * height / 2]
