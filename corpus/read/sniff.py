"""The format of a file by its bytes; the suffix only decides between kinds of text."""

import io
import re
import zipfile
from typing import Literal

from corpus.errors import ReportError
from corpus.read.zipped import DAMAGE

Format = Literal["text", "html", "mhtml", "docx", "pdf", "pptx", "xlsx", "csv", "odt", "rtf", "eml", "zip"]

_HTML_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_ANY_TAG = re.compile(rb"<(?:[a-z][a-z0-9]*|!doctype)[\s>/]", re.I)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (_OLE, "an old Office file (such as .doc)", "Save it as .docx or PDF."),
    (b"\x89PNG", "a picture", "Recognize its text and save that as .txt."),
    (b"\xff\xd8\xff", "a picture", "Recognize its text and save that as .txt."),
    (b"GIF8", "a picture", "Recognize its text and save that as .txt."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
    (b"7z\xbc\xaf'\x1c", "a compressed file", "Unpack it first."),
    (b"Rar!", "a compressed file", "Unpack it first."),
    (b"\x7fELF", "a program", "Remove it from the folder."),
    (b"MZ\x90", "a program", "Remove it from the folder."),
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream in which Office keeps a file with a password."""
_MAIL = re.compile(
    rb"^(?:from|to|subject|date|received|message-id|mime-version|return-path|content-type):", re.I | re.M
)
_PARTS: tuple[tuple[str, Format], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
)
_OPEN_PARTS = {"mimetype", "content.xml"}
_OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
_PROMISED = {
    ".docx": "a Word file",
    ".pdf": "a PDF file",
    ".pptx": "a PowerPoint file",
    ".xlsx": "an Excel workbook",
    ".odt": "an OpenDocument text",
    ".zip": "a zip archive",
}
"""Suffixes of formats that cannot be mistaken for text, and what a file of that name should be."""
_PROMISED_TEXT = {".html": "a web page", ".htm": "a web page", ".rtf": "a rich text file", ".eml": "a mail"}


def format_of(data: bytes, suffix: str) -> Format:
    """How to read `data` from a file named with `suffix` (lower case, with its dot).

    Raises:
        ReportError: It is something that holds no report here: another archive, a picture, an old Office file, one
            with a password, or not at all what a suffix such as ``.docx`` or ``.pdf`` promises.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive_format(data, suffix)
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise ReportError("it is an Office file with a password. Save it without one.")
    for start, what, cure in _FOREIGN:
        if data.startswith(start):
            raise ReportError(f"it is {what}, not {_promised(suffix)}. {cure}")
    if suffix in _PROMISED:
        raise ReportError(f"it is not {_promised(suffix)}, whatever its name says. Save it again in that format.")
    return _text_format(data, suffix)


def _text_format(data: bytes, suffix: str) -> Format:
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if _HTML_START.match(data[:4096]) or (suffix in {".html", ".htm"} and _ANY_TAG.search(data[:100_000])):
        return "html"
    if suffix in {".mhtml", ".mht", ".eml"} and _MAIL.search(data[:16_384]):
        return "eml" if suffix == ".eml" else "mhtml"
    return "csv" if suffix in {".csv", ".tsv"} else "text"


def _archive_format(data: bytes, suffix: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = b""
            if _OPEN_PARTS <= names:
                with archive.open("mimetype") as stated:
                    kind = stated.read(100)
    except DAMAGE as error:
        raise ReportError("it is a damaged or truncated zip archive or Office file. Copy or save it again.") from error
    for part, found in _PARTS:
        if part in names and (found != "docx" or "[Content_Types].xml" in names):
            return found
    if kind.startswith(_OPEN_TEXT):
        return "odt"
    if suffix == ".zip":
        return "zip"
    what = "an OpenDocument file that is no text" if b"opendocument" in kind else "a zip archive"
    raise ReportError(f"it is {what}, not {_promised(suffix)}. Save the report as .docx, .xlsx, .pptx, PDF or text.")


def _promised(suffix: str) -> str:
    return {**_PROMISED, **_PROMISED_TEXT}.get(suffix, "a text file")
