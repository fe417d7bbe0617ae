"""Fields of rich text whose result need not stand in the text, boxes to tick for one."""

import re

from corpus.read.docx.symbols import UNKNOWN, is_symbol_font, sign

_SYMBOL = re.compile(r'SYMBOL\s+(0x[0-9a-f]{1,4}|[0-9]{1,5})(?:.*\\f\s*(?:"([^"]*)"|(\S+)))?', re.I | re.S)
_LEFT_AS_IT_WAS = 25
"""The result of a form field that nobody has filled in."""


class Field:
    """One field, to which its codes are given as they are met; `before` is how many letters were shown above it."""

    def __init__(self, before: int) -> None:
        self.before = before
        self.entries: list[list[bytes]] = []
        self._instruction: list[bytes] = []
        self._numbers: dict[bytes, int] = {}

    def take(self, part: bytes, token: bytes, word: bytes | None, number: int | None) -> None:
        """Keep a token that stands in the destination `part` of the field."""
        if part == b"ffl" and self.entries:
            self.entries[-1].append(token)
        elif part == b"fldinst" and word is None:
            self._instruction.append(token.removeprefix(b"\\"))
        elif part == b"formfield" and word is not None and number is not None:
            self._numbers[word] = number

    def shows(self) -> str | bytes | None:
        """The sign, or the codes of the entry, shown if the result is empty; empty for other fields, None if unsaid."""
        instruction = b"".join(self._instruction).decode("latin-1").strip()
        kind = instruction.upper().partition(" ")[0]
        if kind == "SYMBOL":
            return _symbol(instruction)
        if kind not in {"FORMCHECKBOX", "FORMDROPDOWN"}:
            return ""
        if not self._numbers:
            return None
        result = self._numbers.get(b"ffres", _LEFT_AS_IT_WAS)
        result = self._numbers.get(b"ffdefres", 0) if result == _LEFT_AS_IT_WAS else result
        if kind == "FORMCHECKBOX":
            return "☒" if result else "☐"
        return b"{" + b"".join(self.entries[result]) + b"}" if 0 <= result < len(self.entries) else None


def _symbol(instruction: str) -> str:
    said = _SYMBOL.match(instruction)
    if said is None:
        return UNKNOWN
    font, code = said[2] or said[3] or "", int(said[1], 16 if said[1][:2] in {"0x", "0X"} else 10)
    return sign(font, code) if is_symbol_font(font) else UNKNOWN
