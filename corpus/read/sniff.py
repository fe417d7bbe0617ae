"""The format of a file by its bytes; the suffix only decides between kinds of text."""

import io
import re
import zipfile
from typing import Literal

from corpus.errors import ReportError

Format = Literal["text", "html", "docx", "pdf"]

_HTML_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_ANY_TAG = re.compile(rb"<(?:[a-z][a-z0-9]*|!doctype)[\s>/]", re.I)
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (such as .doc)", "Save it as .docx or PDF."),
    (b"{\\rtf", "a rich text file", "Save it as .docx or PDF."),
    (b"\x89PNG", "a picture", "Recognize its text and save that as .txt."),
    (b"\xff\xd8\xff", "a picture", "Recognize its text and save that as .txt."),
    (b"GIF8", "a picture", "Recognize its text and save that as .txt."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
    (b"7z\xbc\xaf'\x1c", "a compressed file", "Unpack it first."),
    (b"Rar!", "a compressed file", "Unpack it first."),
    (b"\x7fELF", "a program", "Remove it from the folder."),
    (b"MZ\x90", "a program", "Remove it from the folder."),
)
_WORD_PART = "word/document.xml"


def format_of(data: bytes, suffix: str) -> Format:
    """How to read `data` from a file named with `suffix` (lower case, with its dot).

    Raises:
        ReportError: It is something that holds no report here: another archive, a picture, an old Office file,
            or not at all what a suffix of ``.docx`` or ``.pdf`` promises.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive_format(data)
    for start, what, cure in _FOREIGN:
        if data.startswith(start):
            raise ReportError(f"it is {what}, not {_promised(suffix)}. {cure}")
    if _HTML_START.match(data[:4096]) or (suffix in {".html", ".htm"} and _ANY_TAG.search(data[:100_000])):
        return "html"
    if suffix in {".docx", ".pdf"}:
        raise ReportError(f"it is not {_promised(suffix)}, whatever its name says. Save it again in that format.")
    return "text"


def _archive_format(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReportError("it is a damaged or truncated zip archive or Word file. Copy or save it again.") from error
    if _WORD_PART in names and "[Content_Types].xml" in names:
        return "docx"
    kinds = {"xl/workbook.xml": "an Excel workbook", "ppt/presentation.xml": "a PowerPoint file"}
    kind = next((kind for part, kind in kinds.items() if part in names), "a zip archive")
    raise ReportError(f"it is {kind}, not a Word file. Save the report as .docx, PDF or text.")


def _promised(suffix: str) -> str:
    return {".docx": "a Word file", ".pdf": "a PDF file", ".html": "a web page", ".htm": "a web page"}.get(
        suffix, "a text file"
    )
