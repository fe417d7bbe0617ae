"""Many questions in, one JSON object a line out, in order: the contract of `rapporteur ask --batch`."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from assistant import Answer, Filters, Question, Turn, answer_to_dict
from corpus import QuestionsError, RapporteurError

_LISTS = {"languages", "files"}
_FILTERS = {field.name for field in fields(Filters)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a batch: the question, or what is wrong with the line."""

    id: str
    question: Question | None = None
    fault: str = ""


def read_batch(lines: Iterable[str], defaults: Filters) -> Iterator[Line]:
    """Read ``{"id", "question", "history"?, "filters"?}`` a line, lazily and in order; blank lines are skipped.

    A line without an id gets its number, from 1. `defaults` hold where a line sets no filter of that name.
    A malformed line becomes a `Line` with a fault; the lines after it are still read.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        name = str(number)
        try:
            fields_ = _object(line)
            name = str(fields_.get("id", number))
            yield Line(id=name, question=_question(fields_, defaults))
        except QuestionsError as error:
            yield Line(id=name, fault=f"line {number}: {error}")


def answer_batch(lines: Iterable[Line], ask: Callable[[Question], Answer]) -> Iterator[dict[str, Any]]:
    """Yield one object a line: the answer, or ``{"id", "error"}`` where line or question failed."""
    for line in lines:
        if line.question is None:
            yield {"id": line.id, "error": line.fault}
            continue
        try:
            yield answer_to_dict(ask(line.question), id=line.id)
        except RapporteurError as error:
            yield {"id": line.id, "error": str(error)}


def _object(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionsError(f"not JSON ({error.msg}, column {error.colno}). Write one object a line.") from error
    if not isinstance(value, dict):
        raise QuestionsError('not an object. Write {"id": "…", "question": "…"}.')
    return value


def _question(line: dict[str, Any], defaults: Filters) -> Question:
    text = line.get("question")
    if not isinstance(text, str) or not text.strip():
        raise QuestionsError('no question. Give a text under "question".')
    return Question(
        text=text,
        history=_history([] if line.get("history") is None else line["history"]),
        filters=_filters({} if line.get("filters") is None else line["filters"], defaults),
    )


def _history(turns: object) -> tuple[Turn, ...]:
    if not isinstance(turns, list):
        raise QuestionsError('"history" is not a list of {"role", "content"}.')
    return tuple(_turn(turn) for turn in turns)


def _turn(turn: object) -> Turn:
    if not isinstance(turn, dict) or turn.get("role") not in ("user", "assistant"):
        raise QuestionsError('a turn of "history" needs "role": "user" or "assistant".')
    if not isinstance(turn.get("content"), str):
        raise QuestionsError('a turn of "history" needs a text under "content".')
    return Turn(role=turn["role"], content=turn["content"])


def _filters(given: object, defaults: Filters) -> Filters:
    if not isinstance(given, dict):
        raise QuestionsError('"filters" is not an object.')
    unknown = sorted(set(given) - _FILTERS)
    if unknown:
        raise QuestionsError(f'unknown filter "{unknown[0]}". Known are {", ".join(sorted(_FILTERS))}.')
    values: dict[str, Any] = {}
    for name, value in given.items():
        is_text = isinstance(value, str)
        is_texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if name in _LISTS and (is_text or is_texts):
            values[name] = (value,) if is_text else tuple(value)
        elif name not in _LISTS and is_text:
            values[name] = value
        else:
            raise QuestionsError(f'filter "{name}" must be {"a list of texts" if name in _LISTS else "a text"}.')
    return replace(defaults, **values)
