"""Tables of a PDF page: between rules, or by columns that stand below each other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from corpus.read.pdf.lines import LEADER, Line, Stretch, Table, gaps_of, is_mark, joined, lines_of, rows_of
from corpus.read.pdf.words import Box, Word

_MOST_RULES, _MOST_CROSSINGS = 4000, 2000
_SNAP = 3
_ALIGNED = 0.08
"""By which a gap between rows must exceed one between lines, in heights of a line."""

_ALIKE, _WIDEST_BLANK = 1.35, 1.4

Rows = Sequence[Sequence[Stretch]]


def ruled_tables(words: Sequence[Word], rules: Sequence[Box]) -> list[Stretch]:
    """Tables drawn with rules; a frame around text, or rules without a grid, is none."""
    if not 4 <= len(rules) <= _MOST_RULES:
        return []
    from pdfplumber import table as grids

    edges = grids.merge_edges(list(_edges(rules)), _SNAP, _SNAP, _SNAP, _SNAP)
    flat = sum(edge["orientation"] == "h" for edge in edges)
    if flat * (len(edges) - flat) > _MOST_CROSSINGS:
        return []
    cells = grids.intersections_to_cells(grids.edges_to_intersections(edges, _SNAP, _SNAP))
    found = (_ruled(words, cells) for cells in grids.cells_to_tables(cells))
    return [stretch for stretch in found if stretch is not None]


def _edges(rules: Sequence[Box]) -> Iterator[dict[str, Any]]:
    """Rules as pdfplumber has them; a table open at its sides is closed where two of its rules end."""
    flat = [(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2) for x0, y0, x1, y1 in rules if y1 - y0 <= _SNAP < x1 - x0]
    upright = [((x0 + x1) / 2, y0, (x0 + x1) / 2, y1) for x0, y0, x1, y1 in rules if x1 - x0 <= _SNAP < y1 - y0]
    if not flat or not upright:
        return
    across, along = [(line[0], line[2]) for line in flat], [(line[1], line[3]) for line in upright]
    sides = [(x, low, x, high) for x, low, high in _open_ends(across, [line[1] for line in flat], along)]
    ends = [(low, y, high, y) for y, low, high in _open_ends(along, [line[0] for line in upright], across)]
    for orientation, lines in (("h", flat + ends), ("v", upright + sides)):
        for line in lines:
            yield _edge(*line, orientation)


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


def _edge(left: float, top: float, right: float, bottom: float, orientation: str) -> dict[str, Any]:
    size = {"width": right - left, "height": bottom - top}
    return {"x0": left, "top": top, "x1": right, "bottom": bottom, "orientation": orientation, **size}


def _ruled(words: Sequence[Word], cells: Sequence[Box]) -> Stretch | None:
    """The words between the rules; the words of a cell over several rows stand in each of them."""
    tops, lefts = sorted({cell[1] for cell in cells}), sorted({cell[0] for cell in cells})
    held = {cell: [word for word in words if _inside(word, cell)] for cell in cells}
    rows = []
    for top in tops:
        row = [held[cell] for cell in sorted(cells) if cell[1] <= top < cell[3]]
        if any(row):
            rows.append([[word for line in rows_of(cell) for word in sorted(line, key=_place)] for cell in row])
    inside = [word for cell in held.values() for word in cell]
    if len(lefts) < 2 or len(rows) < 2 or sum(bool(cell) for row in rows for cell in row) < 3:
        return None
    right, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
    height = max(word.height for word in inside)
    return Stretch(inside, "", lefts[0], tops[0], right, bottom, height, Table(rows))


def _place(word: Word) -> float:
    return word.left


def _inside(word: Word, cell: Box) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return cell[0] <= x < cell[2] and cell[1] <= y < cell[3]


def with_tables(rows: Rows, rules: Sequence[Box]) -> Iterator[Line | Table]:
    """Rows of one column of the page: tables where cells stand below each other, lines elsewhere."""
    plain: list[Sequence[Stretch]] = []
    number = 0
    while number < len(rows):
        length = _table_length(rows[number:])
        table = _aligned(rows[number : number + length], rules) if length else None
        if table is None:
            plain += rows[number : number + max(1, length)]
            number += max(1, length)
            continue
        yield from lines_of(plain)
        yield table
        plain = []
        number += length
    yield from lines_of(plain)


def _table_length(rows: Rows) -> int:
    """How many of the rows, from the first, are those of a table; 0 when it does not begin here."""
    if len(rows[0]) < 2:
        return 0
    columns: list[tuple[float, float]] = []
    pitch = 0.0
    length = 0
    for number, row in enumerate(rows):
        step = row[0].bottom - rows[number - 1][0].bottom if number else 0
        height = max(stretch.height for stretch in row)
        if number > 1 and step > max(
            pitch + (1.5 if len(row) > 1 else 0.3) * height, 1.6 * pitch if len(row) > 1 else 0
        ):
            break
        grown = _grown(columns, row)
        if grown is None:
            break
        columns = grown
        pitch = max(pitch, step)
        length = number + 1
    while length and len(rows[length - 1]) == 1 and _begins_anew(rows[length - 1][0], rows[length - 2]):
        length -= 1
    cells = [len(row) for row in rows[:length] if len(row) > 1]
    enough = len(cells) > 2 or (len(cells) == 2 and (min(cells) > 2 or _gap(rows[:length]) > 2))
    return length if enough else 0


def _begins_anew(stretch: Stretch, above: Sequence[Stretch]) -> bool:
    return stretch.top - max(one.bottom for one in above) > 0.5 * stretch.height


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
    most = _WIDEST_BLANK * rows[0][0].height
    alike = [0 < min(gaps) and max(gaps) < min(most, _ALIKE * min(gaps)) for gaps in gaps_of(rows) if len(gaps) > 1]
    if 2 * sum(alike) > len(rows):
        return True
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    filled = [row[0].left < left + 1 and row[-1].right > right - 1 for row in rows]
    goes_on = [not row[0].text[:1].isupper() and not row[0].text[:1].isdigit() for row in rows[1:]]
    return 4 * sum(filled) >= 3 * len(filled) and 2 * sum(goes_on) >= len(goes_on)


def _count_up(names: Sequence[str]) -> bool:
    """Whether the names are numbers one after the other, as those of a list are."""
    numbers = [int(name) for name in names if name.isdecimal() and len(name) < 3]
    return len(numbers) == len(names) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _column(columns: Sequence[tuple[float, float]], stretch: Stretch) -> int:
    return next(number for number, (left, right) in enumerate(columns) if left <= stretch.left <= right)


def _groups(rows: Rows, columns: Sequence[tuple[float, float]], rules: Sequence[Box]) -> list[list[Sequence[Stretch]]]:
    """Rows of text that make one row of the table: told by rules, by gaps, or by an empty first cell."""
    starts = _starts_by_rules(rows, rules) or _starts_by_gaps(rows, columns)
    if not starts:
        starts = [number for number, row in enumerate(rows) if _column(columns, row[0]) == 0]
    starts = sorted({0, *starts})
    return [list(rows[start:end]) for start, end in zip(starts, [*starts[1:], len(rows)], strict=True)]


def _starts_by_rules(rows: Rows, rules: Sequence[Box]) -> list[int]:
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    heights = [(rule[1] + rule[3]) / 2 for rule in rules if rule[2] - rule[0] > 0.5 * (right - left)]
    between = [
        number
        for number in range(1, len(rows))
        if any(_middle(rows[number - 1]) < height < _middle(rows[number]) for height in heights)
    ]
    return between if len(between) > 1 else []


def _middle(row: Sequence[Stretch]) -> float:
    return max((stretch.top + stretch.bottom) / 2 for stretch in row)


def _starts_by_gaps(rows: Rows, columns: Sequence[tuple[float, float]]) -> list[int]:
    """Rows below a wide gap, where gaps are of two kinds and most rows below narrow ones lack cells or begin small."""
    steps = [_middle(rows[number]) - _middle(rows[number - 1]) for number in range(1, len(rows))]
    narrow, wide = min(steps), max(steps)
    height = rows[0][0].height
    if wide - narrow < _ALIGNED * height or narrow > 1.5 * height:
        return []
    starts = [number for number, step in enumerate(steps, 1) if step > narrow + _ALIGNED * height / 2]
    wrapped = [row for number, row in enumerate(rows) if number and number not in starts]
    lacking = sum(len(row) < len(columns) for row in wrapped)
    cells = [stretch.text[:1].islower() for row in wrapped for stretch in row]
    return starts if wrapped and (2 * lacking >= len(wrapped) or 2 * sum(cells) >= len(cells)) else []
