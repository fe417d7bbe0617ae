"""Fourth check: who did what to whom, who holds which office and what a number counts are as in the source."""

import re

from assistant.prove.align import Alignment
from assistant.prove.doers import other_doer, told_of_others
from assistant.prove.offices import other_office
from assistant.prove.proof import Reason
from corpus.numbers import numbers_in

YEARS_FROM = 1000
"""A number from here on counts nothing: it is mostly a year."""
REACH_UNIT = 60
"""Code points after a number, and half as many before it, within which the thing counted is looked for."""
LEAST_UNIT = 0.45
"""Strength below which the thing counted is another one."""


def misattributed(claim: str, source: str, aligned: Alignment) -> Reason | None:
    """What a sentence gives to another than the source does; None when nothing is."""
    return (
        other_office(claim, source)
        or other_doer(claim, source)
        or told_of_others(aligned)
        or _counted(claim, source, aligned)
    )


def _counted(claim: str, source: str, aligned: Alignment) -> Reason | None:
    """A number that counts something else in the source."""
    told = numbers_in(source)
    for number in numbers_in(claim):
        unit = _unit(aligned, number.end) if 1 < number.value < YEARS_FROM else None
        same = [one for one in told if one.value == number.value]
        if unit is None or not same:
            continue
        columns = [
            at
            for at, word in enumerate(aligned.source.words)
            if any(one.start - REACH_UNIT // 2 <= word.start <= one.end + REACH_UNIT for one in same)
        ]
        if columns and float(aligned.strengths[unit, columns].max()) < LEAST_UNIT:
            return Reason(key="counts_other", values={"what": claim[number.start : number.end]})
    return None


def _unit(aligned: Alignment, end: int) -> int | None:
    """The word right after a number, if it is one that can be counted; None before "to", a name or a month."""
    at = next((at for at, word in enumerate(aligned.claim.words) if word.start >= end), None)
    if at is None:
        return None
    word = aligned.claim.words[at]
    is_near = word.start - end <= 2 and not re.search(r"[^\w\s-]", aligned.claim.text[end : word.start])
    return at if is_near and word.is_content and not word.text[0].isupper() and not word.text.isdigit() else None
