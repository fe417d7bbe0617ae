"""A passage as the tagger sees it: the text that is embedded, so that both can share the lowest layers."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.plain_form import plain_form
from ingest.passage import Passage, Sentence

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What the tagger sees of a passage.

    Attributes:
        text: Heading, line break, passage; `raw` the same letters as the record writes them.
        sentences: Where its sentences stand in `text`, (start, end).
        offset: What is added to a place in `text`, from `begin` on, to get the place in the report.
        begin: Where the passage proper starts in `text`; what stands before belongs to the heading.
    """

    text: str
    raw: str
    sentences: tuple[tuple[int, int], ...]
    offset: int
    begin: int = 0


def is_in_place(whole: str, plain: str) -> bool:
    """Whether each letter of a text stands in its plain form at the same place, alike or in another form."""
    return len(whole) == len(plain) and all(
        a == b or (_HAN.match(a) and _HAN.match(b)) or unicodedata.normalize("NFKC", a) == b
        for a, b in zip(whole, plain, strict=True)
    )


def text_of(passage: Passage, sentences: Sequence[Sentence]) -> Text:
    """The text of a passage with its sentences; in plain form where that has the same letters at the same places."""
    whole = f"{passage.heading}\n{passage.text}"
    plain = plain_form(whole)
    begin = len(passage.heading) + 1
    offset = passage.start - begin
    return Text(
        text=plain if is_in_place(whole, plain) else whole,
        raw=whole,
        sentences=tuple((one.start - offset, one.end - offset) for one in sentences),
        offset=offset,
        begin=begin,
    )
