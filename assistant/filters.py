"""Which reports the filters of a question let through."""

import re
from collections.abc import Iterable

from assistant.question import Filters
from corpus.days import overlaps
from corpus.errors import UsageError
from corpus.lexicon import read_lexicon
from corpus.names import names_of
from corpus.plain_form import plain_form
from corpus.report import Report
from ingest import Ledger, Theme, theme_name

_CJK = re.compile(r"[\u3400-\u9fff]")


def filtered(reports: Iterable[Report], filters: Filters, ledger: Ledger) -> tuple[Report, ...]:
    """The reports that all filters let through, in order; empty when none does.

    Raises:
        UsageError: The theme is none of the word list, a bound is no date, or a place or partner holds no word.
    """
    passing = tuple(report for report in reports if passes(report, filters))
    if not filters.theme:
        return passing
    key = theme_key(filters.theme)
    themed = {fact.citation.report_id for fact in ledger.facts(Theme) if fact.key == key}
    return tuple(report for report in passing if report.id in themed)


def theme_key(name: str) -> str:
    """The key of a theme given by its key, or by its name in any language; case and blanks do not matter.

    Raises:
        UsageError: There is none of that name; lists those there are.
    """
    names = read_lexicon("themes")["names"]
    for key, by_language in names.items():
        if _bare(name) in {_bare(form) for form in (key, *by_language.values())}:
            return str(key)
    known = ", ".join(f"{key} ({theme_name(key)})" for key in sorted(names))
    raise UsageError(f"Theme {name!r}: there is none of that name. Give one of: {known}.")


def _bare(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name).strip().casefold()


def passes(report: Report, filters: Filters) -> bool:
    """Whether a report lies within the filters, but for the theme, which only the ledger tells."""
    if filters.files and report.path not in filters.files:
        return False
    if filters.languages and report.language not in filters.languages:
        return False
    if (filters.since or filters.until) and not any(
        overlaps(date, filters.since, filters.until) for date in report.dates
    ):
        return False
    return all(_mentions(report, wanted) for wanted in (filters.place, filters.partner) if wanted)


def _mentions(report: Report, wanted: str) -> bool:
    """Whether a report names a place or partner, in any script and form."""
    _refuse_empty(wanted)
    whole = plain_form(f"{report.title} {report.place} {report.text[report.body :]}")
    wanted = plain_form(wanted)
    bounds = ("", "") if _CJK.search(wanted) else (r"(?<!\w)", r"(?!\w)")
    if re.search(f"{bounds[0]}{re.escape(wanted.strip())}{bounds[1]}", whole, re.IGNORECASE):
        return True
    sought, there = names_of(wanted), names_of(whole)
    if not sought.known and not sought.words:
        return False
    return sought.known <= there.within and all(there.has(word) for word in sought.words)


def _refuse_empty(wanted: str) -> None:
    """Refuse a filter without any letter or digit, which would silently match nothing."""
    if not any(letter.isalnum() for letter in wanted):
        raise UsageError(f"Filter {wanted!r}: it holds no word. Give the name of a place or partner, or leave it out.")
