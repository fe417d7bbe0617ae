"""One page of a PDF as a picture, with a quote highlighted exactly where the page has it, or not at all."""

import hashlib
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import ReportError
from corpus.read.files import read_bytes, relative_path
from corpus.read.limits import ReadLimits
from corpus.read.pdf.layout import reading_order
from corpus.read.pdf.lines import BULLETS
from corpus.read.pdf.words import HYPHEN_MARKS, character_at, read_page

if TYPE_CHECKING:
    from PIL.Image import Image

_PIXELS = 8_000_000
"""Most pixels of a picture: four A4 pages at twice screen size; 24 MB while it is drawn."""
_SCALE = 1.5
_HIGHLIGHT, _EDGE = (255, 228, 138), (185, 131, 0)
_UNSEEN = frozenset(HYPHEN_MARKS + "\xad\u200b-|" + BULLETS)
"""Hyphens, which may break a word, characters that take no room, and what the text has for cells and bullets."""
_WORD_GAP = 3

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in PDF points, as pdfium gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPicture:
    """Which page of which file to draw; fields as the arguments of `corpus.read.page_picture`."""

    path: str
    page: int
    quote: str
    before: str | None
    sha256: str


def draw(wanted: WantedPicture, folder: Path, limits: ReadLimits) -> bytes:
    """The page as PNG, drawn in this very process; `corpus.read` does it in a guarded one.

    Raises:
        ReportError: The file cannot be read, has changed or is no PDF, or there is no such page; the message is the
            reason, without the file's name.
    """
    import pypdfium2

    data = read_bytes(folder, relative_path(Path(wanted.path), folder), limits)
    if wanted.sha256 and hashlib.sha256(data).hexdigest() != wanted.sha256:
        raise ReportError("it has changed since it was indexed. Index the folder again.")
    try:
        pdf = pypdfium2.PdfDocument(data)
        if not 1 <= wanted.page <= len(pdf):
            raise ReportError(f"it has no page {wanted.page}, its pages are 1 to {len(pdf)}. Ask for one of them.")
        page = pdf[wanted.page - 1]
        width, height = page.get_size()
        bitmap = page.render(scale=_scale(width, height))
        boxes = quote_boxes(page, wanted.quote, wanted.before)
        places = [_pixels(bitmap.get_posconv(page), box) for box in boxes]
    except pypdfium2.PdfiumError as error:
        raise ReportError(f"page {wanted.page} cannot be drawn ({error}). Copy or download the file again.") from error
    picture = io.BytesIO()
    _highlighted(bitmap.to_pil().convert("RGB"), places).save(picture, "PNG")
    return picture.getvalue()


def quote_boxes(page: Any, quote: str, before: str | None) -> list[Box]:
    """Boxes of the stretches of `quote` on a page of pypdfium2, a line each; none where its place is not certain.

    `before` is the page's text in front of the quote, as far as it was indexed. Where the page does not have the two
    together, or `before` is None, the quote is taken where it stands if it stands in one place only.
    """
    wanted = squeezed(quote)
    if not wanted:
        return []
    text_page = page.get_textpage()
    for order in _orders(page, text_page):
        characters = [(character, index) for index in order for character in squeezed(character_at(text_page, index))]
        at = _place("".join(character for character, _ in characters), wanted, before)
        if at >= 0:
            found = characters[at : at + len(wanted)]
            return _lines([text_page.get_charbox(index, loose=True) for _, index in found])
    return []


def _orders(page: Any, text_page: Any) -> Iterator[list[int]]:
    """The numbers of the page's characters as they are read, and as they were drawn."""
    read = read_page(page, text_page)
    words = [word for item in reading_order(read, read.words) for word in item.words]
    yield [index for word in (*words, *read.askew) for index in word.characters]
    yield [index for word in (*read.words, *read.askew) for index in word.characters]


def _place(text: str, wanted: str, before: str | None) -> int:
    """Where in `text` the words are: behind `before`, else where they are once; -1 where that is not certain."""
    ahead = squeezed(before or "")
    if before is not None and text.startswith(ahead + wanted):
        return len(ahead)
    for start in (ahead, ""):
        at = text.find(start + wanted)
        if at >= 0 and text.find(start + wanted, at + 1) < 0:
            return at + len(start)
    return -1


def squeezed(text: str) -> str:
    """The characters of `text` that show: no white space, hyphens, bullets or bars of cells."""
    return "".join(character for character in text if not (character.isspace() or character in _UNSEEN))


def _lines(boxes: Sequence[Box]) -> list[Box]:
    """Boxes of neighboring characters joined, as long as they go on in one line."""
    lines: list[Box] = []
    for box in boxes:
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        last = lines[-1] if lines else None
        if last is not None and _goes_on(last, box):
            lines[-1] = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            lines.append(box)
    return lines


def _goes_on(line: Box, box: Box) -> bool:
    height = line[3] - line[1]
    middle = (box[1] + box[3]) / 2
    return line[1] < middle < line[3] and -height < box[0] - line[2] < _WORD_GAP * height


def _scale(width: float, height: float) -> float:
    """Pixels a PDF point, fewer where the picture would have too many pixels or a side that takes them all."""
    room = math.sqrt(_PIXELS / max(1.0, width * height))
    return min(_SCALE, room, 10_000 / max(1.0, width, height))


def _pixels(converter: Any, box: Box) -> tuple[int, int, int, int]:
    """A box in the pixels of the picture: left, top, right, bottom."""
    one, other = converter.to_bitmap(box[0], box[1]), converter.to_bitmap(box[2], box[3])
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    return left - 1, top - 1, right + 1, bottom + 1


def _highlighted(picture: "Image", places: Sequence[tuple[int, int, int, int]]) -> "Image":
    """The picture as if the places were gone over with a marker, and underlined for pages that are dark."""
    from PIL import Image, ImageChops, ImageDraw

    if not places:
        return picture
    ink = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(ink)
    for place in places:
        pen.rectangle(place, fill=_HIGHLIGHT)
    picture = ImageChops.multiply(picture, ink)
    pen = ImageDraw.Draw(picture)
    for left, _, right, bottom in places:
        pen.line((left, bottom, right, bottom), fill=_EDGE, width=2)
    return picture
