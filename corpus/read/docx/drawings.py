"""What hangs on a paragraph of a Word file: text boxes, and drawings with their sizes."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.read.docx.names import MC, WP, A, W, chosen, number
from corpus.read.said import meant_title

_ICON_EMU = 914_400
_THIN_EMU = 290_000
_EMU_PER = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525, "pc": 152_400}
_VML_SIZE = re.compile(r"(?:^|;)\s*(?:width|height)\s*:\s*(\d+\.?\d*|\.\d+)(?![\d.])(pt|in|cm|mm|px|pc)?", re.I)


def boxes_in(parent: Any) -> Iterator[Any]:
    """The outermost text boxes below `parent`, as containers of paragraphs, and the texts drawn without one."""
    for child in parent:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag == f"{A}txBody":
            yield from drawn_lines(child)
        else:
            yield from boxes_in(chosen(child) if child.tag == f"{MC}AlternateContent" else child)


def drawn_lines(parent: Any) -> list[str]:
    """The texts of the paragraphs below `parent` that is drawn."""
    lines = ("".join(piece.text or "" for piece in line.iter(f"{A}t")).strip() for line in parent.iter(f"{A}p"))
    return [line for line in lines if line]


def is_large(sides: Sequence[float]) -> bool:
    """Whether what is drawn is larger than an icon, and no mere rule; what states no size is."""
    return len(sides) < 2 or (max(sides) > _ICON_EMU and min(sides) > _THIN_EMU)


def description_of(drawing: Any) -> str:
    """What a drawing says to those who do not see it; empty where nobody wrote it for them."""
    named = drawing.find(f"*/{WP}docPr")
    return "" if named is None else meant_title(named.get("descr", ""))


def sides_of(drawing: Any) -> list[float]:
    """Width and height of a drawing in EMU, of which an inch has 914,400; none where it states none."""
    extent = drawing.find(f"*/{WP}extent")
    return [] if extent is None else [number(extent.get(side), _ICON_EMU, 999_999_999) for side in ("cx", "cy")]


def sides_of_shape(shape: Any) -> list[float]:
    """As `sides_of`, of a shape of the older kind."""
    return [float(size) * _EMU_PER[unit.lower() or "px"] for size, unit in _VML_SIZE.findall(shape.get("style") or "")]
