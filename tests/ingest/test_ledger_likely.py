"""How likely a fact is right: what the tagger saw clearly is told as it is, what it guessed is marked."""

import json
from dataclasses import replace

import pytest

from corpus.citation import locate
from ingest.ledger.fact import Agreement, Role, fact_from_dict
from ingest.ledger.likely import FITTED, is_unsure, likely, likely_parts
from ingest.ledger.measure import Annotated, marked
from ingest.ledger.news import news
from tests.ingest.records import facts_of, record

REPORT = record("Ana Silva, Rector of Lyon University, spoke first. Then she left.")
CITED = locate(REPORT, "Ana Silva, Rector of Lyon University, spoke first.")
assert CITED
CLEAR = Role(
    person="Ana Silva", role="Rector", body="Lyon University", citation=CITED, extractor="tagger",
    chances=(0.99, 0.01, 0.99),
)  # fmt: skip
GUESSED = replace(CLEAR, chances=(0.5, 0.5, 0.5))


def test_what_the_tagger_joins_clearly_is_sure_and_what_it_guesses_is_not() -> None:
    assert not is_unsure(CLEAR) and is_unsure(GUESSED)
    assert likely(CLEAR) > likely(replace(CLEAR, chances=(0.9, 0.1, 0.9))) > likely(GUESSED)


def test_nobody_doubts_what_a_keeper_or_a_model_behind_its_own_proof_said() -> None:
    assert likely(replace(GUESSED, extractor="keeper", chances=())) == 1


def test_chances_are_written_with_the_fact_and_read_back() -> None:
    assert fact_from_dict(json.loads(json.dumps(CLEAR.to_dict()))) == CLEAR


def test_a_fact_of_the_real_tagger_carries_the_chances_that_its_weights_take() -> None:
    parts = json.loads(FITTED.read_text(encoding="utf-8"))["parts"]
    found = [
        fact
        for fact in facts_of(record(
            "On 3 May 2023 a delegation of Porto University visited our Centre and signed a memorandum of "
            "understanding with us. Rector Ana Silva of Porto University promised to send two lecturers by June."
        ))
        if fact.chances
    ]  # fmt: skip
    assert {part for fact in found for part in likely_parts(fact)} == set(parts) - {"parties"}
    assert all(0 < likely(fact) < 1 for fact in found)


def test_an_agreement_of_more_than_a_pair_is_unsure_however_clear_it_seems() -> None:
    pair = Agreement(
        sides=("Lyon University", "Ana's firm"), form="mou", state="signed", citation=CITED, extractor="tagger",
        chances=(0.999, 0.999, 0.999),
    )  # fmt: skip
    assert not is_unsure(pair) and is_unsure(replace(pair, sides=(*pair.sides, "Nice")))


def test_marks_part_right_facts_from_wrong_ones() -> None:
    line = {"kind": "person", "names": ["Ana Silva"], "role": "Rector", "body": ["Lyon University"]}
    wrong = replace(GUESSED, role="driver")
    one = Annotated(report=REPORT, lines=(line,), facts=(CLEAR, wrong), office=())
    assert marked([one]) == {"person": ([True], [False])}
    elsewhere = replace(CLEAR, body="Nice University")  # the role alone is not enough
    assert marked([replace(one, facts=(elsewhere,))]) == {"person": ([False], [])}


@pytest.mark.parametrize(("fact", "told"), [(CLEAR, 1), (GUESSED, 0)])
def test_a_person_who_may_be_misread_makes_no_news(fact: Role, told: int) -> None:
    before = replace(CLEAR, role="Dean", date="2020", start="2020", citation=replace(CITED, report_id="old"))
    assert len(news([before], [before, replace(fact, date="2023", start="2023")])) == told
