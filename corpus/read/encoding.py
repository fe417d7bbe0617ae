"""From bytes to text: UTF-8 where it is, what the byte order mark says, else the likeliest old encoding.

A rare broken byte in UTF-8 becomes U+FFFD rather than costing the file.
"""

import codecs
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import ReportError
from corpus.scripts import HAN

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins the same way
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DETECT_BYTES = 200_000
_SAMPLE = 20_000
_UTF8_SIGNS = 4
_CHARACTERS_PER_FAULT = 500
_ASCII = bytes(range(0x80))
_CONTROLS = bytes(range(0x09)) + bytes(range(0x0E, 0x20))
_MOST_CONTROLS = 0.01
_BINARY = "it holds binary data, not text. Save it as UTF-8 text, or give it the suffix of its format."
_PLAIN = re.compile("[\t\n\r -~\xa0-\u017f\u0400-\u04ff\u2010-\u203a\u3000-\u301f\u4e00-\u9fff\uff00-\uff5e]")
_LINE_ENDS = re.compile(r"\r\n?")
# What browsers read under these names.
_MEANT = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252", "latin1": "cp1252"}
_MEANT |= {"ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-9": "cp1254", "unicode": "utf-8"}
_OF_PYTHON = ("unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined")
"""Python's own ways of writing text, which no file is in: they would turn a backslash in it into something else."""

# Encodings and how much rarer than the commonest they are, in bits; UTF-8 here is one with broken bytes.
_OLD = {
    "utf-8": 0, "cp1252": 0, "cp1251": 0, "gb18030": 0, "big5hkscs": 2, "mac-roman": 4, "kz1048": 4, "cp1250": 6,
    "koi8-r": 6, "cp866": 6, "cp1254": 8, "koi8-u": 10, "cp1253": 10, "cp1255": 10, "cp1256": 10, "ptcp154": 12,
    "iso8859-5": 12, "mac-cyrillic": 20,
}  # fmt: skip
_RUSSIAN_SHARES = (
    "о 11 е 8.4 а 8 и 7.4 н 6.7 т 6.3 с 5.5 р 4.7 в 4.5 л 4.4 к 3.5 м 3.2 д 3 п 2.8 у 2.6 я 2 ы 1.9 ь 1.7 г 1.7 з 1.6 "
    "б 1.6 ч 1.4 й 1.2 х 1 ж 0.9 ш 0.7 ю 0.6 ц 0.5 щ 0.4 э 0.3 ф 0.3 ё 0.2 ъ 0.04"
).split()
_LETTER_BITS = (
    {
        letter: math.log2(100 / float(share))
        for letter, share in zip(_RUSSIAN_SHARES[::2], _RUSSIAN_SHARES[1::2], strict=True)
    }
    | dict.fromkeys("әғқңөұүһі", 7.0)
    | dict.fromkeys("їєґўј", 8.0)
    | dict.fromkeys("éèêàçñöüäáíóúôâîïëß", 6.0)
    | dict.fromkeys("åøãõæùûìòœ", 7.5)
    | dict.fromkeys("čšžřěůýćłńśźżąęőűăîșțğışđ", 8.5)
)
_OTHER_LETTERS = re.compile("[\u0370-\u03ff\u05d0-\u06ff]")
_OTHER_LETTER_BITS = 5.5
_RARE_LETTER_BITS = 11.0
_SIGN_BITS = dict.fromkeys("«»“”„‘’–—…№、，。（）《》：；？！·", 6.0) | dict.fromkeys("°§©€£\xa0　−×•´", 9.0)
_RARE_SIGN_BITS = 15.0
_JOINING = "’´–—·"
_CONTROL_BITS = 30.0
_WORSE_THAN_LETTERS = 11.0
"""Bits a byte above which the best reading is no text of the languages known here."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file, and what of it is not for certain, each as a clause."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes) -> str:
    r"""The text of `data`, without byte order mark, line ends as ``\n``.

    Raises:
        ReportError: The bytes are no text in any encoding known here.
    """
    return decode_noted(data).text


def decode_noted(data: bytes, declared: str = "", beside: bytes = b"") -> Decoded:
    """As `decode`, with notes where the encoding was guessed or broken bytes were replaced.

    Args:
        declared: The encoding that the file names itself; passed over where the bytes say otherwise.
        beside: Further bytes in the same encoding, which help to guess it where `data` is short.
    """
    decoded = _decoded(data, declared, beside)
    return Decoded(_LINE_ENDS.sub("\n", decoded.text), decoded.notes)


def meant(label: str) -> str:
    """The name of the codec that reads what is labelled so, for instance gb18030 for ``gb2312``; empty for none."""
    name = label.strip().lower()
    try:
        codec = codecs.lookup(_MEANT.get(name, name))
    except (LookupError, ValueError):
        return ""
    return "" if codec.name in _OF_PYTHON else _MEANT.get(codec.name, codec.name)


def is_utf8(data: bytes) -> bool:
    """Whether all of it is UTF-8, as plain ASCII is too."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes, declared: str, beside: bytes) -> Decoded:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(name))
            except UnicodeDecodeError as error:
                raise ReportError(f"it begins as {name} text but is damaged. Save it again as UTF-8.") from error
    if b"\0" in data:
        return _without_mark(data)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        named = _as_declared(data, declared)
        return _guessed(data, beside) if named is None else Decoded(named)


def _as_declared(data: bytes, declared: str) -> str | None:
    name = meant(declared)
    try:
        return data.decode(name) if name else None
    except (LookupError, ValueError):
        return None  # the file is wrong about itself


def _without_mark(data: bytes) -> Decoded:
    """UTF-16 that lacks its byte order mark; all other data with control characters is no text."""
    readings = []
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data[: len(data) // 2 * 2].decode(name)
        except UnicodeDecodeError:
            continue
        readings.append((_plain_share(text), text, name))
    share, text, name = max(readings, default=(0.0, "", ""))
    if share < 0.95:
        raise ReportError(_BINARY)
    return Decoded(text, (f"its encoding was guessed as {name}",))


def _plain_share(text: str) -> float:
    """The share of characters that are common in Latin, Cyrillic or Chinese text."""
    sample = text[:_SAMPLE]
    return len(_PLAIN.findall(sample)) / max(1, len(sample))


def _guessed(data: bytes, beside: bytes) -> Decoded:
    damaged = data.decode("utf-8", "replace")
    bad = damaged.count("\ufffd")
    if sum(1 for character in damaged if character > "\x7f") - bad >= _UTF8_SIGNS * bad:
        # UTF-8 with a few broken bytes: read in any other encoding, all its other letters would be wrong.
        if (bad - 1) * _CHARACTERS_PER_FAULT <= len(damaged):
            return Decoded(damaged, (_replaced(bad),))
        raise ReportError(f"it is UTF-8 text, but damaged in {bad} places. Save it again as UTF-8.")
    if len(data) - len(data.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(data):
        return _without_mark(data)
    for name in _likeliest(data + b"\n" + beside):
        text = data.decode(name, "replace")
        bad = text.count("\ufffd")
        if (bad - 1) * _CHARACTERS_PER_FAULT <= len(text):
            guess = () if name == "utf-8" else (f"its encoding was guessed as {name}",)
            return Decoded(text, (*guess, _replaced(bad)) if bad else guess)
    raise ReportError("its encoding cannot be told. Save it again as UTF-8.")


def _replaced(count: int) -> str:
    return "a damaged character was replaced" if count == 1 else f"{count} damaged characters were replaced"


def _likeliest(data: bytes) -> Iterator[str]:
    """Names of encodings, the one in which the bytes make the most usual text first."""
    telling = b"\n".join(line for line in data.splitlines() if not line.isascii())
    begin = max(0, len(telling) - len(telling.lstrip(_ASCII)) - 1)
    is_whole, telling = begin + _SAMPLE >= len(telling), telling[begin : begin + _SAMPLE]
    high = sum(byte > 0x7F for byte in telling)
    # a character that the end of the sample cuts in two is left out
    readings = sorted(
        (rarity + _bits(codecs.getincrementaldecoder(name)("replace").decode(telling, is_whole), name), name)
        for name, rarity in _OLD.items()
    )
    if readings[0][0] > _WORSE_THAN_LETTERS * (high + 1):
        from charset_normalizer import from_bytes

        best = from_bytes(data[:_DETECT_BYTES]).best()
        if best is not None:
            yield best.encoding
    yield from (name for _, name in readings)


def _bits(text: str, name: str) -> float:
    """How unusual the characters beyond ASCII are where they stand, in bits: what a code for such texts would take."""
    bits = 0.0
    for found in re.finditer(r"[^\x00-\x7f]", text):
        at, one = found.start(), found[0]
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if HAN.match(one):
            bits += _han_bits(one, name) + 16 * (_is_latin(before) + _is_latin(after))
        elif one.isalpha():
            rare = _OTHER_LETTER_BITS if _OTHER_LETTERS.match(one) else _RARE_LETTER_BITS
            bits += _LETTER_BITS.get(one.lower(), rare) + _place_bits(before, one, after)
        elif one < "\xa0" or "\ue000" <= one <= "\uf8ff" or one == "\ufffd":
            bits += _CONTROL_BITS
        else:
            within = one not in _JOINING and all(each.isalpha() and not HAN.match(each) for each in (before, after))
            bits += _SIGN_BITS.get(one, _RARE_SIGN_BITS) + 8 * within
    return bits


def _han_bits(one: str, name: str) -> float:
    """Both Chinese standards set the common characters apart from the rare by their first byte."""
    if name == "big5hkscs":
        code = one.encode(name, "replace")
        return 10.5 if len(code) == 2 and 0xA4 <= code[0] <= 0xC6 else 17.0
    code = one.encode("gb18030", "replace")
    is_standard = len(code) == 2 and code[1] > 0xA0 and code[0] >= 0xB0
    return (10.0 if code[0] < 0xD8 else 15.0) if is_standard else 20.0


def _place_bits(before: str, one: str, after: str) -> float:
    """What a letter costs for where it stands: a capital within a word, a letter among those of another alphabet."""
    is_latin = one < "\u0250"
    bits = 0.0
    if one.isupper():
        within = before.islower() or (before.isupper() and after.islower())
        bits += 10 if within else 0.7 if before.isupper() else 4
    if is_latin:
        bits += 3 * (before.isalpha() and not before.isascii()) + 6 * (not before.isalpha() and not after.isalpha())
    else:
        bits += 10 * (_is_latin(before) + _is_latin(after))
    return bits


def _is_latin(one: str) -> bool:
    return one.isalpha() and one < "\u0250"
