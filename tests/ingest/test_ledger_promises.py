"""Which later fact keeps a promise, and which does not."""

from dataclasses import replace
from typing import Any

import pytest

from corpus.citation import Citation, locate
from ingest.ledger.fact import Agreement, Contact, Promise, Role
from ingest.ledger.promises import closed_by
from tests.ingest.records import record


def cited(line: str, date: str) -> Citation:
    citation = locate(record(line, date=date), line)
    assert citation
    return citation


def promise(by: str, to: str, line: str, date: str = "2024-05-03") -> Promise:
    return Promise(by=by, to=(to,), what=line, citation=cited(line, date), extractor="by hand")


LINE = "Lund University and TEC agreed that a framework agreement should be signed."


@pytest.fixture
def promised() -> Promise:
    return promise("Lund University", "TEC", LINE)


@pytest.fixture
def signed() -> Agreement:
    line = "TEC and Lund University signed a framework agreement."
    return Agreement(
        sides=("TEC", "Lund University"), form="framework agreement", state="signed", start="2025-01-20",
        citation=cited(line, "2025-01-20"), extractor="by hand",
    )  # fmt: skip


def test_a_promised_agreement_is_closed_by_its_signature_between_the_same_parties(
    promised: Promise, signed: Agreement
) -> None:
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
        {"sides": ("TEC", "Oslo University")},
    ],
)
def test_a_promise_stays_open_while_nothing_later_tells_of_it_as_done(
    promised: Promise, signed: Agreement, change: dict[str, Any]
) -> None:
    assert closed_by(promised, [replace(signed, **change)]) is None
    assert closed_by(promised, []) is None


def test_a_visit_keeps_no_promise_of_a_paper(promised: Promise, signed: Agreement) -> None:
    visit = Contact(
        side="TEC", partner="Lund University", degree="visited", start="2025-01-20", citation=signed.citation,
        extractor="by hand",
    )  # fmt: skip
    assert closed_by(promised, [visit]) is None


def test_a_promise_of_an_undated_report_stays_open(signed: Agreement) -> None:
    assert closed_by(promise("Lund University", "TEC", LINE, date="not stated"), [signed]) is None


def test_a_promised_visit_is_closed_by_that_visit_and_not_by_its_return() -> None:
    told = promise("Lund University", "TEC", "Lund University promised to visit TEC next year.")
    came = Contact(
        side="TEC", partner="Lund University", degree="received", direction="came", start="2025-03-02",
        citation=cited("A delegation of Lund University visited TEC.", "2025-03-02"), extractor="by hand",
    )  # fmt: skip
    assert closed_by(told, [came]) == came
    assert closed_by(told, [replace(came, degree="visited", direction="went")]) is None


def test_a_persons_word_is_that_of_the_organization_a_fact_tells(signed: Agreement) -> None:
    told = promise("Anna Berg", "TEC", "Anna Berg promised to sign a framework agreement with TEC.")
    home = Role(
        person="Anna Berg", role="rector", body="Lund University", citation=signed.citation, extractor="by hand"
    )
    assert closed_by(told, [signed]) is None
    assert closed_by(told, [home, signed]) == signed
