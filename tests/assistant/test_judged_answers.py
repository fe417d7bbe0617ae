"""What holds of every answer, over judged questions of the sample reports: asked once, since asking is slow."""

import json
import re

from assistant import answer_from_json, answer_text, answer_to_dict, answer_to_json


def test_every_quote_stands_verbatim_and_every_claim_is_its_quote(assistant, judged_answers):
    assert sum(len(answer.claims) for _, answer in judged_answers) > 10
    for _, answer in judged_answers:
        for claim in answer.claims:
            (citation,) = claim.citations
            assert assistant.report(citation.report_id).text[citation.start : citation.end] == citation.quote
            assert claim.text == citation.quote
            assert claim.verdict == "proved"


def test_every_answer_says_what_it_is(assistant, judged_answers):
    for judged, answer in judged_answers:
        assert answer.final and answer.index == assistant.index
        assert answer.language == judged.lang
        assert len(answer.retrieved) >= 10
        assert (answer.route == "refusal") == (answer.status in ("not_in_records", "no_question"))
        assert answer.claims or answer.notice
        assert answer.notice or answer.status == "answered"
        assert answer.coverage.matched <= answer.coverage.reports
        assert {"understand", "search", "read", "compose"} <= answer.timings.keys()
        assert sum(answer.timings.values()) <= answer.seconds + 1e-6


def test_every_judged_answer_goes_through_json_unchanged(judged_answers):
    for judged, answer in judged_answers:
        public = answer_to_dict(answer, id=judged.id)
        assert json.loads(json.dumps(public, ensure_ascii=False)) == public
        assert public["id"] == judged.id
        numbers = [one["n"] for one in public["citations"]]
        assert numbers == list(range(1, len(numbers) + 1))
        closest = {public["closest"]} - {None}
        assert {n for claim in public["claims"] for n in claim["citations"]} | closest == set(numbers)


def test_the_text_marks_each_claim_with_a_source_that_is_listed(judged_answers):
    for _, answer in judged_answers:
        text = answer_text(answer)
        marks = set(re.findall(r"\[(\d+)\]$", text, flags=re.MULTILINE))
        listed = set(re.findall(r"^\[(\d+)\] ", text, flags=re.MULTILINE))
        assert marks >= listed == {str(n) for n in range(1, len(answer.citations) + 1)}
        assert text.startswith(answer.notice)


def test_every_answer_of_an_index_comes_back_equal(judged_answers):
    assert any(answer.claims for _, answer in judged_answers)
    for _, answer in judged_answers:
        assert answer_from_json(answer_to_json(answer)) == answer
