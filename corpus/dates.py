"""Event dates as written: found in English, Chinese, Russian and Kazakh text, with what is missing left missing."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.calendar_words import ANY_JOINT, MONTH, chinese_number, month_number
from corpus.errors import UsageError
from corpus.report import EventDate, Report

_SHORT = 60
"""Up to this length a text is a date line, in which a year or month alone is meant as a date."""

_DAY = r"(?<![\d.,])(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|-?го|-?е)?(?![\d%]|[.,]\d)"
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
_ISO_DATES = re.compile(
    r"(?<![\w.-])(?P<first>(?:19|20)\d\d(?P<mark>(?P<dash>-)|[./])(?:0?[1-9]|1[0-2])(?:(?P=mark)(?:0?[1-9]|[12]\d|3[01]))?)(?![\d])"
    r"(?:(?:\s*(?:to|until|–|—|/|\.\.|至|到|по)\s*|(?(dash)\s+-\s+|\s*-\s*))(?P<second>(?:(?:19|20)\d\d[-./])?(?:\d\d?[-./])?\d\d?)(?![\d]))?"
)
_NUMBERED = re.compile(
    # "20.11.2019", "20.11 2019", and from "20", "20.11" or "20.11.2019" on
    rf"(?<![\d./-])(?:(?P<day0>\d{{1,2}})(?:(?P<mark0>[./])(?P<month0>\d{{1,2}})(?:(?P=mark0)(?P<year0>{_YEAR}))?)?\.?"
    r"\s*(?:-|–|—|\bto\b|\bпо\b)\s*)?"
    rf"(?P<first>\d{{1,2}})(?P<mark>[./])(?P<second>\d{{1,2}})(?:(?P=mark)|(?<=\d\d\.\d\d)\s+)(?P<year>{_YEAR})"
)
_CN = r"(?:\d{1,2}|[〇零○一二三四五六七八九十]{1,3})"
_CN_YEAR = r"(?:\d{4}|[〇零○一二三四五六七八九]{4})\s*年\s*"
_CN_JOINT = r"\s*(?:上午|下午)?\s*(?:至|到|—+|–|-|－|~|～|、|和|与)\s*"
_CHINESE = re.compile(
    rf"(?P<year1>{_CN_YEAR})?(?<!\d)(?P<month1>{_CN})\s*月\s*(?:(?P<day1>{_CN})(?:\s*[日号])?"
    rf"(?P<joint>{_CN_JOINT})(?P<year2>{_CN_YEAR})?(?:(?P<month2>{_CN})\s*月\s*)?(?P<day2>{_CN})\s*[日号]"
    rf"|(?P<day>{_CN})\s*[日号])?"
)
_CHINESE_SHORT = re.compile(
    rf"(?P<year1>{_CN_YEAR})?(?<![\d.])(?P<month1>\d{{1,2}})\.(?P<day1>\d{{1,2}})[日号]?"
    rf"(?:(?P<joint>{_CN_JOINT})(?:(?P<month2>\d{{1,2}})\.)?(?P<day2>\d{{1,2}}))?(?<=\d)[日号](?![志程记])"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_ONLY_YEAR = re.compile(rf"{_YEAR}")
_WEAK_JOINT = re.compile(r"^\s*(?:and|и|мен|бен|пен|және|、|和|与)\s*$")
_BETWEEN = re.compile(r"\b(?:between|between the|между)\s+$", re.I)
_RELEASED = re.compile(
    r"(?:\b(?:released?|published|posted|updated|modified|retrieved|accessed|publication|опубликован[аоы]?|размещен[аоы]?"
    r"|обновлен[аоы]?|добавлен[аоы]?|дата публикации|жарияланды|жарияланған|жаңартылды)"
    r"|(?:发布|发表|更新|刊登|上传)(?:时间|日期|于)?)"
    r"(?:[ \t]+(?:by[ \t]+[^\n|]{1,30}[ \t]+on|on|at|in|time|date|күні|уақыты))?\W{0,3}(?:[^\W\d]+day\W{1,2})?$",
    re.I,
)
# Datelines of news agencies: "新华社北京5月3日电", "ASTANA, May 3 (Kazinform) --", "АСТАНА, 3 мая. /ТАСС/".
_WIRED = re.compile(r"[电讯](?!话)")
_PLACE_ABOVE = re.compile(r"[^\W\d],\s*$")
_AGENCY = re.compile(r"[.,]?\s*(?:\([^\W\d][^()\n]{1,29}\)\s*(?:--|—|–|-)|/[^\W\d][^/\n]{1,29}/)")
_BYLINE = re.compile(
    r"^\W*(?:by\s+[^\n]{1,50}?(?:[|·•,/–—-]|\bon\b)|(?:posted|published|written|author|source|filed)\b)"
    r"|\bby(?:\s+[^\W\d][\w.]*){1,3}\s*$|[|·•]\s*(?:by\s|\d+\s+(?:views?|comments?|min))|作者|来源|编辑|责编|浏览|点击|阅读|供稿|发布人"
    r"|\b(?:автор|источник|просмотр|опубликован|размещен|қаралым|көрілім)",
    re.I,
)
_BYLINE_LENGTH = 160
_SECTION = 25
"""Letters that the name of a part of a site ("| News") may have beside a date."""
_SENTENCE_END = re.compile(r"[.!?。！？]\s*$")
_DATE_LABEL = re.compile(
    r"\b(?:date|posted|дата|күні|\w+day|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)\b"
    r"|日期|时间|星期.|\d{1,2}:\d\d(?::\d\d)?|\b(?:[ap]m|года?|г|жыл[ыа]?|at|в)\b|\W",
    re.I,
)
_DATE_AND_NOTE = re.compile(r"^[^()（）]{4,40}[(（][^()（）]*[)）]\s*$")
_EVENT_NOTE = re.compile(
    r"visit|held|opened|opening|arriv|event|meeting|took place|访问|到访|来访|举行|开幕|визит|состоял|прибы|сапар|өтті",
    re.I,
)
_ENGLISH_MONTHS = tuple(calendar.month_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """A day, month or year; zero stands for what is not stated."""

    year: int = 0
    month: int = 0
    day: int = 0

    @property
    def iso(self) -> str:
        head = f"{self.year:04d}" if self.year else "-"
        return head + (f"-{self.month:02d}" if self.month else "") + (f"-{self.day:02d}" if self.day else "")

    @property
    def exists(self) -> bool:
        if not (self.year or self.month) or not 0 <= self.month <= 12:
            return False
        # 2000 is a leap year: 29 February without a year may exist.
        return not self.day or (0 < self.month and self.day <= calendar.monthrange(self.year or 2000, self.month)[1])


_Found = tuple[int, int, _Day, _Day]


def event_dates(text: str, language: str = "") -> tuple[EventDate, ...]:
    """Dates named in `text`, the main one first, then in reading order; none gives an empty tuple.

    A date with a note in brackets ("2016-06-21 (visit 20 June 2016)") has the noted event as its main date.
    Dates of publication ("released …") are left out. A year or a month alone counts only in a date line
    (at most 60 characters). ``05/06/2024`` is read day first in Russian, Kazakh and Chinese; in any other
    language only its year is certain, and only that is given.

    Args:
        language: ISO 639-1 code of the text, empty when not known.
    """
    found = [item for item in _find(text, language) if not _is_released(text, item)]
    if len(found) > 1 and _DATE_AND_NOTE.match(text):
        found = _noted_first(text, found)
    return _as_written(text, found)


def name_dates(name: str, language: str = "") -> tuple[EventDate, ...]:
    """Whole days in the name of a file, ``2024-05-03`` or ``20240503`` among its other words; none gives none."""
    spelled = _COMPACT.sub(r"\1-\2-\3", name.replace("_", " "))
    return tuple(date for date in event_dates(spelled, language) if len(date.start) == len("2024-05-03"))


def is_date_line(text: str) -> bool:
    """Whether a line says nothing but a date, with its weekday, hour or label; an empty one does not."""
    return any(_is_line(text, item) for item in _find(text, ""))


def record_dates(text: str, language: str = "", *, web_page: bool = False) -> tuple[EventDate, ...]:
    """Dates of the event that the opening `text` of a record tells of, the main one first; none gives an empty tuple.

    A date of publication ("Posted on …", "By … | …", 发布时间) stands behind the event's own where that lacks its
    year, and alone where there is no other.

    Args:
        web_page: Whether a line with nothing but a date tells when the page was published, as it does on the web,
            unless every other date is of a later day or another time.
    """
    found = _find(text, language)
    released = [item for item in found if _is_released(text, item) or _is_in_byline(text, item)]
    own = [item for item in found if item not in released]
    lone = [item for item in own if web_page and _is_line(text, item)]
    if lone and any(_just_before(item, lone[0]) for item in own if item not in lone):
        released, own = released + lone, [item for item in own if item not in lone]
    return _as_written(text, own + ([] if any(item[2].year for item in own) else released))


def _just_before(item: _Found, published: _Found) -> bool:
    """Whether what was published tells of a day in the year before, or of one without its year."""
    day, limit = item[2], published[2]
    return not day.year or (limit.year - 1 <= day.year and _order(day) <= _order(limit))


def _is_released(text: str, item: _Found) -> bool:
    if _RELEASED.search(text, max(0, item[0] - _BYLINE_LENGTH), item[0]) or _WIRED.match(text, item[1]):
        return True
    return bool(_PLACE_ABOVE.search(text, max(0, item[0] - _SECTION), item[0]) and _AGENCY.match(text, item[1]))


def _is_in_byline(text: str, item: _Found) -> bool:
    line = _line(text, item)
    return len(line) <= _BYLINE_LENGTH and not _SENTENCE_END.search(line) and bool(_BYLINE.search(line))


def _is_line(text: str, item: _Found) -> bool:
    """Whether a date, with its weekday or hour, makes up a whole line."""
    line = _line(text, item)
    rest = line.replace(text[item[0] : item[1]], "", 1).strip(" -#")
    section = rest.strip("|·•/ ")
    return not _DATE_LABEL.sub("", rest) or (len(section) < len(rest) and len(section) <= _SECTION)


def _line(text: str, item: _Found) -> str:
    end = text.find("\n", item[1])
    return text[text.rfind("\n", 0, item[0]) + 1 : len(text) if end < 0 else end]


def _as_written(text: str, found: list[_Found]) -> tuple[EventDate, ...]:
    dates: dict[tuple[str, str], EventDate] = {}
    for start, end, first, last in found:
        date = EventDate(text=text[start:end].strip(), start=first.iso, end=last.iso)
        dates.setdefault((date.start, date.end), date)
    return tuple(dates.values())


def names_day(text: str) -> bool:
    """Whether a month or a day is named in `text`, be it of an event or of a publication."""
    return any(first.month for _, _, first, _ in _find(text, ""))


def _noted_first(text: str, found: list[_Found]) -> list[_Found]:
    bracket = re.search(r"[(（]", text)
    assert bracket is not None
    noted = [item for item in found if item[0] > bracket.start()]
    others = [item for item in found if item[0] < bracket.start()]
    if not noted or not others:
        return found
    finer = any(_within(note, other) for note in noted for other in others)
    if finer:
        # "2019-05 (18 to 25 May 2019)": the note says the same more exactly.
        others = [other for other in others if not any(_within(note, other) for note in noted)]
    elif not _EVENT_NOTE.search(text, bracket.start()):
        return found
    return noted + others


def _within(fine: _Found, coarse: _Found) -> bool:
    return coarse[2] == coarse[3] and fine[2] != coarse[2] and fine[2].iso.startswith(coarse[2].iso + "-")


def _find(text: str, language: str) -> list[_Found]:
    """Valid dates in reading order, none inside another; at the same place the longest wins."""
    found = [
        item
        for item in (*_named(text), *_iso(text), *_numbered(text, language), *_chinese(text), *_chinese_short(text))
        if item[2].exists and item[3].exists
    ]
    if not found and len(text) <= _SHORT:
        found = [
            (match.start(), match.end(), day, day)
            for match in _ONLY_YEAR.finditer(text)
            if (day := _Day(year=int(match[0]))).exists
        ]
    found.sort(key=lambda item: (item[0], -item[1]))
    kept: list[_Found] = []
    for item in found:
        if not kept or item[0] >= kept[-1][1] or item[:2] == kept[-1][:2]:
            kept.append(item)
    return kept


def _named(text: str) -> Iterator[_Found]:
    """Dates with a month by its name; each place is read the fullest way only."""
    taken = bytearray(len(text))
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _MONTH_YEAR):
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            parts = match.groupdict()
            if pattern is _MONTH_YEAR and not (_year(parts) or len(text) <= _SHORT):
                continue
            taken[match.start() : match.end()] = b"\1" * len(match[0])
            first, last = _ends(parts)
            yield from _spread(match, first, last)


def _year(parts: dict[str, str | None]) -> int:
    digits = parts.get("year2") or parts.get("year1") or parts.get("year0") or ""
    return int(digits[-4:]) if digits else 0


def _ends(parts: dict[str, str | None]) -> tuple[_Day, _Day]:
    """The two ends of a range, the second equal to the first for a single date; a year stated once serves both."""
    months = [month_number(word) if (word := parts.get(name)) else 0 for name in ("month1", "month2")]
    days = [int(re.sub(r"\D", "", word)) if (word := parts.get(name)) else 0 for name in ("day1", "day2")]
    years = [int(word[-4:]) if (word := parts.get(name)) else 0 for name in ("year1", "year2")]
    if not years[0] and not years[1]:
        years = [0, _year(parts)]
    if not parts.get("joint"):
        day = _Day(year=years[0] or years[1], month=months[1] or months[0], day=days[1] or days[0])
        return day, day
    first, last = months[0] or months[1], months[1] or months[0]
    wraps = int(first > last)
    first_year = years[0] or (years[1] - wraps if years[1] else 0)
    last_year = years[1] or (years[0] + wraps if years[0] else 0)
    return _Day(year=first_year, month=first, day=days[0]), _Day(year=last_year, month=last, day=days[1])


def _spread(match: re.Match[str], first: _Day, last: _Day) -> Iterator[_Found]:
    """One range; or two dates for "3 and 10 May", where the joining word does not mean all days between."""
    joint = match.groupdict().get("joint") or ""
    apart = _WEAK_JOINT.match(joint) and not _BETWEEN.search(match.string[max(0, match.start() - 12) : match.start()])
    if apart and first != last and last.day - first.day != 1:
        yield match.start(), match.end(), first, first
        yield match.start(), match.end(), last, last
    elif _order(first) <= _order(last) or not last.year:
        yield match.start(), match.end(), first, last


def _order(day: _Day) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _iso(text: str) -> Iterator[_Found]:
    for match in _ISO_DATES.finditer(text):
        if match["mark"] != "-" and len(re.findall(r"\d+", match["first"])) < 3:
            continue  # 2024/05 and 2024.05 are more often a school year or a version
        numbers = [int(number) for number in re.findall(r"\d+", match["first"])]
        first = _Day(year=numbers[0], month=numbers[1], day=numbers[2] if len(numbers) > 2 else 0)
        last, end = first, match.end("first")
        if match["second"]:
            tail = [int(number) for number in re.findall(r"\d+", match["second"])]
            whole = _Day(
                **dict(zip(("year", "month", "day"), [*numbers[: len(numbers) - len(tail)], *tail], strict=False))
            )
            if whole.exists and _order(whole) > _order(first):
                last, end = whole, match.end()
        yield match.start(), end, first, last


def _numbered(text: str, language: str) -> Iterator[_Found]:
    for match in _NUMBERED.finditer(text):
        last = _from_figures(int(match["first"]), int(match["second"]), int(match["year"]), match["mark"], language)
        first = last
        if match["day0"] and last.day:
            month = int(match["month0"] or last.month)
            year = int(match["year0"] or last.year - (month > last.month))
            first = _from_figures(int(match["day0"]), month, year, match["mark0"] or match["mark"], language)
        if first.exists and first.day and _order(first) < _order(last):
            yield match.start(), match.end(), first, last
        else:
            yield match.start("first"), match.end(), last, last


def _from_figures(first: int, second: int, year: int, mark: str, language: str) -> _Day:
    """``05/06/2024`` as a day; only its year where the order of day and month is not certain."""
    if mark == "." or language in {"ru", "kk", "zh"} or first > 12 or first == second:
        return _Day(year=year, month=second, day=first)
    return _Day(year=year, month=first, day=second) if second > 12 else _Day(year=year)


def _chinese_short(text: str) -> Iterator[_Found]:
    """Month and day parted by a dot: "10.23日" and "10.20-10.23日"."""
    for match in _CHINESE_SHORT.finditer(text):
        year = chinese_number(re.sub(r"[\s年]", "", match["year1"])) if match["year1"] else 0
        first = _Day(year=year, month=int(match["month1"]), day=int(match["day1"]))
        if match["joint"] is None:
            yield match.start(), match.end(), first, first
            continue
        month = int(match["month2"] or first.month)
        last = _Day(year=year + int(month < first.month) if year else 0, month=month, day=int(match["day2"]))
        yield from _spread(match, first, last)


def _chinese(text: str) -> Iterator[_Found]:
    for match in _CHINESE.finditer(text):
        value = {
            name: chinese_number(re.sub(r"[\s年]", "", part)) if part else 0 for name, part in match.groupdict().items()
            if name != "joint"
        }  # fmt: skip
        if not value["year1"] and not value["day"] and not value["day1"] and len(text) > _SHORT:
            continue  # a month alone
        first = _Day(year=value["year1"], month=value["month1"], day=value["day"] or value["day1"])
        if match["joint"] is None:
            yield match.start(), match.end(), first, first
            continue
        month = value["month2"] or first.month
        year = value["year2"] or (first.year + int(month < first.month) if first.year else 0)
        yield from _spread(match, first, _Day(year=year, month=month, day=value["day2"]))


def date_label(report: Report) -> str:
    """The main date of a report for a person, in English: ``4-5 November, year not stated``, ``May 2023``."""
    if not report.dates or not report.dates[0].start:
        return "date not stated"
    date = report.dates[0]
    first, last = _parsed(date.start), _parsed(date.end or date.start)
    if first == last:
        label = _words(last, with_year=True)
    elif first.year != last.year:
        label = f"{_words(first, with_year=True)} to {_words(last, with_year=True)}"
    elif first.month != last.month or not first.day:
        label = f"{_words(first, with_year=False)} to {_words(last, with_year=True)}"
    else:
        label = f"{first.day}-{_words(last, with_year=True)}"
    return label if last.year else f"{label}, year not stated"


def _words(day: _Day, *, with_year: bool) -> str:
    parts = [
        str(day.day) if day.day else "",
        _ENGLISH_MONTHS[day.month],
        str(day.year) if with_year and day.year else "",
    ]
    return " ".join(part for part in parts if part)


def _parsed(iso: str) -> _Day:
    match = re.fullmatch(r"(?:(\d{4})|-)(?:-(\d\d))?(?:-(\d\d))?", iso)
    day = (
        _Day(**{name: int(part or 0) for name, part in zip(("year", "month", "day"), match.groups(), strict=True)})
        if match
        else None
    )
    if day is None or not day.exists:
        raise UsageError(f"{iso!r} is no date. Write it as 2024, 2024-05 or 2024-05-03.")
    return day


def overlaps(date: EventDate, since: str = "", until: str = "") -> bool:
    """Whether any day of `date` lies from `since` to `until`, both inclusive and possibly partial; empty is open.

    A date without a year never does, whatever the bounds. ``2024-05`` overlaps ``2024-05-20``.

    Raises:
        UsageError: A bound is no date.
    """
    low = _edge(_parsed(since), last=False) if since else (0, 0, 0)
    high = _edge(_parsed(until), last=True) if until else (9999, 12, 31)
    if date.year is None:
        return False
    return _edge(_parsed(date.start), last=False) <= high and low <= _edge(_parsed(date.end or date.start), last=True)


def _edge(day: _Day, *, last: bool) -> tuple[int, int, int]:
    """First or last day that a partial date may mean."""
    month = day.month or (12 if last else 1)
    return day.year, month, day.day or (calendar.monthrange(day.year or 2000, month)[1] if last else 1)
