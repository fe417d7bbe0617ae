"""Numbers and bullets of lists and headings, as OpenDocument programs show them."""

from collections.abc import Iterable
from typing import Any

from corpus.read.docx.symbols import signs
from corpus.read.list_numbers import BOXES, BULLET, written
from corpus.read.odt_styles import Styles

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_TEXT, _STYLE = f"{{{_NAMES}:text:1.0}}", f"{{{_NAMES}:style:1.0}}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_OUTLINE = ""
"""Stands for the name of the style by which headings are numbered."""
_KINDS = {
    "": "none", "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一, 二, 三, ...": "chineseCounting", "①, ②, ③, ...": "decimalEnclosedCircle",
    "甲, 乙, 丙, ...": "ideographTraditional", "壹, 贰, 叁, ...": "chineseLegalSimplified",
    "А, Б, .., Аа, Аб, ... (ru)": "russianUpper", "а, б, .., аа, аб, ... (ru)": "russianLower",
    "А, Б, .., Аа, Бб, ... (ru)": "russianUpper", "а, б, .., аа, бб, ... (ru)": "russianLower",
}  # fmt: skip
"""Kinds of numbers and what Word calls them."""

Counts = dict[int, int]


class Lists:
    """The lists of one text, counted as their items are met, so `label` must be asked in reading order."""

    def __init__(self, trees: Iterable[Any], styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Any]] = {}
        self._counts: dict[str, Counts] = {}
        self._outline: Counts = {}
        for tree in trees:
            for style in tree.iter(f"{_TEXT}list-style", f"{_TEXT}outline-style"):
                name = style.get(f"{_STYLE}name", "") if style.tag.endswith("list-style") else _OUTLINE
                self._levels[name] = {_number(level, "level", 1) - 1: level for level in style}

    def counts(self, element: Any) -> Counts:
        """The numbers that a list goes on with: those of the one it continues; an own list has none."""
        style = element.get(f"{_TEXT}style-name", "")
        continued = element.get(f"{_TEXT}continue-list")
        if continued is None and element.get(f"{_TEXT}continue-numbering") == "true":
            continued = style
        counts = self._counts.get(continued, {}) if continued else {}
        self._counts[style] = self._counts[element.get(_ID, style)] = counts
        return counts

    def label(self, item: Any, style: str, depth: int, counts: Counts) -> str:
        """The number of an item, counted herewith, and the gap behind it; ``- `` for a bullet, empty for neither."""
        levels = self._levels.get(style, {})
        level = levels.get(depth)
        first = _number(item, "start-value", 0) or counts.get(depth, _start(level) - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        counts[depth] = first
        if level is None or not level.tag.endswith(("number", "outline-level-style")):
            return self._bullet(level)
        shown = range(max(0, depth + 1 - _number(level, "display-levels", 1)), depth + 1)
        numbers = [_written(levels.get(each), counts.get(each)) for each in shown]
        if None in numbers:
            return BULLET
        label = ".".join(filter(None, numbers))
        around = [level.get(f"{_STYLE}num-{place}", "") for place in ("prefix", "suffix")]
        return f"{around[0]}{label}{around[1]}".strip() + " " if label else ""

    def _bullet(self, level: Any | None) -> str:
        box = "" if level is None else signs(self._styles.font(level), level.get(f"{_TEXT}bullet-char", ""))
        return f"{BULLET}{box} " if box in BOXES else BULLET

    def heading(self, heading: Any, level: int) -> str:
        """The number of a heading that stands in no list, with the gap behind it; mostly empty."""
        if _OUTLINE not in self._levels or heading.get(f"{_TEXT}is-list-header") == "true":
            return ""
        return self.label(heading, _OUTLINE, level - 1, self._outline).removeprefix(BULLET)


def _written(level: Any | None, count: int | None) -> str | None:
    """A count as its level shows it; None for a kind of number that is not known here."""
    kind = _KINDS.get(level.get(f"{_STYLE}num-format", "")) if level is not None else "none"
    return written(kind, _start(level) if count is None else count) if kind else None


def _start(level: Any | None) -> int:
    return 1 if level is None else _number(level, "start-value", 1)


def _number(element: Any, name: str, default: int) -> int:
    said = element.get(_TEXT + name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else default
