"""The codes of a rich text file carried out: its characters, by striprtf, with marks of our own for its layout."""

import re
from dataclasses import dataclass, replace

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'[0-9a-fA-F]{2}|\\[^a-zA-Z]|[{}]|[^\\{}\r\n]+", re.S)
_RAW = re.compile(rb"[\x80-\xff].*", re.S)
_HALF = re.compile(rb"((?:\\'[89a-fA-F][0-9a-fA-F])+)([@-\[\]-z|~])")
_DOUBLE_BYTE = re.compile(rb"\\ansicpg(?:932|936|949|950)\b")
_STYLE = re.compile(rb"\{\\s(\d+)\b((?:[^{};]|\{[^{}]*\})*);\s*\}")
_STYLE_LEVEL = re.compile(rb"\\outlinelevel(\d)")
_STYLE_BASE = re.compile(rb"\\sbasedon(\d+)")
_STYLE_NAME = re.compile(rb"(?:\\[a-z]+-?\d* ?|\})(?:heading ([1-9])|title|(subtitle))\s*$", re.I)
_BRACE = re.compile(rb"[{}]")
_HEAD = 200_000
_ASIDE = frozenset({b"footnote", b"annotation", b"shptxt"})
_TWICE = frozenset({b"nonshppict", b"shprslt"})
"""Destinations that hold in another form what stands beside them."""
_ENDS = frozenset({b"par", b"sect", b"page"})
_ALIGNED = frozenset({b"ql", b"qr", b"qj", b"qd", b"qc"})
_CHARACTERS = frozenset({b"u", b"tab", b"line"})
HEADING, DEPTH = 0xE010, 0xE020
END, CELL, ROW, ABOVE, ITEM, LABEL_END, TITLE, PAGE = (chr(0xE000 + number) for number in range(8))
OPEN, CLOSE, NOTE, HEADER, FOOTER, STATED, SAID = (chr(0xE008 + number) for number in range(7))
_RUNNING = {start + which: mark for start, mark in ((b"header", HEADER), (b"footer", FOOTER))
            for which in (b"", b"l", b"r", b"f")}  # fmt: skip
_AUTHOR_ENDS, _BODY = b"}", 9


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


class RtfReader:
    """Makes one file of rich text into one of plain text with marks of our own; `pictures` counts what it passes."""

    def __init__(self, data: bytes) -> None:
        self.pictures = 0
        self._data = _HALF.sub(_completed, data) if _DOUBLE_BYTE.search(data[:_HEAD]) else data
        self._levels = _style_levels(_group(data[:_HEAD], b"{\\stylesheet"))
        self._codes: list[bytes] = []
        self._author: list[bytes] = []
        self._author_at = 0
        self._merged = [False]
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
            self._set_apart(state, word, STATED if is_title else _RUNNING.get(word, ""))
        elif word in {b"listtext", b"pntext"}:
            if state.is_shown:
                self._codes.append(_coded(ITEM))
                state.closes = _coded(LABEL_END)
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
        self._codes += [b"{", state.font, _coded(OPEN + kind)]
        state.closes = _coded(CLOSE) + b"}"
        if word == b"annotation":
            self._codes += [b"Comment (", *self._author, b"): "] if self._author else [b"Comment: "]
            self._codes.append(_coded(SAID))
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
                self._codes.append(_coded(PAGE))
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
            level, depth = chr(HEADING + state.level + 1), chr(DEPTH + state.depth)
            title = TITLE if state.is_centred and self._ends_bold else ""
            self._codes.append(_coded((level if state.level < _BODY else depth) + title + END))
        elif word == b"cell":
            is_merged = self._cell < len(self._merged) and self._merged[self._cell]
            self._cell += 1
            self._codes.append(_coded(ABOVE + CELL if is_merged else CELL))
        elif word == b"row":
            self._cell = 0
            self._codes.append(_coded(ROW))
        elif word == b"chpgn":
            self._codes.append(_coded(PAGE))
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
            self._merged, self._cell = [False], 0
        elif word == b"clvmrg":
            self._merged[-1] = True
        elif word == b"cellx":
            self._merged.append(False)
        else:
            return False
        return True


def _group(data: bytes, start: bytes) -> bytes:
    """What follows `start` to the end of its group; empty where it is not found or never ends."""
    _, _, rest = data.partition(start)
    depth, at = 1, 0
    while depth and (brace := _BRACE.search(rest, at)):
        depth += 1 if brace[0] == b"{" else -1
        at = brace.end()
    return b"" if depth else rest[:at]


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


def _coded(marks: str) -> bytes:
    return b"".join(b"{\\uc0\\u%d }" % ord(mark) for mark in marks)


def _escaped(high: re.Match[bytes]) -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in high[0])


def _completed(half: re.Match[bytes]) -> bytes:
    """The second byte of a double-byte character escaped as its first one is; striprtf decodes only escapes."""
    return half[1] + b"\\'%02x" % half[2][0] if half[1].count(b"\\") % 2 else half[0]
