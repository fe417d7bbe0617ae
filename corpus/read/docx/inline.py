"""What one paragraph of a Word file shows: its text, the boxes that hang on it, and the notes it refers to."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from corpus.read.docx.drawings import boxes_in, description_of, drawn_lines, is_large, sides_of, sides_of_shape
from corpus.read.docx.math import linear
from corpus.read.docx.names import (
    DIAGRAM,
    GONE,
    GONE_SWITCHES,
    MC,
    OFFICE,
    STRUCK_SWITCHES,
    W14,
    A,
    M,
    R,
    V,
    W,
    chosen,
    is_on,
    is_on_text,
    number,
    shown,
    value,
)
from corpus.read.docx.package import Package
from corpus.read.docx.styles import Styles
from corpus.read.docx.symbols import UNKNOWN, is_symbol_font, sign, signs
from corpus.read.raised import raised
from corpus.read.running import PAGE, without_page_numbers
from corpus.read.said import meant_title

_TICKED, _UNTICKED = "☒", "☐"
_BOX_SIGNS = frozenset("☐☑☒☓✓✔✕✖✗✘□■▢▣✅❌◯○●◉⦿")
_PAGE_FIELD = re.compile(r"^\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.I)
_SKIPPED = GONE | {f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "delText", "customXmlPr")}


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
    return Line(without_page_numbers("".join(walk.pieces)), walk.boxes, walk.references)


class _Walk:
    """One pass over a paragraph; each method below takes one kind of element."""

    def __init__(self, paragraph: Any, sources: Sources) -> None:
        self.sources = sources
        self.style = sources.styles.of(paragraph)
        self.fonts = ("", "")  # for ASCII, and for other letters
        self.is_raised = False
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

    def run(self, run: Any) -> None:
        gone = [switch for switch in GONE_SWITCHES if self.sources.styles.is_on(run, switch, self.style)]
        if gone:
            kind = "struck-out piece" if gone[0] in STRUCK_SWITCHES else "hidden piece"
            self.sources.lost[kind] += any((text.text or "").strip() for text in run.iterchildren(f"{W}t"))
            return
        height = run.find(f"{W}rPr/{W}vertAlign")
        self.is_raised = height is not None and height.get(f"{W}val") == "superscript"
        fonts = run.find(f"{W}rPr/{W}rFonts")
        self.fonts = ("", "") if fonts is None else (fonts.get(f"{W}ascii", ""), fonts.get(f"{W}hAnsi", ""))
        self.into(run)
        self.fonts, self.is_raised = ("", ""), False

    def letters(self, element: Any) -> None:
        text = element.text or ""
        if any(map(is_symbol_font, self.fonts)):
            text = "".join(signs(self.fonts[0 if letter.isascii() else 1], letter) for letter in text)
        self.put(raised(text) if self.is_raised else text)

    def symbol(self, element: Any) -> None:
        code = element.get(f"{W}char", "")
        shows = sign(element.get(f"{W}font", ""), int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else UNKNOWN
        if shows == UNKNOWN:
            self.sources.lost["sign"] += 1
        self.put(shows)

    def content_control(self, element: Any) -> None:
        begin = len(self.pieces)
        self.into(element)
        box = element.find(f"{W}sdtPr/{W14}checkbox")
        if box is not None and _BOX_SIGNS.isdisjoint("".join(self.pieces[begin:])):
            checked = box.find(f"{W14}checked")
            is_checked = checked is not None and is_on_text(checked.get(f"{W14}val", "1"))
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
                self.put(PAGE)

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
            self.put(PAGE)
        else:
            self.into(element)

    def note(self, element: Any) -> None:
        kind, identity = element.tag.removeprefix(W).removesuffix("Reference"), element.get(f"{W}id", "")
        self.references.append((kind, identity))
        if kind == "comment" or is_on_text(element.get(f"{W}customMarkFollows", "off")):
            return
        marks = self.sources.marks.setdefault(kind, {})
        self.put(f"[{marks.setdefault(identity, len(marks) + 1)}]")

    def drawing(self, element: Any) -> None:
        texts = list(boxes_in(element))
        self.boxes += texts
        self.sources.lost["picture description"] += bool(description_of(element))
        for inside in shown(element):
            if inside.tag.endswith("}chart"):
                self.sources.lost["chart"] += 1
            elif inside.tag == f"{DIAGRAM}relIds":
                self.diagram(inside.get(f"{R}dm", ""))
            elif inside.tag == f"{A}blip" and not texts and is_large(sides_of(element)):
                self.picture(inside.get(f"{R}embed") or inside.get(f"{R}link") or "")

    def diagram(self, relation: str) -> None:
        """The texts of a drawn scheme, which are kept in a part of their own."""
        related = self.sources.package.related(self.sources.part).get(relation)
        data = None if related is None else self.sources.package.part(related.name)
        if data is None:
            self.sources.lost["diagram"] += 1
        else:
            self.boxes.extend(drawn_lines(data))

    def vector_picture(self, element: Any) -> None:
        self.boxes += boxes_in(element)
        for inside in shown(element):
            if inside.tag == f"{V}imagedata" and is_large(sides_of_shape(inside.getparent())):
                self.picture(inside.get(f"{R}id", ""))
                self.sources.lost["picture description"] += bool(meant_title(inside.getparent().get("alt", "")))
            elif inside.tag == f"{V}textpath" and inside.get("string"):
                self.boxes.append(inside.get("string"))

    def embedded(self, element: Any) -> None:
        kept = element.find(f"{OFFICE}OLEObject")
        is_equation = kept is not None and kept.get("ProgID", "").startswith(("Equation", "MathType"))
        is_control = element.find(f"{W}control") is not None
        self.boxes += boxes_in(element)
        self.sources.lost["equation" if is_equation else "form control" if is_control else "embedded object"] += 1

    def pronounced(self, element: Any) -> None:
        self.sources.lost["pronunciation"] += 1
        self.into(element)

    def picture(self, relation: str) -> None:
        related = self.sources.package.related(self.sources.part).get(relation)
        self.sources.pictures.add(f"{self.sources.part} {relation}" if related is None else related.name)


_TAKERS: dict[str, Callable[[_Walk, Any], None]] = {
    f"{W}r": _Walk.run,
    f"{W}t": _Walk.letters,
    f"{W}tab": lambda walk, _: walk.put("\t"),
    f"{W}ptab": lambda walk, _: walk.put("\t"),
    f"{W}br": lambda walk, _: walk.put("\n"),
    f"{W}cr": lambda walk, _: walk.put("\n"),
    f"{W}noBreakHyphen": lambda walk, _: walk.put("-"),
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
    f"{M}oMath": lambda walk, equation: walk.put(linear(equation)),
    f"{MC}AlternateContent": lambda walk, element: walk.into(chosen(element)),
}
