from assistant import Filters, Turn
from tests.ui.standin import StandIn
from ui.web.ask.asking import MAX_QUESTION, ask, ask_otherwise, history, stop
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


def test_an_empty_question_changes_nothing_and_an_endless_one_is_cut(desk: Desk, standin: StandIn) -> None:
    assert list(ask(desk, "  \n", (), EN)) == []
    list(ask(desk, "a" * 3 * MAX_QUESTION, (), EN))
    assert len(standin.asked[0].text) == MAX_QUESTION


def test_filters_go_with_the_question(desk: Desk, standin: StandIn) -> None:
    list(ask(desk, "Who signed?", (), EN, filters=Filters(place="Lyon")))
    assert standin.asked[0].filters == Filters(place="Lyon")


def test_a_question_is_asked_again_by_another_route_with_all_that_belonged_to_it(desk: Desk, standin: StandIn) -> None:
    exchanges = told(desk, "Who signed?")
    *_, exchanges = ask(desk, "Which agreements?", exchanges, EN, filters=Filters(place="Lyon"))
    *_, exchanges = ask(desk, "The weather?", exchanges, EN)
    first, *_, last = ask_otherwise(desk, 1, exchanges, EN, route="timeline")
    assert len(first) == len(last) == 4 and first[3].is_open
    assert last[3].answer.route == "timeline" and last[1].answer.route == "list"
    asked = standin.asked[-1]
    assert (asked.text, asked.route, asked.filters.place) == ("Which agreements?", "timeline", "Lyon")
    assert asked.history == history(exchanges[:1])


def test_a_follow_up_is_asked_alone_as_it_was_written(desk: Desk, standin: StandIn) -> None:
    exchanges = told(desk, "The weather?", "Who signed?")
    assert exchanges[1].answer.understood_as == "Who signed the agreement in Lyon?"
    *_, exchanges = ask_otherwise(desk, 1, exchanges, EN, alone=True)
    assert standin.asked[-1].text == "Who signed?" and standin.asked[-1].history == ()
    assert exchanges[2].answer.understood_as == "Who signed?"


def test_what_cannot_be_asked_otherwise_changes_nothing(desk: Desk) -> None:
    exchanges = told(desk, "search fails")
    for number in (-1, 0, 1, 999):
        assert list(ask_otherwise(desk, number, exchanges, EN, route="list")) == []


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
