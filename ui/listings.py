"""The listings of the ledger: what columns and states each has, and how its rows are made of facts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant import closed_promises, in_time, is_dated, parties_of
from ingest import AGREEMENT_STATES, DEGREES, Fact, Ledger, theme_name

Listing = Literal["agreements", "partners", "people", "contacts", "themes", "promises"]
UNFOLLOWED, UNSIGNED, OVERDUE, OURS = "unfollowed", "no agreement", "overdue", "ours"
STATES: dict[Listing, tuple[str, ...]] = {
    "agreements": (*AGREEMENT_STATES, UNFOLLOWED),
    "partners": (*DEGREES, UNSIGNED),
    "contacts": DEGREES,
    "promises": ("open", "closed", OVERDUE, OURS),
}
"""What ``--state`` may be; of partners how near they came at the nearest. ``unfollowed`` is wished for, proposed or
discussed, and by no later record agreed with the same parties; ``no agreement`` a partner that was met and with whom
none was signed; ``overdue`` open after its day; ``ours`` open and promised by us."""
WANTED, HELD = ("wished", "proposed", "discussed"), ("signed", "in force", "renewed")
MET = DEGREES[DEGREES.index("took part") :]
EVIDENCE = ("file", "report", "start_offset", "end_offset", "quote", "checks", "extractor", "key")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its fields, and what it is filtered by: its state and other of `STATES` that hold of it."""

    fields: dict[str, Any]
    fact: Fact
    parties: frozenset[str]
    state: str = ""
    also: frozenset[str] = frozenset()


def made_rows(listing: Listing, ledger: Ledger) -> list[Row]:
    """All rows of a listing in its order: by time (undated last), people and partners by name, themes by name and
    partner; their fields without the columns of `EVIDENCE`. No facts give no rows.
    """
    return _MAKERS[listing](ledger)


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
            also=frozenset({UNFOLLOWED} if _is_unfollowed(ledger, fact) else ()),
        )
        for fact in in_time(ledger.facts("agreement"))
    ]


def _is_unfollowed(ledger: Ledger, fact: Fact) -> bool:
    """Whether an agreement was wanted, and no fact that may be later has the same parties further than that."""
    parties, after = parties_of(ledger, fact), AGREEMENT_STATES.index(WANTED[-1])
    return fact.state in WANTED and not any(
        parties_of(ledger, other) == parties
        and AGREEMENT_STATES.index(other.state) > after
        and not (is_dated(other) and is_dated(fact) and other.start < fact.start[: len(other.start)])
        for other in ledger.facts("agreement")
    )


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
                also=frozenset({UNSIGNED} if near and not any(one.state in HELD for one in met[name]) else ()),
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
            also=frozenset() if deed else _of_open(ledger, fact),
        )
        for fact, deed in closed.items()
    ]


def _of_open(ledger: Ledger, promise: Fact) -> frozenset[str]:
    """What holds of an open promise: that its last possible day is over, that it is ours."""
    today = date.today().isoformat()
    is_over = promise.start[:4].isdigit() and promise.start < today[: len(promise.start)]
    is_ours = bool(promise.subject) and ledger.is_us(promise.subject)
    return frozenset(({OVERDUE} if is_over else set()) | ({OURS} if is_ours else set()))


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
