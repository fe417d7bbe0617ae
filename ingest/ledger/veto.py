"""What takes back a state of an agreement that was found: words under which nothing is signed or in force."""

import re

from corpus.states import State, strongest_state

FIRM = ("signed", "in force", "renewed")
"""States that a wish, a plan or an open box takes back."""
WEAKER: tuple[State, ...] = ("not_signed", "wished", "proposed", "discussed", "agreed")
"""What the words of a sentence may tell at the furthest (`corpus/lexicon/states.toml`) that takes them back."""
_OPEN_BOX = re.compile(r"[☐□◻]|\[ \]")


def vetoed_states(sentence: str) -> frozenset[str]:
    """The states that a sentence cannot tell of an agreement: the firm ones where a box is open, or where no clause of
    it tells more than a wish, a plan or a denial. Words that the lists do not know take nothing back.
    """
    if _OPEN_BOX.search(sentence) or strongest_state(sentence) in WEAKER:
        return frozenset(FIRM)
    return frozenset()
