"""Facts proposed by a language model: what its sentence does not prove stays out, whatever the model says."""

import json
from pathlib import Path

import pytest

from assistant.language_model import LanguageModelConfig
from assistant.propose import open_proposer
from corpus import Report, read_report
from ingest import Agreement, build_index, open_index
from tests.assistant.endpoints import scripted

RECORD = """---
title: Orlen University receives TEC
date: 4 March 2024
---
On 4 March 2024 a TEC delegation visited Orlen University in Vessia. Orlen University would like to sign a memorandum of
understanding with TEC. The Vessia Folk House was mentioned in passing.
"""
TRUE = {"sentence": 2, "kind": "agreement", "parties": ["Orlen University", "TEC"], "form": "mou", "state": "wished"}


def proposed(tmp_path: Path, embedder, text: str):
    (tmp_path / "a.md").write_text(RECORD, encoding="utf-8")
    report = read_report(Path("a.md"), tmp_path)
    assert isinstance(report, Report)
    with scripted("says", text) as endpoint:
        config = LanguageModelConfig(llm="openai-like", address=f"{endpoint.address}/v1", model="m", seconds=10)
        proposer = open_proposer(config, embedder=embedder)
        assert proposer is not None
        return proposer(report, "TEC")


def test_a_fact_that_its_sentence_tells_is_kept_with_its_quote(tmp_path, embedder):
    (fact,) = proposed(tmp_path, embedder, json.dumps(TRUE))
    assert isinstance(fact, Agreement)
    assert (fact.state, fact.form, fact.sides) == ("wished", "mou", ("Orlen University", "TEC"))
    assert "would like to sign" in fact.citation.quote


@pytest.mark.parametrize(
    "lie",
    [
        TRUE | {"state": "signed"},
        TRUE | {"parties": ["Orlen University", "Ministry of Culture"]},
        TRUE | {"sentence": 9},
        TRUE | {"sentence": 1},
        {"sentence": 3, "kind": "contact", "organization": "Vessia Folk House", "degree": "visited"},
        {"sentence": 1, "kind": "contact", "organization": "Ministry of Culture", "degree": "visited"},
        ["not", "an", "object"],
        {"kind": "agreement"},
    ],
)
def test_what_its_sentence_does_not_tell_stays_out(tmp_path, embedder, lie):
    assert proposed(tmp_path, embedder, json.dumps(lie)) == ()


def test_text_that_is_no_json_gives_nothing(tmp_path, embedder):
    assert proposed(tmp_path, embedder, "Certainly! Here are the facts you asked for: {broken") == ()


def test_an_index_is_built_with_the_tagger_alone_when_the_endpoint_fails(tmp_path, embedder):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.md").write_text(RECORD, encoding="utf-8")
    config = LanguageModelConfig(llm="openai-like", address="http://127.0.0.1:9/v1", model="m", seconds=2)
    build_index(
        tmp_path / "reports",
        data=tmp_path / "data",
        embedder=embedder,
        propose=open_proposer(config, embedder=embedder),
    )
    index = open_index(tmp_path / "data")
    extractors = {fact.extractor for fact in index.facts()}
    index.close()
    assert "model" not in extractors and extractors
