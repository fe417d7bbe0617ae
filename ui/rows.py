"""Rows of the ledger for keepers: one for each fact, its fields under plain names, its quote beside them."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant import closed_promises, in_time, is_dated, parties_of
from corpus import EventDate, UsageError, overlaps
from ingest import AGREEMENT_STATES, DEGREES, Fact, Ledger, find_organization, theme_name

Listing = Literal["agreements", "partners", "people", "contacts", "themes", "promises"]
STATES: dict[Listing, tuple[str, ...]] = {
    "agreements": AGREEMENT_STATES,
    "partners": DEGREES,
    "contacts": DEGREES,
    "promises": ("open", "closed"),
}
"""What ``--state`` may be; of partners how near they came at the nearest."""
MET = DEGREES[DEGREES.index("took part") :]
EVIDENCE = ("file", "report", "start_offset", "end_offset", "quote", "checks", "extractor")
"""Columns at the end of every row: the fact's citation, its offsets in code points of the report's text."""
COLUMNS: dict[Listing, tuple[str, ...]] = {
    "agreements": ("parties", "form", "state", "wanted_by", "condition", "date", "start", *EVIDENCE),
    "partners": (
        "name", "other_names", "country", "degree", "contacts", "last_contact", "last_contact_start",
        "contacts_without_year", "agreements", *EVIDENCE,
    ),
    "people": ("name", "other_names", "role", "organization", "as_of", "start", *EVIDENCE),
    "contacts": ("organization", "side", "degree", "direction", "date", "start", "place", "people", *EVIDENCE),
    "themes": ("theme", "name", "partner", "date", "start", *EVIDENCE),
    "promises": ("who", "what", "to", "due", "start", "condition", "state", "closed_by", *EVIDENCE),
}  # fmt: skip
"""Columns of each listing, in order."""
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
class Row:
    """A row: its fields, and what it is filtered by."""

    fields: dict[str, Any]
    fact: Fact
    parties: frozenset[str]
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
        for row in _MAKERS[listing](ledger)
        if (not partner or partner in row.parties) and (not asked.state or row.state == asked.state)
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
        columns: Names of the columns, such as those of `COLUMNS`; by default those of the first row, and then no rows
            give empty text.
    """
    names = list(columns or (rows[0] if rows else ()))
    if not names:
        return ""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=names)
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def plain(value: Any) -> str:
    """A field as one line of text: lists joined by "; ", objects by their values, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return " ".join(filter(None, map(plain, value.values())))
    if isinstance(value, list):
        return "; ".join(map(plain, value))
    return str(value)


def _cell(value: Any) -> str:
    text = plain(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _evidence(fact: Fact) -> dict[str, Any]:
    cited = fact.citation
    return dict(
        zip(
            EVIDENCE,
            (cited.file, cited.report_id, cited.start, cited.end, cited.quote, list(fact.checks), fact.extractor),
            strict=True,
        )
    )


def _is_within(fact: Fact, asked: Asked) -> bool:
    return overlaps(EventDate(text=fact.date, start=fact.start, end=fact.start), asked.since, asked.until)


def _name(ledger: Ledger, fact: Fact, name: str) -> str:
    return ledger.key(name, fact.citation.report_id) if name else ""


def _agreements(ledger: Ledger) -> list[Row]:
    return [
        Row(
            fields={
                "parties": [_name(ledger, fact, name) for name in (fact.subject, fact.object, *fact.others) if name],
                "form": fact.form,
                "state": fact.state,
                "wanted_by": _name(ledger, fact, fact.speaker),
                "condition": fact.condition,
                "date": fact.date,
                "start": fact.start,
            },
            fact=fact,
            parties=parties_of(ledger, fact),
            state=fact.state,
        )
        for fact in in_time(ledger.facts("agreement"))
    ]


def _contacts(ledger: Ledger) -> list[Row]:
    return [
        Row(
            fields={
                "organization": _name(ledger, fact, fact.object),
                "side": _name(ledger, fact, fact.subject),
                "degree": fact.state,
                "direction": fact.direction,
                "date": fact.date,
                "start": fact.start,
                "place": fact.place,
                "people": list(fact.others),
            },
            fact=fact,
            parties=parties_of(ledger, fact),
            state=fact.state,
        )
        for fact in in_time(ledger.facts("contact"))
    ]


def _partners(ledger: Ledger) -> list[Row]:
    """Organizations other than our own; the fact of a row is the latest contact, else the first line that names it."""
    met: dict[str, list[Fact]] = {}
    for kind in ("contact", "agreement"):
        for fact in in_time(ledger.facts("contact" if kind == "contact" else "agreement")):
            for name in parties_of(ledger, fact):
                met.setdefault(name, []).append(fact)
    rows = []
    for name, facts in sorted(ledger.organizations.items()):
        if ledger.is_us(name):
            continue
        contacts = [fact for fact in met.get(name, ()) if fact.kind == "contact"]
        near = [fact for fact in contacts if fact.state in MET]
        dated = [fact for fact in near if is_dated(fact)]
        last = dated[-1] if dated else near[0] if near else facts[0]
        degree = max((fact.state for fact in contacts), key=DEGREES.index, default="mentioned")
        rows.append(
            Row(
                fields={
                    "name": name,
                    "other_names": [form for form in ledger.forms(name) if form != name],
                    "country": next((fact.form for fact in facts if fact.form), ""),
                    "degree": degree,
                    "contacts": len({fact.citation.report_id for fact in near}),
                    "last_contact": last.date if near else "",
                    "last_contact_start": last.start if near else "",
                    "contacts_without_year": len(near) - len(dated),
                    "agreements": [
                        {"form": fact.form, "state": fact.state, "date": fact.date}
                        for fact in met.get(name, ())
                        if fact.kind == "agreement"
                    ],
                },
                fact=last,
                parties=frozenset({name}),
                state=degree,
            )
        )
    return rows


def _people(ledger: Ledger) -> list[Row]:
    return [
        Row(
            fields={
                "name": name,
                "other_names": sorted({form for one in facts for form in (one.subject, *one.others)} - {name}),
                "role": fact.form,
                "organization": _name(ledger, fact, fact.object),
                "as_of": fact.date,
                "start": fact.start,
            },
            fact=fact,
            parties=parties_of(ledger, fact),
        )
        for name, facts in sorted(ledger.people.items())
        for fact in in_time(facts)
    ]


def _themes(ledger: Ledger) -> list[Row]:
    rows = [
        Row(
            fields={
                "theme": fact.object,
                "name": theme_name(fact.object),
                "partner": _name(ledger, fact, fact.subject),
                "date": fact.date,
                "start": fact.start,
            },
            fact=fact,
            parties=parties_of(ledger, fact),
        )
        for fact in in_time(ledger.facts("theme"))
    ]
    return sorted(rows, key=lambda row: (row.fields["name"], row.fields["partner"]))


def _promises(ledger: Ledger) -> list[Row]:
    closed = closed_promises(ledger)
    return [
        Row(
            fields={
                "who": _name(ledger, fact, fact.subject),
                "what": fact.object,
                "to": [_name(ledger, fact, name) for name in fact.others],
                "due": fact.date,
                "start": fact.start,
                "condition": fact.condition,
                "state": "closed" if deed else "open",
                "closed_by": _place(deed) if deed else None,
            },
            fact=fact,
            parties=parties_of(ledger, fact),
            state="closed" if deed else "open",
        )
        for fact, deed in closed.items()
    ]


def _place(fact: Fact) -> dict[str, Any]:
    cited = fact.citation
    return {"file": cited.file, "start": cited.start, "end": cited.end, "quote": cited.quote}


_MAKERS: dict[Listing, Callable[[Ledger], list[Row]]] = {
    "agreements": _agreements,
    "partners": _partners,
    "people": _people,
    "contacts": _contacts,
    "themes": _themes,
    "promises": _promises,
}
