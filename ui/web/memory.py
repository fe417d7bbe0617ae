"""What the page remembers in ``DATA/page.db``: conversations, feedback on answers, and scorecards."""

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from assistant import Answer, Scorecard, answer_from_json, answer_text, answer_to_json
from corpus import RapporteurError, UsageError
from ui.web.audit import append_audit
from ui.web.database import Database
from ui.web.kept import MAX_NOTE, REASONS, Conversation, Feedback, KeptScorecard, KeptTurn, Way

_MAX_WORDS = 8
_TURN = """
SELECT t.id, t.conversation, c.user, t.time, t.question, t.answer, t.generation, f.way, f.reasons, f.note, f.time
FROM turns t JOIN conversations c ON c.id = t.conversation LEFT JOIN feedback f ON f.turn = t.id
"""
_CONVERSATIONS = """
SELECT c.id, (SELECT question FROM turns WHERE conversation = c.id ORDER BY number LIMIT 1), count(*), max(t.time)
FROM conversations c JOIN turns t ON t.conversation = c.id
WHERE c.user = ? AND c.id IN (SELECT conversation FROM turns WHERE {holds})
GROUP BY c.id ORDER BY max(t.number) DESC
"""


class Memory:
    """The memory of one data folder; made when it is not there, safe to use from several threads and processes.

    Ids are random; one that belongs to somebody else is treated as one that does not exist.

    Raises:
        UsageError: The file cannot be used; so for every method.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._database = Database(data / "page.db")

    def start(self, user: str) -> str:
        """Begin a conversation and give its id; it is listed once it holds a turn."""
        name = secrets.token_hex(8)
        with self._database.writing() as database:
            database.execute("INSERT INTO conversations VALUES (?, ?, ?)", (name, _text(user), _now()))
        return name

    def keep_turn(self, user: str, conversation: str, answer: Answer) -> str:
        """Append a final answer to a conversation and give the id of the turn.

        Raises:
            UsageError: The user has no such conversation, or deleted it.
        """
        name, question = secrets.token_hex(8), _text(answer.question.text)
        plain = _folded(f"{question}\n{answer_text(answer)}")
        row = (name, _text(conversation), _now(), question, plain, answer_to_json(answer), answer.index.generation)
        with self._database.writing() as database:
            own = "SELECT 1 FROM conversations WHERE id = ? AND user = ?"
            if not database.execute(own, _texts(conversation, user)).fetchone():
                raise UsageError(
                    "This conversation is not in your history, so the answer was not kept. Begin a new one."
                )
            database.execute(
                "INSERT INTO turns (id, conversation, time, question, plain, answer, generation)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        return name

    def turn(self, user: str, id: str) -> KeptTurn | None:
        """A turn of this user, or None."""
        found = self._turns("WHERE t.id = ? AND c.user = ?", id, user)
        return found[0] if found else None

    def conversation(self, user: str, id: str) -> tuple[KeptTurn, ...]:
        """The turns of a conversation of this user, oldest first; empty when there is none."""
        return self._turns("WHERE c.id = ? AND c.user = ? ORDER BY t.number", id, user)

    def conversations(self, user: str, search: str = "") -> tuple[Conversation, ...]:
        """The conversations of this user, the one asked last first.

        Args:
            search: Words that must all stand in one question with its answer, in any case, also inside a longer word;
                empty for all conversations.
        """
        wanted = _folded(search).split()[:_MAX_WORDS]
        holds = " AND ".join(["1", *("instr(plain, ?)" for _ in wanted)])
        with self._database.reading() as database:
            rows = database.execute(_CONVERSATIONS.format(holds=holds), (_text(user), *wanted)).fetchall()
        return tuple(Conversation(id=row[0], first_question=row[1], count=row[2], time=row[3]) for row in rows)

    def delete_conversation(self, user: str, id: str) -> bool:
        """Delete a conversation with its turns and their feedback; False when this user has no such one."""
        return self._delete("DELETE FROM conversations WHERE user = ? AND id = ?", user, id) > 0

    def delete_all(self, user: str) -> int:
        """Delete all conversations of this user; gives how many there were."""
        return self._delete("DELETE FROM conversations WHERE user = ?", user)

    def give_feedback(self, user: str, turn: str, way: str, reasons: Sequence[str] = (), note: str = "") -> bool:
        """Keep what a user thinks of an own turn, in place of what was kept; False when there is no such turn.

        Args:
            way: ``up``, ``down``, or ``none`` to take a thumb back.
            reasons: Of a thumb down; others than `REASONS` are passed over.
            note: Its first `MAX_NOTE` code points are kept.

        Raises:
            UsageError: `way` is none of the three.
        """
        if way not in get_args(Way):
            raise UsageError("A thumb goes up or down. Press one of the two buttons.")
        given = [one for one in REASONS if one in reasons] if way == "down" else []
        row = (_text(turn), _now(), way, json.dumps(given), _text(note).strip()[:MAX_NOTE])
        with self._database.writing() as database:
            if not database.execute(f"{_TURN} WHERE t.id = ? AND c.user = ?", _texts(turn, user)).fetchone():
                return False
            database.execute("DELETE FROM feedback WHERE turn = ?", row[:1])
            if way != "none":
                database.execute("INSERT INTO feedback (turn, time, way, reasons, note) VALUES (?, ?, ?, ?, ?)", row)
        return True

    def thumbs_down(self) -> tuple[KeptTurn, ...]:
        """The turns of all users whose thumb is down, the thumb given last first; for keepers only."""
        return self._turns("WHERE f.way = 'down' ORDER BY f.number DESC")

    def keep_scorecard(self, file: Path, card: Scorecard, generation: str) -> KeptScorecard:
        """Keep the means of a scorecard of the questions in `file`; groups without a name are left out.

        Raises:
            UsageError: The file cannot be read.
        """
        try:
            sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        except OSError as error:
            raise UsageError(f"{file}: cannot be read ({error.strerror}), so its scorecard was not kept.") from error
        means: dict[str, Any] = {"overall": card.means()}
        for kind, group in (("by_language", "lang"), ("by_type", "type")):
            means[kind] = {name: found for name, found in card.by(group).items() if name}
        row = (_now(), _text(file.name), sha256, generation, json.dumps(means))
        with self._database.writing() as database:
            database.execute(
                "INSERT INTO scorecards (time, file, sha256, generation, means) VALUES (?, ?, ?, ?, ?)", row
            )
        return _scorecard(row)

    def scorecards(self) -> tuple[KeptScorecard, ...]:
        """All scorecards kept, oldest first."""
        with self._database.reading() as database:
            rows = database.execute("SELECT time, file, sha256, generation, means FROM scorecards ORDER BY number")
            return tuple(map(_scorecard, rows))

    def audit(self, user: str, question: str, route: str, status: str, generation: str, seconds: float) -> None:
        """Append one line to the audit, see `append_audit`; it stays when the conversation is deleted."""
        append_audit(
            self._data, user=user, question=question, route=route, status=status, generation=generation, seconds=seconds
        )

    def _turns(self, where: str, *values: str) -> tuple[KeptTurn, ...]:
        with self._database.reading() as database:
            rows = database.execute(f"{_TURN} {where}", _texts(*values)).fetchall()
        return tuple(map(_kept, rows))

    def _delete(self, statement: str, *values: str) -> int:
        with self._database.writing() as database:
            count = database.execute(statement, _texts(*values)).rowcount
        self._database.forget()
        return count


def _kept(row: Sequence[Any]) -> KeptTurn:
    answer, trouble = None, ""
    try:
        answer = answer_from_json(row[5])
    except RapporteurError as error:
        trouble = str(error)
    given = Feedback(way=row[7], reasons=tuple(json.loads(row[8])), note=row[9], time=row[10]) if row[7] else None
    return KeptTurn(
        id=row[0], conversation=row[1], user=row[2], time=row[3], question=row[4], answer=answer, generation=row[6],
        feedback=given, trouble=trouble,
    )  # fmt: skip


def _scorecard(row: Sequence[Any]) -> KeptScorecard:
    return KeptScorecard(time=row[0], file=row[1], sha256=row[2], generation=row[3], **json.loads(row[4]))


def _texts(*values: str) -> tuple[str, ...]:
    return tuple(map(_text, values))


def _text(value: object) -> str:
    """Text that SQLite takes: what a browser sends may hold half a surrogate pair."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _folded(text: str) -> str:
    """Text in which letters are alike whatever their case and width."""
    return unicodedata.normalize("NFKC", _text(text)).casefold()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
