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
from ui.web.memory.database import Database
from ui.web.memory.values import MAX_NOTE, REASONS, Conversation, Feedback, KeptScorecard, KeptTurn, Removed, Way

_MAX_WORDS = 8
_TURN = """
SELECT t.id, t.conversation, c.user, t.time, t.question, t.answer, t.generation, f.way, f.reasons, f.note, f.time
FROM turns t JOIN conversations c ON c.id = t.conversation LEFT JOIN feedback f ON f.turn = t.id
"""
_CONVERSATIONS = """
SELECT c.id, (SELECT question FROM turns WHERE conversation = c.id ORDER BY number LIMIT 1), max(t.time), c.title,
  (SELECT group_concat(id) FROM (SELECT id FROM turns WHERE conversation = c.id ORDER BY number))
FROM conversations c JOIN turns t ON t.conversation = c.id
WHERE c.user = ? AND (c.id IN (SELECT conversation FROM turns WHERE {holds}) OR {is_named})
GROUP BY c.id ORDER BY max(t.number) DESC
"""
_OWN = "SELECT id FROM conversations WHERE user = ? AND ? IN (id, '')"
_REMOVED = {
    "conversations": f"SELECT * FROM conversations WHERE id IN ({_OWN})",
    "turns": f"SELECT * FROM turns WHERE conversation IN ({_OWN})",
    "feedback": f"SELECT * FROM feedback WHERE turn IN (SELECT id FROM turns WHERE conversation IN ({_OWN}))",
}
MAX_TITLE = 120
"""Code points of a conversation's name that are kept."""


class Memory:
    """The memory of one data folder; made when it is not there, safe to use from several threads and processes.

    Ids are random; one that belongs to somebody else is treated as one that does not exist.

    Raises:
        UsageError: The file cannot be used; so for every method.
    """

    def __init__(self, data: Path) -> None:
        self._database = Database(data / "page.db")

    def start(self, user: str) -> str:
        """Begin a conversation and give its id; it is listed once it holds a turn."""
        name = secrets.token_hex(8)
        with self._database.writing() as database:
            row = (name, _text(user), _now())
            database.execute("INSERT INTO conversations (id, user, time) VALUES (?, ?, ?)", row)
        return name

    def name_conversation(self, user: str, id: str, title: str) -> bool:
        """Give a conversation a name, or none; False when this user has no such one."""
        told = " ".join(_text(title).split())[:MAX_TITLE]
        with self._database.writing() as database:
            own = "UPDATE conversations SET title = ?, plain = ? WHERE user = ? AND id = ?"
            return database.execute(own, (told, _folded(told), *_texts(user, id))).rowcount > 0

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
            search: Words that must all stand in one question with its answer, or in the name of the conversation, in
                any case, also inside a longer word; empty for all conversations.
        """
        wanted = _folded(search).split()[:_MAX_WORDS]
        holds = " AND ".join(["1", *("instr(plain, ?)" for _ in wanted)])
        is_named = " AND ".join(["1", *("instr(c.plain, ?)" for _ in wanted)])
        last = f"SELECT id, question, answer FROM turns WHERE conversation = ? AND {holds} ORDER BY number DESC LIMIT 1"
        with self._database.reading() as database:
            select = _CONVERSATIONS.format(holds=holds, is_named=is_named)
            rows = database.execute(select, (_text(user), *wanted, *wanted)).fetchall()
            found = [database.execute(last, (row[0], *wanted)).fetchone() if wanted else None for row in rows]
        return tuple(
            Conversation(
                id=row[0], first_question=row[1], time=row[2], title=row[3], turns=tuple(row[4].split(",")),
                found=turn[0] if turn else "", line=_line(turn[1], turn[2], wanted) if turn else "",
            )
            for row, turn in zip(rows, found, strict=True)
        )  # fmt: skip

    def delete(self, user: str, id: str = "") -> Removed:
        """Delete a conversation of this user with its turns and their feedback, without an id all; gives what went.

        It is in no file any more; `restore` keeps it again as long as somebody holds what is given.
        """
        own = _texts(user, id)
        with self._database.writing() as database:
            rows = {table: database.execute(select, own).fetchall() for table, select in _REMOVED.items()}
            database.execute(f"DELETE FROM conversations WHERE id IN ({_OWN})", own)
        self._database.forget()
        return Removed(rows=rows)

    def restore(self, removed: Removed) -> None:
        """Keep again what was deleted; what is there already stays as it is."""
        with self._database.writing() as database:
            for table, rows in removed.rows.items():
                for row in rows:
                    database.execute(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(row))})", row)

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

    def _turns(self, where: str, *values: str) -> tuple[KeptTurn, ...]:
        with self._database.reading() as database:
            rows = database.execute(f"{_TURN} {where}", _texts(*values)).fetchall()
        return tuple(map(_kept, rows))


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


def _line(question: str, answer: str, wanted: Sequence[str]) -> str:
    """The first line of a turn that holds most of the words sought; the question where its answer cannot be read."""
    try:
        lines = [question, *answer_text(answer_from_json(answer)).splitlines()]
    except RapporteurError:
        return question
    return max(lines, key=lambda line: sum(word in _folded(line) for word in wanted))


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
