"""A passage of the index as the reader sees it."""

from collections.abc import Sequence

from assistant.reader.reading import Window
from corpus.days import date_label
from corpus.plain_form import plain_form
from corpus.report import Report
from ingest.passage import Passage, Sentence


def header_of(report: Report, passage: Passage) -> str:
    """Title and headings above the passage, and the date of its record, which says when a year is not stated."""
    return " · ".join(part for part in (passage.heading, date_label(report) if report.dates else "") if part)


def window_of(report: Report, passage: Passage, sentences: Sequence[Sentence]) -> Window:
    """The window of a passage, in plain form."""
    return plain_window(header_of(report, passage), [sentence.text for sentence in sentences])


def plain_window(header: str, sentences: Sequence[str]) -> Window:
    """A window of a header and its sentences, in plain form."""
    return Window(plain_form(header), tuple(map(plain_form, sentences)))
