"""The listings of the ledger: what columns and states each has, and how its rows are made of facts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from assistant import Outcome, in_time, is_dated, parties_of, promise_outcomes, promised_by
from ingest import (
    AGREEMENT_STATES,
    DEGREES,
    KEPT,
    MADE,
    OVER,
    PROMISE_STATES,
    VISIT_TERMS,
    WANTED,
    Agreement,
    Contact,
    Fact,
    Kind,
    Ledger,
    Promise,
    Theme,
    is_within,
    last_day,
    theme_name,
)

Listing = Literal["agreements", "partners", "people", "contacts", "themes", "promises"]
UNFOLLOWED, UNSIGNED, OVERDUE, OURS, TOLD = "unfollowed", "no agreement", "overdue", "ours", "perhaps"
LAPSING, ONE_SIDE = "lapsing", "one signature"
STATES: dict[Listing, tuple[str, ...]] = {
    "agreements": (*AGREEMENT_STATES, UNFOLLOWED, LAPSING, ONE_SIDE),
    "partners": (*DEGREES, UNSIGNED),
    "contacts": DEGREES,
    "promises": (*PROMISE_STATES, OURS, TOLD),
}
"""What ``--state`` may be; of partners how near they came at the nearest. ``unfollowed`` is wished for, proposed or
discussed, and by no later record agreed with the same parties; ``lapsing`` held, with its last day within `SOON` months
and no later fact on it; ``one signature`` held, where its record names who signed for one side alone; ``no agreement``
a partner that was met and with whom none was signed; ``overdue`` told to be late, or open after its day; ``ours``
open or overdue and promised by us; ``perhaps`` open, with a later
sentence that may tell what became of it."""
SOON = 6
MET = DEGREES[DEGREES.index("took part") :]
EVIDENCE = ("file", "report", "start_offset", "end_offset", "quote", "checks", "extractor", "likely", "key")
"""Columns at the end of every row: the fact's citation, its offsets in code points of the report's text."""
FOR_PROGRAMS = frozenset(EVIDENCE) - {"file", "quote", "likely"} | {
    "start",
    "last_contact_start",
    "contacts_without_year",
}
"""Columns that tell nobody anything who reads the rows."""
COLUMNS: dict[Listing, tuple[str, ...]] = {
    "agreements": (
        "parties", "form", "state", "wanted_by", "date", "start", "number", "signed_by", "valid", "lapses",
        *EVIDENCE,
    ),
    "partners": (
        "name", "other_names", "country", "degree", "contacts", "last_contact", "last_contact_start",
        "contacts_without_year", "agreements", *EVIDENCE,
    ),
    "people": ("name", "other_names", "role", "organization", "as_of", "start", *EVIDENCE),
    "contacts": (
        "organization", "side", "degree", "direction", "date", "start", "place", "people", "invited_by", "paid_by",
        *EVIDENCE,
    ),
    "themes": ("theme", "name", "partner", "date", "start", *EVIDENCE),
    "promises": ("who", "responsible", "what", "to", "due", "start", "state", "outcome", *EVIDENCE),
}  # fmt: skip
"""Columns of each listing, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its fields, and what it is filtered by: its state and other of `STATES` that hold of it.

    Of a promise `told_by` is what tells its outcome, or may.
    """

    fields: dict[str, Any]
    fact: Fact
    parties: frozenset[str]
    state: str = ""
    also: frozenset[str] = frozenset()
    told_by: Fact | None = None


def made_rows(listing: Listing, ledger: Ledger) -> list[Row]:
    """All rows of a listing in its order: by time (undated last), people and partners by name, themes by name and
    partner; their fields without the columns of `EVIDENCE`. No facts give no rows.
    """
    return list(_MAKERS[listing](ledger))


def _row(
    listing: Listing, ledger: Ledger, fact: Fact, fields: Sequence[Any], state: str = "", also: Iterable[str] = ()
) -> Row:
    """A row of one fact: its fields in the order of `COLUMNS`."""
    named = dict(zip(COLUMNS[listing][: -len(EVIDENCE)], fields, strict=True))
    return Row(fields=named, fact=fact, parties=parties_of(ledger, fact), state=state, also=frozenset(also))


def _name(ledger: Ledger, fact: Fact, name: str) -> str:
    return ledger.key(name, fact.citation.report_id) if name else ""


def _agreements(ledger: Ledger) -> Iterator[Row]:
    for fact in in_time(ledger.facts(Agreement)):
        parties = [_name(ledger, fact, name) for name in fact.parties]
        wanted_by = _name(ledger, fact, fact.wanted_by)
        told = {term.kind: term.text for term in fact.terms}
        signed_by = [
            {"name": term.value, "side": _name(ledger, fact, term.side)} for term in fact.terms if term.kind == "signer"
        ]
        valid = [told[kind] for kind in ("for", "until") if kind in told]
        terms = (told.get("number", ""), signed_by, valid, last_day(fact))
        fields = (parties, fact.form, fact.state, wanted_by, fact.date, fact.start, *terms)
        views = {UNFOLLOWED: _is_unfollowed, LAPSING: _is_lapsing, ONE_SIDE: _is_signed_by_one}
        also = [view for view, holds in views.items() if holds(ledger, fact)]
        yield _row("agreements", ledger, fact, fields, fact.state, also)


def _is_unfollowed(ledger: Ledger, fact: Agreement) -> bool:
    """Whether an agreement was wanted, and no fact that may be later has the same parties further than that."""
    parties, after = parties_of(ledger, fact), AGREEMENT_STATES.index("planned")
    return fact.state in WANTED and not any(
        parties_of(ledger, other) == parties
        and AGREEMENT_STATES.index(other.state) > after
        and other.state != "withdrawn"
        and not (is_dated(other) and is_dated(fact) and other.start < fact.start[: len(other.start)])
        for other in ledger.facts(Agreement)
    )


def _is_lapsing(ledger: Ledger, fact: Agreement) -> bool:
    """Whether an agreement that holds ends soon, and no later fact on it tells that it ended or holds longer."""
    day, parties = last_day(fact), parties_of(ledger, fact)
    return (
        fact.state in KEPT
        and is_within(day, date.today().isoformat(), SOON)
        and not any(
            parties_of(ledger, other) == parties
            and other.form == fact.form
            and (last_day(other) > f"{day}-99" or (other.state in OVER and other.start >= fact.start))
            for other in ledger.facts(Agreement)
        )
    )


def _is_signed_by_one(ledger: Ledger, fact: Agreement) -> bool:
    sides = {term.side for term in fact.terms if term.kind == "signer"}
    return fact.state in KEPT and len(sides) == 1 and sides != {""}


def _contacts(ledger: Ledger) -> Iterator[Row]:
    for fact in in_time(ledger.facts(Contact)):
        sides = (_name(ledger, fact, fact.partner), _name(ledger, fact, fact.side))
        by = [[_name(ledger, fact, one.value) for one in fact.terms if one.kind == kind] for kind in VISIT_TERMS]
        fields = (*sides, fact.degree, fact.direction, fact.date, fact.start, fact.place, list(fact.people), *by)
        yield _row("contacts", ledger, fact, fields, fact.degree)


def _partners(ledger: Ledger) -> Iterator[Row]:
    """Organizations other than our own; the fact of a row is the latest contact, else the first line that names it."""
    met = _by_party(ledger, Contact)
    agreed = _by_party(ledger, Agreement)
    for name, facts in sorted(ledger.organizations.items()):
        if ledger.is_us(name):
            continue
        contacts = met.get(name, ())
        near = [fact for fact in contacts if fact.degree in MET]
        dated = [fact for fact in near if is_dated(fact)]
        last = dated[-1] if dated else near[0] if near else facts[0]
        degree = max((fact.degree for fact in contacts), key=DEGREES.index, default="mentioned")
        fields = (
            name,
            [form for form in ledger.forms(name) if form != name],
            next((fact.country for fact in facts if fact.country), ""),
            degree,
            len({fact.citation.report_id for fact in near}),
            last.date if near else "",
            last.start if near else "",
            len(near) - len(dated),
            [{"form": fact.form, "state": fact.state, "date": fact.date} for fact in agreed.get(name, ())],
        )
        also = (UNSIGNED,) if near and not any(one.state in MADE for one in agreed.get(name, ())) else ()
        yield replace(_row("partners", ledger, last, fields, degree, also), parties=frozenset({name}))


def _by_party(ledger: Ledger, kind: type[Kind]) -> dict[str, list[Kind]]:
    """Facts of a kind by the names of their parties, each in order of time."""
    found: dict[str, list[Kind]] = {}
    for fact in in_time(ledger.facts(kind)):
        for name in parties_of(ledger, fact):
            found.setdefault(name, []).append(fact)
    return found


def _people(ledger: Ledger) -> Iterator[Row]:
    for name, facts in sorted(ledger.people.items()):
        others = sorted({form for one in facts for form in (one.person, *one.other_names)} - {name})
        for fact in in_time(facts):
            fields = (name, others, fact.role, _name(ledger, fact, fact.body), fact.date, fact.start)
            yield _row("people", ledger, fact, fields)


def _themes(ledger: Ledger) -> list[Row]:
    rows = []
    for fact in in_time(ledger.facts(Theme)):
        fields = (fact.key, theme_name(fact.key), _name(ledger, fact, fact.partner), fact.date, fact.start)
        rows.append(_row("themes", ledger, fact, fields))
    return sorted(rows, key=lambda row: (row.fields["name"], row.fields["partner"]))


def _promises(ledger: Ledger) -> Iterator[Row]:
    for fact, outcome in promise_outcomes(ledger).items():
        to, state = [_name(ledger, fact, name) for name in fact.to], outcome.state
        body, person = promised_by(ledger, fact)
        fields = (
            _name(ledger, fact, body) or person, person, fact.what, to, fact.date, fact.start, state,
            _told(outcome),
        )  # fmt: skip
        also = (TOLD,) if state == "open" and outcome.told_by else ()
        made = _row("promises", ledger, fact, fields, state, (*_of_unkept(ledger, fact, state), *also))
        yield replace(made, told_by=outcome.told_by)


def _of_unkept(ledger: Ledger, promise: Promise, state: str) -> Iterator[str]:
    """What holds of a promise that is open or overdue: that its last possible day is over, that it is ours."""
    today = date.today().isoformat()
    if state not in ("open", OVERDUE):
        return
    if promise.start[:4].isdigit() and promise.start < today[: len(promise.start)]:
        yield OVERDUE
    body, _ = promised_by(ledger, promise)
    if body and ledger.is_us(ledger.key(body, promise.citation.report_id)):
        yield OURS


def _told(outcome: Outcome) -> dict[str, Any] | None:
    """What tells the outcome of a promise, and which; of an open one what may tell it."""
    if outcome.told_by is None:
        return None
    cited = outcome.told_by.citation
    state = outcome.state if outcome.state != "open" else outcome.told_by.reached
    return {"state": state, "file": cited.file, "start": cited.start, "end": cited.end, "quote": cited.quote}


_MAKERS: dict[Listing, Callable[[Ledger], Iterable[Row]]] = {
    "agreements": _agreements,
    "partners": _partners,
    "people": _people,
    "contacts": _contacts,
    "themes": _themes,
    "promises": _promises,
}
