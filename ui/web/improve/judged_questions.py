"""The judged questions of a data folder: ``DATA/judged.jsonl``, in the form that `rapporteur evaluate` reads."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from assistant import Answer, JudgedQuestion, read_questions
from corpus import Report, UsageError
from ui.web.memory.values import KeptTurn
from ui.wording import Words

FILE = "judged.jsonl"
EXPECTED = ("answer", "refuse", "correct-premise")
"""What a judged question may ask of an answer."""
PASSAGES = 8
"""Best passages in view whose sentences are offered as gold quotes."""
_SHORTEST = 30
"""Columns; a shorter piece is joined with the next, so that abbreviations are no sentences of their own."""
_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+|\n+")
_WIDE = re.compile(r"[\u2e80-\uffef]")
_MANY = 2000
"""Code points of a typed line that are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A sentence that may be chosen as gold quote; `name` is that of its checkbox."""

    name: str
    file: str
    title: str
    quote: str
    is_cited: bool


def judged_id(turn_id: str) -> str:
    """The id of the judged question that is made from a turn: a turn is judged once, and again in its place."""
    return f"page-{turn_id}"


def read_judged(data: Path) -> tuple[JudgedQuestion, ...]:
    """The judged questions of a data folder, in order; empty when none was judged.

    Raises:
        QuestionsError: Somebody's editing left malformed lines; names them.
    """
    path = data / FILE
    return read_questions(path) if path.is_file() else ()


def offered(answer: Answer) -> tuple[Offered, ...]:
    """The sentences to choose from: what was cited, then the other sentences of the best passages in view."""
    cited = [
        Offered(name=f"cited-{n}", file=one.file, title=one.title, quote=one.quote, is_cited=True)
        for n, one in enumerate(answer.citations, start=1)
    ]
    seen = {one.quote for one in cited}
    pieces = []
    for n, passage in enumerate(answer.retrieved[:PASSAGES], start=1):
        for k, quote in enumerate(sentences(passage.text), start=1):
            if not any(quote in other or other in quote for other in seen):
                name = f"seen-{n}-{k}"
                pieces.append(Offered(name=name, file=passage.file, title=passage.title, quote=quote, is_cited=False))
    return (*cited, *dict.fromkeys(pieces))


def sentences(text: str) -> list[str]:
    """Verbatim pieces of a text that end where a line or a sentence seems to; a rough cut, to choose from."""
    pieces, start = [], 0
    for end in (*(match.start() for match in _END.finditer(text)), len(text)):
        piece = text[start:end].strip()
        if len(piece) + len(_WIDE.findall(piece)) >= _SHORTEST or (end == len(text) and piece):
            pieces.append(piece)
            start = end
    return pieces


def judge(
    data: Path, turn: KeptTurn, told: Mapping[str, str], reports: Sequence[Report], words: Words
) -> JudgedQuestion:
    """Make a judged question of a turn as a form tells, and write it to the file, in place of an earlier one.

    Args:
        told: ``expected``; the names of the sentences chosen (see `offered`); ``typed`` quotes and strings the answer
            ``must_contain``, one a line; ``gold_answer`` and ``note``.
        reports: All reports of the index; every gold quote must stand in one of them, white space folded.

    Raises:
        UsageError: Something told cannot be so; the sentence is in the language of the page. Nothing was written.
        QuestionsError: The file held malformed lines before; it stays as it was.
    """
    row = _row(turn, told, reports, words)
    _rewrite(data, row["id"], row)
    return next(one for one in read_judged(data) if one.id == row["id"])


def remove_judged(data: Path, id: str) -> bool:
    """Take a question out of the file; False when it holds none of this id. Errors as `read_judged`."""
    if not any(one.id == id for one in read_judged(data)):
        return False
    _rewrite(data, id, None)
    return True


def _row(turn: KeptTurn, told: Mapping[str, str], reports: Sequence[Report], words: Words) -> dict[str, Any]:
    answer, expected = turn.answer, told.get("expected", "")
    if answer is None:
        raise UsageError(turn.trouble)
    if expected not in EXPECTED:
        raise UsageError(words.say("improve_no_expected"))
    gold = [] if expected == "refuse" else _gold(answer, told, reports, words)
    wanted = [] if expected == "refuse" else _lines(told, "must_contain")
    if expected == "answer" and not gold and not wanted:
        raise UsageError(words.say("improve_no_gold"))
    asked = answer.question
    return {
        "id": judged_id(turn.id),
        "lang": answer.language,
        "type": _type(answer, expected),
        "question": turn.question,
        "history": [{"role": one.role, "content": one.content} for one in asked.history],
        "gold_files": list(dict.fromkeys(report.path for report, _ in gold)),
        "gold_quotes": [quote for _, quote in gold],
        "gold_answer": " ".join(_lines(told, "gold_answer")),
        "must_contain": wanted,
        "expected": expected,
        "cross_lingual": any(report.language != answer.language for report, _ in gold),
        "note": " ".join(_lines(told, "note")),
    }


def _type(answer: Answer, expected: str) -> str:
    if expected != "answer":
        return {"refuse": "unanswerable", "correct-premise": "false-premise"}[expected]
    if answer.question.history:
        return "multi-turn"
    return "lookup" if answer.route == "refusal" else answer.route


def _gold(answer: Answer, told: Mapping[str, str], reports: Sequence[Report], words: Words) -> list[tuple[Report, str]]:
    """Report and words of each gold quote, as they stand there; of several reports the one that was in view."""
    chosen = [(one.file, one.quote) for one in offered(answer) if told.get(one.name)]
    typed = [("", quote) for quote in _lines(told, "typed")]
    in_view = {one.file for one in answer.citations} | {one.file for one in answer.retrieved}
    gold = []
    for file, quote in chain(chosen, typed):
        ranked = sorted(reports, key=lambda report: (report.path != file, report.path not in in_view))
        pattern = re.compile(r"\s+".join(map(re.escape, quote.split())))
        found = next(((report, match[0]) for report in ranked if (match := pattern.search(report.text))), None)
        if found is None:
            raise UsageError(words.say("improve_not_there", quote=quote))
        gold.append(found)
    return list({(report.path, quote): (report, quote) for report, quote in gold}.values())


def _lines(told: Mapping[str, str], name: str) -> list[str]:
    # What a browser sends may hold half a surrogate pair, which no file in UTF-8 can.
    text = str(told.get(name, "")).encode("utf-8", "replace").decode("utf-8")
    return [line.strip()[:_MANY] for line in text.splitlines() if line.strip()]


def _rewrite(data: Path, id: str, row: Mapping[str, Any] | None) -> None:
    """Put `row` in the place of the line with this id, or at the end; None takes the line out. In one step."""
    from filelock import FileLock

    path, aside = data / FILE, data / f"{FILE}.new"
    try:
        with FileLock(data / f"{FILE}.lock"):
            read_judged(data)  # Malformed lines are named before anything is touched.
            before = path.read_text(encoding="utf-8-sig").split("\n") if path.is_file() else []
            new = [] if row is None else [json.dumps(row, ensure_ascii=False)]
            lines = [line for line in before if line.strip()]
            at = next((n for n, line in enumerate(lines) if str(json.loads(line)["id"]) == id), len(lines))
            lines[at : at + 1] = new
            aside.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            read_questions(aside)
            aside.replace(path)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written ({error.strerror}). Free the disk or name another --data."
        ) from error
