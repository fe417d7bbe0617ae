"""An assistant over the sample records, opened once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Answer, Assistant, AssistantConfig, JudgedQuestion, open_assistant, read_questions
from ingest import Embedder

CORPUS = Path(__file__).parents[2] / "corpus"
EVERY = 10
"""Of the judged questions, one in so many is asked."""


@pytest.fixture(scope="session")
def assistant(sample_index_data: Path, embedder: Embedder) -> Iterator[Assistant]:
    opened = open_assistant(AssistantConfig(data=sample_index_data), embedder=embedder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def judged_answers(assistant: Assistant) -> tuple[tuple[JudgedQuestion, Answer], ...]:
    judged = read_questions(CORPUS / "questions.jsonl")[::EVERY]
    return tuple((one, assistant.answer(one.asked())) for one in judged)
