"""Web pages saved in one file with their pictures (MHTML): the page alone is read."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from corpus.errors import ReportError
from corpus.read.extracted import Extracted
from corpus.read.html import extract
from corpus.read.limits import ReadLimits
from corpus.read.said import not_read

_PAGE = "text/html", "application/xhtml+xml"
_SAYS_SOMETHING = 100
"""Letters from which an inner page is worth a word."""


def extract_mhtml(data: bytes, limits: ReadLimits) -> Extracted:
    """As `corpus.read.html.extract`, of the page that a saved ``.mhtml`` or ``.mht`` file opens with.

    Raises:
        ReportError: The file holds no page, or one without visible text.
    """
    message = message_from_bytes(data)
    pages = [part for part in message.walk() if part.get_content_type() in _PAGE]
    if not pages:
        raise ReportError("it is a saved web page without the page itself. Save the page again.")
    start = message.get_param("start")
    main = next((part for part in pages if start and part["Content-ID"] == start), pages[0])
    extracted = _read(main, limits)
    address = extracted.address or _address(main) or _address(message)
    notes = extracted.notes + not_read(inner_page=_inner(pages, main, limits))
    return replace(extracted, address=address, notes=notes)


def _read(part: Message, limits: ReadLimits) -> Extracted:
    payload = part.get_payload(decode=True)
    return extract(payload if isinstance(payload, bytes) else b"", limits, part.get_content_charset() or "")


def _inner(pages: list[Message], main: Message, limits: ReadLimits) -> int:
    """How many pages within the page say anything; frames of counters and buttons do not."""
    count = 0
    for part in pages:
        if part is main:
            continue
        try:
            count += len(_read(part, limits).text) > _SAYS_SOMETHING
        except ReportError:
            continue
    return count


def _address(part: Message) -> str:
    stated = str(part.get("Snapshot-Content-Location") or part.get("Content-Location") or "").strip()
    return stated if re.match(r"https?://\S+$", stated) else ""
