"""Days, months and years as ISO 8601 writes them, possibly partial: compared, and told to a person in English."""

import calendar
import re
from typing import NamedTuple

from corpus.errors import UsageError
from corpus.report import EventDate, Report


class Day(NamedTuple):
    """A day, month or year; zero stands for what is not stated."""

    year: int = 0
    month: int = 0
    day: int = 0

    @property
    def iso(self) -> str:
        """As `EventDate` has it: ``2024-05-03``, ``2024-05``, ``2024`` or ``--11-04``."""
        head = f"{self.year:04d}" if self.year else "-"
        return head + (f"-{self.month:02d}" if self.month else "") + (f"-{self.day:02d}" if self.day else "")

    @property
    def exists(self) -> bool:
        """Whether the calendar has it; 29 February without a year may exist."""
        if not (self.year or self.month) or not 0 <= self.month <= 12:
            return False
        return not self.day or (0 < self.month and self.day <= self._last_of_month)

    def edge(self, *, last: bool) -> "Day":
        """The first or last day that a partial date may mean."""
        whole = self._replace(month=self.month or (12 if last else 1))
        return whole._replace(day=self.day or (whole._last_of_month if last else 1))

    @property
    def _last_of_month(self) -> int:
        return calendar.monthrange(self.year or 2000, self.month)[1]  # 2000 is a leap year


def from_figures(first: int, second: int, year: int, mark: str, language: str) -> Day:
    """``05/06/2024`` as a day; only its year where the order of day and month is not certain."""
    if mark == "." or language in {"ru", "kk", "zh"} or first > 12 or first == second:
        return Day(year, second, first)
    return Day(year, first, second) if second > 12 else Day(year)


def date_label(report: Report) -> str:
    """The main date of a report for a person, in English: ``4-5 November, year not stated``, ``May 2023``."""
    if not report.dates or not report.dates[0].start:
        return "date not stated"
    date = report.dates[0]
    first, last = _parsed(date.start), _parsed(date.end or date.start)
    if first == last:
        label = _words(last)
    elif first.year != last.year:
        label = f"{_words(first)} to {_words(last)}"
    elif first.month != last.month or not first.day:
        label = f"{_words(first._replace(year=0))} to {_words(last)}"
    else:
        label = f"{first.day}-{_words(last)}"
    return label if last.year else f"{label}, year not stated"


def _words(day: Day) -> str:
    return " ".join(filter(None, [str(day.day or ""), calendar.month_name[day.month], str(day.year or "")]))


def _parsed(iso: str) -> Day:
    match = re.fullmatch(r"(?:(\d{4})|-)(?:-(\d\d))?(?:-(\d\d))?", iso)
    day = Day(*(int(part or 0) for part in match.groups())) if match else Day()
    if not day.exists:
        raise UsageError(f"{iso!r} is no date. Write it as 2024, 2024-05 or 2024-05-03.")
    return day


def overlaps(date: EventDate, since: str = "", until: str = "") -> bool:
    """Whether any day of `date` lies from `since` to `until`, both inclusive and possibly partial; empty is open.

    A date without a year never does, whatever the bounds. ``2024-05`` overlaps ``2024-05-20``.

    Raises:
        UsageError: A bound is no date.
    """
    low = _parsed(since).edge(last=False) if since else Day()
    high = _parsed(until).edge(last=True) if until else Day(9999, 12, 31)
    if date.year is None:
        return False
    return _parsed(date.start).edge(last=False) <= high and low <= _parsed(date.end or date.start).edge(last=True)
