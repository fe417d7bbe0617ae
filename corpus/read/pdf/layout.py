"""The reading order of a PDF page: columns one after the other, text across them in its place, tables as such."""

from collections import Counter
from collections.abc import Sequence
from itertools import count, pairwise

from corpus.read.pdf.bands import bands_of
from corpus.read.pdf.lines import SENTENCE_END, Line, Stretch, Table, gaps_of, rows_of, stretches_of
from corpus.read.pdf.ruled import ruled_tables
from corpus.read.pdf.tables import with_tables
from corpus.read.pdf.words import CJK, Box, PageWords, Word

_LEAST_GUTTER = 0.6
_LEAST_LETTERS = 16
_WIDER = 1.3
_MOST_CUTS = 6
_LEVEL, _LEAST_ROWS = 1.5, 3
_MOST_GUTTERS = 12


def reading_order(page: PageWords, words: Sequence[Word]) -> list[Line | Table]:
    """Lines and tables of a page that `words` are in, as they are read."""
    tables = ruled_tables(words, page.rules)
    taken = {id(word) for table in tables for word in table.words}
    free = [word for word in words if id(word) not in taken]
    stretches = tables + [stretch for row in rows_of(free) for stretch in stretches_of(row)]
    number = count(1)
    items: list[Line | Table] = []
    for column in _columns(sorted(stretches, key=_height_on_page), page.rules, _MOST_CUTS):
        place = next(number)
        for item in _column_items(column, page.rules):
            item.column = place
            items.append(item)
    return items


def _height_on_page(stretch: Stretch) -> float:
    return stretch.top + stretch.bottom if stretch.table is None else 2 * stretch.top


def _column_items(stretches: Sequence[Stretch], rules: Sequence[Box]) -> list[Line | Table]:
    items: list[Line | Table] = []
    rows: list[list[Stretch]] = []
    for row in _rows(stretches):
        if row[0].table is None:
            rows.append(row)
            continue
        items += [*with_tables(rows, rules), row[0].table]
        rows = []
    return [*items, *with_tables(rows, rules)]


def _rows(stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    """Stretches of the same height on the page together, from left to right; a ruled table alone."""
    rows: list[list[Stretch]] = []
    for stretch in stretches:
        last = rows[-1][-1] if rows else None
        if last is not None and stretch.table is None and last.table is None and _is_beside(last, stretch):
            rows[-1].append(stretch)
        else:
            rows.append([stretch])
    return [sorted(row, key=lambda stretch: stretch.left) for row in rows]


def _is_beside(one: Stretch, other: Stretch) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def _columns(stretches: Sequence[Stretch], rules: Sequence[Box], cuts: int) -> list[list[Stretch]]:
    """The stretches, sorted from the top, in columns of running text, in the order in which these are read."""
    places = _gutters(stretches) if cuts else []
    best = max(places, key=lambda x: _gain(stretches, x, rules), default=0.0)
    if not places or not _gain(stretches, best, rules):
        return [list(stretches)] if stretches else []
    columns: list[list[Stretch]] = []
    above: list[Stretch] = []
    for band, split in _bands(stretches, best, rules):
        if split:
            columns += _columns(above, rules, cuts - 1)
            above = []
            for side in _sides(band, best):
                columns += _columns(side, rules, cuts - 1)
        else:
            above += band
    return columns + _columns(above, rules, cuts - 1)


def _gutters(stretches: Sequence[Stretch]) -> list[float]:
    """Places just before the left edges that most stretches share, the outermost of them all left out."""
    edges = Counter(round(stretch.left) for stretch in stretches if stretch.table is None)
    first = min(edges, default=0)
    return [edge - 1.5 for edge, _ in edges.most_common(_MOST_GUTTERS) if edge > first + 2]


def _gain(stretches: Sequence[Stretch], x: float, rules: Sequence[Box]) -> int:
    """How many stretches stand in columns beside the place `x`."""
    return sum(len(band) for band, split in _bands(stretches, x, rules) if split)


def _bands(stretches: Sequence[Stretch], x: float, rules: Sequence[Box]) -> list[tuple[list[Stretch], bool]]:
    """The stretches in bands from the top, each with whether it is columns beside `x` or lies across it."""
    bands: list[tuple[list[Stretch], bool]] = []
    beside: list[Stretch] = []
    for stretch in stretches:
        if stretch.left < x < stretch.right:
            bands += [*_cut(beside, x, rules), ([stretch], False)]
            beside = []
        else:
            beside.append(stretch)
    return bands + _cut(beside, x, rules)


def _cut(band: list[Stretch], x: float, rules: Sequence[Box]) -> list[tuple[list[Stretch], bool]]:
    """A band without a stretch across `x`: its columns, and what stands apart above and below them."""
    left, right = _sides(band, x)
    if not left or not right:
        return [(band, False)]
    begin = max(side[0].top for side in (left, right))
    end = min(max(stretch.bottom for stretch in side) for side in (left, right))
    head = _apart([stretch for stretch in band if stretch.bottom <= begin], band)
    tail = _apart([stretch for stretch in band if stretch.top >= end], band)
    core = [stretch for stretch in band if stretch not in head and stretch not in tail]
    if not _are_columns(*_sides(core, x), rules):
        return [(band, False)]
    return [(head, False), (core, True), (tail, False)]


def _apart(few: list[Stretch], band: Sequence[Stretch]) -> list[Stretch]:
    """`few` if they are a line or three, farther from the rest of their side than the lines there from each other.

    What is drawn amid the rest belongs to it.
    """
    rest = sorted((stretch for stretch in band if stretch not in few), key=_height_on_page)
    if not 0 < len(few) <= 3 or not rest or not _are_drawn_in_turn(few, rest):
        return []
    rest = [stretch for stretch in rest if stretch.left < few[0].right and few[0].left < stretch.right]
    gaps = [after.top - before.bottom for before, after in pairwise(rest)]
    distance = min((max(one.top - few[-1].bottom, few[0].top - one.bottom) for one in rest), default=0)
    larger = bool(rest) and few[0].height > 1.15 * rest[0].height
    return few if larger or distance > max([0.4 * few[0].height, *(1.2 * gap for gap in gaps)]) else []


def _sides(band: Sequence[Stretch], x: float) -> tuple[list[Stretch], list[Stretch]]:
    return [stretch for stretch in band if stretch.right <= x], [stretch for stretch in band if stretch.right > x]


def _are_columns(left: Sequence[Stretch], right: Sequence[Stretch], rules: Sequence[Box]) -> bool:
    """Whether two sides are text beside each other, and no cells of a table.

    Cells are drawn row by row. Sides drawn one after the other whose lines do not stand beside each other are columns,
    whatever is in them; others must be running text.
    """
    if len(left) < 2 or len(right) < 2:
        return False
    inner, outer = max(stretch.right for stretch in left), min(stretch.left for stretch in right)
    if not _is_gutter(outer - inner, left, right):
        return False
    top, bottom = max(left[0].top, right[0].top), min(left[-1].bottom, right[-1].bottom)
    across = [rule for rule in rules if rule[0] < inner and rule[2] > outer and top < rule[1] < bottom]
    if bottom - top < left[0].height or len(across) > 1:
        return False
    few, many = sorted((_rows(left), _rows(right)), key=len)
    in_turn = _are_drawn_in_turn(left, right)
    if len(few) + len(many) < 2 * _LEAST_ROWS and not in_turn:
        return False
    if len(few) >= _LEAST_ROWS and in_turn and not _are_level(few, many):
        return True
    if not in_turn and any(len(band) > 1 for band in bands_of(_rows(sorted((*left, *right), key=_height_on_page)))):
        return False
    return _are_flush(right) and _is_running(left) and _is_running(right)


def _are_drawn_in_turn(left: Sequence[Stretch], right: Sequence[Stretch]) -> bool:
    one, other = ([word.characters.start for stretch in side for word in stretch.words] for side in (left, right))
    return max(one) < min(other) or max(other) < min(one)


def _are_level(few: Sequence[Sequence[Stretch]], many: Sequence[Sequence[Stretch]]) -> bool:
    """Whether most rows of one side stand at the height of a row of the other."""
    level = [any(abs(one[0].bottom - other[0].bottom) < _LEVEL for other in many) for one in few]
    return 3 * sum(level) > 2 * len(level)


def _is_gutter(width: float, left: Sequence[Stretch], right: Sequence[Stretch]) -> bool:
    """Whether room of that width, all along two sides, is more than the blanks of stretched lines give by chance."""
    if width < _LEAST_GUTTER * min(stretch.height for stretch in (*left, *right)):
        return False
    blanks = sorted(gap for side in (left, right) for gaps in gaps_of(_rows(side)) for gap in gaps)
    return not blanks or width > _WIDER * blanks[len(blanks) // 2]


def _is_running(side: Sequence[Stretch]) -> bool:
    """Whether many lines are long and go on in the middle of a sentence."""
    rows = _rows(side)
    texts = [" ".join(stretch.text for stretch in row) for row in rows]
    goes_on = [_goes_on(before, after) for before, after in pairwise(rows)]
    return sum(map(_letters, texts)) >= _LEAST_LETTERS * len(texts) and 4 * sum(goes_on) >= len(goes_on)


def _goes_on(before: Sequence[Stretch], after: Sequence[Stretch]) -> bool:
    first = after[0].text[:1]
    return not (SENTENCE_END.search(before[-1].text) or first.isupper() or first.isdigit())


def _letters(text: str) -> int:
    """Letters of a line; a Chinese sign counts as two."""
    return len(text) + len(CJK.findall(text))


def _are_flush(side: Sequence[Stretch]) -> bool:
    """Whether most lines begin at the left edge of the side, as they do not beside a chance gap."""
    starts = [row[0].left for row in _rows(side)]
    return 2 * sum(start < min(starts) + 2 for start in starts) > len(starts)
