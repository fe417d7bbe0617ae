"""Tables of a PDF page that no rules tell: cells in columns that stand below each other."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.read.pdf.bands import Rows, bands_of, cells_of, middle_of
from corpus.read.pdf.lines import LEADER, Line, Stretch, Table, gaps_of, is_mark, joined, lines_of
from corpus.read.pdf.words import Box, Word

_ALIGNED = 0.08
"""By which a gap between rows must exceed one between lines, in heights of a line."""

_ALIKE, _WIDEST_BLANK = 1.35, 1.4


def with_tables(rows: Rows, rules: Sequence[Box]) -> Iterator[Line | Table]:
    """Rows of one column of the page: tables where cells stand below each other, lines elsewhere."""
    bands = list(bands_of(rows))
    cells = [cells_of(band) for band in bands]
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
    return min(middle_of(stretch.words[0]) for stretch in row) - max(middle_of(stretch.words[-1]) for stretch in above)


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
    return max(map(middle_of, row))


def _starts_by_gaps(rows: Rows) -> list[int]:
    """Rows below a wide gap, where gaps are of two kinds."""
    steps = [_step(above, row) for above, row in pairwise(rows)]
    height = rows[0][0].height
    if not steps or max(steps) - min(steps) < _ALIGNED * height or min(steps) > 1.5 * height:
        return []
    return [number for number, step in enumerate(steps, 1) if step > min(steps) + _ALIGNED * height / 2]
