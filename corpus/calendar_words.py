"""The words in which dates are written: months and what joins or surrounds them, in English, Russian, Kazakh."""

import re

from corpus.numbers import chinese_value

_ENGLISH = (
    "January Jan", "February Feb", "March Mar", "April Apr", "May", "June Jun", "July Jul", "August Aug",
    "September Sept Sep", "October Oct", "November Nov", "December Dec",
)  # fmt: skip
_RUSSIAN = (
    "январь января январе янв", "февраль февраля феврале фев", "март марта марте", "апрель апреля апреле апр",
    "май мая мае", "июнь июня июне", "июль июля июле", "август августа августе авг",
    "сентябрь сентября сентябре сент", "октябрь октября октябре окт", "ноябрь ноября ноябре нояб",
    "декабрь декабря декабре дек",
)  # fmt: skip
_KAZAKH = (
    "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша",
    "желтоқсан",
)  # fmt: skip
_KAZAKH_ENDINGS = (
    "ның|нің|дың|дің|тың|тің|да|де|та|те|нда|нде|дан|ден|тан|тен|ға|ге|қа|ке|ы|і|сы|сі|ында|інде|ынан|інен"
)


def _numbers(lists: tuple[str, ...]) -> dict[str, int]:
    return {word.casefold(): number for number, words in enumerate(lists, 1) for word in words.split()}


_MONTHS = _numbers(_ENGLISH) | _numbers(_RUSSIAN) | _numbers(_KAZAKH)


def _either(lists: tuple[str, ...]) -> str:
    return "|".join(sorted({word for words in lists for word in words.split()}, key=lambda word: (-len(word), word)))


_UPPER = "|".join(word.upper() for words in _ENGLISH for word in words.split())
MONTH = (
    rf"(?<!\w)(?:(?:{_either(_ENGLISH)}|{_UPPER})\.?|(?i:{_either(_RUSSIAN)})\.?"
    rf"|(?i:{_either(_KAZAKH)})(?i:{_KAZAKH_ENDINGS})?)(?!\w)"
)
"""A month by name. English ones only with a capital, so that "may" and "march" stay verbs."""
MONTH_NAME = f"(?i:{_either(_ENGLISH)}|{_either(_RUSSIAN)}|{_either(_KAZAKH)})"
"""A month by name in any case and without regard to what stands beside it, for dates that figures close in."""

ANY_JOINT = r"\s*(?:-|–|—|−|~|～|/|&|\.\.|(?:to|until|till|through|and|по|до|и|мен|бен|пен|және)\b)\s*"
"""What stands between the two ends of a range, or between two days."""


_WEEKDAY = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?|(?:пн|вт|ср|чт|пт|сб|вс)\.?"
    r"|(?:понедельник|вторник|сред|четверг|пятниц|суббот|воскресень)\w{0,2}|(?:дүй|сей|сәр|бей|жек)?сенбі|жұма"
)
_HAN_WEEKDAY = "(?:星期|礼拜|周)[一二三四五六日天]"
_BESIDE = re.compile(
    rf"[(（]\s*(?:{_WEEKDAY}|{_HAN_WEEKDAY})\s*[)）]|(?<!\w)(?:{_WEEKDAY})(?!\w),?|{_HAN_WEEKDAY}"
    r"|[«“\"](?=\d{1,2}[»”\"])|(?<=[«“\"]\d)[»”\"]|(?<=[«“\"]\d\d)[»”\"]",
    re.I,
)


def only_dates(text: str) -> str:
    """A text of the same length, with blanks for days of the week and for the quotes of «20» ноября."""
    return _BESIDE.sub(lambda found: " " * len(found[0]), text)


def month_number(word: str) -> int:
    """1 to 12 for a month word matched by `MONTH`."""
    plain = word.casefold().rstrip(".")
    if plain in _MONTHS:
        return _MONTHS[plain]
    stem = max((name for name in _MONTHS if plain.startswith(name)), key=len)
    return _MONTHS[stem]


_ERAS = {"民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
"""Eras by which years are counted, and the year before their first."""
ERA = rf"(?:中[華华])?(?:{'|'.join(_ERAS)})\s*"
ERA_YEAR = rf"{ERA}(?:\d{{1,3}}|[〇零○一二三四五六七八九十百]{{1,5}}|元)\s*年\s*"
"""A year of an era: 民國114年, 令和元年."""


def chinese_year(text: str) -> int:
    """Value of a year with its 年 or without, 二〇二五年, also of one that `ERA_YEAR` matches."""
    plain = re.sub(r"[\s年中華华]", "", text)
    before = _ERAS.get(plain[:2], 0)
    number = plain[2:] if before else plain
    return before + (1 if number == "元" else chinese_number(number))


def whole_year(year: int) -> int:
    """A year of two figures in its century, as programs that read such dates take it: 68 is 2068, 69 is 1969."""
    return year if year > 99 else year + (2000 if year < 69 else 1900)


def chinese_number(text: str) -> int:
    """Value of digits or Chinese numerals: ``二十一`` 21, ``２０１６`` 2016, ``二〇一六`` 2016."""
    if re.fullmatch(r"\d+", text):
        return int(text)
    return int(chinese_value(text))
