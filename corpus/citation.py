"""A quote at its exact place in a report; `locate` is the only maker of citations."""

from dataclasses import dataclass

from corpus.days import date_label
from corpus.errors import UsageError
from corpus.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A quote that stands verbatim in a report: ``report.text[start:end] == quote``. Made only by `locate`."""

    report_id: str
    file: str
    title: str
    date: str
    start: int
    end: int
    quote: str
    page: int | None = None
    recognised: float | None = None
    """How surely the quote was recognised in a picture, from 0 to 1; None where its letters are the file's own."""


def locate(report: Report, quote: str, *, near: int = 0) -> Citation | None:
    """The citation of a quote, or None when the report does not hold it verbatim.

    Args:
        report: Where the quote should stand.
        quote: Words as they should stand there; blanks at either end are ignored.
        near: Offset in code points near which it is expected; of several places the nearest is taken.

    Raises:
        UsageError: The quote is empty.
    """
    wanted = quote.strip()
    if not wanted:
        raise UsageError(f"{report.path}: an empty quote cannot be cited. Give the words that are to be found.")
    places = []
    at = report.text.find(wanted)
    while at >= 0:
        places.append(at)
        at = report.text.find(wanted, at + 1)
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - near))
    return Citation(
        report_id=report.id,
        file=report.path,
        title=report.title,
        date=date_label(report),
        start=start,
        end=start + len(wanted),
        quote=wanted,
        page=report.page_at(start),
        recognised=report.recognised_at(start, start + len(wanted)),
    )
