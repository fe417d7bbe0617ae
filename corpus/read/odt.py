"""OpenDocument texts: headings, paragraphs, lists, tables and notes in reading order, as light Markdown."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from corpus.errors import ReportError
from corpus.read.docx.symbols import signs
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits
from corpus.read.odt_lists import Counts, Lists
from corpus.read.odt_styles import Styles
from corpus.read.raised import raised
from corpus.read.rows import row_line, spread
from corpus.read.running import PAGE_LINE
from corpus.read.said import comment, meant_title, not_read, refuse_wordless
from corpus.read.text import first_heading
from corpus.read.zipped import opened, xml_tree

_OFFICE, _TEXT, _TABLE, _DRAW, _STYLE, _SVG = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("office", "text", "table", "drawing", "style", "svg-compatible")
)
_FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MANIFEST = "META-INF/manifest.xml"
_PASSED_OVER = frozenset(
    [f"{_TEXT}{name}" for name in ("tracked-changes", "table-of-content", "page-number", "hidden-text", "ruby-text")]
    + [f"{_TEXT}note-citation", f"{_TEXT}sequence-decls", f"{_TEXT}variable-decls", f"{_OFFICE}forms"]
    + [f"{_SVG}{name}" for name in ("title", "desc")]
)
_CONTAINERS = frozenset(
    [f"{_TEXT}{name}" for name in ("section", "index-body", "index-title", "numbered-paragraph")]
    + [f"{_TEXT}{name}" for name in ("illustration-index", "alphabetical-index", "bibliography", "user-index")]
    + [f"{_DRAW}text-box", f"{_DRAW}frame", f"{_DRAW}g", f"{_DRAW}custom-shape", f"{_DRAW}a"]
)
_LOST = ("picture", "picture_description", "embedded object", "form control", "struck-out piece", "hidden piece")
_MOST_REPEATED = 1000
_DEEPEST = 6


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The visible text; a title or heading becomes a ``#`` line, a table row cells joined by `` | ``.

    Page headers are read once above the text, page footers once below it; footnotes and comments follow the
    paragraph, list or table that holds them. Deleted text of tracked changes, struck and hidden text are left out.

    Raises:
        ReportError: The archive is larger than the limits, damaged, encrypted, declares a DOCTYPE, or is empty.
    """
    with opened(data, limits, "an OpenDocument text", ".odt or .docx", unread={_MANIFEST}) as archive:
        names = archive.namelist()
        if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
            raise ReportError("it is encrypted. Save it without a password.")
        styles, meta = (xml_tree(archive.read(name)) if name in names else None for name in ("styles.xml", "meta.xml"))
        reader = _Reader(xml_tree(archive.read("content.xml")), styles)
        headers, blocks = reader.document()
    head, rest = ("\n\n".join(block for block in part if block.strip()) for part in (headers, blocks))
    text = f"{head}\n\n{rest}".strip()
    refuse_wordless(text, "an OpenDocument file")
    title = meant_title(meta.findtext(f".//{_DC}title") or "") if meta is not None else ""
    return Extracted(text=text, title=first_heading(text) or title, head=len(head), notes=reader.notes())


class _Reader:
    """Reads the blocks of one document and counts what was passed over."""

    def __init__(self, content: Any, styles: Any) -> None:
        self._content = content
        self._pages = styles
        trees = [tree for tree in (content, styles) if tree is not None]
        self._styles = Styles(trees)
        self._lists = Lists(trees, self._styles)
        self._lost: Counter[str] = Counter()
        self._aside: list[str] = []

    def document(self) -> tuple[list[str], list[str]]:
        """The headers of all pages, and all blocks below them in their order."""
        headers, footers = self._running("header"), self._running("footer")
        body = self._content.find(f"{_OFFICE}body/{_OFFICE}text")
        return headers, list(self._blocks(body)) + [footer for footer in footers if footer not in headers]

    def notes(self) -> tuple[str, ...]:
        """What was not read, a clause a kind."""
        return not_read(**{kind: self._lost[kind] for kind in _LOST})

    def _running(self, kind: str) -> list[str]:
        """The headers or footers of all pages, each text once."""
        if self._pages is None:
            return []
        tags = [f"{_STYLE}{kind}{which}" for which in ("", "-left", "-first")]
        parts = [part for part in self._pages.iter(*tags) if part.get(f"{_STYLE}display") != "false"]
        return list(dict.fromkeys(block for part in parts for block in self._blocks(part)))

    def _blocks(self, parent: Any) -> Iterator[str]:
        """The block elements below `parent`, each followed by the notes, comments and text boxes it holds."""
        for element in parent:
            if element.tag in _CONTAINERS:
                self._count(element)
                if element.get(f"{_TEXT}display") != "none":
                    yield from self._blocks(element)
                else:
                    self._lost["hidden piece"] += _has_words(element)
                continue
            block = self._block(element)
            aside, self._aside = self._aside, []
            yield block
            yield from aside

    def _block(self, element: Any) -> str:
        if element.tag in {f"{_TEXT}h", f"{_TEXT}p"}:
            text, prefix = self._paragraph(element), self._prefix(element)
            return prefix + (" ".join(text.split()) if prefix else text) if text else ""
        if element.tag == f"{_TEXT}list":
            return "\n".join(self._items(element, 0, "", self._lists.counts(element)))
        if element.tag == f"{_TABLE}table":
            return "\n".join(filter(None, map(row_line, self._rows(element))))
        return ""

    def _prefix(self, element: Any, label: str | None = None) -> str:
        """What stands before a heading, its number in a list or else its own; empty for other paragraphs."""
        style = element.get(f"{_TEXT}style-name")
        if element.tag != f"{_TEXT}h":
            return "# " if style in self._styles.titles else ""
        level = max(1, min(_number(element, "outline-level", _TEXT), _DEEPEST))
        if label is None:
            label = "" if style in self._styles.unnumbered else self._lists.heading(element, level)
        return "#" * level + " " + label.removeprefix("- ")

    def _items(self, items: Any, depth: int, style: str, counts: Counts) -> Iterator[str]:
        style = items.get(f"{_TEXT}style-name") or style
        for item in items.iterchildren(f"{_TEXT}list-item", f"{_TEXT}list-header"):
            label = "  " if item.tag == f"{_TEXT}list-header" else ""
            for element in item.iterchildren(f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}list"):
                if element.tag == f"{_TEXT}list":
                    yield from self._items(element, depth + 1, style, counts)
                    continue
                label = "  " if label else self._lists.label(item, style, depth, counts)
                if (text := self._paragraph(element)) and element.tag == f"{_TEXT}h":
                    yield self._prefix(element, label.lstrip()) + text
                elif text:
                    yield "  " * depth + label + text

    def _rows(self, table: Any) -> Iterator[list[str]]:
        """The cells of each row; what a merged cell holds stands in every row and column that it spans."""
        spanning: dict[int, tuple[str, int, int]] = {}
        for row in table.iter(f"{_TABLE}table-row"):
            if next(row.iterancestors(f"{_TABLE}table")) is not table or row.get(f"{_TABLE}visibility") == "collapse":
                continue
            cells: list[tuple[str, int]] = []
            at = end = 0  # cells up to column `end` are told already
            for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                text, left = " ".join(self._cell(cell)), _number(cell, "number-rows-spanned") - 1
                repeated, is_covered = _number(cell, "number-columns-repeated"), cell.tag != f"{_TABLE}table-cell"
                width = 1 if repeated > 1 else _number(cell, "number-columns-spanned")
                for _ in range(repeated):
                    if is_covered and at >= end:
                        text, left, width = spanning.pop(at, ("", 0, 1))
                        left -= 1
                    if not is_covered or at >= end:
                        cells.append((text, width))
                        end = at + width
                        if left > 0:
                            spanning[at] = text, left, width
                    at += 1
            yield spread(cells)

    def _cell(self, parent: Any) -> Iterator[str]:
        for element in parent:
            if element.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
                yield self._paragraph(element)
            elif element.tag not in _PASSED_OVER:
                yield from self._cell(element)

    def _paragraph(self, paragraph: Any) -> str:
        if self._is_gone(paragraph):
            return ""
        text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(self._pieces(paragraph))).strip()
        is_page_line = len(text) <= PAGE_LINE and paragraph.find(f".//{_TEXT}page-number") is not None
        return "" if is_page_line else text

    def _pieces(self, parent: Any, font: str = "") -> Iterator[str]:
        """The text below `parent`, white space as the format counts it; notes and boxes are put aside."""
        font = self._styles.fonts.get(parent.get(f"{_TEXT}style-name"), font)
        yield signs(font, _single(parent.text))
        for element in parent:
            yield from self._piece(element, font)
            yield signs(font, _single(element.tail))

    def _piece(self, element: Any, font: str) -> Iterator[str]:
        tag = element.tag
        if tag == f"{_TEXT}s":
            yield " " * _number(element, "c", _TEXT)
        elif tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
            yield "\t" if tag == f"{_TEXT}tab" else "\n"
        elif tag == f"{_TEXT}note":
            for body in element.iterchildren(f"{_TEXT}note-body"):
                self._aside += self._apart(body)
        elif tag == f"{_OFFICE}annotation":
            self._aside += self._comment(element)
        elif tag in _CONTAINERS and tag.startswith(_DRAW) and tag != f"{_DRAW}a":
            self._count(element)
            self._aside += self._apart(element)
        elif tag == f"{_DRAW}control":
            self._lost["form control"] += 1
        elif tag in _PASSED_OVER or self._is_gone(element):
            return
        elif tag == f"{_FIELD}fieldmark":
            yield _chosen(element) or "".join(self._pieces(element, font))
        elif element.get(f"{_TEXT}style-name") in self._styles.raised:
            yield raised("".join(self._pieces(element, font)))
        elif tag != f"{_TEXT}p":
            yield from self._pieces(element, font)

    def _is_gone(self, element: Any) -> bool:
        """Whether its style hides it or strikes it out, which is counted."""
        style = element.get(f"{_TEXT}style-name")
        for kind, names in (("hidden piece", self._styles.hidden), ("struck-out piece", self._styles.struck)):
            if style in names:
                self._lost[kind] += _has_words(element)
                return True
        return False

    def _apart(self, parent: Any) -> list[str]:
        """The blocks below `parent`, which stands within a paragraph, read on their own."""
        aside, self._aside = self._aside, []
        blocks = [block for block in self._blocks(parent) if block]
        self._aside = aside
        return blocks

    def _comment(self, annotation: Any) -> Iterator[str]:
        if text := " ".join(self._apart(annotation)):
            yield comment(annotation.findtext(f"{_DC}creator") or "", text)

    def _count(self, frame: Any) -> None:
        said = (frame.findtext(f"{_SVG}{name}", "") for name in ("title", "desc"))
        self._lost["picture_description"] += any(map(meant_title, said))
        if frame.find(f"{_DRAW}object") is not None or frame.find(f"{_DRAW}object-ole") is not None:
            self._lost["embedded object"] += 1  # the picture beside it is what it looks like
        elif frame.find(f"{_DRAW}image") is not None:
            self._lost["picture"] += 1


def _has_words(element: Any) -> bool:
    return bool("".join(element.itertext()).strip())


def _chosen(form: Any) -> str:
    """The state of a box to tick, or the entry chosen from a list; empty for other fields."""
    kind = form.get(f"{_FIELD}type", "").rpartition(".")[2]
    said = [(each.get(f"{_FIELD}name"), each.get(f"{_FIELD}value", "")) for each in form.iterchildren(f"{_FIELD}param")]
    if kind == "FORMCHECKBOX":
        return "☒" if dict(said).get("Checkbox_Checked") == "true" else "☐"
    entries = [value for name, value in said if name == "Dropdown_ListEntry"]
    place = dict(said).get("Dropdown_Selected", "")
    return entries[int(place)] if kind == "FORMDROPDOWN" and place in map(str, range(len(entries))) else ""


def _number(element: Any, name: str, space: str = _TABLE) -> int:
    said = element.get(space + name, "1")
    return min(int(said), _MOST_REPEATED) if said.isascii() and said.isdigit() else 1


def _single(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")
