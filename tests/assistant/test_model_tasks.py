"""What a language model does beside wording an answer: drafts of letters, translations of quotes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant import Assistant, AssistantConfig, Question, open_assistant
from assistant.language_model import LanguageModelConfig
from corpus.errors import LanguageModelFailed, UsageError
from ingest import Embedder, build_index
from tests.assistant.endpoints import cited, scripted

RECORD = """---
title: Visit of the harbour board of Vesterhavn
date: 12 June 2023
---
On 12 June 2023 the harbour board of Vesterhavn visited our port. Harbour master Ingrid Solberg led the guests.
They presented 3 electric tugs. The two ports agreed to exchange 5 pilots in 2024.
"""
WANTED = "Please write a letter of thanks to the harbour board of Vesterhavn for their visit."
QUOTE = cited("Harbour master Ingrid Solberg led 14 guests on 12 June 2023.")[0]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    folder = tmp_path_factory.mktemp("vesterhavn")
    (folder / "reports").mkdir()
    (folder / "reports" / "visit.md").write_text(RECORD, encoding="utf-8")
    build_index(folder / "reports", data=folder / "data", embedder=embedder)
    return folder / "data"


@contextmanager
def opened(data: Path, embedder: Embedder, text: str) -> Iterator[Assistant]:
    with scripted("says", text) as endpoint:
        config = LanguageModelConfig(llm="openai-like", address=f"{endpoint.address}/v1", model="m")
        assistant = open_assistant(AssistantConfig(data=data, language_model=config), embedder=embedder)
        try:
            yield assistant
        finally:
            assistant.close()


def letter(*sentences: str) -> str:
    return json.dumps({"told": True, "sentences": [{"quotes": [1, 2, 3, 4], "text": text} for text in sentences]})


def test_a_letter_holds_what_is_proved_and_says_that_it_is_a_draft(data, embedder):
    true, false = "Harbour master Ingrid Solberg led the guests.", "They presented 30 electric tugs."
    with opened(data, embedder, letter(true, false)) as assistant:
        answer = assistant.answer(Question(text=WANTED))
    assert [claim.text for claim in answer.claims] == [true]
    assert answer.claims[0].citations and answer.withheld == 1
    assert "draft" in answer.notice


def test_a_letter_of_which_nothing_is_proved_is_not_written(data, embedder):
    with opened(data, embedder, letter("They signed a treaty with the king.")) as assistant:
        answer = assistant.answer(Question(text=WANTED))
    assert answer.status == "no_question" and not answer.claims
    assert "do not write" in answer.notice and answer.withheld == 1


def test_a_translation_that_keeps_names_numbers_and_dates_is_shown(data, embedder):
    with opened(data, embedder, "2023年6月12日，港务长英格丽德·索尔贝格（Ingrid Solberg）率领14位客人。") as assistant:
        found = assistant.translated(QUOTE, "zh")
    assert found.text.startswith("2023年6月12日") and found.language == "zh"


@pytest.mark.parametrize(
    "wrong",
    [
        "2023年6月12日，港务长英格丽德·索尔贝格（Ingrid Solberg）率领41位客人。",
        "2023年7月12日，港务长英格丽德·索尔贝格（Ingrid Solberg）率领14位客人。",
    ],
)
def test_a_translation_with_another_number_or_date_is_withheld_with_its_reason(data, embedder, wrong):
    with opened(data, embedder, wrong) as assistant:
        found = assistant.translated(QUOTE, "zh")
    assert found.text == "" and found.proof.reason("en")


@pytest.mark.parametrize("reply", ["", "One line.\nAnother line."])
def test_what_is_no_translation_is_a_fault_of_the_model(data, embedder, reply):
    with opened(data, embedder, reply) as assistant, pytest.raises(LanguageModelFailed, match="no translation"):
        assistant.translated(QUOTE, "zh")


def test_without_a_model_nothing_is_translated(data, embedder):
    config = AssistantConfig(data=data, language_model=LanguageModelConfig())
    assistant = open_assistant(config, embedder=embedder)
    with pytest.raises(UsageError, match="no language model"):
        assistant.translated(QUOTE, "zh")
    assistant.close()
