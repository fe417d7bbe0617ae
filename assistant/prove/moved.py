"""Names, figures and words that have changed places in what is else a copy of its source."""

import re
from dataclasses import dataclass
from itertools import combinations

from assistant.prove.align import EXACT, Alignment, Read
from assistant.prove.proof import Reason
from corpus.calendar_words import MONTH

WORD_FOR_WORD = 0.9
"""Share of the words of a sentence that must stand in its source as they are for it to be a copy with names moved."""


def moved_names(aligned: Alignment) -> Reason | None:
    """A name, number or word that stands where its source has another, which has moved to its place, in a near copy.

    Two neighbors in a row ("teachers and students") may change places; nothing else may in a sentence of which
    nearly every word is its source's own.
    """
    content = aligned.content
    if not content.any() or float((aligned.best[content] >= EXACT).mean()) < WORD_FOR_WORD:
        return None
    mine, theirs = _runs(aligned.claim), _runs(aligned.source)
    places: dict[str, list[frozenset[tuple[int, str]]]] = {}
    for run in theirs:
        places.setdefault(run.stem, []).append(run.near)
    moved = [run for run in mine if run.stem in places and not any(run.near & one for one in places[run.stem])]
    for one, other in combinations(moved, 2):
        there = any(one.near & near for near in places[other.stem]), any(other.near & near for near in places[one.stem])
        is_alike = one.stem[:1].isdigit() == other.stem[:1].isdigit() and one.stem != other.stem
        enough = any(there) if one.is_name and other.is_name else all(there)
        if is_alike and enough and not _in_a_row(aligned.claim, one, other):
            return Reason(key="actor_wrong", values={"who": one.text})
    return None


@dataclass(frozen=True, slots=True)
class _Run:
    """A name, figure or other word of a text: its stem, and the stems right before and after it."""

    stem: str
    text: str
    near: frozenset[tuple[int, str]]
    first: int
    last: int
    is_name: bool


def _in_a_row(text: Read, one: _Run, other: _Run) -> bool:
    """Whether only small words stand between two runs, so that they are neighbors in a row."""
    return not any(text.words[at].is_content for at in range(one.last, other.first))


def _runs(text: Read) -> list[_Run]:
    """Each run of names or figures of a text, and each other content word by itself, in order."""
    found = []
    at = 0
    while at < len(text.words):
        end = at
        while end < len(text.words) and _is_named(text, end) and (end == at or _goes_on(text, end)):
            end += 1
        is_name = end > at
        end = max(end, at + 1)
        if is_name or text.words[at].is_content:
            sides = [
                (side, text.words[one].stem) for side, one in ((-1, at - 1), (1, end)) if 0 <= one < len(text.words)
            ]
            inside = text.words[at:end]
            stem, words = " ".join(word.stem for word in inside), " ".join(word.text for word in inside)
            found.append(_Run(stem, words, frozenset(sides), at, end, is_name))
        at = end
    return found


def _goes_on(text: Read, at: int) -> bool:
    """Whether a word stands right after the one before, with no mark between."""
    return not re.search(r"[,;:()，、；：（）]", text.text[text.words[at - 1].start : text.words[at].start])


def _is_named(text: Read, at: int) -> bool:
    """Whether a word is part of a name or a figure; words of a date are not, since "4 May" and "May 4" are one."""
    word = text.words[at]
    is_of_a_date = any(re.fullmatch(MONTH, one.text) for one in text.words[max(0, at - 1) : at + 2])
    return (word.text[0].isupper() or word.text[0].isdigit()) and word.is_content and not is_of_a_date
