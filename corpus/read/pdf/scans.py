"""Pages of a PDF that are pictures, their words recognised and laid out as those of any other page."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import ReportError
from corpus.read.ocr import DPI, Recognised, recognise
from corpus.read.pdf.words import PageWords, Word

_POINTS = 72 / DPI


@dataclass(frozen=True, slots=True)
class Scan:
    """The words of a page that is a picture, and how surely they were recognised in the mean, from 0 to 1."""

    words: PageWords
    confidence: float


def recognised_pages(pdf: Any, numbers: Sequence[int], seconds: float) -> tuple[dict[int, Scan], list[str]]:
    """The pages of these numbers, from 0, that have words; and a note where recognising failed, which ends it.

    Args:
        pdf: The document of pypdfium2; `seconds` is what one page may take.
    """
    found: dict[int, Scan] = {}
    for number in numbers:
        picture = io.BytesIO()
        page = pdf[number]
        page.render(scale=DPI / 72).to_pil().convert("L").save(picture, "PNG")
        try:
            told = recognise(picture.getvalue(), seconds)
        except ReportError as error:
            return found, [str(error).rstrip(".")]
        if told:
            words = PageWords([_word(one, at) for at, one in enumerate(told)], [], [], page.get_size()[1])
            found[number] = Scan(words, sum(one.confidence for one in told) / len(told))
    return found, []


def _word(one: Recognised, at: int) -> Word:
    left, top = one.left * _POINTS, one.top * _POINTS
    return Word(one.text, left, top, left + one.width * _POINTS, top + one.height * _POINTS, range(at, at + 1))
