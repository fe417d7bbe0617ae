"""The ledger: all facts of an index under one name for each organization and person, to be listed and filtered."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache

from corpus.lexicon import read_lexicon
from corpus.names import fold, is_body, known_keys
from corpus.same_person import same_person
from corpus.sounds import sound
from ingest.ledger.fact import Fact, Kind
from ingest.ledger.reading import country_of, covers, fullness, is_us, plain_name, stemmed

_HAN = re.compile(r"[\u3400-\u9fff]")


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

    def facts(self, kind: Kind) -> tuple[Fact, ...]:
        """The facts of one kind, by the path of their report."""
        return tuple(fact for fact in self._facts if fact.kind == kind)

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
    def organizations(self) -> dict[str, tuple[Fact, ...]]:
        """Facts on organizations by the name they are grouped under, in order of first appearance."""
        found: dict[str, list[Fact]] = {}
        for fact in self.facts("organization"):
            found.setdefault(self.key(fact.subject, fact.citation.report_id), []).append(fact)
        return {name: tuple(facts) for name, facts in found.items()}

    @cached_property
    def people(self) -> dict[str, tuple[Fact, ...]]:
        """Facts on persons by their fullest name; persons of one name with different organizations stay apart."""
        groups: list[list[Fact]] = []
        near: dict[frozenset[str], dict[int, None]] = {}
        for fact in self.facts("person"):
            own = _first_sounds(fact.subject)
            likely = {at for heard, places in near.items() if _may_fit(own, heard) for at in places}
            at = next((at for at in sorted(likely) if self._is_same_person(fact, groups[at])), len(groups))
            if at == len(groups):
                groups.append([])
            groups[at].append(fact)
            near.setdefault(own, {})[at] = None
        for pair in self._merges:
            same = [group for group in groups if not _forms_of(group).isdisjoint(pair)]
            if set(pair) <= set().union(*map(_forms_of, same)):
                groups = [group for group in groups if group not in same] + [[fact for group in same for fact in group]]
        named: dict[str, tuple[Fact, ...]] = {}
        for group in groups:
            name = max((fact.subject for fact in group), key=len)
            if name in named:  # somebody else of that name: the organization tells them apart
                name = f"{name} ({next((fact.object for fact in group if fact.object), len(named))})"
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
            dict.fromkeys([self.key(name), *(form for fact in facts for form in (fact.subject, *fact.others))])
        )

    def names_by_length(self) -> tuple[tuple[str, str], ...]:
        """(form, name it is grouped under) of every organization, the longest form first."""
        return self._by_length

    @cached_property
    def _by_length(self) -> tuple[tuple[str, str], ...]:
        pairs = {(form, self.key(form, report_id)) for form, report_id in self._grouped}
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))

    def is_us(self, name: str) -> bool:
        """Whether an organization is one of our own (`corpus/lexicon/us.toml`)."""
        return is_us(name) or self.key(name) in self._own

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(name for name in self.organizations if any(map(is_us, self.forms(name))))

    def _is_same_person(self, fact: Fact, group: list[Fact]) -> bool:
        if not any(_alike(fact.subject, name) for name in {other.subject for other in group}):
            return False
        own = {self.key(other.object, other.citation.report_id) for other in group if other.object}
        mine = self.key(fact.object, fact.citation.report_id) if fact.object else ""
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
        for fact in self.facts("organization"):
            own = identity(fact.subject, fact.citation.report_id)
            joined.setdefault(own, own)
            for form in (fact.subject, *fact.others):
                key = identity(form, fact.citation.report_id)
                joined.setdefault(key, key)
                join(key, own)
                places[(form, fact.citation.report_id)] = key
                if not key.endswith(fact.citation.report_id):
                    places.setdefault((form, ""), key)
        for pair in self._merges:
            keys = [{key for (form, _), key in places.items() if form == name} for name in pair]
            if all(len({root(key) for key in own}) == 1 for own in keys):
                join(keys[0].pop(), keys[1].pop())
        for (form, report_id), key in places.items():
            groups.setdefault(root(key), []).append((form, report_id))
        named = {key: max((form for form, _ in forms), key=_fullness) for key, forms in groups.items()}
        return {place: named[root(key)] for place, key in places.items()}


_alike = lru_cache(maxsize=65536)(same_person)


@lru_cache(maxsize=65536)
def _first_sounds(name: str) -> frozenset[str]:
    """First sounds of the parts of a name, r and j as one; empty for a Chinese name, which may fit any other.

    Names in letters are of one person only where each part of the shorter sounds like one of the longer
    (`corpus.same_person`), and no two parts do whose first sounds differ: most names need not be compared.
    """
    heard = [sound(part)[:1] for part in re.split(r"[\s.·-]+", name) if len(part) > 1]
    return (
        frozenset() if _HAN.search(name) or not all(heard) else frozenset("r" if one == "j" else one for one in heard)
    )


def _may_fit(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _forms_of(facts: Iterable[Fact]) -> set[str]:
    """Every form of the names that facts on a person give."""
    return {form for fact in facts for form in (fact.subject, *fact.others)}


def identity(name: str, report_id: str) -> str:
    """What all forms of one name share: a known thing's key, else its plain words with their country.

    A name of common words without a country is only its report's: ``ministry education@REPORT``.
    """
    plain = plain_name(name)
    if plain in _common_words() or all(word in _common_words() for word in plain.split()):
        return f"{plain}@{country_of(name) or report_id}"
    return next((f"known:{key}" for key in sorted(known_keys(name)) if is_body(key) and covers(name, key)), plain)


@cache
def _common_words() -> frozenset[str]:
    return frozenset(map(stemmed, read_lexicon("organizations")["common_words"]["all"]))


def _fullness(form: str) -> tuple[bool, bool, tuple[int, int]]:
    """What makes a form the one to show: written as a name, words before acronyms, then length."""
    words = form.split()
    is_name = sum(not word[0].islower() for word in words) > len(words) / 2
    return (is_name, len(words) > 1 or not form.isupper(), fullness(form))
