"""What records tell in the page's language: dates as far as they are stated, states, countries and languages."""

import re
from datetime import date

from assistant import Citation, ledger_word
from ingest import Fact
from ui.wording import Words

_DAYS = re.compile(r"(?<![\d-])(\d{1,2})\s*(?:[-–—]|to|and|и|по|至|日至)\s*(\d{1,2})(?![\d-])")
_ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_MANY_DAYS = re.compile(r"\d\s*[-–—]\s*\d|\b(?:to|по)\b")


def date_told(written: str, start: str, quote: str, words: Words) -> str:
    """A date in the page's language, what is missing said: ``4–5 November, year not stated``.

    A label of several days in one month gives both, as far as its first day is `start`; of longer ones only the
    first day is known, and that is said. "Date not stated" where none is known.

    Args:
        written: As `Fact.date`; `start` as `Fact.start`.
        quote: Words of the record; a date that cannot be read but stands in them is given as written.
    """
    if not start:
        return written if written and written in quote else words.say("date_unknown")
    first = _day(start)
    days = _DAYS.search(written)
    last = int(days[2]) if days and first and int(days[1]) == first.day and first.day < int(days[2]) <= 31 else 0
    told = _told(start, words.language, last)
    if not last and first and _MANY_DAYS.search(_ISO.sub("", written)):
        told = words.say("dossier_from", when=told)
    return told if start[:4].isdigit() else words.say("dossier_year_unknown", when=told)


def day_told(day: str, words: Words) -> str:
    """A possibly partial ISO 8601 date in the page's language; what is none stays as it is."""
    return _told(day, words.language)


def state_word(state: str, words: Words) -> str:
    """A state of an agreement in the page's language."""
    return ledger_word("states", state, words.language)


def degree_word(degree: str, words: Words) -> str:
    """How near two sides came, in the page's language."""
    return ledger_word("degrees", degree, words.language)


def form_word(form: str, words: Words) -> str:
    """A kind of agreement in the page's language."""
    return ledger_word("forms", form, words.language)


def country_name(code: str, words: Words) -> str:
    """A country (ISO 3166) in the page's language; an unknown code as it is, nothing for none."""
    from babel import Locale

    return str(Locale.parse(words.language).territories.get(code, code)) if code else ""


def when(fact: Fact, words: Words) -> str:
    """The date of a fact in the page's language; see `date_told`."""
    return date_told(fact.date, fact.start, fact.citation.quote, words)


def as_written(fact: Fact, words: Words) -> str:
    """The date in the quote's own words; empty where it comes from the record's head or reads as `when` tells it."""
    return fact.date if fact.date and fact.date in fact.citation.quote and fact.date != when(fact, words) else ""


def report_date(citation: Citation, words: Words) -> str:
    """The date of a citation's report as the record writes it, or that it is not stated."""
    dated = any(sign.isdigit() for sign in citation.date)
    if not dated:
        return words.say("date_unknown")
    bare = citation.date.removesuffix(", year not stated")
    return bare if bare == citation.date else words.say("dossier_year_unknown", when=bare)


def language_name(code: str, words: Words) -> str:
    """A language in the page's language; an unknown code as it is, a dash for none."""
    from babel import Locale

    return str(Locale.parse(words.language).languages.get(code, code)) if code else "–"


def _day(start: str) -> date | None:
    """The day of a full ISO 8601 date, with or without its year; None for a part of one or no date at all."""
    parts = start.removeprefix("--").split("-")
    year = parts.pop(0) if not start.startswith("--") else "2000"
    try:
        return date(int(year), int(parts[0]), int(parts[1]))
    except (ValueError, IndexError):
        return None


def _told(start: str, language: str, last: int = 0) -> str:
    """A possibly partial ISO 8601 day, or the days to `last` of its month, as a language writes them."""
    from babel.dates import format_date, format_interval, format_skeleton

    parts = start.removeprefix("--").split("-")
    if start.startswith("--"):
        parts.insert(0, "")
    skeleton = "".join(sign for sign, part in zip(("y", "MMMM", "d"), parts, strict=False) if part)
    locale = "en_GB" if language == "en" else language  # the records' own order: 3 May 2024
    try:
        year, month, day = (int(part) if part else 0 for part in (*parts, "", "")[:3])
        first = date(year or 2000, month or 1, day or 1)
        if last and language == "zh":
            return str(format_interval(first, first.replace(day=last), skeleton, locale=locale))
        is_whole = len(skeleton) == len("yMMMMd")
        told = str(format_date(first, "long", locale) if is_whole else format_skeleton(skeleton, first, locale=locale))
        return f"{day}–{last}{told.removeprefix(str(day))}" if last else told
    except ValueError:
        return start
