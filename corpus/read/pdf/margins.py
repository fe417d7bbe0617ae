"""Running heads, feet and page numbers of a PDF: the rows at the edges of its pages that come again and again."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.read.pdf.lines import joined, rows_of
from corpus.read.pdf.words import PageWords, Word
from corpus.read.running import PAGE_WORDS

_DEEPEST = 4
_SAME_HEIGHT = 3.0
_APART = 0.8
"""Gap between a head and the text below it, in heights of a line, where only two pages have it."""
_SMALL = 0.92
"""Height of a running head, in those of most of the file's words, up to which it is no line of the text."""
_NUMBER = re.compile(r"\d+")
_PRINTED_HEAD = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d")
_PRINTED_FOOT = re.compile(r"^[a-z]+://\S+ \d+/\d+$", re.I)
"""What browsers print above and below a page: the day, and where it lies with the number of the page."""
_LONE_NUMBER = re.compile(r"^[-–—\s]*(\d{1,4})[-–—\s]*$")


@dataclass(slots=True)
class Edge:
    """A row of a running head or foot that says more than the number of the page.

    `key` is its text without numbers, and its height; that of equal rows of other pages is the same. One whose words
    change from page to page has its text as it is.
    """

    words: list[Word]
    text: str
    key: tuple[str, float]


@dataclass(slots=True)
class Margins:
    """A page's running head and foot, from the top, and the words between them; `changing` are words of the head."""

    head: list[Edge]
    body: list[Word]
    foot: list[Edge]
    changing: list[Word]

    def put_back(self) -> None:
        """Take the row of the head whose words change from page to page as one of the text."""
        self.head = [edge for edge in self.head if edge.words is not self.changing]
        self.body = sorted((*self.changing, *self.body), key=lambda word: word.characters.start)
        self.changing = []


@dataclass(slots=True)
class _Row:
    words: list[Word]
    text: str
    height: float
    apart: bool
    key: tuple[str, float] = ("", 0.0)
    sure: bool = False
    changing: bool = False


def without_margins(pages: Sequence[PageWords]) -> list[Margins]:
    """Each page's words without its running head and foot; of a file of one page only what a browser adds is taken."""
    rows = [rows_of(page.words) for page in pages]
    heads = [_outer(page, whole.height) for page, whole in zip(rows, pages, strict=True)]
    feet = [_outer(page[::-1], 0) for page in rows]
    if len(pages) > 1:
        _find_running(heads)
        _find_running(feet)
        _find_changing(heads, _usual_height(pages))
        _find_changing_feet(feet, _usual_height(pages))
    for head, foot in zip(heads, feet, strict=True):
        _find_printed(head, foot)
    found = []
    for page, head, foot in zip(rows, heads, feet, strict=True):
        above = _running(head)
        below = _running(foot)[: len(page) - len(above)]
        body = [word for row in page[len(above) : len(page) - len(below)] for word in row]
        body.sort(key=lambda word: word.characters.start)
        changing = above[-1].words if above and above[-1].changing else []
        found.append(Margins(list(_telling(above)), body, list(_telling(below[::-1])), changing))
    return found


def _outer(rows: Sequence[list[Word]], origin: float) -> list[_Row]:
    """The outermost rows of a page, from its edge, with their height above or below `origin`."""
    found = []
    for number, row in enumerate(rows[:_DEEPEST]):
        inner = rows[number + 1] if number + 1 < len(rows) else None
        found.append(
            _Row(row, joined(sorted(row, key=lambda word: word.left)), origin + row[0].bottom, _apart(row, inner))
        )
    return found


def _apart(row: Sequence[Word], inner: Sequence[Word] | None) -> bool:
    if inner is None:
        return False
    one, other = sorted((row, inner), key=lambda words: words[0].top)
    gap = min(word.top for word in other) - max(word.bottom for word in one)
    return gap > _APART * min(row[0].height, inner[0].height)


def _find_running(edges: Sequence[Sequence[_Row]]) -> None:
    """Give a key to the rows that come again at their height on other pages, up to the number of the page."""
    alike: defaultdict[str, list[tuple[float, int, _Row]]] = defaultdict(list)
    for page, rows in enumerate(edges):
        for row in rows:
            alike[_NUMBER.sub("#", row.text)].append((row.height, page, row))
    for text, found in alike.items():
        for group in _levels(sorted(found, key=lambda one: one[:2])):
            if len({page for _, page, _ in group}) < 2 or not _count_pages(group):
                continue
            for _, _, row in group:
                row.key, row.sure = (text, group[0][0]), len(group) > 2
    for page, rows in enumerate(edges):
        number = _LONE_NUMBER.match(rows[0].text) if rows else None
        if number and int(number[1]) == page + 1 and rows[0].apart:
            rows[0].key = ("#", 0.0)


def _usual_height(pages: Sequence[PageWords]) -> float:
    heights = sorted(word.height for page in pages for word in page.words)
    return heights[len(heights) // 2] if heights else 0.0


def _height(row: _Row) -> float:
    return max(word.height for word in row.words)


def _find_changing(heads: Sequence[Sequence[_Row]], usual: float) -> None:
    """Give a key to the topmost rows whose words change: small ones apart, at one height on most pages."""
    tops = [
        (rows[0].height, page, rows[0])
        for page, rows in enumerate(heads)
        if rows and rows[0].apart and _is_telling(rows[0]) and _height(rows[0]) < _SMALL * usual
    ]
    for group in _levels(sorted(tops, key=lambda one: one[:2])):
        if len(group) > 2 and 2 * len(group) > len(heads):
            for height, _, row in group:
                row.changing = not row.key[0]
                row.key = row.key if row.key[0] else (row.text, height)


def _find_changing_feet(feet: Sequence[Sequence[_Row]], usual: float) -> None:
    """Give a key to the lowest rows whose words change: apart, at one height on most pages, small or with the number
    of the page.
    """
    lows = []
    for page, rows in enumerate(feet):
        row = next(filter(_is_telling, rows), None)
        if row is not None and row.apart:
            lows.append((row.height, page, row))
    for group in _levels(sorted(lows, key=lambda one: one[:2])):
        are_small = len(group) > 2 and all(_height(row) < _SMALL * usual for _, _, row in group)
        counts = [{int(number) - page for number in _NUMBER.findall(row.text)} for _, page, row in group]
        if 2 * len(group) > len(feet) and (are_small or (len(group) > 1 and set.intersection(*counts))):
            for height, _, row in group:
                row.changing = not row.key[0]
                row.key = row.key if row.key[0] else (row.text, height)


def _find_printed(head: Sequence[_Row], foot: Sequence[_Row]) -> None:
    """Give a key, and no text, to what a browser has added to a page."""
    if foot and foot[0].apart and _PRINTED_FOOT.search(foot[0].text):
        for row in (foot[0], *(row for row in head[:1] if _PRINTED_HEAD.match(row.text))):
            row.text, row.key, row.sure = "", ("#", 0.0), True


def _levels(found: Sequence[tuple[float, int, _Row]]) -> Iterator[list[tuple[float, int, _Row]]]:
    group: list[tuple[float, int, _Row]] = []
    for one in found:
        if group and one[0] - group[-1][0] > _SAME_HEIGHT:
            yield group
            group = []
        group.append(one)
    yield group


def _count_pages(group: Sequence[tuple[float, int, _Row]]) -> bool:
    """Whether each number in the rows is the same on all pages, or grows by one from page to page."""
    pages = [page for _, page, _ in group]
    numbers = [[int(number) for number in _NUMBER.findall(row.text)] for _, _, row in group]
    return all(
        len(set(column)) == 1 or len({number - page for number, page in zip(column, pages, strict=True)}) == 1
        for column in zip(*numbers, strict=True)
    )


def _running(rows: Sequence[_Row]) -> list[_Row]:
    """The rows from the edge that are running; those of two pages only as far as they stand apart from the text."""
    found: list[_Row] = []
    for row in rows:
        if not row.key[0]:
            break
        found.append(row)
        if row.changing:
            break
    while found and not (found[-1].sure or found[-1].apart):
        found.pop()
    return found


def _telling(rows: Sequence[_Row]) -> Iterator[Edge]:
    for row in rows:
        if _is_telling(row):
            yield Edge(row.words, row.text, row.key)


def _is_telling(row: _Row) -> bool:
    return sum(map(str.isalpha, PAGE_WORDS.sub("", row.text))) > 1
