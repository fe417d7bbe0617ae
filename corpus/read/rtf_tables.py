"""The tables that open a rich text file: its fonts and its styles."""

import re

from corpus.read.docx.symbols import is_symbol_font

BODY = 9
"""The outline level of a text that is no heading."""
_STYLE = re.compile(rb"\{\\s(\d+)\b((?:[^{};]|\{[^{}]*\})*);\s*\}")
_STYLE_LEVEL = re.compile(rb"\\outlinelevel(\d)")
_STYLE_BASE = re.compile(rb"\\sbasedon(\d+)")
_STYLE_NAME = re.compile(rb"(?:\\[a-z]+-?\d* ?|\})(?:heading ([1-9])|title|(subtitle))\s*$", re.I)
_GROUP = re.compile(rb"\{\\\*[^{}]*\}")
_FONT = re.compile(rb"\\f(\d+)(?:\\[a-z]+-?\d* ?|\s)*([^;\\{}]*)")
_BRACE = re.compile(rb"[{}]")
_DOUBLE_BYTE = re.compile(rb"\\ansicpg(?:932|936|949|950)\b")
_HEAD = 200_000
_DEFAULT_FONT = re.compile(rb"\\deff(\d+)")


class Tables:
    """What is used of them: `symbols` are the fonts of signs by number, `default` is such a font or empty.

    `levels` has the outline level of each style for headings, by its number; `is_double_byte` tells of the code page.
    """

    def __init__(self, data: bytes) -> None:
        head = data[:_HEAD]
        default = _DEFAULT_FONT.search(head)
        self.symbols = _symbol_fonts(_group(head, b"{\\fonttbl"))
        self.default = self.symbols.get(int(default[1]), "") if default else ""
        self.levels = _style_levels(_group(head, b"{\\stylesheet"))
        self.is_double_byte = _DOUBLE_BYTE.search(head) is not None


def _symbol_fonts(table: bytes) -> dict[int, str]:
    """The fonts of signs in a table of fonts, by number."""
    fonts = ((int(number), name.decode("latin-1").strip()) for number, name in _FONT.findall(_GROUP.sub(b" ", table)))
    return {number: name for number, name in fonts if is_symbol_font(name)}


def _style_levels(sheet: bytes) -> dict[int, int]:
    """The outline level of each style for headings, by its number; a style has that of the one it is based on."""
    levels: dict[int, int] = {}
    for number, codes in _STYLE.findall(sheet):
        said, name, base = _STYLE_LEVEL.search(codes), _STYLE_NAME.search(codes), _STYLE_BASE.search(codes)
        level = levels.get(int(base[1]), BODY) if base else BODY
        if name:
            level = BODY if name[2] else int(name[1] or 1) - 1
        levels[int(number)] = int(said[1]) if said else level
    return levels


def _group(data: bytes, start: bytes) -> bytes:
    """What follows `start` to the end of its group; empty where it is not found or never ends."""
    _, _, rest = data.partition(start)
    depth, at = 1, 0
    while depth and (brace := _BRACE.search(rest, at)):
        depth += 1 if brace[0] == b"{" else -1
        at = brace.end()
    return b"" if depth else rest[:at]
