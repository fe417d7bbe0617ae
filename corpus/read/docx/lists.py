"""Numbers and bullets of lists, as Word shows them."""

import re
from typing import Any, NamedTuple

from corpus.read.docx.names import W, is_on, number, value
from corpus.read.docx.styles import Styles
from corpus.read.docx.symbols import sign
from corpus.read.list_numbers import BOXES, BULLET, written

_PLACE = re.compile(r"%([1-9])")


class _Level(NamedTuple):
    """One level of a list: how it counts, and the text around its number."""

    kind: str
    text: str
    start: int
    restarts_below: int
    """Levels above this one (from 1) begin it anew; 0 for none."""
    is_legal: bool
    gap: str
    font: str
    style: str


class Numbering:
    """The lists of one file, counted as its paragraphs are met, so `prefix` must be asked in reading order."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Any] = {}
        self._nums: dict[str, Any] = {}
        self._levels: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self.unread = 0
        """Items whose kind of number is not known here."""
        if root is not None:
            self._abstract = {each.get(f"{W}abstractNumId", ""): each for each in root.iterchildren(f"{W}abstractNum")}
            self._nums = {each.get(f"{W}numId", ""): each for each in root.iterchildren(f"{W}num")}

    def prefix(self, paragraph: Any) -> str:
        """The number of a paragraph with the gap behind it, ``- `` for a bullet, empty outside lists."""
        style = self._styles.of(paragraph)
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        by_style, level_by_style = self._styles.numbering(style)
        own = properties.find(f"{W}numId") if properties is not None else None
        identity = by_style if own is None else value(own)
        if not identity or identity == "0":
            return ""
        known = self._known(identity)
        if known is None:
            return BULLET
        name, levels = known
        stated = value(properties.find(f"{W}ilvl")) if properties is not None else ""
        linked = next((str(depth) for depth, level in levels.items() if level.style and level.style == style), "")
        depth = number(stated or level_by_style or linked, 0, 8)
        return self._label(identity, name, levels, depth) if depth in levels else ""

    def _label(self, identity: str, name: str, levels: dict[int, _Level], depth: int) -> str:
        level = levels[depth]
        counts = self._count(identity, name, levels, depth)
        if level.kind == "bullet":
            return _bullet(level)
        missing = False

        def place(match: re.Match[str]) -> str:
            nonlocal missing
            above = int(match[1]) - 1
            if above not in levels:
                return ""
            kind = "decimal" if level.is_legal and levels[above].kind != "none" else levels[above].kind
            shown = written(kind, counts.get(above, levels[above].start))
            missing |= shown is None
            return shown or ""

        label = _PLACE.sub(place, level.text)
        if missing:
            self.unread += 1
            return BULLET
        return label + level.gap if label.strip() else ""

    def _count(self, identity: str, name: str, levels: dict[int, _Level], depth: int) -> dict[int, int]:
        """Count one item at this level; the numbers of all levels after that."""
        counts = self._counts.setdefault(name, {})
        restart = self._restarts.pop((identity, depth), None)
        if restart is not None:
            counts[depth] = restart
        else:
            counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for below in [each for each in counts if each > depth]:
            if below not in levels or depth < levels[below].restarts_below:
                del counts[below]
        return counts

    def _known(self, identity: str) -> tuple[str, dict[int, _Level]] | None:
        """Name of what counts for this list, and its levels; None for a list that is not defined."""
        if identity not in self._levels:
            num = self._nums.get(identity)
            abstract = self._definition(num)
            if num is None or abstract is None:
                return None
            levels = {depth: _level(each, depth) for depth, each in _by_depth(abstract, "lvl")}
            for depth, override in _by_depth(num, "lvlOverride"):
                own = override.find(f"{W}lvl")
                if own is not None:
                    levels[depth] = _level(own, depth)
                start = override.find(f"{W}startOverride")
                if start is not None:
                    self._restarts[identity, depth] = number(value(start), 1)
            self._levels[identity] = abstract.get(f"{W}abstractNumId", ""), levels
        return self._levels[identity]

    def _definition(self, num: Any | None) -> Any | None:
        """The definition behind a list, also where it is kept with a style of lists."""
        for _ in range(8):
            if num is None:
                return None
            abstract = self._abstract.get(value(num.find(f"{W}abstractNumId")))
            link = abstract.find(f"{W}numStyleLink") if abstract is not None else None
            if link is None:
                return abstract
            num = self._nums.get(self._styles.numbering(value(link))[0])
        return None


def _by_depth(parent: Any, name: str) -> list[tuple[int, Any]]:
    found = [(number(each.get(f"{W}ilvl"), -1, 8), each) for each in parent.iterchildren(f"{W}{name}")]
    return [(depth, each) for depth, each in found if depth >= 0]


def _level(element: Any, depth: int) -> _Level:
    restart = element.find(f"{W}lvlRestart")
    fonts = element.find(f"{W}rPr/{W}rFonts")
    return _Level(
        kind=value(element.find(f"{W}numFmt"), "decimal"),
        text=value(element.find(f"{W}lvlText")),
        start=number(value(element.find(f"{W}start")), 0),
        restarts_below=depth if restart is None else number(value(restart), depth),
        is_legal=is_on(element.find(f"{W}isLgl")),
        gap="" if value(element.find(f"{W}suff")) == "nothing" else " ",
        font="" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "",
        style=value(element.find(f"{W}pStyle")),
    )


def _bullet(level: _Level) -> str:
    """A bullet; a box to tick stays to be seen, since a full one says something else than an empty one."""
    mark = sign(level.font, ord(level.text)) if len(level.text) == 1 else ""
    return f"{BULLET}{mark} " if mark in BOXES else BULLET
