"""The title of a PDF: the one it states, else the large or bold line above its text."""

import re
from collections.abc import Sequence
from typing import Any

from corpus.read.pdf.lines import Line, Table, is_chinese
from corpus.read.said import meant_title

_LONGEST = 200
_SHORT = 120
_LARGER = 1.15
_BOLD = re.compile(r"bold|black|heavy|semibold", re.I)


def stated_title(pdf: Any) -> str:
    """The title in the file's own description, empty when it is none or the name of a file or program."""
    return meant_title(str(pdf.get_metadata_dict().get("Title") or ""))


def shown_title(items: Sequence[Line | Table], text_page: Any) -> str:
    """The first large line of a page if clearly larger than its text, or a short bold first line; else empty."""
    lines = [item for item in items if isinstance(item, Line)]
    if len(lines) < 2:
        return ""
    sizes = sorted(word.height for line in lines for word in line.words)
    usual = sizes[len(sizes) // 2]
    top = lines[:8]
    largest = max(top, key=lambda line: line.height)
    if largest.height >= _LARGER * usual:
        return _together(lines[lines.index(largest) :], largest.height)
    first, second = lines[:2]
    if len(first.text) <= _SHORT and _is_bold(first, text_page) and not _is_bold(second, text_page):
        return first.text
    return ""


def _together(lines: Sequence[Line], height: float) -> str:
    """The first line and those that go on below it in its size."""
    title = ""
    last: Line | None = None
    for line in lines:
        if abs(line.height - height) > 0.05 * height or (last and line.top - last.bottom > 0.5 * height):
            break
        title += " " if last and not is_chinese(title[-1], line.text[0]) else ""
        title += line.text
        last = line
    return title if len(title) <= _LONGEST else ""


def _is_bold(line: Line, text_page: Any) -> bool:
    firsts = [word.characters[0] for word in line.words if word.characters]
    return bool(firsts) and all(_is_bold_character(first, text_page) for first in firsts)


def _is_bold_character(index: int, text_page: Any) -> bool:
    import ctypes

    from pypdfium2 import raw

    name = ctypes.create_string_buffer(256)
    length = raw.FPDFText_GetFontInfo(text_page, index, name, len(name), None)
    known = name.value.decode("utf-8", "replace") if 0 < length <= len(name) else ""
    return bool(_BOLD.search(known)) or raw.FPDFText_GetFontWeight(text_page, index) >= 600
