"""When what a line tells of happened: the line's own date as written, else that of what stands above it."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.dates import event_dates
from corpus.days import date_label
from corpus.relative_dates import relative_dates
from corpus.report import EventDate
from ingest.ledger.reading import Line, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date as written, or as the report's label tells it, and its first day as `EventDate.start`."""

    text: str
    start: str


def when_of(reading: Reading, line: Line, *, last: bool = False) -> When:
    """The date of what a line tells; "date not stated" with an empty start where neither line nor report has one.

    A date of the line comes first, also one told from the record's day ("last month", which is read whole: the
    "November" of "November last year" is none by itself); then, of a record of several days, the nearest date before
    it in its paragraph or the one in its heading; then the record's. A date without its year takes the report's where
    the day fits; else the year stays missing.

    Args:
        last: Whether of the line's dates the latest past one is meant: a renewal comes after the signing told with it.
    """
    report = reading.report
    whole = report.dates[0] if report.dates else None
    told = whole.start if whole else ""
    from_told = relative_dates(line.text, told)
    whole_dates = "\n".join(date.text for date in from_told)
    own = [date for date in event_dates(line.text, report.language) if date.text not in whole_dates]
    dates = [_with_year(date, whole) for date in (*own, *from_told)]
    past = [date for date in dates if date.start[:4].isdigit() and date.start <= told]
    if dates:
        return max(past, key=lambda date: date.start) if last and past else dates[0]
    if whole and len(report.dates) > 1:
        for date in _above(reading, line):
            if date.year in (whole.year, None):
                return _with_year(date, whole)
    return When(text=date_label(report), start=told)


def _above(reading: Reading, line: Line) -> Iterator[EventDate]:
    """Dates of the lines before one in its paragraph, the nearest first, then of the heading over it."""
    report = reading.report
    at = bisect_left(reading.lines, line.start, key=lambda one: one.start)
    start = line.start
    for one in reversed(reading.lines[:at]):
        if "\n\n" in report.text[one.end : start]:
            break
        yield from reversed(event_dates(one.text, report.language))
        start = one.start
    if reading.headings:
        yield from event_dates(reading.headings[line.passage].text.split(" › ")[-1], report.language)


def _with_year(date: EventDate, whole: EventDate | None) -> When:
    if not date.year and whole and whole.year and whole.start[5:] <= date.start[2:] <= whole.end[5:]:
        return When(text=date.text, start=f"{whole.year}{date.start[1:]}")
    return When(text=date.text, start=date.start)
