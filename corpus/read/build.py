"""From a file to a report: bytes, format, front matter, language and dates put together."""

import hashlib
import re
from pathlib import Path

from corpus.dates import event_dates, record_dates
from corpus.errors import ReportError
from corpus.language import language_of
from corpus.read import archive, csv_table, docx, eml, html, mhtml, odt, pdf, pptx, rtf, text, xlsx
from corpus.read.files import read_bytes, relative_path
from corpus.read.front_matter import front_matter
from corpus.read.limits import ReadLimits
from corpus.read.sniff import format_of
from corpus.report import EventDate, Report

_READERS = {"text": text.extract, "html": html.extract, "docx": docx.extract, "pdf": pdf.extract} | {
    "pptx": pptx.extract, "xlsx": xlsx.extract, "csv": csv_table.extract, "odt": odt.extract, "rtf": rtf.extract,
    "eml": eml.extract, "mhtml": mhtml.extract_mhtml, "zip": archive.extract,
}  # fmt: skip
_WEB_PAGES = frozenset({"html", "mhtml"})
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
    address = _WEB_ADDRESS.search(stated.values.get("source", ""))
    return Report(
        id=hashlib.sha256(name.encode()).hexdigest()[:12],
        title=" ".join((stated.values.get("title") or extracted.title or relative.stem).split()),
        text=whole,
        body=stated.body,
        language=language,
        dates=_dates(stated.values.get("date", ""), body, language, web_page=kind in _WEB_PAGES),
        place=stated.values.get("place", ""),
        address=address[0] if address else extracted.address,
        path=name,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=extracted.pages,
        notes=extracted.notes,
    )


def _dates(stated: str, body: str, language: str, *, web_page: bool) -> tuple[EventDate, ...]:
    """Dates of the front matter; where it has no date line, those of the first sentences of the record.

    A date line without a date ("undated") counts as said: nothing is then guessed from the text.
    """
    if stated:
        return event_dates(stated[:_OPENING], language)
    opening = body[:_OPENING]
    if len(body) > _OPENING:
        ends = [match.end() for match in re.finditer(r"[.!?。！？](?=\s|[^\x00-\x7f]|$)|\n\n", opening)]
        opening = opening[: ends[-1]] if ends else opening
    return record_dates(opening, language, web_page=web_page)
