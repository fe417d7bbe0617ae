"""An answer survives being stored, whatever is in it; a text that is no stored answer is refused by name."""

import json
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assistant import (
    Answer,
    Citation,
    Claim,
    Coverage,
    Filters,
    IndexInfo,
    Question,
    Retrieved,
    Turn,
    answer_from_json,
    answer_to_json,
)
from assistant.answer import Route, Status
from assistant.prove.proof import CHECKS, Proof, Reason
from corpus.errors import RapporteurError, StoredAnswerUnreadable
from tests.assistant.evaluate.byhand import make_answer

texts = some.text(max_size=12)
whole = some.integers(0, 2**40)
real = some.floats(allow_nan=False)


def tuples(items, most=2):
    return some.lists(items, max_size=most).map(tuple)


citations = some.builds(
    Citation, report_id=texts, file=texts, title=texts, date=texts, start=whole, end=whole, quote=texts,
    page=some.none() | whole,
)  # fmt: skip
reasons = some.builds(Reason, key=texts, values=some.dictionaries(texts, texts, max_size=2), is_sure=some.booleans())
proofs = some.builds(
    Proof, failed=some.dictionaries(some.sampled_from(CHECKS), reasons, max_size=2), score=real, quote=texts
)
claims = some.builds(
    Claim, text=texts, citations=tuples(citations), label=texts, proof=some.none() | proofs,
    rows=tuples(tuples(some.tuples(texts, texts))),
)  # fmt: skip
questions = some.builds(
    Question,
    text=texts,
    history=tuples(some.builds(Turn, role=some.sampled_from(["user", "assistant"]), content=texts)),
    filters=some.builds(Filters, since=texts, partner=texts, theme=texts, languages=tuples(texts), files=tuples(texts)),
    language=texts,
    route=texts,
)
answers = some.builds(
    Answer,
    question=questions,
    understood_as=texts,
    language=texts,
    route=some.sampled_from(get_args(Route)),
    status=some.sampled_from(get_args(Status)),
    claims=tuples(claims),
    notice=texts,
    coverage=some.builds(Coverage, reports=whole, matched=whole, unclear=whole),
    retrieved=tuples(
        some.builds(Retrieved, report_id=texts, file=texts, title=texts, start=whole, end=whole, text=texts, score=real)
    ),
    index=some.builds(IndexInfo, generation=texts, model=texts, reports=whole, built_at=texts),
    cut=tuples(texts),
    seconds=real,
    timings=some.dictionaries(texts, real, max_size=2),
    final=some.booleans(),
)


@given(answers)
@settings(max_examples=100, deadline=None)
def test_any_answer_comes_back_equal(answer):
    assert answer_from_json(answer_to_json(answer)) == answer


def test_an_answer_that_grew_a_default_since_is_still_read():
    answer = make_answer()
    stored = json.loads(answer_to_json(answer))
    del stored["answer"]["final"], stored["answer"]["question"]["filters"]["place"]
    assert answer_from_json(json.dumps(stored)) == answer


def test_what_an_answer_once_had_is_left_out():
    answer = make_answer()
    stored = json.loads(answer_to_json(answer))
    stored["answer"]["exact"] = "7 October"
    assert answer_from_json(json.dumps(stored)) == answer


def changed(change) -> str:
    stored = json.loads(answer_to_json(make_answer()))
    change(stored)
    return json.dumps(stored)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"version": 1, "answer": null}',
        "[" * 100_000,
        answer_to_json(make_answer())[:-9],
        changed(lambda stored: stored["answer"].update(route="oracle")),
        changed(lambda stored: stored["answer"].update(seconds="long")),
        changed(lambda stored: stored["answer"].update(claims=[{"text": "x"}])),
        changed(lambda stored: stored["answer"].update(coverage={"reports": True})),
        changed(lambda stored: stored["answer"].update(surprise=1)),
        changed(lambda stored: stored["answer"].pop("index")),
    ],
)
def test_a_damaged_text_is_refused_as_such(text):
    with pytest.raises(StoredAnswerUnreadable, match="what was stored is damaged"):
        answer_from_json(text)


def test_the_turn_is_named_even_where_the_text_breaks_off():
    answer = make_answer(question=Question(text="Who came?"))
    with pytest.raises(RapporteurError, match="The answer to “Who came"):
        answer_from_json(answer_to_json(answer)[:-1])


def test_a_text_of_another_version_is_told_apart_from_a_damaged_one():
    with pytest.raises(StoredAnswerUnreadable, match="stored in form 2, and this version of Rapporteur reads form 1"):
        answer_from_json(changed(lambda stored: stored.update(version=2)))
