"""Facts of the ledger as answers and dossiers need them: whom one is about, when it was, and what came of a promise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from corpus.lexicon import read_lexicon
from ingest import (
    KEPT,
    PERHAPS,
    Agreement,
    Contact,
    Fact,
    Kind,
    Ledger,
    Promise,
    Role,
    closed_by,
    is_unsure,
    linked,
)

UNDATED = "9999"
"""What facts without a year are sorted under: after all others."""


def parties_of(ledger: Ledger, fact: Fact) -> frozenset[str]:
    """Names of the organizations a fact is about, as they are grouped; of a promise also those of its people."""
    homes: list[str] = []
    if isinstance(fact, Promise):
        own = [one for one in ledger.of_report(fact.citation.report_id) if isinstance(one, Role)]
        homes = [one.body for one in own if not {one.person, *one.other_names}.isdisjoint(fact.parties)]
    return frozenset(ledger.key(name, fact.citation.report_id) for name in (*fact.parties, *homes) if name)


def promised_by(ledger: Ledger, promise: Promise) -> tuple[str, str]:
    """The body that promised and the person who did so for it, as the record writes them; either may be empty, the body
    where it may be misread whose the person is.
    """
    roles = [one for one in ledger.of_report(promise.citation.report_id) if isinstance(one, Role)]
    role = next((one for one in roles if promise.by in (one.person, *one.other_names)), None)
    if role is None:
        return promise.by, ""
    return ("" if is_unsure(role, "body") else role.body), promise.by


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a promise.

    Attributes:
        state: One of `PROMISE_STATES`: as a later agreement or visit, or a keeper, tells it.
        told_by: The fact that tells it; None where none does. Of an open promise the sentence that may tell what became
            of it, whose own state is one of `PERHAPS`.
    """

    state: str
    told_by: Fact | None = None


@lru_cache(maxsize=2)
def promise_outcomes(ledger: Ledger) -> Mapping[Promise, Outcome]:
    """Each promise with what became of it, by the path of its report; sentences that tell outcomes are none."""
    done: list[Agreement | Contact] = [fact for fact in ledger.facts(Agreement) if fact.state in KEPT]
    done += [fact for fact in ledger.facts(Contact) if fact.degree in ("visited", "received")]
    deeds: dict[str, dict[Agreement | Contact, None]] = {}
    for fact in done:
        for party in parties_of(ledger, fact):
            deeds.setdefault(party, {})[fact] = None
    homes: dict[str, list[Role]] = {}
    for role in ledger.facts(Role):
        homes.setdefault(role.person, []).append(role)

    def keys(name: str, report_id: str) -> frozenset[str]:
        bodies = [role.body for role in homes.get(name, ()) if role.citation.report_id == report_id]
        return frozenset(ledger.key(one, report_id) for one in (name, *bodies) if one)

    promises = ledger.facts(Promise)
    perhaps = linked(promises, keys)
    found: dict[Promise, Outcome] = {}
    for promise in promises:
        if promise.state in PERHAPS:
            continue
        if promise.state != "open":
            found[promise] = Outcome(state=promise.state, told_by=promise)
            continue
        known = [home for name in promise.parties for home in homes.get(name, ())]
        later = dict.fromkeys(fact for party in parties_of(ledger, promise) for fact in deeds.get(party, ()))
        deed = closed_by(promise, [*known, *later])
        found[promise] = Outcome(state="kept" if deed else "open", told_by=deed or perhaps.get(promise))
    return found


def in_time(facts: Iterable[Kind]) -> tuple[Kind, ...]:
    """Facts by their first day, those without a year last, then by place in the records."""
    return tuple(sorted(facts, key=_moment))


def is_dated(fact: Fact) -> bool:
    """Whether the year of what a fact tells is known."""
    return fact.start[:4].isdigit()


def ledger_word(section: str, key: str, language: str) -> str:
    """A ``forms``, ``states`` or ``degrees`` value of a fact in a language, else in English, else as it is."""
    entry = read_lexicon("labels")[section].get(key, {})
    return str(entry.get(language, entry.get("en", key)))


def _moment(fact: Fact) -> tuple[str, str, int]:
    return (fact.start if is_dated(fact) else UNDATED, fact.citation.file, fact.citation.start)
