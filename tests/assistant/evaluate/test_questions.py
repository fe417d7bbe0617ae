import csv
import json
import random
from collections import Counter
from pathlib import Path

import pytest

from assistant.evaluate import JudgedQuestion, contains_all, read_questions
from assistant.evaluate.questions import LIST_SEPARATOR
from assistant.question import Turn
from corpus import QuestionsError
from tests.assistant.evaluate.byhand import REPORTS

SAMPLE = REPORTS.parent / "questions.jsonl"
SEED = 20251117


@pytest.fixture(scope="module")
def sample() -> tuple[JudgedQuestion, ...]:
    return read_questions(SAMPLE)


def row(**changes: object) -> dict[str, object]:
    return {"id": "1", "question": "Who?", "expected": "answer", "must_contain": ["tec"], **changes}


def write(folder: Path, *lines: object) -> Path:
    path = folder / "q.jsonl"
    path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in lines), "utf-8")
    return path


def test_every_gold_quote_of_the_sample_stands_once_in_the_body_of_one_of_its_records(
    sample: tuple[JudgedQuestion, ...],
) -> None:
    for judged in sample:
        bodies = [(REPORTS / file).read_text("utf-8").split("\n---\n", 1)[1] for file in judged.gold_files]
        for quote in judged.gold_quotes:
            assert sum(body.count(quote) for body in bodies) == 1, (judged.id, quote)
        for file, body in zip(judged.gold_files, bodies, strict=True):
            assert any(quote in body for quote in judged.gold_quotes), (judged.id, file)


def test_quoting_the_gold_of_the_sample_or_giving_its_answer_says_all_that_must_be_said(
    sample: tuple[JudgedQuestion, ...],
) -> None:
    for judged in sample:
        if judged.expected != "refuse":
            assert judged.must_contain, judged.id
            assert contains_all("\n".join(judged.gold_quotes), judged.must_contain), judged.id
            assert contains_all(judged.gold_answer, judged.must_contain), judged.id


def test_no_lookup_of_the_sample_gives_its_answer_away(sample: tuple[JudgedQuestion, ...]) -> None:
    for judged in sample:
        if judged.expected == "answer" and judged.type in ("lookup", "date/latest", "multi-turn"):
            assert not contains_all(judged.question, judged.must_contain), judged.id


def test_nothing_is_to_be_found_for_questions_of_the_sample_to_be_refused(sample: tuple[JudgedQuestion, ...]) -> None:
    for judged in sample:
        assert (judged.expected == "refuse") == (not judged.gold_quotes) == (not judged.must_contain), judged.id


def test_the_sample_covers_all_types_and_languages(sample: tuple[JudgedQuestion, ...]) -> None:
    types = Counter(judged.type for judged in sample)
    least = {
        "lookup": 45, "list/aggregate-across-documents": 12, "date/latest": 5, "comparison": 6, "multi-turn": 8,
        "unanswerable": 20, "false-premise": 12,
    }  # fmt: skip
    assert types.keys() == least.keys()
    assert all(types[name] >= number for name, number in least.items())
    assert Counter(judged.lang for judged in sample).keys() == {"en", "zh", "ru"}
    assert sum(judged.cross_lingual for judged in sample) >= 20
    assert all(judged.history for judged in sample if judged.type == "multi-turn")
    assert {judged.lang for judged in sample if judged.expected == "refuse"} == {"en", "zh", "ru"}


def test_the_held_third_was_drawn_by_chance_within_each_type(sample: tuple[JudgedQuestion, ...]) -> None:
    chance = random.Random(SEED)
    by_type: dict[str, list[JudgedQuestion]] = {}
    for judged in sample:
        by_type.setdefault(judged.type, []).append(judged)
    for name in sorted(by_type):
        drawn = by_type[name][:]
        chance.shuffle(drawn)
        assert all(judged.split == ("held" if place % 3 == 2 else "fit") for place, judged in enumerate(drawn)), name


def test_no_two_questions_of_the_sample_ask_the_same(sample: tuple[JudgedQuestion, ...]) -> None:
    assert len({judged.asked() for judged in sample}) == len(sample)


def test_all_fields_of_a_line_are_read_and_unknown_ones_passed_over(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "Who came?"}, {"role": "assistant", "content": "Hu Guoyong."}]
    full = row(
        lang="en", type="multi-turn", history=turns, gold_files=["a.txt"], gold_quotes=["He left."],
        gold_answer="Then.", cross_lingual=True, note="n", split="held", source_kind="retold",
    )  # fmt: skip
    (judged,) = read_questions(write(tmp_path, full))
    assert judged == JudgedQuestion(
        id="1", question="Who?", expected="answer", lang="en", type="multi-turn",
        history=(Turn(role="user", content="Who came?"), Turn(role="assistant", content="Hu Guoyong.")),
        gold_files=("a.txt",), gold_quotes=("He left.",), gold_answer="Then.", must_contain=("tec",),
        cross_lingual=True, note="n", split="held",
    )  # fmt: skip
    assert judged.asked().history == judged.history


def test_a_line_separator_inside_a_string_does_not_end_the_line(tmp_path: Path) -> None:
    line = json.dumps(row(question="Who\u2028came?"), ensure_ascii=False)
    (judged,) = read_questions(write(tmp_path, "", line))
    assert judged.question == "Who\u2028came?"


def test_an_empty_file_gives_no_questions(tmp_path: Path) -> None:
    assert read_questions(write(tmp_path)) == ()


def test_all_faults_of_a_file_are_named_at_once_with_their_lines(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        row(),
        "not json",
        '["a list"]',
        {"id": "4", "expected": "answer"},
        row(id="5", expected="perhaps"),
        row(id="6", gold_files="a.txt"),
        row(id="7", history=[{"role": "staff", "content": "x"}]),
        row(id="8", must_contain=[]),
        row(),
        row(id="10", cross_lingual="yes"),
    )
    with pytest.raises(QuestionsError) as caught:
        read_questions(path)
    message = str(caught.value)
    named = [
        int(line.removeprefix(f"{path}:").split(":")[0]) for line in message.splitlines() if line.startswith(str(path))
    ]
    assert named == [2, 3, 4, 4, 5, 6, 7, 8, 9, 10]
    assert "4: question is missing" in message
    assert "'perhaps'" in message
    assert "id 1 is taken by line 1" in message


def test_a_file_that_is_not_there_or_not_utf8_is_a_named_error(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match=r"none\.jsonl: cannot be read"):
        read_questions(tmp_path / "none.jsonl")
    strange = tmp_path / "strange.jsonl"
    strange.write_bytes("谁来了".encode("gb18030"))
    with pytest.raises(QuestionsError, match="UTF-8"):
        read_questions(strange)


def test_a_csv_file_says_the_same_as_the_lines_it_was_made_from(
    tmp_path: Path, sample: tuple[JudgedQuestion, ...]
) -> None:
    path = tmp_path / "q.csv"
    names = list(dict.fromkeys(name for line in SAMPLE.read_text("utf-8").splitlines() for name in json.loads(line)))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        for line in SAMPLE.read_text("utf-8").splitlines():
            fields = json.loads(line)
            fields["history"] = LIST_SEPARATOR.join(
                f"{turn['role']}: {turn['content']}" for turn in fields.get("history", [])
            )
            for name in ("gold_files", "gold_quotes", "must_contain"):
                fields[name] = LIST_SEPARATOR.join(fields[name])
            writer.writerow(fields)
    assert read_questions(path) == sample


def test_faults_of_a_csv_file_are_named_by_the_line_a_record_begins_on(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text('id,question,expected,must_contain\n1,"Who\ncame?",answer,tec\n2,Who?,maybe,tec\n3,Who?\n', "utf-8")
    with pytest.raises(QuestionsError) as caught:
        read_questions(path)
    assert f"{path}:4: expected is 'maybe'" in str(caught.value)
    assert f"{path}:5: has not the 4 columns" in str(caught.value)
