from tests.ui.elements import Elements
from tests.ui.standin import ATTACK
from ui.web.history import SHOWN, history_view
from ui.web.kept import Conversation
from ui.wording import words

EN = words("en")


def told(question: str, number: int = 1) -> Conversation:
    return Conversation(id=f"c{number}", first_question=question, count=2, time="2026-05-04T08:00:00+00:00")


def test_each_conversation_opens_and_can_be_deleted_by_a_button_that_names_it() -> None:
    page = Elements(history_view([told("Who signed?")], "", EN))
    assert "#ask?conversation=c1" in [link["href"] for link in page.named("a")]
    (button,) = [one for one in page.named("button") if one.get("data-do") == "delete_conversation"]
    assert button["data-id"] == "c1" and "Who signed?" in button["aria-label"]
    assert "2 questions" in page.text and "2026" in page.text


def test_all_are_deleted_only_after_a_second_look_and_never_from_a_search() -> None:
    html = history_view([told("Who signed?")], "", EN)
    assert html.index("<details") < html.index('data-do="delete_all"') < html.index("</details>")
    assert "delete_all" not in history_view([told("Who signed?")], "signed", EN)


def test_nothing_asked_and_nothing_found_are_told_apart() -> None:
    empty, missed = Elements(history_view([], "", EN)), Elements(history_view([], "zebra", EN))
    assert "Nothing has been asked yet" in empty.text and not empty.named("form")
    assert "zebra" in missed.text and [form["data-view"] for form in missed.named("form")] == ["history"]
    assert [box["value"] for box in missed.named("input")] == ["zebra"]


def test_hostile_questions_and_searches_stay_text() -> None:
    page = Elements(history_view([told(ATTACK)], ATTACK, EN))
    assert not page.named("img") and not page.named("script") and ATTACK in page.text


def test_of_a_long_history_the_newest_are_shown_and_the_others_are_told() -> None:
    page = Elements(history_view([told("Who?", n) for n in range(SHOWN + 3)], "", EN))
    assert len(page.named("li")) == SHOWN and "3 older conversations" in page.text
