"""Which promise a sentence tells the outcome of: by the fitted weights that the package carries."""

from dataclasses import replace

import pytest

from corpus.citation import locate
from ingest import linked
from ingest.ledger.fact import Promise
from tests.ingest.records import record


def told(by: str, to: str, line: str, date: str, state: str = "open") -> Promise:
    report = record(line, date=date, name=f"{date}-{state}-{len(line)}.md")
    citation = locate(report, line)
    assert citation
    return Promise(by=by, to=(to,) if to else (), what=line, state=state, citation=citation, extractor="by hand")


def keys(name: str, report_id: str) -> frozenset[str]:
    return frozenset({name} if name else ())


DRAWINGS = "The Port of Varde promised us the drawings of the new quay by May."
PILOT = "The Port of Varde will send a pilot for the training week."
CRANES = "The Harbour Board of Lind will lend us two cranes in the autumn."
CAME = "The drawings of the new quay, which the Port of Varde had promised, came on 12 May."


@pytest.fixture
def promises() -> list[Promise]:
    return [
        told("Port of Varde", "", DRAWINGS, "2024-03-02"),
        told("Port of Varde", "", PILOT, "2024-03-09"),
        told("Harbour Board of Lind", "", CRANES, "2024-03-16"),
    ]


@pytest.mark.parametrize("state", ["perhaps kept", "perhaps dropped", "perhaps overdue"])
def test_an_outcome_is_of_the_promise_that_it_speaks_of(promises: list[Promise], state: str) -> None:
    outcome = told("Port of Varde", "", CAME, "2024-06-01", state)
    assert linked([*promises, outcome], keys) == {promises[0]: outcome}


def test_nothing_of_an_earlier_record_another_body_or_the_same_record_is_linked(promises: list[Promise]) -> None:
    earlier = told("Port of Varde", "", CAME, "2023-06-01", "perhaps kept")
    other = told("Pilots of Holm", "", CAME, "2024-06-01", "perhaps kept")
    same = replace(earlier, citation=replace(promises[0].citation, quote=CAME))
    for outcome in (earlier, other, same):
        assert linked([*promises, outcome], keys) == {}
    assert linked([], keys) == {}
