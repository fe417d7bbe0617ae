"""Numbers of lists as they are written, in figures, letters and numerals, by the names Word has for their kinds."""

import re
from collections.abc import Callable

BULLET = "- "
BOXES = frozenset("☐☑☒")
"""Bullets that are boxes to tick, which stay to be seen, since a full one says something else than an empty one."""
_ROMAN = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split()
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_CHINESE = "零一二三四五六七八九", "十百千"
_CHINESE_LEGAL = "零壹贰叁肆伍陆柒捌玖", "拾佰仟"


def written(kind: str, count: int) -> str | None:
    """A count in the kind of number that Word calls so; None for a kind that is not known here."""
    write = _KINDS.get(kind)
    return None if write is None else write(count)


def _roman(count: int) -> str:
    if count > 3999:
        return str(count)
    written = ""
    for size, letters in zip(*_ROMAN, strict=True):
        times, count = divmod(count, size)
        written += letters * times
    return written


def _letter(letters: str) -> Callable[[int], str]:
    """a, b … z, aa, bb …, as Word does it."""

    def write(count: int) -> str:
        times, place = divmod(count - 1, len(letters))
        return letters[place] * (times + 1) if 0 < count <= 30 * len(letters) else str(count)

    return write


def _chinese(digits: str, places: str) -> Callable[[int], str]:
    def write(count: int) -> str:
        if not 0 < count < 10_000:
            return str(count) if count else digits[0]
        figures = str(count)
        written = ""
        for at, figure in enumerate(figures):
            power = len(figures) - at - 1
            written += digits[int(figure)] + (places[power - 1] if power and figure != "0" else "")
        written = re.sub(f"{digits[0]}+", digits[0], written).rstrip(digits[0])
        return written[1:] if 10 <= count < 20 and digits[1] == "一" else written

    return write


def _from(first: str, last: int) -> Callable[[int], str]:
    """Signs that stand in a row in Unicode, from one to `last`."""
    return lambda count: chr(ord(first) + count - 1) if 0 < count <= last else str(count)


_KINDS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda count: f"{count:02d}",
    "numberInDash": lambda count: f"- {count} -",
    "decimalFullWidth": lambda count: "".join(chr(0xFF10 + int(figure)) for figure in str(count)),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": _letter(_LATIN.upper()),
    "lowerLetter": _letter(_LATIN),
    "russianUpper": _letter(_RUSSIAN.upper()),
    "russianLower": _letter(_RUSSIAN),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographDigital": lambda count: "".join("〇一二三四五六七八九"[int(figure)] for figure in str(count)),
    "chineseLegalSimplified": _chinese(*_CHINESE_LEGAL),
    "ideographTraditional": lambda count: "甲乙丙丁戊己庚辛壬癸"[count - 1] if 0 < count <= 10 else str(count),
}
_KINDS |= dict.fromkeys(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseCounting",
    ),
    _chinese(*_CHINESE),
)
