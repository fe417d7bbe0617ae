"""Whether the dates and times of a sentence stand in what it cites: the same day, month, year, or "next year"."""

import re

from assistant.prove.proof import Reason
from corpus.dates import event_dates
from corpus.language import language_of
from corpus.lexicon import patterns
from corpus.numbers import numbers_in
from corpus.report import EventDate


def missing_date(claim: str, source: str) -> Reason | None:
    """A day, month or year of the sentence that lies in no date of the source."""
    told = [date for part in source.split("\n") for date in event_dates(part, language_of(part))]
    missing = months_in(claim) - months_in(source) - {month for date in told for month in _months_of(date)}
    if missing:
        return Reason(key="date_missing", values={"what": _month_words(claim, missing)})
    for date in event_dates(claim, language_of(claim)):
        if not any(_agrees(date, one) for one in told):
            _, day = month_day(date.start)
            if not day and (not date.year or str(date.year) in source):
                continue  # the month and the year have been looked for by themselves
            return Reason(key="date_missing", values={"what": date.text})
    return None


def months_in(text: str) -> set[int]:
    """Numbers of the months a text names, in any language."""
    found = set()
    for forms in patterns("numbers", "months").values():
        found |= {month for month, form in enumerate(forms, start=1) if form.search(text)}
    counted = (int(number.value) for number in numbers_in(text) if text[number.end : number.end + 1] == "月")
    return found | {month for month in counted if 1 <= month <= 12}


def _months_of(date: EventDate) -> range:
    first, last = month_day(date.start)[0], month_day(date.end or date.start)[0]
    return range(first, last + 1)


def _month_words(text: str, months: set[int]) -> str:
    """The first of these months as a text writes it."""
    for forms in patterns("numbers", "months").values():
        for match in (forms[month - 1].search(text) for month in sorted(months)):
            if match:
                return "".join(re.findall(r"^\w+", text[match.start() :]))
    return f"{min(months)}月"


def _agrees(date: EventDate, told: EventDate) -> bool:
    """Whether a date says no more than one told: the same day, a day or the month of its range, the same year."""
    if date.year and told.year and date.year != told.year:
        return False
    if date.year and not told.year:
        return False
    mine, first, last = (month_day(one) for one in (date.start, told.start, told.end or told.start))
    if not mine[0]:
        return True
    if not mine[1]:
        return first[0] <= mine[0] <= last[0] if first[0] <= last[0] else mine[0] in (first[0], last[0])
    if not first[1]:
        return False
    return first <= mine <= last if first <= last else mine >= first or mine <= last


def month_day(partial: str) -> tuple[int, int]:
    """Month and day of a partial date, 0 for what it does not give."""
    parts = partial.lstrip("-").split("-") if partial.startswith("--") else partial.split("-")[1:]
    numbers = [int(part) for part in parts if part] + [0, 0]
    return numbers[0], numbers[1]


def missing_relative_time(claim: str, source: str) -> Reason | None:
    """A time told from another one, "next year", which means nothing but in the words of the source."""
    languages = patterns("numbers", "relative").values()
    for same in zip(*languages, strict=True):
        match = next((found for form in same if (found := form.search(claim))), None)
        if match and not any(form.search(source) for form in same):
            return Reason(key="date_missing", values={"what": match.group().strip()})
    return None
