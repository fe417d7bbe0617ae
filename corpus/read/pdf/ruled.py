"""Tables of a PDF page that are drawn with rules."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.read.pdf.bands import bands_of
from corpus.read.pdf.lines import Stretch, Table, rows_of, stretch_of
from corpus.read.pdf.words import Box, Word

_MOST_RULES, _MOST_CROSSINGS = 4000, 2000
_SNAP = 3

_Edge = dict[str, Any]


def ruled_tables(words: Sequence[Word], rules: Sequence[Box]) -> list[Stretch]:
    """Tables drawn with rules; a frame around text, or rules without a grid, is none."""
    if not 4 <= len(rules) <= _MOST_RULES:
        return []
    from pdfplumber import table as grids

    edges = _merged([_edge(*rule) for rule in rules if _is_thin(rule)])
    if math.prod(Counter(edge["orientation"] for edge in edges).values()) > _MOST_CROSSINGS:
        return []
    crossings = grids.edges_to_intersections(edges, _SNAP, _SNAP).values()
    crossed = {id(edge): edge for crossing in crossings for edge in (*crossing["h"], *crossing["v"])}
    edges = [edge for edge in edges if id(edge) in crossed]
    edges = _merged([*edges, *_missing(edges, "h"), *_missing(edges, "v")])
    cells = grids.intersections_to_cells(grids.edges_to_intersections(edges, _SNAP, _SNAP))
    found = (_ruled(words, cells) for cells in grids.cells_to_tables(cells))
    return [stretch for stretch in found if stretch is not None]


def _is_thin(rule: Box) -> bool:
    thin, long = sorted((rule[2] - rule[0], rule[3] - rule[1]))
    return thin <= _SNAP < long


def _edge(x0: float, top: float, x1: float, bottom: float) -> _Edge:
    """A rule as pdfplumber has it: a line in the middle of what is drawn."""
    way = "h" if x1 - x0 > bottom - top else "v"
    if way == "h":
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    size = {"width": x1 - x0, "height": bottom - top, "orientation": way}
    return {"x0": x0, "top": top, "x1": x1, "bottom": bottom, **size}


def _merged(edges: list[_Edge]) -> list[_Edge]:
    """Rules, those that go on from each other as one."""
    from pdfplumber import table as grids

    return [
        _edge(edge["x0"], edge["top"], edge["x1"], edge["bottom"])
        for edge in grids.merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    ]


def _missing(edges: Sequence[_Edge], way: str) -> Iterator[_Edge]:
    """The rules that would close a table at its open sides, where two rules that run one `way` end at one point."""
    along, place, far_place = ("x0", "x1"), "top", "bottom"
    if way == "v":
        along, place, far_place = ("top", "bottom"), "x0", "x1"
    ends: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
    for edge in edges:
        for side in along if edge["orientation"] == way else ():
            ends[side, round(edge[side])].append(edge[place])
    for (_, end), places in ends.items():
        low, high = min(places), max(places)
        if high > low:
            others = [edge for edge in edges if edge["orientation"] != way]
            crossed = [edge for edge in others if edge[place] <= high and low <= edge[far_place]]
            low = min([low, *(edge[place] for edge in crossed)])
            high = max([high, *(edge[far_place] for edge in crossed)])
            yield _edge(end, low, end, high) if way == "h" else _edge(low, end, high, end)


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
        [stretch_of(sorted(words, key=lambda word: word.left)) for words in _shares(line, cell_of).values()]
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


def _inside(word: Word, cell: Box) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return cell[0] <= x < cell[2] and cell[1] <= y < cell[3]
