"""Rows of the ledger for keepers: those that fit what is asked, with the quote of each beside them, also as CSV."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant import is_dated
from corpus import EventDate, UsageError, overlaps
from ingest import Fact, Ledger, fact_key, find_organization, likely
from ui.listings import EVIDENCE, STATES, Listing, made_rows
from ui.tables import plain

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What rows to give; empty values let all through.

    Attributes:
        partner: An organization, in any form of its name.
        since: Earliest event date, possibly partial; `until` the latest. Rows without a year then do not fit.
        state: One of `STATES`.
    """

    partner: str = ""
    since: str = ""
    until: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What was found.

    Attributes:
        rows: Fields of each row; those of `EVIDENCE` last.
        undated: Number of rows left out because their record states no year.
        mentioned: Number of organizations left out because records only mention them.
    """

    rows: tuple[dict[str, Any], ...]
    undated: int = 0
    mentioned: int = 0


def ledger_rows(listing: Listing, ledger: Ledger, asked: Asked) -> Rows:
    """Rows that fit, in a fixed order: by time (undated last), people and partners by name, themes by name and partner.

    Raises:
        UsageError: The partner is in no record or the name of several, a bound is no date, or the state is none that
            such rows have.
    """
    known = STATES.get(listing, ())
    if asked.state and asked.state not in known:
        cure = f"Give one of: {', '.join(known)}." if known else "Leave out --state."
        raise UsageError(f"--state {asked.state}: {listing} have no such state. {cure}")
    overlaps(EventDate(text=""), asked.since, asked.until)
    partner = find_organization(ledger, asked.partner) if asked.partner else ""
    fitting = [
        row
        for row in made_rows(listing, ledger)
        if (not partner or partner in row.parties) and (not asked.state or asked.state in (row.state, *row.also))
    ]
    has_far = listing == "partners" and not (asked.state or partner)
    near = [row for row in fitting if not (has_far and row.state == "mentioned" and not row.fields["agreements"])]
    has_bounds = bool(asked.since or asked.until)
    kept = [row for row in near if not has_bounds or _is_within(row.fact, asked)]
    return Rows(
        rows=tuple(row.fields | _evidence(row.fact) for row in kept),
        undated=sum(not is_dated(row.fact) for row in near) if has_bounds else 0,
        mentioned=len(fitting) - len(near),
    )


def rows_csv(rows: Sequence[dict[str, Any]], columns: Sequence[str] = ()) -> str:
    """Rows as CSV (RFC 4180) without a byte order mark, lists joined by "; "; for no rows the header alone.

    A cell that a spreadsheet would take for a formula gets a leading apostrophe.

    Args:
        columns: Names of the columns, such as those of `COLUMNS`; by default all that any row has, in the order in
            which they first come, and then no rows give empty text.
    """
    names = list(columns or dict.fromkeys(name for row in rows for name in row))
    if not names:
        return ""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=names)
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _cell(value: Any) -> str:
    text = plain(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _evidence(fact: Fact) -> dict[str, Any]:
    cited = fact.citation
    where = (cited.file, cited.report_id, cited.start, cited.end, cited.quote)
    return dict(
        zip(EVIDENCE, (*where, list(fact.checks), fact.extractor, round(likely(fact), 2), fact_key(fact)), strict=True)
    )


def _is_within(fact: Fact, asked: Asked) -> bool:
    return overlaps(EventDate(text=fact.date, start=fact.start, end=fact.start), asked.since, asked.until)
