"""Rich text files: paragraphs, headings, lists, tables and notes as light Markdown; striprtf tells the characters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.errors import ReportError
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits
from corpus.read.rows import row_line
from corpus.read.text import first_heading

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'[0-9a-fA-F]{2}|\\[^a-zA-Z]|[{}]|[^\\{}\r\n]+", re.S)
_RAW = re.compile(rb"[\x80-\xff].*", re.S)
_HALF = re.compile(rb"((?:\\'[89a-fA-F][0-9a-fA-F])+)([@-\[\]-z|~])")
_DOUBLE_BYTE = re.compile(rb"\\ansicpg(?:932|936|949|950)\b")
_FONTS = re.compile(rb"\{[^{}]{0,100}\\fonttbl")
_SETTINGS = re.compile(rb"\\(?:ansicpg|deff)\d+")
_BRACE = re.compile(rb"[{}]")
_HEAD = 200_000
_ASIDE = frozenset({b"footnote", b"annotation", b"shptxt"})
_RUNNING = tuple(start + which for start in (b"header", b"footer") for which in (b"", b"l", b"r", b"f"))
_LIST_MARKS = frozenset({b"listtext", b"pntext"})
_TWICE = frozenset({b"nonshppict", b"shprslt"})
"""Destinations that hold in another form what stands beside them."""
_ENDS = frozenset({b"par", b"sect", b"page"})
_CHARACTERS = frozenset({b"u", b"tab", b"line"})
_END, _CELL, _ROW, _ABOVE, _ITEM, _NOTE = (chr(0xE000 + number) for number in range(6))
_HEADING = 0xE010
_OWN = re.compile("[\ue000-\ue01f]")
_BODY = 9
_PAGE_LINE = 20
"""Characters of a line that only counts pages ("page 2 of 3")."""


@dataclass(slots=True)
class _Piece:
    """One stretch of text with the notes, comments and boxes that hang on it, still as RTF.

    Attributes:
        codes: The RTF; `start` is said before it.
        asides: What hangs on it, in the order of the marks in `codes`.
        counts_pages: Whether it shows the number of its page.
    """

    codes: list[bytes] = field(default_factory=list)
    start: str = ""
    asides: list["_Piece"] = field(default_factory=list)
    counts_pages: bool = False


@dataclass(slots=True)
class _State:
    """What holds within a group.

    Attributes:
        piece: What its text belongs to; `is_shown` whether that text is shown.
        name: The destination that decided so.
        hides: The properties in force that hide text; `font` the last font chosen.
        is_in_table: Whether the paragraph stands in a table; `level` is its outline level, 9 for none.
    """

    piece: _Piece
    is_shown: bool = True
    name: bytes = b""
    is_fresh: bool = True
    is_starred: bool = False
    hides: frozenset[bytes] = frozenset()
    font: bytes = b""
    is_in_table: bool = False
    level: int = _BODY


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The visible text; outline levels become ``#`` lines, list marks ``- ``, a table row cells joined by `` | ``.

    Page headers are read once above the text, page footers once below it; notes, comments and text boxes follow the
    paragraph or table that holds them. Hidden and deleted text is left out.

    Raises:
        ReportError: It is damaged or holds no text.
    """
    reader = _Reader(data)
    try:
        reader.run()
        blocks = reader.blocks()
        title = " ".join(reader.text(reader.title).split())
    except (ValueError, LookupError, OverflowError) as error:
        raise ReportError(f"it is a damaged rich text file ({error}). Save it again as .docx or PDF.") from error
    text = "\n\n".join(blocks)
    if not text.strip():
        raise ReportError("it is a rich text file without text. If it holds pictures of pages, recognize their text.")
    pictures = reader.pictures
    notes = (f"{pictures} pictures were not read" if pictures > 1 else "1 picture was not read",) if pictures else ()
    return Extracted(text=text, title=first_heading(text) or title, notes=notes)


class _Reader:
    """Sorts the groups of one file into the stretches of text they belong to."""

    def __init__(self, data: bytes) -> None:
        self.title = _Piece()
        self.pictures = 0
        self._data = data
        self._body = _Piece()
        self._running: dict[bytes, list[_Piece]] = {name: [] for name in _RUNNING}
        self._author = _Piece()
        self._merged: list[bool] = []
        self._is_merged = False
        self._cell = 0
        self._prolog = self._settings()

    def run(self) -> None:
        """Go through the file once."""
        from striprtf.striprtf import destinations

        dropped = {name.encode() for name in destinations} | _LIST_MARKS | _TWICE
        state = _State(piece=self._body)
        stack: list[_State] = []
        at = 0
        while match := _TOKEN.search(self._data, at):
            at = match.end()
            token, word = match[0], match[1]
            if token == b"{":
                self._put(state, token)
                stack.append(state)
                state = replace(state, is_fresh=True, is_starred=False)
            elif token == b"}" and stack:
                self._close(state, stack[-1])
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

    def _opens(self, state: _State, word: bytes, dropped: set[bytes]) -> bool:
        """Whether `word`, the first of its group, names a destination, to which its text then goes."""
        if word in _LIST_MARKS and state.is_shown:
            _mark(state.piece, _ITEM)
        if word == b"pict" and state.name not in _TWICE:
            self.pictures += 1
        is_title = word == b"title" and state.name == b"info"
        if word in _ASIDE or word in self._running or word == b"atnauthor" or is_title:
            state.piece, state.is_shown = _Piece(codes=[state.font]), True
            state.is_in_table, state.level, state.hides = False, _BODY, frozenset()
            if is_title:
                self.title = state.piece
            elif word == b"atnauthor":
                self._author = state.piece
        elif word in dropped or state.is_starred:
            state.is_shown = False
        else:
            return False
        state.name, state.is_fresh = word, False
        return True

    def _close(self, state: _State, outer: _State) -> None:
        if state.piece is outer.piece:
            return
        if state.name in self._running:
            self._running[state.name].append(state.piece)
        elif state.name in _ASIDE:
            if state.name == b"annotation":
                author = " ".join(self.text(self._author).split())
                state.piece.start = f"Comment ({author}): " if author else "Comment: "
            outer.piece.asides.append(state.piece)
            _mark(outer.piece, _NOTE)

    def _put(self, state: _State, token: bytes) -> None:
        if state.is_shown:
            state.piece.codes.append(token)

    def _take(self, state: _State, token: bytes, word: bytes | None, number: int | None) -> None:
        if word is None:
            if state.name == b"fldinst" and token.upper().split()[:1] in ([b"PAGE"], [b"NUMPAGES"]):
                state.piece.counts_pages = True
            if not state.hides and token != b"\\-":
                self._put(state, _RAW.sub(_escaped, token) if token[0] != ord("\\") else token)
        elif word in {b"v", b"deleted"}:
            state.hides = state.hides - {word} if number == 0 else state.hides | {word}
        elif state.is_shown and not self._lays_out(state, word, number):
            if word == b"plain":
                state.hides = frozenset()
            if word == b"f":
                state.font = token
            if not (state.hides and word in _CHARACTERS):
                self._put(state, token.rstrip(b" ") + b" ")  # what followed it may be gone

    def _lays_out(self, state: _State, word: bytes, number: int | None) -> bool:
        """Whether `word` tells of paragraphs and tables; it is then said by a mark of our own, or only remembered."""
        if word == b"nestcell" or (word in _ENDS and state.is_in_table):
            self._put(state, b"{\\line}")
        elif word in _ENDS:
            _mark(state.piece, (chr(_HEADING + state.level) if state.level < _BODY else "") + _END)
        elif word == b"cell":
            is_merged = self._cell < len(self._merged) and self._merged[self._cell]
            self._cell += 1
            _mark(state.piece, _ABOVE + _CELL if is_merged else _CELL)
        elif word == b"row":
            self._cell = 0
            _mark(state.piece, _ROW)
        else:
            return self._remembers(state, word, number)
        return True

    def _remembers(self, state: _State, word: bytes, number: int | None) -> bool:
        if word == b"pard":
            state.is_in_table, state.level = False, _BODY
        elif word == b"intbl":
            state.is_in_table = True
        elif word == b"outlinelevel":
            state.level = _BODY if number is None else max(0, min(number, _BODY))
        elif word == b"chpgn":
            state.piece.counts_pages = True
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

    def blocks(self) -> list[str]:
        """Headers, text and footers, block by block."""
        above = self._repeated(b"header")
        return [*above, *self._shown(self._body), *(one for one in self._repeated(b"footer") if one not in above)]

    def _repeated(self, start: bytes) -> list[str]:
        """The headers or footers of all sections, each text once."""
        pieces = [piece for name, found in self._running.items() if name.startswith(start) for piece in found]
        blocks = ((block, piece.counts_pages) for piece in pieces for block in self._shown(piece))
        return list(dict.fromkeys(block for block, counts in blocks if not (counts and len(block) <= _PAGE_LINE)))

    def _shown(self, piece: _Piece) -> Iterator[str]:
        """The blocks of a piece, each followed by those of what hangs on it."""
        asides = iter(piece.asides)
        lines: list[str] = []
        waiting: list[str] = []
        above: list[str] = []
        last = ""
        start = piece.start
        for paragraph in re.split(f"[{_END}{_ROW}]", self.text(piece)):
            kind = next((mark for mark in (_CELL, _ITEM) if mark in paragraph), "")
            if lines and kind != last:
                yield "\n".join(lines)
                yield from waiting
                lines, waiting = [], []
            line, above = _line(paragraph, above)
            for _ in range(paragraph.count(_NOTE)):
                waiting += self._shown(next(asides, _Piece()))
            if line and kind:
                lines.append(line)
            elif line:
                yield start + line
                start = ""
            if not lines:
                yield from waiting
                waiting = []
            last = kind
        if lines:
            yield "\n".join(lines)
        yield from waiting

    def text(self, piece: _Piece) -> str:
        """The characters of a piece, marks of our own among them."""
        from striprtf.striprtf import rtf_to_text

        text = str(rtf_to_text((self._prolog + b"".join(piece.codes) + b"}").decode("latin-1"), errors="replace"))
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _settings(self) -> bytes:
        """What decides how characters are written: the code page and the table of fonts."""
        head = self._data[:_HEAD]
        if _DOUBLE_BYTE.search(head):
            self._data = _HALF.sub(_completed, self._data)
        fonts = b""
        if start := _FONTS.search(head):
            depth, at = 1, start.end()
            while depth and (brace := _BRACE.search(head, at)):
                depth += 1 if brace[0] == b"{" else -1
                at = brace.end()
            fonts = b"{\\fonttbl" + head[start.end() : at] if not depth else b""
        return b"{\\rtf1\\ansi" + b"".join(dict.fromkeys(_SETTINGS.findall(head))) + fonts + b" "


def _line(paragraph: str, above: list[str]) -> tuple[str, list[str]]:
    """A paragraph, list item, heading or row as a line, and the cells of the row for the one below it."""
    if _CELL in paragraph:
        cells = [
            above[at] if _ABOVE in cell and at < len(above) else _OWN.sub("", cell)
            for at, cell in enumerate(paragraph.split(_CELL)[:-1])
        ]
        return row_line(cells), cells
    text = re.sub(r"[ \t]*\n\s*", "\n", _OWN.sub("", paragraph)).strip()
    level = next((ord(mark) - _HEADING + 1 for mark in paragraph if ord(mark) >> 4 == _HEADING >> 4), 0)
    if level and text:
        return "#" * min(level, 6) + " " + " ".join(text.split()), []
    return ("- " + text if _ITEM in paragraph and text else text), []


def _mark(piece: _Piece, marks: str) -> None:
    piece.codes += [b"{\\uc0\\u%d }" % ord(mark) for mark in marks]


def _escaped(high: re.Match[bytes]) -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in high[0])


def _completed(half: re.Match[bytes]) -> bytes:
    """The second byte of a double-byte character escaped as its first one is; striprtf decodes only escapes."""
    return half[1] + b"\\'%02x" % half[2][0] if half[1].count(b"\\") % 2 else half[0]
