"""What the styles of an OpenDocument text say of letters and paragraphs, by the names of the styles."""

import re
from collections.abc import Iterable
from typing import Any

_TEXT, _STYLE, _FO, _SVG = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("text", "style", "xsl-fo-compatible", "svg-compatible")
)


class Styles:
    """The styles of one text.

    Attributes:
        fonts: Font of those that name one.
        hidden: Those that hide text; `struck` strike it out, `raised` raise it.
        titles: Those of titles; `unnumbered` stand in no list.
    """

    def __init__(self, trees: Iterable[Any]) -> None:
        self.fonts: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.struck: set[str] = set()
        self.raised: set[str] = set()
        self.titles = {"Title"}
        self.unnumbered: set[str] = set()
        self._faces: dict[str, str] = {}
        trees = list(trees)
        for tree in trees:
            for face in tree.iter(f"{_STYLE}font-face"):
                self._faces[face.get(f"{_STYLE}name", "")] = face.get(f"{_SVG}font-family", "")
        for tree in trees:
            for style in tree.iter(f"{_STYLE}style"):
                self._learn(style)

    def font(self, element: Any) -> str:
        """The font that the letters of a style, or of a level of a list, are given; empty where none is named."""
        for letters in element.iterchildren(f"{_STYLE}text-properties"):
            name = letters.get(f"{_STYLE}font-name", "")
            if family := self._faces.get(name, name) or letters.get(f"{_FO}font-family", ""):
                return str(family).strip("'\"")
        return self.fonts.get(element.get(f"{_TEXT}style-name"), "")

    def _learn(self, style: Any) -> None:
        name = style.get(f"{_STYLE}name")
        if font := self.font(style):
            self.fonts[name] = font
        for letters in style.iterchildren(f"{_STYLE}text-properties"):
            if letters.get(f"{_TEXT}display") == "none":
                self.hidden.add(name)
            if letters.get(f"{_STYLE}text-line-through-style", "none") != "none":
                self.struck.add(name)
            if _is_raised(letters.get(f"{_STYLE}text-position", "")):
                self.raised.add(name)
        if style.get(f"{_STYLE}parent-style-name") == "Title":
            self.titles.add(name)
        if style.get(f"{_STYLE}list-style-name") == "":
            self.unnumbered.add(name)


def _is_raised(position: str) -> bool:
    """Whether a position, ``super 58%`` or ``33% 58%``, is above the line."""
    return re.match(r"super|(?=[\d.]*[1-9])[\d.]+%", position) is not None
