"""Whether a text says what a right answer must say: words in any case, numbers as whole numbers however written."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from corpus.calendar_words import chinese_number

_ENGLISH = {
    "zero": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
# Russian by case: those in a soft sign are declined by rule below; the rest are listed.
_RUSSIAN = {
    "ноль": 0, "два": 2, "две": 2, "двух": 2, "двум": 2, "двумя": 2, "двое": 2, "три": 3, "трех": 3, "трем": 3,
    "тремя": 3, "трое": 3, "четыре": 4, "четырех": 4, "четырем": 4, "четырьмя": 4, "четверо": 4, "пять": 5,
    "шесть": 6, "семь": 7, "восемь": 8, "восьми": 8, "восемью": 8, "девять": 9, "десять": 10, "одиннадцать": 11,
    "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17,
    "восемнадцать": 18, "девятнадцать": 19, "двадцать": 20, "тридцать": 30, "сорок": 40, "сорока": 40,
    "пятьдесят": 50, "пятидесяти": 50, "шестьдесят": 60, "шестидесяти": 60, "семьдесят": 70, "восемьдесят": 80,
    "девяносто": 90,
}  # fmt: skip
# "one" and its like in other languages are left out: they are pronouns as often as numbers.
_SPELLED = {
    **_ENGLISH,
    **_RUSSIAN,
    **{word[:-1] + end: value for word, value in _RUSSIAN.items() if word.endswith("ь") for end in ("и", "ью")},
}
_THOUSAND = r"(?:thousand|тысяч\w*|тыс\b|мын|千)"
_DOTTED_DATE = r"(?<!\d)\d{1,2}\.\d{1,2}\.\d{4}(?!\d)"
_GROUPED = r"(?<!\d)\d{1,3}(?:[, ]\d{3})+(?!\d)"
_FIGURES = re.compile(rf"{_DOTTED_DATE}|{_GROUPED}|\d+(?:\.\d+)?")
_TENS = "|".join(word for word, value in _SPELLED.items() if value >= 20)
_UNITS = {
    **{word: value for word, value in _SPELLED.items() if 0 < value < 10},
    "one": 1,
    "один": 1,
    "одна": 1,
    "одного": 1,
}
_WORDS = re.compile(rf"\b(?:({_TENS})[ -]({'|'.join(_UNITS)})|({'|'.join(_SPELLED)}))\b")
_CHINESE = re.compile("([〇零一二三四五六七八九十]+)(?=多?[个名位人所次年月日号天周国家省项届期门])")
_MARKER = re.compile(r"\[\d+\]")
_QUOTES = str.maketrans("’‘“”–—‑", "''\"\"---")


def contains_all(text: str, wanted: Sequence[str]) -> bool:
    """Whether a text contains every string wanted, each in one of its alternatives (``a|b``); none wanted is True.

    Citation markers (``[3]``) are taken out. Case, accents, the form of quotation marks and dashes and the amount of
    white space do not matter; otherwise a string must stand as it is, anywhere, also inside a longer word. Blanks at
    its ends count (``no `` is not in ``nothing``).

    An alternative that is a number is compared as a number, whole: 13 is not in ``130`` or ``13.5``, 22 is in
    ``22名``. Thousands separators fold (``13,000`` is 13000), and a round number of thousands also counts by its
    thousands, since records write both: 13 is in ``13 тысяч`` and ``13,000``, 13000 in both too. Words for 2 to 99 in
    English and Russian and Chinese numerals before a counter equal figures: 22 is in ``twenty-two``, 9 in
    ``девяти``, 14 in ``十四个``.
    """
    folded = f" {_fold(_MARKER.sub(' ', text))} "
    numbers = frozenset(_numbers(folded))
    return all(any(_says(folded, numbers, _fold(one)) for one in each.split("|")) for each in wanted)


def _says(text: str, numbers: frozenset[float], wanted: str) -> bool:
    number = _as_number(wanted.strip())
    if number is not None:
        return number in numbers
    before = r"(?<!\d)" if wanted[:1].isdigit() else ""
    after = r"(?!\d)" if wanted[-1:].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


def _as_number(wanted: str) -> float | None:
    """The one value of a string that is a number and nothing else."""
    if re.fullmatch(rf"{_GROUPED}|\d+(?:\.\d+)?", wanted):
        return float(re.sub("[, ]", "", wanted))
    words = _WORDS.fullmatch(wanted)
    return _spelled(words) if words else None


def _numbers(text: str) -> Iterator[float]:
    """Every number of a folded text, in each way it may be read."""
    for match in _FIGURES.finditer(text):
        yield from _readings(match.group(), text[match.end() : match.end() + 12])
    for match in _CHINESE.finditer(text):
        yield float(chinese_number(match.group(1)))
    yield from map(_spelled, _WORDS.finditer(text))


def _spelled(words: re.Match[str]) -> float:
    tens, unit, single = words.groups()
    return float(_SPELLED[single] if single else _SPELLED[tens] + _UNITS[unit])


def _readings(figures: str, after: str) -> Iterator[float]:
    if re.fullmatch(_DOTTED_DATE, figures):
        yield from map(float, figures.split("."))
        return
    groups = re.split("[, ]", figures)
    yield float("".join(groups))
    if " " in figures:  # "13 000" is one number, "in May 12 200 people" two: both are read
        yield from map(float, groups)
    elif len(groups) > 1 and not any(int(group) for group in groups[1:]):
        yield float(groups[0])
    if re.match(rf" ?{_THOUSAND}", after):
        yield float("".join(groups)) * 1000


def _fold(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.translate(_QUOTES)).casefold()
    plain = "".join(mark for mark in spread if not unicodedata.combining(mark))
    return re.sub(r"\s+", " ", plain)
