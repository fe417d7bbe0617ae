"""The words of a PDF page with their places, the page turned so that most of its text stands upright."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.read.pdf.annotations import read_annotations
from corpus.read.pdf.fields import holds, placed_words
from corpus.scripts import HAN_LETTERS

CJK = re.compile(rf"[\u3000-\u30ff\uff00-\uffef{HAN_LETTERS}]")
"""Chinese and Japanese characters, their signs and those as wide as they are."""
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
HYPHEN_MARKS = "\x02\ufffe"
"""What pdfium writes for a hyphen that breaks a word at the end of a line."""
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_HYPHENS = str.maketrans(dict.fromkeys(HYPHEN_MARKS, "-"))
_PIECE = re.compile(rf"[^\s{HYPHEN_MARKS}]*[{HYPHEN_MARKS}]|[^\s{HYPHEN_MARKS}]+")
_LEAST_EM = 1.0
_ASCENT, _DESCENT = 0.89, 0.22
"""Above and below the line, in sizes of the font, of a usual one; what fonts themselves say is often not so."""
_TALLEST = 3.0
"""Height of a character, in sizes of its font, from which that size is none; fonts of pictures have such."""
_MOST_SHAPES = 4000
_THIN = 3.0
_LARGE, _PALE = 2.5, 127
"""A mark behind the text: its size, in those of the usual word, and the light of its darkest colour, of 255."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in points, downwards."""


@dataclass(slots=True)
class Word:
    """Characters without a gap between them; `characters` are their numbers in pdfium's list, of a field none."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    characters: range

    @property
    def height(self) -> float:
        """Of the line the word stands in, from the deepest to the highest letter of its font."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageWords:
    """What is on a page: words in the order they were drawn, those that stand askew apart, and its straight rules.

    Words of filled fields come behind those they stand beside. `comments` are lines of their own; `hidden` is how many
    fields and comments are never shown; `pale` are the numbers of the first characters of very large and pale words.
    """

    words: list[Word]
    askew: list[Word]
    rules: list[Box]
    height: float
    comments: Sequence[str] = ()
    hidden: int = 0
    pale: frozenset[int] = frozenset()


Piece = tuple[int, str]
"""Characters without white space between them: the number of the first in pdfium's list, and one sign for each."""


def read_page(page: Any, text_page: Any) -> PageWords:
    """The words and rules of a page of pypdfium2; a page without text gives no words."""
    pieces = list(_pieces(text_page))
    quarters = [_quarter(_angle(text_page, start)) for start, _ in pieces]
    turns = Counter(quarter for quarter in quarters if quarter >= 0)
    turn = max(turns, key=turns.__getitem__, default=0)
    box_of = _boxes(text_page, turn)
    words: list[Word] = []
    askew: list[Word] = []
    for piece, quarter in zip(pieces, quarters, strict=True):
        if quarter == turn:
            words.extend(word for word in _words(piece, box_of) if word.text)
        else:
            askew.append(_word(*piece, _all_boxes(piece, box_of)))
    width, height = page.get_size()
    around = read_annotations(page, lambda box: _turned(box, turn))
    filled = [Word(text, *box, range(at, at)) for text, box, at in placed_words(around.fields, words)]
    return PageWords(
        sorted([*filled, *words], key=lambda word: word.characters.start) if filled else words,
        askew,
        [_turned(rule, turn) for rule in _rules(page)],
        height if turn % 2 == 0 else width,
        [line for said, line, box in around.comments if not holds(words, box, [said])],
        around.hidden,
        _pale(text_page, words),
    )


def _pale(text_page: Any, words: Sequence[Word]) -> frozenset[int]:
    """The first characters of words that are as large as marks behind the text, and as pale."""
    heights = sorted(word.height for word in words)
    large = _LARGE * heights[len(heights) // 2] if heights else 0.0
    starts = (word.characters.start for word in words if word.height > large)
    return frozenset(start for start in starts if _is_pale(text_page, start))


def _is_pale(text_page: Any, index: int) -> bool:
    from pypdfium2 import raw

    red, green, blue, cover = (ctypes.c_uint() for _ in range(4))
    known = raw.FPDFText_GetFillColor(text_page, index, *map(ctypes.byref, (red, green, blue, cover)))
    light = 255 - (255 - min(red.value, green.value, blue.value)) * cover.value / 255
    return bool(known) and light > _PALE


def character_at(text_page: Any, index: int) -> str:
    """The character with that number in pdfium's list, the letters of a ligature as such."""
    from pypdfium2 import raw

    return _character(raw.FPDFText_GetUnicode(text_page, index)).translate(_LIGATURES)


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 else "\ufffd"


def _pieces(text_page: Any) -> Iterator[Piece]:
    """Runs of characters without white space, as pdfium lists them; a hyphen that breaks a word ends one."""
    from pypdfium2 import raw

    sign = raw.FPDFText_GetUnicode
    text = "".join([_character(sign(text_page, index)) for index in range(text_page.count_chars())])
    for found in _PIECE.finditer(text):
        if found[0].isprintable() or any(map(_is_seen, found[0])):
            yield found.start(), found[0]


def _is_seen(character: str) -> bool:
    return character.isprintable() or character in "\xad\uf0b7\uf0a7\uf0d8\uf0fc" + HYPHEN_MARKS


def _boxes(text_page: Any, turn: int) -> Callable[[int], Box]:
    """What gives the box of a character by its number."""
    from pypdfium2 import raw

    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    place, shape, origin = ctypes.byref(box), ctypes.byref(matrix), (ctypes.byref(x), ctypes.byref(y))

    def box_of(index: int) -> Box:
        raw.FPDFText_GetLooseCharBox(text_page, index, place)
        raw.FPDFText_GetMatrix(text_page, index, shape)
        size = raw.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
        known = size >= _LEAST_EM and box.top - box.bottom < _TALLEST * size
        if turn == 0 and known and raw.FPDFText_GetCharOrigin(text_page, index, *origin):
            return _turned((box.left, y.value + _ASCENT * size, box.right, y.value - _DESCENT * size), turn)
        return _turned((box.left, box.top, box.right, box.bottom), turn)

    return box_of


def _angle(text_page: Any, index: int) -> float:
    """Of the line a character stands on; slanted letters stand on a straight one."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix))
    return math.atan2(-matrix.b, matrix.a)


def _quarter(angle: float) -> int:
    """The quarter turns of an angle, -1 for one between them."""
    quarters = angle / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.1 else -1


def _turned(box: Box, turn: int) -> Box:
    """A box of PDF points, upwards, as left, top, right and bottom of the page turned upright."""
    if not math.isfinite(sum(box)):
        return (0.0, 0.0, 0.0, 0.0)
    left, top, right, bottom = box
    left, right = min(left, right), max(left, right)
    low, high = min(top, bottom), max(top, bottom)
    turned = (
        (left, -high, right, -low),
        (-high, -right, -low, -left),
        (-right, low, -left, high),
        (low, left, high, right),
    )
    return turned[turn]


def _all_boxes(piece: Piece, box_of: Callable[[int], Box]) -> list[Box]:
    start, text = piece
    return [box_of(index) for index in range(start, start + len(text))]


def _words(piece: Piece, box_of: Callable[[int], Box]) -> Iterator[Word]:
    """The piece, cut where it goes on elsewhere, and on either side of the raised number of a note."""
    first, text = piece
    ends = [box_of(first), box_of(first + len(text) - 1)]
    if _is_whole(text, *ends) or RIGHT_TO_LEFT.search(text):
        yield _word(first, text, ends)
        return
    boxes = _all_boxes(piece, box_of)
    start = 0
    for number in range(1, len(text)):
        is_mark_before = (
            text[number].isdigit()
            and _is_raised(boxes[number - 1], boxes[number])
            and (number - start > 2 or not text[number - 1].isalnum())  # "m2" is no note
        )
        is_mark_behind = text[start:number].isdigit() and _is_raised(boxes[number], boxes[number - 1])
        if not _goes_on(boxes[number - 1], boxes[number]) or is_mark_before or is_mark_behind:
            yield _word(first + start, text[start:number], boxes[start:number])
            start = number
    yield _word(first + start, text[start:], boxes[start:])


def _is_whole(text: str, first: Box, last: Box) -> bool:
    """Whether the ends of a piece tell that it is one word: in one line, not too wide, no digit at one end alone."""
    height = first[3] - first[1]
    in_line = abs(first[1] - last[1]) < 0.1 * height and abs(first[3] - last[3]) < 0.1 * height
    noted = text[-1].isdigit() != text[0].isdigit()
    return in_line and not noted and -height / 2 <= last[2] - first[0] <= 1.1 * height * len(text)


def _word(first: int, signs: str, boxes: Sequence[Box]) -> Word:
    text = signs.translate(_LIGATURES)
    if not text.isprintable():
        text = "".join(filter(_is_seen, text))
        text = text.rstrip("\xad").replace("\xad", "") + ("\xad" if text.endswith("\xad") else "")
        text = text.translate(_HYPHENS)
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    top = min(tops)
    bottom = max(*bottoms, top + _LEAST_EM)
    return Word(text, min(lefts), top, max(rights), bottom, range(first, first + len(signs)))


def _goes_on(last: Box, box: Box) -> bool:
    height = max(last[3] - last[1], box[3] - box[1], _LEAST_EM)
    middle = (box[1] + box[3]) / 2
    return last[1] < middle < last[3] + 0.2 * height and -height < box[0] - last[2] < height / 2


def _is_raised(last: Box, box: Box) -> bool:
    """Whether a character is smaller than the one beside it, and stands higher."""
    height = last[3] - last[1]
    return box[3] - box[1] <= 0.85 * height and last[3] - box[3] >= 0.1 * height


def _rules(page: Any) -> Iterator[Box]:
    """Straight lines and edges of boxes drawn on the page, upwards; none on a page full of drawings."""
    from pypdfium2 import raw

    shapes = 0
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        shapes += 1
        if shapes > _MOST_SHAPES:
            return
        left, bottom, right, top = shape.get_bounds()
        if right - left <= _THIN or top - bottom <= _THIN:
            yield left, top, right, bottom
        elif raw.FPDFPath_CountSegments(shape) <= 6 and _is_stroked(shape):
            yield from ((left, top, right, top), (left, bottom, right, bottom))
            yield from ((left, top, left, bottom), (right, top, right, bottom))


def _is_stroked(shape: Any) -> bool:
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(shape, ctypes.byref(fill), ctypes.byref(stroke)) and stroke.value)
