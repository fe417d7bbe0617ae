"""Letters of a rich text file as escapes, which is how striprtf decodes them."""

import re

from corpus.read.docx.symbols import sign
from corpus.read.rtf_marks import coded

_RAW = re.compile(rb"[\x80-\xff].*", re.S)
_HALF = re.compile(rb"((?:\\'[89a-fA-F][0-9a-fA-F])+)([@-\[\]-z|~])")
_LETTERS = frozenset({b"{", b"}", b"\\"})
"""What a backslash makes a letter of."""


def whole(data: bytes) -> bytes:
    """Text of a double-byte code page with the second byte of a character escaped where its first one is."""
    return _HALF.sub(_completed, data)


def escaped(token: bytes) -> bytes:
    """A token with all raw bytes from the first one above ASCII on escaped; codes stay as they are."""
    return token if token[:1] == b"\\" else _RAW.sub(_escaped, token)


def shown_in(font: str, token: bytes) -> bytes:
    """A token of text as the signs that it shows in a font of signs."""
    if token[:2] == b"\\'":
        return coded(sign(font, int(token[2:], 16)))
    if token[:1] == b"\\" and token[1:] not in _LETTERS:
        return token
    return b"".join(coded(sign(font, code)) for code in token.removeprefix(b"\\") if code >= ord(" "))


def _escaped(high: re.Match[bytes]) -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in high[0])


def _completed(half: re.Match[bytes]) -> bytes:
    return half[1] + b"\\'%02x" % half[2][0] if half[1].count(b"\\") % 2 else half[0]
