"""Passages and sentences: spans of a report that retrieval returns and citations point to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Sentence:
    """One sentence of a report: ``report.text[start:end] == text``, not empty, no blanks at either end."""

    report_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Passage:
    """Whole neighbouring sentences of one section: ``report.text[start:end] == text``, not empty.

    Attributes:
        heading: Title of the report and headings above the passage, joined by `` › ``; embedded with the
            passage but never quoted.
        page: Page number from 1 for paged formats, else None.
    """

    report_id: str
    start: int
    end: int
    text: str
    heading: str = ""
    page: int | None = None


Split = tuple[Passage, tuple[Sentence, ...]]
"""A passage with its sentences, in reading order."""
