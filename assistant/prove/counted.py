"""What a number counts, by the word right after it."""

import re

from corpus.calendar_words import MONTH
from ingest.lexical import tokens


def unit_word(text: str, end: int) -> str:
    """Stem of the word right after a number that ends at `end`; empty for none, for one of two letters, and a month."""
    after = re.match(r"[\s-]?([^\W\d_]{3,})", text[end:])
    return " ".join(tokens(after.group(1))) if after and not re.fullmatch(MONTH, after.group(1)) else ""
