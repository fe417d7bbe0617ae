"""PDF files: the text of each page in reading order, in paragraphs and tables, with the offset of each page."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Any

from corpus.errors import ReportError
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits
from corpus.read.pdf.flow import Flow, Item, runs_on, without_notes
from corpus.read.pdf.layout import reading_order
from corpus.read.pdf.lines import Line, line_of
from corpus.read.pdf.margins import Edge, Margins, without_margins
from corpus.read.pdf.scans import recognised_pages
from corpus.read.pdf.title import shown_title, stated_title
from corpus.read.pdf.words import PageWords, Word, read_page

_TAIL = 4096
_FEW_LETTERS = 25
_MOST_IMAGES = 1000
_LARGE, _SOME = 0.3, 0.05
"""Share of a page that pictures cover from which it is taken for one: where it has hardly any text, and none."""


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The text layer of the file: columns one after the other, tables as rows, running heads and feet once.

    Pages are separated by an empty line, or by what a sentence or word that runs on needs. Pages that are pictures
    are named in the notes.

    Raises:
        ReportError: It is truncated, damaged, protected by a password, too long, or has no text layer.
    """
    import pypdfium2

    if b"%%EOF" not in data[-_TAIL:]:
        raise ReportError("it is truncated: the end of the PDF is missing. Copy or download it again.")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            raise ReportError("it is protected by a password. Save it without one.") from error
        raise ReportError(f"it is a damaged PDF ({error}). Copy or download it again.") from error
    if len(pdf) > limits.pages:
        raise ReportError(f"it has {len(pdf)} pages, the limit is {limits.pages}. Split it into one file a visit.")
    pages, covered = _read_pages(pdf, limits)
    pictures = [
        number for number, (page, share) in enumerate(zip(pages, covered, strict=True)) if _is_picture(page, share)
    ]
    scans, notes = recognised_pages(pdf, pictures, limits.seconds) if limits.ocr else ({}, [])
    pages = [scans[number].words if number in scans else page for number, page in enumerate(pages)]
    unread = [number for number in pictures if number not in scans]
    margins = without_margins(pages)
    laid_out = [reading_order(page, margin.body) for page, margin in zip(pages, margins, strict=True)]
    flow = Flow(laid_out)
    for items, below in _with_edges(laid_out, margins, pages):
        flow.add_page(items, below)
    if not flow.text.strip():
        why = notes[0] if notes else "Recognise their text (OCR) first, or index with RAPPORTEUR_OCR=1."
        raise ReportError(f"it has no text layer; its pages are probably scanned. {why}")
    ends = [*flow.pages[1:], len(flow.text)]
    return Extracted(
        text=flow.text,
        title=stated_title(pdf) or _shown_title(pdf, laid_out),
        head=_end_of_head(flow.text, margins[0].head),
        pages=tuple(flow.pages),
        recognised=tuple((flow.pages[number], ends[number], scan.confidence) for number, scan in scans.items()),
        notes=(*([_pictures_note(unread)] if unread else []), *notes),
    )


def _read_pages(pdf: Any, limits: ReadLimits) -> tuple[list[PageWords], list[float]]:
    """The words of each page, and which share of it pictures cover."""
    import pypdfium2

    pages: list[PageWords] = []
    covered: list[float] = []
    characters = 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            text_page = page.get_textpage()
            pages.append(read_page(page, text_page))
            covered.append(_covered(page))
            characters += text_page.count_chars()
            page.close()
        except pypdfium2.PdfiumError as error:
            raise ReportError(f"page {number + 1} of it is damaged ({error}). Copy or download it again.") from error
        if characters > 2 * limits.characters:
            raise ReportError(
                f"its text is longer than {limits.characters:,} characters. Split it into one file a visit."
            )
    return pages, covered


def _covered(page: Any) -> float:
    from pypdfium2 import raw

    width, height = page.get_size()
    size = 0.0
    for image in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=5), _MOST_IMAGES):
        left, bottom, right, top = image.get_bounds()
        size += (right - left) * (top - bottom)
    return float(size / max(1.0, width * height))


def _is_picture(page: PageWords, covered: float) -> bool:
    """Whether the page is a picture, or one with a few words on it."""
    words = page.words
    return covered > (_LARGE if words else _SOME) and sum(len(word.text) for word in words) < _FEW_LETTERS


def _pictures_note(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"page {numbers[0] + 1} is a picture, its text was not read"
    several = ", ".join(str(number + 1) for number in numbers[:-1]) + f" and {numbers[-1] + 1}"
    return f"pages {several} are pictures, their text was not read"


def _with_edges(
    laid_out: Sequence[Sequence[Item]], margins: Sequence[Margins], pages: Sequence[PageWords]
) -> Iterator[tuple[list[Item], list[Item]]]:
    """Each page with its words askew, and with each running head and foot where it first comes; and its notes.

    A head or foot that would come between the parts of a sentence waits for the next page that has it, and one that
    says what a line of the text says is left out. Notes are apart only where a sentence runs on over the page.
    """
    bodies: list[list[Item]] = []
    notes: list[list[Item]] = []
    for items in laid_out:
        torn = bool(bodies and bodies[-1] and items) and runs_on(bodies[-1][-1], items[0])
        body, small = without_notes(items, notes[-1][-1] if notes and notes[-1] and not torn else None)
        bodies.append(body)
        notes.append(small)
    seen = {item.text for items in laid_out for item in items if isinstance(item, Line)}
    last_with = {edge.key: number for number, page in enumerate(margins) for edge in (*page.head, *page.foot)}
    joins = [runs_on(before[-1], after[0]) if before and after else False for before, after in pairwise(bodies)]

    def new(edges: Sequence[Edge], number: int, *, between: bool) -> list[Item]:
        kept = [
            edge
            for edge in edges
            if edge.text not in seen and edge.key[0] not in seen and not (between and number < last_with[edge.key])
        ]
        seen.update(edge.key[0] for edge in kept)
        return _outside([edge.words for edge in kept])

    for number, (margin, page) in enumerate(zip(margins, pages, strict=True)):
        head = new(margin.head, number, between=[False, *joins][number])
        foot = new(margin.foot, number, between=[*joins, False][number])
        outside = [*_outside([page.askew] if page.askew else []), *foot]
        if [*joins, False][number]:
            yield [*head, *bodies[number], *outside], notes[number]
        else:
            yield [*head, *bodies[number], *notes[number], *outside], []


def _outside(rows: Sequence[list[Word]]) -> list[Item]:
    """Rows that do not belong to the running text, as lines."""
    lines: list[Item] = []
    for number, words in enumerate(rows, 1):
        lines.append(line_of(words))
        lines[-1].column = -number
    return lines


def _end_of_head(text: str, head: Sequence[Edge]) -> int:
    """Where the running head with which the text begins ends; 0 where it begins with none."""
    end = 0
    for edge in head:
        start = text.find(edge.text, end)
        end = start + len(edge.text) if start >= 0 and not text[end:start].strip() else end
    return end


def _shown_title(pdf: Any, laid_out: Sequence[Sequence[Item]]) -> str:
    return shown_title(laid_out[0], pdf[0].get_textpage()) if laid_out else ""
