"""Names declared to be one: for organizations and people, with undo, and never without a keeper's word."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import IndexUnusable, UsageError
from ingest.ledger.fact import Fact, Organization, Role
from ingest.ledger.ledger import Ledger
from ingest.ledger.merges import (
    FILE,
    find_name,
    find_organization,
    is_refused,
    merge_history,
    merge_names,
    merged_pairs,
    read_merges,
    refuse_names,
    unmerge_names,
)
from ingest.ledger.proposals import proposals
from tests.ingest import partners


@pytest.fixture(scope="module")
def facts() -> list[Fact]:
    return partners.facts()


@pytest.fixture
def ledger(facts: list[Fact]) -> Ledger:
    return Ledger(facts)


def test_two_names_of_an_organization_become_one_and_two_again(
    facts: list[Fact], ledger: Ledger, tmp_path: Path
) -> None:
    assert not ledger.same("University of Gondar", "Gondar University")
    merge_names(tmp_path, ledger, "University of Gondar", "Gondar University")
    merged = Ledger(facts, merged_pairs(tmp_path))
    assert merged.same("University of Gondar", "Gondar University")
    assert len(merged.organizations) == len(ledger.organizations) - 1
    unmerge_names(tmp_path, "gondar university", "University of Gondar")
    assert not Ledger(facts, merged_pairs(tmp_path)).same("University of Gondar", "Gondar University")


def test_two_names_of_a_person_become_one_and_two_again(facts: list[Fact], ledger: Ledger, tmp_path: Path) -> None:
    assert {"Elena Petrova", "Елена Петрова"} <= set(ledger.people)
    merge_names(tmp_path, ledger, "Elena Petrova", "Елена Петрова")
    merged = Ledger(facts, merged_pairs(tmp_path))
    assert len(merged.people) == len(ledger.people) - 1
    assert merged.people_named("Elena Petrova") == merged.people_named("Елена Петрова")
    unmerge_names(tmp_path, "Elena Petrova", "Елена Петрова")
    assert Ledger(facts, merged_pairs(tmp_path)).people == ledger.people


def test_no_fact_is_lost_by_a_merge(facts: list[Fact]) -> None:
    merged = Ledger(facts, [("Elena Petrova", "Елена Петрова"), ("University of Gondar", "Gondar University")])
    assert sorted(fact.person for group in merged.people.values() for fact in group) == sorted(
        fact.person for fact in facts if isinstance(fact, Role)
    )


def test_merges_are_kept_with_their_time_and_undone_ones_stay_in_the_history(ledger: Ledger, tmp_path: Path) -> None:
    made = merge_names(tmp_path, ledger, "University of Gondar", "Gondar University")
    assert read_merges(tmp_path) == (made,)
    unmerge_names(tmp_path, made.one, made.other)
    assert read_merges(tmp_path) == ()
    (past,) = merge_history(tmp_path)
    assert past.made_at == made.made_at and past.undone_at >= past.made_at


def test_reading_merges_writes_nothing(tmp_path: Path) -> None:
    assert read_merges(tmp_path) == ()
    assert not (tmp_path / FILE).exists()


def test_a_name_no_record_has_is_refused_with_the_nearest_ones(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Tampre University.*Tampere University"):
        merge_names(tmp_path, ledger, "Tampre University", "Gondar University")
    assert not (tmp_path / FILE).exists()


def test_a_person_and_an_organization_are_never_one(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a person"):
        merge_names(tmp_path, ledger, "Tampere University", "Anna Virtanen")


def test_names_that_are_one_already_are_refused(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="one already"):
        merge_names(tmp_path, ledger, "TEC", "UNESCO Teacher Education Centre")


def test_a_merge_that_was_not_made_cannot_be_undone_and_the_made_ones_are_named(ledger: Ledger, tmp_path: Path) -> None:
    merge_names(tmp_path, ledger, "University of Gondar", "Gondar University")
    with pytest.raises(UsageError, match=r"were not merged.*“University of Gondar” “Gondar University”"):
        unmerge_names(tmp_path, "Tampere University", "Gondar University")


def test_a_damaged_file_is_named_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database " * 100)
    with pytest.raises(IndexUnusable, match=f"{FILE}.*Move this file away"):
        read_merges(tmp_path)


def test_names_are_found_in_any_case_and_by_their_acronym(ledger: Ledger) -> None:
    assert find_organization(ledger, "tampere university") == "Tampere University"
    assert find_name(ledger, "TEC") == ("organization", "UNESCO Teacher Education Centre")
    assert find_name(ledger, "anna virtanen") == ("person", "Anna Virtanen")


def test_what_may_be_one_is_proposed_and_nothing_is_merged(ledger: Ledger) -> None:
    pairs = {(one.kind, frozenset({one.one, one.other})) for one in proposals(ledger)}
    assert ("organization", frozenset({"University of Gondar", "Gondar University"})) in pairs
    assert ("person", frozenset({"Elena Petrova", "Елена Петрова"})) in pairs
    assert not any({"Tampere University", "Gondar University"} == names for _, names in pairs)
    assert not ledger.same("University of Gondar", "Gondar University")


@pytest.mark.parametrize(
    ("one", "other", "is_proposed"),
    [
        ("University of Tarnholm", "Tarnholm University", True),
        ("Harbour Academy of Velmar", "Velmar Harbour Academy of Pilots", True),
        ("University of Malta", "Malta Medical University", False),
        ("Malta", "Government of Malta", False),
        ("NATO Bureau", "Dutch Delegation to NATO", False),
        ("Brandt公司", "Lindqvist公司", False),
    ],
)
def test_a_place_alone_or_one_word_of_many_proposes_nothing(
    facts: list[Fact], one: str, other: str, is_proposed: bool
) -> None:
    body = next(fact for fact in facts if isinstance(fact, Organization))
    told = [replace(body, name=name, other_names=(), country="", is_us=False) for name in (one, other)]
    assert bool(proposals(Ledger(told))) is is_proposed


def test_what_has_been_merged_is_proposed_no_more(facts: list[Fact]) -> None:
    merged = Ledger(facts, [("University of Gondar", "Gondar University"), ("Elena Petrova", "Елена Петрова")])
    assert not {one.kind for one in proposals(merged) if "Gondar" in one.one or "Petrova" in one.one}


def test_a_merge_of_names_no_record_has_any_more_changes_nothing(facts: list[Fact], ledger: Ledger) -> None:
    assert Ledger(facts, [("Gone University", "Tampere University")]).organizations == ledger.organizations


def test_a_refused_pair_is_known_in_any_order_until_taken_back(ledger: Ledger, tmp_path: Path) -> None:
    made = refuse_names(tmp_path, ledger, "University of Gondar", "Gondar University", by="Anna")
    assert is_refused(tmp_path)("gondar university", "University of Gondar")
    assert merged_pairs(tmp_path) == () and made.made_by == "Anna"
    undone = unmerge_names(tmp_path, made.one, made.other, by="Bo")
    assert (undone.is_one, undone.undone_by) == (False, "Bo") and merge_history(tmp_path) == (undone,)
    assert not is_refused(tmp_path)(made.one, made.other)


def test_merges_of_an_earlier_version_are_read_and_added_to(ledger: Ledger, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute(
            "CREATE TABLE merges (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, one TEXT NOT NULL, "
            "other TEXT NOT NULL, made_at TEXT NOT NULL, undone_at TEXT NOT NULL DEFAULT '')"
        )
        database.execute("INSERT INTO merges (kind, one, other, made_at) VALUES ('person', 'A', 'B', '2025')")
    database.close()
    assert merged_pairs(tmp_path) == (("A", "B"),)
    merge_names(tmp_path, ledger, "University of Gondar", "Gondar University", by="Anna")
    assert [merge.made_by for merge in read_merges(tmp_path)] == ["", "Anna"]
