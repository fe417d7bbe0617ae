"""When what a line tells of happened: the line's own date as written, else that of the report."""

from dataclasses import dataclass

from corpus.dates import date_label, event_dates
from ingest.ledger.reading import Line, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date as written, or as the report's label tells it, and its first day as `EventDate.start`."""

    text: str
    start: str


def when_of(reading: Reading, line: Line) -> When:
    """The date of what a line tells; "date not stated" with an empty start where neither line nor report has one.

    A date of the line without its year takes the report's where the day fits; else the year stays missing.
    """
    report = reading.report
    own = event_dates(line.text, report.language)
    whole = report.dates[0] if report.dates else None
    if own:
        date = own[0]
        if not date.year and whole and whole.year and whole.start[5:] <= date.start[2:] <= whole.end[5:]:
            return When(text=date.text, start=f"{whole.year}{date.start[1:]}")
        return When(text=date.text, start=date.start)
    return When(text=date_label(report), start=whole.start if whole else "")
