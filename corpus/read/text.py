"""Markdown and plain text: the decoded file without its markup is the text; the first heading is its title."""

import re

from corpus.read.encoding import decode_noted
from corpus.read.extracted import Extracted
from corpus.read.front_matter import front_matter
from corpus.read.limits import ReadLimits
from corpus.read.markup import without_markup
from corpus.read.said import not_read

_ATX = re.compile(r"^#{1,6}[ \t]+(?P<title>\S.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_SETEXT = re.compile(r"^(?P<title>\S.{0,199})\n=+[ \t]*$", re.MULTILINE)


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The decoded text, front matter included, without what is markup and not words, and its first heading.

    Raises:
        ReportError: The bytes are no text.
    """
    decoded = decode_noted(data)
    body = front_matter(decoded.text).body
    record, lost = without_markup(decoded.text[body:])
    notes = decoded.notes + not_read(**lost)
    return Extracted(text=decoded.text[:body] + record, title=first_heading(record), notes=notes)


def first_heading(text: str) -> str:
    """The first Markdown heading of `text` (``# …`` or a line underlined by ``===``), empty when there is none."""
    matches = [match for match in (_ATX.search(text), _SETEXT.search(text)) if match]
    return min(matches, key=lambda match: match.start())["title"] if matches else ""
