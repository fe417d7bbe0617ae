import json

import pytest

from assistant import Answer, Filters, Question, Turn
from corpus import SearchFailed
from tests.ui.standin import answer_of
from ui.batch import answer_batch, read_batch


def test_lines_become_questions_with_history_and_filters_in_order() -> None:
    lines = [
        json.dumps({
            "id": "q1",
            "question": "And there?",
            "history": [{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Ana."}],
            "filters": {"since": "2024", "languages": ["en", "zh"], "files": "a.md"},
        }),
        "\n",
        '{"question": "Who?"}',
    ]  # fmt: skip
    first, second = read_batch(lines, Filters(since="2020", place="Lyon"))
    assert first.id == "q1"
    assert first.asked == Question(
        text="And there?",
        history=(Turn(role="user", content="Who?"), Turn(role="assistant", content="Ana.")),
        filters=Filters(since="2024", place="Lyon", languages=("en", "zh"), files=("a.md",)),
    )
    assert (second.id, second.asked) == ("3", Question(text="Who?", filters=Filters(since="2020", place="Lyon")))


def test_a_line_may_ask_for_a_route_and_a_theme_and_else_has_those_of_the_command() -> None:
    lines = ['{"question": "q", "route": "list", "filters": {"theme": "ai"}}', '{"question": "q", "route": null}']
    first, second = read_batch(lines, Filters(theme="esd"), route="timeline")
    assert first.asked == Question(text="q", route="list", filters=Filters(theme="ai"))
    assert second.asked == Question(text="q", route="timeline", filters=Filters(theme="esd"))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{bad", "not JSON"),
        ("[1]", "not an object"),
        ("{}", "no question"),
        ('{"question": "  "}', "no question"),
        ('{"question": 5}', "no question"),
        ('{"question": "q", "history": "x"}', '"history" is not a list'),
        ('{"question": "q", "history": [{"role": "system", "content": "x"}]}', '"role"'),
        ('{"question": "q", "history": [{"role": "user"}]}', '"content"'),
        ('{"question": "q", "filters": []}', '"filters" is not an object'),
        ('{"question": "q", "filters": {"year": "2024"}}', 'unknown filter "year"'),
        ('{"question": "q", "filters": {"since": 2024}}', 'filter "since" must be a text'),
        ('{"question": "q", "filters": {"theme": 1}}', 'filter "theme" must be a text'),
        ('{"question": "q", "route": "oracle"}', '"route" is none of lookup, list, timeline'),
        ('{"question": "q", "route": ["list"]}', '"route" is none of'),
        ('{"question": "q", "filters": {"languages": [1]}}', 'filter "languages" must be a list of texts'),
    ],
)
def test_a_malformed_line_is_named_and_the_next_one_still_read(line: str, fault: str) -> None:
    bad, good = read_batch([line, '{"id": "b", "question": "Who?"}'], Filters())
    assert bad.asked is None
    assert bad.fault.startswith("line 1: ") and fault in bad.fault
    assert good.id == "b" and good.asked is not None


def test_a_question_that_fails_gives_an_error_object_and_the_rest_go_on() -> None:
    def ask(question: Question) -> Answer:
        if question.text == "fail":
            raise SearchFailed("the search failed")
        return answer_of(question.text)

    lines = read_batch(['{"id": "a", "question": "fail"}', "?", '{"id": "c", "question": "q"}'], Filters())
    one, two, three = answer_batch(lines, ask)
    assert one == {"id": "a", "error": "the search failed"}
    assert two["id"] == "2" and set(two) == {"id", "error"}
    assert three["id"] == "c" and three["status"] == "answered"


def test_lines_are_answered_as_they_are_read() -> None:
    def lines():
        yield '{"question": "first"}'
        raise AssertionError("the second line was read before the first was answered")

    assert next(answer_batch(read_batch(lines(), Filters()), lambda q: answer_of(q.text)))["question"] == "first"
