from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lexical import LexicalIndex, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("—… !?", []),
        ("Schools, SCHOOL; school's", ["school", "school", "school", "s"]),
        ("Café São", ["cafe", "sao"]),
        ("учителей учителям", ["учител", "учител"]),
        ("съёмка", ["съемк"]),
        ("за́мок", ["замок"]),
        ("й", ["й"]),
        ("Қазақстан", ["қазақста"]),
        ("中国人", ["中国", "国人"]),
        ("中", ["中"]),
        ("与UNESCO合作", ["与", "unesco", "合作"]),
        ("がな", ["がな"]),
        ("ﬁnal", ["final"]),
    ],
)
def test_words_of_every_script_are_cut_and_folded(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize("text", ["1000", "1,000", "1\u00a0000", "1\u202f000", "1’000", "１，０００"])
def test_a_number_is_one_word_however_its_thousands_are_set_off(text: str) -> None:
    assert tokens(text) == ["1000"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,000,000 people", ["1000000", "peopl"]),
        ("3.5 million", ["3.5", "million"]),
        ("04.05.2024", ["04", "05", "2024"]),
        ("in 2019,300 more", ["in", "2019", "300", "more"]),
        ("in 2019 300 more", ["in", "2019", "300", "more"]),
        ("rooms 1,20", ["room", "1", "20"]),
    ],
)
def test_numbers_that_are_not_grouped_stay_apart(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@given(st.text(max_size=60))
def test_tokens_are_never_empty_or_upper_case_and_any_text_is_taken(text: str) -> None:
    for token in tokens(text):
        assert token and token == token.casefold()


@given(st.text(alphabet="abcéèüß XYZ", max_size=30))
def test_composed_and_decomposed_spellings_are_the_same_words(text: str) -> None:
    import unicodedata

    assert tokens(unicodedata.normalize("NFD", text)) == tokens(unicodedata.normalize("NFC", text))


TEXTS = ["The rector signed a memorandum.", "教师培训合作", "Ректор встретил учителей.", "The rector met the rector."]


def test_the_passage_with_the_rare_word_scores_highest_in_each_script() -> None:
    index = LexicalIndex.build(TEXTS)
    for question, best in (("Who signed memoranda?", 0), ("培训", 1), ("учителям", 2)):
        scores = index.scores(question)
        assert scores.shape == (len(index),) == (4,)
        assert int(np.argmax(scores)) == best
        assert scores[best] > 0


def test_scores_are_zero_where_no_word_of_the_question_stands() -> None:
    index = LexicalIndex.build(TEXTS)
    assert index.scores("").tolist() == [0, 0, 0, 0]
    assert index.scores("xylophone").tolist() == [0, 0, 0, 0]
    assert index.scores("培训")[0] == 0


@pytest.mark.parametrize("texts", [[], ["", "…"]])
def test_an_index_without_words_scores_zero_before_and_after_saving(texts: list[str], tmp_path: Path) -> None:
    index = LexicalIndex.build(texts)
    index.save(tmp_path / "bm25")
    for one in (index, LexicalIndex.load(tmp_path / "bm25")):
        assert one.scores("rector").tolist() == [0.0] * len(texts)


def test_a_saved_index_scores_as_before(tmp_path: Path) -> None:
    index = LexicalIndex.build(TEXTS)
    index.save(tmp_path / "bm25")
    loaded = LexicalIndex.load(tmp_path / "bm25")
    for question in ("rector signed", "учителя 培训"):
        np.testing.assert_array_equal(loaded.scores(question), index.scores(question))


def test_scores_are_those_of_the_lucene_formula() -> None:
    texts = ["rector rector school", "school", "dean"]
    n, average, k1, b = 3, 5 / 3, 1.5, 0.75
    idf = np.log(1 + (n - 1 + 0.5) / (1 + 0.5))
    expected = idf * 2 / (2 + k1 * (1 - b + b * 3 / average))
    assert LexicalIndex.build(texts).scores("rector")[0] == pytest.approx(expected, rel=1e-5)


def test_scores_are_those_of_bm25s() -> None:
    import bm25s

    ranker = bm25s.BM25()
    ranker.index([tokens(text) for text in TEXTS], show_progress=False)
    for question in ("Did the rector sign, rector?", "учителя 培训 合作"):
        known = [word for word in tokens(question) if word in ranker.vocab_dict]
        np.testing.assert_allclose(LexicalIndex.build(TEXTS).scores(question), ranker.get_scores(known), rtol=1e-6)


def test_damaged_weights_are_told_as_a_wrong_value(tmp_path: Path) -> None:
    LexicalIndex.build(TEXTS).save(tmp_path)
    (tmp_path / "weights.npz").write_bytes(b"no weights")
    with pytest.raises(ValueError):
        LexicalIndex.load(tmp_path)
