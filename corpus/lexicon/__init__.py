"""Word lists that staff can edit, read from the TOML files beside this module."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from corpus.errors import LexiconError

FOLDER = Path(__file__).parent


@cache
def read_lexicon(name: str) -> dict[str, Any]:
    """The word list `name`, for instance ``aliases``, as nested dictionaries.

    Raises:
        LexiconError: The file is missing or not TOML; names the file and, where known, the line.
    """
    path = FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LexiconError(f"{path}: this word list is missing. Restore it from the repository.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: {error}. Mend that line; strings stand in quotes, lists in brackets.") from error


@cache
def patterns(name: str, *keys: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    """The regular expressions under ``[keys]`` of a word list, by language.

    Raises:
        LexiconError: There is no such section, or an expression in it is malformed.
    """
    section: Any = read_lexicon(name)
    try:
        for key in keys:
            section = section[key]
        return {
            language: tuple(re.compile(expression, re.IGNORECASE) for expression in expressions)
            for language, expressions in section.items()
        }
    except KeyError as error:
        raise LexiconError(f"{FOLDER / name}.toml: section [{'.'.join(keys)}] is missing.") from error
    except re.error as error:
        raise LexiconError(
            f"{FOLDER / name}.toml: section [{'.'.join(keys)}]: {error.pattern!r} is no regular expression ({error})."
        ) from error


def says(name: str, *keys: str, text: str) -> bool:
    """Whether any expression of that section, of any language, matches `text`."""
    return any(expression.search(text) for expression in expressions(name, *keys))


@cache
def expressions(name: str, *keys: str) -> tuple[re.Pattern[str], ...]:
    """The regular expressions of a section in all languages, in the order of the file; errors as `patterns`."""
    return tuple(one for by_language in patterns(name, *keys).values() for one in by_language)
