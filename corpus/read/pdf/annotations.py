"""What stands on a PDF page in its annotations: filled fields of forms, where they stand, and comments."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from corpus.read.said import comment

Box = tuple[float, float, float, float]
Place = Callable[[Box], Box]
"""Turns a box of PDF points, upwards, into left, top, right and bottom of the page turned upright."""

_TICKED, _EMPTY = "☒", "☐"
_HIDDEN = 2 | 32
"""Flags of what is never shown, and not shown on a screen."""


@dataclass(frozen=True, slots=True)
class Field:
    """The lines of a filled field, or the sign of a box to tick, and where it stands."""

    lines: list[str]
    box: Box


@dataclass(slots=True)
class Annotations:
    """Fields, comments as lines with the boxes they belong to, and how many of both are hidden."""

    fields: list[Field] = field(default_factory=list)
    comments: list[tuple[str, str, Box]] = field(default_factory=list)
    hidden: int = 0


def read_annotations(page: Any, place: Place) -> Annotations:
    """The annotations of a page of pypdfium2; fields only where the document's forms were initialized."""
    from pypdfium2 import raw

    found = Annotations()
    marks = _marks()
    for annotation in _each(page):
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind == raw.FPDF_ANNOT_WIDGET:
            lines = _filled(page.formenv, annotation) if page.formenv else []
            said = ""
        elif kind in marks:
            said = " ".join(_string(annotation, b"Contents").split())
            lines = []
        else:
            continue
        if not lines and not said:
            continue
        box = _box(annotation, place)
        if raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            found.hidden += any(line not in (_TICKED, _EMPTY) for line in lines) or bool(said)
        elif lines:
            found.fields.append(Field(lines, box))
        else:
            found.comments.append((said, comment(_string(annotation, b"T"), said), box))
    found.fields.sort(key=lambda one: (one.box[1], one.box[0]))
    return found


def _marks() -> frozenset[int]:
    """The kinds of annotations that are remarks on the text, and no part of it."""
    from pypdfium2 import raw

    last = raw.FPDF_ANNOT_SOUND
    return frozenset(range(raw.FPDF_ANNOT_TEXT, last + 1)) - {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP}


def _each(page: Any) -> Iterator[Any]:
    from pypdfium2 import raw

    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if annotation:
            yield annotation
            raw.FPDFPage_CloseAnnot(annotation)


def _filled(form: Any, annotation: Any) -> list[str]:
    """The lines of the value of a field, of a box to tick its sign; none of an empty field and of a button."""
    from pypdfium2 import raw

    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return [_TICKED if raw.FPDFAnnot_IsChecked(form, annotation) else _EMPTY]
    if kind in (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        if chosen := list(_chosen(form, annotation)):
            return chosen
    elif kind != raw.FPDF_FORMFIELD_TEXTFIELD:
        return []
    value = _decoded(partial(raw.FPDFAnnot_GetFormFieldValue, form, annotation))
    return [line for line in value.splitlines() if line.strip()]


def _chosen(form: Any, annotation: Any) -> Iterator[str]:
    from pypdfium2 import raw

    for number in range(raw.FPDFAnnot_GetOptionCount(form, annotation)):
        if raw.FPDFAnnot_IsOptionSelected(form, annotation, number):
            text = _decoded(partial(raw.FPDFAnnot_GetOptionLabel, form, annotation, number))
            if text.strip():
                yield text


def _string(annotation: Any, key: bytes) -> str:
    from pypdfium2 import raw

    return _decoded(partial(raw.FPDFAnnot_GetStringValue, annotation, key))


def _decoded(read: Callable[[Any, int], int]) -> str:
    """The text that a function of pdfium writes into a room of a size, or tells the size of."""
    size = read(None, 0)
    room = (ctypes.c_ushort * (size // 2 + 1))()
    read(room, size)
    return bytes(room)[:size].decode("utf-16-le", "replace").split("\0")[0]


def _box(annotation: Any, place: Place) -> Box:
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, ctypes.byref(box))
    return place((box.left, box.top, box.right, box.bottom))
