"""Whether a text states a value of the kind a question asks for: a person, a number of things, a time."""

import re
from functools import lru_cache

from assistant.understand import Kind, Understood
from corpus.concepts import concepts_in
from corpus.dates import event_dates
from corpus.lexicon import says
from corpus.names import Names, is_body, is_calendar_word, names_of
from corpus.people import people_in
from corpus.report import EventDate, Report
from ingest.lexical import tokens

PERSONS = frozenset({"people", "expert", "official", "teacher", "student", "delegation"})
"""Concepts of people: asked for participants, a record may count officials."""
UNIT_REACH = 60
UNIT_REACH_CJK = 10
"""Code points after a number within which the thing counted is looked for: "22 experts from universities"."""

_FIGURE = re.compile(r"(?<![\d.,])\d[\d,.\u00a0]*(?:\s?(?:тыс\w*|млн|million|thousand|万|千))?")
_YEAR = re.compile(r"(?:19|20)\d\d\.?")


def states_kind(kind: Kind, text: str, asked: Names) -> bool:
    """Whether a sentence states a thing of the kind asked for: a person for who, a number for how many.

    Args:
        kind: What is asked for.
        text: The sentence.
        asked: The names of the question; a person that the question itself names is no answer to who.
    """
    if kind in ("what", "yes_no"):
        return True
    if kind in ("who", "person"):
        if any(not all(asked.has(part) for part in person.split()) for person in people_in(text)):
            return True
        if kind == "person":
            return False
        return any(is_body(key) for key in names_of(text).known - asked.known) or says("values", "who", text=text)
    if kind == "countries":
        return len({key for key in names_of(text).within - asked.known if len(key) == 2 and key.isupper()}) > 1
    if kind == "how_many":
        return any(True for _ in _numbers(text))
    return says("values", kind, text=text, language="any")


@lru_cache(maxsize=16384)
def states_unit(text: str, unit: str) -> bool:
    """Whether a number stands close before the thing counted: "25 officials", "22名政府官员".

    Args:
        text: The sentence.
        unit: The thing counted, as the question words it, in any language; any word for people does for people.
    """
    wanted, kinds = frozenset(tokens(unit)), concepts_in(unit)
    kinds = kinds | PERSONS if kinds & {"people", "delegation"} else kinds
    for end in _numbers(text):
        reach = UNIT_REACH_CJK if re.match(r"\s?[\u3400-\u9fff]", text[end:]) else UNIT_REACH
        window = re.split(r"[.;。；]", text[end : end + reach])[0]
        if wanted & frozenset(tokens(window)) or kinds & concepts_in(window):
            return True
    return False


def agreement_in_time(understood: Understood, report: Report, around: str) -> float:
    """How the times the question names agree with a passage and its report's dates.

    Returns:
        1 where the years and days named are found (any of them for a comparison or a list, all else), 0 where the
        record states others, 0.5 where nothing is named or the record states no time to compare with.
    """
    if not understood.years and not understood.dates:
        return 0.5
    enough = any if understood.wants == "comparison" or understood.wants_all else all
    dates = (*report.dates, *event_dates(around, report.language))
    verdicts = []
    if understood.years:
        years = {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", around)}
        years |= {date.year for date in dates if date.year}
        verdicts.append((1.0 if enough(year in years for year in understood.years) else 0.0) if years else 0.5)
    months = {_month_day(date) for date in understood.dates} - {""}
    if months:
        stated = {part for date in dates for part in _days(date)} - {""}
        verdicts.append((1.0 if enough(month in stated for month in months) else 0.0) if stated else 0.5)
    return min(verdicts, default=0.5)


def _numbers(text: str) -> list[int]:
    """Where each number of a text ends; years and the days of dates are none."""
    ends = [match.end() for match in _FIGURE.finditer(text) if not _is_of_a_date(match, text)]
    spelled = [
        match.end() for match in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", text) if _is_number_word(match.group())
    ]
    return ends + spelled


def _is_of_a_date(match: re.Match[str], text: str) -> bool:
    """Whether a figure is a year or the day or month of a date."""
    if _YEAR.fullmatch(match.group().strip(" ,.")) or re.match(r"\s?[年月日号]|(?:st|nd|rd|th)\b", text[match.end() :]):
        return True
    after = re.match(r"(?:st|nd|rd|th)?\s+([^\W\d_]+)", text[match.end() :])
    before = re.search(r"([^\W\d_]+)\s+$", text[: match.start()])
    return any(one and is_calendar_word(one.group(1)) for one in (after, before))


@lru_cache(maxsize=65536)
def _is_number_word(word: str) -> bool:
    return says("values", "how_many", text=word, language="words")


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
