"""Fourth check: who did what to whom, who holds which office and what a number counts are as in the source."""

import re
from itertools import pairwise

from assistant.prove.align import NEARLY, PARTNER, Alignment
from assistant.prove.counted import unit_word
from assistant.prove.doers import other_doer, told_of_others
from assistant.prove.moved import moved_names
from assistant.prove.offices import other_office
from assistant.prove.proof import Reason
from corpus.calendar_words import MONTH
from corpus.lexicon import patterns
from corpus.numbers import Number, numbers_in

YEARS_FROM = 1000
"""A number from here on counts nothing: it is mostly a year."""
REACH_UNIT = 60
"""Code points after a number, and half as many before it, within which the thing counted is looked for."""
SAME_ORDER = 0.9
"""Share of neighboring words that must keep their order for two numbers to have been swapped among them."""
SURELY = 0.7
"""Strength from which a word is surely the partner of another."""
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
    if swapped := _swapped(claim, source, aligned):
        return Reason(key="counts_other", values={"what": swapped})
    for number in numbers_in(claim):
        if _is_moved(number, claim, source):
            return Reason(key="counts_other", values={"what": claim[number.start : number.end]})
        is_dated = re.match(r"[年月日号]", claim[number.end :])
        unit = _unit(aligned, number.end) if 1 < number.value < YEARS_FROM and not is_dated else None
        same = [one for one in told if one.value == number.value]
        if unit is None:
            continue
        if _counts_another(aligned, unit, number, told):
            return Reason(key="counts_other", values={"what": claim[number.start : number.end]})
        if not same:
            continue
        columns = [
            at
            for at, word in enumerate(aligned.source.words)
            if any(one.start - REACH_UNIT // 2 <= word.start <= one.end + REACH_UNIT for one in same)
        ]
        if columns and float(aligned.strengths[unit, columns].max()) < LEAST_UNIT:
            return Reason(key="counts_other", values={"what": claim[number.start : number.end]})
    return None


def _counts_another(aligned: Alignment, unit: int, number: Number, told: tuple[Number, ...]) -> bool:
    """Whether the partner of the thing counted is counted in the source, and only by other numbers."""
    best = float(aligned.best[unit])
    partners = [at for at in range(len(aligned.source.words)) if aligned.strengths[unit, at] >= best - NEARLY]
    starts = [aligned.source.words[at].start for at in partners]
    counts = [one.value for one in told for start in starts if 0 <= start - one.end <= REACH_MEASURE]
    return best >= SURELY and bool(counts) and number.value not in counts


def _swapped(claim: str, source: str, aligned: Alignment) -> str:
    """A number or month that has changed places with another one while the words around kept theirs; else empty."""
    for here, there in ((_figures(claim), _figures(source)), (_month_places(claim), _month_places(source))):
        common = [value for value in here if value in there]
        for first, second in pairwise(sorted(common, key=lambda value: here[value][0])):
            if there[first][0] > there[second][0] and _order(aligned) >= SAME_ORDER:
                begin, end = here[first]
                return claim[begin:end]
    return ""


def _figures(text: str) -> dict[float, tuple[int, int]]:
    """Where each number that is said once stands; those of a date are left out, since dates turn round."""
    dates = [match.span() for match in re.finditer(rf"\d+\W+{MONTH}|{MONTH}\W+\d+", text)]
    found: dict[float, list[tuple[int, int]]] = {}
    for one in numbers_in(text):
        is_dated = any(begin <= one.start < end for begin, end in _stretches(text, dates))
        if 1 < one.value < YEARS_FROM and not is_dated:
            found.setdefault(one.value, []).append((one.start, one.end))
    return {value: places[0] for value, places in found.items() if len(places) == 1}


def _stretches(text: str, dates: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of dates, Chinese ones included."""
    return [*dates, *(match.span() for match in re.finditer(r"\d+[年月日号]", text))]


def _month_places(text: str) -> dict[float, tuple[int, int]]:
    """Where each month that is named once stands."""
    found: dict[float, list[tuple[int, int]]] = {}
    for forms in patterns("numbers", "months").values():
        for month, form in enumerate(forms, start=1):
            for match in form.finditer(text):
                found.setdefault(float(month), []).append(match.span())
    return {value: places[0] for value, places in found.items() if len(places) == 1}


def _order(aligned: Alignment) -> float:
    """Share of neighboring words, numbers aside, whose partners stand in the same order."""
    rows = [
        at
        for at, word in enumerate(aligned.claim.words)
        if word.is_content and aligned.best[at] >= PARTNER and not word.text[0].isdigit()
    ]
    told = [
        aligned.partners[a] < aligned.partners[b]
        for a, b in pairwise(rows)
        if aligned.partners[a] != aligned.partners[b]
    ]
    return sum(told) / len(told) if len(told) > 1 else 0.0


def _is_moved(number: Number, claim: str, source: str) -> bool:
    """Whether the source counts the same thing, by its word, only with other numbers: "two years; 4 teachers"."""
    wanted = unit_word(claim, number.end)
    there = numbers_in(source)
    if any(one.value == number.value and not unit_word(source, one.end) for one in there):
        return False  # "700 of them" counts what was named before
    counts = [one.value for one in there if wanted and unit_word(source, one.end) == wanted]
    return number.value > 1 and bool(counts) and number.value not in counts


def _unit(aligned: Alignment, end: int) -> int | None:
    """The word right after a number, if it is one that can be counted; None before "to", a name or a month."""
    at = next((at for at, word in enumerate(aligned.claim.words) if word.start >= end), None)
    if at is None:
        return None
    word = aligned.claim.words[at]
    is_near = word.start - end <= 2 and not re.search(r"[^\w\s-]", aligned.claim.text[end : word.start])
    if re.fullmatch(MONTH, word.text):
        return None
    return at if is_near and word.is_content and not word.text[0].isupper() and not word.text.isdigit() else None
