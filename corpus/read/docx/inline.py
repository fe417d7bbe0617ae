"""What one paragraph of a Word file shows: its text, the boxes that hang on it, and the notes it refers to."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from corpus.read.docx.math import linear
from corpus.read.docx.names import (
    DIAGRAM,
    GONE,
    MC,
    OFFICE,
    W14,
    WP,
    A,
    M,
    R,
    V,
    W,
    chosen,
    is_on,
    number,
    shown,
    value,
)
from corpus.read.docx.package import Package
from corpus.read.docx.styles import Styles
from corpus.read.docx.symbols import UNKNOWN, is_symbol_font, sign, signs

_TICKED, _UNTICKED = "☒", "☐"
_BOX_SIGNS = frozenset("☐☑☒☓✓✔✕✖✗✘□■▢▣✅❌◯○●◉⦿")
_PAGE_FIELD = re.compile(r"^\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.I)
_PAGE = "\0"
"""Stands in a running line for a number of pages until the words around it are taken out with it."""
_PAGE_WORD = (
    r"(?:(?<!\w)(?:page|pg\.?|p\.|of|страница|страниц|стр\.?|с\.|из|бет|беттің)(?!\w)|[第共页頁]|[-–—/|()\[\]])"
)
_PAGE_LABEL = re.compile(
    rf"(?:{_PAGE_WORD}[ \u00a0]?){{0,4}}{_PAGE}(?:[ \u00a0]?(?:{_PAGE_WORD}|{_PAGE})){{0,8}}", re.I
)
_SKIPPED = GONE | {f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "delText", "customXmlPr")}
_ICON_EMU = 914_400
_THIN_EMU = 290_000
_EMU_PER = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525, "pc": 152_400}
_VML_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,9})(pt|in|cm|mm|px|pc)?", re.I)


@dataclass(slots=True)
class Sources:
    """What the paragraphs of one file draw on, and what is kept in mind while they are read.

    Attributes:
        part: Name of the part being read, whose relationships hold.
        is_margin: Whether that part is a page header or footer.
        marks: Number of each footnote and endnote, by kind and id, in the order in which they are referred to.
        lost: How many things of each kind were not read.
    """

    package: Package
    styles: Styles
    part: str
    is_margin: bool = False
    marks: dict[str, dict[str, int]] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)
    pictures: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Line:
    """A paragraph's text, blanks around it kept; `boxes` are containers of paragraphs, or texts, that stand beside it.

    `references` holds the kind (``footnote``, ``endnote``, ``comment``) and id of each note, in order.
    """

    text: str
    boxes: list[Any]
    references: list[tuple[str, str]]


def read_line(paragraph: Any, sources: Sources) -> Line:
    """What `paragraph` shows with tracked changes accepted; what it cannot give is counted in ``sources.lost``."""
    walk = _Walk(paragraph, sources)
    walk.into(paragraph)
    text = "".join(walk.pieces)
    if _PAGE in text:
        text = _PAGE_LABEL.sub("", text).strip(" \t-–—|/·")
    return Line(text, walk.boxes, walk.references)


class _Walk:
    """One pass over a paragraph; each method below takes one kind of element."""

    def __init__(self, paragraph: Any, sources: Sources) -> None:
        self.sources = sources
        self.style = sources.styles.of(paragraph)
        self.fonts = ("", "")  # for ASCII, and for other letters
        self.pieces: list[str] = []
        self.boxes: list[Any] = []
        self.references: list[tuple[str, str]] = []
        self.fields: list[tuple[str, bool]] = []  # instruction, and whether its result has begun

    def into(self, parent: Any) -> None:
        for child in parent:
            take = _TAKERS.get(child.tag)
            if take is not None:
                take(self, child)
            elif child.tag not in _SKIPPED:
                self.into(child)

    def put(self, text: str) -> None:
        """Add text unless it stands in the instruction of a field, or is the number of a page in a running line."""
        if all(begun and not self.is_page(instruction) for instruction, begun in self.fields):
            self.pieces.append(text)

    def is_page(self, instruction: str) -> bool:
        return self.sources.is_margin and bool(_PAGE_FIELD.match(instruction))

    def lose(self, kind: str) -> None:
        self.sources.lost[kind] += 1

    def run(self, run: Any) -> None:
        if self.sources.styles.is_on(run, "vanish", self.style):
            return
        fonts = run.find(f"{W}rPr/{W}rFonts")
        self.fonts = ("", "") if fonts is None else (fonts.get(f"{W}ascii", ""), fonts.get(f"{W}hAnsi", ""))
        self.into(run)
        self.fonts = ("", "")

    def letters(self, element: Any) -> None:
        text = element.text or ""
        if any(map(is_symbol_font, self.fonts)):
            text = "".join(signs(self.fonts[0 if letter.isascii() else 1], letter) for letter in text)
        self.put(text)

    def tab(self, _: Any) -> None:
        self.put("\t")

    def line_end(self, _: Any) -> None:
        self.put("\n")

    def hyphen(self, _: Any) -> None:
        self.put("-")

    def symbol(self, element: Any) -> None:
        code = element.get(f"{W}char", "")
        shows = sign(element.get(f"{W}font", ""), int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else UNKNOWN
        if shows == UNKNOWN:
            self.lose("sign")
        self.put(shows)

    def alternatives(self, element: Any) -> None:
        branch = chosen(element)
        if branch is not None:
            self.into(branch)

    def content_control(self, element: Any) -> None:
        begin = len(self.pieces)
        self.into(element)
        box = element.find(f"{W}sdtPr/{W14}checkbox")
        if box is not None and _BOX_SIGNS.isdisjoint("".join(self.pieces[begin:])):
            checked = box.find(f"{W14}checked")
            is_checked = checked is not None and checked.get(f"{W14}val", "1") in {"1", "true", "on"}
            self.pieces.insert(begin, _TICKED if is_checked else _UNTICKED)

    def field_mark(self, element: Any) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self.form_field(element.find(f"{W}ffData"))
            self.fields.append(("", False))
        elif kind == "separate" and self.fields:
            self.fields[-1] = self.fields[-1][0], True
        elif kind == "end" and self.fields:
            instruction, _ = self.fields.pop()
            if self.is_page(instruction):
                self.put(_PAGE)

    def form_field(self, data: Any | None) -> None:
        """The state of a box to tick, or the entry chosen from a list: neither stands in the text."""
        if data is None:
            return
        box, entries = data.find(f"{W}checkBox"), data.find(f"{W}ddList")
        if box is not None:
            state = box.find(f"{W}checked")
            self.put(_TICKED if is_on(box.find(f"{W}default") if state is None else state) else _UNTICKED)
        if entries is not None:
            state = entries.find(f"{W}result")
            place = number(value(entries.find(f"{W}default") if state is None else state), 0)
            listed = [value(entry) for entry in entries.iterchildren(f"{W}listEntry")]
            self.put(listed[place] if place < len(listed) else "")

    def instruction(self, element: Any) -> None:
        if self.fields:
            before, begun = self.fields[-1]
            self.fields[-1] = before + (element.text or ""), begun

    def simple_field(self, element: Any) -> None:
        if self.is_page(element.get(f"{W}instr", "")):
            self.put(_PAGE)
        else:
            self.into(element)

    def equation(self, element: Any) -> None:
        self.put(linear(element))

    def note(self, element: Any) -> None:
        kind, identity = element.tag.removeprefix(W).removesuffix("Reference"), element.get(f"{W}id", "")
        self.references.append((kind, identity))
        if kind == "comment" or is_on_attribute(element.get(f"{W}customMarkFollows")):
            return
        marks = self.sources.marks.setdefault(kind, {})
        self.put(f"[{marks.setdefault(identity, len(marks) + 1)}]")

    def drawing(self, element: Any) -> None:
        texts = self.beside(element)
        for inside in shown(element):
            if inside.tag.endswith("}chart"):
                self.lose("chart")
            elif inside.tag == f"{DIAGRAM}relIds":
                self.diagram(inside.get(f"{R}dm", ""))
            elif inside.tag == f"{A}blip" and not texts and _is_large(element):
                self.picture(inside.get(f"{R}embed") or inside.get(f"{R}link") or "")

    def diagram(self, relation: str) -> None:
        """The texts of a drawn scheme, which are kept in a part of their own."""
        related = self.sources.package.related(self.sources.part).get(relation)
        data = None if related is None else self.sources.package.part(related.name)
        if data is None:
            self.lose("diagram")
        else:
            self.boxes.extend(_drawn_lines(data))

    def vector_picture(self, element: Any) -> None:
        self.beside(element)
        for inside in shown(element):
            if inside.tag == f"{V}imagedata" and _is_large_shape(inside.getparent()):
                self.picture(inside.get(f"{R}id", ""))
            elif inside.tag == f"{V}textpath" and inside.get("string"):
                self.boxes.append(inside.get("string"))

    def embedded(self, element: Any) -> None:
        kept = element.find(f"{OFFICE}OLEObject")
        is_equation = kept is not None and kept.get("ProgID", "").startswith(("Equation", "MathType"))
        is_control = element.find(f"{W}control") is not None
        self.beside(element)
        self.lose("equation" if is_equation else "form control" if is_control else "embedded object")

    def pronounced(self, element: Any) -> None:
        self.lose("pronunciation")
        self.into(element)

    def beside(self, element: Any) -> bool:
        """Take the outermost text boxes below `element`, and texts drawn without one; whether there were any."""
        before = len(self.boxes)
        self.outermost(element)
        return len(self.boxes) > before

    def outermost(self, parent: Any) -> None:
        for child in parent:
            if child.tag == f"{W}txbxContent":
                self.boxes.append(child)
            elif child.tag == f"{A}txBody":
                self.boxes.extend(_drawn_lines(child))
            elif child.tag == f"{MC}AlternateContent":
                branch = chosen(child)
                if branch is not None:
                    self.outermost(branch)
            else:
                self.outermost(child)

    def picture(self, relation: str) -> None:
        related = self.sources.package.related(self.sources.part).get(relation)
        self.sources.pictures.add(f"{self.sources.part} {relation}" if related is None else related.name)


def is_on_attribute(text: str | None) -> bool:
    """Whether an attribute that is a switch is there and on."""
    return text is not None and text.lower() not in {"0", "false", "off"}


def _drawn_lines(parent: Any) -> list[str]:
    lines = ("".join(piece.text or "" for piece in line.iter(f"{A}t")).strip() for line in parent.iter(f"{A}p"))
    return [line for line in lines if line]


def _is_large(drawing: Any) -> bool:
    """Whether a drawing is larger than an icon, and no mere rule; one that states no size is."""
    extent = drawing.find(f"*/{WP}extent")
    if extent is None:
        return True
    sides = [number(extent.get(side), _ICON_EMU, 999_999_999) for side in ("cx", "cy")]
    return max(sides) > _ICON_EMU and min(sides) > _THIN_EMU


def _is_large_shape(shape: Any) -> bool:
    sides = [float(size) * _EMU_PER[(unit or "px").lower()] for _, size, unit in _sizes(shape)]
    return len(sides) < 2 or (max(sides) > _ICON_EMU and min(sides) > _THIN_EMU)


def _sizes(shape: Any) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = _VML_SIZE.findall(shape.get("style") or "")
    return [each for each in found if each[1].count(".") < 2 and each[1] != "."]


_TAKERS: dict[str, Callable[[_Walk, Any], None]] = {
    f"{W}r": _Walk.run,
    f"{W}t": _Walk.letters,
    f"{W}tab": _Walk.tab,
    f"{W}ptab": _Walk.tab,
    f"{W}br": _Walk.line_end,
    f"{W}cr": _Walk.line_end,
    f"{W}noBreakHyphen": _Walk.hyphen,
    f"{W}sym": _Walk.symbol,
    f"{W}sdt": _Walk.content_control,
    f"{W}fldChar": _Walk.field_mark,
    f"{W}instrText": _Walk.instruction,
    f"{W}fldSimple": _Walk.simple_field,
    f"{W}footnoteReference": _Walk.note,
    f"{W}endnoteReference": _Walk.note,
    f"{W}commentReference": _Walk.note,
    f"{W}drawing": _Walk.drawing,
    f"{W}pict": _Walk.vector_picture,
    f"{W}object": _Walk.embedded,
    f"{W}ruby": _Walk.pronounced,
    f"{M}oMath": _Walk.equation,
    f"{MC}AlternateContent": _Walk.alternatives,
}
