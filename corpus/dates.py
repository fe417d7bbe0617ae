"""Event dates as written: found in English, Chinese, Russian and Kazakh text, with what is missing left missing."""

import re
from collections.abc import Iterator

from corpus.calendar_words import (
    ANY_JOINT,
    ERA,
    ERA_YEAR,
    MONTH,
    MONTH_NAME,
    chinese_number,
    chinese_year,
    month_number,
    only_dates,
    whole_year,
)
from corpus.days import Day, from_figures
from corpus.publication import is_in_byline, is_line, is_released
from corpus.report import EventDate

_SHORT = 60
"""Up to this length a text is a date line, in which a year or month alone is meant as a date."""

_DAY = r"(?<![\d.,])(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|-?го|-?е)?(?![\d%]|\.\d|,(?!(?:19|20)\d\d(?!\d))\d)"
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_YEAR_AFTER = rf"(?:(?:\s*,\s*|\s+of\s+|\s+){_YEAR})"
_KAZAKH_YEAR = rf"(?:(?P<year0>{_YEAR})\s*(?:жылғы|жылдың|жылы|ж\.)\s*)"
_DAY_FIRST = re.compile(
    rf"{_KAZAKH_YEAR}?(?:(?P<day1>{_DAY})(?:\s+(?:of\s+)?(?P<month1>{MONTH})(?P<year1>{_YEAR_AFTER})?)?"
    rf"(?:\s+года|\s*г\.)?(?P<joint>{ANY_JOINT})(?:the\s+)?)?"
    rf"(?P<day2>{_DAY})(?:\s+(?:day\s+)?(?:of\s+)?|-)(?P<month2>{MONTH})(?P<year2>{_YEAR_AFTER}|-{_YEAR})?"
)
_MONTH_FIRST = re.compile(
    # "in May 20 teachers came" names no day
    rf"(?<![Ii]n\s)(?P<month1>{MONTH})\s+(?:the\s+)?(?P<day1>{_DAY})(?P<year1>{_YEAR_AFTER})?"
    rf"(?:(?P<joint>{ANY_JOINT})(?:the\s+)?(?:(?P<month2>{MONTH})\s+)?(?P<day2>{_DAY})(?!\s+(?:{MONTH}))"
    rf"(?P<year2>{_YEAR_AFTER})?)?"
)
_MONTH_YEAR = re.compile(
    rf"{_KAZAKH_YEAR}?(?:(?P<month1>{MONTH})(?P<year1>{_YEAR_AFTER})?(?P<joint>{ANY_JOINT}))?"
    rf"(?P<month2>{MONTH})(?P<year2>{_YEAR_AFTER})?"
)
_FIGURES = r"(?:0?[1-9]|[12]\d|3[01])"
_CLOSED_IN = re.compile(
    # "05MAY2025", "05MAY25", "5-May-25", "5/May/2025", "5 May '25", and from "12", "12MAY" or "12-May-25" on
    rf"(?<![\w./-])(?:(?P<day1>{_FIGURES})(?:(?P<mark>[-/]?)(?P<month1>{MONTH_NAME})"
    rf"(?:(?P=mark)(?P<year1>(?:\d\d)?\d\d))?)?(?P<joint>{ANY_JOINT}))?"
    rf"(?P<day2>{_FIGURES})(?:(?P<other>[-/])(?P<month2>{MONTH_NAME})(?P=other)(?P<year2>(?:19|20)?\d\d)"
    rf"|(?P<month3>{MONTH_NAME})(?P<year3>(?:19|20)\d\d|(?<=[A-Z]{{3}})\d\d)|\s(?P<month4>{MONTH_NAME})\s['’](?P<year4>\d\d))(?![\w/-])"
)
_YEAR_FIRST = re.compile(
    # "2025-May-05", "2025 May 5", "2025MAY05"
    rf"(?<![\w./-])(?P<year2>(?:19|20)\d\d)(?P<mark>[-/ ]?)(?P<month2>{MONTH_NAME})"
    rf"(?P=mark)(?P<day2>{_FIGURES})(?![\w/-])"
)
_ISO_DATES = re.compile(
    r"(?<![\w.-])(?P<first>(?:19|20)\d\d(?P<mark>(?P<dash>-)|[./])(?:0?[1-9]|1[0-2])(?:(?P=mark)(?:0?[1-9]|[12]\d|3[01]))?)(?![\d])"
    r"(?:(?:\s*(?:to|until|–|—|/|\.\.|至|到|по)\s*|(?(dash)\s+-\s+|\s*-\s*))(?P<second>(?:(?:19|20)\d\d[-./])?(?:\d\d?[-./])?\d\d?)(?![\d]))?"
)
_NUMBERED = re.compile(
    # "20.11.2019", "20.11 2019", "20. 11. 2019", "20-11-2019", and from "20", "20.11" or "20.11.2019" on
    rf"(?<![\d./-])(?:(?P<day0>\d{{1,2}})(?:(?P<mark0>[./])(?P<month0>\d{{1,2}})(?:(?P=mark0)(?P<year0>{_YEAR}))?)?\.?"
    r"\s*(?:-|–|—|\bto\b|\bпо\b)\s*)?"
    rf"(?P<first>\d{{1,2}})(?P<mark>[./-]|\.\s)(?P<second>\d{{1,2}})(?:(?P=mark)|(?<=\d\d\.\d\d)\s+)(?P<year>{_YEAR})"
)
_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN = re.compile(
    # "5.V.2025", "11/III/2025", "28-30.III.2025"
    rf"(?<![\w./-])(?:(?P<day1>\d{{1,2}})(?P<joint>\s*[-–—]\s*))?(?P<day2>\d{{1,2}})[./]\s?"
    rf"(?P<month2>{'|'.join(sorted(_ROMAN_MONTHS, key=len, reverse=True))})[./-]\s?(?P<year2>{_YEAR})"
)
_CN = r"(?:\d{1,2}|[〇零○一二三四五六七八九十]{1,3})"
_CN_YEAR = rf"(?:{ERA_YEAR}|(?:\d{{4}}|[〇零○一二三四五六七八九]{{4}})\s*年\s*)"
_CN_JOINT = r"\s*(?:上午|下午)?\s*(?:至|到|—+|–|-|－|~|～|、|和|与)\s*"
_CHINESE = re.compile(
    rf"(?P<year1>{_CN_YEAR})?(?<!\d)(?P<month1>{_CN})\s*月\s*(?:(?P<day1>{_CN})(?:\s*[日号])?"
    rf"(?P<joint>{_CN_JOINT})(?P<year2>{_CN_YEAR})?(?:(?P<month2>{_CN})\s*月\s*)?(?P<day2>{_CN})\s*[日号]"
    rf"|(?P<day0>{_CN})\s*[日号])?"
)
_CHINESE_SHORT = re.compile(
    rf"(?P<year1>{_CN_YEAR})?(?<![\d.])(?P<month1>\d{{1,2}})\.(?P<day1>\d{{1,2}})[日号]?"
    rf"(?:(?P<joint>{_CN_JOINT})(?:(?P<month2>\d{{1,2}})\.)?(?P<day2>\d{{1,2}}))?(?<=\d)[日号](?![志程记])"
)
_ERA_FIGURES = re.compile(
    # "民國114.05.03", "令和7/5/3", and from there to "05.05", "5.5" or "114.05.05" of the same year
    rf"(?P<year1>{ERA}(?:\d{{1,3}}|元))\s*(?P<mark>[./-])\s*(?P<month1>\d{{1,2}})\s*(?P=mark)\s*(?P<day1>\d{{1,2}})"
    rf"(?:(?P<joint>{_CN_JOINT})(?:(?:{ERA})?\d{{1,3}}(?P=mark)(?=\d+(?P=mark)))?"
    r"(?:(?P<month2>\d{1,2})(?P=mark))?(?P<day2>\d{1,2}))?(?!\d)"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_ONLY_YEAR = re.compile(rf"{_YEAR}")
_WEAK_JOINT = re.compile(r"^\s*(?:&|and|и|мен|бен|пен|және|、|和|与)\s*$")
_BETWEEN = re.compile(r"\b(?:between|between the|между)\s+$", re.I)
_DATE_AND_NOTE = re.compile(r"^[^()（）]{4,40}(?P<note>[(（])[^()（）]*[)）]\s*$")
_EVENT_NOTE = re.compile(
    r"visit|held|opened|opening|arriv|event|meeting|took place|访问|到访|来访|举行|开幕|визит|состоял|прибы|сапар|өтті",
    re.I,
)

_MARKS = {"joint", "mark", "other"}
_PART = re.compile("[34]$")
"""Ends the names of what stands for the second date in other ways of writing it."""

_Found = tuple[int, int, Day, Day]


def event_dates(text: str, language: str = "") -> tuple[EventDate, ...]:
    """Dates named in `text`, the main one first, then in reading order; none gives an empty tuple.

    A date with a note in brackets ("2016-06-21 (visit 20 June 2016)") has the noted event as its main date.
    Dates of publication ("released …") are left out. A year or a month alone counts only in a date line
    (at most 60 characters). ``05/06/2024`` is read day first in Russian, Kazakh and Chinese; in any other
    language only its year is certain, and only that is given.

    Args:
        language: ISO 639-1 code of the text, empty when not known.
    """
    found = [item for item in _find(text, language) if not is_released(text, *item[:2])]
    note = _DATE_AND_NOTE.match(text)
    if note and len(found) > 1:
        found = _noted_first(text, found, note.start("note"))
    return _as_written(text, found)


def name_dates(name: str, language: str = "") -> tuple[EventDate, ...]:
    """Whole days in the name of a file, ``2024-05-03`` or ``20240503`` among its other words; none gives none."""
    spelled = _COMPACT.sub(r"\1-\2-\3", name.replace("_", " "))
    return tuple(date for date in event_dates(spelled, language) if len(date.start) == len("2024-05-03"))


def is_date_line(text: str) -> bool:
    """Whether a line says nothing but a date, with its weekday, hour or label; an empty one does not."""
    return any(is_line(text, *item[:2]) for item in _find(text, ""))


def record_dates(text: str, language: str = "", *, web_page: bool = False) -> tuple[EventDate, ...]:
    """Dates of the event that the opening `text` of a record tells of, the main one first; none gives an empty tuple.

    A date of publication ("Posted on …", "By … | …", 发布时间) stands behind the event's own where that lacks its
    year, and alone where there is no other.

    Args:
        web_page: Whether a line with nothing but a date tells when the page was published, as it does on the web,
            unless every other date is of a later day or another time.
    """
    found = _find(text, language)
    released = [item for item in found if is_released(text, *item[:2]) or is_in_byline(text, *item[:2])]
    own = [item for item in found if item not in released]
    lone = [item for item in own if web_page and is_line(text, *item[:2])]
    if lone and any(_just_before(item, lone[0]) for item in own if item not in lone):
        released, own = released + lone, [item for item in own if item not in lone]
    return _as_written(text, own + ([] if any(item[2].year for item in own) else released))


def _just_before(item: _Found, published: _Found) -> bool:
    """Whether what was published tells of a day in the year before, or of one without its year."""
    day, limit = item[2], published[2]
    return not day.year or (limit.year - 1 <= day.year and day <= limit)


def _as_written(text: str, found: list[_Found]) -> tuple[EventDate, ...]:
    dates: dict[tuple[str, str], EventDate] = {}
    for start, end, first, last in found:
        date = EventDate(text=text[start:end].strip(), start=first.iso, end=last.iso)
        dates.setdefault((date.start, date.end), date)
    return tuple(dates.values())


def names_day(text: str) -> bool:
    """Whether a month or a day is named in `text`, be it of an event or of a publication."""
    return any(first.month for _, _, first, _ in _find(text, ""))


def _noted_first(text: str, found: list[_Found], bracket: int) -> list[_Found]:
    noted = [item for item in found if item[0] > bracket]
    others = [item for item in found if item[0] < bracket]
    # "2019-05 (18 to 25 May 2019)": the note says the same more exactly.
    further = [other for other in others if not any(_within(note, other) for note in noted)]
    return noted + further if len(further) < len(others) or _EVENT_NOTE.search(text, bracket) else found


def _within(fine: _Found, coarse: _Found) -> bool:
    return coarse[2] == coarse[3] and fine[2] != coarse[2] and fine[2].iso.startswith(coarse[2].iso + "-")


def _find(text: str, language: str) -> list[_Found]:
    """Valid dates in reading order, none inside another; at the same place the longest wins."""
    text = only_dates(text)
    told = (*_named(text), *_iso(text), *_numbered(text, language), *_roman(text), *_chinese(text))
    found = [item for item in told if item[2].exists and item[3].exists]
    if not found and len(text) <= _SHORT:
        found = [(*match.span(), Day(int(match[0])), Day(int(match[0]))) for match in _ONLY_YEAR.finditer(text)]
    found.sort(key=lambda item: (item[0], -item[1]))
    kept: list[_Found] = []
    for item in found:
        if not kept or item[0] >= kept[-1][1] or item[:2] == kept[-1][:2]:
            kept.append(item)
    return kept


def _named(text: str) -> Iterator[_Found]:
    """Dates with a month by its name; each place is read the fullest way only."""
    taken = bytearray(len(text))
    for pattern in (_CLOSED_IN, _YEAR_FIRST, _DAY_FIRST, _MONTH_FIRST, _MONTH_YEAR):
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            parts = {name: part for name, part in match.groupdict().items() if part}
            if pattern is _MONTH_YEAR and not any(name.startswith("year") for name in parts):
                if len(text) > _SHORT or (parts["month2"].isupper() and not text.isupper()):
                    continue  # capitals among small letters are an acronym: "АПР"
            taken[match.start() : match.end()] = b"\1" * len(match[0])
            value = {_PART.sub("2", name): _value(name, part) for name, part in parts.items() if name not in _MARKS}
            yield from _spread(match, *_ends(value, is_range="joint" in parts))


def _value(name: str, part: str) -> int:
    if name.startswith("month"):
        return month_number(part)
    number = int(re.sub(r"\D", "", part))
    return whole_year(number) if name.startswith("year") else number


def _ends(value: dict[str, int], *, is_range: bool) -> tuple[Day, Day]:
    """The two ends of a range, the second equal to the first for a single date; a year stated once serves both."""
    month, other_month, year, other_year = (value.get(name, 0) for name in ("month1", "month2", "year1", "year2"))
    if not year and not other_year:
        other_year = value.get("year0", 0)
    day, other_day = value.get("day1") or value.get("day0", 0), value.get("day2", 0)
    if not is_range:
        whole = Day(year or other_year, other_month or month, other_day or day)
        return whole, whole
    first, last = month or other_month, other_month or month
    wraps = int(first > last)
    first_year = year or (other_year - wraps if other_year else 0)
    last_year = other_year or (year + wraps if year else 0)
    return Day(first_year, first, day), Day(last_year, last, other_day)


def _spread(match: re.Match[str], first: Day, last: Day) -> Iterator[_Found]:
    """One range; or two dates for "3 and 10 May", where the joining word does not mean all days between."""
    joint = match.groupdict().get("joint") or ""
    apart = _WEAK_JOINT.match(joint) and not _BETWEEN.search(match.string[max(0, match.start() - 12) : match.start()])
    if apart and first != last and last.day - first.day != 1:
        yield *match.span(), first, first
        yield *match.span(), last, last
    elif first <= last or not last.year:
        yield *match.span(), first, last


def _iso(text: str) -> Iterator[_Found]:
    for match in _ISO_DATES.finditer(text):
        numbers = _figures(match["first"])
        if match["mark"] != "-" and len(numbers) < 3:
            continue  # 2024/05 and 2024.05 are more often a school year or a version
        first = Day(*numbers)
        last, end = first, match.end("first")
        if match["second"]:
            tail = _figures(match["second"])
            whole = Day(*[*numbers[: len(numbers) - len(tail)], *tail][:3])
            if whole.exists and whole > first:
                last, end = whole, match.end()
        yield match.start(), end, first, last


def _figures(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _numbered(text: str, language: str) -> Iterator[_Found]:
    for match in _NUMBERED.finditer(text):
        last = from_figures(int(match["first"]), int(match["second"]), int(match["year"]), match["mark"][0], language)
        first = last
        if match["day0"] and last.day:
            month = int(match["month0"] or last.month)
            year = int(match["year0"] or last.year - (month > last.month))
            first = from_figures(int(match["day0"]), month, year, match["mark0"] or match["mark"][0], language)
        if first.exists and first.day and first < last:
            yield *match.span(), first, last
        else:
            yield match.start("first"), match.end(), last, last


def _roman(text: str) -> Iterator[_Found]:
    for match in _ROMAN.finditer(text):
        month = _ROMAN_MONTHS.index(match["month2"]) + 1
        last = Day(int(match["year2"]), month, int(match["day2"]))
        first = Day(last.year, month, int(match["day1"])) if match["day1"] else last
        yield from _spread(match, first, last)


def _chinese(text: str) -> Iterator[_Found]:
    for match in (*_CHINESE.finditer(text), *_CHINESE_SHORT.finditer(text), *_ERA_FIGURES.finditer(text)):
        parts = {name: part for name, part in match.groupdict().items() if part and name != "mark"}
        is_range = parts.pop("joint", None) is not None
        value = {
            name: chinese_year(part) if name.startswith("year") else chinese_number(part.strip())
            for name, part in parts.items()
        }
        if value.keys() - {"month1"} or len(text) <= _SHORT:  # else a month alone
            yield from _spread(match, *_ends(value, is_range=is_range))
