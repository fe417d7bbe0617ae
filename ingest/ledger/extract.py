"""All facts of a report: found by rules, each held to its quote before it is kept."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from corpus.lexicon import FOLDER
from corpus.names import fold
from corpus.report import Report
from ingest.ledger.agreements import agreement_facts, furthest_state
from ingest.ledger.contacts import contact_facts
from ingest.ledger.fact import AGREEMENT_STATES, Fact
from ingest.ledger.people import people_facts
from ingest.ledger.promises import promise_facts
from ingest.ledger.reading import Reading, country_of, is_us, plain_name, read
from ingest.ledger.themes import theme_facts

EXTRACT_FORMAT = 2
"""Raised when the rules give other facts of a report than before, so that unchanged reports are read again."""


class Proposes(Protocol):
    """Whoever proposes facts beside the rules: a language model behind its own proof."""

    name: str

    def __call__(self, report: Report) -> Sequence[Fact] | None:
        """Facts of a report; None when it could not be asked, so that it is asked again at the next run."""
        ...


def rules(propose: Proposes | None = None) -> str:
    """How reports become facts, as one line: format and word lists as they are now; equal lines give equal facts."""
    written = b"".join(path.read_bytes() for path in sorted(FOLDER.glob("*.toml")))
    line = f"facts {EXTRACT_FORMAT}, words {hashlib.sha256(written).hexdigest()[:16]}"
    return f"{line}, {propose.name}" if propose else line


def extract(report: Report, proposed: Sequence[Fact] = ()) -> tuple[Fact, ...]:
    """The facts of a report, in the order of its text within each kind; none for a report without sentences.

    A fact is kept only when its quote stands in the report (``located``), the quote or the report's title names whom
    it is about (``covered``), and an agreement's state is not above what the quote says (``no_stronger``).
    """
    reading = read(report)
    facts = (
        *organization_facts(reading), *people_facts(reading), *contact_facts(reading), *agreement_facts(reading),
        *theme_facts(reading), *promise_facts(reading),
    )  # fmt: skip
    found = {_thing(fact) for fact in facts}
    others = [fact for fact in proposed if _thing(fact) not in found]
    return tuple(kept for fact in (*facts, *others) if (kept := held_to_quote(reading, fact)))


def _thing(fact: Fact) -> tuple[str, frozenset[str], str]:
    """What two facts of one report share when they tell of the same thing."""
    named = {fact.subject, fact.object} if fact.kind == "agreement" else {fact.object}
    return fact.kind, frozenset(map(plain_name, named)), fact.form


def organization_facts(reading: Reading) -> Iterator[Fact]:
    """One fact for each organization that a report names, with its other forms and its country where one is told."""
    for name, forms in reading.forms.items():
        line = (
            next(line for line in reading.lines or (reading.title,) if any(body.name == name for body in line.bodies))
            if any(body.name == name for line in reading.lines for body in line.bodies)
            else None
        )
        if line is None:
            continue
        yield Fact(
            kind="organization", subject=name, others=tuple(form for form in forms if form != name),
            form=country_of(name), state="us" if is_us(name) else "", citation=reading.cite(line),
            extractor="organizations: name",
        )  # fmt: skip


def held_to_quote(reading: Reading, fact: Fact) -> Fact | None:
    """The fact with the checks it passed, or None when its quote does not bear it out."""
    citation, report = fact.citation, reading.report
    if report.text[citation.start : citation.end] != citation.quote:
        return None
    around = fold(f"{report.title} {citation.quote}")
    named = [fact.subject, *([fact.object] if fact.kind in ("contact", "agreement") else [])]
    sides = [name for name in named if not _is_named(reading, name, around)]
    if fact.kind in ("organization", "person") and sides:
        return None
    if fact.kind == "contact" and fact.object in sides:
        return None
    checks = ("located",) if sides else ("located", "covered")
    if fact.kind == "agreement":
        if AGREEMENT_STATES.index(fact.state) > AGREEMENT_STATES.index(furthest_state(citation.quote)):
            return None
        checks = (*checks, "no_stronger")
    return replace(fact, checks=checks)


def _is_named(reading: Reading, name: str, folded: str) -> bool:
    """Whether a folded text has a form of a name, or its sort alone ("the University")."""
    forms = (name, *reading.forms.get(name, ()))
    return not name or any(fold(form).strip() in folded for form in forms) or bool(_GENERIC.search(folded))


_GENERIC = re.compile(
    r" (?:the|two|both|their|its) (?:universit|institut|centre|center|sides|parties|ministry|office)|双方|该校|стороны"
)
