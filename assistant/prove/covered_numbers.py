"""Whether the numbers of a sentence stand in what it cites: as figures or words, counted, rounded or subtracted."""

import re
from collections import Counter

from assistant.prove.counted import unit_word
from assistant.prove.covered_times import month_day
from assistant.prove.proof import Reason
from corpus.dates import event_dates
from corpus.language import language_of
from corpus.lexicon import says
from corpus.names import names_of
from corpus.numbers import Number, numbers_in
from corpus.people import people_in

LEAST_REPEATED = 10
"""A figure from here on that is said twice must be written twice: "from 2019 to 2019"."""
FIRST_YEAR, LAST_YEAR = 1000, 2100
YEARS_FROM = 1000
"""A number from here on in a date is its year, which must stand in the source whatever the date."""
_ROUNDED = {"over": (1.0, 1.35), "about": (0.85, 1.15), "under": (0.7, 1.0)}
"""How far the number itself may lie from one that is told as more than, about or less than it."""


def missing_number(claim: str, source: str) -> Reason | None:
    """A number of the sentence that the source does not give, a day within one of its ranges counting as given."""
    literal = {number.value for number in numbers_in(source)}
    there, days = set(literal), _days_between(source)
    if says("numbers", "two", text=source) or re.search(r"\b(?:and|и)\b|[和与及、]", source):
        there.add(2)  # "A and B" are two
    years = sorted(value for value in there if FIRST_YEAR <= value <= LAST_YEAR)
    there |= {later - earlier for earlier in years for later in years}
    dated = [span for date in event_dates(claim, language_of(claim)) for span in _places(date.text, claim)]
    written = Counter(number.value for number in numbers_in(source))
    said: Counter[float] = Counter()
    for number in numbers_in(claim):
        said[number.value] += not number.is_word
        if said[number.value] > max(1, written[number.value]) and number.value >= LEAST_REPEATED:
            return Reason(key="number_missing", values={"what": claim[number.start : number.end]})
        if number.value in literal:
            continue
        if number.value < YEARS_FROM and any(begin <= number.start < end for begin, end in dated):
            continue
        if _is_about(number, claim, there):
            continue
        if _contradicts(number, claim, source):
            return Reason(key="number_missing", values={"what": claim[number.start : number.end]})
        if number.value in there or number.value in days & _day_numbers(claim) or _is_loose(number, claim):
            continue
        if claim[number.end : number.end + 1] == "月" or (number.is_word and number.value in _counts(source)):
            continue
        return Reason(key="number_missing", values={"what": claim[number.start : number.end]})
    return None


def _contradicts(number: Number, claim: str, source: str) -> bool:
    """Whether the source gives another number of the same thing: "four-way" and "three-way", "two years" and "four"."""
    unit = unit_word(claim, number.end)
    others = [one for one in numbers_in(source) if one.value != number.value]
    return bool(unit) and number.value > 1 and any(unit_word(source, one.end) == unit for one in others)


def _day_numbers(claim: str) -> set[float]:
    """Numbers of a sentence that may be days of a date: "on the 21st", 21日."""
    return {one.value for one in numbers_in(claim) if re.match(r"(?:st|nd|rd|th|-?го|-?е|日|号)", claim[one.end :])}


def _is_about(number: Number, claim: str, there: set[float]) -> bool:
    """Whether a number told as "over", "about" or "nearly" fits one of the source; a fraction in words is let pass."""
    before, after = claim[max(0, number.start - 24) : number.start], claim[number.end : number.end + 6]
    if says("numbers", "fraction", text=before + "#") or says("numbers", "fraction_after", text=after):
        return True
    written = claim[number.start : number.end]
    if says("numbers", "dozens", text=written) and any(value >= 20 for value in there):
        return True
    for name, (low, high) in _ROUNDED.items():
        is_told = says("numbers", name, text=before + "#") or says("numbers", f"{name}_after", text=after)
        if is_told and any(number.value * low <= value <= number.value * high for value in there):
            return True
    return False


def _places(part: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(re.escape(part), text)]


def _counts(source: str) -> set[float]:
    """How many persons, or things in a row, each sentence of the source names: "A, B and C" are three."""
    found: set[float] = set()
    for part in re.split(r"[.;。；\n]", source):
        row = len(re.findall(r",|、|\band\b|\bи\b|和", part)) + 1
        countries = {key for key in names_of(part).within if len(key) == 2 and key.isupper()}
        found |= {float(len(people_in(part))), float(len(countries)), float(row), float(row - 1)}
    return found


def _is_loose(number: Number, claim: str) -> bool:
    """Whether a number word counts nothing: "one of them", "the two sides", 双方, "both"."""
    after = claim[number.end : number.end + 24]
    return number.is_word and (number.value == 1 or (number.value == 2 and says("numbers", "sides", text=after)))


def _days_between(text: str) -> set[float]:
    days: set[float] = set()
    for date in event_dates(text, language_of(text)):
        first, last = month_day(date.start), month_day(date.end or date.start)
        if first[1] and last[1] and first[0] == last[0]:
            days |= {float(day) for day in range(first[1], last[1] + 1)}
    return days
