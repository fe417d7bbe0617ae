"""All facts of a record: each stands in it word for word, says no more than its quote, and no text breaks the rules."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.read import read_report
from corpus.report import EventDate, Report
from corpus.states import strongest_state
from ingest.ledger.agreements import FORMAL, furthest_state
from ingest.ledger.extract import extract, held_to_quote
from ingest.ledger.fact import AGREEMENT_STATES, DEGREES, KINDS, Fact, fact_from_dict
from ingest.ledger.reading import read
from tests.ingest.records import record

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"
STATES = {None: "mentioned", "not_signed": "mentioned", "in_force": "in force"}
"""States of a sentence as the ledger calls them, where it does so by another word."""
SENTENCES = [
    "Norwick University visited Penmoor Academy on 4 May 2023.",
    "The University received Rector Anna Berg, and a memorandum (MoU) was signed.",
    "No agreement was signed; the Institute and VIT hope for a dual degree once the board approves.",
    "Velmar Institute of Technology (VIT), invited by the Ministry of Education, Science and Arts, met them online.",
    "云岭大学代表团访问青岩大学，校长赵明会见。",
    "该校愿与云岭大学签署协议，待条件成熟。",
    "双方尚未签署备忘录，但双学位已启动。",
    "Ректор Заречного университета Иван Соколов и Озёрская академия подписали меморандум.",
    "Академия не подписала соглашение, если позволят условия.",
    "«", "(VIT", "5–6 May", "的", "И", "’s of the and", "University of of the University",
]  # fmt: skip


def report_of(text: str) -> Report:
    dates = (EventDate(text="May 2023", start="2023-05", end="2023-05"),)
    return Report(id="r", title="A visit", text=text, path="r.txt", sha256="0", dates=dates)


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.md")), ids=lambda path: path.stem)
def test_every_fact_of_every_sample_record_is_borne_out_by_its_quote(path: Path) -> None:
    report = read_report(path, REPORTS)
    facts = extract(report)
    assert facts
    for fact in facts:
        assert report.text[fact.citation.start : fact.citation.end] == fact.citation.quote
        assert (fact.citation.report_id, fact.citation.file) == (report.id, report.path)
        assert "located" in fact.checks
        assert fact.extractor
        assert fact.kind in KINDS
        assert fact.condition in fact.citation.quote
        if fact.kind == "contact":
            assert fact.state in DEGREES
        if fact.kind == "agreement":
            assert_no_stronger(fact)


def assert_no_stronger(fact: Fact) -> None:
    told = strongest_state(fact.citation.quote)
    rank = AGREEMENT_STATES.index
    assert "no_stronger" in fact.checks
    assert rank(fact.state) <= rank(furthest_state(fact.citation.quote))
    if fact.form.replace(" ", "_") in FORMAL and fact.state in ("signed", "in force"):
        assert rank(fact.state) <= rank(STATES.get(told, told or "mentioned"))


def test_a_fact_above_its_quote_is_not_kept() -> None:
    reading = read(record("Norwick University wishes to sign a memorandum with Penmoor Academy."))
    (fact,) = (one for one in extract(reading.report) if one.kind == "agreement")
    assert held_to_quote(reading, fact) == fact
    assert held_to_quote(reading, _with(fact, state="signed")) is None


def test_a_fact_on_somebody_whom_its_quote_does_not_name_is_not_kept() -> None:
    reading = read(record("Norwick University visited Penmoor Academy. Velmar Institute sang."))
    (fact,) = (one for one in extract(reading.report) if one.kind == "contact" and one.state == "visited")
    assert held_to_quote(reading, _with(fact, object="Velmar Institute")) is None


def test_a_fact_whose_quote_stands_elsewhere_is_not_kept() -> None:
    reading = read(record("Norwick University visited Penmoor Academy."))
    fields = extract(reading.report)[0].to_dict()
    fields["citation"]["start"] += 1
    assert held_to_quote(reading, fact_from_dict(fields)) is None


def test_a_fact_reads_back_as_it_was_written() -> None:
    facts = extract(record(" ".join(SENTENCES)))
    assert {fact.kind for fact in facts} >= {"organization", "person", "contact", "agreement"}
    assert tuple(fact_from_dict(fact.to_dict()) for fact in facts) == facts


def test_a_record_without_sentences_gives_no_facts() -> None:
    assert extract(report_of("")) == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), max_size=8), st.sampled_from([" ", "\n", "\n\n"]), st.integers(0, 10**6))
def test_no_cut_of_sentences_breaks_the_rules(parts: list[str], joint: str, seed: int) -> None:
    text = joint.join(parts)
    draw = random.Random(seed)
    report = report_of(text[draw.randint(0, 12) : len(text) - draw.randint(0, 12)])
    for fact in extract(report):
        assert report.text[fact.citation.start : fact.citation.end] == fact.citation.quote
        assert fact.kind != "agreement" or AGREEMENT_STATES.index(fact.state) <= AGREEMENT_STATES.index(
            furthest_state(fact.citation.quote)
        )


def _with(fact: Fact, **changes: str) -> Fact:
    return fact_from_dict(fact.to_dict() | changes)
