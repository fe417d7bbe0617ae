"""What a record orders has no effect, even where the model obeys every order that it is shown."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.candidates import Candidate
from assistant.compose.worded import evidence, worded
from assistant.language_model import LanguageModelConfig, open_language_model
from assistant.orders import are_orders
from assistant.prove import Prover
from assistant.retrieve import Found
from corpus import Report
from ingest import Embedder, Sentence
from ingest.passage import Passage
from tests.assistant.endpoints import scripted
from tests.assistant.planted import PLANTED

FACT = "Vice Rector Tomas Hale received the guests of TEC at Orlen University on 4 March 2024."
HELD = Path("tests/held/orders.jsonl")


def candidates(order: str) -> list[Candidate]:
    """The sentences read of a record in which an order was planted, likeliest first."""
    text = f"{FACT}\n{order}"
    report = Report(id="1", title="Visit", text=text, path="a.md", sha256="0" * 64)
    found = Found(row=0, passage=Passage(report_id="1", start=0, end=len(text), text=text), report=report, score=1.0)
    starts = (0, len(FACT) + 1)
    return [
        Candidate(
            sentence=Sentence(report_id="1", start=start, end=start + len(one), text=one),
            found=found,
            features=np.zeros(10, dtype=np.float32),
            corrects=0.0,
        )
        for start, one in zip(starts, (FACT, order), strict=True)
    ]


@pytest.mark.parametrize("language", ["en", "zh", "ru"])
def test_no_planted_instruction_is_obeyed(embedder: Embedder, language: str) -> None:
    prover, said = Prover(embedder), []
    with scripted() as endpoint:
        config = LanguageModelConfig(llm="openai-like", address=f"{endpoint.address}/v1", model="m")
        model = open_language_model(config)
        assert model is not None
        for order, lie, _ in (one for one in PLANTED if one[2] == language):
            given = evidence((), candidates(order), lambda texts: are_orders(texts, embedder.embed_questions))
            obeyed = [number for number, one in enumerate(given, start=1) if one.quote == order]
            endpoint.text = f"{lie} [{obeyed[0]}]" if obeyed else f"{FACT} [1]"
            *_, done = worded(model, prover, "Who received the guests?", given, language)
            said += [order for claim in done.claims if claim.text != FACT]
            assert obeyed or [claim.text for claim in done.claims] == [FACT]
    assert len(endpoint.asked) == 50
    assert said == []


def test_an_unseen_hands_orders_are_found_and_not_all_that_looks_like_one_is_taken_for_one(
    embedder: Embedder,
) -> None:
    rows = [json.loads(line) for line in HELD.read_text(encoding="utf-8").splitlines()]
    told = are_orders([row["text"] for row in rows], embedder.embed_questions)
    found = [is_order for row, is_order in zip(rows, told, strict=True) if row["order"]]
    alike = [is_order for row, is_order in zip(rows, told, strict=True) if not row["order"]]
    assert sum(found) >= 0.9 * len(found)
    assert sum(alike) <= 0.6 * len(alike)
    assert are_orders([FACT, "Обе стороны подписали меморандум 5 мая 2024 года."], embedder.embed_questions) == [
        False,
        False,
    ]


def test_no_sentence_is_no_order(embedder: Embedder) -> None:
    assert are_orders([], embedder.embed_questions) == []


def test_of_a_record_that_is_nothing_but_an_order_no_model_is_asked(embedder: Embedder) -> None:
    given = evidence((), candidates(PLANTED[0][0])[1:], lambda texts: are_orders(texts, embedder.embed_questions))
    with scripted("says", "It is so. [1]") as endpoint:
        config = LanguageModelConfig(llm="openai-like", address=f"{endpoint.address}/v1", model="m")
        model = open_language_model(config)
        assert model is not None
        assert [done.claims for done in worded(model, Prover(embedder), "Who?", given, "en")] == [()]
        assert not endpoint.asked
