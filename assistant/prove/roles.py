"""Fourth check: who did what to whom, who holds which office and what a number counts are as in the source."""

import re

from assistant.prove.align import Alignment
from assistant.prove.doers import moved_names, other_doer, told_of_others
from assistant.prove.offices import other_office
from assistant.prove.proof import Reason
from corpus.numbers import Number, numbers_in
from ingest.lexical import tokens

YEARS_FROM = 1000
"""A number from here on counts nothing: it is mostly a year."""
REACH_UNIT = 60
"""Code points after a number, and half as many before it, within which the thing counted is looked for."""
SURELY, NEARLY = 0.75, 0.05
"""Strength from which a word is surely the partner of another, and how much weaker a second one may be."""
REACH_MEASURE = 2
"""Code points between a number and what it counts: a blank, a measure word."""
LEAST_UNIT = 0.45
"""Strength below which the thing counted is another one."""


def misattributed(claim: str, source: str, aligned: Alignment) -> Reason | None:
    """What a sentence gives to another than the source does; None when nothing is."""
    return (
        other_office(claim, source)
        or other_doer(claim, source)
        or told_of_others(aligned)
        or moved_names(aligned)
        or _counted(claim, source, aligned)
    )


def _counted(claim: str, source: str, aligned: Alignment) -> Reason | None:
    """A number that counts something else in the source."""
    told = numbers_in(source)
    for number in numbers_in(claim):
        if _is_moved(number, claim, source):
            return Reason(key="counts_other", values={"what": claim[number.start : number.end]})
        unit = _unit(aligned, number.end) if 1 < number.value < YEARS_FROM else None
        same = [one for one in told if one.value == number.value]
        if unit is None or not same:
            continue
        columns = [
            at
            for at, word in enumerate(aligned.source.words)
            if any(one.start - REACH_UNIT // 2 <= word.start <= one.end + REACH_UNIT for one in same)
        ]
        is_elsewhere = bool(columns) and float(aligned.strengths[unit, columns].max()) < LEAST_UNIT
        if is_elsewhere or _counts_another(aligned, unit, number, told):
            return Reason(key="counts_other", values={"what": claim[number.start : number.end]})
    return None


def _counts_another(aligned: Alignment, unit: int, number: Number, told: tuple[Number, ...]) -> bool:
    """Whether the partner of the thing counted is counted in the source, and only by other numbers."""
    best = float(aligned.best[unit])
    partners = [at for at in range(len(aligned.source.words)) if aligned.strengths[unit, at] >= best - NEARLY]
    starts = [aligned.source.words[at].start for at in partners]
    counts = [one.value for one in told for start in starts if 0 <= start - one.end <= REACH_MEASURE]
    return best >= SURELY and bool(counts) and number.value not in counts


def _is_moved(number: Number, claim: str, source: str) -> bool:
    """Whether the source counts the same thing, by its word, only with other numbers: "two years; 4 teachers"."""
    wanted = _unit_word(claim, number.end)
    counts = [one.value for one in numbers_in(source) if wanted and _unit_word(source, one.end) == wanted]
    return number.value > 1 and bool(counts) and number.value not in counts


def _unit_word(text: str, end: int) -> str:
    """Stem of the word right after a number, empty where none stands there."""
    after = re.match(r"[\s-]?([^\W\d_]{3,})", text[end:])
    return " ".join(tokens(after.group(1))) if after else ""


def _unit(aligned: Alignment, end: int) -> int | None:
    """The word right after a number, if it is one that can be counted; None before "to", a name or a month."""
    at = next((at for at, word in enumerate(aligned.claim.words) if word.start >= end), None)
    if at is None:
        return None
    word = aligned.claim.words[at]
    is_near = word.start - end <= 2 and not re.search(r"[^\w\s-]", aligned.claim.text[end : word.start])
    return at if is_near and word.is_content and not word.text[0].isupper() and not word.text.isdigit() else None
