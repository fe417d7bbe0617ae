"""What records tell in the page's language: dates as far as they are stated, states, countries and languages."""

from assistant import Citation, ledger_word
from ingest import Agreement, Fact
from ui.days import days_in, days_of
from ui.wording import Words


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
    return days_of(written, start, words)


def day_told(day: str, words: Words) -> str:
    """A possibly partial ISO 8601 date in the page's language; what is none stays as it is."""
    return days_in(day, day, words)


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
    """The date of a fact in the page's language; see `date_told`.

    Of an agreement a date that its own quote does not tell is that as of which it is known.
    """
    when = date_told(fact.date, fact.start, fact.citation.quote, words)
    is_of_record = isinstance(fact, Agreement) and bool(fact.start) and fact.date not in fact.citation.quote
    return f"{ledger_word('dates', 'as_of', words.language)} {when}" if is_of_record else when


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
