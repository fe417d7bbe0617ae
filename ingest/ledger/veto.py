"""What takes back a state of an agreement that was found: words under which nothing is signed or in force."""

import re

from corpus.lexicon import says

FIRM = ("signed", "in force", "renewed")
"""States that a wish, a plan or an open box takes back."""
_OPEN_BOX = re.compile(r"[☐□◻]|\[ \]")
_CLAUSE = re.compile(r"[;；。]|[,，]\s*(?:but|yet|а|но|但)\s?")


def vetoed_states(sentence: str) -> frozenset[str]:
    """The states that a sentence cannot tell of an agreement: the firm ones where a box is open, or where every clause
    that names a signature denies it, wishes for it or plans it.
    """
    if _OPEN_BOX.search(sentence):
        return frozenset(FIRM)
    clauses = [part for part in _CLAUSE.split(sentence) if says("states", "signed", text=part)]
    if clauses and all(any(says("states", weaker, text=part) for weaker in WEAKER) for part in clauses):
        return frozenset(FIRM)
    return frozenset()


WEAKER = ("not_signed", "wished", "proposed")
"""Entries of `corpus/lexicon/states.toml` that take a signature back."""
