"""Judged questions: what is asked, and what a right answer must cite and contain."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.question import Question, Turn
from corpus.errors import QuestionsError

EXPECTED = ("answer", "refuse", "correct-premise")
LIST_SEPARATOR = " || "
"""Between the items of a list in a CSV cell."""
_REQUIRED = ("id", "question", "expected")


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedQuestion:
    """One question with its judgement.

    Attributes:
        gold_files: Paths of the reports that hold the answer; compared without their suffix.
        gold_quotes: Verbatim pieces of those reports that a right answer rests on.
        must_contain: Strings a right answer contains, each with alternatives separated by ``|``.
        expected: ``answer``, ``refuse`` (the records are silent) or ``correct-premise``.
        split: ``held`` for questions that nothing may be fitted on, else ``fit`` or empty.
    """

    id: str
    question: str
    expected: str
    lang: str = ""
    type: str = ""
    history: tuple[Turn, ...] = field(default=())
    gold_files: tuple[str, ...] = field(default=())
    gold_quotes: tuple[str, ...] = field(default=())
    must_contain: tuple[str, ...] = field(default=())
    cross_lingual: bool = False
    split: str = ""

    def asked(self) -> Question:
        """The question as it is put to an assistant."""
        return Question(text=self.question, history=self.history)


def read_questions(path: Path) -> tuple[JudgedQuestion, ...]:
    """Judged questions of a JSONL file, one object a line, or of a CSV file with the same columns.

    Raises:
        QuestionsError: The file cannot be read, or some lines are malformed; names all of them.
    """
    try:
        rows = list(_csv_rows(path) if path.suffix.lower() == ".csv" else _json_rows(path))
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(f"{path}: cannot be read ({error}). Give a JSONL or CSV file in UTF-8.") from error
    faults: list[str] = []
    questions: list[JudgedQuestion] = []
    for line, row in rows:
        if isinstance(row, str):
            faults.append(f"{path}:{line}: {row}")
            continue
        try:
            questions.append(_judged(row))
        except (KeyError, TypeError, ValueError) as error:
            faults.append(f"{path}:{line}: {error}")
    if faults:
        raise QuestionsError("\n".join(faults) + "\nMend these lines; corpus/README.md describes the form.")
    return tuple(questions)


def _json_rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    for line, text in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if text.strip():
            try:
                row = json.loads(text)
            except ValueError as error:
                yield line, f"not JSON ({error})"
                continue
            yield line, row if isinstance(row, dict) else "not a JSON object"


def _csv_rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            fields: dict[str, Any] = dict(row)
            for name in ("gold_files", "gold_quotes", "must_contain"):
                fields[name] = [item for item in (row.get(name) or "").split(LIST_SEPARATOR) if item]
            fields["history"] = json.loads(row.get("history") or "[]")
            fields["cross_lingual"] = (row.get("cross_lingual") or "").lower() in ("1", "true", "yes")
            yield reader.line_num, fields


def _judged(row: Mapping[str, Any]) -> JudgedQuestion:
    missing = [name for name in _REQUIRED if not row.get(name)]
    if missing:
        raise ValueError(f"missing: {', '.join(missing)}")
    if row["expected"] not in EXPECTED:
        raise ValueError(f"expected is {row['expected']!r}, not one of {', '.join(EXPECTED)}")
    return JudgedQuestion(
        id=str(row["id"]),
        question=str(row["question"]),
        expected=str(row["expected"]),
        lang=str(row.get("lang", "")),
        type=str(row.get("type", "")),
        history=tuple(Turn(role=turn["role"], content=turn["content"]) for turn in row.get("history") or ()),
        gold_files=tuple(row.get("gold_files") or ()),
        gold_quotes=tuple(row.get("gold_quotes") or ()),
        must_contain=tuple(row.get("must_contain") or ()),
        cross_lingual=bool(row.get("cross_lingual")),
        split=str(row.get("split", "")),
    )
