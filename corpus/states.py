"""How far a sentence says an agreement has come; a wish is never a signature."""

import re
from functools import lru_cache
from typing import Literal

from corpus.concepts import concepts_in
from corpus.lexicon import expressions

State = Literal["not_signed", "wished", "proposed", "discussed", "agreed", "signed", "in_force"]
STATES: tuple[State, ...] = ("not_signed", "wished", "proposed", "discussed", "agreed", "signed", "in_force")


_CLAUSE_END = re.compile(r"[.;。；,]|，(?!并|以及)|\b(?:and|but|while|then|а затем|и затем|но)\b")


@lru_cache(maxsize=8192)
def strongest_state(text: str) -> State | None:
    """The furthest state that any clause of a text tells of, each read the weakest way its words allow.

    "They discussed it, and signed" tells of a signature, "they discussed signing it" does not. None when the text
    speaks of no agreement.
    """
    if not concepts_in(text) & {"agreement", "sign"}:
        return None
    left = text
    found: State | None = None
    for state in STATES:
        for form in expressions("states", state):
            for match in form.finditer(left):
                if _CLAUSE_END.search(match.group()) and state != "not_signed":
                    continue
                found = state
                left = left[: match.start()] + " " * len(match.group()) + left[match.end() :]
    return found
