"""An answer as text to be kept, and the same answer back: what a history of conversations is made of."""

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from assistant.answer import Answer
from assistant.prove.proof import Proof
from corpus.errors import StoredAnswerUnreadable

VERSION = 1
"""Form of the text. A new attribute with a default needs no other number: text without it is read with the default."""
GONE = frozenset({"exact"})
"""Attributes that answers once had: left out where one is stored."""
_ASKED = re.compile(r'"question": ?\{"text": ?("(?:[^"\\]|\\.)*")')


def answer_to_json(answer: Answer) -> str:
    """The whole answer, with its question, history and filters, as one line of JSON (ASCII); exact."""
    return json.dumps({"version": VERSION, "answer": _plain(answer)})


def answer_from_json(text: str) -> Answer:
    """The answer that `answer_to_json` wrote, equal to it in every attribute.

    Raises:
        StoredAnswerUnreadable: The text is damaged, or another version wrote it.
    """
    try:
        stored = json.loads(text)
        version = stored["version"]
        if version != VERSION:
            raise StoredAnswerUnreadable(
                f"{_turn(text)} cannot be shown: it was stored in form {version!r}, and this version of Rapporteur "
                f"reads form {VERSION}. Ask the question again."
            )
        answer: Answer = _read(Answer, stored["answer"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise StoredAnswerUnreadable(
            f"{_turn(text)} cannot be shown: what was stored is damaged. Ask the question again."
        ) from error
    return answer


def _turn(text: str) -> str:
    """Which turn a stored text is, as far as can still be read."""
    found = _ASKED.search(text)
    try:
        return f"The answer to “{json.loads(found[1])}”" if found else "A stored answer"
    except ValueError:
        return "A stored answer"


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _read(kind: Any, value: Any) -> Any:
    """A value of a type, from what `_plain` made of it; TypeError, ValueError or KeyError where it is not of it."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _read_dataclass(kind, value)
    if origin in (Union, UnionType):
        return None if value is None else _read(next(one for one in inner if one is not type(None)), value)
    if origin is Literal:
        return inner[inner.index(value)]
    if origin is tuple:
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_read(one, item) for one, item in zip(kinds, _of(list, value), strict=True))
    if origin in (dict, Mapping):
        return {_read(inner[0], key): _read(inner[1], item) for key, item in _of(dict, value).items()}
    return value if kind is float and type(value) is int else _of(kind, value)


def _read_dataclass(kind: Any, value: Any) -> Any:
    own = {one.name: one for one in fields(kind)}
    given = _of(dict, value)
    if unknown := set(given) - set(own) - GONE:
        raise ValueError(f"{kind.__name__} has no {min(unknown)}")
    needed = {one.name for one in own.values() if one.default is MISSING and one.default_factory is MISSING}
    if missing := needed - set(given):
        raise ValueError(f"{kind.__name__} lacks {min(missing)}")
    return kind(**{name: _read(_kinds(kind)[name], item) for name, item in given.items() if name in own})


def _of(kind: Any, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


@cache
def _kinds(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind, localns={"Proof": Proof})
