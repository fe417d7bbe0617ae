"""How far a sentence says an agreement has come; a wish is never a signature."""

from functools import lru_cache
from typing import Literal

from assistant.concepts import concepts_in
from corpus.lexicon import says

State = Literal["not_signed", "wished", "proposed", "discussed", "agreed", "signed"]
STATES: tuple[State, ...] = ("not_signed", "wished", "proposed", "discussed", "agreed", "signed")


@lru_cache(maxsize=8192)
def state_in(text: str) -> State | None:
    """The state of the agreement a sentence speaks of, the weakest its words allow; None when it speaks of none."""
    if not concepts_in(text) & {"agreement", "sign"}:
        return None
    return next((state for state in STATES if says("states", state, text=text)), None)
