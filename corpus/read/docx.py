"""Word files: paragraphs, headings, lists and tables in reading order, as light Markdown."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from corpus.errors import ReportError
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits
from corpus.read.text import first_heading

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DOCTYPE = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.I)
_RATIO_FROM_MB = 20
_HEADING_STYLE = re.compile(r"^(?:heading\s*(?P<level>[1-9])|title)$", re.I)


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The visible text; a title or heading becomes a ``#`` line, a table row cells joined by `` | ``.

    Text marked hidden and text struck out by tracked changes is left out; inserted text is kept.

    Raises:
        ReportError: The archive is larger than the limits, damaged, encrypted, declares a DOCTYPE, or is empty.
    """
    _guard(data, limits)
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        word = docx.Document(io.BytesIO(data))
        levels = {style.style_id: _level(style.name or "") for style in word.styles}
        blocks = list(_blocks(word.element.body, levels))
    except (
        OpcError,
        KeyError,
        ValueError,
        AttributeError,
        etree.XMLSyntaxError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise ReportError(f"it is a damaged Word file ({error}). Save it again as .docx.") from error
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(blocks)).strip()
    if not text:
        raise ReportError("it is a Word file without text. If it holds pictures of pages, recognize their text first.")
    return Extracted(text=text, title=first_heading(text))


def _guard(data: bytes, limits: ReadLimits) -> None:
    """Refuse archives that would unpack to too much, and XML that declares entities, before anything parses them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > limits.archive_entries:
            raise ReportError(f"it has {len(entries)} parts, the limit is {limits.archive_entries}. Save it anew.")
        unpacked = sum(entry.file_size for entry in entries) / 1_000_000
        if unpacked > limits.archive_mb:
            raise ReportError(f"it unpacks to {unpacked:.0f} MB, the limit is {limits.archive_mb:g} MB. Split it.")
        if unpacked > _RATIO_FROM_MB and unpacked > limits.archive_ratio * len(data) / 1_000_000:
            raise ReportError(f"it unpacks to more than {limits.archive_ratio:g} times its size, as a bomb does.")
        if any(entry.flag_bits & 1 for entry in entries):
            raise ReportError("it is encrypted. Save it without a password.")
        for entry in entries:
            if entry.filename.lower().endswith((".xml", ".rels")):
                _refuse_doctype(archive, entry)


def _refuse_doctype(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    try:
        with archive.open(entry) as part:
            # A DOCTYPE stands before the root element; NULs are dropped so that UTF-16 hides nothing.
            start = part.read(65_536).replace(b"\0", b"")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError) as error:
        raise ReportError(f"it is a damaged Word file ({error}). Save it again as .docx.") from error
    if _DOCTYPE.search(start):
        raise ReportError("its XML declares a DOCTYPE, which no Word file does. Save it again from Word.")


def _level(style_name: str) -> int:
    match = _HEADING_STYLE.match(style_name)
    return 0 if match is None else int(match["level"] or 1)


def _blocks(parent: Any, levels: dict[str, int]) -> Iterator[str]:
    """Lines for the block elements below `parent`, in order; an empty line after each paragraph and table."""
    for element in parent:
        if element.tag == f"{_W}p":
            text = _paragraph(element)
            if text:
                yield _prefix(element, levels) + text
                yield ""
        elif element.tag == f"{_W}tbl":
            for row in element.iterchildren(f"{_W}tr"):
                cells = [" ".join(_cell(cell)) for cell in row.iterchildren(f"{_W}tc")]
                if any(cells):
                    yield "| " + " | ".join(cells) + " |"
            yield ""
        elif element.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"}:
            yield from _blocks(element, levels)


def _cell(cell: Any) -> Iterator[str]:
    for paragraph in cell.iter(f"{_W}p"):
        if text := _paragraph(paragraph).replace("\n", " "):
            yield text


def _prefix(paragraph: Any, levels: dict[str, int]) -> str:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return ""
    style = properties.find(f"{_W}pStyle")
    level = levels.get(style.get(f"{_W}val"), 0) if style is not None else 0
    if level:
        return "#" * min(level, 6) + " "
    return "- " if properties.find(f"{_W}numPr") is not None else ""


def _paragraph(paragraph: Any) -> str:
    pieces: list[str] = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if _is_hidden(element, paragraph):
            continue
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif element.getparent().tag == f"{_W}r":  # a tab below w:tabs is a setting, not a character
            pieces.append("\t" if element.tag == f"{_W}tab" else "\n")
    return "".join(pieces).strip()


def _is_hidden(element: Any, paragraph: Any) -> bool:
    """Whether the element is struck out, an alternative form of another, in a hidden run, or in an inner paragraph."""
    for parent in element.iterancestors():
        if parent is paragraph:
            return False
        if parent.tag in {f"{_W}del", f"{_W}moveFrom", _FALLBACK}:
            return True
        if parent.tag == f"{_W}r":
            vanish = parent.find(f"{_W}rPr/{_W}vanish")
            if vanish is not None and vanish.get(f"{_W}val", "true") not in {"0", "false", "off"}:
                return True
    return False
