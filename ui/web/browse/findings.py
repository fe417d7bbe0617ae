"""What the records tell over all partners: names searched in any script, one line an agreement, and disagreements."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant import Citation, compose_dossier
from ingest import Fact, Ledger

NEAREST = 3
"""Names offered where one is not found: as many as can be read at a glance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One agreement between the same parties, as `assistant.compose_dossier` groups them.

    Attributes:
        form: As `Fact.form`.
        parties: Names the organizations are grouped under, in the order of its first fact.
        current: The latest told state; None where facts without a year leave the order open, or only mention it.
        told: Every other fact on it, in order of time, those without a year last.
        at_odds: Facts that give one date and different states; empty when records agree.
    """

    form: str
    parties: tuple[str, ...]
    current: Fact | None
    told: tuple[Fact, ...]
    at_odds: tuple[Fact, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All its facts, the one of the latest state first."""
        return (*((self.current,) if self.current else ()), *self.told)

    @property
    def states(self) -> tuple[str, ...]:
        """Where it stands on a board: its latest state; each told one where their order is open."""
        return tuple(dict.fromkeys(fact.state for fact in ((self.current,) if self.current else self.told)))


def all_agreements(ledger: Ledger) -> tuple[Agreement, ...]:
    """All agreements of a ledger, in order of their parties' names; empty for none."""
    about: dict[str, list[Fact]] = {}
    for fact in (_resolved(ledger, one) for one in ledger.facts("agreement")):
        for name in dict.fromkeys(filter(None, (fact.subject, fact.object, *fact.others))):
            about.setdefault(name, []).append(fact)
    found: dict[tuple[str, frozenset[str]], Agreement] = {}
    for name, facts in sorted(about.items()):
        # A ledger of one party's facts, its names resolved already: the rule of the dossier, without its cost.
        dossier = compose_dossier(Ledger(facts), name, 0)
        odd = {fact for conflict in dossier.conflicts for fact in conflict.facts}
        for line in dossier.agreements:
            told = (*((line.current,) if line.current else ()), *line.told)
            found.setdefault(
                (line.form, frozenset(line.parties)),
                Agreement(
                    form=line.form,
                    parties=tuple(dict.fromkeys(filter(None, (told[0].subject, told[0].object, *told[0].others)))),
                    current=line.current,
                    told=line.told,
                    at_odds=tuple(fact for fact in told if fact in odd),
                ),
            )
    return tuple(found.values())


def offices_at_odds(ledger: Ledger, people: dict[str, tuple[Fact, ...]]) -> dict[str, tuple[tuple[Fact, ...], ...]]:
    """Offices that several persons hold at once, by organization; in each fact the subject is whom it is grouped under.

    Args:
        ledger: Where the organizations' names are.
        people: Facts on persons by the name each is grouped under, such as those up to a day.
    """
    staff: dict[str, list[Fact]] = {}
    for name, facts in people.items():
        for fact in facts:
            if fact.object:
                home = ledger.key(fact.object, fact.citation.report_id)
                staff.setdefault(home, []).append(replace(fact, subject=name, object=home, others=()))
    odd = {}
    for home, held in staff.items():
        if len({fact.subject for fact in held}) > 1:
            conflicts = compose_dossier(Ledger(held), home, 0).conflicts
            if conflicts:
                odd[home] = tuple(conflict.facts for conflict in conflicts)
    return odd


def matching(ledger: Ledger, search: str) -> frozenset[str]:
    """Names of the organizations that have a form equal to `search` in any script, or with these words in it."""
    wanted = plain_text(search)
    if not wanted:
        return frozenset(ledger.organizations)
    exact = ledger.organizations_named(search)
    return frozenset(exact) | {
        name for name in ledger.organizations if any(wanted in plain_text(form) for form in ledger.forms(name))
    }


def near_names(ledger: Ledger, name: str) -> tuple[str, ...]:
    """Names of organizations that look like one that is in no record, the nearest first."""
    from rapidfuzz import process
    from rapidfuzz.fuzz import WRatio

    forms = dict(ledger.names_by_length())
    found = process.extract(name, list(forms), scorer=WRatio, processor=plain_text, limit=3 * NEAREST)
    return tuple(dict.fromkeys(forms[form] for form, _, _ in found))[:NEAREST]


def plain_text(text: str) -> str:
    """Text as it is compared in a search: without case, accents and doubled blanks."""
    bare = (sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join("".join(bare).casefold().split())


def citations(facts: Iterable[Fact]) -> dict[tuple[str, int, int], Citation]:
    """Citations of facts by report, first and last offset, as rows of the ledger tell them."""
    return {(one.report_id, one.start, one.end): one for one in (fact.citation for fact in facts)}


def records_of(ledger: Ledger, name: str) -> tuple[Citation, ...]:
    """One citation for each report that names an organization, in order of first appearance."""
    first: dict[str, Citation] = {}
    for fact in ledger.organizations.get(name, ()):
        first.setdefault(fact.citation.report_id, fact.citation)
    return tuple(first.values())


def _resolved(ledger: Ledger, fact: Fact) -> Fact:
    def key(name: str) -> str:
        return ledger.key(name, fact.citation.report_id) if name else ""

    return replace(
        fact,
        subject=key(fact.subject),
        object=key(fact.object),
        others=tuple(map(key, fact.others)),
        speaker=key(fact.speaker),
    )
