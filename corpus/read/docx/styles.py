"""The styles of a Word file: what a paragraph or a run gets from the style it names."""

import re
from collections.abc import Iterator
from typing import Any

from corpus.read.docx.names import W, is_on, number, value

_HEADING = re.compile(r"^heading\s*(?P<level>[1-9])$", re.I)
_BODY_LEVEL = 9
_DEEPEST = 30


class Styles:
    """Styles by id; a file without styles gives none, and every question about them is answered with nothing."""

    def __init__(self, root: Any | None) -> None:
        self._styles: dict[str, Any] = {}
        self._default = ""
        self._switches: dict[tuple[str, str], bool | None] = {}
        for style in () if root is None else root.iterchildren(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._styles[name] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
                self._default = name

    def of(self, paragraph: Any) -> str:
        """Id of a paragraph's style."""
        return value(paragraph.find(f"{W}pPr/{W}pStyle"), self._default)

    def chain(self, name: str) -> Iterator[Any]:
        """The style of this id and those it is based on, nearest first."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value(style.find(f"{W}basedOn"))

    def is_title(self, name: str) -> bool:
        """Whether the style is, or is based on, the one for titles."""
        return any(value(style.find(f"{W}name")).lower() == "title" for style in self.chain(name))

    def level(self, name: str) -> int:
        """Level of heading from 1, titles being 1 too; 0 for the styles of the running text."""
        if self.is_title(name):
            return 1
        for style in self.chain(name):
            heading = _HEADING.match(value(style.find(f"{W}name")))
            if heading:
                return int(heading["level"])
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None:
                depth = number(value(outline), _BODY_LEVEL)
                return depth + 1 if depth < _BODY_LEVEL else 0
        return 0

    def numbering(self, name: str) -> tuple[str, str]:
        """Id of the list and level in it, as texts, each empty where the style sets none."""
        found = [style.find(f"{W}pPr/{W}numPr") for style in self.chain(name)]
        lists = [properties for properties in found if properties is not None]
        identity = next((value(each.find(f"{W}numId")) for each in lists if each.find(f"{W}numId") is not None), "")
        level = next((value(each.find(f"{W}ilvl")) for each in lists if each.find(f"{W}ilvl") is not None), "")
        return identity, level

    def is_on(self, run: Any, switch: str, paragraph_style: str) -> bool:
        """Whether a run has a switch such as ``vanish`` on, of its own, by its style or by its paragraph's."""
        own = run.find(f"{W}rPr/{W}{switch}")
        if own is not None:
            return is_on(own)
        for name in (value(run.find(f"{W}rPr/{W}rStyle")), paragraph_style):
            by_style = self._switch(name, switch)
            if by_style is not None:
                return by_style
        return False

    def _switch(self, name: str, switch: str) -> bool | None:
        if (name, switch) not in self._switches:
            found = (style.find(f"{W}rPr/{W}{switch}") for style in self.chain(name))
            self._switches[name, switch] = next((is_on(each) for each in found if each is not None), None)
        return self._switches[name, switch]
