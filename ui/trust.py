"""How far a fact can be relied on, in a word."""

from ingest import Fact, is_by_keeper, is_unsure
from ui.wording import Words


def trust(fact: Fact, words: Words) -> str:
    """That a keeper said it, or that the program may have misread it; empty for a fact that it read surely enough."""
    return words.say("by_keeper") if is_by_keeper(fact) else words.say("unsure") if is_unsure(fact) else ""
