import pytest

from assistant import Question
from assistant.doubts import candidates, disagreeing

TWO = ("Ada Brunel opened the fair.", "Tomas Brunel spoke about schools.")


def test_a_name_that_two_persons_bear_is_asked_back(understood, record, weighed):
    found = candidates(understood("What did Brunel say?"), weighed(record(*TWO), 0.5, 0.45))
    assert [name for name, _ in found] == ["Ada Brunel", "Tomas Brunel"]
    assert [item.sentence.text for _, item in found] == list(TWO)


@pytest.mark.parametrize("text", ["What did Tomas Brunel say?", "What did the guests say?", "Who are all the Brunels?"])
def test_a_full_name_or_none_needs_no_asking_back(understood, record, weighed, text):
    assert candidates(understood(text), weighed(record(*TWO), 0.5, 0.45)) == ()


def test_a_name_is_settled_when_one_sentence_is_much_likelier(understood, record, weighed):
    assert candidates(understood("What did Brunel open?"), weighed(record(*TWO), 0.9, 0.2)) == ()


def test_one_person_in_two_sentences_is_one_candidate(understood, record, weighed):
    same = ("Ada Brunel opened the fair.", "Ada Brunel spoke about schools.")
    assert candidates(understood("What did Brunel say?"), weighed(record(*same), 0.5, 0.45)) == ()


def test_one_person_under_one_office_in_two_records_is_no_conflict(understood, record, weighed):
    first, second = "Rector Ada Brunel opened the fair.", "Rector Ada Brunel spoke about schools."
    evidence = weighed(record(first, name="a.md"), 0.6) + weighed(record(second, name="b.md"), 0.5)
    assert disagreeing(understood("Who is the rector?"), evidence) == ()


def test_two_rectors_in_two_records_are_a_conflict(understood, record, weighed):
    first, second = "Rector Ada Brunel opened the fair.", "Rector Tomas Hale spoke about schools."
    evidence = weighed(record(first, name="a.md"), 0.6) + weighed(record(second, name="b.md"), 0.5)
    found = disagreeing(understood("Who is the rector?"), evidence)
    assert [item.sentence.text for item in found] == [first, second]
    assert disagreeing(understood("Who was the rector in 2019?"), evidence) == ()
    within = weighed(record(first, second), 0.6, 0.5)
    assert disagreeing(understood("Who is the rector?"), within) == ()


def test_an_ambiguous_answer_names_the_candidates_and_shows_each(assistant):
    answer = assistant.answer(Question(text="Who is Li?"))
    assert (answer.status, answer.route) == ("ambiguous", "refusal")
    assert len(answer.claims) > 1
    for claim in answer.claims:
        assert "Li " in claim.text
    assert "Which one is meant?" in answer.notice
