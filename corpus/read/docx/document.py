"""Word files: all that is shown, in reading order, as light Markdown; what cannot be read is said in the notes."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.read.docx.blocks import COLUMNS, blocks_of, cells_of, is_joined, rows_of, skipped
from corpus.read.docx.inline import Line, Sources, read_line
from corpus.read.docx.lists import Numbering
from corpus.read.docx.names import R, W, is_on, number, value
from corpus.read.docx.package import Package
from corpus.read.docx.styles import Styles
from corpus.read.docx.title import OPENING_LINES, Opening, is_wholly_bold, title_of
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits
from corpus.read.rows import barred, spread
from corpus.read.said import comment, refuse_wordless
from corpus.read.text import first_heading
from corpus.read.zipped import opened

_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_LOST = {
    "picture": "whose text was not read",
    "sign": "of an unknown font, shown as ▯",
    "list item": "whose number was not read",
}


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The visible text: headings are ``#`` lines, list items have their number or ``- ``, table rows ``|`` cells.

    Page headers stand before the text and footers behind it, each text once; text boxes, footnotes, endnotes and
    comments follow the paragraph or table row they belong to. Text marked hidden and text struck out by tracked
    changes is left out; inserted text is kept.

    Raises:
        ReportError: The archive is larger than the limits, damaged, encrypted, declares a DOCTYPE, or is empty.
    """
    with opened(data, limits, "a Word file", ".docx") as archive:
        return _Document(Package(archive)).extracted()


class _Document:
    """One reading of one file."""

    def __init__(self, package: Package) -> None:
        self._name, self._root = package.main()
        styles = Styles(package.part_of_kind(self._name, "styles"))
        self._package = package
        self._sources = Sources(package, styles, self._name)
        self._lists = Numbering(package.part_of_kind(self._name, "numbering"), styles)
        self._noted = {
            (kind, note.get(f"{W}id", "")): note
            for kind in ("footnote", "endnote", "comment")
            for note in self._notes_of(kind)
        }
        self._given: set[tuple[str, str]] = set()
        self._opening: list[Opening] = []

    def extracted(self) -> Extracted:
        """All of the file; errors as for `extract`."""
        body = self._root.find(f"{W}body")
        if body is None:
            raise ValueError("it has no body")
        lines = list(self._blocks(body, is_body=True))
        known = {line.lstrip("# ") for line in lines}
        headers, footers = self._margin(body, "header", known), self._margin(body, "footer", known)
        text = re.sub(r"\n{3,}", "\n\n", "\n".join([*headers, *lines, *footers])).strip()
        refuse_wordless(text, "a Word file")
        core = self._package.part_of_kind("", "core-properties")
        stated = "" if core is None else str(core.findtext(_DC_TITLE) or "")
        title = title_of(stated, self._opening) or first_heading(text)
        return Extracted(text=text, title=title, notes=tuple(self._losses()))

    def _blocks(self, parent: Any, *, is_body: bool = False) -> Iterator[str]:
        """Lines for the block elements below `parent`, in order; an empty line after each paragraph and table."""
        carried = ""
        for element in blocks_of(parent):
            if element.tag == f"{W}tbl":
                yield from self._table(element)
                yield ""
            elif element.tag == f"{W}p":
                line = read_line(element, self._sources)
                carried += line.text
                if not is_joined(element):
                    line.text, carried = carried.strip(), ""
                    yield from self._paragraph(element, line, is_body)
                yield from self._beside(line)
            else:
                self._sources.lost["embedded document"] += 1
        if carried.strip():
            yield from (carried.strip(), "")

    def _paragraph(self, paragraph: Any, line: Line, is_body: bool) -> Iterator[str]:
        prefix = self._lists.prefix(paragraph)
        if not line.text:
            return
        styles = self._sources.styles
        style = styles.of(paragraph)
        level = styles.level(style)
        if level:
            line.text = " ".join(line.text.split("\n"))
            prefix = "#" * min(level, 6) + " " + ("" if prefix.startswith("- ") else prefix)
        if is_body:
            is_bold = len(self._opening) < OPENING_LINES and is_wholly_bold(paragraph, styles)
            self._opening.append(Opening(line.text, level, styles.is_title(style), is_bold))
        yield prefix + line.text
        yield ""

    def _beside(self, line: Line) -> Iterator[str]:
        """What a paragraph refers to, then the boxes that hang on it."""
        for note in self._notes(line.references):
            yield note
            yield ""
        for box in line.boxes:
            yield from (box, "") if isinstance(box, str) else self._blocks(box)

    def _table(self, table: Any) -> Iterator[str]:
        above: dict[int, str] = {}
        for row in rows_of(table):
            references: list[tuple[str, str]] = []
            cells, is_filled = self._row(row, above, references)
            if is_filled:
                yield barred(cells)
            yield from self._notes(references)

    def _row(self, row: Any, above: dict[int, str], references: list[tuple[str, str]]) -> tuple[list[str], bool]:
        """Cells of a row, one for each column, and whether any holds a text of its own.

        `above` holds the text of the cells that reach down into the next row, by column.
        """
        at = skipped(row, "gridBefore")
        cells = [("", 1)] * at
        is_filled = False
        for cell in cells_of(row):
            text = " ".join(self._flat(cell, references))
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            if merged is not None and value(merged) != "restart" and at in above:
                text = above[at]
            else:
                is_filled = is_filled or bool(text)
                above.pop(at, None)
                if merged is not None:
                    above[at] = text
            stated = number(value(cell.find(f"{W}tcPr/{W}gridSpan")), 1)
            width = max(1, min(stated, COLUMNS - at))
            aside = cell.find(f"{W}tcPr/{W}hMerge")
            if aside is not None and value(aside) != "restart" and cells and not text:
                cells[-1] = cells[-1][0], cells[-1][1] + width
            else:
                cells.append((text, width))
            at += width
        return spread([*cells, *[("", 1)] * skipped(row, "gridAfter")]), is_filled

    def _flat(self, parent: Any, references: list[tuple[str, str]]) -> Iterator[str]:
        """The texts below `parent`, tables and boxes included, each on one line."""
        for element in blocks_of(parent):
            if element.tag == f"{W}tbl":
                for row in rows_of(element):
                    for cell in cells_of(row):
                        yield from self._flat(cell, references)
            elif element.tag == f"{W}p":
                line = read_line(element, self._sources)
                references += line.references
                prefix = self._lists.prefix(element)
                text = (("" if prefix.startswith("- ") else prefix) + line.text.strip()).replace("\n", " ").strip()
                if text:
                    yield text
                for box in line.boxes:
                    yield from [box] if isinstance(box, str) else self._flat(box, references)
            else:
                self._sources.lost["embedded document"] += 1

    def _notes_of(self, kind: str) -> Iterable[Any]:
        part = self._package.part_of_kind(self._name, f"{kind}s")
        return () if part is None else part.iterchildren(f"{W}{kind}")

    def _notes(self, references: list[tuple[str, str]]) -> Iterator[str]:
        """A line for each footnote, endnote and comment referred to, the notes first; each is given once."""
        for kind, identity in sorted(references, key=lambda reference: reference[0] == "comment"):
            if (kind, identity) in self._given:
                continue
            self._given.add((kind, identity))
            note = self._noted.get((kind, identity))
            if note is None:
                self._sources.lost[kind] += 1
                continue
            part, self._sources.part = self._sources.part, self._part_name(f"{kind}s")
            within: list[tuple[str, str]] = []
            text = " ".join(self._flat(note, within))
            self._sources.part = part
            mark = self._sources.marks.get(kind, {}).get(identity)
            if text and kind == "comment":
                yield comment(note.get(f"{W}author", ""), text)
            elif text:
                yield text if mark is None else f"[{mark}] {text}"
            yield from self._notes(within)

    def _part_name(self, kind: str) -> str:
        related = self._package.related(self._name).values()
        return next((each.name for each in related if each.kind == kind), self._name)

    def _margin(self, body: Any, kind: str, known: set[str]) -> list[str]:
        """Lines of the page headers or footers that are shown, without those in `known`, which takes up the others."""
        lines: list[str] = []
        for name in self._margin_parts(body, kind):
            root = self._package.part(name)
            if root is None:
                continue
            self._sources.part, self._sources.is_margin = name, True
            for line in self._blocks(root):
                if line not in known or not line:
                    lines.append(line)
                    known.add(line)
        return lines

    def _margin_parts(self, body: Any, kind: str) -> dict[str, None]:
        """Names of the parts, in order; a section takes over those of the one before."""
        settings = self._package.part_of_kind(self._name, "settings")
        has_even = settings is not None and is_on(settings.find(f"{W}evenAndOddHeaders"))
        current: dict[str, str] = {}
        parts: dict[str, None] = {}
        for section in body.iter(f"{W}sectPr"):
            if section.getparent().tag == f"{W}sectPrChange":
                continue
            for reference in section.iterchildren(f"{W}{kind}Reference"):
                related = self._package.related(self._name).get(reference.get(f"{R}id", ""))
                if related is not None:
                    current[reference.get(f"{W}type", "default")] = related.name
            is_shown = {"first": is_on(section.find(f"{W}titlePg")), "default": True, "even": has_even}
            parts |= dict.fromkeys(current[each] for each, shown in is_shown.items() if shown and each in current)
        return parts

    def _losses(self) -> Iterator[str]:
        counts = dict(self._sources.lost)
        counts["picture"] = len(self._sources.pictures)
        counts["list item"] = self._lists.unread
        for kind, count in sorted(counts.items()):
            if count:
                yield f"{count} {kind}{'s' if count > 1 else ''}, {_LOST.get(kind, 'not read')}"
        for name in sorted(self._package.damaged):
            yield f"its part {name} is damaged and was not read"
