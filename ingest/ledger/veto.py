"""What takes back what was found: words under which nothing is signed or in force, and bodies of another visit."""

import re
from collections.abc import Iterable, Iterator

from corpus.dates import names_day
from corpus.lexicon import says
from corpus.states import State, strongest_state
from ingest.ledger.fact import KEPT, OVER
from ingest.ledger.reading import Line, Mention, Reading
from ingest.tagger.labels import DEGREES

WEAKER: tuple[State, ...] = ("not_signed", "wished", "proposed", "discussed", "agreed")
"""What the words of a sentence may tell at the furthest (`corpus/lexicon/states.toml`) that takes them back."""
MET = DEGREES.index("planned")
"""The first degree that is more than being mentioned."""
_ENDS = (".", "!", "?", "。", "！", "？")
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
    """Bodies of other paragraphs of a line's passage, not named in its own, where that meets somebody itself: of a
    record of several visits they are of another one. None for a heading.

    Args:
        dated: Take only bodies of paragraphs that name a day, where the line's own does too; else those likelier met
            than not, wherever they stand.
    """
    paragraphs = list(_paragraphs(reading, line.passage))
    own = next((one for one in paragraphs if any(other is line for other in one)), None)
    if line.start < 0 or own is None or not any(_met(_bodies(own))) or (dated and not _has_day(own)):
        return frozenset()
    others = [one for one in paragraphs if one is not own and (not dated or _has_day(one))]
    found = {
        one.name
        for other in others
        for one in _bodies(other)
        if not one.is_us and (dated or sum(one.degree[MET:]) > 1 / 2)
    }
    return frozenset(found) - {one.name for one in _bodies(own)}


def vetoed_degrees(record: str) -> frozenset[str]:
    """The degrees of contact that a record cannot tell: that somebody was met from afar where no word in it says so."""
    return frozenset() if says("contact", "remote", text=record) else frozenset({"online"})


def is_of_a_place(line: Line, person: Mention) -> bool:
    """Whether a name is followed by "of" and a place: "President Xu of Norland" is of no body named near him."""
    places = (one for one in line.mentions if one.kind == "place" and one.start > person.end)
    return any(line.text[person.end : one.start].split() == ["of"] for one in places)


def _paragraphs(reading: Reading, passage: int) -> Iterator[list[Line]]:
    """The lines of a passage, those between which no empty line stands together, a line without a full stop with what
    stands below it; without its heading.
    """
    own: list[Line] = []
    for line in reading.passages[passage]:
        if line.start < 0:
            continue
        is_below = len(own) == 1 and not own[0].text.rstrip().endswith(_ENDS)
        if own and not is_below and "\n\n" in reading.report.text[own[-1].end : line.start]:
            yield own
            own = []
        own.append(line)
    if own:
        yield own


def _bodies(lines: Iterable[Line]) -> list[Mention]:
    return [one for line in lines for one in line.bodies]


def _has_day(lines: Iterable[Line]) -> bool:
    return any(names_day(line.text) for line in lines)


def _met(bodies: Iterable[Mention]) -> Iterator[str]:
    return (one.name for one in bodies if not one.is_us and sum(one.degree[MET:]) > 1 / 2)
