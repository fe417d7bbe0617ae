"""From bytes to text: UTF-8 where it is, what the byte order mark says, else the likeliest old encoding.

A rare broken byte in UTF-8 becomes U+FFFD rather than costing the file.
"""

import codecs
import re

from corpus.errors import ReportError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins the same way
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DETECT_BYTES = 200_000
_UTF8_SIGNS = 4
_CHARACTERS_PER_FAULT = 500
_LINE_ENDS = re.compile(r"\r\n?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_COMMON_HAN = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会年月日学校教育师表团访问"
)


def decode(data: bytes) -> str:
    r"""The text of `data`, without byte order mark, line ends as ``\n``.

    Raises:
        ReportError: The bytes are no text in any encoding known here.
    """
    return _LINE_ENDS.sub("\n", _decoded(data))


def _decoded(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name)
            except UnicodeDecodeError as error:
                raise ReportError(f"it begins as {name} text but is damaged. Save it again as UTF-8.") from error
    if b"\0" in data:
        raise ReportError("it holds binary data, not text. Save it as UTF-8 text, or give it the suffix of its format.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


def _guessed(data: bytes) -> str:
    damaged = data.decode("utf-8", "replace")
    bad = damaged.count("\ufffd")
    if sum(1 for character in damaged if character > "\x7f") - bad >= _UTF8_SIGNS * bad:
        # UTF-8 with a few broken bytes: read in any other encoding, all its other letters would be wrong.
        if (bad - 1) * _CHARACTERS_PER_FAULT <= len(damaged):
            return damaged
        raise ReportError(f"it is UTF-8 text, but damaged in {bad} places. Save it again as UTF-8.")
    # Short Chinese files look like many things to a general detector; Chinese text in GB18030 decodes
    # without error and to the commonest characters of the language, and nothing else does.
    chinese = _as_gb18030(data)
    if chinese is not None:
        return chinese
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_DETECT_BYTES]).best()
    if best is None:
        raise ReportError("its encoding cannot be told. Save it again as UTF-8.")
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise ReportError(f"it looks like {best.encoding} but is damaged. Save it again as UTF-8.") from error


def _as_gb18030(data: bytes) -> str | None:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    han = _HAN.findall(text)
    common = sum(1 for character in han if character in _COMMON_HAN)
    return text if han and common >= 0.08 * len(han) else None
