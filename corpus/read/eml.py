"""Mails: subject, who wrote to whom and when, and the text; attachments are records of their own."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import PurePosixPath
from typing import Any

from corpus.errors import ReportError
from corpus.read.encoding import decode_noted, is_utf8, meant
from corpus.read.extracted import Extracted
from corpus.read.kinds import is_readable
from corpus.read.limits import ReadLimits
from corpus.read.said import not_read
from corpus.scripts import HAN_LETTERS

_SHOWN = ("From", "To", "Cc", "Date")
_FAULTS = (MessageError, ValueError, LookupError, AttributeError, TypeError, AssertionError, OverflowError)
"""What the mail parser raises, besides its own errors, over headers that nobody foresaw."""
_SEVEN_BIT = ("iso-2022-", "hz", "utf-7")
"""Charsets whose bytes are all ASCII, so that they do not tell what they are."""
_READ = frozenset({"text/plain", "text/html"})
_QUOTED = re.compile(r"^(?:>\s?)*")
_SIGNATURE = "-- "
_LABEL = re.compile(r"(=\?|\*=\"?)([\w.:-]+)(?='|(?:\*[^?\s]*)?\?[bq]\?)", re.I)
"""Where a head line names the charset of what follows it: ``=?gb2312?B?…?=`` and ``filename*=gb2312'zh'…``."""
_UNSAYING = ("ascii", "us-ascii")
"""Charsets that say nothing of bytes outside ASCII."""
_WORD = re.compile(f"[{HAN_LETTERS}]|[^\\W_{HAN_LETTERS}]+")
_MOST_UNSAID = 0.5
"""Share of the words of an HTML text that its plain form may lack. A plain form has nearly all of them; what stands in
its place (a line that the program shows no HTML, the first sentences, a link to the page) lacks most."""


class _Heads(policy.EmailPolicy):
    """The parser of head lines, which reads charsets as what is meant by their names."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        labelled = _LABEL.sub(lambda found: found[1] + (meant(found[2]) or found[2]), value)
        return super().header_fetch_parse(name, labelled)


_POLICY = _Heads()


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The subject as title, the lines of sender, receivers and date, then the text; quoted mails are kept.

    Of a text in two forms the plain one is read, unless it lacks most of what the other says. Attachments of kinds
    that can be read are left to `attachments`.

    Raises:
        ReportError: It cannot be parsed, or holds neither text nor subject.
    """
    try:
        mail = _parsed(data)
        doubts: list[str] = []
        headers = _headers(mail, doubts)
        subject = headers["Subject"]
        heads = [f"{name}: {headers[name]}" for name in _SHOWN if headers[name]]
        body = "\n\n".join(_texts(mail, subject, limits, doubts))
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
    mail = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=_POLICY)
    assert isinstance(mail, EmailMessage)
    return mail


def _headers(mail: EmailMessage, doubts: list[str]) -> dict[str, str]:
    """The decoded values of what is shown, each on one line.

    Bytes outside ASCII are in the charset that the text says; where it says none, all such lines and the text tell it
    together, and it is told in `doubts`.
    """
    raws = dict.fromkeys((*_SHOWN, "Subject"), "")
    for name in raws:
        raws[name] = next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    charset, content = _said_charset(mail)
    odd = [_raw_bytes(raw) for raw in raws.values() if not raw.isascii()]
    beside = b"\n".join(part for part in (*odd, content) if not is_utf8(part))
    values = {}
    for name, raw in raws.items():
        try:
            if raw.isascii():
                value = str(mail[name] or "")
            else:
                decoded = decode_noted(_raw_bytes(raw), charset, beside)
                doubts += decoded.notes
                value = decoded.text
        except _FAULTS:
            value = raw  # shown as it stands in the file
        values[name] = " ".join(value.split())
    return values


def _raw_bytes(raw: str) -> bytes:
    return raw.encode("utf-8", "surrogateescape")


def _said_charset(mail: EmailMessage) -> tuple[str, bytes]:
    """The charset that the first text declares, or else its bytes, which may tell it."""
    texts = [part for part in _leaves(mail) if part.get_content_maintype() == "text" and not part.is_attachment()]
    charsets = (str(part.get_content_charset() or "") for part in texts)
    charset = next((one for one in charsets if one not in _UNSAYING and meant(one)), "")
    return charset, b"" if charset or not texts else texts[0].get_payload(decode=True) or b""


def _texts(mail: EmailMessage, subject: str, limits: ReadLimits, doubts: list[str]) -> Iterator[str]:
    """The body and the further texts between attachments; what is not for certain in them is told in `doubts`."""
    body = mail.get_body(("plain", "html"))
    forms = {
        id(leaf) for part in mail.walk() if part.get_content_type() == "multipart/alternative" for leaf in _leaves(part)
    }
    page = mail.get_body(("html",))
    told = _of_two_forms(body, page if id(page) in forms else None, subject, limits, doubts)
    if told:
        yield told
    for part in _leaves(mail):
        if part is body or id(part) in forms or _name(part) or part.is_attachment():
            continue
        kind = part.get_content_type()
        text = _text(part, limits, doubts) if kind in _READ else ""
        if text and (kind == "text/plain" or _is_unsaid(text, _words(told))):
            told += "\n" + text
            yield text


def _of_two_forms(body: Any, page: Any, subject: str, limits: ReadLimits, doubts: list[str]) -> str:
    """The text of `body`, or of the HTML `page` beside it where that says more, and most of it `body` does not."""
    own: list[str] = []
    text = _text(body, limits, own) if body is not None else ""
    if page is not None and page is not body:
        rich: list[str] = []
        shown = _text(page, limits, rich)
        known = _words(text)
        if _is_unsaid(shown, known) and len(_words(shown)) >= len(known):
            text, own = shown, rich
        else:
            own += [] if shown else rich
            known |= _words(subject)
            own += not_read(HTML_line=sum(_is_unsaid(line, known) for line in shown.split("\n")))
    doubts += own
    return text


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _is_unsaid(text: str, known: set[str]) -> bool:
    words = _words(text)
    return len(words - known) > _MOST_UNSAID * len(words)


def _text(part: Any, limits: ReadLimits, doubts: list[str]) -> str:
    if part.get_content_type() != "text/html":
        return _plain(part, doubts)
    from corpus.read.html import extract_page

    try:
        page = _decoded(part, doubts)
    except ReportError:  # the head lines and the plain form are still a record
        doubts.append("its part text/html is damaged and was not read")
        return ""
    if not page.strip():
        return ""
    try:
        shown = extract_page(page, limits)
    except ReportError:  # a page of pictures
        return ""
    doubts += shown.notes
    return shown.text.strip()


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
    nameless = (part for part in _leaves(mail) if not _name(part) and part.get_content_maintype() != "image")
    kinds = ((part.get_content_type(), part.is_attachment()) for part in nameless)
    for kind in dict.fromkeys(kind for kind, is_attached in kinds if is_attached or kind not in _READ):
        yield f"its part {kind} was not read"
