"""The next useful questions beneath an answer: of whom its sentences tell, what more the records hold."""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import islice, zip_longest
from typing import NamedTuple

from assistant import Answer, filtered, parties_of
from corpus import Report
from ingest import PERHAPS, Agreement, Contact, Fact, Ledger, Promise, Role
from ui.wording import Words

OFFERED = 3
"""Questions beneath an answer: as many as are read at a glance."""
KINDS = ("agreements", "people", "contacts", "promises", "role")
MET = ("took part", "online", "talks", "received", "visited")


class Following(NamedTuple):
    """A question to ask next: what of whom, as ``next_{of}`` of the words files says it."""

    of: str
    name: str

    def text(self, words: Words) -> str:
        """The question in a language."""
        return words.say(f"next_{self.of}", name=self.name)


def following(
    answer: Answer, ledger: Ledger, reports: Iterable[Report], asked: Collection[str], words: Words
) -> tuple[Following, ...]:
    """At most `OFFERED` questions on the partners and persons of the answer's citations, of as many kinds as there are.

    Each is on facts of the ledger that the answer does not cite, so that the records can answer it and it tells more;
    none for an answer that cites nothing the ledger knows.

    Args:
        reports: All there are; only facts of those count that the answer was narrowed to, as the next one will be.
        asked: Questions of the conversation, which are not offered again.
    """
    cited = [
        fact
        for one in answer.citations
        for fact in ledger.of_report(one.report_id)
        if fact.citation.start < one.end and one.start < fact.citation.end
    ]
    names = Counter(name for fact in cited for name in _names(ledger, fact))
    known, held = _known(ledger), {fact.citation for fact in cited}
    within = {report.id for report in filtered(reports, answer.question.filters, ledger)}
    more = {
        key: sum(fact.citation not in held and fact.citation.report_id in within for fact in facts)
        for key, facts in known.items()
        if key[1] in names
    }
    kinds = []
    for of in KINDS:
        told = [name for name in names if more.get((of, name))]
        told.sort(key=lambda name, of=of: (-names[name], -more[of, name]))  # type: ignore[misc]
        kinds.append([Following(of, name) for name in told])
    found = (one for of_each_kind in zip_longest(*kinds) for one in of_each_kind if one)
    return tuple(islice((one for one in found if one.text(words) not in asked), OFFERED))


def _names(ledger: Ledger, fact: Fact) -> set[str]:
    """The others that a fact tells of: organizations as they are grouped, and a person."""
    parties = {name for name in parties_of(ledger, fact) if not ledger.is_us(name)}
    return parties | ({fact.person} if isinstance(fact, Role) else set())


@lru_cache(maxsize=2)
def _known(ledger: Ledger) -> dict[tuple[str, str], list[Fact]]:
    """The facts that answer each question there is."""
    known: dict[tuple[str, str], list[Fact]] = {}
    for of, facts in (
        ("agreements", ledger.facts(Agreement)),
        ("people", [fact for fact in ledger.facts(Role) if fact.role]),
        ("contacts", [fact for fact in ledger.facts(Contact) if fact.degree in MET]),
        ("promises", [fact for fact in ledger.facts(Promise) if fact.state not in PERHAPS]),
    ):
        for fact in facts:
            for name in _names(ledger, fact):
                is_person = isinstance(fact, Role) and name == fact.person
                known.setdefault(("role" if is_person else of, name), []).append(fact)
    return known
