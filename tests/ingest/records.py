"""A record made of its words alone, as reading its file would give it."""

import hashlib

from corpus.dates import event_dates
from corpus.language import language_of
from corpus.report import Report


def record(text: str, *, title: str = "A visit", date: str = "2023-05-03", name: str = "a.md") -> Report:
    """A report of this text; its language is told from it."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Report(
        id=digest[:12], title=title, text=text, language=language_of(text), dates=event_dates(date), path=name,
        sha256=digest,
    )  # fmt: skip
