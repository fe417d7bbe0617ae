"""The text of a report as HTML: headings, paragraphs, lists and tables, with spans of it marked, nothing left out."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter

from ui.web.markup import Html, join, tag

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_KINDS = (
    ("heading", re.compile(r" {0,3}#{1,6}[ \t]+(?=\S)")),
    ("rule", re.compile(r"[ \t]*(?:-[ \t]*){3,}$|[ \t]*={3,}[ \t]*$|[ \t]*(?:[*_][ \t]*){3,}$")),
    ("row", re.compile(r"[ \t]*(?=\|.*\|[ \t]*$)")),
    ("item", re.compile(r"[ \t]*[-*+•–][ \t]+(?=\S)")),
    ("step", re.compile(r"[ \t]*(?=\d{1,3}[.)][ \t]+\S)")),
    ("quoted", re.compile(r"[ \t]*>[ \t]?(?=\S)")),
)
_GAPS = {"item": 2, "step": 2, "row": 1, "quoted": 2}
_STRESSED = re.compile(r"\*\*(?=[^\s*])[^\n*]{1,400}(?<=[^\s*])\*\*")
_BAR = re.compile(r"(?<!\\)\|")
_UNDERLINE = re.compile(r"[ \t:|-]*-[ \t:|-]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Code points [start, end) of the text to be marked; `class_` and `label` go to each piece of it."""

    start: int
    end: int
    id: str
    class_: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line that is not blank: where it stands, what it is, and where the words after its signs begin.

    `follows` says that no empty line is before it; `group` is shared by neighbors that make one list or table.
    """

    start: int
    end: int
    kind: str
    shown: int
    follows: bool
    group: int


def text_html(text: str, marks: Iterable[Mark], *, start: int = 0, end: int | None = None, table: str = "") -> Html:
    """Code points [start, end) of `text` with `marks` in them, each line in an element of its own.

    All that is no white space is there, in order, signs of Markdown (``#``, ``-``, ``|``, ``**``) as hidden elements.
    The first piece of a mark bears its id, the others ``data-of``. Marks may overlap; those outside the text, or empty,
    are left out. Lines are taken whole: `start` and `end` should be where lines begin and end. `table` names the
    tables to screen readers. Nothing for a blank text.
    """
    pen = _Pen(text, marks)
    parts = []
    for _, grouped in groupby(_lines(text, start, len(text) if end is None else end), attrgetter("group")):
        lines = list(grouped)
        parts.append(_BLOCKS[lines[0].kind](pen, lines, table))
    return join(*parts)


def line_starts(text: str, start: int = 0) -> list[int]:
    """Offsets at which the lines that are not blank begin, from `start` on."""
    return [found.start() for found in _LINE.finditer(text, start)]


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    before = _Line(start=start, end=start, kind="", shown=start, follows=False, group=0)
    for found in _LINE.finditer(text, start, end):
        kind, signs = next(
            ((kind, match.end()) for kind, form in _KINDS if (match := form.match(found.group()))), ("plain", 0)
        )
        gap = text.count("\n", before.end, found.start())
        # A list goes on after an empty line, a table does not.
        is_same = kind == before.kind and gap <= _GAPS.get(kind, 0)
        before = _Line(
            start=found.start(),
            end=found.end(),
            kind=kind,
            shown=found.start() + signs,
            follows=gap == 1 and before.kind == "plain",
            group=before.group + (not is_same),
        )
        yield before


class _Pen:
    """Writes stretches of a text with its marks, from front to back."""

    def __init__(self, text: str, marks: Iterable[Mark]) -> None:
        self._text = text
        held = [mark for mark in marks if max(0, mark.start) < min(mark.end, len(text))]
        self._ahead = sorted(held, key=lambda mark: (mark.start, -mark.end))[::-1]
        self._open: list[Mark] = []
        self._begun: set[str] = set()

    def write(self, start: int, end: int, *signs: tuple[int, int]) -> Html:
        """Code points [start, end); those of `signs` are hidden, and signs of stress in pairs."""
        for one in _STRESSED.finditer(self._text, start, end):
            signs += ((one.start(), one.start() + 2), (one.end() - 2, one.end()))
        while self._ahead and self._ahead[-1].start < end:
            self._open.append(self._ahead.pop())
        self._open = [mark for mark in self._open if mark.end > start]
        edges = _edges(start, end, ((mark.start, mark.end) for mark in self._open))
        return join(*(self._marked(one, other, signs) for one, other in pairwise(edges)))

    def row(self, line: _Line) -> list[Html]:
        """The cells of a table's row, their bars hidden: the one before each cell, and the last one."""
        bars = [line.start + bar.start() for bar in _BAR.finditer(self._text[line.start : line.end])]
        begins = [line.start, *bars[1:-1], line.end]
        signs = [(line.start, bars[0] + 1), *((bar, bar + 1) for bar in bars[1:])]
        return [self.write(one, other, *signs) for one, other in pairwise(begins)]

    def holds_names(self, line: _Line) -> bool:
        """Whether a row is no row but the line below the names of the columns."""
        return _UNDERLINE.match(self._text, line.start, line.end) is not None

    def level(self, line: _Line) -> int:
        """How deep a heading is, from 1."""
        return self._text.count("#", line.start, line.shown)

    def _marked(self, start: int, end: int, signs: tuple[tuple[int, int], ...]) -> Html:
        inner = self._plain(start, end, signs)
        for mark in reversed([mark for mark in self._open if mark.start < end and mark.end > start]):
            is_first = mark.id not in self._begun
            self._begun.add(mark.id)
            inner = tag(
                "mark",
                inner,
                id=mark.id if is_first else None,
                data_of=None if is_first else mark.id,
                class_=mark.class_,
                tabindex="-1",
                title=mark.label or None,
            )
        return inner

    def _plain(self, start: int, end: int, signs: tuple[tuple[int, int], ...]) -> Html:
        return join(*(
            tag("span", self._text[one:other], hidden=True)
            if any(left <= one and other <= right for left, right in signs)
            else self._text[one:other]
            for one, other in pairwise(_edges(start, end, signs))
        ))  # fmt: skip


def _edges(start: int, end: int, spans: Iterable[tuple[int, int]]) -> list[int]:
    return sorted({start, end, *(place for span in spans for place in span if start < place < end)})


def _flat(pen: _Pen, lines: list[_Line], table: str) -> Html:
    (line,) = lines
    inner = pen.write(line.start, line.end, (line.start, line.shown))
    if line.kind == "heading":
        return tag("h3" if pen.level(line) <= 2 else "h4", inner)
    # A line after a single line end continues its paragraph closely; a blank line opens a new one.
    return tag("p", inner, class_="close-line" if line.follows else "")


def _rule(pen: _Pen, lines: list[_Line], table: str) -> Html:
    (line,) = lines
    return tag("p", pen.write(line.start, line.end, (line.start, line.end)), class_="rule")


def _list(pen: _Pen, lines: list[_Line], table: str) -> Html:
    items = (tag("li", pen.write(line.start, line.end, (line.start, line.shown))) for line in lines)
    return tag("ul", *items, class_="steps" if lines[0].kind == "step" else "")


def _quoted(pen: _Pen, lines: list[_Line], table: str) -> Html:
    inner = (tag("p", pen.write(line.start, line.end, (line.start, line.shown))) for line in lines)
    return tag("blockquote", *inner)


def _table(pen: _Pen, lines: list[_Line], table: str) -> Html:
    """Rows; the first holds the names of the columns where the second is the line below them."""
    has_names = len(lines) > 1 and pen.holds_names(lines[1])
    rows = []
    for n, line in enumerate(lines):
        is_line = has_names and n == 1
        cells = (
            tag("th", cell, scope="col") if has_names and n == 0 else tag("td", cell) for cell in pen.row(line)
        )  # fmt: skip
        rows.append(tag("tr", *cells, hidden=is_line))
    return tag("div", tag("table", *rows), class_="scroll", tabindex="0", role="region", aria_label=table or None)


_BLOCKS: dict[str, Callable[[_Pen, list[_Line], str], Html]] = {
    "plain": _flat,
    "heading": _flat,
    "rule": _rule,
    "item": _list,
    "step": _list,
    "quoted": _quoted,
    "row": _table,
}
