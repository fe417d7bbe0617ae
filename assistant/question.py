"""The question: what a person asked, the turns before it, the route wanted, and the filters of the search."""

from dataclasses import dataclass, field
from typing import Literal

from corpus.errors import UsageError

MAX_QUESTION = 4000
"""Code points of a question that are still a question."""
ROUTES = ("lookup", "list", "timeline")
"""Routes to an answer that a person may ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Bounds on the reports searched. Data, never parsed from prose further down.

    Attributes:
        since: Earliest event date, ISO, possibly partial (``2024``); reports without a year do not match.
        until: Latest event date, ISO, possibly partial, inclusive.
        place: Words that must stand in the report's place, title or text.
        partner: Words that must stand in the report's title or text (an organisation, or its acronym).
        theme: Key of a theme, or its name in any language; only reports in which the ledger has a fact on it match.
        languages: ISO 639-1 codes; empty for all.
        files: Report paths as `Report.path`; empty for all.
    """

    since: str = ""
    until: str = ""
    place: str = ""
    partner: str = ""
    theme: str = ""
    languages: tuple[str, ...] = field(default=())
    files: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its conversation.

    Attributes:
        text: What was asked, as written.
        history: The turns before it, the oldest first.
        filters: Bounds on the reports searched.
        language: ISO 639-1 code of the question; empty to let it be recognized.
        route: One of `ROUTES`: ``lookup`` searches and quotes and never asks the ledger; ``list`` gives all facts of
            the ledger that fit, else all that a search brings into view; ``timeline`` the same in order of time.
            Empty lets the assistant choose.
    """

    text: str
    history: tuple[Turn, ...] = field(default=())
    filters: Filters = field(default=Filters())
    language: str = ""
    route: str = ""


def refuse_unaskable(question: Question) -> None:
    """Nothing for a question that can be asked.

    Raises:
        UsageError: It is empty or longer than `MAX_QUESTION`, or its route is none there is.
    """
    asked = question.text.strip()
    if not asked or not any(letter.isalnum() for letter in asked):
        raise UsageError("The question is empty. Ask in words, in English, Chinese or Russian.")
    if len(asked) > MAX_QUESTION:
        raise UsageError(f"The question has {len(asked)} characters, at most {MAX_QUESTION} can be asked. Shorten it.")
    if question.route and question.route not in ROUTES:
        raise UsageError(f"Route {question.route!r}: there is none such. Give one of: {', '.join(ROUTES)}.")
