"""Whether the times that a question names are those of a record."""

import re
from dataclasses import dataclass

from corpus.dates import event_dates
from corpus.report import EventDate, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The years and dates a question names; `any_of_them` where one of them is enough."""

    years: tuple[int, ...] = ()
    dates: tuple[EventDate, ...] = ()
    any_of_them: bool = False


def times_of(text: str, language: str, *, any_of_them: bool = False) -> Times:
    """The times that a question names."""
    years = tuple(dict.fromkeys(int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text)))
    return Times(years=years, dates=event_dates(text, language), any_of_them=any_of_them)


def agreement_in_time(asked: Times, report: Report, around: str) -> float:
    """How the times the question names agree with a passage and its report's dates.

    Returns:
        1 where the years and days named are found (any of them where several answers are wanted, all else), 0 where the
        record states others, 0.5 where nothing is named or the record states no time to compare with.
    """
    if not asked.years and not asked.dates:
        return 0.5
    enough = any if asked.any_of_them else all
    dates = (*report.dates, *event_dates(around, report.language))
    verdicts = []
    if asked.years:
        years = {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", around)}
        years |= {date.year for date in dates if date.year}
        verdicts.append((1.0 if enough(year in years for year in asked.years) else 0.0) if years else 0.5)
    months = {_month_day(date) for date in asked.dates} - {""}
    if months:
        stated = {part for date in dates for part in _days(date)} - {""}
        verdicts.append((1.0 if enough(month in stated for month in months) else 0.0) if stated else 0.5)
    return min(verdicts, default=0.5)


def _month_day(date: EventDate) -> str:
    """``11-04`` or ``11`` of a partial date; empty when it has no month."""
    return _part(date.start)


def _days(date: EventDate) -> list[str]:
    """Month and day of both ends of a date, the month alone, and the days between in the same month."""
    first, last = _part(date.start), _part(date.end)
    days = [first, last, first[:2], last[:2]]
    if len(first) == 5 and len(last) == 5 and first[:2] == last[:2]:
        days += [f"{first[:2]}-{day:02d}" for day in range(int(first[3:]), int(last[3:]) + 1)]
    return days


def _part(partial: str) -> str:
    return partial[2:] if partial.startswith("--") else partial[5:]
