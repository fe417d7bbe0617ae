"""Mails: subject, who wrote to whom and when, and the text; attachments are records of their own."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import PurePosixPath
from typing import Any

from corpus.errors import ReportError
from corpus.read.encoding import decode, decode_noted
from corpus.read.extracted import Extracted
from corpus.read.kinds import is_readable
from corpus.read.limits import ReadLimits
from corpus.read.said import not_read

_SHOWN = ("From", "To", "Cc", "Date")
_FAULTS = (MessageError, ValueError, LookupError, AttributeError, TypeError, AssertionError, OverflowError)
"""What the mail parser raises, besides its own errors, over headers that nobody foresaw."""
_SEVEN_BIT = ("iso-2022-", "hz", "utf-7")
"""Charsets whose bytes are all ASCII, so that they do not tell what they are."""
_QUOTED = re.compile(r"^(?:>\s?)*")
_SIGNATURE = "-- "


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The subject as title, the lines of sender, receivers and date, then the text; quoted mails are kept.

    Of a text in two forms the plain one is read. Attachments of kinds that can be read are left to `attachments`.

    Raises:
        ReportError: It cannot be parsed, or holds neither text nor subject.
    """
    try:
        mail = _parsed(data)
        subject = _header(mail, "Subject")
        heads = [f"{name}: {value}" for name in _SHOWN if (value := _header(mail, name))]
        doubts: list[str] = []
        body = "\n\n".join(_texts(mail, limits, doubts))
        notes = (*dict.fromkeys(doubts), *_unread(mail))
    except _FAULTS as error:
        raise ReportError(f"it is a damaged mail ({error}). Save it again as .eml, or as PDF.") from error
    if not body and not subject:
        raise ReportError("it is a mail without text. If it is encrypted, save it decrypted.")
    blocks = [f"# {subject}" if subject else "", "\n".join(heads), body]
    wordless = () if body else ("the text below the head lines holds no words",)
    return Extracted(text="\n\n".join(filter(None, blocks)), title=subject, notes=wordless + notes)


def attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each attached file of a kind that can be read, namesakes numbered; no mail gives none.

    Raises:
        ReportError: It cannot be parsed.
    """
    taken: set[str] = set()
    try:
        for name, part in _files(_parsed(data)):
            if not is_readable(PurePosixPath(name)):
                continue
            name = _free(name, taken)
            taken.add(name)
            yield name, _bytes(part)
    except _FAULTS as error:
        raise ReportError(f"it is a damaged mail ({error}). Save it again as .eml, or as PDF.") from error


def _parsed(data: bytes) -> EmailMessage:
    mail = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def _header(mail: EmailMessage, name: str) -> str:
    """The decoded value on one line; where it holds bytes outside ASCII, these tell their own encoding."""
    raw = next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    try:
        value = str(mail[name] or "") if raw.isascii() else decode(raw.encode("ascii", "surrogateescape"))
    except _FAULTS:
        value = raw  # shown as it stands in the file
    return " ".join(value.split())


def _texts(mail: EmailMessage, limits: ReadLimits, doubts: list[str]) -> Iterator[str]:
    """The body and the further texts between attachments; what is not for certain in them is told in `doubts`."""
    body = mail.get_body(("plain", "html"))
    if body is not None and body.get_content_type() == "text/plain" and not _plain(body, []):
        body = mail.get_body(("html", "plain"))
    seen = [body]
    forms = {
        id(leaf) for part in mail.walk() if part.get_content_type() == "multipart/alternative" for leaf in _leaves(part)
    }
    for part in _leaves(mail):
        if part.get_content_type() == "text/plain" and not _name(part) and not part.is_attachment():
            seen += [] if part is body or id(part) in forms else [part]
    for part in seen:
        if part is not None and (text := _text(part, limits, doubts)):
            yield text


def _text(part: Any, limits: ReadLimits, doubts: list[str]) -> str:
    if part.get_content_type() != "text/html":
        return _plain(part, doubts)
    from corpus.read.html import extract_page

    page = _decoded(part, doubts)
    try:
        return extract_page(page, limits).text.strip() if page.strip() else ""
    except ReportError:  # a page of pictures: the head lines are still a record
        return ""


def _plain(part: Any, doubts: list[str]) -> str:
    text = _decoded(part, doubts)
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unwrapped(text, is_spaced=str(part.get_param("delsp", "")).lower() != "yes")
    return text.strip()


def _decoded(part: Any, doubts: list[str]) -> str:
    payload = part.get_payload(decode=True) or b""
    charset = str(part.get_content_charset() or "")
    if charset.startswith(_SEVEN_BIT):
        return str(payload.decode(charset, "replace")).replace("\r\n", "\n")
    decoded = decode_noted(payload, charset)
    doubts += decoded.notes
    return decoded.text


def _unwrapped(text: str, *, is_spaced: bool) -> str:
    """Lines of a flowed text (RFC 3676) joined where a space at their end says that they go on."""
    lines: list[str] = []
    depth = ""
    for line in text.split("\n"):
        quoting = (_QUOTED.match(line) or [""])[0].replace(" ", "")
        if lines and lines[-1].endswith(" ") and lines[-1] != _SIGNATURE and quoting == depth and line != _SIGNATURE:
            rest = _QUOTED.sub("", line) if quoting else line.removeprefix(" ")
            lines[-1] = (lines[-1] if is_spaced else lines[-1][:-1]) + rest
        else:
            lines.append(line)
        depth = quoting
    return "\n".join(lines)


def _leaves(mail: Any) -> Iterator[Any]:
    """The parts that are not made of parts; an attached mail is one."""
    if mail.get_content_maintype() != "multipart" or not mail.is_multipart():
        yield mail
        return
    for part in mail.iter_parts():
        yield from _leaves(part)


def _name(part: Any) -> str:
    """The name of an attached file without folders; an attached mail has one, though it may not be said."""
    said = " ".join(str(part.get_filename() or "").encode("utf-8", "replace").decode().replace("\0", "").split())
    name = said.replace("\\", "/").rsplit("/", 1)[-1].strip()
    if part.get_content_type() == "message/rfc822" and not name.lower().endswith(".eml"):
        return f"{name or 'message'}.eml"
    return name


def _files(mail: EmailMessage) -> Iterator[tuple[str, Any]]:
    for part in _leaves(mail):
        if name := _name(part):
            yield name, part


def _free(name: str, taken: set[str]) -> str:
    path, number = PurePosixPath(name), 1
    while name in taken:
        number += 1
        name = f"{path.stem} ({number}){path.suffix}"
    return name


def _bytes(part: Any) -> bytes:
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        return bytes(part.get_payload(0).as_bytes(policy=policy.compat32))
    return part.get_payload(decode=True) or b""


def _unread(mail: EmailMessage) -> Iterator[str]:
    """What hangs on the mail and is of no kind that can be read."""
    pictures = sum(part.get_content_maintype() == "image" for part in _leaves(mail))
    yield from not_read(picture=pictures)
    for name, part in _files(mail):
        if part.get_content_maintype() != "image" and not is_readable(PurePosixPath(name)):
            yield f"attachment {name} was not read"
