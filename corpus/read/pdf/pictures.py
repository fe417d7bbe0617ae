"""Pictures on the pages of a PDF: which pages are pictures, and which hold large ones beside their text."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from corpus.read.pdf.words import PageWords

_FEW_LETTERS = 25
_MOST_IMAGES = 1000
_LARGE, _SOME = 0.3, 0.05
"""Share of a page that pictures cover from which it is taken for one: where it has hardly any text, and none."""
_HALF = 0.5


def covered(page: Any) -> float:
    """The share of a page of pypdfium2 that pictures cover."""
    width, height = page.get_size()
    size = sum((right - left) * (top - bottom) for left, bottom, right, top in _boxes(page))
    return float(size / max(1.0, width * height))


def is_picture(page: PageWords, share: float) -> bool:
    """Whether the page is a picture, or one with a few words on it."""
    words = page.words
    return share > (_LARGE if words else _SOME) and sum(len(word.text) for word in words) < _FEW_LETTERS


def pages_with_pictures(pdf: Any, shares: Sequence[float], whole: Sequence[int]) -> list[int]:
    """The numbers of pages that are not pictures as a `whole`, but by more than half, with hardly any text on these.

    Text on a picture is that recognised of a scan, or the picture lies behind it.
    """
    large = (number for number, share in enumerate(shares) if share > _HALF and number not in whole)
    return [number for number in large if _letters_on_pictures(pdf[number]) < _FEW_LETTERS]


def pictures_notes(pictures: Sequence[int], holding: Sequence[int]) -> list[str]:
    """What to say of pages that are pictures, and of those that hold some."""
    notes = []
    if pictures:
        pages = _named(pictures)
        several = len(pictures) > 1
        notes.append(f"{pages} are pictures, their text" if several else f"{pages} is a picture, its text")
        notes[-1] += " was not read"
    if holding:
        notes.append(f"{_named(holding)} {'hold' if len(holding) > 1 else 'holds'} pictures that were not read")
    return notes


def _named(numbers: Sequence[int]) -> str:
    names = [str(number + 1) for number in numbers]
    return f"pages {', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else f"page {names[0]}"


def _boxes(page: Any) -> list[tuple[float, float, float, float]]:
    from pypdfium2 import raw

    images = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=5)
    return [image.get_bounds() for image in islice(images, _MOST_IMAGES)]


def _letters_on_pictures(page: Any) -> int:
    text_page = page.get_textpage()
    return sum(len("".join(text_page.get_text_bounded(*box).split())) for box in _boxes(page))
