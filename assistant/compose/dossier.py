"""The dossier: all that the ledger holds about one partner, and what it does not hold, as data without words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from assistant.compose.facts import in_time, is_dated, parties_of, promise_outcomes
from corpus.concepts import offices_in
from corpus.names import fold
from ingest import (
    AGREEMENT_STATES,
    Agreement,
    Contact,
    Fact,
    Kind,
    Ledger,
    Organization,
    Promise,
    Role,
    Theme,
    is_unsure,
)

GapKind = Literal[
    "no_contact",
    "no_year",
    "no_person",
    "no_role",
    "no_agreement",
    "state_untold",
    "state_unclear",
    "no_theme",
    "no_promise",
]
ConflictKind = Literal["office", "state"]

SOLE_OFFICES = frozenset(
    {"rector", "president", "chancellor", "provost", "director", "minister", "prime_minister", "ambassador", "governor"}
)
"""Offices (`corpus/lexicon/roles.toml`) that one person of an organization holds at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLine:
    """One kind of agreement between the partner and others.

    Attributes:
        form: As `Agreement.form`.
        parties: Names they are grouped under, the partner first.
        current: The latest told state; None where facts without a year leave the order open, or only mention it.
        told: Every other fact on it, in order of time, those without a year last.
    """

    form: str
    parties: tuple[str, ...]
    current: Agreement | None
    told: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Facts that cannot all hold: two persons in one ``office`` at a time, or two ``state``s of one agreement."""

    kind: ConflictKind
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What the records do not say, with the facts that leave it open; none where nothing is told at all."""

    kind: GapKind
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A partner as the ledger knows it; facts stand in order of time, those without a year last.

    Attributes:
        name: The name it is grouped under.
        names: Other forms of its name, each with a fact that has it.
        country: ISO 3166 code with the fact that tells it; None where no record does.
        contacts: Contacts from "planned" up.
        mentions: Contacts of degree "mentioned".
        people: Facts on its people by the name each is grouped under; of one role the latest fact.
        agreements: One line for each kind.
        themes: Facts on each theme by its key.
        promises: Promises by or to it or its people that no later record closes.
        reports: Number of reports that were looked through.
    """

    name: str
    names: tuple[tuple[str, Fact], ...]
    country: tuple[str, Fact] | None
    contacts: tuple[Contact, ...]
    mentions: tuple[Contact, ...]
    people: dict[str, tuple[Role, ...]]
    agreements: tuple[AgreementLine, ...]
    themes: dict[str, tuple[Theme, ...]]
    promises: tuple[Promise, ...]
    conflicts: tuple[Conflict, ...]
    gaps: tuple[Gap, ...]
    reports: int


def compose_dossier(ledger: Ledger, name: str, reports: int) -> Dossier:
    """All about the organization grouped under `name`; every part is empty for one that no fact is about."""
    about = ledger.organizations.get(name, ())
    met = in_time(fact for fact in ledger.facts(Contact) if name in parties_of(ledger, fact))
    contacts = tuple(fact for fact in met if fact.degree != "mentioned")
    served = {
        person: held
        for person, facts in sorted(ledger.people.items())
        if (held := in_time(fact for fact in facts if name in parties_of(ledger, fact)))
    }
    people = {person: _roles(facts) for person, facts in served.items()}
    agreed = [fact for fact in ledger.facts(Agreement) if name in parties_of(ledger, fact)]
    agreements = _lines(ledger, name, agreed)
    themed = in_time(fact for fact in ledger.facts(Theme) if name in parties_of(ledger, fact))
    outcomes = promise_outcomes(ledger)
    unkept = [fact for fact, outcome in outcomes.items() if outcome.state in ("open", "overdue")]
    promises = in_time(fact for fact in unkept if name in parties_of(ledger, fact))
    country = next(((fact.country, fact) for fact in about if fact.country), None)
    return Dossier(
        name=name,
        names=_other_names(ledger, name),
        country=country,
        contacts=contacts,
        mentions=tuple(fact for fact in met if fact.degree == "mentioned"),
        people=people,
        agreements=agreements,
        themes={key: tuple(fact for fact in themed if fact.key == key) for key in sorted({f.key for f in themed})},
        promises=promises,
        conflicts=(*_offices_held_twice(served), *_states_at_odds(ledger, agreed)),
        gaps=tuple(_gaps(contacts, people, agreements, themed, promises)),
        reports=reports,
    )


def _other_names(ledger: Ledger, name: str) -> tuple[tuple[str, Organization], ...]:
    found: dict[str, Organization] = {}
    for fact in ledger.organizations.get(name, ()):
        for form in (fact.name, *fact.other_names):
            found.setdefault(form, fact)
    return tuple((form, fact) for form, fact in found.items() if form != name)


def _roles(facts: Sequence[Role]) -> tuple[Role, ...]:
    """The latest fact for each role as written; one without a role only where no record gives any."""
    latest = {fold(fact.role): fact for fact in (*_undated(facts), *filter(is_dated, facts))}
    return in_time([fact for fact in latest.values() if fact.role] or latest.values())


def _undated(facts: Sequence[Kind]) -> tuple[Kind, ...]:
    return tuple(fact for fact in facts if not is_dated(fact))


def _lines(ledger: Ledger, name: str, agreed: Sequence[Agreement]) -> tuple[AgreementLine, ...]:
    groups: dict[tuple[str, frozenset[str]], list[Agreement]] = {}
    for fact in in_time(agreed):
        groups.setdefault((fact.form, parties_of(ledger, fact)), []).append(fact)
    return tuple(_line(form, (name, *sorted(parties - {name})), facts) for (form, parties), facts in groups.items())


def _line(form: str, parties: tuple[str, ...], facts: Sequence[Agreement]) -> AgreementLine:
    """The facts on one agreement, given in order of time: a mere mention after it changes no state."""
    told = [fact for fact in facts if fact.state != "mentioned"]
    latest = max(filter(is_dated, told), key=lambda fact: (fact.start, _rank(fact)), default=None)
    is_open = bool(_undated(told)) and len({fact.state for fact in told if fact is latest or not is_dated(fact)}) > 1
    current = None if is_open else latest or next(iter(told), None)
    others = tuple(fact for fact in facts if fact is not current)
    return AgreementLine(form=form, parties=parties, current=current, told=others)


def _rank(fact: Agreement) -> int:
    return AGREEMENT_STATES.index(fact.state)


def _offices_held_twice(people: dict[str, tuple[Role, ...]]) -> tuple[Conflict, ...]:
    """Persons who hold an office that one person holds, at dates that overlap; a date without a year never does.

    A role that may be misread tells of nobody.
    """
    held: dict[tuple[str, str], list[Role]] = {}
    for person, facts in people.items():
        for fact in facts:
            for office in _sole_offices(fact.role) if is_dated(fact) and not is_unsure(fact, "role") else ():
                held.setdefault((office, person), []).append(fact)
    found: dict[tuple[Role, ...], None] = {}
    for one, other in combinations(held, 2):
        if one[0] == other[0] and _overlap(held[one], held[other]):
            found[(*held[one], *held[other])] = None
    return tuple(Conflict(kind="office", facts=facts) for facts in found)


def _sole_offices(role: str) -> frozenset[str]:
    """Offices of the whole organization that a role is: the word alone, not that of a part of it."""
    parts = [part for part in role.split(",") if len(fold(part).split()) == 1]
    return frozenset(office for part in parts for office in offices_in(part)) & SOLE_OFFICES


def _overlap(one: Sequence[Fact], other: Sequence[Fact]) -> bool:
    """Whether two stretches of time, each from the first to the last day told, meet as far as days are told."""
    (low, high), (begin, end) = (
        (min(fact.start for fact in facts), max(fact.start for fact in facts)) for facts in (one, other)
    )
    return low <= end and begin <= high


def _states_at_odds(ledger: Ledger, agreed: Sequence[Agreement]) -> tuple[Conflict, ...]:
    """Facts on one agreement between the same parties by which sentences give it different states on one date."""
    groups: dict[tuple[object, ...], list[Agreement]] = {}
    for fact in in_time(agreed):
        if is_dated(fact) and fact.state != "mentioned":
            groups.setdefault((fact.form, parties_of(ledger, fact), fact.start), []).append(fact)
    odd = [facts for facts in groups.values() if len({one.state for one in facts}) > 1]
    return tuple(
        Conflict(kind="state", facts=tuple(facts)) for facts in odd if len({one.citation for one in facts}) > 1
    )


def _gaps(
    contacts: Sequence[Contact],
    people: dict[str, tuple[Role, ...]],
    agreements: Sequence[AgreementLine],
    themes: Sequence[Theme],
    promises: Sequence[Promise],
) -> list[Gap]:
    """What a reader may look for and the records do not tell."""
    found: list[Gap] = []
    if not contacts:
        found.append(Gap(kind="no_contact"))
    if undated := _undated(contacts):
        found.append(Gap(kind="no_year", facts=undated))
    if not people:
        found.append(Gap(kind="no_person"))
    if bare := tuple(facts[0] for facts in people.values() if not any(fact.role for fact in facts)):
        found.append(Gap(kind="no_role", facts=bare))
    if not agreements:
        found.append(Gap(kind="no_agreement"))
    for line in agreements:
        if line.current is None:
            is_mentioned = all(fact.state == "mentioned" for fact in line.told)
            found.append(Gap(kind="state_untold" if is_mentioned else "state_unclear", facts=line.told))
    if not themes:
        found.append(Gap(kind="no_theme"))
    if not promises:
        found.append(Gap(kind="no_promise"))
    return found
