import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Question, answer_text, answer_to_dict
from assistant.answer import Claim
from assistant.prove.proof import Proof, Reason
from corpus.citation import Citation
from tests.assistant.evaluate.byhand import make_answer

GOLDEN = Path(__file__).parents[1] / "golden" / "answer.json"
STABLE = Question(text="When was the UNESCO Teacher Education Centre inaugurated?")
MASK = "*"


def masked(public):
    """The public form without what differs between two runs or two states of the ranking."""
    public["index"] |= {"generation": MASK, "model": MASK, "built_at": MASK}
    public["retrieved"] = [one | {"score": 0.0} for one in public["retrieved"][:1]]
    public["timings"] = dict.fromkeys(public["timings"], 0.0)
    return public | {"seconds": 0.0}


def shape(value):
    """Keys and types, all the way down."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    return [shape(inner) for inner in value] if isinstance(value, list) else type(value).__name__


def cited(quote, start=0):
    return Citation(
        report_id="r1", file="a.md", title="Visit", date="2024", start=start, end=start + len(quote), quote=quote
    )


def test_the_public_form_of_an_answer_is_the_golden_one(assistant):
    found = masked(answer_to_dict(assistant.answer(STABLE), id="q1"))
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert shape(found) == shape(golden)
    assert found == golden


def test_the_public_form_has_every_promised_field(assistant):
    public = answer_to_dict(assistant.answer(STABLE))
    assert public.keys() >= {
        "id", "question", "understood_as", "language", "route", "status", "text", "claims", "citations", "coverage",
        "retrieved", "withheld", "withheld_reasons", "index", "seconds",
    }  # fmt: skip
    assert public["claims"][0].keys() >= {"text", "label", "rows", "verdict", "citations"}
    assert public["citations"][0].keys() >= {
        "n", "report", "file", "title", "date", "start", "end", "quote", "page",
    }  # fmt: skip
    assert public["coverage"].keys() >= {"reports", "matched", "unclear"}
    assert public["retrieved"][0].keys() >= {"file", "start", "end", "score"}
    assert public["index"].keys() >= {"generation", "model", "reports", "built_at"}


def test_claims_stand_on_one_line_each_before_their_sources():
    assert answer_text(make_answer(cited("They\ncame."))) == "They came. [1]\n[1] Visit, 2024"


def test_a_source_that_is_used_twice_has_one_number():
    answer = make_answer(cited("They came."), cited("They came."))
    assert answer_text(answer).count("[1] Visit") == 1
    assert [one["citations"] for one in answer_to_dict(answer)["claims"]] == [[1], [1]]


def test_words_of_our_own_and_unsure_scans_are_called_so_behind_the_sentence():
    proof = Proof(failed={"entailed": Reason(key="not_entailed")})
    reworded = Claim(text="A visit.", citations=(cited("They came."),), proof=proof)
    blurred = Claim(text="They left.", citations=(replace(cited("They left."), recognised=0.5),))
    first, second, *_ = answer_text(replace(make_answer(), claims=(reworded, blurred))).splitlines()
    assert first == "A visit. [1] (in other words than the record's, see the quote)"
    assert second == "They left. [2] (recognised from a scan)"


def test_a_refusal_is_its_notice_alone():
    assert answer_text(make_answer(status="not_in_records", notice="The records do not say.")) == (
        "The records do not say."
    )


@pytest.mark.parametrize(
    ("text", "citations", "verdict"),
    [
        ("They came.", (cited("They came."),), "proved"),
        ("They came.", (), "uncertain"),
        ("They never came.", (cited("They came."),), "uncertain"),
    ],
)
def test_a_claim_is_proved_only_by_its_own_words(text, citations, verdict):
    assert Claim(text=text, citations=citations).verdict == verdict
