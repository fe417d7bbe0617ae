"""Until when, of a span that was found: its last day, or the months it counts, added to the day of signing."""

import re
from calendar import monthrange
from dataclasses import dataclass

from corpus.dates import event_dates
from corpus.numbers import numbers_in
from corpus.plain_form import plain_form
from corpus.relative_dates import relative_dates
from ingest.ledger.fact import Agreement

_UNITS = (
    (12, re.compile(r"^[\s-]*(?:\w+\s)?(?:years?\b|лет\b|год(?:а|ов)?\b|жыл)|^\s*(?:周年|年)", re.I)),
    (1, re.compile(r"^[\s-]*(?:months?\b|месяц(?:а|ев)?\b|ай\b)|^\s*个?月", re.I)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """What a span tells of a time: its last day as a possibly partial ISO 8601 date, and months; empty and 0 for none.

    Attributes:
        is_date: Whether it names a day, month or year at all, also one without its year.
    """

    day: str = ""
    months: int = 0
    is_date: bool = False


def length_of(span: str, language: str, told: str) -> Length:
    """What a span tells; an empty one tells nothing.

    Args:
        told: The day of the record, ISO 8601, possibly partial, from which "next June" is counted.
    """
    span = plain_form(span)
    dates = (*relative_dates(span, told), *event_dates(span, language))
    dated = [date.end for date in dates if date.year]
    for date in dates:
        span = span.replace(date.text, " ")
    return Length(day=max(dated, default=""), months=_months(span), is_date=bool(dates))


def _months(text: str) -> int:
    for number in numbers_in(text):
        for by, unit in _UNITS:
            if unit.match(text[number.end :]):
                return round(number.value * by)
    return 0


def months_later(start: str, months: int) -> str:
    """The day some months after a possibly partial one, as fine as that; empty where it has no year, or a year alone
    and the months are no whole years.
    """
    parts = [int(part) for part in start.split("-") if part.isdigit()] if start[:4].isdigit() else []
    if not parts or (len(parts) == 1 and months % 12):
        return ""
    year, month = divmod(parts[0] * 12 + (parts[1] - 1 if len(parts) > 1 else 0) + months, 12)
    if len(parts) > 2:
        parts[2] = min(parts[2], monthrange(year, month + 1)[1])
    return "-".join(
        [f"{year:04d}", *([f"{month + 1:02d}"] if len(parts) > 1 else []), *(f"{day:02d}" for day in parts[2:])]
    )


def last_day_of(length: Length, start: str, sentence: str, span: str) -> str:
    """The last day that a span of a sentence tells; empty where it stays open.

    Months count from the day of signing, `start`, unless the sentence names another day beside them.
    """
    others = event_dates(sentence.replace(span, " ", 1))
    if length.day or not length.months or any(not start.endswith(date.start.lstrip("-")) for date in others):
        return length.day
    return months_later(start, length.months)


def last_day(agreement: Agreement) -> str:
    """The last day of an agreement as its record tells it, possibly partial; one named outright before one counted from
    the signing. Empty where none is told, and where the sentence does not say when it was signed.
    """
    told = {term.kind: term.value for term in agreement.terms if term.value}
    counted = told.get("for", "") if agreement.date in agreement.citation.quote else ""
    return told.get("until") or counted


def is_within(day: str, today: str, months: int) -> bool:
    """Whether the last day that a possibly partial one can mean is today or comes in the next months."""
    return day[:4].isdigit() and today <= latest(day) <= months_later(today, months)


def latest(day: str) -> str:
    """The last day that a possibly partial one with its year can mean, of a month its 31st."""
    return day + "0000-12-31"[len(day) :]
