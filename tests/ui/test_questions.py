from dataclasses import replace

import pytest

from tests.ui.elements import Elements
from tests.ui.standin import ATTACK
from ui.web.memory.values import Conversation
from ui.web.questions.view import SHOWN, questions_view
from ui.wording import LANGUAGES, words

EN = words("en")


def told(question: str, number: int = 1) -> Conversation:
    return Conversation(id=f"c{number}", first_question=question, turns=("t1", "t2"), time="2026-05-04T08:00:00+00:00")


def test_each_conversation_opens_and_can_be_deleted_by_a_button_that_names_it() -> None:
    page = Elements(questions_view([told("Who signed?")], "", EN))
    assert "#ask?conversation=c1" in [link["href"] for link in page.named("a")]
    (button,) = [one for one in page.named("button") if one.get("data-do") == "delete_conversation"]
    assert button["data-id"] == "c1" and "Who signed?" in button["aria-label"]
    assert "2 questions" in page.text and "2026" in page.text


def test_all_are_deleted_only_after_a_second_look_and_never_from_a_search() -> None:
    html = questions_view([told("Who signed?")], "", EN)
    assert html.rindex("<details") < html.index('data-do="delete_all"') < html.rindex("</details>")
    assert "delete_all" not in questions_view([told("Who signed?")], "signed", EN)


def test_nothing_asked_and_nothing_found_are_told_apart() -> None:
    empty, missed = Elements(questions_view([], "", EN)), Elements(questions_view([], "zebra", EN))
    assert "Nothing has been asked yet" in empty.text and not empty.named("form")
    assert "zebra" in missed.text and [form["data-view"] for form in missed.named("form")] == ["history"]
    assert [box["value"] for box in missed.named("input")] == ["zebra"]


def test_hostile_questions_and_searches_stay_text() -> None:
    page = Elements(questions_view([told(ATTACK)], ATTACK, EN))
    assert not page.named("img") and not page.named("script") and ATTACK in page.text


def test_of_a_long_history_the_newest_are_shown_and_the_others_are_told() -> None:
    page = Elements(questions_view([told("Who?", n) for n in range(SHOWN + 3)], "", EN))
    assert len(page.named("li")) == SHOWN and "3 older conversations" in page.text


def test_a_named_conversation_stands_under_its_name_and_can_be_taken_away_whole() -> None:
    page = Elements(questions_view([replace(told("Who signed?"), title="Lyon")], "", EN))
    assert "Lyon" in page.text and "Who signed?" not in page.text
    (form,) = [one for one in page.named("form") if one.get("data-do") == "name_conversation"]
    assert form["data-id"] == "c1"
    assert [one["value"] for one in page.named("input") if one["name"] == "title"] == ["Lyon"]
    assert "download/briefing.docx?language=en&turns=t1,t2" in [link["href"] for link in page.named("a")]


def test_a_search_leads_to_the_very_line_and_what_was_deleted_can_be_taken_back() -> None:
    found = replace(told("Who?"), found="t2", line="It was signed by Ana Silva. [1]")
    page = Elements(questions_view([found], "silva", EN, deleted=2))
    assert "#ask?conversation=c1&turn=t2&search=silva" in [link["href"] for link in page.named("a")]
    assert found.line in page.text and "2 conversations were deleted" in page.text
    assert "undo_delete" in [one.get("data-do") for one in page.named("button")]
    assert "undo_delete" not in questions_view([found], "", EN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_signs_in_it_is_said_that_all_see_the_conversations(language: str) -> None:
    said = words(language)
    own, shared = (questions_view([], "", said, is_shared=is_shared) for is_shared in (False, True))
    assert said.say("history_own") in own and said.say("history_shared") not in own
    assert said.say("history_shared") in shared and said.say("history_own") not in shared
