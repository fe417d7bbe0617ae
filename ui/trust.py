"""How far a fact can be relied on, in a word."""

from ingest import Fact, is_by_keeper, is_unsure
from ui.wording import Words


def trust(fact: Fact, words: Words, part: str = "") -> str:
    """That a keeper said it, or that the program may have misread it; empty for a fact that it read surely enough.

    `part`, as `ingest.is_unsure` takes it, for that alone: a role may be sure where the body is not. A keeper's
    word is then told beside the role.
    """
    if is_by_keeper(fact):
        return words.say("by_keeper") if part != "body" else ""
    return words.say("unsure") if is_unsure(fact, part) else ""
