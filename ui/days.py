"""Days of records in the words of a language, as far as they are stated."""

import re
from datetime import date

from corpus import event_dates, is_date_line
from ui.wording import Words

_ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_SEVERAL = re.compile(r"\d\s*[-–—]\s*\d|\b(?:to|по)\b")


def date_in(label: str, said: Words) -> str:
    """The label of a date as a record's citation has it, in the words of a language; one not understood stays."""
    if not label or label == "date not stated":
        return said.say("date_unknown")
    found = event_dates(label, "en")
    if said.language == "en" or not found:
        return label
    return days_in(found[0].start, found[0].end, said)


def told_in(label: str, said: Words) -> str:
    """The label of a row, its pieces that are nothing but a date in the words of a language."""
    pieces = re.split(r"( · |; )", label)
    return "".join(when_in(one, "", said) if at % 2 == 0 else one for at, one in enumerate(pieces))


def when_in(written: str, start: str, said: Words) -> str:
    """A date of a row in the words of a language, "as of" before it kept; what is no date stays as it is.

    Args:
        start: Its first day, for dates such as "yesterday"; empty where it is not known.
    """
    from assistant import ledger_word

    as_of = f"{ledger_word('dates', 'as_of', said.language)} "
    before = as_of if written.startswith(as_of) else ""
    day = written.removeprefix(before)
    if start and day and not event_dates(day):
        return before + days_in(start, start, said)
    return before + date_in(day, said) if is_date_line(day) or day == "date not stated" else written


def days_in(start: str, end: str, said: Words) -> str:
    """First and last day, possibly partial ISO 8601 dates (``--11-04``, ``2024-05``), in the words of a language; what
    is no date stays as it is.
    """
    from babel.dates import format_date, format_interval, format_skeleton

    locale = "en_GB" if said.language == "en" else said.language  # the records' own order: 3 May 2024
    try:
        (first, skeleton), (last, other) = _day(start), _day(end or start)
    except ValueError:
        return start
    if not skeleton:
        return start
    is_whole = skeleton == "yMMMMd"
    when = str(format_date(first, "long", locale) if is_whole else format_skeleton(skeleton, first, locale=locale))
    if first < last and skeleton == other:
        is_near = (first.year, first.month) == (last.year, last.month) and said.language != "zh"
        beyond = format_interval(first, last, skeleton, locale=locale)
        when = f"{first.day}–{last.day}{when.removeprefix(str(first.day))}" if is_near else str(beyond)
    return when if "y" in skeleton else said.say("dossier_year_unknown", when=when)


def days_of(written: str, start: str, said: Words) -> str:
    """A day or days: all that a date names as it is written, when that begins with its first day `start`; of others
    that name several only the first is known, and that is said.
    """
    told = event_dates(written)
    if told and told[0].start == start:
        return days_in(start, told[0].end, said)
    when = days_in(start, start, said)
    return said.say("dossier_from", when=when) if _SEVERAL.search(_ISO.sub("", written)) else when


def _day(iso: str) -> tuple[date, str]:
    """A day with what is missing filled in, and a CLDR skeleton of what is there; empty when nothing is."""
    year, month, day = (int(part) if part.isdigit() else 0 for part in (*iso.removeprefix("-").split("-"), "", "")[:3])
    skeleton = ("y" if year else "") + ("MMMM" if month else "") + ("d" if day else "")
    return date(year or 2000, month or 1, day or 1), skeleton
