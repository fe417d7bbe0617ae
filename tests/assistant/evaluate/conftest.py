"""A perfect assistant over the sample records."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant.answer import Answer, Status
from assistant.evaluate import JudgedQuestion
from assistant.evaluate.measures import gold_stretches
from assistant.question import Question
from tests.assistant.evaluate.byhand import cite, make_answer, passage, sample_text

Ask = Callable[[Question], Answer]
Asker = Callable[[Sequence[JudgedQuestion]], Ask]


@pytest.fixture
def perfect() -> Asker:
    """Makes an assistant that quotes the gold sentences, refuses and corrects as each question asks."""

    def make(questions: Sequence[JudgedQuestion]) -> Ask:
        def ask(question: Question) -> Answer:
            judged = by_question[question]
            if judged.expected == "refuse":
                return make_answer(status="not_in_records", question=question)
            stretches = [
                (file, sample_text(file) or "", start, end)
                for file in judged.gold_files
                for places in gold_stretches(judged, sample_text)
                for stem, start, end in places
                if Path(file).stem == stem
            ]
            status: Status = "answered" if judged.expected == "answer" else "false_premise"
            return make_answer(
                *(cite(*stretch) for stretch in stretches),
                status=status,
                retrieved=[passage(file, start, end) for file, _, start, end in stretches],
                question=question,
            )

        by_question = {judged.asked(): judged for judged in questions}
        return ask

    return make
