"""Many lines in, one JSON object a line out, in order: the contract of `ask --batch` and of `prove`."""

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from assistant import ROUTES, Answer, Filters, Question, Turn, answer_to_dict
from corpus import ModelUnavailable, QuestionsError, RapporteurError, UsageError
from ui.terminal import out, progress_bar

_LISTS = {"languages", "files"}
_FILTERS = {field.name for field in fields(Filters)}
Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Generic[Asked]):
    """One line of a batch: what it asks, or what is wrong with the line."""

    id: str
    asked: Asked | None = None
    fault: str = ""


def open_lines(file: str) -> AbstractContextManager[Iterable[str]]:
    """The lines of a file, or of stdin for ``-``; bytes that are not UTF-8 are left for `read_lines` to name.

    Raises:
        UsageError: The file cannot be read.
    """
    if file == "-":
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")
        return nullcontext(sys.stdin)
    try:
        return Path(file).open(encoding="utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror}). Give a file of JSON Lines.") from error


def read_lines(lines: Iterable[str], build: Callable[[dict[str, Any], int], Asked]) -> Iterator[Line[Asked]]:
    """Read one object a line, lazily and in order; blank lines are skipped.

    A line without an id gets its number, from 1. A malformed line becomes a `Line` with a fault; the lines after it
    are still read.

    Args:
        build: Makes what is asked of an object and the number of its line; raises `QuestionsError` where it cannot.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        name = str(number)
        try:
            given = _object(line)
            name = str(given.get("id", number))
            yield Line(id=name, asked=build(given, number))
        except QuestionsError as error:
            yield Line(id=name, fault=f"line {number}: {error}")


def answer_lines(
    lines: Iterable[Line[Asked]], answer: Callable[[str, Asked], Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    """Yield one object a line: what `answer` makes of id and line, or ``{"id", "error"}`` where either failed.

    Raises:
        ModelUnavailable: The model cannot be loaded: then no line can be answered.
    """
    for line in lines:
        if line.asked is None:
            yield {"id": line.id, "error": line.fault}
            continue
        try:
            yield answer(line.id, line.asked)
        except ModelUnavailable:
            raise
        except RapporteurError as error:
            yield {"id": line.id, "error": str(error)}


def print_each(found: Iterable[Mapping[str, Any]], show: Callable[[Mapping[str, Any]], None]) -> bool:
    """Show each object as it comes, counted on stderr where the output goes elsewhere; whether one has an error."""
    failed = False
    with progress_bar(is_quiet=out.is_terminal) as progress:
        for n, one in enumerate(found, start=1):
            failed = failed or "error" in one
            show(one)
            if progress:
                progress("lines", n, 0)
    return failed


def read_batch(lines: Iterable[str], defaults: Filters, route: str = "") -> Iterator[Line[Question]]:
    """Read ``{"id", "question", "history"?, "filters"?, "route"?}`` a line.

    `defaults` hold where a line sets no filter of a name, `route` where it sets none.
    """
    return read_lines(lines, lambda given, _: _question(given, defaults, route))


def answer_batch(lines: Iterable[Line[Question]], ask: Callable[[Question], Answer]) -> Iterator[Mapping[str, Any]]:
    """Yield the answer to each question as a JSON object, or what failed."""
    return answer_lines(lines, lambda name, question: answer_to_dict(ask(question), id=name))


def _object(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise QuestionsError("not UTF-8. Save the file as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise QuestionsError(f"not JSON ({error.msg}, column {error.colno}). Write one object a line.") from error
    except (ValueError, RecursionError) as error:
        raise QuestionsError(
            "holds a number too long or lists too deep to read. Write one flat object a line."
        ) from error
    if not isinstance(value, dict):
        raise QuestionsError("not an object. Write one object a line.")
    return value


def _question(line: dict[str, Any], defaults: Filters, route: str) -> Question:
    text = line.get("question")
    if not isinstance(text, str) or not text.strip():
        raise QuestionsError('no question. Give a text under "question".')
    return Question(
        text=text,
        history=_history([] if line.get("history") is None else line["history"]),
        filters=_filters({} if line.get("filters") is None else line["filters"], defaults),
        route=_route(route if line.get("route") is None else line["route"]),
    )


def _route(given: object) -> str:
    if isinstance(given, str) and given in ("", *ROUTES):
        return given
    raise QuestionsError(f'"route" is none of {", ".join(ROUTES)}.')


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
