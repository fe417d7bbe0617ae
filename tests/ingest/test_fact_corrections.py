"""A keeper's word on facts: struck, added, taken back; what holds when a file changes, and what rests."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from corpus import UsageError
from corpus.citation import Citation
from corpus.read import read_report
from ingest import (
    Index,
    Receipt,
    add_fact,
    build_index,
    edit_fact,
    fact_key,
    open_index,
    read_said,
    strike_fact,
    unsay_fact,
)
from ingest.ledger.fact import Agreement, Organization, Role, fact_from_dict
from tests.ingest.words import WordEmbedder, write

RECORD = (
    "---\ntitle: Porto visits Lyon\ndate: 2025-03-12\n---\n\nOn 12 March 2025 a delegation of the University of Porto "
    "visited the Lyon Institute of Education. Director Claire Moreau welcomed the delegation.\n"
)
QUOTE = "Director Claire Moreau welcomed the delegation."
Built = tuple[Receipt, Index]


@pytest.fixture
def built(tmp_path: Path) -> Callable[..., Built]:
    def build(text: str = RECORD) -> Built:
        folder = write(tmp_path / "reports", {"porto.md": text})
        receipt = build_index(folder, data=tmp_path / "data", embedder=WordEmbedder())
        return receipt, open_index(tmp_path / "data")

    return build


def person(index: Index) -> object:
    return next(fact for fact in index.facts() if fact.kind == "person")


@pytest.mark.slow
def test_a_struck_fact_stays_out_when_other_words_of_the_file_change(
    built: Callable[..., Built], tmp_path: Path
) -> None:
    _, index = built()
    fact = person(index)
    strike_fact(tmp_path / "data", fact, by="Anna")
    assert fact_key(fact) not in map(fact_key, built()[1].facts())
    assert fact_key(fact) not in map(fact_key, built(RECORD + "\nIt rained.\n")[1].facts())
    ((said,),) = read_said(tmp_path / "data").values()
    assert (said.deed, said.by) == ("strike", "Anna") and said.made_at
    assert unsay_fact(tmp_path / "data", "porto.md", fact_key(fact))
    assert fact_key(fact) in map(fact_key, built(RECORD + "\nIt rained.\n")[1].facts())
    assert not unsay_fact(tmp_path / "data", "porto.md", fact_key(fact))


@pytest.mark.slow
def test_an_added_fact_moves_with_its_quote_and_rests_without_it(built: Callable[..., Built], tmp_path: Path) -> None:
    report = built()[1].reports()[0]
    told = {"person": "Claire Moreau", "role": "host"}
    added = add_fact(tmp_path / "data", report, "person", QUOTE, told)
    moved = RECORD.replace("On 12 March", "It rained. On 12 March")
    receipt, index = built(moved)
    (fact,) = (one for one in index.facts() if isinstance(one, Role) and one.role == "host")
    assert moved[fact.citation.start : fact.citation.end] == QUOTE != moved[added.citation.start : added.citation.end]
    assert receipt.resting == ()
    receipt, index = built(RECORD.replace(QUOTE, "Nobody welcomed them."))
    assert receipt.resting == (QUOTE,)
    assert all(getattr(one, "role", "") != "host" for one in index.facts())
    assert any(getattr(one, "role", "") == "host" for one in built()[1].facts())


@pytest.mark.parametrize(
    ("kind", "quote", "fields"),
    [
        ("person", "Nobody said so.", {"person": "x"}),
        ("song", QUOTE, {"name": "x"}),
        ("agreement", QUOTE, {"sides": ("x", "y"), "form": "mou", "state": "sung"}),
        ("contact", QUOTE, {"partner": "x", "degree": "signed"}),
        ("contact", QUOTE, {"partner": "", "degree": "talks"}),
        ("contact", QUOTE, {"degree": "talks"}),
        ("person", QUOTE, {"person": "x", "state": "signed"}),
    ],
)
def test_what_no_record_tells_is_refused(tmp_path: Path, kind: str, quote: str, fields: dict[str, Any]) -> None:
    report = read_report(Path("porto.md"), write(tmp_path / "reports", {"porto.md": RECORD}))
    with pytest.raises(UsageError):
        add_fact(tmp_path / "data", report, kind, quote, fields)
    assert read_said(tmp_path / "data") == {}


def test_what_was_said_when_all_kinds_shared_one_type_is_read_as_it_was_meant() -> None:
    cited = asdict(Citation(report_id="r", file="r.md", title="T", date="", start=0, end=1, quote="x"))
    rest = {
        "direction": "",
        "date": "",
        "start": "",
        "speaker": "B",
        "citation": cited,
        "extractor": "keeper",
        "state": "wished",
    }
    old = {"kind": "agreement", "subject": "A", "object": "B", "others": ["C"], "form": "mou", **rest}
    agreement = fact_from_dict(old)
    assert isinstance(agreement, Agreement)
    assert (agreement.sides, agreement.state, agreement.wanted_by) == (("A", "B", "C"), "wished", "B")
    us = fact_from_dict({**old, "kind": "organization", "others": ["a"], "form": "KZ", "state": "us"})
    assert isinstance(us, Organization)
    assert (us.name, us.other_names, us.country, us.is_us) == ("A", ("a",), "KZ", True)


@pytest.mark.slow
def test_an_edit_is_one_word_of_a_keeper_that_moves_with_its_quote_and_is_taken_back_in_one(
    built: Callable[..., Built], tmp_path: Path
) -> None:
    _, index = built()
    fact = person(index)
    edited = edit_fact(tmp_path / "data", index.reports()[0], fact, {"role": "Host"}, by="Anna")
    ((said,),) = read_said(tmp_path / "data").values()
    assert (said.deed, said.key, said.by) == ("edit", fact_key(fact), "Anna")
    held = [fact_key(one) for one in built()[1].facts()]
    assert fact_key(edited) in held and fact_key(fact) not in held
    assert unsay_fact(tmp_path / "data", "porto.md", fact_key(fact))
    held = [fact_key(one) for one in built()[1].facts()]
    assert fact_key(edited) not in held and fact_key(fact) in held
