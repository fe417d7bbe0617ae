"""Twenty questions about the sample reports with a language model: a scripted one, and the real local one."""

from pathlib import Path

import pytest

from assistant import AssistantConfig, open_assistant, read_questions
from assistant.language_model import LanguageModelConfig
from assistant.language_model_config import TASKS
from assistant.local_model import has_server, installed_model
from ingest import Embedder
from tests.assistant.endpoints import scripted

TWENTY = read_questions(Path("corpus/questions.jsonl"))[::7][:20]


def check(data: Path, embedder: Embedder, config: LanguageModelConfig) -> int:
    """Check what holds of every answer whatever a model writes; returns how many stand in the model's words."""
    assistant = open_assistant(AssistantConfig(data=data, language_model=config), embedder=embedder)
    worded = 0
    for judged in TWENTY:
        growing = list(assistant.answers(judged.asked()))
        first, last = growing[0], growing[-1]
        assert last.final and not any(one.final for one in growing[:-1])
        assert last.notice or last.claims
        assert bool(first.claims) <= bool(last.claims)
        worded += any(claim.proof is not None for claim in last.claims)
        for claim in last.claims:
            assert claim.citations and claim.verdict in ("proved", "reworded")
            for one in claim.citations:
                assert (assistant.report_text(one.file) or "")[one.start : one.end] == one.quote
    assistant.close()
    return worded


def test_a_model_that_repeats_the_first_quote_words_some_answers(sample_index_data: Path, embedder: Embedder) -> None:
    assert len(TWENTY) == 20
    with scripted("obeys") as endpoint:
        config = LanguageModelConfig(llm="openai-like", address=f"{endpoint.address}/v1", model="m")
        assert check(sample_index_data, embedder, config)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not (installed_model() and has_server()), reason="run: rapporteur model install")
def test_the_real_local_model(sample_index_data: Path, embedder: Embedder) -> None:
    check(sample_index_data, embedder, LanguageModelConfig(llm="local", seconds=60.0, tasks=TASKS))
