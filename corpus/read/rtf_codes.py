"""The codes of a rich text file carried out: its characters, by striprtf, with marks of our own for its layout."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from corpus.read import rtf_marks as marks
from corpus.read.docx.symbols import UNKNOWN, signs
from corpus.read.rtf_fields import Field
from corpus.read.rtf_letters import escaped, shown_in, whole
from corpus.read.rtf_marks import coded, lifted
from corpus.read.rtf_tables import BODY, Tables

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'[0-9a-fA-F]{2}|\\[^a-zA-Z]|[{}]|[^\\{}\r\n]+", re.S)
_FALLBACK = re.compile(rb"\r?\n?(?:\\'[0-9a-fA-F]{2}|[^\\{}])")
_MOST_FALLBACKS = 8
"""What programs show that do not know a character of Unicode, and how often at most."""
_ASIDE = frozenset({b"footnote", b"annotation", b"shptxt"})
_TWICE = frozenset({b"nonshppict", b"shprslt"})
"""Destinations that hold in another form what stands beside them."""
_UPR = b"upr shown"
"""What the state of a group is called that holds a text twice, in one code page and in Unicode, where text is shown."""
_ENDS = frozenset({b"par", b"sect", b"page"})
_ALIGNED = frozenset({b"ql", b"qr", b"qj", b"qd", b"qc"})
_CHARACTERS = frozenset(
    b"u tab line emdash endash emspace enspace qmspace bullet lquote rquote ldblquote rdblquote".split()
)
_HIDING = {b"deleted": "", b"v": "hidden piece", b"strike": "struck-out piece", b"striked": "struck-out piece"}
"""Properties of text that is left out, the gravest first, and what its pieces are called; deleted ones are not told."""
_HEIGHTS = frozenset({b"super", b"sub", b"nosupersub"})
_RUNNING = {start + which: mark for start, mark in ((b"header", marks.HEADER), (b"footer", marks.FOOTER))
            for which in (b"", b"l", b"r", b"f")}  # fmt: skip
_AUTHOR_ENDS = b"}"


@dataclass(slots=True)
class _State:
    """What holds within a group.

    Attributes:
        is_shown: Whether its text is shown; `name` is the destination that decided so.
        is_apart: Whether it stands in a note or the like.
        closes: Codes to be said at its end.
        hides: The properties in force that hide text; `font` the last font chosen, `symbols` its name if of signs.
        skips: How many fallbacks follow a character of Unicode; `is_raised` tells of letters above the line.
        field: The field whose group this is or is in.
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
    symbols: str = ""
    skips: int = 1
    field: Field | None = None
    is_raised: bool = False
    is_in_table: bool = False
    level: int = BODY
    depth: int = 0
    is_centred: bool = False
    is_bold: bool = False


class RtfReader:
    """Makes one file of rich text into one of plain text with marks of our own; `lost` counts what it passes."""

    def __init__(self, data: bytes) -> None:
        self.lost: Counter[str] = Counter()
        self._tables = Tables(data)
        self._data = whole(data) if self._tables.is_double_byte else data
        self._codes: list[bytes] = []
        self._shown = 0
        self._gone = ""
        self._is_up = False
        self._author: list[bytes] = []
        self._author_at = 0
        self._drawn = [""]
        self._cell = 0
        self._ends_bold = False

    def text(self) -> str:
        """All characters that are shown, in the order of the file, marks among them."""
        from striprtf.striprtf import rtf_to_text

        self._run()
        text = str(rtf_to_text(b"".join(self._codes).decode("latin-1"), errors="replace"))
        return lifted(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))

    def _run(self) -> None:
        from striprtf.striprtf import destinations

        dropped = {name.encode() for name in destinations} - {b"fonttbl"} | _TWICE
        state = _State(symbols=self._tables.default)
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
                field, state = state.field, stack.pop()
                if not stack:
                    self._raise(False)
                self._put(state, token)
                if field is not None and field is not state.field:
                    self._show(state, field)
                if not stack:
                    break
            elif token == b"\\*":
                state.is_starred = True
            elif word == b"bin":
                at += max(0, int(match[2] or 0))
            elif word == b"u" and match[2] and state.symbols:
                self._say(state, coded(signs(state.symbols, chr(int(match[2]) % 0x10000))))
                at = self._past_fallbacks(at, state.skips)
            elif not (word and state.is_fresh and self._opens(state, word, dropped)):
                self._take(state, token, word, int(match[2]) if match[2] else None)
                state.is_fresh = False
        for open_state in [state, *stack[:0:-1]]:
            self._close(open_state)
        self._raise(False)

    def _opens(self, state: _State, word: bytes, dropped: set[bytes]) -> bool:
        """Whether `word`, the first of its group, names a destination, to which its text then goes."""
        if word == b"pict" and state.name not in _TWICE:
            self.lost["picture"] += 1
        if word == b"ud" and state.name == _UPR:  # what stands before it says the same in the letters of one code page
            state.is_shown, state.name, state.is_fresh = True, word, False
            return True
        is_title = word == b"title" and state.name == b"info"
        if word in _ASIDE or word in _RUNNING or word == b"atnauthor" or is_title:
            self._set_apart(state, word, marks.STATED if is_title else _RUNNING.get(word, ""))
        elif word in {b"listtext", b"pntext"}:
            if state.is_shown:
                self._codes.append(coded(marks.ITEM))
                state.closes = coded(marks.LABEL_END)
        elif word in dropped or state.is_starred:
            word = _UPR if word == b"upr" and state.is_shown else word
            state.is_shown = False
            if word == b"ffl" and state.field is not None:
                state.field.entries.append([])
        else:
            return False
        state.name, state.is_fresh = word, False
        return True

    def _set_apart(self, state: _State, word: bytes, kind: str) -> None:
        state.is_shown = state.is_apart = True
        state.is_in_table, state.level, state.hides, state.is_raised = False, BODY, frozenset(), False
        if word != b"footnote":
            self._raise(False)
        if word == b"atnauthor":  # is said within the comment
            self._author_at = len(self._codes)
            self._codes += [b"{", state.font]
            state.closes = _AUTHOR_ENDS
            return
        self._codes += [b"{", state.font, coded(marks.OPEN + kind)]
        state.closes = coded(marks.CLOSE) + b"}"
        if word == b"annotation":
            self._codes += [b"Comment (", *self._author, b"): "] if self._author else [b"Comment: "]
            self._codes.append(coded(marks.SAID))
            self._author = []

    def _close(self, state: _State) -> None:
        if state.closes:
            self._raise(False)
        self._codes.append(state.closes)
        if state.closes == _AUTHOR_ENDS:
            self._author = self._codes[self._author_at :] if any(self._codes[self._author_at + 1 : -1]) else []
            del self._codes[self._author_at :]

    def _put(self, state: _State, token: bytes) -> None:
        if state.is_shown:
            self._codes.append(token)

    def _say(self, state: _State, letters: bytes) -> None:
        """Put letters, unless they are left out, which is counted once for each stretch of them."""
        is_blank = not letters.strip()
        if not state.is_shown:
            return
        if not state.hides:
            self._raise(state.is_raised)
            self._codes.append(letters)
            self._shown += not is_blank
            self._gone = self._gone if is_blank else ""
        elif not is_blank:
            kind = next(kind for word, kind in _HIDING.items() if word in state.hides)
            self.lost[kind] += kind not in {"", self._gone}
            self._gone = kind

    def _raise(self, is_raised: bool) -> None:
        if is_raised != self._is_up:
            self._codes.append(coded(marks.UP if is_raised else marks.DOWN))
            self._is_up = is_raised

    def _show(self, state: _State, field: Field) -> None:
        """Say what the field that ends here shows, if it has no result in the text."""
        shows = field.shows()
        if self._shown > field.before or not state.is_shown:
            return
        if shows:
            self._say(state, shows if isinstance(shows, bytes) else coded(shows))
        self.lost["sign"] += shows == UNKNOWN
        self.lost["form control"] += shows is None

    def _past_fallbacks(self, at: int, count: int) -> int:
        for _ in range(min(count, _MOST_FALLBACKS)):
            fallback = _FALLBACK.match(self._data, at)
            at = fallback.end() if fallback else at
        return at

    def _take(self, state: _State, token: bytes, word: bytes | None, number: int | None) -> None:
        if not state.is_apart and (word == b"u" or (word is None and token.strip())):
            self._ends_bold = state.is_bold
        if state.field is not None and not state.is_shown:
            state.field.take(state.name, escaped(token), word, number)
        if word is None:
            if state.name == b"fldinst" and token.upper().split()[:1] in ([b"PAGE"], [b"NUMPAGES"]):
                self._codes.append(coded(marks.PAGE))
            if token != b"\\-":
                self._say(state, shown_in(state.symbols, token) if state.symbols else escaped(token))
        elif word in _HIDING:
            state.hides = state.hides - {word} if number == 0 else state.hides | {word}
        elif word == b"field":
            state.field = Field(self._shown)
        elif state.is_shown and not self._lays_out(state, word, number):
            self._formats(state, token, word, number)
            if word == b"u":
                self._say(state, token.rstrip(b" ") + b" ")
            elif not (state.hides and word in _CHARACTERS):
                self._put(state, token.rstrip(b" ") + b" ")  # what followed it may be gone

    def _formats(self, state: _State, token: bytes, word: bytes, number: int | None) -> None:
        """Remember how the letters that follow are shown."""
        if word in {b"plain", b"b"}:
            state.is_bold = word == b"b" and number != 0
        if word == b"plain":
            state.hides, state.is_raised, state.symbols = frozenset(), False, self._tables.default
        elif word == b"f":
            state.font, state.symbols = token, self._tables.symbols.get(number or 0, "")
        elif word == b"uc":
            state.skips = number or 0
        elif word in _HEIGHTS:
            state.is_raised = word == b"super" and number != 0
        elif word == b"chftn":
            self._raise(False)  # a raised text before it is no mark of the note

    def _lays_out(self, state: _State, word: bytes, number: int | None) -> bool:
        """Whether `word` tells of paragraphs and tables; it is then said by a mark of our own, or only remembered."""
        if word in _ENDS or word == b"cell":
            self._raise(False)
        if word == b"nestcell" or (word in _ENDS and state.is_in_table):
            self._codes.append(b"{\\line}")
        elif word in _ENDS:
            level, depth = chr(marks.HEADING + state.level + 1), chr(marks.DEPTH + state.depth)
            title = marks.TITLE if state.is_centred and self._ends_bold else ""
            self._codes.append(coded((level if state.level < BODY else depth) + title + marks.END))
        elif word == b"cell":
            drawn = self._drawn[self._cell] if self._cell < len(self._drawn) else ""
            self._cell += 1
            self._codes.append(coded(drawn + marks.CELL))
        elif word == b"row":
            self._cell = 0
            self._codes.append(coded(marks.ROW))
        elif word == b"chpgn":
            self._codes.append(coded(marks.PAGE))
        else:
            return self._remembers(state, word, number)
        return True

    def _remembers(self, state: _State, word: bytes, number: int | None) -> bool:
        if word == b"pard":
            state.is_in_table, state.level, state.depth, state.is_centred = False, BODY, 0, False
        elif word == b"s":
            state.level = self._tables.levels.get(number or 0, BODY)
        elif word == b"ilvl":
            state.depth = max(0, min(number or 0, BODY))
        elif word in _ALIGNED:
            state.is_centred = word == b"qc"
        elif word == b"intbl":
            state.is_in_table = True
        elif word == b"outlinelevel":
            state.level = BODY if number is None else max(0, min(number, BODY))
        elif word == b"trowd":
            self._drawn, self._cell = [""], 0
        elif word in {b"clvmrg", b"clmrg"}:
            self._drawn[-1] += marks.ABOVE if word == b"clvmrg" else marks.BEFORE
        elif word == b"cellx":
            self._drawn[-1] += f"{marks.EDGE}{max(0, number or 0)}{marks.EDGE}"
            self._drawn.append("")
        else:
            return False
        return True
