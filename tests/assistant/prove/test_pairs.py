import json
from pathlib import Path

import pytest

from assistant.prove import Pair, each_pair, read_pairs
from corpus.errors import QuestionsError


@pytest.fixture
def write(tmp_path):
    def make(*lines: object) -> Path:
        path = tmp_path / "pairs.jsonl"
        text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
        path.write_text(text, encoding="utf-8")
        return path

    return make


def test_a_line_becomes_a_pair_with_all_its_fields(write):
    path = write(
        {"id": "p7", "sentence": "她来了。", "quotes": ["她", "来"], "file": "a.md", "label": "false", "kind": "x"}
    )
    expected = Pair(id="p7", sentence="她来了。", quotes=("她", "来"), file="a.md", is_true=False, kind="x")
    assert read_pairs(path) == (expected,)


@pytest.mark.parametrize(("label", "is_true"), [("true", True), ("false", False), (True, True), (False, False)])
def test_a_label_is_a_word_or_a_truth_value(write, label, is_true):
    assert read_pairs(write({"sentence": "a", "quotes": ["b"], "label": label}))[0].is_true is is_true


def test_without_a_label_nobody_has_judged(write):
    assert read_pairs(write({"sentence": "a", "quotes": ["b"]}))[0].is_true is None


@pytest.mark.parametrize("evidence", [{"evidence": "b"}, {"quotes": "b"}, {"quotes": ["b"]}])
def test_one_text_of_evidence_is_one_quote(write, evidence):
    assert read_pairs(write({"sentence": "a"} | evidence))[0].quotes == ("b",)


def test_a_record_alone_is_evidence_enough(write):
    (pair,) = read_pairs(write({"sentence": "a", "file": "a.md"}))
    assert (pair.file, pair.quotes) == ("a.md", ())


def test_blank_lines_are_skipped_and_the_number_of_the_line_is_the_id(write):
    path = write({"sentence": "a", "quotes": ["b"]}, "", "   ", {"sentence": "c", "quotes": ["d"]})
    assert [(pair.id, pair.sentence) for pair in read_pairs(path)] == [("1", "a"), ("4", "c")]


def test_an_empty_file_has_no_pairs(write):
    assert read_pairs(write()) == ()


GOOD = {"sentence": "a", "quotes": ["b"]}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{nonsense", "not JSON"),
        ('"a text"', "sentence"),
        ("[]", "sentence"),
        ({"quotes": ["b"]}, "sentence"),
        ({"sentence": "  ", "quotes": ["b"]}, "sentence"),
        ({"sentence": 7, "quotes": ["b"]}, "sentence"),
        ({"sentence": "a"}, "nothing to check against"),
        ({"sentence": "a", "quotes": []}, "nothing to check against"),
        ({"sentence": "a", "quotes": [" "]}, "nothing to check against"),
        ({"sentence": "a", "quotes": [1]}, "list of texts"),
        ({"sentence": "a", "quotes": {"b": 1}}, "list of texts"),
        ({"sentence": "a", "evidence": 3}, "list of texts"),
        ({"sentence": "a", "file": 3}, "nothing to check against"),
        ({"sentence": "a", "quotes": ["b"], "label": "maybe"}, "label"),
        ({"sentence": "a", "quotes": ["b"], "label": [True]}, "label"),
    ],
)
def test_a_malformed_line_is_named_with_its_file_and_number(write, line, says):
    path = write(GOOD, "", line)
    with pytest.raises(QuestionsError, match=says) as raised:
        read_pairs(path)
    assert f"{path}, line 3" in str(raised.value)


def test_pairs_before_a_malformed_line_can_be_worked_on(write):
    pairs = each_pair(write(GOOD, "{"))
    assert next(pairs).sentence == "a"
    with pytest.raises(QuestionsError):
        next(pairs)


def test_a_missing_file_and_one_in_another_encoding_are_named(tmp_path):
    with pytest.raises(QuestionsError, match=r"none\.jsonl"):
        read_pairs(tmp_path / "none.jsonl")
    (tmp_path / "old.jsonl").write_bytes('{"sentence": "приехали", "quotes": ["b"]}'.encode("cp1251"))
    with pytest.raises(QuestionsError, match=r"old\.jsonl.*UTF-8"):
        read_pairs(tmp_path / "old.jsonl")
