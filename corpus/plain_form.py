"""One plain form for what is written alike: what search, names and the reader compare, while quotes stay as written."""

import re
import unicodedata
from functools import cache
from typing import Any

from corpus.scripts import HAN

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
"""Soft hyphens, signs without width and marks of direction: nobody sees them, so nobody types them."""


def visible(text: str) -> str:
    """A text without signs that nobody sees, all else as written; "" for ""."""
    return _UNSEEN.sub("", text)


def plain_form(text: str) -> str:
    """A text in NFKC, without signs that nobody sees, its Chinese in simplified characters (OpenCC); "" for ""."""
    plain = unicodedata.normalize("NFKC", visible(text))
    return str(_simplifier().convert(plain)) if HAN.search(plain) else plain


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
