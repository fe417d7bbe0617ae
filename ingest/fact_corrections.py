"""A keeper's word on single facts: struck, edited or added, by whom and when.

It lies beside the generations by a record's path, and holds while its quote stands in the record, whatever else of the
file changes; where the quote is gone it rests, and `resting` tells so.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from corpus import Report, UsageError, event_dates
from corpus.citation import locate
from ingest.ledger.fact import (
    AGREEMENT_STATES,
    DEGREES,
    FACTS,
    KINDS,
    PROMISE_STATES,
    Contact,
    Fact,
    Organization,
    Role,
    Theme,
    fact_from_dict,
)
from ingest.ledger.naming import plain_name
from ingest.sqlite_file import opened

FILE = "facts.db"
BY_KEEPER = "keeper"
"""Extractor of a fact that a keeper added."""
Deed = Literal["strike", "edit", "add"]


SETTABLE: Mapping[str, tuple[str, ...]] = {
    "contact": ("partner", "degree", "direction", "date", "place", "people"),
    "agreement": ("form", "state", "sides", "wanted_by", "date"),
    "promise": ("by", "what", "to", "date", "state"),
    "theme": ("key", "partner"),
    "person": ("person", "role", "body"),
    "organization": ("name", "other_names", "country"),
}
"""What a keeper may say of each kind of fact, in the order of a form."""
SEVERAL = ("people", "sides", "to", "other_names")
"""Those of several names."""
NEEDED: Mapping[str, tuple[str, ...]] = {
    "contact": ("partner", "degree"), "agreement": ("sides", "form", "state"), "promise": ("what",), "theme": ("key",),
    "person": ("person",), "organization": ("name",),
}  # fmt: skip
"""What may not be empty."""
_CHOSEN = {
    "agreement": ("state", AGREEMENT_STATES), "contact": ("degree", DEGREES), "promise": ("state", PROMISE_STATES),
}  # fmt: skip

_SCHEMA = """
CREATE TABLE IF NOT EXISTS said (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL, deed TEXT NOT NULL, key TEXT NOT NULL, fact TEXT NOT NULL,
    said_by TEXT NOT NULL, made_at TEXT NOT NULL, undone_at TEXT NOT NULL DEFAULT '');
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a keeper said of a fact: that it is not so (``strike``), so in other words (``edit``), or so (``add``).

    Attributes:
        key: `fact_key` of the fact it was said of; of an added one its own.
        fact: The fact as it is said to be, with its quote; its offsets are those it had then.
        by: Who said so, empty where nobody signs in; `made_at` when, ISO 8601 in UTC.
    """

    deed: Deed
    key: str
    fact: Fact
    by: str
    made_at: str


SaidByPath = Mapping[str, tuple[Said, ...]]


def fact_key(fact: Fact) -> str:
    """What tells a fact from the others of its record: sixteen hexadecimal digits over whom and what it is about and
    its quote.

    Where the quote stands, who "we" are, and a corrected title or date of the record leave the key as it is.
    """
    about, sort, state = _told_by_key(fact)
    said = (fact.kind, plain_name(about), sort, state, fact.citation.quote)
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


def is_by_keeper(fact: Fact) -> bool:
    """Whether a fact stands as a keeper edited or added it; its quote tells where, not that it is so."""
    return fact.extractor == BY_KEEPER


def _told_by_key(fact: Fact) -> tuple[str, str, str]:
    """What a fact is about, of what sort, and how far: what its key is made of."""
    about = fact.summary if isinstance(fact, Organization | Role | Contact) else ""
    about = fact.key if isinstance(fact, Theme) else about
    sorts = {"organization": "country", "person": "role", "agreement": "form"}
    return about, getattr(fact, sorts.get(fact.kind, ""), ""), fact.reached


def read_said(data: Path) -> dict[str, tuple[Said, ...]]:
    """All that keepers said of facts and did not take back, by path, the oldest first; writes nothing.

    Raises:
        IndexUnusable: The file is damaged.
    """
    if not (data / FILE).is_file():
        return {}
    with opened(data / FILE, mode="ro", holds="corrected facts") as database:
        rows = database.execute(
            "SELECT path, deed, key, fact, said_by, made_at FROM said WHERE undone_at = '' ORDER BY number"
        ).fetchall()
    found: dict[str, list[Said]] = {}
    for path, deed, key, fact, by, made_at in rows:
        found.setdefault(path, []).append(
            Said(deed=deed, key=key, fact=fact_from_dict(json.loads(fact)), by=by, made_at=made_at)
        )
    return {path: tuple(own) for path, own in found.items()}


def strike_fact(data: Path, fact: Fact, *, by: str = "") -> None:
    """Say that a fact is not so: from the next run on the ledger leaves it out. Errors as `read_said`."""
    _say(data, "strike", fact_key(fact), fact, by)


def add_fact(
    data: Path, report: Report, kind: str, quote: str, fields: Mapping[str, Any], *, by: str = "", near: int = 0
) -> Fact:
    """Say that a record tells a fact: from the next run on the ledger has it. Returns it as it will stand there.

    Args:
        kind: One of `KINDS`; `quote` the sentence that tells it, expected near an offset.
        fields: What it says, by the names of `SETTABLE`; those of `SEVERAL` as tuples. Of a contact ``side`` is
            ours; of a body ``is_us`` tells that it is the office.

    Raises:
        UsageError: The quote does not stand in the record, or the kind, a field or its value is none there is.
        IndexUnusable: The file is damaged.
    """
    fact = _told(report, kind, quote, fields, near)
    _say(data, "add", fact_key(fact), fact, by)
    return fact


def edit_fact(data: Path, report: Report, fact: Fact, fields: Mapping[str, Any], *, by: str = "") -> Fact:
    """Say that a fact of a report is so with other values of some fields; its quote stays. Else as `add_fact`.

    A date is read as the record's own are; with other parties of an agreement its terms go, which tell who signed for
    whom.
    """
    _check(fact.kind, fields)
    given = {name: value for name, value in fields.items() if value != getattr(fact, name)}
    if "date" in given and "start" not in given:
        given["start"] = next((one.start for one in event_dates(given["date"], report.language)), "")
    if "sides" in given:
        given["terms"] = ()
    told = replace(fact, **given, extractor=BY_KEEPER, checks=("located",), chances=())
    _say(data, "edit", fact_key(fact), told, by)
    return told


def unsay_fact(data: Path, path: str, key: str) -> bool:
    """Take back what was last said of the fact with a key; whether there was something. Errors as `read_said`."""
    if not (data / FILE).is_file():
        return False
    with opened(data / FILE, mode="rw", holds="corrected facts") as database, database:
        done = database.execute(
            "UPDATE said SET undone_at = ? WHERE number = (SELECT MAX(number) FROM said "
            "WHERE path = ? AND key = ? AND undone_at = '')",
            (_now(), path, key),
        )
        return done.rowcount > 0


def as_said(report: Report, facts: Sequence[Fact], said: Sequence[Said]) -> tuple[Fact, ...]:
    """The facts of a report that nothing was said of, then those last said to be so whose quote stands."""
    gone, so = _replayed(said)
    kept = [fact for fact in facts if fact_key(fact) not in gone]
    placed = (_placed(report, fact) for fact in so.values())
    return (*kept, *(fact for fact in dict.fromkeys(placed) if fact))


def struck(said: Sequence[Said]) -> frozenset[str]:
    """Keys of the facts that were last said not to be so."""
    gone, so = _replayed(said)
    return frozenset(gone - set(so))


def _replayed(said: Sequence[Said]) -> tuple[set[str], dict[str, Fact]]:
    """Keys of all facts something was said of, and by key those that were last said to be so."""
    gone: set[str] = set()
    so: dict[str, Fact] = {}
    for one in said:
        so.pop(one.key, None)
        gone.add(one.key)
        if one.deed != "strike":
            so[fact_key(one.fact)] = one.fact
            gone.add(fact_key(one.fact))
    return gone, so


def resting(reports: Sequence[Report], said: SaidByPath) -> tuple[Said, ...]:
    """What was said of facts whose quote stands in its record no more, or whose record is gone."""
    texts = {report.path: report.text for report in reports}
    return tuple(one for path, own in said.items() for one in own if one.fact.citation.quote not in texts.get(path, ""))


def digest_of(said: Sequence[Said]) -> str:
    """Sixteen hexadecimal digits that differ when anything said differs; empty for nothing said."""
    if not said:
        return ""
    told = json.dumps([(one.deed, one.key, one.fact.to_dict()) for one in said], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def forget_said(data: Path, paths: Sequence[str]) -> None:
    """Remove what was ever said of facts of all records but those of these paths, and what SQLite left of it."""
    if not (data / FILE).is_file():
        return
    with opened(data / FILE, mode="rw", holds="corrected facts") as database:
        with database:
            gone = {path for (path,) in database.execute("SELECT DISTINCT path FROM said")} - set(paths)
            database.executemany("DELETE FROM said WHERE path = ?", [(path,) for path in gone])
        if gone:
            database.execute("VACUUM")


def _told(report: Report, kind: str, quote: str, fields: Mapping[str, Any], near: int) -> Fact:
    """A fact as a keeper tells it. Errors as `add_fact`."""
    if kind not in KINDS:
        raise UsageError(f"“{kind}” is no kind of fact. Give one of: {', '.join(KINDS)}.")
    _check(kind, fields)
    if missing := [name for name in NEEDED[kind] if not fields.get(name)]:
        raise UsageError(f"A fact of the kind “{kind}” needs {', '.join(missing)}.")
    citation = locate(report, quote, near=near)
    if citation is None:
        raise UsageError(f"{report.path}: “{quote[:80]}” does not stand there. Copy a whole sentence of it.")
    return FACTS[kind](**fields, citation=citation, extractor=BY_KEEPER, checks=("located",))


def _check(kind: str, fields: Mapping[str, Any]) -> None:
    """Raises `UsageError` for a field that a kind does not have, and a value that it cannot take."""
    if odd := sorted(fields.keys() - {*SETTABLE[kind], "side", "start", "is_us"}):
        raise UsageError(f"{odd[0]}: a fact of the kind “{kind}” has {', '.join(SETTABLE[kind])}.")
    name, known = _CHOSEN.get(kind, ("", ()))
    if name in fields and fields[name] not in known:
        raise UsageError(f"“{fields[name]}” is no {name} of this kind. Give one of: {', '.join(known)}.")
    if any(not fields[name] for name in NEEDED[kind] if name in fields):
        raise UsageError("Say whom or what it is about. Nothing was changed.")


def _say(data: Path, deed: Deed, key: str, fact: Fact, by: str) -> None:
    told = json.dumps(fact.to_dict(), ensure_ascii=False)
    with opened(data / FILE, mode="rwc", holds="corrected facts") as database, database:
        database.executescript(_SCHEMA)
        database.execute(
            "INSERT INTO said (path, deed, key, fact, said_by, made_at) VALUES (?, ?, ?, ?, ?, ?)",
            (fact.citation.file, deed, key, told, by, _now()),
        )


def _placed(report: Report, fact: Fact) -> Fact | None:
    """A fact with its quote where it stands in a report now; None where it does not."""
    citation = locate(report, fact.citation.quote, near=fact.citation.start)
    if citation is None:
        return None
    return replace(fact, citation=citation, extractor=BY_KEEPER, checks=("located",))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
