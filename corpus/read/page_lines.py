"""The lines of a web page in reading order, each with what tells a text from a menu."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from corpus.read.list_numbers import BOXES
from corpus.read.page_parts import Numbers, heading_level, is_among_notes, is_outside, numbers_of
from corpus.read.rows import row_line, spread

_BLOCKS = frozenset(
    "html body p div section article main header footer nav aside ul ol menu dl dt dd li table thead tbody tfoot tr "
    "td th caption blockquote pre figure figcaption form fieldset legend address details summary center hr hgroup "
    "h1 h2 h3 h4 h5 h6 video audio".split()
)
_BLANKS = re.compile(r"\s+")
_MOST_COLUMNS, _MOST_ROWS = 50, 1000
_LAYOUT_ROWS, _LONG_CELL, _PARAGRAPHS = 3, 600, 3
_WRAPPED = 60
_ENDS = re.compile(r"[.!?。！？:：;；]$")


@dataclass(slots=True)
class Line:
    """One line of a page: `level` of a heading (else 0), `links` the letters of it that stand in links.

    `outside` is the outermost menu, footer or the like that holds it, `gap` what stands between it and the line above.
    `found` and `kept` are for those who choose the main text.
    """

    element: Any
    text: str
    mark: str = ""
    level: int = 0
    links: int = 0
    cells: tuple[str, ...] = ()
    outside: Any = None
    gap: str = "\n\n"
    found: bool = False
    kept: bool = False

    @property
    def shown(self) -> str:
        """The line as light Markdown."""
        return "#" * self.level + " " * bool(self.level) + self.mark + self.text

    @property
    def is_link(self) -> bool:
        """Whether next to nothing but links stands in it."""
        return bool(self.links) and self.links >= 0.85 * sum(map(str.isalnum, self.text))


def page_lines(tree: Any) -> list[Line]:
    """All lines below `tree`, empty ones left out; a page without text gives none."""
    return _Walk().lines_of(tree)


class _Walk:
    def __init__(self, *, is_cell: bool = False) -> None:
        self._is_cell, self._has_box = is_cell, False
        self._lines: list[Line] = []
        self._pieces: list[str] = []
        self._blocks: list[Any] = []
        self._lists: list[Numbers | None] = []
        self._links = self._in_link = self._in_pre = 0
        self._mark, self._gap = "", "\n\n"
        self._new_list = False
        self._outside: Any = None
        self._term: Line | None = None

    def lines_of(self, tree: Any) -> list[Line]:
        from lxml import etree

        self._blocks.append(tree)
        walk = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                self._open(element)
                if element.tag == "table" and not self._is_cell and _is_data(element):
                    self._table(element)
                    walk.skip_subtree()
                else:
                    self._add(element.text)
            else:
                self._close(element)
                if element is not tree:
                    self._add(element.tail)
        self._flush()
        return self._lines

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self._pieces.append(text if self._in_pre else _BLANKS.sub(" ", text))
        if self._in_link:
            self._links += sum(map(str.isalnum, text))

    def _open(self, element: Any) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
            self._blocks.append(element)
        if self._outside is None and is_outside(element):
            self._outside = element
        if tag in {"a", "time"}:
            self._in_link += tag == "a"
            self._apart(element)
        elif tag == "pre":
            self._in_pre += 1
        elif tag in {"ul", "ol", "menu"}:
            self._new_list = self._new_list or not self._lists
            self._lists.append(numbers_of(element) if tag == "ol" else None)
        elif tag == "li":
            self._item(element)
        elif tag == "dl":
            self._new_list = True
        elif tag == "dt":
            self._mark = "- "
        elif tag == "dd" and self._lines and self._lines[-1].element.tag == "dt":
            self._term = self._lines[-1]
        elif tag == "br":
            self._break()
        elif tag == "input":
            self._has_box = True

    def _item(self, element: Any) -> None:
        indent = "  " * (len(self._lists) - 1)
        numbers = self._lists[-1] if self._lists else None
        if numbers is None:
            self._mark = f"{indent}- "
            return
        shown = numbers.shown(element)
        is_note = element.get("role") == "doc-endnote" or is_among_notes(element)
        self._mark = indent + (f"[{shown}] " if is_note else f"{shown}. ")

    def _apart(self, element: Any) -> None:
        """A blank between elements that a page shows side by side, though nothing stands between them."""
        before = element.getprevious()
        if before is not None and before.tag in {"a", "time"} and not before.tail:
            self._pieces.append(" ")

    def _break(self) -> None:
        """The end of a line in a paragraph: what looks wrapped goes on below, all else stands on its own."""
        before = "".join(self._pieces).rstrip()
        wrapped = len(before.rpartition("\n")[2]) > _WRAPPED and not _ENDS.search(before)
        self._flush()
        self._gap = "\n" if wrapped else "\n\n"

    def _close(self, element: Any) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
            self._blocks.pop()
        if tag == "a":
            self._in_link -= 1
        elif tag == "pre":
            self._in_pre -= 1
        elif tag in {"ul", "ol", "menu"}:
            self._lists.pop()
        if tag in {"li", "dt"}:
            self._mark = ""
            self._pieces.clear()
            self._has_box = False
        if element is self._outside:
            self._outside = None

    def _flush(self) -> None:
        text = "".join(self._pieces)
        text = text.strip("\n") if self._in_pre else " ".join(text.split())
        links, self._links = self._links, 0
        self._pieces.clear()
        block = self._blocks[-1]
        has_box, self._has_box = self._has_box, False
        if has_box and text in BOXES and not self._is_cell:  # a switch of the page, or that of the paragraph below it
            self._has_box = block.tag == "li"
            self._pieces += [f"{text} "] * self._has_box
            return
        if not text.strip():
            return
        level = heading_level(block)
        term, self._term = self._term, None
        if term is not None:
            term.text += (" " if _ENDS.search(term.text) else ": ") + text
            term.element, term.links = block, term.links + links
            return
        mark = "" if level else self._mark
        follows = bool(mark) and not self._new_list and bool(self._lines) and bool(self._lines[-1].mark)
        gap = "\n\n" if level else "\n" if follows else self._gap
        self._lines.append(Line(block, text, mark, level, links, outside=self._outside, gap=gap))
        self._new_list = self._new_list and not mark
        self._mark, self._gap = "", "\n\n"

    def _table(self, table: Any) -> None:
        gap = "\n\n"
        for caption in table.iterchildren("caption"):
            self._lines += [Line(caption, line.text, outside=self._outside) for line in _Walk().lines_of(caption)]
        for row, cells, links in _rows(table):
            shown = row_line(cells)
            if shown:
                line = Line(row, shown, links=links, cells=tuple(cells), outside=self._outside, gap=gap)
                self._lines.append(line)
                gap = "\n"
        self._mark, self._gap = "", "\n\n"


def _rows(table: Any) -> Iterator[tuple[Any, list[str], int]]:
    """(row, its cells, letters in links); a cell is said in each row and in each column that it spans."""
    spanning: dict[int, tuple[int, str, int]] = {}
    for row in _own(table, "tr"):
        cells: list[tuple[str, int]] = []
        at = links = 0
        for cell in row.iterchildren("td", "th"):
            at = _continue(cells, at, spanning)
            lines = _Walk(is_cell=True).lines_of(cell)
            links += sum(line.links for line in lines)
            text = _joined(lines)
            width, height = max(1, min(_span(cell, "colspan", _MOST_COLUMNS), _MOST_COLUMNS - at)), _height(cell)
            if height > 1 and at < _MOST_COLUMNS:
                spanning[at] = height - 1, text, width
            cells.append((text, width))
            at += width
        _continue(cells, at, spanning)
        yield row, spread(cells), links


def _continue(cells: list[tuple[str, int]], at: int, spanning: dict[int, tuple[int, str, int]]) -> int:
    """Add the cells that reach down into a row from column `at` on; gives the column behind them."""
    while at in spanning:
        left, text, width = spanning.pop(at)
        if left > 1:
            spanning[at] = left - 1, text, width
        cells.append((text, width))
        at += width
    return at


def _span(cell: Any, name: str, most: int) -> int:
    stated = (cell.get(name) or "1").strip()
    return min(max(1, int(stated)), most) if re.fullmatch(r"[0-9]{1,5}", stated) else 1


def _height(cell: Any) -> int:
    """Over how many rows a cell goes; a zero stands for all that follow in its part of the table."""
    if (cell.get("rowspan") or "").strip() != "0":
        return _span(cell, "rowspan", _MOST_ROWS)
    return 1 + sum(1 for _ in islice(cell.getparent().itersiblings("tr"), _MOST_ROWS))


def _joined(lines: list[Line]) -> str:
    text = ""
    for line in lines:
        joint = "" if not text else " " if (line.gap == "\n" and not line.mark) or _ENDS.search(text) else "; "
        text += joint + line.text
    return text


def _is_data(table: Any) -> bool:
    """Whether a table is one of facts; else it only sets out the page, and what is in its cells is read on its own."""
    if table.get("role") == "presentation":
        return False
    rows = [list(row.iterchildren("td", "th")) for row in _own(table, "tr")]
    if max(map(len, rows), default=0) < 2 or next(table.iterdescendants("h1", "h2", "h3"), None) is not None:
        return False
    has_inner = next(table.iterdescendants("table"), None) is not None
    is_ruled = table.get("border", "0") != "0" or any(_own(table, tag) for tag in ("th", "caption"))
    if has_inner and not (is_ruled and _own(table, "td")):
        return False
    is_long = len(rows) > _LAYOUT_ROWS and not has_inner
    return is_long or not any(_is_column(cell) for row in rows for cell in row)


def _own(table: Any, tag: str) -> list[Any]:
    """The elements of a table that belong to none within it."""
    return [element for element in table.iter(tag) if next(element.iterancestors("table"), None) is table]


def _is_column(cell: Any) -> bool:
    """Whether a cell is a column of the page: long, or made of several paragraphs."""
    size = sum(map(len, cell.itertext()))
    breaks = sum(1 for _ in cell.iter("p", "br", "div"))
    return size >= _LONG_CELL or (size >= _LONG_CELL // 6 and breaks >= _PARAGRAPHS)
