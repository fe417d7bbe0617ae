"""The question: what a person asked, the turns before it, and the filters that narrow the search."""

from dataclasses import dataclass, field
from typing import Literal


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
        languages: ISO 639-1 codes; empty for all.
        files: Report paths as `Report.path`; empty for all.
    """

    since: str = ""
    until: str = ""
    place: str = ""
    partner: str = ""
    languages: tuple[str, ...] = field(default=())
    files: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its conversation; `language` is an ISO 639-1 code, empty to let it be recognised."""

    text: str
    history: tuple[Turn, ...] = field(default=())
    filters: Filters = field(default=Filters())
    language: str = ""
