"""How long a question takes in a warm process, with its parts; printed, never asserted as seconds."""

import statistics
from pathlib import Path

import pytest

from assistant import AssistantConfig, open_assistant, read_questions
from ingest import build_index, open_embedder

QUESTIONS = Path("corpus/questions.jsonl")


@pytest.mark.bench
def test_a_question_in_a_warm_process(tmp_path):
    embedder = open_embedder()
    build_index(Path("corpus/reports"), data=tmp_path, embedder=embedder)
    assistant = open_assistant(AssistantConfig(data=tmp_path), embedder=embedder)
    asked = [judged.asked() for judged in read_questions(QUESTIONS)]
    for question in asked[:5]:
        assistant.answer(question)
    answers = [assistant.answer(question) for question in asked]
    seconds = sorted(answer.seconds for answer in answers)
    median, p95 = statistics.median(seconds), seconds[int(0.95 * len(seconds))]
    print(f"\n{len(answers)} questions: median {median:.3f} s, p95 {p95:.3f} s")
    for part in answers[0].timings:
        print(f"  {part:<11} median {statistics.median(answer.timings[part] for answer in answers):.4f} s")
    # A question is embedded once; all else of ours must stay of the same order, whatever the machine.
    embedding = statistics.median(answer.timings["embed"] for answer in answers)
    assert statistics.median(seconds) < 20 * embedding
    assistant.close()
