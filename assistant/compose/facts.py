"""Facts of the ledger as answers and dossiers need them: whom one is about, when it was, and what came of a promise."""

from collections.abc import Iterable

from corpus.lexicon import read_lexicon
from ingest import KEPT, Fact, Ledger, closed_by

UNDATED = "9999"
"""What facts without a year are sorted under: after all others."""


def parties_of(ledger: Ledger, fact: Fact) -> frozenset[str]:
    """Names of the organizations a fact is about, as they are grouped; of a promise also those of its people."""
    if fact.kind == "agreement":
        return _keys(ledger, fact, fact.subject, fact.object, *fact.others)
    if fact.kind == "contact":
        return _keys(ledger, fact, fact.subject, fact.object)
    if fact.kind == "person":
        return _keys(ledger, fact, fact.object)
    if fact.kind == "promise":
        told = {fact.subject, *fact.others}
        own = [one for one in ledger.of_report(fact.citation.report_id) if one.kind == "person"]
        homes = [one.object for one in own if told & {one.subject, *one.others}]
        return _keys(ledger, fact, *told, *homes)
    return _keys(ledger, fact, fact.subject)


def closed_promises(ledger: Ledger) -> dict[Fact, Fact | None]:
    """Each promise with the later fact that tells it kept, None while it is open; by the path of its report."""
    deeds: dict[str, dict[Fact, None]] = {}
    for fact in (*ledger.facts("agreement"), *ledger.facts("contact")):
        if fact.state in (*KEPT, "visited", "received"):
            for party in parties_of(ledger, fact):
                deeds.setdefault(party, {})[fact] = None
    homes: dict[str, list[Fact]] = {}
    for fact in ledger.facts("person"):
        homes.setdefault(fact.subject, []).append(fact)
    closed: dict[Fact, Fact | None] = {}
    for promise in ledger.facts("promise"):
        known = [home for name in (promise.subject, *promise.others) for home in homes.get(name, ())]
        later = dict.fromkeys(fact for party in parties_of(ledger, promise) for fact in deeds.get(party, ()))
        closed[promise] = closed_by(promise, [*known, *later])
    return closed


def in_time(facts: Iterable[Fact]) -> tuple[Fact, ...]:
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


def _keys(ledger: Ledger, fact: Fact, *names: str) -> frozenset[str]:
    return frozenset(ledger.key(name, fact.citation.report_id) for name in names if name)
