"""Judged questions: what is asked, and what a right answer must cite and contain."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args

from assistant.question import Question, Turn
from corpus.errors import QuestionsError

Expected = Literal["answer", "refuse", "correct-premise"]
LIST_SEPARATOR = " || "
"""Between the items of a list in a CSV cell; turns of a history are written ``user: …`` and ``assistant: …``."""
_REQUIRED = ("id", "question", "expected")
_LISTS = ("gold_files", "gold_quotes", "must_contain")
_TEXTS = ("id", "question", "expected", "lang", "type", "gold_answer", "note", "split")
_YES, _NO = ("1", "true", "yes"), ("", "0", "false", "no")

Line = tuple[int, Mapping[str, Any] | str]
"""Line number from 1, and the fields that stand there or what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedQuestion:
    """One question with its judgement.

    Attributes:
        type: Any word that groups questions: ``lookup``, ``unanswerable`` …
        gold_files: Paths of the reports that hold the answer; compared by name without suffix.
        gold_quotes: Verbatim pieces of those reports that a right answer rests on.
        gold_answer: A right answer, for people to read; not measured.
        must_contain: Strings a right answer contains, each with alternatives separated by ``|``.
        expected: ``answer``, ``refuse`` (the records are silent) or ``correct-premise``.
        cross_lingual: Whether question and record are in different languages.
        split: ``held`` for questions that nothing may be fitted on, else ``fit`` or empty.
    """

    id: str
    question: str
    expected: Expected
    lang: str = ""
    type: str = ""
    history: tuple[Turn, ...] = field(default=())
    gold_files: tuple[str, ...] = field(default=())
    gold_quotes: tuple[str, ...] = field(default=())
    gold_answer: str = ""
    must_contain: tuple[str, ...] = field(default=())
    cross_lingual: bool = False
    note: str = ""
    split: str = ""

    def asked(self) -> Question:
        """The question as it is put to an assistant."""
        return Question(text=self.question, history=self.history)


def read_questions(path: Path) -> tuple[JudgedQuestion, ...]:
    """Judged questions of a JSONL file, one object a line, or of a CSV file with the same columns.

    ``id``, ``question`` and ``expected`` are required, unknown fields are passed over. In CSV, list items are
    separated by `LIST_SEPARATOR`. An empty file gives no questions.

    Raises:
        QuestionsError: The file cannot be read, or lines are malformed: one ``file:line: problem`` for each.
    """
    try:
        lines = list(_csv_lines(path) if path.suffix.lower() == ".csv" else _json_lines(path))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise QuestionsError(f"{path}: cannot be read ({error}). Give a JSONL or CSV file in UTF-8.") from error
    faults: list[str] = []
    questions: list[JudgedQuestion] = []
    first_line: dict[str, int] = {}
    for line, row in lines:
        problems = [row] if isinstance(row, str) else _problems(row)
        if isinstance(row, Mapping) and not problems:
            judged = _judged(row)
            if judged.id in first_line:
                problems = [f"id {judged.id} is taken by line {first_line[judged.id]}"]
            first_line.setdefault(judged.id, line)
            questions.append(judged)
        faults += [f"{path}:{line}: {problem}" for problem in problems]
    if faults:
        raise QuestionsError("\n".join(faults) + "\nMend these lines; corpus/README.md describes the form.")
    return tuple(questions)


def _json_lines(path: Path) -> Iterator[Line]:
    # Not splitlines(): it also breaks at U+2028 and the like, which JSON allows inside strings.
    for line, text in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if text.strip():
            try:
                row = json.loads(text)
            except ValueError as error:
                yield line, f"not JSON ({error})"
                continue
            yield line, row if isinstance(row, dict) else "not a JSON object"


def _csv_lines(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        before = 1
        for row in reader:
            # A quoted cell may hold line ends: the record begins on the line after the one read before.
            line, before = before + 1, reader.line_num
            if None in row or None in row.values():
                yield line, f"has not the {len(reader.fieldnames or ())} columns of the first line"
                continue
            fields: dict[str, Any] = dict(row)
            for name in (*_LISTS, "history"):
                fields[name] = [item for item in fields.get(name, "").split(LIST_SEPARATOR) if item.strip()]
            fields["history"] = [_spoken(turn) for turn in fields["history"]]
            answer = (row.get("cross_lingual") or "").strip().lower()
            fields["cross_lingual"] = answer in _YES if answer in (*_YES, *_NO) else answer
            yield line, fields


def _spoken(turn: str) -> dict[str, str]:
    role, _, content = turn.partition(":")
    return {"role": role.strip().lower(), "content": content.strip()}


def _problems(row: Mapping[str, Any]) -> list[str]:
    found = [f"{name} is missing" for name in _REQUIRED if not str(row.get(name) or "").strip()]
    found += [f"{name} is not a string" for name in _TEXTS if not isinstance(row.get(name, ""), str | int)]
    for name in _LISTS:
        items = row.get(name, [])
        if not isinstance(items, list) or not all(isinstance(item, str) and item.strip() for item in items):
            found.append(f"{name} is not a list of strings that are not empty")
    if row.get("expected") and row["expected"] not in get_args(Expected):
        found.append(f"expected is {row['expected']!r}, not one of {', '.join(get_args(Expected))}")
    if not isinstance(row.get("cross_lingual", False), bool):
        found.append(f"cross_lingual is {row['cross_lingual']!r}, not true or false")
    if not _is_history(row.get("history", [])):
        found.append("history is not a list of turns, each with role (user or assistant) and content")
    if row.get("expected") == "answer" and not row.get("must_contain") and not row.get("gold_quotes"):
        found.append("must_contain and gold_quotes are both empty, so no answer could be judged")
    return found


def _is_history(turns: object) -> bool:
    return isinstance(turns, list) and all(
        isinstance(turn, Mapping) and turn.get("role") in ("user", "assistant") and isinstance(turn.get("content"), str)
        for turn in turns
    )


def _judged(row: Mapping[str, Any]) -> JudgedQuestion:
    return JudgedQuestion(
        id=str(row["id"]),
        question=str(row["question"]),
        expected=cast(Expected, row["expected"]),
        lang=str(row.get("lang", "")),
        type=str(row.get("type", "")),
        history=tuple(Turn(role=turn["role"], content=turn["content"]) for turn in row.get("history", ())),
        gold_files=tuple(row.get("gold_files", ())),
        gold_quotes=tuple(row.get("gold_quotes", ())),
        gold_answer=str(row.get("gold_answer", "")),
        must_contain=tuple(row.get("must_contain", ())),
        cross_lingual=row.get("cross_lingual", False),
        note=str(row.get("note", "")),
        split=str(row.get("split", "")),
    )
