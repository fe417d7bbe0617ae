"""Merges: names that a keeper declared to be of one organization or person, or of two; with who and when; undone."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from rapidfuzz import process
from rapidfuzz.fuzz import WRatio

from corpus import UsageError
from corpus.names import fold
from ingest.ledger.ledger import Ledger
from ingest.sqlite_file import opened

FILE = "merges.db"
"""Its name in the data folder: beside the generations, so that no new index forgets what a keeper declared."""
NEAREST = 3
"""Names told when one is not found: as many as can be read at a glance."""

MergeKind = Literal["organization", "person"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS merges (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL,
    made_at TEXT NOT NULL, undone_at TEXT NOT NULL DEFAULT '');
"""
_SINCE = ("said", "made_by", "undone_by")
"""Columns that files of earlier versions have not; empty there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two names declared to be of one, or not to be.

    Attributes:
        kind: Whether they are an organization's or a person's.
        one: A name as the records write it; `other` likewise.
        made_at: When it was declared, ISO 8601 in UTC.
        undone_at: When it was taken back, likewise; empty while it holds.
        is_one: Whether they are of one; else a proposal was refused.
        made_by: Who declared it, empty where nobody signs in; `undone_by` who took it back.
    """

    kind: MergeKind
    one: str
    other: str
    made_at: str
    undone_at: str = ""
    is_one: bool = True
    made_by: str = ""
    undone_by: str = ""


def read_merges(data: Path) -> tuple[Merge, ...]:
    """The merges of a data folder that hold, the oldest first; empty where none was ever made. Writes nothing.

    Raises:
        IndexUnusable: The file is damaged.
    """
    return tuple(merge for merge in merge_history(data) if merge.is_one and not merge.undone_at)


def is_refused(data: Path) -> Callable[[str, str], bool]:
    """Whether two names, in any order and case, were declared to be of two. Errors as `read_merges`."""
    held = [merge for merge in merge_history(data) if not merge.is_one and not merge.undone_at]
    apart = {frozenset((fold(merge.one), fold(merge.other))) for merge in held}
    return lambda one, other: frozenset((fold(one), fold(other))) in apart


def merged_pairs(data: Path) -> tuple[tuple[str, str], ...]:
    """The names of `read_merges` as `Ledger` takes them. Errors as there."""
    return tuple((merge.one, merge.other) for merge in read_merges(data))


def merge_history(data: Path) -> tuple[Merge, ...]:
    """All ever declared of names in a data folder, undone too, the oldest first. Errors as `read_merges`."""
    path = data / FILE
    if not path.is_file():
        return ()
    with opened(path, mode="ro", holds="merges") as database:
        database.row_factory = sqlite3.Row
        rows = [dict(row) for row in database.execute("SELECT * FROM merges ORDER BY number")]
    return tuple(
        Merge(
            kind=row["kind"], one=row["one"], other=row["other"], made_at=row["made_at"], undone_at=row["undone_at"],
            is_one=row.get("said") != "two", made_by=row.get("made_by", ""), undone_by=row.get("undone_by", ""),
        )
        for row in rows
    )  # fmt: skip


def merge_names(data: Path, ledger: Ledger, one: str, other: str, *, by: str = "") -> Merge:
    """Declare two names to be of one organization or person, and remember it.

    Args:
        data: The data folder.
        ledger: The ledger as it is now, with the merges that hold.
        one: A name of an organization or person, in any form the records have; `other` likewise.
        by: Who says so.

    Raises:
        UsageError: A name is in no record (the nearest are told) or is of several, one is an organization's and the
            other a person's, or they are one already.
        IndexUnusable: The file is damaged.
    """
    first_kind, first = find_name(ledger, one)
    second_kind, second = find_name(ledger, other)
    if first_kind != second_kind:
        raise UsageError(
            f"“{one}” is the name of {_a(first_kind)}, “{other}” of {_a(second_kind)}. Name two of the same sort."
        )
    if first == second:
        raise UsageError(f"“{one}” and “{other}” are one already: {first}. There is nothing to merge.")
    return _declare(data, Merge(kind=first_kind, one=first, other=second, made_at=_now(), made_by=by))


def refuse_names(data: Path, ledger: Ledger, one: str, other: str, *, by: str = "") -> Merge:
    """Declare two names to be of two, so that they are not proposed again. Arguments and errors as `merge_names`."""
    kind, first = find_name(ledger, one)
    _, second = find_name(ledger, other)
    if first == second:
        raise UsageError(f"“{one}” and “{other}” are one already: {first}. Take that back first.")
    return _declare(data, Merge(kind=kind, one=first, other=second, made_at=_now(), is_one=False, made_by=by))


def _declare(data: Path, made: Merge) -> Merge:
    with _writing(data) as database:
        database.execute(
            "INSERT INTO merges (kind, one, other, made_at, said, made_by) VALUES (?, ?, ?, ?, ?, ?)",
            (made.kind, made.one, made.other, made.made_at, "one" if made.is_one else "two", made.made_by),
        )
    return made


@contextmanager
def _writing(data: Path) -> Iterator[sqlite3.Connection]:
    """The file in one transaction, with the columns of this version."""
    with opened(data / FILE, mode="rwc", holds="merges") as database, database:
        database.executescript(_SCHEMA)
        known = {row[1] for row in database.execute("PRAGMA table_info(merges)")}
        for column in _SINCE:
            if column not in known:
                database.execute(f"ALTER TABLE merges ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
        yield database


def unmerge_names(data: Path, one: str, other: str, *, by: str = "") -> Merge:
    """Take back what was declared of two names, given in any order and case: that they are of one, or of two.

    Raises:
        UsageError: There is no such merge; names those there are.
        IndexUnusable: The file is damaged.
    """
    held = [merge for merge in merge_history(data) if not merge.undone_at]
    wanted = {fold(one), fold(other)}
    found = next((merge for merge in held if {fold(merge.one), fold(merge.other)} == wanted), None)
    if found is None:
        there = "; ".join(f"“{merge.one}” “{merge.other}”" for merge in held) or "none"
        raise UsageError(f"“{one}” and “{other}” were not merged. Merges there are: {there}.")
    undone = replace(found, undone_at=_now(), undone_by=by)
    with _writing(data) as database:
        database.execute(
            "UPDATE merges SET undone_at = ?, undone_by = ? WHERE one = ? AND other = ? AND undone_at = ''",
            (undone.undone_at, by, found.one, found.other),
        )
    return undone


def find_name(ledger: Ledger, name: str) -> tuple[MergeKind, str]:
    """Of what kind a name is and what it is grouped under; an organization's before a person's.

    Raises:
        UsageError: The records do not have it (the nearest names are told), or several share it.
    """
    for kind, found in (
        ("organization", ledger.organizations_named(name)),
        ("person", ledger.people_named(name)),
    ):
        if found:
            return ("organization" if kind == "organization" else "person"), _only(name, found)
    raise _unknown(name, (*_organization_forms(ledger), *ledger.people))


def find_organization(ledger: Ledger, name: str) -> str:
    """The name an organization is grouped under. Errors as `find_name`."""
    found = ledger.organizations_named(name)
    if not found:
        raise _unknown(name, _organization_forms(ledger))
    return _only(name, found)


def _only(name: str, found: tuple[str, ...]) -> str:
    if len(found) > 1:
        raise UsageError(f"“{name}” is the name of several: {'; '.join(found)}. Give one of these names.")
    return found[0]


def _unknown(name: str, names: tuple[str, ...]) -> UsageError:
    found = process.extract(name, names, scorer=WRatio, processor=lambda text: fold(text).strip(), limit=NEAREST)
    nearest = "; ".join(dict.fromkeys(one for one, _, _ in found))
    cure = f"The nearest names: {nearest}." if nearest else "The index holds no names yet. Run: rapporteur index FOLDER"
    return UsageError(f"“{name}” is in no record. {cure}")


def _organization_forms(ledger: Ledger) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form, _ in ledger.names_by_length()))


def _a(kind: MergeKind) -> str:
    return "an organization" if kind == "organization" else "a person"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
