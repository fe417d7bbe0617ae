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


def chinese_number(text: str) -> int:
    """Value of digits or Chinese numerals: ``二十一`` 21, ``２０１６`` 2016, ``二〇一六`` 2016."""
    if re.fullmatch(r"\d+", text):
        return int(text)
    return int(chinese_value(text))
