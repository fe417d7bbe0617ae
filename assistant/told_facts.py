"""What the ledger has of a stretch of a report."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.intent import FactKind, fact_kind
from ingest import Fact


@dataclass(frozen=True, slots=True)
class ToldFacts:
    """The kinds of fact of a stretch, and the names of their parties; both empty where the ledger has none."""

    kinds: frozenset[FactKind]
    names: frozenset[str]


class FactsByPlace:
    """Facts by where their quotes stand, but for those that no question asks for by themselves."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._by_report: dict[str, list[tuple[FactKind, Fact]]] = defaultdict(list)
        for fact in facts:
            kind = fact_kind(fact.kind, fact.reached)
            if kind != "none":
                self._by_report[fact.citation.report_id].append((kind, fact))

    def told(self, report_id: str, start: int, end: int) -> ToldFacts:
        """What is told between two places of a report, code points."""
        there = [
            (kind, fact)
            for kind, fact in self._by_report.get(report_id, ())
            if fact.citation.start < end and start < fact.citation.end
        ]
        names = frozenset(name for _, fact in there for name in fact.parties)
        return ToldFacts(frozenset(kind for kind, _ in there), names)
