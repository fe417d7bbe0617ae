"""The ledger: all facts of an index under one name for each organization and person, to be listed and filtered."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from corpus.names import fold
from corpus.plain_form import visible
from ingest.ledger.fact import Fact, Kind, Organization, Role
from ingest.ledger.naming import fullness, identity, is_one_word, person_key, plain_name, same_words

OURSELVES = "us"
"""What all names of who wrote the records are grouped by: that they are one is a keeper's word."""


class Ledger:
    """Facts of one generation; makes no change to them.

    Args:
        facts: All facts, by report.
        merges: Pairs of names that a keeper declared to be of one organization or person (`ingest.ledger.merges`); a
            name that no fact has, or that different bodies share, merges nothing.
    """

    def __init__(self, facts: Sequence[Fact], merges: Iterable[tuple[str, str]] = ()) -> None:
        self._facts = tuple(facts)
        self._merges = tuple(merges)

    def facts(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The facts of one kind, by the path of their report."""
        return tuple(fact for fact in self._facts if isinstance(fact, kind))

    def of_report(self, report_id: str) -> tuple[Fact, ...]:
        """The facts of one report, in order; none for one that gave none."""
        return self._by_report.get(report_id, ())

    @cached_property
    def _by_report(self) -> dict[str, tuple[Fact, ...]]:
        found: dict[str, list[Fact]] = {}
        for fact in self._facts:
            found.setdefault(fact.citation.report_id, []).append(fact)
        return {report: tuple(facts) for report, facts in found.items()}

    def same(self, one: str, other: str, report_id: str = "", other_report_id: str = "") -> bool:
        """Whether two names are of one organization, by the groups of the whole ledger."""
        return self.key(one, report_id) == self.key(other, other_report_id)

    def key(self, name: str, report_id: str = "") -> str:
        """The name under which an organization's facts are grouped: its longest form anywhere in the ledger.

        Args:
            name: Any form of the name.
            report_id: Where it stands; a name of common words alone ("Ministry of Education") is told apart by it.
        """
        known = self._grouped
        return known.get((name, report_id)) or known.get((name, "")) or name

    @cached_property
    def organizations(self) -> dict[str, tuple[Organization, ...]]:
        """Facts on organizations by the name they are grouped under, in order of first appearance."""
        found: dict[str, list[Organization]] = {}
        for fact in self.facts(Organization):
            found.setdefault(self.key(fact.name, fact.citation.report_id), []).append(fact)
        return {name: tuple(facts) for name, facts in found.items()}

    @cached_property
    def people(self) -> dict[str, tuple[Role, ...]]:
        """Facts on persons by their fullest name; persons of one name with different organizations stay apart, as do
        those named by one word alone in different records.
        """
        groups: list[list[Role]] = []
        near: dict[tuple[str, ...], list[int]] = {}
        for fact in self.facts(Role):
            key = person_key(fact.person)
            at = next((at for at in near.get(key, ()) if self._may_be_one(fact, groups[at])), len(groups))
            if at == len(groups):
                groups.append([])
                near.setdefault(key, []).append(at)
            groups[at].append(fact)
        for pair in self._merges:
            same = [group for group in groups if not _forms_of(group).isdisjoint(pair)]
            if set(pair) <= set().union(*map(_forms_of, same)):
                groups = [group for group in groups if group not in same] + [[fact for group in same for fact in group]]
        named: dict[str, tuple[Role, ...]] = {}
        for group in groups:
            name = max((fact.person for fact in group), key=len)
            if name in named:  # somebody else of that name: the organization tells them apart
                name = f"{name} ({next((fact.body for fact in group if fact.body), len(named))})"
            named[name] = (*named.get(name, ()), *group)
        return named

    def organizations_named(self, name: str) -> tuple[str, ...]:
        """Names that organizations are grouped under which have this form, in any case; empty when none has it."""
        exact = {group for (form, _), group in self._grouped.items() if form == name}
        if exact:
            return tuple(sorted(exact))
        wanted, own = plain_name(name), identity(name, "")
        return tuple(
            sorted(
                {
                    group
                    for (form, report_id), group in self._grouped.items()
                    if plain_name(form) == wanted or identity(form, report_id) == own
                }
            )
        )

    def people_named(self, name: str) -> tuple[str, ...]:
        """Names that persons are grouped under who have this form, in any case; empty when none has it."""
        wanted = fold(name)
        return tuple(
            full for full, facts in self.people.items() if any(fold(form) == wanted for form in _forms_of(facts))
        )

    def forms(self, name: str) -> tuple[str, ...]:
        """Every form of an organization's name in the ledger, the one it is grouped under first."""
        facts = self.organizations.get(self.key(name), ())
        return tuple(
            dict.fromkeys([self.key(name), *(form for fact in facts for form in (fact.name, *fact.other_names))])
        )

    def names_by_length(self) -> tuple[tuple[str, str], ...]:
        """(form, name it is grouped under) of every organization, the longest form first."""
        return self._by_length

    @cached_property
    def _by_length(self) -> tuple[tuple[str, str], ...]:
        pairs = {(form, self.key(form, report_id)) for form, report_id in self._grouped}
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))

    def is_us(self, name: str) -> bool:
        """Whether a name is of who wrote the records, as they were read; the empty name is always."""
        return not name or self.key(name) in self._own

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(name for name, facts in self.organizations.items() if any(fact.is_us for fact in facts))

    def _may_be_one(self, fact: Role, group: list[Role]) -> bool:
        """Whether a person of a name is the one of that name in a group: of one organization, or of none that is told;
        a name of one word, as a family name, is only its record's.
        """
        own = {self.key(other.body, other.citation.report_id) for other in group if other.body}
        mine = self.key(fact.body, fact.citation.report_id) if fact.body else ""
        if not any(same_words(fact.person, other.person) for other in group):
            return False
        is_same_record = any(fact.citation.report_id == other.citation.report_id for other in group)
        if not is_same_record and is_one_word(fact.person):
            return False
        return not own or not mine or mine in own or (self.is_us(mine) and any(map(self.is_us, own)))

    @cached_property
    def _grouped(self) -> dict[tuple[str, str], str]:
        """The name each (form, report) is grouped under; report "" for names that mean the same everywhere."""
        groups: dict[str, list[tuple[str, str]]] = {}
        joined: dict[str, str] = {}

        def root(key: str) -> str:
            while joined.get(key, key) != key:
                key = joined[key]
            return key

        def join(one: str, other: str) -> None:
            joined[root(one)] = root(other)

        places: dict[tuple[str, str], str] = {}
        titles: dict[str, str] = {}
        for fact in self.facts(Organization):
            report_id = fact.citation.report_id
            own = OURSELVES if fact.is_us else identity(fact.name, report_id)
            joined.setdefault(own, own)
            titles.setdefault(own, fact.citation.title)
            for form in (fact.name, *fact.other_names):
                # A short form is its record's: another one may mean another body by it.
                key = own if form == fact.name else f"{plain_name(form)}@{report_id}"
                joined.setdefault(key, key)
                join(key, own)
                places[(form, report_id)] = key
                if key == own and not own.endswith(report_id):
                    places.setdefault((form, ""), key)
        for pair in self._merges:
            keys = [{key for (form, _), key in places.items() if form == name} for name in pair]
            if all(len({root(key) for key in own}) == 1 for own in keys):
                join(keys[0].pop(), keys[1].pop())
        for (form, report_id), key in places.items():
            groups.setdefault(root(key), []).append((form, report_id))
        named: dict[str, str] = {}
        for key, forms in groups.items():
            name = max((form for form, _ in forms), key=_fullness)
            if name in named.values():  # of two bodies of one name the record tells which
                name = f"{name} ({next((titles[own] for own in titles if root(own) == key), key)})"
            named[key] = name
        return {place: named[root(key)] for place, key in places.items()}


def _forms_of(facts: Iterable[Role]) -> set[str]:
    """Every form of the names that facts on a person give."""
    return {form for fact in facts for form in (fact.person, *fact.other_names)}


def _fullness(form: str) -> tuple[bool, bool, tuple[bool, int, int]]:
    """What makes a form the one to show: no unseen signs, written as a name, words before acronyms, then length."""
    words = form.split()
    is_name = sum(not word[0].islower() for word in words) > len(words) / 2
    return visible(form) == form, is_name, fullness(form)
