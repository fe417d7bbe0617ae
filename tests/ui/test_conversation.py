from assistant import Turn
from tests.ui.standin import LYON, StandIn
from ui.web.conversation import ask, history, open_source, stop
from ui.web.desk import Desk
from ui.wording import words

EN = words("en")


def told(desk: Desk, *questions: str) -> tuple:
    exchanges: tuple = ()
    for question in questions:
        *_, exchanges = ask(desk, question, exchanges, EN)
    return exchanges


def test_a_question_appears_before_its_answer_and_is_asked_with_the_turns_before_it(
    desk: Desk, standin: StandIn
) -> None:
    first, *_, last = ask(desk, " Who signed? ", (), EN)
    assert first[0].question == "Who signed?" and first[0].answer is None
    assert last[0].answer.final
    told(desk, "Who signed?", "And the weather?")
    turns = standin.asked[-1].history
    assert turns[0] == Turn(role="user", content="Who signed?")
    assert turns[1].role == "assistant" and "signed by Ana Silva" in turns[1].content


def test_an_empty_question_changes_nothing(desk: Desk) -> None:
    assert list(ask(desk, "  \n", (), EN)) == []


def test_a_named_error_becomes_a_sentence_and_an_unforeseen_one_hides_its_detail(desk: Desk) -> None:
    named, unforeseen = told(desk, "search fails", "this breaks")
    assert named.trouble == "The search failed on stand-in. Run: rapporteur doctor"
    assert unforeseen.trouble == EN.say("trouble_unknown")
    assert not named.is_open and not unforeseen.is_open


def test_stopping_closes_a_growing_answer_and_leaves_a_finished_one(desk: Desk) -> None:
    growing = ask(desk, "slow: who signed?", (), EN)
    next(growing)
    exchanges = next(growing)
    assert exchanges[0].is_open
    assert stop(exchanges)[0].stopped and not stop(exchanges)[0].is_open
    finished = told(desk, "Who signed?")
    assert stop(finished) == finished
    assert stop(()) == ()


def test_turns_without_an_answer_keep_the_question_only(desk: Desk) -> None:
    assert history(told(desk, "search fails")) == (Turn(role="user", content="search fails"),)


def test_a_place_opens_the_report_and_one_that_does_not_exist_the_empty_panel(desk: Desk) -> None:
    exchanges = told(desk, "Who signed?", "The weather?")
    assert "signed by Ana Silva" in open_source(desk, exchanges, EN, cite="0-1")
    assert "Near the question, not cited" in open_source(desk, exchanges, EN, near="1-1")
    for place in ("0-2", "0-0", "7-1", "-1-1", "0", "", "x-y", "²-1", {"a": 1}, -1):
        assert EN.say("panel_empty") in open_source(desk, exchanges, EN, cite=place)
    assert EN.say("panel_empty") in open_source(desk, exchanges, EN)
    assert LYON.title in open_source(desk, exchanges, EN, cite="0-1")
