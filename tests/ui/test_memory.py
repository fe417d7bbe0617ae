import json
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from assistant import Claim, score
from corpus import UsageError
from tests.ui.standin import LYON, answer_of, cite
from ui.web.ask.audit import append_audit
from ui.web.memory.store import Memory
from ui.web.memory.values import MAX_NOTE

SIGNED = LYON.text[31:69]
HALF = "\ud800"


def signed(question: str) -> object:
    return answer_of(question, Claim(text=SIGNED, citations=(cite(LYON, SIGNED),)))


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "data")


def asked(memory: Memory, user: str, *questions: str) -> tuple[str, list[str]]:
    conversation = memory.start(user)
    return conversation, [memory.keep_turn(user, conversation, signed(question)) for question in questions]


def test_a_turn_comes_back_whole_also_for_a_page_that_was_started_again(memory: Memory, tmp_path: Path) -> None:
    conversation, turns = asked(memory, "ana", "Who signed?", "And when?")
    again = Memory(tmp_path / "data")
    assert [turn.id for turn in again.conversation("ana", conversation)] == turns
    kept = again.turn("ana", turns[0])
    assert kept.answer == signed("Who signed?")
    assert (kept.question, kept.generation, kept.feedback) == ("Who signed?", "g1", None)


def test_conversations_are_listed_the_last_asked_first_and_an_empty_one_is_not(memory: Memory) -> None:
    first, _ = asked(memory, "ana", "Who signed?")
    second, _ = asked(memory, "ana", "Who came?", "Who left?")
    memory.start("ana")
    assert [(one.id, one.first_question, len(one.turns)) for one in memory.conversations("ana")] == [
        (second, "Who came?", 2),
        (first, "Who signed?", 1),
    ]
    memory.keep_turn("ana", first, signed("Where?"))
    assert [one.id for one in memory.conversations("ana")] == [first, second]


@pytest.mark.parametrize("search", ["访问", "代表团 大学", "ОТЧЁТ", "ana SILVA", "100%_"])
def test_a_search_finds_words_of_questions_and_answers_in_any_script_and_case(memory: Memory, search: str) -> None:
    wanted, _ = asked(memory, "ana", "哪些代表团访问了大学？ Какой отчёт 100%_?")
    assert [one.id for one in memory.conversations("ana", search)] == [wanted]


@pytest.mark.parametrize("search", ["%", "_ho", "unheard", "x" * 60_000, f"{HALF}{HALF}", "'; DROP TABLE turns; --"])
def test_a_search_is_never_a_pattern_and_hostile_text_finds_nothing(memory: Memory, search: str) -> None:
    asked(memory, "ana", "Who signed?")
    assert memory.conversations("ana", search) == ()
    assert len(memory.conversations("ana")) == 1


def test_what_belongs_to_others_looks_like_what_does_not_exist(memory: Memory) -> None:
    conversation, (turn,) = asked(memory, "ana", "Who signed?")
    for name, of_a_turn in ((conversation, turn), ("no-such-id", "no-such-id"), (HALF, HALF)):
        assert memory.turn("ben", of_a_turn) is None
        assert memory.conversation("ben", name) == ()
        assert not memory.delete("ben", name) and not memory.name_conversation("ben", name, "Mine")
        assert memory.give_feedback("ben", of_a_turn, "down") is False
        with pytest.raises(UsageError, match="not in your history"):
            memory.keep_turn("ben", name, signed("Mine?"))
    assert memory.conversations("ben") == () and len(memory.delete("ben")) == 0
    assert memory.turn("ana", turn) is not None and memory.thumbs_down() == ()


def test_deleting_takes_turns_and_feedback_of_this_user_only(memory: Memory) -> None:
    conversation, (turn,) = asked(memory, "ana", "Who signed?")
    asked(memory, "ana", "Who came?")
    _, (of_ben,) = asked(memory, "ben", "Who left?")
    memory.give_feedback("ana", turn, "down", ("wrong",))
    memory.give_feedback("ben", of_ben, "down")
    assert memory.delete("ana", conversation)
    assert memory.turn("ana", turn) is None
    assert [one.id for one in memory.thumbs_down()] == [of_ben]
    assert len(memory.delete("ana")) == 1
    assert memory.conversations("ana") == () and len(memory.conversations("ben")) == 1


def test_deleted_words_are_in_no_file_any_more_and_only_the_owner_may_read_it(memory: Memory, tmp_path: Path) -> None:
    conversation, _ = asked(memory, "ana", "Where does the zyzzyva live?")
    files = [tmp_path / "data" / name for name in ("page.db", "page.db-wal", "page.db-shm")]
    held = b"".join(file.read_bytes() for file in files if file.exists())
    assert b"zyzzyva" in held
    memory.delete("ana", conversation)
    assert not [file for file in files if file.exists() and b"zyzzyva" in file.read_bytes()]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600


def test_what_was_deleted_can_be_kept_again_with_its_place_and_what_was_said_of_it(memory: Memory) -> None:
    conversation, (turn, _) = asked(memory, "ana", "Who signed?", "And when?")
    asked(memory, "ana", "Who came?")
    memory.give_feedback("ana", turn, "down", ("wrong",))
    memory.name_conversation("ana", conversation, "Lyon")
    before = memory.conversations("ana"), memory.conversation("ana", conversation)
    one = memory.delete("ana", conversation)
    assert len(one) == 1 and memory.conversation("ana", conversation) == ()
    for removed in (one, one, memory.delete("ana")):
        memory.restore(removed)
    assert (memory.conversations("ana"), memory.conversation("ana", conversation)) == before


def test_a_conversation_is_found_by_the_name_it_was_given(memory: Memory) -> None:
    conversation, _ = asked(memory, "ana", "Who signed?")
    assert memory.name_conversation("ana", conversation, "  Plans  for ALMATY ")
    (found,) = memory.conversations("ana", "almaty")
    assert (found.title, found.found, found.line) == ("Plans for ALMATY", "", "")


def test_a_search_gives_the_very_line_of_the_last_turn_that_holds_it(memory: Memory) -> None:
    _, (_, last) = asked(memory, "ana", "Who signed near Lyon?", "Who was it?")
    (found,) = memory.conversations("ana", "ana SILVA")
    assert (found.found, found.line) == (last, f"{SIGNED} [1]")
    assert memory.conversations("ana", "NEAR lyon")[0].line == "Who signed near Lyon?"


def test_a_file_of_the_first_form_is_brought_to_this_one(memory: Memory, tmp_path: Path) -> None:
    conversation, _ = asked(memory, "ana", "Who signed?")
    connection = sqlite3.connect(tmp_path / "data" / "page.db")
    with connection:
        for column in ("title", "plain"):
            connection.execute(f"ALTER TABLE conversations DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    again = Memory(tmp_path / "data")
    assert again.name_conversation("ana", conversation, "Lyon")
    assert [one.title for one in again.conversations("ana")] == ["Lyon"]


def test_feedback_is_replaced_taken_back_and_bounded(memory: Memory) -> None:
    _, (turn,) = asked(memory, "ana", "Who signed?")
    memory.give_feedback("ana", turn, "down", ("missing", "invented", "wrong"), "n" * 9_000)
    kept = memory.turn("ana", turn).feedback
    assert (kept.way, kept.reasons, len(kept.note)) == ("down", ("wrong", "missing"), MAX_NOTE)
    memory.give_feedback("ana", turn, "up", ("wrong",))
    assert (memory.turn("ana", turn).feedback.way, memory.turn("ana", turn).feedback.reasons) == ("up", ())
    assert memory.thumbs_down() == ()
    memory.give_feedback("ana", turn, "none")
    assert memory.turn("ana", turn).feedback is None
    with pytest.raises(UsageError, match="up or down"):
        memory.give_feedback("ana", turn, "sideways")


def test_thumbs_down_of_everybody_are_listed_the_last_given_first(memory: Memory) -> None:
    _, (one, two) = asked(memory, "ana", "Who signed?", "Who came?")
    _, (three,) = asked(memory, "ben", "Who left?")
    for user, turn in (("ben", three), ("ana", two), ("ana", one)):
        memory.give_feedback(user, turn, "down")
    assert [(kept.user, kept.id) for kept in memory.thumbs_down()] == [("ana", one), ("ana", two), ("ben", three)]


def test_several_threads_open_and_write_the_same_file_and_lose_nothing(tmp_path: Path) -> None:
    def write(user: str) -> None:
        asked(Memory(tmp_path), user, *(f"Question {n}?" for n in range(5)))
        append_audit(
            tmp_path, user=user, question="Question?", route="lookup", status="answered", generation="g1", seconds=0.1
        )

    threads = [threading.Thread(target=write, args=(f"user{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(Memory(tmp_path).conversations(f"user{n}")[0].turns) for n in range(6)] == [5] * 6
    lines = (tmp_path / "audit.log").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["user"] for line in lines) == [f"user{n}" for n in range(6)]


def test_an_audit_line_is_one_line_whatever_the_question_holds_and_outlives_the_history(
    memory: Memory, tmp_path: Path
) -> None:
    hostile = f'Who?\r\n{{"user": "forged"}}\x1b[31m\x9b1m\u2028\u202e\x00\x7f\x85{HALF}访问'
    for question in (hostile, "Next?"):
        append_audit(
            tmp_path / "data",
            user="ana",
            question=question,
            route="lookup",
            status="answered",
            generation="g1",
            seconds=0.12345,
        )
    memory.delete("ana")
    file = tmp_path / "data" / "audit.log"
    text = file.read_bytes().decode("utf-8")
    first, second = (json.loads(line) for line in text.splitlines())
    assert text.count("\n") == 2 and all(letter.isprintable() for letter in text if letter != "\n")
    assert (first["question"], first["seconds"], second["question"]) == (hostile, 0.123, "Next?")
    assert set(first) == {"time", "user", "question", "route", "status", "generation", "seconds"}
    assert "访问" in text and stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_answer_that_can_no_longer_be_read_leaves_its_question(memory: Memory, tmp_path: Path) -> None:
    _, (turn,) = asked(memory, "ana", "Who signed?")
    connection = sqlite3.connect(tmp_path / "data" / "page.db")
    with connection:
        connection.execute("UPDATE turns SET answer = '{}'")
    connection.close()
    kept = memory.turn("ana", turn)
    assert (kept.question, kept.answer) == ("Who signed?", None) and "cannot be shown" in kept.trouble


def test_a_damaged_a_newer_and_an_unwritable_file_are_named_with_a_cure(tmp_path: Path) -> None:
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "page.db").write_text("no database at all, but a text that is long enough" * 40)
    with pytest.raises(UsageError, match="move a damaged file away"):
        Memory(tmp_path / "damaged")
    Memory(tmp_path / "newer")
    connection = sqlite3.connect(tmp_path / "newer" / "page.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(UsageError, match="newer Rapporteur"):
        Memory(tmp_path / "newer")
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"page\.db"):
        Memory(tmp_path / "file")


def test_scorecards_are_kept_in_order_with_the_hash_of_their_questions(memory: Memory, tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    file.write_text("{}")
    memory.keep_scorecard(file, score((), lambda question: signed(""), report_text=lambda name: None), "g1")
    file.write_text("{ }")
    kept = memory.keep_scorecard(file, score((), lambda question: signed(""), report_text=lambda name: None), "g2")
    first, second = memory.scorecards()
    assert second == kept and (first.generation, second.generation) == ("g1", "g2")
    assert first.file == second.file == "judged.jsonl" and first.sha256 != second.sha256
    assert (first.overall, first.by_type) == ({"n": 0.0}, {})
    with pytest.raises(UsageError, match="gone"):
        memory.keep_scorecard(tmp_path / "gone", score((), lambda question: signed(""), report_text=str), "g1")
