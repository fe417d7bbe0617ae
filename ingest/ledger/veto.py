"""What takes back what was found: words under which nothing is signed or in force, and bodies of another visit."""

import re
from collections.abc import Iterable, Iterator

from corpus.dates import names_day
from corpus.states import State, strongest_state
from ingest.ledger.fact import KEPT, OVER
from ingest.ledger.reading import Line, Mention, Reading
from ingest.tagger.labels import DEGREES

WEAKER: tuple[State, ...] = ("not_signed", "wished", "proposed", "discussed", "agreed")
"""What the words of a sentence may tell at the furthest (`corpus/lexicon/states.toml`) that takes them back."""
MET = DEGREES.index("planned")
"""The first degree that is more than being mentioned."""
_OPEN_BOX = re.compile(r"[☐□◻⬜▢✗✘❌]|\[ \]|\( \)")


def vetoed_states(sentence: str) -> frozenset[str]:
    """The states that a sentence cannot tell of an agreement: all that are more than talk where a box is open or
    crossed out, those in which it is there where no clause of it tells more than a wish, a plan or a denial. Words
    not on the lists take nothing back.
    """
    if _OPEN_BOX.search(sentence):
        return frozenset((*KEPT, "initialled", *OVER))
    return frozenset(KEPT) if strongest_state(sentence) in WEAKER else frozenset()


def met_elsewhere(reading: Reading, line: Line, *, dated: bool = False) -> frozenset[str]:
    """Bodies that are likelier met than not in other paragraphs of a line's passage, and not named in its own, where
    that meets somebody itself: of a record of several visits they are of another one. None for a heading.

    Args:
        dated: Whether the line's paragraph must name a day too, which makes it surer that it tells of a visit.
    """
    above = reading.report.text.rfind("\n\n", 0, max(line.start, 0))
    below = reading.report.text.find("\n\n", line.end)
    own: list[Mention] = []
    others: list[Mention] = []
    for other in reading.passages[line.passage]:
        is_own = above < other.start and (below < 0 or other.start < below)
        (own if is_own else others).extend(other.bodies)
    paragraph = reading.report.text[above + 1 : below if below >= 0 else None]
    if line.start < 0 or not any(_met(own)) or (dated and not names_day(paragraph)):
        return frozenset()
    return frozenset(_met(others)) - {one.name for one in own}


def _met(bodies: Iterable[Mention]) -> Iterator[str]:
    return (one.name for one in bodies if not one.is_us and sum(one.degree[MET:]) > 1 / 2)
