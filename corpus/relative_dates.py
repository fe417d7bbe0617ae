"""Dates told from the day of a record: "in November last year", "last June", 去年11月, "two years ago"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from corpus.calendar_words import MONTH, chinese_number, month_number
from corpus.numbers import numbers_in
from corpus.report import EventDate

_DAYS = {
    "yesterday": -1, "today": 0, "tomorrow": 1, "позавчера": -2, "вчера": -1, "сегодня": 0, "завтра": 1, "кеше": -1,
    "бүгін": 0, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1,
}  # fmt: skip
_YEARS = {
    "last": -1, "previous": -1, "this": 0, "next": 1, "позапрошлого": -2, "позапрошлом": -2,
    "прошлого": -1, "прошлом": -1, "этого": 0, "этом": 0, "текущего": 0, "текущем": 0, "будущего": 1, "следующего": 1,
    "следующем": 1, "былтыр": -1, "биыл": 0, "前年": -2, "去年": -1, "上年": -1, "今年": 0, "明年": 1, "上": -1,
    "本": 0, "下": 1,
}  # fmt: skip
_HAN_NUMERALS = "一二两三四五六七八九十"
_WHICH = (
    "last|previous|this|next|позапрошлого|позапрошлом|прошлого|прошлом|этого|этом|текущего|текущем|будущего"
    "|следующего|следующем"
)
_FORMS = (
    re.compile(r"(?<!\w)(?P<day>yesterday|today|tomorrow|позавчера|вчера|сегодня|завтра|кеше|бүгін)(?!\w)", re.I),
    re.compile("(?P<day>前天|昨天|昨日|今天|今日|明天|明日)"),
    re.compile(rf"(?P<month>{MONTH})\s+(?:of\s+)?(?P<year>(?i:{_WHICH}))\s+(?i:year|года?)(?!\w)"),
    re.compile(rf"(?<!\w)(?P<near>(?i:{_WHICH}))\s+(?P<month>{MONTH})(?<!\.)"),
    re.compile(rf"(?<!\w)(?P<year>{_WHICH})\s+(?:year|году|года)(?!\w)", re.I),
    re.compile(rf"(?<!\w)(?P<which>{_WHICH})\s+(?:month|месяца|месяце)(?!\w)", re.I),
    re.compile(r"(?<!\w)(?P<year>былтыр|биыл)(?!\w)", re.I),
    re.compile(
        r"(?P<year>前年|去年|上年|今年|明年)(?:(?P<number>1[0-2]|[1-9])月(?:(?P<of>3[01]|[12]\d|[1-9])[日号])?)?"
    ),
    re.compile(r"(?P<which>[上本下])个?月"),
    re.compile(r"(?<!\w)(?P<count>\w+)\s+(?P<unit>years?|months?|days?)\s+ago(?!\w)", re.I),
    re.compile(r"(?<!\w)(?P<count>\w+)\s+(?P<unit>год(?:а|ов)?|лет|месяц(?:а|ев)?|день|дня|дней)\s+назад(?!\w)", re.I),
    re.compile(r"(?P<count>\d+|[一二两三四五六七八九十]+)(?P<unit>年|个月|天)(?:以?前)"),
)


def relative_dates(text: str, told: str) -> tuple[EventDate, ...]:
    """Dates that a text tells from the day it was written, in reading order; none where that day has no year.

    Args:
        told: The day it was written, ISO 8601, possibly partial; what needs a finer one than that is left out.
    """
    if not told[:4].isdigit():
        return ()
    found: dict[int, tuple[int, str]] = {}
    for form in _FORMS:
        for match in form.finditer(text):
            iso = _day(match, told)
            if iso and not any(start <= match.start() < end for start, (end, _) in found.items()):
                found[match.start()] = match.end(), iso
    return tuple(EventDate(text=text[start:end], start=iso, end=iso) for start, (end, iso) in sorted(found.items()))


def _day(match: re.Match[str], told: str) -> str:
    """The day of a match as ISO 8601, possibly partial; empty where the day of writing is not fine enough."""
    parts, year = match.groupdict(), int(told[:4])
    if parts.get("day"):
        return _on(told, _DAYS[parts["day"].casefold()])
    if parts.get("year"):
        fine = list(_finer(parts))
        return "-".join([f"{year + _YEARS[parts['year'].casefold()]}", *fine])
    if parts.get("near"):
        return _near(month_number(str(parts["month"])), _YEARS[str(parts["near"]).casefold()], told)
    if parts.get("which"):
        return _months_from(told, _YEARS[parts["which"].casefold()])
    count = _count(parts["count"])
    if not count:
        return ""
    unit = parts["unit"].casefold()
    if unit.startswith(("day", "день", "дн", "天")):
        return _on(told, -count)
    is_year = unit.startswith(("year", "год", "лет", "年"))
    return str(year - count) if is_year else _months_from(told, -count)


def _count(word: str) -> int:
    """How many, 0 for a word that is no number."""
    if word.casefold() in ("a", "один"):
        return 1
    if word[0] in _HAN_NUMERALS:
        return chinese_number(word.replace("两", "二"))
    numbers = numbers_in(word)
    return int(numbers[0].value) if numbers else 0


def _finer(parts: dict[str, str | None]) -> Iterator[str]:
    if parts.get("month"):
        yield f"{month_number(str(parts['month'])):02}"
    elif parts.get("number"):
        yield f"{int(str(parts['number'])):02}"
        if parts.get("of"):
            yield f"{int(str(parts['of'])):02}"


def _near(month: int, years: int, told: str) -> str:
    """The last, this or next month of a name, seen from a day; "last May" is a year ago in May itself."""
    if not told[5:7].isdigit():
        return ""
    year, now = int(told[:4]), int(told[5:7])
    if years < 0 <= now - month - 1 or years > 0 <= month - now - 1:
        years -= 1 if years > 0 else -1
    return f"{year + years}-{month:02}"


def _on(told: str, days: int) -> str:
    try:
        return (date.fromisoformat(told) + timedelta(days)).isoformat()
    except ValueError:
        return ""


def _months_from(told: str, months: int) -> str:
    if not told[5:7].isdigit():
        return ""
    whole = int(told[:4]) * 12 + int(told[5:7]) - 1 + months
    return f"{whole // 12}-{whole % 12 + 1:02}"
