"""The names of a question: by their capitals, in Chinese, which has none, by the trained tagger."""

import re
from collections.abc import Callable
from dataclasses import replace

from corpus.names import Names, known_keys, names_of
from corpus.scripts import HAN
from ingest.ledger.reading import Own
from ingest.tagger import Tags, Text

FEWEST = 2
"""Characters of a Chinese name: one alone is heard in too many words."""


NOBODY = Own(())
"""In a question nobody is told to be us."""


def question_names(text: str, tagger: Callable[[], Tags]) -> Names:
    """The names of a question; persons and places that a Chinese one names are among its `words`.

    Args:
        tagger: Opens the tagger, which is called for Chinese only.
    """
    found = names_of(text)
    if not HAN.search(text):
        return found
    asked = Text(text=text, raw=text, sentences=((0, len(text)),), offset=0)
    named = [
        part
        for one in tagger().tag([asked], NOBODY)[0].named
        if one.kind in ("person", "place")
        for part in re.split(r"[\s·]+", text[one.start : one.end])
        if len(part) >= FEWEST and HAN.match(part) and not known_keys(part)
    ]
    return replace(found, words=tuple(dict.fromkeys((*found.words, *named))))
