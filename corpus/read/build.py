"""From a file to a report: bytes, format, front matter, language and dates put together."""

import hashlib
import re
from pathlib import Path

from corpus.dates import event_dates, is_date_line, name_dates, record_dates
from corpus.errors import ReportError
from corpus.language import language_of
from corpus.read import archive, csv_table, docx, eml, html, mhtml, odt, pdf, pptx, rtf, text, xlsx
from corpus.read.files import read_bytes, relative_path
from corpus.read.front_matter import front_matter
from corpus.read.limits import ReadLimits
from corpus.read.rows import is_row
from corpus.read.sniff import format_of
from corpus.report import EventDate, Report

_READERS = {"text": text.extract, "html": html.extract, "docx": docx.extract, "pdf": pdf.extract} | {
    "pptx": pptx.extract, "xlsx": xlsx.extract, "csv": csv_table.extract, "odt": odt.extract, "rtf": rtf.extract,
    "eml": eml.extract, "mhtml": mhtml.extract_mhtml, "zip": archive.extract,
}  # fmt: skip
_WEB_PAGES = frozenset({"html", "mhtml"})
_TABLES = frozenset({"xlsx", "csv"})
_TITLED = frozenset({"text", "pdf", "rtf", "odt", "xlsx", "csv"}) | _WEB_PAGES
"""Formats of which the first line may be the title."""
_LONGEST_TITLE = 120
_NO_TITLE = re.compile(r"[-+>|#`<\[]|\d+[.)]\s|https?:|.*[.。．,，;；:：、…]$|[\W\d_]*$")
_DATE_LABEL = re.compile(r"\b(?:date|дата)\b|күні|日期|时间|時間", re.I)
_LANGUAGE_SAMPLE = 4000
_OPENING = 400
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'）)]+")
_LANGUAGE_CODE = re.compile(r"^[a-z]{2}(?=$|[-_])", re.I)
_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")


def build_report(path: Path, folder: Path, limits: ReadLimits) -> Report:
    """The report in one file, read in this very process; `corpus.read` does it in a guarded one.

    Raises:
        ReportError: The file is no readable report; the message is the reason, without the file's name.
    """
    relative = relative_path(path, folder)
    data = read_bytes(folder, relative, limits)
    kind = format_of(data, relative.suffix.lower())
    extracted = _READERS[kind](data, limits)
    if len(extracted.text) > limits.characters:
        raise ReportError(f"its text is longer than {limits.characters:,} characters. Split it into one file a visit.")
    whole = _UNSTORABLE.sub("\ufffd", extracted.text)
    stated = front_matter(whole)
    body = whole[stated.body :]
    if not any(character.isalnum() for character in body):
        raise ReportError("it holds no words below its front matter. Write the report, or remove the file.")
    name = relative.as_posix()
    code = _LANGUAGE_CODE.match(stated.values.get("language", ""))
    language = code[0].lower() if code else language_of(body[:_LANGUAGE_SAMPLE])
    first = _first_line(whole[max(stated.body, extracted.head) :]) if kind in _TITLED else ""
    address = _WEB_ADDRESS.search(stated.values.get("source", ""))
    return Report(
        id=hashlib.sha256(name.encode()).hexdigest()[:12],
        title=" ".join((stated.values.get("title") or extracted.title or first or relative.stem).split()),
        text=whole,
        body=stated.body,
        language=language,
        dates=_dates(stated.values.get("date", ""), body, language, kind, relative.stem),
        place=stated.values.get("place", ""),
        address=address[0] if address else extracted.address,
        path=name,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=extracted.pages,
        recognised=extracted.recognised,
        notes=extracted.notes,
    )


def _first_line(text: str) -> str:
    """The first line as title: short, no sentence, date, item or row, and apart from a text below it; else empty."""
    line, _, below = text.lstrip().partition("\n")
    title = line.strip(" \t*_")
    follows = below.startswith("\n") or len(below.partition("\n")[0]) > _LONGEST_TITLE
    is_title = len(title) <= _LONGEST_TITLE and follows and bool(below.strip()) and not _NO_TITLE.match(title)
    return title if is_title and not is_date_line(title) else ""


def _dates(stated: str, body: str, language: str, kind: str, name: str) -> tuple[EventDate, ...]:
    """Dates of the front matter; where it has no date line, those of the first sentences of the record.

    A date line without a date ("undated") counts as said: nothing is then guessed from the text. A day in a cell of
    a spreadsheet is that of its row alone; sheet names, captions and rows of a form ("Date | 12 May 2024") tell its
    dates, else the file's name.
    """
    if stated:
        return event_dates(stated[:_OPENING], language)
    if kind in _TABLES:
        body = "\n".join(line for line in body.split("\n") if not is_row(line) or _is_form_date(line))
    opening = body[:_OPENING]
    if len(body) > _OPENING:
        ends = [match.end() for match in re.finditer(r"[.!?。！？](?=\s|[^\x00-\x7f]|$)|\n\n", opening)]
        opening = opening[: ends[-1]] if ends else opening
    dates = record_dates(opening, language, web_page=kind in _WEB_PAGES)
    return dates or (name_dates(name, language) if kind in _TABLES else ())


def _is_form_date(row: str) -> bool:
    """Whether a row of a spreadsheet is a label of a date with its date, and nothing else."""
    cells = [cell.strip() for cell in row.strip(" |").split("|")]
    return len(cells) == 2 and bool(_DATE_LABEL.search(cells[0])) and is_date_line(cells[1])
