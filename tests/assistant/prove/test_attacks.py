"""The proof against sentences written by hand, true and false, over the sample records; held-back ones are not read."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.evaluate.attacks import GRAVE, is_held
from assistant.prove import Pair, Proof, Prover, read_pairs
from corpus import Report, read_reports
from corpus.acronyms import Acronyms
from ingest import Embedder

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "tests" / "attacks").glob("by_hand_*.jsonl"))
TRUE, FALSE = 40, 20
"""Pairs of the sample that are true, and that are false in a grave way."""


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    return {one.path: one for one in read_reports(ROOT / "corpus" / "reports") if isinstance(one, Report)}


@pytest.fixture(scope="module")
def over_records(embedder: Embedder, reports: dict[str, Report]) -> Prover:
    return Prover(embedder, Acronyms(one.text[one.body :] for one in reports.values()).filled)


def by_hand() -> list[Pair]:
    return [pair for file in FILES for pair in read_pairs(file)]


def free_to_look_at() -> list[Pair]:
    """Pairs that the fit reads too; quotes stitched together fail by themselves and are counted elsewhere."""
    return [pair for pair in by_hand() if not is_held(pair) and pair.kind != "stitched"]


def spread(pairs: Sequence[Pair], size: int) -> list[Pair]:
    return [pairs[at * len(pairs) // size] for at in range(size)]


def prove(prover: Prover, pair: Pair, reports: dict[str, Report]) -> Proof:
    report = reports[pair.file]
    return prover.prove(pair.sentence, pair.quotes, text=report.text, around=report.title)


def check(pairs: Sequence[Pair], prover: Prover, reports: dict[str, Report]) -> None:
    proofs = [(pair, prove(prover, pair, reports)) for pair in pairs]
    true = [proof for pair, proof in proofs if pair.is_true]
    released = [proof for proof in true if proof.verdict != "withheld"]
    raised = [pair for pair, proof in proofs if not pair.is_true and pair.kind in GRAVE and proof.verdict == "proved"]
    assert raised == []
    assert len(released) >= 0.9 * len(true)


def test_the_pairs_are_many_and_of_both_kinds_and_a_third_is_held_back():
    pairs = by_hand()
    assert len(pairs) >= 400
    assert 0.35 < sum(bool(pair.is_true) for pair in pairs) / len(pairs) < 0.65
    assert 0.2 < sum(is_held(pair) for pair in pairs) / len(pairs) < 0.4
    assert {pair.kind for pair in pairs if not pair.is_true} >= set(GRAVE)


def test_every_quote_stands_in_its_record_unless_it_is_stitched(reports):
    for pair in by_hand():
        stands = all(quote.strip() in reports[pair.file].text for quote in pair.quotes)
        assert stands or pair.kind == "stitched", pair


def test_every_quote_of_the_pairs_made_by_program_stands_in_its_record(reports):
    pairs = read_pairs(ROOT / "tests" / "attacks" / "by_program.jsonl")
    assert pairs
    assert all(quote in reports[pair.file].text for pair in pairs for quote in pair.quotes)


def test_a_stitched_quote_is_never_located(over_records, reports):
    stitched = [pair for pair in by_hand() if pair.kind == "stitched" and not is_held(pair)]
    assert stitched
    loose = [pair for pair in stitched if any(quote.strip() not in reports[pair.file].text for quote in pair.quotes)]
    assert loose
    for pair in loose:
        proof = prove(over_records, pair, reports)
        assert proof.verdict == "withheld"
        assert "located" in proof.failed


def test_a_sample_lets_no_grave_lie_be_proved_and_releases_nine_tenths_of_the_truths(over_records, reports):
    pairs = free_to_look_at()
    true = spread([pair for pair in pairs if pair.is_true], TRUE)
    false = spread([pair for pair in pairs if not pair.is_true and pair.kind in GRAVE], FALSE)
    check([*true, *false], over_records, reports)


@pytest.mark.slow
def test_all_pairs_let_no_grave_lie_be_proved_and_release_nine_tenths_of_the_truths(over_records, reports):
    check(free_to_look_at(), over_records, reports)
