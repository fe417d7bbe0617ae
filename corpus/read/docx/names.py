"""Names of the XML of Word files, and how its numbers and switches are read without trusting them."""

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"

STRUCK_SWITCHES = ("strike", "dstrike")
"""What strikes a run out."""
GONE_SWITCHES = ("vanish", *STRUCK_SWITCHES)
"""What hides a run from the reader, or strikes it out."""
GONE = frozenset({f"{W}del", f"{W}moveFrom"})
"""What tracked changes take out."""


def is_on(switch: Any | None) -> bool:
    """Whether a switch such as ``w:b`` is there and not turned off."""
    return switch is not None and is_on_text(value(switch, "true"))


def is_on_text(said: str) -> bool:
    """Whether the value of a switch does not turn it off."""
    return said.lower() not in {"0", "false", "off"}


def value(element: Any | None, default: str = "") -> str:
    """The ``w:val`` of an element; `default` when the element or its value is missing."""
    return default if element is None else element.get(f"{W}val", default)


def number(text: str | None, default: int, highest: int = 32_767) -> int:
    """A whole number from 0 to `highest`; `default` for anything else."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
        return default
    return int(text) if int(text) <= highest else default


def chosen(alternatives: Any) -> Any:
    """What stands in the branch of ``mc:AlternateContent`` to be read: the first choice, else the fallback."""
    choice, fallback = alternatives.find(f"{MC}Choice"), alternatives.find(f"{MC}Fallback")
    return next((branch for branch in (choice, fallback) if branch is not None), ())


def shown(element: Any) -> Iterator[Any]:
    """All elements below `element` in order, without branches that double another, and without text boxes' content."""
    for child in element:
        if child.tag == f"{MC}AlternateContent":
            yield from shown(chosen(child))
        else:
            yield child
            if child.tag != f"{W}txbxContent":
                yield from shown(child)
