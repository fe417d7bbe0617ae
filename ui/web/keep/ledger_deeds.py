"""What keepers do to the ledger: facts struck, edited, added; names made one or kept apart; all of it taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import Report, UsageError
from ingest import (
    SETTABLE,
    SEVERAL,
    Fact,
    Merge,
    Proposal,
    Said,
    add_fact,
    as_said,
    edit_fact,
    fact_key,
    is_refused,
    merge_history,
    merge_names,
    proposals,
    read_said,
    refuse_names,
    strike_fact,
    unmerge_names,
    unsay_fact,
)
from ui.web.desk import Desk, Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A fact as it stands after the next build, with what a keeper last said of it; None for nothing."""

    fact: Fact
    said: Said | None = None


class LedgerDeeds:
    """Deeds on facts and names of the index in use; errors as `Keeping`. Each returns what it was done on."""

    def __init__(self, data: Path, desk: Desk) -> None:
        self._data = data
        self._desk = desk

    def facts(self, shelf: Shelf, report: Report) -> tuple[tuple[Standing, ...], tuple[Said, ...]]:
        """The facts of a report as they will stand, and what was struck of it, the newest last."""
        said = read_said(self._data).get(report.path, ())
        last = {fact_key(one.fact): one for one in said if one.deed != "strike"}
        standing = as_said(report, shelf.ledger.of_report(report.id), said)
        keys = set(map(fact_key, standing))
        struck = {one.key: one for one in said if one.deed == "strike" and one.key not in keys}
        told = tuple(Standing(fact=fact, said=last.get(fact_key(fact))) for fact in standing)
        return told, tuple(struck.values())

    def said(self) -> tuple[Said, ...]:
        """All that was said of facts and holds, the newest first."""
        found = [one for own in read_said(self._data).values() for one in own]
        return tuple(sorted(found, key=lambda one: one.made_at, reverse=True))

    def proposed(self, shelf: Shelf) -> tuple[Proposal, ...]:
        """Pairs of names that may be one and of which nothing was said yet."""
        refused = is_refused(self._data)
        return tuple(one for one in proposals(shelf.ledger) if not refused(one.one, one.other))

    def declared(self) -> tuple[Merge, ...]:
        """All that was ever declared of names, the newest first."""
        return tuple(reversed(merge_history(self._data)))

    def strike(self, report_id: str, key: str, by: str) -> str:
        """Say that a fact is not so."""
        report, fact = self._find(report_id, key)
        strike_fact(self._data, fact, by=by)
        return f"{report.path}: {fact.summary}"

    def edit(self, report_id: str, key: str, fields: Mapping[str, str], by: str) -> str:
        """Say that a fact is so with other values."""
        report, fact = self._find(report_id, key)
        edit_fact(self._data, report, fact, given(fact.kind, fields), by=by)
        return f"{report.path}: {fact.summary}"

    def add(self, report_id: str, kind: str, at: str, fields: Mapping[str, str], by: str, us: str = "") -> str:
        """Say that a sentence, by its offsets "a-b", tells a fact; `us` is the side whose record it is."""
        report = self._report(self._shelf(), report_id)
        start, end = span(at, report)
        told = given(kind, fields)
        told |= {"side": us} if kind == "contact" else {}
        fact = add_fact(self._data, report, kind, report.text[start:end], told, by=by, near=start)
        return f"{report.path}: {fact.summary}"

    def unsay(self, path: str, key: str) -> str:
        """Take back what was last said of a fact."""
        if not unsay_fact(self._data, path, key):
            raise UsageError("This was taken back in the meantime. Look again.")
        return path

    def merge(self, one: str, other: str, by: str) -> str:
        """Declare two names to be of one."""
        return self._name(lambda shelf: merge_names(self._data, shelf.ledger, one, other, by=by))

    def refuse(self, one: str, other: str, by: str) -> str:
        """Declare them to be of two."""
        return self._name(lambda shelf: refuse_names(self._data, shelf.ledger, one, other, by=by))

    def unmerge(self, one: str, other: str, by: str) -> str:
        """Take back either."""
        return self._name(lambda shelf: unmerge_names(self._data, one, other, by=by))

    def _name(self, declare: Callable[[Shelf], Merge]) -> str:
        made = declare(self._shelf())
        self._desk.reopen()
        return f"{made.one} – {made.other}"

    def _find(self, report_id: str, key: str) -> tuple[Report, Fact]:
        shelf = self._shelf()
        report = self._report(shelf, report_id)
        standing, _ = self.facts(shelf, report)
        found = next((one.fact for one in standing if fact_key(one.fact) == key), None)
        if found is None:
            raise UsageError("This fact is not told any more. Look at the report again.")
        return report, found

    def _report(self, shelf: Shelf, report_id: str) -> Report:
        found = next((one for one in shelf.reports if one.id == report_id), None)
        if found is None:
            raise UsageError("This report is not in the index any more. Look at the list of reports.")
        return found

    def _shelf(self) -> Shelf:
        shelf = self._desk.shelf()
        if shelf is None:
            raise UsageError("There is no index yet. Build one first.")
        return shelf


def given(kind: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """Of a form the fields that a kind of fact has, blanks made single ones; several names stand parted by ";"."""
    told: dict[str, Any] = {name: " ".join(fields[name].split()) for name in SETTABLE.get(kind, ()) if name in fields}
    for name in told.keys() & set(SEVERAL):
        told[name] = tuple(filter(None, (part.strip() for part in told[name].split(";"))))
    return told


def span(at: str, report: Report) -> tuple[int, int]:
    """The offsets that "a-b" tells of a report.

    Raises:
        UsageError: It tells none.
    """
    left, _, right = at.partition("-")
    if all(part.isascii() and part.isdigit() and len(part) < 10 for part in (left, right)):
        start, end = int(left), int(right)
        if report.body <= start < end <= len(report.text):
            return start, end
    raise UsageError("Choose the sentence of the report that tells it.")
