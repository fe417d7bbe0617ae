"""Records that contradict each other on an agreement are shown side by side, never averaged."""

from pathlib import Path

import pytest

from assistant import AssistantConfig, Question, open_assistant
from ingest import build_index

SIGNED = """---
title: Visit to Orlen University
date: 4 March 2024
---
On 4 March 2024 TEC and Orlen University signed a memorandum of understanding in Vessia.
"""
DISCUSSED = """---
title: Orlen University at TEC
date: {day} June 2024
---
On {day} June 2024 TEC and Orlen University discussed a memorandum of understanding in Shanghai.
"""


@pytest.fixture
def answer(tmp_path: Path, embedder):
    def answered(*texts: str):
        (tmp_path / "reports").mkdir()
        for number, text in enumerate(texts):
            (tmp_path / "reports" / f"{number}.md").write_text(text, encoding="utf-8")
        build_index(tmp_path / "reports", data=tmp_path / "data", embedder=embedder)
        assistant = open_assistant(AssistantConfig(data=tmp_path / "data"), embedder=embedder)
        found = assistant.answer(Question(text="Which memoranda has TEC signed with Orlen University?"))
        assistant.close()
        return found

    return answered


def test_a_later_record_that_knows_of_no_signature_is_shown_beside_it(answer):
    found = answer(SIGNED, DISCUSSED.format(day=9))
    assert found.status == "conflict"
    assert [claim.citations[0].file for claim in found.claims] == ["0.md", "1.md"]


def test_talks_before_the_signature_contradict_nothing(answer):
    found = answer(SIGNED, DISCUSSED.format(day=9).replace("June", "January"))
    assert found.status == "answered"
    assert [claim.citations[0].file for claim in found.claims] == ["0.md"]
