from dataclasses import replace
from math import log2

import pytest

from assistant.answer import Answer, Status
from assistant.evaluate import measures
from assistant.evaluate.questions import Expected, JudgedQuestion
from tests.assistant.evaluate.byhand import cite, make_answer, passage

TEXTS = {
    "a.md": "---\ntitle: A\n---\nHu Guoyong came on 4 May.\nHe met\n  nine heads. Nothing was signed.",
    "b.md": "The group stayed for three weeks.",
}
COME, MET, SIGNED = "Hu Guoyong came on 4 May.", "He met nine heads.", "Nothing was signed."


def text_of(file: str) -> str | None:
    return TEXTS.get(file.replace(".txt", ".md"))


def judge(
    *quotes: str, expected: Expected = "answer", files: tuple[str, ...] = ("a.txt",), must: str = ""
) -> JudgedQuestion:
    return JudgedQuestion(
        id="1",
        question="?",
        expected=expected,
        gold_files=files,
        gold_quotes=quotes,
        must_contain=(must,) if must else (),
    )


def answer_with(*quotes: str, status: Status = "answered", notice: str = "") -> Answer:
    text = TEXTS["a.md"]
    cited = [cite("a.md", text, text.index(quote), text.index(quote) + len(quote)) for quote in quotes]
    return make_answer(*cited, status=status, notice=notice)


def test_report_recall_counts_gold_reports_among_the_first_passages_under_any_suffix() -> None:
    judged = judge(COME, files=("a.txt", "b.txt", "c.txt", "d.txt"))
    answer = make_answer(
        retrieved=[passage("a.md"), passage("a.md"), passage("x.md"), passage("b.md"), passage("c.md")]
    )
    assert measures.report_recall(judged, answer, k=2) == 0.25
    assert measures.report_recall(judged, answer, k=4) == 0.5
    assert measures.report_recall(judged, answer, k=10) == 0.75


def test_a_measure_of_finding_does_not_apply_where_nothing_is_to_be_found() -> None:
    judged = judge(expected="refuse", files=())
    answer = make_answer(retrieved=[passage("a.md")])
    assert measures.report_recall(judged, answer, k=5) is None
    assert measures.report_ndcg(judged, answer, k=5) is None
    assert measures.quote_recall(judged, answer, text_of, k=5) is None
    assert measures.citation_recall(judged, answer, text_of) is None


def test_ndcg_discounts_by_rank_of_the_report_not_of_the_passage() -> None:
    judged = judge(COME, files=("a.txt", "b.txt"))
    answer = make_answer(
        retrieved=[passage("x.md"), passage("x.md"), passage("a.md"), passage("y.md"), passage("b.md")]
    )
    assert measures.report_ndcg(judged, answer, k=10) == pytest.approx(
        (1 / log2(3) + 1 / log2(5)) / (1 / log2(2) + 1 / log2(3))
    )


def test_report_measures_agree_with_ir_measures() -> None:
    ir_measures = pytest.importorskip("ir_measures")
    ranking = ["x", "b", "y", "a", "z", "w", "c", "v"]
    gold = ["a", "b", "c", "missing"]
    answer = make_answer(retrieved=[passage(f"{name}.md") for name in ranking])
    judged = judge(COME, files=tuple(f"{name}.txt" for name in gold))
    qrels = [ir_measures.Qrel("1", name, 1) for name in gold]
    run = [ir_measures.ScoredDoc("1", name, 1.0 / rank) for rank, name in enumerate(ranking, start=1)]
    theirs = ir_measures.calc_aggregate([ir_measures.nDCG @ 10, ir_measures.nDCG @ 5, ir_measures.R @ 5], qrels, run)
    assert measures.report_ndcg(judged, answer, k=10) == pytest.approx(theirs[ir_measures.nDCG @ 10])
    assert measures.report_ndcg(judged, answer, k=5) == pytest.approx(theirs[ir_measures.nDCG @ 5])
    assert measures.report_recall(judged, answer, k=5) == pytest.approx(theirs[ir_measures.R @ 5])


def test_a_gold_quote_is_found_across_a_line_break_and_only_by_a_passage_that_overlaps_it() -> None:
    judged = judge(COME, MET, SIGNED, "These words stand nowhere.")
    came = TEXTS["a.md"].index("came")
    met = TEXTS["a.md"].index("He met")
    assert measures.quote_recall(judged, make_answer(retrieved=[passage("a.md", came, came + 4)]), text_of, k=5) == 0.25
    beside = passage("a.md", met - 1, met)
    assert measures.quote_recall(judged, make_answer(retrieved=[beside]), text_of, k=5) == 0
    everything = passage("a.md", 0, len(TEXTS["a.md"]))
    assert measures.quote_recall(judged, make_answer(retrieved=[everything]), text_of, k=5) == 0.75
    late = make_answer(retrieved=[*[passage("b.md")] * 5, everything])
    assert measures.quote_recall(judged, late, text_of, k=5) == 0


def test_a_citation_is_valid_only_when_its_quote_stands_at_its_offsets() -> None:
    text = TEXTS["a.md"]
    right = cite("a.md", text, 4, 12)
    shifted = cite("a.md", " " + text, 4, 12)
    elsewhere = cite("none.md", text, 4, 12)
    empty = cite("none.md", text, 4, 4)
    assert measures.citation_validity(make_answer(right), text_of) == 1
    assert measures.citation_validity(make_answer(right, shifted, elsewhere, empty), text_of) == 0.25
    assert measures.citation_validity(make_answer(), text_of) is None


def test_citation_precision_is_over_citations_and_recall_over_gold_quotes() -> None:
    judged = judge(COME, MET)
    answer = answer_with(COME, "Hu Guoyong", SIGNED)
    assert measures.citation_precision(judged, answer, text_of) == pytest.approx(2 / 3)
    assert measures.citation_recall(judged, answer, text_of) == 0.5


def test_ticked_precision_leaves_out_what_may_not_be_the_answer() -> None:
    judged = judge(COME, MET)
    answer = answer_with(COME, "Hu Guoyong", SIGNED)
    assert measures.ticked_precision(judged, answer, text_of) == pytest.approx(2 / 3)
    beside = replace(answer, claims=(*answer.claims[:2], replace(answer.claims[2], is_found=False)))
    assert measures.ticked_precision(judged, beside, text_of) == 1
    none = replace(answer, claims=tuple(replace(one, is_found=False) for one in answer.claims))
    assert measures.ticked_precision(judged, none, text_of) is None


def test_the_same_offsets_in_another_report_are_not_gold() -> None:
    text = TEXTS["a.md"]
    at = text.index(COME)
    stranger = cite("b.md", text, at, at + 5)
    assert measures.citations_on_gold(judge(COME), make_answer(stranger), text_of) == (False,)


def test_a_refusal_recalls_nothing_and_has_no_precision() -> None:
    refusal = make_answer(status="not_in_records")
    assert measures.citation_recall(judge(COME), refusal, text_of) == 0
    assert measures.citation_precision(judge(COME), refusal, text_of) is None


@pytest.mark.parametrize(
    ("status", "is_right"),
    [
        ("answered", True),
        ("not_in_records", False),
        ("false_premise", False),
    ],
)
def test_a_question_to_be_answered_is_right_when_answered_and_complete(status: Status, is_right: bool) -> None:
    assert measures.answered_rightly(judge(COME, must="4"), answer_with(COME, status=status), text_of) is is_right
    assert not measures.answered_rightly(judge(COME, must="5"), answer_with(COME, status=status), text_of)


def test_a_question_to_be_refused_is_right_only_when_refused() -> None:
    judged = judge(expected="refuse", files=())
    assert measures.answered_rightly(judged, make_answer(status="not_in_records"), text_of)
    assert not measures.answered_rightly(judged, answer_with(COME), text_of)
    assert not measures.answered_rightly(judged, answer_with(COME, status="false_premise"), text_of)


def test_a_premise_is_corrected_by_saying_so_or_by_refusing_with_what_is_recorded() -> None:
    judged = judge(SIGNED, expected="correct-premise", must="not|nothing")
    assert measures.answered_rightly(judged, answer_with(SIGNED, status="false_premise"), text_of)
    assert measures.answered_rightly(judged, answer_with(SIGNED, status="not_in_records"), text_of)
    assert not measures.answered_rightly(judged, answer_with(SIGNED), text_of)
    assert not measures.answered_rightly(judged, make_answer(status="not_in_records", notice="Not recorded."), text_of)
    assert not measures.answered_rightly(judged, answer_with(COME, status="not_in_records", notice="Not so."), text_of)
    assert not measures.answered_rightly(judged, answer_with(COME, status="false_premise"), text_of)
