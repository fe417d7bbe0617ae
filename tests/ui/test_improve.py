import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant import Claim, Question, Retrieved, Turn, read_questions
from ingest import Ledger
from tests.ui.elements import Elements
from tests.ui.standin import ATTACK, HOSTILE, INDEX, LYON, answer_of, cite
from ui.web.access.visitor import LOCAL, Visitor
from ui.web.ask.thumbs import feedback_html, give
from ui.web.desk import Shelf
from ui.web.improve.judged_questions import FILE, judged_id, read_judged, sentences
from ui.web.improve.thumbs_down import SHOWN, thumbs_deed, thumbs_view
from ui.web.memory.store import Memory
from ui.web.memory.values import Feedback
from ui.wording import words

EN = words("en")
SIGNED = LYON.text[31:69]
NEAR = Retrieved(
    report_id=LYON.id, file=LYON.path, title=LYON.title, start=0, end=len(LYON.text), text=LYON.text, score=1.0
)
READER = Visitor(name="ana", role="reader")
SHELF = Shelf(index=INDEX, ledger=Ledger(()), reports=(LYON, HOSTILE))


@dataclass
class Room:
    """A data folder in which a visitor puts thumbs down and a keeper judges."""

    data: Path
    memory: Memory

    def down(self, question: str, *reasons: str, note: str = "", answer: object = None) -> str:
        conversation = self.memory.start("ana")
        claim = Claim(text=SIGNED, citations=(cite(LYON, SIGNED),))
        given = answer or answer_of(question, claim, retrieved=(NEAR,))
        turn = self.memory.keep_turn("ana", conversation, given)
        self.memory.give_feedback("ana", turn, "down", reasons, note)
        return turn

    def shown(self, visitor: Visitor = LOCAL, **query: str) -> Elements:
        return Elements(thumbs_view(visitor, self.memory, self.data, query, EN))

    def does(self, visitor: Visitor = LOCAL, shelf: Shelf | None = SHELF, **told: str) -> Elements:
        return Elements(thumbs_deed(visitor, self.memory, self.data, shelf, told, {}, EN))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path, Memory(tmp_path))


def checked(page: Elements) -> list[str]:
    return [box["name"] for box in page.named("input") if box["type"] == "checkbox" and "checked" in box]


def chosen(page: Elements) -> list[str]:
    return [option["value"] for option in page.named("option") if "selected" in option]


def test_a_pressed_thumb_is_told_takes_itself_back_and_asks_for_reasons_when_down() -> None:
    up = Elements(feedback_html("t1", Feedback(way="up"), EN))
    assert [(one["aria-pressed"], one["data-way"]) for one in up.named("button")] == [
        ("true", "none"),
        ("false", "down"),
    ]
    assert not up.named("form")
    down = Elements(feedback_html("t1", Feedback(way="down", reasons=("missing",), note=ATTACK), EN))
    (form,) = down.named("form")
    assert (form["data-do"], form["data-turn"], checked(down)) == ("reason", "t1", ["missing"])
    assert ATTACK in down.text and not down.named("img")


def test_what_the_browser_tells_of_a_thumb_is_kept(room: Room) -> None:
    turn = room.down("Who signed?")
    told = {"do": "reason", "turn": turn, "wrong": "yes", "note": "not her", "evil": "x"}
    assert give(room.memory, "ana", told) and not give(room.memory, "ben", told)
    kept = room.memory.turn("ana", turn).feedback
    assert (kept.reasons, kept.note) == (("wrong",), "not her")
    assert give(room.memory, "ana", {"do": "thumb", "turn": turn, "way": "up"})
    assert room.memory.turn("ana", turn).feedback.way == "up"


def test_thumbs_down_show_question_person_reasons_note_and_answer(room: Room) -> None:
    room.down("Who came?")
    room.down("Who signed?", "wrong", note="It was Bruno.")
    text = room.shown().text
    for part in ("from ana", "The answer is wrong", "It was Bruno.", SIGNED):
        assert part in text
    assert text.index("Who signed?") < text.index("Who came?")


@pytest.mark.parametrize(
    ("reasons", "expected", "boxes"),
    [
        (("should_have_refused",), "refuse", []),
        (("missing",), "answer", ["cited-1"]),
        (("missing", "wrong_citation"), "answer", []),
        ((), "answer", []),
    ],
)
def test_the_form_is_filled_from_the_reasons(
    room: Room, reasons: tuple[str, ...], expected: str, boxes: list[str]
) -> None:
    room.down("Who signed?", *reasons)
    page = room.shown()
    assert chosen(page) == [expected] and checked(page) == boxes


def test_a_citation_a_sentence_in_view_and_a_typed_quote_become_gold(room: Room) -> None:
    asked = Question(text="And who signed?", history=(Turn(role="user", content="Lyon?"),))
    answer = answer_of("x", Claim(text=SIGNED, citations=(cite(LYON, SIGNED),)), question=asked, retrieved=(NEAR,))
    turn = room.down("x", "missing", answer=answer)
    names = [box["name"] for box in room.shown().named("input")]
    assert names[0] == "cited-1" and names[1].startswith("seen-1-")
    room.does(do="judge", turn=turn, expected="answer", must_contain="Silva|Сильва\r\n Ana ", gold_answer="Ana Silva.",
              typed="They   left\tat noon.", **{names[0]: "yes", names[1]: "yes"})  # fmt: skip
    (judged,) = read_questions(room.data / FILE)
    assert judged.asked() == asked and judged.id == judged_id(turn)
    assert judged.gold_quotes == (SIGNED, "The rector greeted the guests.", "They left at noon.")
    assert judged.gold_files == ("lyon.md",) and judged.must_contain == ("Silva|Сильва", "Ana")
    assert (judged.expected, judged.type, judged.lang, judged.cross_lingual) == ("answer", "multi-turn", "en", False)


def test_a_question_to_be_refused_takes_no_gold_and_one_click(room: Room) -> None:
    room.down("Who sang?", "should_have_refused")
    (button,) = [one for one in room.shown().named("button") if one.get("data-do") == "judge"]
    told = {name.removeprefix("data-"): value for name, value in button.items() if name.startswith("data-")}
    page = room.does(**told, **{"cited-1": "yes"})
    (judged,) = read_questions(room.data / FILE)
    assert (judged.expected, judged.type, judged.gold_quotes) == ("refuse", "unanswerable", ())
    assert "Judged: “Who sang?”" in page.text and "1 judged question" in page.text


@pytest.mark.parametrize(
    ("told", "part"),
    [
        ({"expected": "answer"}, "at least one sentence"),
        ({"expected": "answer", "typed": "Words that nobody wrote."}, "Words that nobody wrote."),
        ({"expected": "perhaps"}, "Choose what a right answer does"),
        ({}, "Choose what a right answer does"),
    ],
)
def test_a_form_that_cannot_be_judged_says_why_writes_nothing_and_keeps_what_was_filled_in(
    room: Room, told: dict[str, str], part: str
) -> None:
    turn = room.down("Who signed?")
    page = room.does(do="judge", turn=turn, gold_answer="Ana, I think", **told)
    assert part in page.text and "Ana, I think" in page.text
    assert [one["role"] for one in page.named("p") if one.get("role") == "alert"] == ["alert"]
    assert not (room.data / FILE).exists()


def test_a_turn_is_judged_once_and_judging_again_replaces_it_in_its_place(room: Room) -> None:
    first, second = room.down("One?"), room.down("Two?")
    for turn, expected in ((first, "refuse"), (second, "refuse"), (first, "correct-premise")):
        room.does(do="judge", turn=turn, expected=expected)
    assert [(one.question, one.expected) for one in read_judged(room.data)] == [
        ("One?", "correct-premise"),
        ("Two?", "refuse"),
    ]
    assert "Judge it again" in room.shown().text


def test_judged_questions_are_listed_downloaded_and_removed_and_outlive_the_history(room: Room) -> None:
    turn = room.down("Who sang?")
    room.does(do="judge", turn=turn, expected="refuse")
    room.memory.delete("ana")
    page = room.shown()
    assert "Who sang?" in page.text and "download/judged.jsonl" in [link["href"] for link in page.named("a")]
    assert f"rapporteur evaluate '{room.data / FILE}'" in page.text
    removed = room.does(do="unjudge", id=judged_id(turn))
    assert "was removed" in removed.text and read_judged(room.data) == ()
    assert "Nothing was changed" in room.does(do="unjudge", id="none").text


def test_readers_see_no_question_of_others_and_change_nothing(room: Room) -> None:
    turn = room.down("Who sang?")
    for page in (room.shown(READER), room.does(READER, do="judge", turn=turn, expected="refuse")):
        assert "for the keepers" in page.text and "Who sang?" not in page.text
    assert read_judged(room.data) == ()


def test_malformed_lines_are_named_and_the_file_stays_as_it_was(room: Room) -> None:
    turn = room.down("Who sang?")
    (room.data / FILE).write_text('{"id": "x"}\n')
    page = room.does(do="judge", turn=turn, expected="refuse")
    assert f"{FILE}:1" in page.text and (room.data / FILE).read_text() == '{"id": "x"}\n'
    assert "Who sang?" in room.shown().text


def test_lines_of_other_hands_are_kept_as_they_are(room: Room) -> None:
    line = json.dumps({"id": "mine", "question": "Where?", "expected": "refuse", "extra": [1]})
    (room.data / FILE).write_text(line)
    room.does(do="judge", turn=room.down("Who sang?"), expected="refuse")
    assert (room.data / FILE).read_text().splitlines()[0] == line
    assert read_judged(room.data)[0].id == "mine"


@pytest.mark.parametrize("page", ["", "0", "99", "²", "-1", "9" * 5000])
def test_hostile_text_and_page_numbers_do_no_harm(room: Room, page: str) -> None:
    claim = Claim(text=ATTACK, citations=(cite(HOSTILE, ATTACK),))
    turn = room.down(ATTACK, note=ATTACK, answer=answer_of(ATTACK, claim, retrieved=(NEAR,)))
    room.does(do="judge", turn=turn, expected="answer", note="\ud800", **{"cited-1": "yes"})
    shown = room.shown(page=page)
    assert ATTACK in shown.text and not shown.named("img") and not shown.named("script")
    assert len(read_judged(room.data)) == 1


def test_many_thumbs_are_shown_in_pages(room: Room) -> None:
    for n in range(SHOWN + 1):
        room.down(f"Question {n}?")
    assert len(room.shown().named("article")) == SHOWN
    assert len(room.shown(page="2").named("article")) == 1


def test_sentences_to_choose_from_are_verbatim_and_leave_nothing_out() -> None:
    english = "Dr. A. Silva came to Lyon on 3 May. She met the rector of the university."
    text = f"{english}\n代表团访问了上海师范大学并且签署了协议。双方同意继续合作并且交换教师。完"
    pieces = sentences(text)
    assert pieces[:2] == ["Dr. A. Silva came to Lyon on 3 May.", "She met the rector of the university."]
    assert len(pieces) == 5 and all(piece in text for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert sentences("") == []
