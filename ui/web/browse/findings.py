"""What the records tell over all partners: names searched in any script, one line an agreement, and disagreements."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant import Citation, compose_dossier
from ingest import Agreement, Ledger, Role
from ui.offered import near, sounds_like


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One agreement between the same parties, as `assistant.compose_dossier` groups them.

    Attributes:
        form: As `ingest.Agreement.form`.
        parties: Names the organizations are grouped under, in the order of its first fact.
        current: The latest told state; None where facts without a year leave the order open, or only mention it.
        told: Every other fact on it, in order of time, those without a year last.
        at_odds: Facts that give one date and different states; empty when records agree.
    """

    form: str
    parties: tuple[str, ...]
    current: Agreement | None
    told: tuple[Agreement, ...]
    at_odds: tuple[Agreement, ...] = ()

    @property
    def facts(self) -> tuple[Agreement, ...]:
        """All its facts, the one of the latest state first."""
        return (*((self.current,) if self.current else ()), *self.told)

    @property
    def states(self) -> tuple[str, ...]:
        """Where it stands on a board: its latest state; each told one where their order is open."""
        return tuple(dict.fromkeys(fact.state for fact in ((self.current,) if self.current else self.told)))


def all_agreements(ledger: Ledger) -> tuple[Paper, ...]:
    """All agreements of a ledger, in order of their parties' names; empty for none."""
    about: dict[str, list[Agreement]] = {}
    for fact in (_resolved(ledger, one) for one in ledger.facts(Agreement)):
        for name in dict.fromkeys(fact.parties):
            about.setdefault(name, []).append(fact)
    found: dict[tuple[str, frozenset[str]], Paper] = {}
    for name, facts in sorted(about.items()):
        # A ledger of one party's facts, its names resolved already: the rule of the dossier, without its cost.
        dossier = compose_dossier(Ledger(facts), name, 0)
        odd = {fact for conflict in dossier.conflicts for fact in conflict.facts}
        for line in dossier.agreements:
            told = (*((line.current,) if line.current else ()), *line.told)
            found.setdefault(
                (line.form, frozenset(line.parties)),
                Paper(
                    form=line.form,
                    parties=tuple(dict.fromkeys(told[0].parties)),
                    current=line.current,
                    told=line.told,
                    at_odds=tuple(fact for fact in told if fact in odd),
                ),
            )
    return tuple(found.values())


def offices_at_odds(ledger: Ledger, people: dict[str, tuple[Role, ...]]) -> dict[str, tuple[tuple[Role, ...], ...]]:
    """Offices that several persons hold at once, by organization; in each fact the person is whom it is grouped under.

    Args:
        ledger: Where the organizations' names are.
        people: Facts on persons by the name each is grouped under, such as those up to a day.
    """
    staff: dict[str, list[Role]] = {}
    for name, facts in people.items():
        for fact in facts:
            if fact.body:
                home = ledger.key(fact.body, fact.citation.report_id)
                staff.setdefault(home, []).append(replace(fact, person=name, body=home, other_names=()))
    odd = {}
    for home, held in staff.items():
        if len({fact.person for fact in held}) > 1:
            conflicts = compose_dossier(Ledger(held), home, 0).conflicts
            if conflicts:
                odd[home] = tuple(tuple(f for f in one.facts if isinstance(f, Role)) for one in conflicts)
    return odd


def matching(ledger: Ledger, search: str, *, by_sound: bool = True) -> frozenset[str]:
    """Names of the organizations that have a form equal to `search` in any script, or with words that begin so; where
    there are none and it may be `by_sound`, those that sound like it.
    """
    wanted = plain_text(search)
    if not wanted:
        return frozenset(ledger.organizations)

    def with_form(fits: Callable[[str], bool]) -> frozenset[str]:
        return frozenset(name for name in ledger.organizations if any(map(fits, ledger.forms(name))))

    found = frozenset(ledger.organizations_named(search)) | with_form(lambda form: begins_word(wanted, form))
    return found if found or not by_sound else with_form(lambda form: sounds_like(search, form))


def begins_word(wanted: str, text: str) -> bool:
    """Whether a plain text stands in another one from the beginning of a word; Chinese has no words to begin."""
    return re.search(rf"(?<![^\W\u3400-\u9fff]){re.escape(wanted)}", plain_text(text)) is not None


def near_names(ledger: Ledger, name: str) -> tuple[str, ...]:
    """Names of organizations that look or sound like one that is in no record, the nearest first."""
    forms = dict(ledger.names_by_length())
    return tuple(dict.fromkeys(forms[form] for form in near(name, forms)))


def plain_text(text: str) -> str:
    """Text as it is compared in a search: without case, accents and doubled blanks."""
    bare = (sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join("".join(bare).casefold().split())


def records_of(ledger: Ledger, name: str) -> tuple[Citation, ...]:
    """One citation for each report that names an organization, in order of first appearance."""
    first: dict[str, Citation] = {}
    for fact in ledger.organizations.get(name, ()):
        first.setdefault(fact.citation.report_id, fact.citation)
    return tuple(first.values())


def _resolved(ledger: Ledger, fact: Agreement) -> Agreement:
    def key(name: str) -> str:
        return ledger.key(name, fact.citation.report_id) if name else ""

    return replace(fact, sides=tuple(map(key, fact.sides)), wanted_by=key(fact.wanted_by))
