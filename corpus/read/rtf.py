"""Rich text files: paragraphs, headings, lists, tables and notes as light Markdown; striprtf tells the characters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.errors import ReportError
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits
from corpus.read.rows import row_line
from corpus.read.text import first_heading

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'[0-9a-fA-F]{2}|\\[^a-zA-Z]|[{}]|[^\\{}\r\n]+", re.S)
_RAW = re.compile(rb"[\x80-\xff].*", re.S)
_HALF = re.compile(rb"((?:\\'[89a-fA-F][0-9a-fA-F])+)([@-\[\]-z|~])")
_DOUBLE_BYTE = re.compile(rb"\\ansicpg(?:932|936|949|950)\b")
_STYLES = re.compile(rb"\{\\stylesheet")
_STYLE = re.compile(rb"\{\\s(\d+)\b((?:[^{};]|\{[^{}]*\})*);\s*\}")
_STYLE_LEVEL = re.compile(rb"\\outlinelevel(\d)")
_STYLE_BASE = re.compile(rb"\\sbasedon(\d+)")
_STYLE_NAME = re.compile(rb"(?:\\[a-z]+-?\d* ?|\})(?:heading ([1-9])|title|(subtitle))\s*$", re.I)
_BRACE = re.compile(rb"[{}]")
_HEAD = 200_000
_ASIDE = frozenset({b"footnote", b"annotation", b"shptxt"})
_LIST_MARKS = frozenset({b"listtext", b"pntext"})
_TWICE = frozenset({b"nonshppict", b"shprslt"})
"""Destinations that hold in another form what stands beside them."""
_ENDS = frozenset({b"par", b"sect", b"page"})
_ALIGNED = frozenset({b"ql", b"qr", b"qj", b"qd", b"qc"})
_CHARACTERS = frozenset({b"u", b"tab", b"line"})
_HEADING, _DEPTH = 0xE010, 0xE020
_END, _CELL, _ROW, _ABOVE, _ITEM, _LABEL_END, _TITLE, _PAGE = (chr(0xE000 + number) for number in range(8))
_OPEN, _CLOSE, _NOTE, _HEADER, _FOOTER, _STATED, _SAID = (chr(0xE008 + number) for number in range(7))
_OWN = re.compile("[\ue000-\ue02f]")
_RUNNING = {start + which: mark for start, mark in ((b"header", _HEADER), (b"footer", _FOOTER))
            for which in (b"", b"l", b"r", b"f")}  # fmt: skip
_APART = re.compile(f"{_OPEN}([{_HEADER}{_FOOTER}{_STATED}]?)([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_NOTED = re.compile(f"{_NOTE}([0-9]+){_NOTE}")
_BEFORE_SAID = re.compile(f"{_SAID}[\\s{_END}{chr(_DEPTH)}]*")
_LABEL = re.compile(f"{_ITEM}([^{_LABEL_END}]*){_LABEL_END}")
_TYPED = re.compile(r"^\s*([•◦▪·–—-]|\(?\w{1,3}[.)])\t\s*")
"""A label that is no field of a list."""
_NUMBER = re.compile(r"(?=.*[^\W_])(?=.*\d|..)")
"""What a list counts by: ``1`` or ``a)``; a single letter is a bullet of a font of signs."""
_LONGEST_TITLE = 120
_AUTHOR_ENDS = b"}"
_BODY = 9
_PAGE_LINE = 20
"""Characters of a line that only counts pages ("page 2 of 3")."""


@dataclass(slots=True)
class _State:
    """What holds within a group.

    Attributes:
        is_shown: Whether its text is shown; `name` is the destination that decided so.
        is_apart: Whether it stands in a note or the like.
        closes: Codes to be said at its end.
        hides: The properties in force that hide text; `font` the last font chosen.
        is_in_table: Whether the paragraph stands in a table; `level` is its outline level, 9 for none, `depth` that of
            its list; `is_centred` and `is_bold` tell a title.
    """

    is_shown: bool = True
    name: bytes = b""
    is_apart: bool = False
    is_fresh: bool = True
    is_starred: bool = False
    closes: bytes = b""
    hides: frozenset[bytes] = frozenset()
    font: bytes = b""
    is_in_table: bool = False
    level: int = _BODY
    depth: int = 0
    is_centred: bool = False
    is_bold: bool = False


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The visible text; headings become ``#`` lines, bullets ``- ``, a table row cells joined by `` | ``.

    The number of an item stands before it as in the file. A centred bold line that opens the text is its title. Page
    headers are read once above the text, page footers once below it; notes, comments and text boxes follow the
    paragraph or table that holds them. Hidden and deleted text is left out.

    Raises:
        ReportError: It is damaged or holds no text.
    """
    reader = _Reader(data)
    try:
        text, kept = _parted(reader.text())
    except (ValueError, LookupError, OverflowError) as error:
        raise ReportError(f"it is a damaged rich text file ({error}). Save it again as .docx or PDF.") from error
    above, below = _repeated(kept[_HEADER], kept[""]), _repeated(kept[_FOOTER], kept[""])
    blocks = [*_blocks(text, kept[""], is_body=True), *(one for one in below if one not in above)]
    running, text = "\n\n".join(above), "\n\n".join([*above, *blocks])
    if not text.strip():
        raise ReportError("it is a rich text file without text. If it holds pictures of pages, recognize their text.")
    title = " ".join(_OWN.sub("", "".join(kept[_STATED][-1:])).split())
    pictures = reader.pictures
    notes = (f"{pictures} pictures were not read" if pictures > 1 else "1 picture was not read",) if pictures else ()
    return Extracted(text=text, title=first_heading(text) or title, head=len(running), notes=notes)


class _Reader:
    """Makes one file of rich text into one of plain text with marks of our own."""

    def __init__(self, data: bytes) -> None:
        self.pictures = 0
        self._data = _HALF.sub(_completed, data) if _DOUBLE_BYTE.search(data[:_HEAD]) else data
        self._levels = _style_levels(_group(data[:_HEAD], _STYLES))
        self._codes: list[bytes] = []
        self._author: list[bytes] = []
        self._author_at = 0
        self._merged: list[bool] = []
        self._is_merged = False
        self._cell = 0
        self._ends_bold = False

    def text(self) -> str:
        """All characters that are shown, in the order of the file, marks among them."""
        from striprtf.striprtf import rtf_to_text

        self._run()
        text = str(rtf_to_text(b"".join(self._codes).decode("latin-1"), errors="replace"))
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _run(self) -> None:
        from striprtf.striprtf import destinations

        dropped = {name.encode() for name in destinations} - {b"fonttbl"} | _TWICE
        state = _State()
        stack: list[_State] = []
        at = 0
        while match := _TOKEN.search(self._data, at):
            at = match.end()
            token, word = match[0], match[1]
            if token == b"{":
                self._put(state, token)
                stack.append(state)
                state = replace(state, is_fresh=True, is_starred=False, closes=b"")
            elif token == b"}" and stack:
                self._close(state)
                state = stack.pop()
                self._put(state, token)
                if not stack:
                    break
            elif token == b"\\*":
                state.is_starred = True
            elif word == b"bin":
                at += max(0, int(match[2] or 0))
            elif not (word and state.is_fresh and self._opens(state, word, dropped)):
                self._take(state, token, word, int(match[2]) if match[2] else None)
                state.is_fresh = False
        for open_state in [state, *stack[:0:-1]]:
            self._close(open_state)

    def _opens(self, state: _State, word: bytes, dropped: set[bytes]) -> bool:
        """Whether `word`, the first of its group, names a destination, to which its text then goes."""
        if word == b"pict" and state.name not in _TWICE:
            self.pictures += 1
        is_title = word == b"title" and state.name == b"info"
        if word in _ASIDE or word in _RUNNING or word == b"atnauthor" or is_title:
            self._set_apart(state, word, _STATED if is_title else _RUNNING.get(word, ""))
        elif word in _LIST_MARKS:
            if state.is_shown:
                self._codes.append(_coded(_ITEM))
                state.closes = _coded(_LABEL_END)
        elif word in dropped or state.is_starred:
            state.is_shown = False
        else:
            return False
        state.name, state.is_fresh = word, False
        return True

    def _set_apart(self, state: _State, word: bytes, kind: str) -> None:
        state.is_shown = state.is_apart = True
        state.is_in_table, state.level, state.hides = False, _BODY, frozenset()
        if word == b"atnauthor":  # is said within the comment
            self._author_at = len(self._codes)
            self._codes += [b"{", state.font]
            state.closes = _AUTHOR_ENDS
            return
        self._codes += [b"{", state.font, _coded(_OPEN + kind)]
        state.closes = _coded(_CLOSE) + b"}"
        if word == b"annotation":
            self._codes += [b"Comment (", *self._author, b"): "] if self._author else [b"Comment: "]
            self._codes.append(_coded(_SAID))
            self._author = []

    def _close(self, state: _State) -> None:
        self._codes.append(state.closes)
        if state.closes == _AUTHOR_ENDS:
            self._author = self._codes[self._author_at :] if any(self._codes[self._author_at + 1 : -1]) else []
            del self._codes[self._author_at :]

    def _put(self, state: _State, token: bytes) -> None:
        if state.is_shown:
            self._codes.append(token)

    def _take(self, state: _State, token: bytes, word: bytes | None, number: int | None) -> None:
        if not state.is_apart and (word == b"u" or (word is None and token.strip())):
            self._ends_bold = state.is_bold
        if word is None:
            if state.name == b"fldinst" and token.upper().split()[:1] in ([b"PAGE"], [b"NUMPAGES"]):
                self._codes.append(_coded(_PAGE))
            if not state.hides and token != b"\\-":
                self._put(state, _RAW.sub(_escaped, token) if token[0] != ord("\\") else token)
        elif word in {b"v", b"deleted"}:
            state.hides = state.hides - {word} if number == 0 else state.hides | {word}
        elif state.is_shown and not self._lays_out(state, word, number):
            if word in {b"plain", b"b"}:
                state.is_bold = word == b"b" and number != 0
            if word == b"plain":
                state.hides = frozenset()
            if word == b"f":
                state.font = token
            if not (state.hides and word in _CHARACTERS):
                self._put(state, token.rstrip(b" ") + b" ")  # what followed it may be gone

    def _lays_out(self, state: _State, word: bytes, number: int | None) -> bool:
        """Whether `word` tells of paragraphs and tables; it is then said by a mark of our own, or only remembered."""
        if word == b"nestcell" or (word in _ENDS and state.is_in_table):
            self._codes.append(b"{\\line}")
        elif word in _ENDS:
            level, depth = chr(_HEADING + state.level + 1), chr(_DEPTH + state.depth)
            title = _TITLE if state.is_centred and self._ends_bold else ""
            self._codes.append(_coded((level if state.level < _BODY else depth) + title + _END))
        elif word == b"cell":
            is_merged = self._cell < len(self._merged) and self._merged[self._cell]
            self._cell += 1
            self._codes.append(_coded(_ABOVE + _CELL if is_merged else _CELL))
        elif word == b"row":
            self._cell = 0
            self._codes.append(_coded(_ROW))
        elif word == b"chpgn":
            self._codes.append(_coded(_PAGE))
        else:
            return self._remembers(state, word, number)
        return True

    def _remembers(self, state: _State, word: bytes, number: int | None) -> bool:
        if word == b"pard":
            state.is_in_table, state.level, state.depth, state.is_centred = False, _BODY, 0, False
        elif word == b"s":
            state.level = self._levels.get(number or 0, _BODY)
        elif word == b"ilvl":
            state.depth = max(0, min(number or 0, _BODY))
        elif word in _ALIGNED:
            state.is_centred = word == b"qc"
        elif word == b"intbl":
            state.is_in_table = True
        elif word == b"outlinelevel":
            state.level = _BODY if number is None else max(0, min(number, _BODY))
        elif word == b"trowd":
            self._merged, self._is_merged, self._cell = [], False, 0
        elif word == b"clvmrg":
            self._is_merged = True
        elif word == b"cellx":
            self._merged.append(self._is_merged)
            self._is_merged = False
        else:
            return False
        return True


def _parted(text: str) -> tuple[str, dict[str, list[str]]]:
    """`text` without what stands apart from it, and this by its kind; a mark with its number is left of a note."""
    kept: dict[str, list[str]] = {kind: [] for kind in ("", _HEADER, _FOOTER, _STATED)}

    def keep(found: re.Match[str]) -> str:
        text = _BEFORE_SAID.sub(_SAID, found[2])
        kept[found[1]].append("" if text.endswith(_SAID) else text)
        return "" if found[1] else f"{_NOTE}{len(kept['']) - 1}{_NOTE}"

    count = 1
    while count:
        text, count = _APART.subn(keep, text)
    return text, kept


def _repeated(pieces: list[str], notes: list[str]) -> list[str]:
    """The headers or footers of all sections, each text once."""
    blocks = ((block, _PAGE in piece) for piece in pieces for block in _blocks(piece, notes))
    return list(dict.fromkeys(block for block, counts in blocks if not (counts and len(block) <= _PAGE_LINE)))


def _blocks(text: str, notes: list[str], *, is_body: bool = False) -> Iterator[str]:
    """The blocks of a text, each followed by those of its notes; only the body has a title."""
    lines: list[str] = []
    waiting: list[str] = []
    above: list[str] = []
    last = ""
    for paragraph in re.split(f"[{_END}{_ROW}]", text):
        paragraph = _TYPED.sub(rf"{_ITEM}\1{_LABEL_END}", paragraph)
        kind = next((mark for mark in (_CELL, _ITEM) if mark in paragraph), "")
        if lines and kind != last:
            yield "\n".join(lines)
            yield from waiting
            lines, waiting = [], []
        line, above = _line(_NOTED.sub("", paragraph), above, is_body)
        for number in map(int, _NOTED.findall(paragraph)):
            if number < len(notes):  # the file may hold such marks of its own: each note is read once
                note, notes[number] = notes[number], ""
                waiting += _blocks(note, notes)
        if line and kind:
            lines.append(line)
        elif line:
            yield line
        if not lines:
            yield from waiting
            waiting = []
        last, is_body = kind, is_body and not line
    if lines:
        yield "\n".join(lines)
    yield from waiting


def _group(data: bytes, start: re.Pattern[bytes]) -> bytes:
    """What follows `start` to the end of its group; empty where it is not found or never ends."""
    found = start.search(data)
    depth, at = 1, found.end() if found else len(data)
    while depth and (brace := _BRACE.search(data, at)):
        depth += 1 if brace[0] == b"{" else -1
        at = brace.end()
    return data[found.end() : at] if found and not depth else b""


def _style_levels(sheet: bytes) -> dict[int, int]:
    """The outline level of each style for headings, by its number; a style has that of the one it is based on."""
    levels: dict[int, int] = {}
    for number, codes in _STYLE.findall(sheet):
        said, name, base = _STYLE_LEVEL.search(codes), _STYLE_NAME.search(codes), _STYLE_BASE.search(codes)
        level = levels.get(int(base[1]), _BODY) if base else _BODY
        if name:
            level = _BODY if name[2] else int(name[1] or 1) - 1
        levels[int(number)] = int(said[1]) if said else level
    return levels


def _line(paragraph: str, above: list[str], may_be_title: bool) -> tuple[str, list[str]]:
    """A paragraph, list item, heading or row as a line, and the cells of the row for the one below it."""
    if _CELL in paragraph:
        cells = [
            above[at] if _ABOVE in cell and at < len(above) else _OWN.sub("", cell)
            for at, cell in enumerate(paragraph.split(_CELL)[:-1])
        ]
        return row_line(cells), cells
    label = _LABEL.search(paragraph)
    text = re.sub(r"[ \t]*\n\s*", "\n", _OWN.sub("", _LABEL.sub("", paragraph))).strip()
    if not text:
        return "", []
    number = _OWN.sub("", label[1]).strip() if label else ""
    number = number + " " if _NUMBER.match(number) else ""
    level = _marked(paragraph, _HEADING) or int(may_be_title and _TITLE in paragraph and _is_title(text))
    if level:
        return "#" * min(level, 6) + " " + number + " ".join(text.split()), []
    return ("  " * _marked(paragraph, _DEPTH) + (number or "- ") + text if label else text), []


def _marked(paragraph: str, first: int) -> int:
    """Which of the fifteen marks above `first` stands in the paragraph; 0 for none."""
    return next((ord(mark) - first for mark in paragraph if first < ord(mark) < first + 16), 0)


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and text[-1] not in ".。"


def _coded(marks: str) -> bytes:
    return b"".join(b"{\\uc0\\u%d }" % ord(mark) for mark in marks)


def _escaped(high: re.Match[bytes]) -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in high[0])


def _completed(half: re.Match[bytes]) -> bytes:
    """The second byte of a double-byte character escaped as its first one is; striprtf decodes only escapes."""
    return half[1] + b"\\'%02x" % half[2][0] if half[1].count(b"\\") % 2 else half[0]
