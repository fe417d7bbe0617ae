"""A passage as the tagger sees it: the text that is embedded, so that both can share the lowest layers."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.plain_form import plain_form
from ingest.passage import Passage, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What the tagger sees of a passage.

    Attributes:
        text: Heading, line break, passage.
        sentences: Where its sentences stand in `text`, (start, end).
        offset: What is added to a place in `text`, from `begin` on, to get the place in the report.
        begin: Where the passage proper starts in `text`; what stands before belongs to the heading.
    """

    text: str
    sentences: tuple[tuple[int, int], ...]
    offset: int
    begin: int = 0


def text_of(passage: Passage, sentences: Sequence[Sentence]) -> Text:
    """The text of a passage with its sentences; in plain form where that has the same letters at the same places."""
    whole = f"{passage.heading}\n{passage.text}"
    plain = plain_form(whole)
    begin = len(passage.heading) + 1
    offset = passage.start - begin
    return Text(
        text=plain if len(plain) == len(whole) else whole,
        sentences=tuple((one.start - offset, one.end - offset) for one in sentences),
        offset=offset,
        begin=begin,
    )
