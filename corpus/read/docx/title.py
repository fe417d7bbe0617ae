"""The title of a Word file: what a reader takes for it, and the property only where that was meant as one."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from corpus.read.docx.names import GONE, W
from corpus.read.docx.styles import Styles
from corpus.read.said import meant_title

_LONGEST = 150
OPENING_LINES = 8
"""Paragraphs among which a bold line may be the title."""
_SENTENCE_END = re.compile(r"[.。;；:：,，]$")
_NOTE_MARKS = re.compile(r"(?:\[\d+\])+$")


class Opening(NamedTuple):
    """A paragraph of the body: level 0 is running text."""

    text: str
    level: int
    is_title: bool
    is_bold: bool


def title_of(stated: str, paragraphs: Sequence[Opening]) -> str:
    """The title of a file whose title property is `stated`; empty where neither that nor the text names one.

    In this order: paragraphs in the style for titles, the property, a bold line above the first heading, the first
    heading, a bold line among the first ones.
    """
    first = next((at for at, each in enumerate(paragraphs) if each.is_title), len(paragraphs))
    titles: list[str] = []
    for each in paragraphs[first:]:
        if not each.is_title:
            break
        titles.append(each.text)
    heading = next((each.text for each in paragraphs if each.level), "")
    found = " ".join(titles) or meant_title(stated) or _bold_line(paragraphs) or heading
    return _NOTE_MARKS.sub("", " ".join(found.split()))


def is_wholly_bold(paragraph: Any, styles: Styles) -> bool:
    """Whether all letters of a paragraph are bold; False for one without letters."""
    style = styles.of(paragraph)
    runs = [
        run
        for run in paragraph.iter(f"{W}r")
        if any(character.isalnum() for text in run.iterchildren(f"{W}t") for character in text.text or "")
        and not any(parent.tag in GONE for parent in run.iterancestors())
    ]
    return bool(runs) and all(styles.is_on(run, "b", style) for run in runs)


def _bold_line(paragraphs: Sequence[Opening]) -> str:
    """The first short bold line of the opening, which ends with the first heading or the first sentence."""
    for each in paragraphs[:OPENING_LINES]:
        if each.level or len(each.text) > _LONGEST:
            return ""
        if each.is_bold and not _SENTENCE_END.search(each.text) and (" " in each.text or len(each.text) > 6):
            return each.text
        if _SENTENCE_END.search(each.text) and not each.is_bold:
            return ""
    return ""
