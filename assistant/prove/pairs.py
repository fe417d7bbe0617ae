"""Sentences with their evidence, as files of JSON lines hold them: to check, to attack the proof, and to fit it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import QuestionsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A sentence and what it is to be checked against.

    Attributes:
        id: Of the line; its number where the file gives none.
        quotes: Free text, or the cited words of `file`; empty to check against all of `file`.
        file: The record, as the index names it; empty where only the quotes count.
        is_true: Whether the quotes bear the sentence out, as a person judged; None when nobody has.
        kind: Of a false sentence what is false about it, else how it was made.
    """

    id: str
    sentence: str
    quotes: tuple[str, ...] = ()
    file: str = ""
    is_true: bool | None = None
    kind: str = ""


_LABELS = {"true": True, "false": False, True: True, False: False}


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs of a file, in order; blank lines are skipped, an empty file gives none.

    A line has ``sentence`` and ``quotes`` (texts), ``evidence`` (one text) or ``file``, and may have ``id``,
    ``label`` (true or false) and ``kind``.

    Raises:
        QuestionsError: The file is missing or a line is malformed; names file and line.
    """
    return tuple(each_pair(path))


def each_pair(path: Path) -> Iterator[Pair]:
    """The same, one by one, so that a long file can be worked on as it is read."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _pair(line, f"{path}, line {number}", number)
    except FileNotFoundError as error:
        raise QuestionsError(f"{path}: there is no such file. Give a file of JSON lines.") from error
    except UnicodeDecodeError as error:
        raise QuestionsError(f"{path}: not UTF-8 ({error}). Save it as UTF-8.") from error


def pair_of(given: Mapping[str, Any], number: int) -> Pair:
    """The pair that one object of a file holds.

    Args:
        given: The object.
        number: Of its line, from 1: its id where it has none.

    Raises:
        QuestionsError: It is no pair; says what is wrong, not where.
    """
    if not isinstance(given.get("sentence"), str) or not given["sentence"].strip():
        raise QuestionsError('no "sentence". Give an object with the text to be checked.')
    quotes = given.get("quotes", [given["evidence"]] if "evidence" in given else [])
    if isinstance(quotes, str):
        quotes = [quotes]
    if not isinstance(quotes, list) or not all(isinstance(quote, str) for quote in quotes):
        raise QuestionsError('"quotes" must be a list of texts.')
    file = given.get("file", "")
    if not isinstance(file, str) or not (file or any(quote.strip() for quote in quotes)):
        raise QuestionsError('nothing to check against. Give "quotes", or the "file" of a record.')
    label = given.get("label")
    if label is not None and (not isinstance(label, bool | str) or label not in _LABELS):
        raise QuestionsError('"label" must be true or false.')
    return Pair(
        id=str(given.get("id", number)),
        sentence=given["sentence"],
        quotes=tuple(quotes),
        file=file,
        is_true=None if label is None else _LABELS[label],
        kind=str(given.get("kind", "")),
    )


def _pair(line: str, where: str, number: int) -> Pair:
    try:
        given: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionsError(f"{where}: not JSON ({error}). Write one object a line.") from error
    try:
        return pair_of(given if isinstance(given, dict) else {}, number)
    except QuestionsError as error:
        raise QuestionsError(f"{where}: {error}") from error
