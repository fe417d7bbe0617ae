"""Third check: a sentence claims no more than its source: no higher state, no nearer contact, no wish told as done."""

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from assistant.prove.align import NEARLY, PARTNER, Alignment
from assistant.prove.proof import Reason
from corpus.concepts import concepts_in
from corpus.lexicon import patterns, says
from corpus.states import STATES, strongest_state

SURELY_ALIGNED = 0.92
"""Mean strength of the denied words from which the source surely speaks of them, and in the same words."""
MOST_DENIED = 2
"""Words after a "no" that it surely governs."""
SAME_VISIT = 0.82
"""Strength from which a word of visiting is said by a word of the source that no list knows."""
UNDER_DONE = 0.3
"""The same where a sentence says outright that something is over and done, and the source does not."""
UNDER = 0.5
"""Share of a clause's words that must stand under a wish or a no of the source for the clause to."""

_AND = re.compile(r"\band\b|\bthat\b|\bи\b|\bчто\b|[,，]")
_CLAUSE_END = re.compile(
    r"[.;:!?。；：！？]|,\s+(?:and|but|while|whereas|а|но|и)\s|，(?:但|而|并)?|\b(?:but|while|whereas|although|though|хотя)\b|尽管|虽然"
)


def overstated(claim: str, source: str, aligned: Alignment) -> Reason | None:
    """What a sentence tells that is more than its source allows; None when it tells no more.

    Args:
        claim: The sentence.
        source: The cited words.
        aligned: Both, aligned.
    """
    return _state(claim, source) or _polarity(aligned) or _contact(claim, source, aligned) or _reality(aligned)


def _state(claim: str, source: str) -> Reason | None:
    """An agreement told to have come further than the source says."""
    told = strongest_state(claim)
    if told is None or told == "not_signed":
        return None
    there = strongest_state(source)
    if there is None:
        if told == "signed" and not concepts_in(source) & {"sign", "agreement"}:
            return Reason(key="state_unsaid", values={})
        return None if told != "signed" else Reason(key="state_raised", values={})
    if STATES.index(told) > STATES.index(there):
        return Reason(key="state_raised", values={})
    return None


def _contact(claim: str, source: str, aligned: Alignment) -> Reason | None:
    """A visit told where the source knows of none."""
    parts = source.split("\n")
    for match in _all("contact", "told", claim):
        rows = [at for at, word in enumerate(aligned.claim.words) if match.start() <= word.start < match.end()]
        if rows and float(aligned.best[rows].max()) >= SAME_VISIT and not says("contact", "visited", text=source):
            continue
        end = next((end for begin, end in clauses(claim) if begin <= match.start() < end), len(claim))
        places = [at for at in _content_rows(aligned, match.end(), end) if aligned.best[at] >= CONVEYED]
        nearly = (np.flatnonzero(aligned.strengths[at] >= aligned.best[at] - NEARLY) for at in places)
        where = {aligned.source.parts[column] for columns in nearly for column in columns} or set(range(len(parts)))
        if not any(says("contact", "visited", text=parts[one]) for one in where):
            return Reason(key="contact_raised", values={"what": match.group()})
    return None


def _polarity(aligned: Alignment) -> Reason | None:
    """A no of the sentence that the source does not say of the same words, or the other way round."""
    text, source = aligned.claim.text, aligned.source.text
    # "Only" and "first" are a no of their own.
    says_only = says("modality", "only", text=source) and not says("modality", "only", text=text)
    no_here = [match.start() for name in _NO for match in _all("modality", name, text)]
    no_there = [match.start() for match in _all("modality", "negation", source)]
    after_there = [match.start() for match in _all("modality", "negation_after", source)]
    parts = clauses(source)
    for begin, end in clauses(text):
        rows = _content_rows(aligned, begin, end)
        marks = [at for at in no_here if begin <= at < end]
        if not rows or (not marks and not no_there and not after_there):
            continue
        after = [at for at in rows if marks and aligned.claim.words[at].start > min(marks)]
        denied = after[:MOST_DENIED] or rows
        at_there = [aligned.source.words[aligned.partners[at]].start for at in denied]
        there = [_denied_at(at, parts, [*no_there, *(one for one in after_there if one < at)]) for at in at_there]
        if (
            marks
            and not says_only
            and sum(there) < UNDER * len(denied)
            and float(np.mean(aligned.best[denied])) >= SURELY_ALIGNED
        ):
            return Reason(key="negated")
        if not marks and not no_here and len(rows) > 1 and sum(there) > UNDER * len(rows):
            if not _conveys_no(aligned, no_there):
                return Reason(key="negation_lost")
    return None


_NO = ("negation", "negation_after")


def _denied_at(at: int, parts: list[tuple[int, int]], marks: list[int]) -> bool:
    clause = next((part for part in parts if part[0] <= at < part[1]), (0, 0))
    return any(clause[0] <= mark < clause[1] for mark in marks)


def _conveys_no(aligned: Alignment, marks: list[int]) -> bool:
    """Whether some word of the sentence stands for the no of the source, as "lacks" does for "has no"."""
    columns = [at for at, word in enumerate(aligned.source.words) if word.start in marks]
    return bool(columns) and float(aligned.strengths[:, columns].max(initial=0)) >= PARTNER


RANKS = {"wish": 1, "ask": 2, "possible": 2, "plan": 3}
DONE = 4


def _reality(aligned: Alignment) -> Reason | None:
    """Something told as further along than the source has it: a wish as an agreement, a plan as done."""
    claim, source = aligned.claim.text, aligned.source.text
    scopes = [
        (RANKS[name], mark, _governed(source, name, mark, end))
        for name in RANKS
        for mark, _, end in _scopes(source, name)
    ]
    if not scopes:
        return None
    says_done = not says("modality", "done", text=source)
    for begin, end in clauses(claim):
        part = claim[begin:end]
        is_done = says_done and says("modality", "done", text=part) and not says("modality", "negation", text=part)
        rows = [at for at in _content_rows(aligned, begin, end) if not aligned.claim.words[at].text[0].isupper()]
        ranks = [RANKS[name] for name in RANKS for match in _all("modality", name, claim[begin:end])]
        told = DONE if is_done or not ranks else min(ranks)
        if len(rows) < LEAST_WORDS:
            continue
        for rank, mark, (first, last) in scopes:
            inside = [first <= aligned.source.words[aligned.partners[at]].start < last for at in rows]
            enough = UNDER_DONE if is_done else UNDER
            if told > rank and sum(inside) >= enough * len(rows) and not _conveys(aligned, mark, is_done=is_done):
                is_sure = is_done or sum(inside) >= SURELY_UNDER * len(rows)
                return Reason(key="only_unreal", values={"what": source[mark[0] : mark[1]]}, is_sure=is_sure)
    return None


LEAST_WORDS = 2
SURELY_UNDER = 0.9
"""Share of a clause's words under a wish or plan from which it surely tells of that wish or plan alone."""


def _governed(text: str, name: str, mark: tuple[int, int], end: int) -> tuple[int, int]:
    """What a word of wishing or planning governs: the rest of its clause; all of it for plans and in the passive."""
    clause = next((part for part in clauses(text) if part[0] <= mark[0] < part[1]), (0, len(text)))
    if name in ("plan", "possible") and not says("modality", "adjectives", text=text[mark[0] : mark[1]]):
        return max([clause[0], *(match.end() for match in _AND.finditer(text, clause[0], mark[0]))]), end
    is_passive = re.search(
        r"\b(?:was|were|is|are|been|be)\s+(?:\w+ly\s+)?$", text[clause[0] : mark[0]]
    ) and not re.match(r"\s+to\b", text[mark[1] :])
    comma = re.compile(r"[,，]").search(text, mark[1], end)
    return (clause[0], end) if is_passive else (mark[1], comma.start() if comma else end)


def _conveys(aligned: Alignment, mark: tuple[int, int], *, is_done: bool) -> bool:
    """Whether a word of the sentence stands for the wishing or planning of the source."""
    columns = [at for at, word in enumerate(aligned.source.words) if mark[0] <= word.start < mark[1]]
    return not is_done and bool(columns) and float(aligned.strengths[:, columns].max(initial=0)) >= CONVEYED


CONVEYED = 0.72
"""Strength from which a word of the sentence is taken to say the same as one that marks a wish or plan."""


def _content_rows(aligned: Alignment, begin: int, end: int) -> list[int]:
    """Words of the sentence between two offsets that say something and have a partner."""
    return [
        at
        for at, word in enumerate(aligned.claim.words)
        if begin <= word.start < end and word.is_content and aligned.best[at] >= PARTNER
    ]


def clauses(text: str) -> list[tuple[int, int]]:
    """Stretches of a text between the marks and words at which what a "no" governs ends."""
    bounds = [0, *(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]
    return [(begin, end) for begin, end in pairwise(bounds) if begin < end]


def _scopes(text: str, name: str) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Each marking word with the stretch it governs: the rest of its clause."""
    parts = clauses(text)
    for match in _all("modality", name, text):
        clause = next((part for part in parts if part[0] <= match.start() < part[1]), (0, len(text)))
        yield match.span(), match.end(), clause[1]


def _all(name: str, section: str, text: str) -> list[re.Match[str]]:
    """Every match of that list in a text; Chinese expressions count only in Chinese, Cyrillic ones in Cyrillic."""
    found = [each for forms in patterns(name, section).values() for form in forms for each in form.finditer(text)]
    return sorted(found, key=lambda match: match.start())
