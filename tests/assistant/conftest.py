"""An assistant over the sample records, opened once; and evidence made by hand for the rules of choosing."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from assistant.compose.evidence import FEATURES, Evidence

from assistant import Answer, Assistant, AssistantConfig, JudgedQuestion, Question, open_assistant, read_questions
from assistant.question import Turn
from assistant.retrieve import Found
from assistant.understand import Understood, understand
from corpus.report import EventDate, Report
from ingest import Embedder, Passage, Sentence

CORPUS = Path(__file__).parents[2] / "corpus"
EVERY = 6
"""Of the judged questions, one in so many is asked."""


class Record(Protocol):
    """Makes a report of sentences."""

    def __call__(self, *sentences: str, name: str = "a.md", dates: Sequence[str] = ()) -> Report: ...


class Weighed(Protocol):
    """Makes the evidence of a report's sentences, with these probabilities."""

    def __call__(self, report: Report, *probabilities: float, **features: float) -> tuple[Evidence, ...]: ...


@pytest.fixture(scope="session")
def assistant(sample_index_data: Path, embedder: Embedder) -> Iterator[Assistant]:
    opened = open_assistant(AssistantConfig(data=sample_index_data), embedder=embedder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def judged_answers(assistant: Assistant) -> tuple[tuple[JudgedQuestion, Answer], ...]:
    judged = read_questions(CORPUS / "questions.jsonl")[::EVERY]
    return tuple((one, assistant.answer(one.asked())) for one in judged)


@pytest.fixture(scope="session")
def understood() -> Callable[..., Understood]:
    """A question as understood, after turns that alternate between user and assistant."""

    def make(text: str, *earlier: str) -> Understood:
        roles = ("user", "assistant")
        turns = tuple(Turn(role=roles[at % 2], content=content) for at, content in enumerate(earlier))  # type: ignore[arg-type]
        return understand(Question(text=text, history=turns))

    return make


@pytest.fixture(scope="session")
def record() -> Record:
    def make(*sentences: str, name: str = "a.md", dates: Sequence[str] = ()) -> Report:
        return Report(
            id=name,
            title="Visit",
            text=" ".join(sentences),
            path=name,
            sha256="0",
            language="en",
            dates=tuple(EventDate(text=date, start=date, end=date) for date in dates),
        )

    return make


@pytest.fixture(scope="session")
def sentences_of() -> Callable[[Evidence], tuple[Sentence, ...]]:
    """The sentences of a record made by `record`: each ends with a full stop and a blank."""
    return lambda item: _sentences(item.found.report)


@pytest.fixture(scope="session")
def weighed() -> Weighed:
    def make(report: Report, *probabilities: float, **features: float) -> tuple[Evidence, ...]:
        passage = Passage(report_id=report.id, start=0, end=len(report.text), text=report.text)
        found = Found(row=0, passage=passage, report=report, score=1.0)
        values = {"kind": 1.0, "time": 0.5, "names_paragraph": 1.0, "names": 1.0, "position": 1.0} | features
        row = np.array([values.get(name, 0.0) for name in FEATURES], dtype=np.float32)
        return tuple(
            Evidence(sentence=sentence, found=found, features=row, spoken_of=sentence.text, probability=probability)
            for sentence, probability in zip(_sentences(report), probabilities, strict=True)
        )

    return make


def _sentences(report: Report) -> tuple[Sentence, ...]:
    made, at = [], 0
    for part in report.text.split(". "):
        text = part if part.endswith(".") else f"{part}."
        made.append(Sentence(report_id=report.id, start=at, end=at + len(text), text=text))
        at += len(text) + 1
    return tuple(made)
