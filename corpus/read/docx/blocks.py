"""The paragraphs, tables, rows and cells of a Word file that are there once its tracked changes are accepted."""

from collections.abc import Iterator
from typing import Any

from corpus.read.docx.names import GONE, MC, W, chosen, is_on, number, value

_CONTAINERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "txbxContent")
)
COLUMNS = 63
"""As many as a table of Word can have."""


def blocks_of(parent: Any) -> Iterator[Any]:
    """The paragraphs, tables and embedded documents directly below `parent` or in a container there."""
    for element in parent:
        if element.tag in {f"{W}p", f"{W}tbl", f"{W}altChunk", f"{W}subDoc"}:
            yield element
        elif element.tag in _CONTAINERS:
            yield from blocks_of(element)
        elif element.tag == f"{MC}AlternateContent":
            yield from blocks_of(chosen(element))


def rows_of(parent: Any) -> Iterator[Any]:
    """The rows of a table, without those that tracked changes take out or that are hidden."""
    for element in parent:
        if element.tag == f"{W}tr":
            properties = element.find(f"{W}trPr")
            is_gone = properties is not None and (
                properties.find(f"{W}del") is not None or is_on(properties.find(f"{W}hidden"))
            )
            if not is_gone:
                yield element
        elif element.tag in _CONTAINERS:
            yield from rows_of(element)


def cells_of(parent: Any) -> Iterator[Any]:
    """The cells of a row, without those that tracked changes take out."""
    for element in parent:
        if element.tag == f"{W}tc":
            if element.find(f"{W}tcPr/{W}cellDel") is None:
                yield element
        elif element.tag in _CONTAINERS:
            yield from cells_of(element)


def skipped(row: Any, name: str) -> int:
    """Columns that a row leaves out before or after its cells."""
    return number(value(row.find(f"{W}trPr/{W}{name}")), 0, COLUMNS)


def is_joined(paragraph: Any) -> bool:
    """Whether the end of the paragraph is struck out by a tracked change."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(child.tag in GONE for child in mark)
