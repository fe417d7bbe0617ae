"""Organizations in Chinese: names that end in the word for a sort of body, cut at what is no part of a name."""

import re
from collections.abc import Iterator
from functools import cache

from corpus.lexicon import read_lexicon
from corpus.names import is_body, known_forms, known_keys
from corpus.people import people_in
from ingest.ledger.heads import Mention, head_words

_HAN = re.compile(r"[\u3400-\u9fff]")
LONGEST_HAN = 18
"""Characters of the name of a Chinese body before its last word, at most."""


def chinese_bodies(text: str) -> Iterator[Mention]:
    """Names that end in the word for a sort of body, cut at what stands before them and is no part of a name."""
    for key in known_keys(text):
        if is_body(key):
            for form in known_forms(key):
                if _HAN.search(form):
                    for match in re.finditer(re.escape(form), text):
                        yield Mention(name=form, start=match.start(), end=match.end())
    for match in _han_head().finditer(text):
        floor = max(0, match.start() - LONGEST_HAN)
        before = re.split(r"[^\u3400-\u9fffA-Za-z·-]", text[floor : match.start()])[-1]
        own = _han_own(before, may_join=match.group() not in _NEVER_JOINED)
        if own + match.group() in head_words("not_bodies", "zh"):
            continue
        if own or len(match.group()) > 3:
            yield Mention(name=own + match.group(), start=match.start() - len(own), end=match.end())


_NEVER_JOINED = ("大学", "学校", "中学", "小学", "银行", "公司")
"""Sorts of bodies whose names hold no "and": what stands before one names another body."""


def _han_own(before: str, *, may_join: bool = True) -> str:
    """What of the characters before the last word of a Chinese body belongs to its name."""
    cut = max((found.end() for found in _han_boundary().finditer(before)), default=0)
    cut = max([cut, *(found.end() for found in _han_head().finditer(before))])
    own = before[cut:]
    joined = re.search(r"([\u3400-\u9fff]+)[与和及]$", before[:cut])
    if may_join and joined and own and not before[cut - 2 : cut] == "以及":
        first = _han_own(joined.group(1))
        is_apart = people_in(first) or not first or first != joined.group(1)[-len(first) :]
        return own if is_apart else before[cut - 1 - len(first) :]
    return own


@cache
def _han_head() -> re.Pattern[str]:
    heads = sorted(head_words("heads", "zh"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(heads)})(?!长|门|分|主任|主席|会议|大会|院长)")


@cache
def _han_boundary() -> re.Pattern[str]:
    listed = sorted(read_lexicon("organizations")["boundaries"]["zh"], key=len, reverse=True)
    titles = read_lexicon("common")["chinese_names"]["titles"]
    return re.compile("|".join([*titles, *listed]))
