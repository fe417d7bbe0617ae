"""All facts of a report: found by the tagger, each held to its quote before it is kept."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from corpus.names import fold
from corpus.report import Report
from ingest.ledger.fact import Agreement, Contact, Fact, Organization, Role
from ingest.ledger.found import agreement_facts, contact_facts, organization_facts, people_facts, promise_facts
from ingest.ledger.naming import plain_name
from ingest.ledger.reading import Reading, Split, read
from ingest.ledger.terms import Asks, with_terms
from ingest.ledger.themes import theme_facts
from ingest.tagger import Tags, hash_of_tagger

EXTRACT_FORMAT = 14
"""Raised when the same tags give other facts of a report than before, so that unchanged reports are read again."""


class Proposes(Protocol):
    """Whoever proposes facts beside the tagger: a language model behind its own proof."""

    name: str

    def __call__(self, report: Report, us: str) -> Sequence[Fact] | None:
        """Facts of a report that `us` wrote; None when it could not be asked, so that it is asked at the next run."""
        ...


def rules(recipe: str, office: Sequence[str] = (), propose: Proposes | None = None, ask: Asks | None = None) -> str:
    """How reports become facts, as one line: equal lines give equal facts.

    Args:
        recipe: How reports become passages (`ingest.library.recipe_of`).
        office: Names of who wrote them.
        propose: Who proposes facts beside the tagger; `ask` who asks about the terms of agreements.
    """
    names = hashlib.sha256("\n".join(office).encode()).hexdigest()[:12]
    line = f"{recipe}, facts {EXTRACT_FORMAT}, tagger {hash_of_tagger()[:12]}, office {names}"
    return ", ".join([line, *(one.name for one in (propose, ask) if one)])


def extract(
    report: Report,
    splits: Sequence[Split],
    tags: Tags,
    office: Sequence[str] = (),
    *,
    proposed: Sequence[Fact] = (),
    ask: Asks | None = None,
) -> tuple[Fact, ...]:
    """The facts of a report, in the order of its text within each kind; none for a report without sentences.

    A fact is kept only when its quote stands in the report (``located``) and the quote or the report's title names
    whom it is about (``covered``).

    Args:
        splits: Its passages with their sentences.
        tags: Tags them.
        office: Names of who wrote the records, the main one first.
        proposed: Facts by a language model, kept where the tagger found none of the same thing.
        ask: Asks about the terms of agreements; None to leave them out.
    """
    reading = read(report, splits, tags, office)
    facts = (
        *organization_facts(reading), *people_facts(reading), *contact_facts(reading), *agreement_facts(reading),
        *theme_facts(reading), *promise_facts(reading),
    )  # fmt: skip
    found = {_thing(fact) for fact in facts}
    others = [fact for fact in proposed if _thing(fact) not in found]
    held = tuple(_held_to_quotes(reading, (*facts, *others)))
    return tuple(with_terms(reading, held, ask)) if ask else held


def _thing(fact: Fact) -> tuple[str, frozenset[str]]:
    """What two facts of one report share when they tell of the same thing."""
    if isinstance(fact, Contact):
        return fact.kind, frozenset({plain_name(fact.partner)})
    return fact.kind, frozenset(map(plain_name, fact.parties[:2]))


def _held_to_quotes(reading: Reading, facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts that their quotes bear out, with the checks they passed."""
    for fact in facts:
        citation = fact.citation
        if reading.report.text[citation.start : citation.end] != citation.quote:
            continue
        around = fold(f"{reading.title.text} {citation.quote}")
        named = fact.summary if isinstance(fact, Organization | Role | Contact) else ""
        if named and not _is_named(reading, named, around):
            continue
        sides = fact.parties if isinstance(fact, Agreement) else tuple(filter(None, (named,)))
        is_covered = bool(sides) and all(_is_named(reading, side, around) for side in sides)
        yield replace(fact, checks=("located", "covered") if is_covered else ("located",))


def _is_named(reading: Reading, name: str, folded: str) -> bool:
    """Whether a folded text has a form of a name."""
    forms = (name, *reading.forms.get(name, ()), *reading.people.get(name, ()))
    return any(fold(form).strip() in folded for form in forms)
