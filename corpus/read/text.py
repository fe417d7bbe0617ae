"""Markdown and plain text: the whole decoded file is the text; the first heading is its title."""

import re

from corpus.read.encoding import decode
from corpus.read.extracted import Extracted
from corpus.read.front_matter import front_matter
from corpus.read.limits import ReadLimits

_ATX = re.compile(r"^#{1,6}[ \t]+(?P<title>\S.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_SETEXT = re.compile(r"^(?P<title>\S.{0,199})\n=+[ \t]*$", re.MULTILINE)


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The decoded text, front matter included, and its first heading.

    Raises:
        ReportError: The bytes are no text.
    """
    text = decode(data)
    return Extracted(text=text, title=first_heading(text[front_matter(text).body :]))


def first_heading(text: str) -> str:
    """The first Markdown heading of `text` (``# …`` or a line underlined by ``===``), empty when there is none."""
    matches = [match for match in (_ATX.search(text), _SETEXT.search(text)) if match]
    return min(matches, key=lambda match: match.start())["title"] if matches else ""
