"""Which later fact keeps a promise, and which does not."""

from dataclasses import replace
from typing import Any

import pytest

from corpus.citation import locate
from ingest.ledger.fact import Fact
from ingest.ledger.promises import closed_by
from tests.ingest.records import record


def fact(kind: Any, subject: str, other: str, line: str, *, date: str = "2024-05-03", **fields: Any) -> Fact:
    citation = locate(record(line, date=date), line)
    assert citation
    return Fact(kind=kind, subject=subject, object=other, citation=citation, extractor="by hand", **fields)


def promise(subject: str, other: str, line: str, date: str = "2024-05-03") -> Fact:
    return fact("promise", subject, line, line, date=date, others=(other,), state="open")


LINE = "Lund University and TEC agreed that a framework agreement should be signed."


@pytest.fixture
def promised() -> Fact:
    return promise("Lund University", "TEC", LINE)


@pytest.fixture
def signed() -> Fact:
    return fact(
        "agreement", "TEC", "Lund University", "TEC and Lund University signed a framework agreement.",
        date="2025-01-20", form="framework agreement", state="signed", start="2025-01-20",
    )  # fmt: skip


def test_a_promised_agreement_is_closed_by_its_signature_between_the_same_parties(promised: Fact, signed: Fact) -> None:
    assert closed_by(promised, [signed]) == signed
    assert closed_by(promised, [replace(signed, start="2026"), signed]) == signed


@pytest.mark.parametrize(
    "change",
    [
        {"start": "2024-05-03"},
        {"start": "2024-01"},
        {"start": "2024"},
        {"start": "--06-01"},
        {"start": ""},
        {"state": "agreed"},
        {"form": "mou"},
        {"object": "Oslo University"},
        {"kind": "contact", "state": "visited"},
    ],
)
def test_a_promise_stays_open_while_nothing_later_tells_of_it_as_done(
    promised: Fact, signed: Fact, change: dict[str, str]
) -> None:
    assert closed_by(promised, [replace(signed, **change)]) is None  # type: ignore[arg-type]
    assert closed_by(promised, []) is None


def test_a_promise_of_an_undated_report_stays_open(signed: Fact) -> None:
    assert closed_by(promise("Lund University", "TEC", LINE, date="not stated"), [signed]) is None


def test_a_promised_visit_is_closed_by_that_visit_and_not_by_its_return() -> None:
    told = promise("Lund University", "TEC", "Lund University promised to visit TEC next year.")
    came = fact(
        "contact", "TEC", "Lund University", "A delegation of Lund University visited TEC.", date="2025-03-02",
        state="received", direction="came", start="2025-03-02",
    )  # fmt: skip
    assert closed_by(told, [came]) == came
    assert closed_by(told, [replace(came, state="visited", direction="went")]) is None


def test_a_persons_word_is_that_of_the_organization_a_fact_tells(signed: Fact) -> None:
    told = promise("Anna Berg", "TEC", "Anna Berg promised to sign a framework agreement with TEC.")
    home = replace(signed, kind="person", subject="Anna Berg", object="Lund University", form="rector", state="")
    assert closed_by(told, [signed]) is None
    assert closed_by(told, [home, signed]) == signed
