"""Rich text files: paragraphs, headings, lists, tables and notes as light Markdown."""

import re
from collections import Counter
from collections.abc import Iterator

from corpus.errors import ReportError
from corpus.read.docx.symbols import UNKNOWN
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits
from corpus.read.list_numbers import BOXES, BULLET
from corpus.read.rows import row_line
from corpus.read.rtf_codes import RtfReader
from corpus.read.rtf_marks import (
    ABOVE,
    BEFORE,
    CELL,
    CLOSE,
    DEPTH,
    EDGE,
    END,
    FOOTER,
    HEADER,
    HEADING,
    ITEM,
    LABEL_END,
    NOTE,
    OPEN,
    PAGE,
    ROW,
    SAID,
    STATED,
    TITLE,
)
from corpus.read.rtf_rows import Cell, on_columns
from corpus.read.running import PAGE_LINE
from corpus.read.said import meant_title, not_read, refuse_wordless
from corpus.read.text import first_heading

_OWN = re.compile("[\ue000-\ue031]")
_APART = re.compile(f"{OPEN}([{HEADER}{FOOTER}{STATED}]?)([^{OPEN}{CLOSE}]*){CLOSE}")
_NOTED = re.compile(f"{NOTE}([0-9]+){NOTE}")
_BEFORE_SAID = re.compile(f"{SAID}[\\s{END}{chr(DEPTH)}]*")
_LABEL = re.compile(f"{ITEM}([^{LABEL_END}]*){LABEL_END}")
_TYPED = re.compile(r"^\s*([•◦▪·–—-]|\(?\w{1,3}[.)])\t\s*")
"""A label that is no field of a list."""
_EDGE = re.compile(f"{EDGE}([0-9]{{1,9}}){EDGE}")
_NUMBER = re.compile(r"(?=.*[^\W_])(?=.*\d|..)")
"""What a list counts by: ``1`` or ``a)``; a single letter is a bullet of a font of signs."""
_LONGEST_TITLE = 120


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The visible text; headings become ``#`` lines, bullets ``- ``, a table row cells joined by `` | ``.

    The number of an item stands before it as in the file. A centred bold line that opens the text is its title. Page
    headers are read once above the text, page footers once below it; notes, comments and text boxes follow the
    paragraph or table that holds them. Hidden, deleted and struck-out text is left out.

    Raises:
        ReportError: It is damaged or holds no text.
    """
    reader = RtfReader(data)
    try:
        text, kept = _parted(reader.text())
    except (ValueError, LookupError, OverflowError) as error:
        raise ReportError(f"it is a damaged rich text file ({error}). Save it again as .docx or PDF.") from error
    above, below = _repeated(kept[HEADER], kept[""]), _repeated(kept[FOOTER], kept[""])
    blocks = [*_blocks(text, kept[""], is_body=True), *(one for one in below if one not in above)]
    running, text = "\n\n".join(above), "\n\n".join([*above, *blocks])
    refuse_wordless(text, "a rich text file")
    title = first_heading(text) or meant_title(_OWN.sub("", "".join(kept[STATED][-1:])))
    return Extracted(text=text, title=title, head=len(running), notes=_notes(reader.lost))


def _notes(lost: Counter[str]) -> tuple[str, ...]:
    signs = lost.pop("sign", 0)
    unknown = f"{signs} sign{'s' if signs > 1 else ''}, of an unknown font, shown as {UNKNOWN}"
    return not_read(**lost) + ((unknown,) if signs else ())


def _parted(text: str) -> tuple[str, dict[str, list[str]]]:
    """`text` without what stands apart from it, and this by its kind; a mark with its number is left of a note."""
    kept: dict[str, list[str]] = {kind: [] for kind in ("", HEADER, FOOTER, STATED)}

    def keep(found: re.Match[str]) -> str:
        text = _BEFORE_SAID.sub(SAID, found[2])
        kept[found[1]].append("" if text.endswith(SAID) else text)
        return "" if found[1] else f"{NOTE}{len(kept['']) - 1}{NOTE}"

    count = 1
    while count:
        text, count = _APART.subn(keep, text)
    return text, kept


def _repeated(pieces: list[str], notes: list[str]) -> list[str]:
    """The headers or footers of all sections, each text once."""
    blocks = ((block, PAGE in piece) for piece in pieces for block in _blocks(piece, notes))
    return list(dict.fromkeys(block for block, counts in blocks if not (counts and len(block) <= PAGE_LINE)))


def _blocks(text: str, notes: list[str], *, is_body: bool = False) -> Iterator[str]:
    """The blocks of a text, each followed by those of its notes; only the body has a title."""
    lines: list[str] = []
    rows: list[list[Cell]] = []
    waiting: list[str] = []
    last = ""
    for paragraph in re.split(f"[{END}{ROW}]", text):
        paragraph = _TYPED.sub(rf"{ITEM}\1{LABEL_END}", paragraph)
        kind = next((mark for mark in (CELL, ITEM) if mark in paragraph), "")
        if kind != last:
            yield from _shown(lines, rows)
            if lines or rows:
                yield from waiting
                lines, rows, waiting = [], [], []
        told = _NOTED.sub("", paragraph)
        line = "" if kind == CELL else _line(told, is_body)
        for number in map(int, _NOTED.findall(paragraph)):
            if number < len(notes):  # the file may hold such marks of its own: each note is read once
                note, notes[number] = notes[number], ""
                waiting += _blocks(note, notes)
        if kind == CELL:
            rows.append([_cell(cell) for cell in told.split(CELL)[:-1]])
        elif line and kind:
            lines.append(line)
        elif line:
            yield line
        if not lines and not rows:
            yield from waiting
            waiting = []
        last, is_body = kind, is_body and not line and not rows
    yield from _shown(lines, rows)
    yield from waiting


def _shown(lines: list[str], rows: list[list[Cell]]) -> Iterator[str]:
    """The block of a list's lines, or of a table's rows; none where they say nothing."""
    if block := "\n".join(lines or filter(None, map(row_line, on_columns(rows)))):
        yield block


def _cell(cell: str) -> Cell:
    edge = _EDGE.search(cell)
    text = _OWN.sub("", _EDGE.sub("", cell))
    return Cell(text, int(edge[1]) if edge else 0, ABOVE in cell, BEFORE in cell)


def _line(paragraph: str, may_be_title: bool) -> str:
    """A paragraph, list item or heading as a line."""
    label = _LABEL.search(paragraph)
    text = re.sub(r"[ \t]*\n\s*", "\n", _OWN.sub("", _LABEL.sub("", paragraph))).strip()
    if not text:
        return ""
    number = _OWN.sub("", label[1]).strip() if label else ""
    bullet = f"{BULLET}{number} " if number in BOXES else BULLET
    number = number + " " if _NUMBER.match(number) else ""
    level = _marked(paragraph, HEADING) or int(may_be_title and TITLE in paragraph and _is_title(text))
    if level:
        return "#" * min(level, 6) + " " + number + " ".join(text.split())
    return "  " * _marked(paragraph, DEPTH) + (number or bullet) + text if label else text


def _marked(paragraph: str, first: int) -> int:
    """Which of the fifteen marks above `first` stands in the paragraph; 0 for none."""
    return next((ord(mark) - first for mark in paragraph if first < ord(mark) < first + 16), 0)


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and text[-1] not in ".。"
