import json

import pytest

from assistant.answer import Answer
from assistant.evaluate import MEASURES, JudgedQuestion, Scorecard, evaluate, read_questions
from assistant.question import Question
from corpus import UsageError
from tests.assistant.evaluate.byhand import REPORTS, cite, make_answer, sample_text, silent
from tests.assistant.evaluate.conftest import Asker

SAMPLE = REPORTS.parent / "questions.jsonl"


@pytest.fixture(scope="module")
def sample() -> tuple[JudgedQuestion, ...]:
    return read_questions(SAMPLE)


def test_a_perfect_assistant_scores_one(perfect: Asker, sample: tuple[JudgedQuestion, ...]) -> None:
    card = evaluate(sample, perfect(sample), report_text=sample_text)
    means = card.means()
    wrong = [row.judged.id for row in card.rows if not row.measures["right"]]
    assert wrong == []
    for name in ("right", "report_recall@10", "report_ndcg@10", "quote_recall@10", "citation_validity",
                 "citation_precision", "citation_recall", "refused"):  # fmt: skip
        assert means[name] == pytest.approx(1), name
    assert means["falsely_refused"] == 0
    assert not any(row.unlocated for row in card.rows)


def test_an_assistant_that_always_refuses_is_right_only_where_silence_was_asked_for(
    sample: tuple[JudgedQuestion, ...],
) -> None:
    card = evaluate(sample, silent, report_text=sample_text)
    to_refuse = sum(judged.expected == "refuse" for judged in sample)
    means = card.means()
    assert means["right"] == pytest.approx(to_refuse / len(sample))
    assert means["refused"] == 1
    assert means["falsely_refused"] == 1
    assert means["citation_recall"] == 0
    assert means["report_recall@10"] == 0
    assert "citation_precision" not in means
    assert "citation_validity" not in means
    assert card.by("type")["unanswerable"]["right"] == 1
    assert card.by("type")["false-premise"]["right"] == 0


def test_an_assistant_that_always_cites_the_same_sentence_is_caught(sample: tuple[JudgedQuestion, ...]) -> None:
    file = "001-tec-uzbekistan-ministry.md"
    text = sample_text(file) or ""
    start = text.index("The morning of the 26th")

    def ask(question: Question) -> Answer:
        return make_answer(cite(file, text, start, start + 40), question=question)

    means = evaluate(sample, ask, report_text=sample_text).means()
    assert means["right"] < 0.05
    assert means["refused"] == 0
    assert means["citation_validity"] == 1
    assert means["citation_precision"] < 0.05


def two() -> tuple[JudgedQuestion, JudgedQuestion]:
    file, quote = "016-bri-autumn-2023.txt", "15 more from 6 countries joined online"
    first = JudgedQuestion(
        id="1", question="a", expected="answer", lang="en", type="lookup", gold_files=(file,), gold_quotes=(quote,),
        must_contain=("15",),
    )  # fmt: skip
    second = JudgedQuestion(
        id="2", question="b", expected="answer", lang="zh", type="lookup", gold_files=(file,),
        gold_quotes=(quote, "words that stand nowhere"), must_contain=("15",), cross_lingual=True,
    )  # fmt: skip
    return first, second


def two_answered() -> Scorecard:
    text = sample_text("016-bri-autumn-2023.md") or ""
    at = text.index("15 more")

    def ask(question: Question) -> Answer:
        gold = cite("016-bri-autumn-2023.md", text, at, at + 20)
        others = [cite("016-bri-autumn-2023.md", text, start, start + 1) for start in range(4, 7)]
        return make_answer(gold, *(others if question.text == "b" else ()), question=question)

    return evaluate(two(), ask, report_text=sample_text)


def test_precision_is_a_mean_over_citations_and_recall_over_questions() -> None:
    means = two_answered().means()
    assert means["citation_precision"] == pytest.approx(2 / 5)
    assert means["citation_recall"] == pytest.approx((1 + 0.5) / 2)


def test_gold_quotes_that_stand_in_no_record_are_named() -> None:
    first, second = two_answered().rows
    assert first.unlocated == ()
    assert second.unlocated == ("words that stand nowhere",)


def test_means_are_given_by_group() -> None:
    card = two_answered()
    assert card.by("lang")["en"]["citation_precision"] == 1
    assert card.by("lang")["zh"]["citation_precision"] == 0.25
    assert card.groups().keys() == {"all", "lookup", "en", "zh", "cross-language"}
    assert card.groups()["cross-language"]["n"] == 1


def test_bounds_are_floors_for_what_should_be_high_and_ceilings_for_what_should_be_low() -> None:
    card = two_answered()
    assert card.check({"right": 1.0, "falsely_refused": 0.12, "seconds": 60}) == []
    assert card.check({"citation_precision": 0.7}) == ["citation_precision is 0.400, below 0.7"]
    assert card.check({"en:citation_precision": 0.7, "cross-language:citation_precision": 0.7}) == [
        "cross-language:citation_precision is 0.250, below 0.7"
    ]
    refusing = evaluate(two(), silent, report_text=sample_text)
    assert refusing.check({"falsely_refused": 0.12}) == ["falsely_refused is 1.000, above 0.12"]


def test_a_bound_on_what_was_not_measured_is_missed() -> None:
    assert len(two_answered().check({"refused": 0.0})) == 1


def test_a_bound_on_something_unknown_is_a_named_error() -> None:
    with pytest.raises(UsageError, match="no such measure"):
        two_answered().check({"recall": 0.5})
    with pytest.raises(UsageError, match="no such group"):
        two_answered().check({"fr:right": 0.5})


def test_the_scorecard_for_scripts_is_plain_json_with_a_row_for_each_question() -> None:
    found = json.loads(json.dumps(two_answered().to_dict()))
    assert [row["id"] for row in found["rows"]] == ["1", "2"]
    assert found["overall"]["n"] == 2
    assert found["by_cross_lingual"]["True"]["n"] == 1
    assert found["timings"] == {"search": 0.002, "compose": 0.001}
    assert set(found["rows"][0]) & set(MEASURES)


def test_no_questions_give_an_empty_scorecard() -> None:
    card = evaluate((), silent, report_text=sample_text)
    assert card.rows == ()
    assert card.means() == {"n": 0}


def test_progress_is_told_after_each_question() -> None:
    told: list[tuple[int, int]] = []
    evaluate(two(), silent, report_text=sample_text, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]
