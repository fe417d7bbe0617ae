"""PowerPoint files slide by slide: title, texts, tables and speaker notes as light Markdown."""

import io
import re
from collections.abc import Iterator
from typing import Any

from corpus.errors import ReportError
from corpus.read.docx.names import DIAGRAM
from corpus.read.docx.names import A as _A
from corpus.read.docx.names import R as _R
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits
from corpus.read.list_numbers import BULLET, written
from corpus.read.raised import raised
from corpus.read.rows import row_line, spread
from corpus.read.said import meant_title, refuse_wordless
from corpus.read.text import first_heading
from corpus.read.zipped import opened, xml_tree

_NOTE_MARK = re.compile(r"[0-9]{1,4}|[a-z]|[*†‡§]{1,4}")
_KINDS = {
    "arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman",
    "romanUc": "upperRoman", "ea1Chs": "chineseCounting", "ea1Cht": "chineseCounting",
    "circleNumDb": "decimalEnclosedCircle",
}  # fmt: skip
"""Kinds of automatic numbers and what Word calls them."""
_AROUND = {"Period": "{}.", "ParenR": "{})", "ParenBoth": "({})", "Plain": "{}"}
_AUTOMATIC = re.compile(f"(?P<kind>{'|'.join(_KINDS)})(?P<around>{'|'.join(_AROUND)})")


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The slides in their order, each title a ``##`` line, speaker notes below their slide; a slide is a page.

    Hidden slides are left out, but counted. Footers that slides repeat are read once, slide numbers not at all.

    Raises:
        ReportError: The archive is larger than the limits, damaged, encrypted, declares a DOCTYPE, or is empty.
    """
    from pptx import Presentation
    from pptx.exc import PythonPptxError

    reader = _Reader()
    with opened(data, limits, "a PowerPoint file", ".pptx"):
        try:
            slides = list(Presentation(io.BytesIO(data)).slides)
        except PythonPptxError as error:
            raise ValueError(str(error)) from error
        if len(slides) > limits.pages:
            raise ReportError(f"it has {len(slides)} slides, the limit is {limits.pages}. Split it.")
        texts = [reader.slide(slide, number) for number, slide in enumerate(slides, 1)]
    text, pages = _joined(texts)
    refuse_wordless(text, "a PowerPoint file")
    return Extracted(text=text, title=first_heading(text), pages=pages, notes=reader.notes())


def _joined(texts: list[str]) -> tuple[str, tuple[int, ...]]:
    """All slides, an empty line between them, and the offset of each; one without text begins where the next does."""
    text, pages = "", []
    for slide in texts:
        gap = "\n\n" if text and slide else ""
        pages.append(len(text) + (2 if text else 0))
        text += gap + slide
    return text, tuple(min(page, len(text)) for page in pages)


class _Reader:
    """Reads slides one after another and remembers what was passed over."""

    def __init__(self) -> None:
        self._hidden: list[int] = []
        self._unread: dict[str, list[int]] = {}
        self._footers: set[str] = set()

    def slide(self, slide: Any, number: int) -> str:
        """The text of one slide, its speaker notes below; empty for a hidden one."""
        if slide._element.get("show") in {"0", "false"}:
            self._hidden.append(number)
            return ""
        if any(map(_is_struck, slide._element.iter(f"{_A}rPr"))):
            self._unread["struck-out pieces"] = [*self._unread.get("struck-out pieces", []), number]
        title = slide.shapes.title
        name = " ".join(_paragraphs(title.text_frame._txBody, is_list=False)) if title is not None else ""
        name = " ".join(name.split())
        blocks = [f"## {name}"] if name else []
        for shape in slide.shapes:
            if title is None or shape.shape_id != title.shape_id:
                blocks += self._blocks(shape, number)
        if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame) is not None:
            blocks += _paragraphs(frame._txBody, is_list=False)
        return "\n\n".join(block for block in blocks if block)

    def notes(self) -> tuple[str, ...]:
        """What was not read, a clause a kind."""
        found = [f"{_slides(self._hidden, 'is hidden', 'are hidden')}, not read"] if self._hidden else []
        for what, numbers in self._unread.items():
            found.append(f"{_slides(numbers, f'holds {what}', f'hold {what}')} that were not read")
        return tuple(found)

    def _blocks(self, shape: Any, number: int) -> Iterator[str]:
        from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

        if _is_hidden(shape):
            return
        kind = shape.placeholder_format.type if shape.is_placeholder else None
        if kind == PP_PLACEHOLDER.SLIDE_NUMBER:
            return
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            for inner in shape.shapes:
                yield from self._blocks(inner, number)
        elif getattr(shape, "has_table", False):
            yield "\n".join(filter(None, map(row_line, _rows(shape.table))))
        elif shape.has_text_frame:
            is_list = kind in {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY}
            blocks = _paragraphs(shape.text_frame._txBody, is_list=is_list)
            if kind in {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.DATE}:
                blocks = [block for block in blocks if block not in self._footers]
                self._footers |= set(blocks)
            yield from blocks
        elif (diagram := _diagram(shape)) is not None:
            yield from diagram
        else:
            self._pass_over(shape, number)

    def _pass_over(self, shape: Any, number: int) -> None:
        element = shape._element
        if getattr(shape, "has_chart", False):
            what = "charts"
        elif element.tag.endswith("}pic"):
            what = "pictures"
        elif element.tag.endswith("}graphicFrame"):
            what = "embedded objects"
        else:
            return
        is_described = any(meant_title(said.get("descr", "")) for said in element.xpath("./*/p:cNvPr"))
        for each in (what, "picture descriptions")[: 1 + is_described]:
            numbers = self._unread.setdefault(each, [])
            if number not in numbers:
                numbers.append(number)


def _slides(numbers: list[int], one: str, several: str) -> str:
    listed = ", ".join(map(str, numbers))
    return f"slide {listed} {one}" if len(numbers) == 1 else f"slides {listed} {several}"


def _is_hidden(shape: Any) -> bool:
    return any(properties.get("hidden") in {"1", "true"} for properties in shape._element.xpath("./*/p:cNvPr"))


def _paragraphs(body: Any, *, is_list: bool) -> list[str]:
    """The paragraphs below `body`, items of a list joined to one block; `is_list` where bullets are the default."""
    blocks: list[str] = []
    counts: dict[int, int] = {}
    was_item = False
    for paragraph in body.iterchildren(f"{_A}p"):
        text = _text(paragraph)
        if not text:
            continue
        is_item = _is_item(paragraph, is_list)
        if is_item:
            text = _label(paragraph.find(f"{_A}pPr"), counts) + text
        else:
            counts.clear()
        if is_item and was_item:
            blocks[-1] += "\n" + text
        else:
            blocks.append(text)
        was_item = is_item
    return blocks


def _label(properties: Any | None, counts: dict[int, int]) -> str:
    """The number of an item, counted herewith, or its bullet, below the item that it belongs to."""
    level = _whole(properties, "lvl", 0)
    for deeper in [each for each in counts if each > level]:
        del counts[deeper]
    automatic = properties.find(f"{_A}buAutoNum") if properties is not None else None
    kind = _AUTOMATIC.fullmatch(automatic.get("type", "")) if automatic is not None else None
    if kind is None:
        counts.pop(level, None)
        return "  " * level + BULLET
    counts[level] = counts.get(level, _whole(automatic, "startAt", 1) - 1) + 1
    number = written(_KINDS[kind["kind"]], counts[level])
    return "  " * level + _AROUND[kind["around"]].format(number) + " "


def _whole(element: Any | None, name: str, default: int) -> int:
    said = element.get(name, "") if element is not None else ""
    return int(said) if re.fullmatch(r"[0-9]{1,5}", said) else default


def _text(paragraph: Any) -> str:
    pieces = []
    for element in paragraph.iter(f"{_A}t", f"{_A}br"):
        properties = element.getparent().find(f"{_A}rPr")
        if _is_struck(properties):
            continue
        text = "\n" if element.tag == f"{_A}br" else (element.text or "").replace("\v", "\n")
        if _whole(properties, "baseline", 0) > 0:
            text = f"[{text}]" if _is_note_mark(properties, text) else raised(text)
        pieces.append(text)
    return re.sub(r"[ \t]*\n\s*", "\n", "".join(pieces)).strip()


def _is_note_mark(properties: Any, text: str) -> bool:
    """Whether a raised run leads to another slide."""
    return _NOTE_MARK.fullmatch(text) is not None and properties.find(f"{_A}hlinkClick") is not None


def _is_struck(properties: Any | None) -> bool:
    return properties is not None and properties.get("strike", "noStrike") != "noStrike"


def _is_item(paragraph: Any, is_list: bool) -> bool:
    properties = paragraph.find(f"{_A}pPr")
    if properties is None:
        return is_list
    if properties.find(f"{_A}buNone") is not None:
        return False
    return is_list or any(properties.find(_A + name) is not None for name in ("buChar", "buAutoNum", "buBlip"))


def _rows(table: Any) -> Iterator[list[str]]:
    """The cells of each row; what a merged cell holds stands in every row and column that it spans."""
    above: list[str] = []
    for row in table._tbl.tr_lst:
        cells: list[tuple[str, int]] = []
        for at, cell in enumerate(row.tc_lst):
            if cell.hMerge and cells:
                cells[-1] = cells[-1][0], cells[-1][1] + 1
                continue
            text = " ".join(_paragraphs(cell.txBody, is_list=False)) if cell.txBody is not None else ""
            cells.append((above[at] if cell.vMerge and at < len(above) else text, 1))
        yield spread(cells)
        above = [text for text, width in cells for _ in range(width)]


def _diagram(shape: Any) -> list[str] | None:
    """The texts of a diagram (SmartArt) in the order of its points; None where the shape is none."""
    relations = shape._element.find(f".//{DIAGRAM}relIds")
    if relations is None:
        return None
    part = shape.part.related_part(relations.get(f"{_R}dm"))
    bodies = xml_tree(part.blob).iterfind(f".//{DIAGRAM}pt/{DIAGRAM}t")
    return [block for body in bodies for block in _paragraphs(body, is_list=False)]
