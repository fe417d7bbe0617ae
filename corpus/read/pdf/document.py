"""PDF files: the text of each page in reading order, in paragraphs and tables, with the offset of each page."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from typing import Any

from corpus.errors import ReportError
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits
from corpus.read.pdf.flow import Flow, Item, runs_on, without_notes
from corpus.read.pdf.layout import reading_order
from corpus.read.pdf.lines import Line, line_of
from corpus.read.pdf.margins import Edge, Margins, without_margins
from corpus.read.pdf.marks import with_marks_once
from corpus.read.pdf.pictures import covered, is_picture, pages_with_pictures, pictures_notes
from corpus.read.pdf.scans import recognised_pages
from corpus.read.pdf.title import shown_title, stated_title
from corpus.read.pdf.words import PageWords, Word, read_page
from corpus.read.said import not_read

_TAIL = 4096


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The text layer of the file: columns one after the other, tables as rows, running heads and feet once.

    Pages are separated by an empty line, or by what a sentence or word that runs on needs. Pages that are pictures
    are named in the notes.

    Raises:
        ReportError: It is truncated, damaged, protected by a password, too long, or has no text layer.
    """
    pdf = _opened(data, limits)
    pages, shares = _read_pages(pdf, limits)
    pictures = [number for number, page in enumerate(pages) if is_picture(page, shares[number])]
    scans, failed = recognised_pages(pdf, pictures, limits.seconds) if limits.ocr else ({}, [])
    unread = [number for number in pictures if number not in scans]
    said = pictures_notes(unread, pages_with_pictures(pdf, shares, pictures))
    hidden = not_read(hidden_piece=sum(page.hidden for page in pages))
    for number, scan in scans.items():
        pages[number] = replace(scan.words, comments=pages[number].comments)
    pages = with_marks_once(pages)
    margins = without_margins(pages)
    laid_out = _laid_out(pages, margins)
    flow = Flow(laid_out)
    for items, below, goes_on in _with_edges(laid_out, margins, pages):
        flow.add_page(items, below, goes_on=goes_on)
    if not flow.text.strip():
        why = failed[0] if failed else "Recognise their text (OCR) first, or index with RAPPORTEUR_OCR=1."
        raise ReportError(f"it has no text layer; its pages are probably scanned. {why}")
    ends = [*flow.pages[1:], len(flow.text)]
    return Extracted(
        text=flow.text,
        title=stated_title(pdf) or _shown_title(pdf, laid_out),
        head=_end_of_head(flow.text, margins[0].head),
        pages=tuple(flow.pages),
        recognised=tuple((flow.pages[number], ends[number], scan.confidence) for number, scan in scans.items()),
        notes=(*said, *failed, *hidden),
    )


def _opened(data: bytes, limits: ReadLimits) -> Any:
    """The document of pypdfium2 with its forms, as far as these are whole."""
    import pypdfium2

    if b"%%EOF" not in data[-_TAIL:]:
        raise ReportError("it is truncated: the end of the PDF is missing. Copy or download it again.")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            raise ReportError("it is protected by a password. Save it without one.") from error
        raise ReportError(f"it is a damaged PDF ({error}). Copy or download it again.") from error
    with suppress(pypdfium2.PdfiumError):
        pdf.init_forms()
    if len(pdf) > limits.pages:
        raise ReportError(f"it has {len(pdf)} pages, the limit is {limits.pages}. Split it into one file a visit.")
    return pdf


def _read_pages(pdf: Any, limits: ReadLimits) -> tuple[list[PageWords], list[float]]:
    """The words of each page, and which share of it pictures cover."""
    import pypdfium2

    pages: list[PageWords] = []
    shares: list[float] = []
    characters = 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            text_page = page.get_textpage()
            pages.append(read_page(page, text_page))
            shares.append(covered(page))
            characters += text_page.count_chars()
            page.close()
        except pypdfium2.PdfiumError as error:
            raise ReportError(f"page {number + 1} of it is damaged ({error}). Copy or download it again.") from error
        if characters > 2 * limits.characters:
            raise ReportError(
                f"its text is longer than {limits.characters:,} characters. Split it into one file a visit."
            )
    return pages, shares


def _laid_out(pages: Sequence[PageWords], margins: Sequence[Margins]) -> list[list[Item]]:
    """The lines and tables of each page; heads whose words change are put back where they tear no sentence."""
    laid_out = [reading_order(page, margin.body) for page, margin in zip(pages, margins, strict=True)]
    for number, (page, margin) in enumerate(zip(pages, margins, strict=True)):
        before = without_notes(laid_out[number - 1], None)[0] if number else []
        torn = before and laid_out[number] and runs_on(before[-1], laid_out[number][0])
        if margin.changing and not torn:
            margin.put_back()
            laid_out[number] = reading_order(page, margin.body)
    return laid_out


def _with_edges(
    laid_out: Sequence[Sequence[Item]], margins: Sequence[Margins], pages: Sequence[PageWords]
) -> Iterator[tuple[list[Item], list[Item], bool]]:
    """Each page with its running head where this first comes; its notes, words askew, foot and comments; and whether
    a sentence goes on from it to the next.

    A head or foot that would come between the parts of a sentence waits for the next page that has it, where a head
    comes behind the text, and one that says what a line of the text says is left out.
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

    def new(edges: Sequence[Edge], number: int, *, between: bool) -> list[list[Word]]:
        kept = [
            edge
            for edge in edges
            if edge.text not in seen and edge.key[0] not in seen and not (between and number < last_with[edge.key])
        ]
        seen.update(edge.key[0] for edge in kept)
        return [edge.words for edge in kept]

    for number, (margin, page) in enumerate(zip(margins, pages, strict=True)):
        goes_on_here, goes_on = [False, *joins, False][number : number + 2]
        head = new(margin.head, number, between=goes_on_here)
        foot = new(margin.foot, number, between=goes_on)
        below = [*([page.askew] if page.askew else []), *foot, *(head if goes_on_here else [])]
        around = [*notes[number], *_outside(below), *map(_apart, page.comments)]
        yield [*_outside([] if goes_on_here else head), *bodies[number]], around, goes_on


def _apart(comment: str) -> Item:
    line = line_of([Word(comment, 0.0, 0.0, 0.0, 1.0, range(0))])
    line.column = -1
    return line


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
