"""What passes of 300 sentences that a strong language model wrote from quotes, each judged by a fresh reader.

`tests/reworded`: by language, a line a sentence with the quotes that it cites (title and date of their record besides);
`is_strong` where hardly a word of them is left, `is_right` whether the quotes bear it out, `grave` what is false
about it where that is a status, number, date, name, place, title, denial or doer. Written by three hands that saw
nothing but the quotes, judged by three others that did not see what passed.
"""

import json
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from assistant.compose.worded import worded
from assistant.language_model import LanguageModel, LanguageModelConfig, open_language_model
from assistant.prove import Prover
from corpus.citation import locate
from corpus.report import Report
from ingest import Embedder
from tests.assistant.endpoints import Endpoint, scripted

FOLDER = Path(__file__).parents[1] / "reworded"
LANGUAGES = ("en", "zh", "ru")
EACH_IN_CI = 10


def sentences(language: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def passes(model: LanguageModel, endpoint: Endpoint, prover: Prover, one: dict[str, Any]) -> bool:
    """Whether a sentence is released that a model of a server that nothing is known of has written."""
    citations = []
    for number, quote in enumerate(one["quotes"]):
        report = Report(id=str(number), title=quote["title"], text=quote["quote"], path=f"{number}.md", sha256="0")
        found = locate(report, quote["quote"])
        assert found is not None
        citations.append(replace(found, date=quote["date"]))
    endpoint.text = one["sentence"] + " " + "".join(f"[{number}]" for number in range(1, len(citations) + 1))
    *_, told = worded(model, prover, "What is known?", citations, one["language"])
    assert not told.failed
    return bool(told.claims)


def figures(embedder: Embedder, some: list[dict[str, Any]]) -> tuple[float, float]:
    """Share that is right of what passes, and share that passes of what is right."""
    prover = Prover(embedder)
    with scripted() as endpoint:
        config = LanguageModelConfig(llm="openai-like", address=f"{endpoint.address}/v1", model="m")
        model = open_language_model(config)
        assert model is not None
        passed = [one for one in some if passes(model, endpoint, prover, one)]
    right = [one for one in some if one["is_right"]]
    return sum(one["is_right"] for one in passed) / len(passed), sum(one in passed for one in right) / len(right)


def test_most_of_what_a_strong_model_rewords_passes_and_is_right(embedder):
    some = [one for language in LANGUAGES for one in sentences(language)[::EACH_IN_CI]]
    precision, recall = figures(embedder, some)
    assert precision >= 0.9 and recall >= 0.6


@pytest.mark.slow
def test_of_300_sentences_nineteen_of_twenty_that_pass_are_right_and_seven_of_ten_right_ones_pass(embedder):
    every = [one for language in LANGUAGES for one in sentences(language)]
    for is_strong, group in groupby(sorted(every, key=lambda one: one["is_strong"]), lambda one: one["is_strong"]):
        print("strongly" if is_strong else "lightly", "reworded:", *figures(embedder, list(group)))
    precision, recall = figures(embedder, every)
    print("all:", precision, recall)
    assert precision >= 0.95 and recall >= 0.7
