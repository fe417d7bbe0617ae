"""Third check: a sentence claims no more than its source: no higher state, no nearer contact, no wish told as done."""

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from assistant.concepts import concepts_in
from assistant.prove.align import Alignment
from assistant.prove.proof import Reason
from assistant.states import STATES, strongest_state
from corpus.lexicon import patterns, says

ALIGNED = 0.6
"""Strength from which two words are held to speak of one thing."""
SURELY_ALIGNED = 0.85
"""Mean strength of the denied words from which the source surely speaks of them, and in the same words."""
UNDER = 0.5
"""Share of a clause's words that must stand under a wish or a no of the source for the clause to."""
UNREAL = ("wish", "ask", "plan", "possible")

_CLAUSE_END = re.compile(r"[.;:!?。；：！？]|,\s+(?:and|but|while|whereas|а|но|и)\s|，(?:但|而|并)?|\bbut\b|\bwhile\b")


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
    for level in ("visited",):
        match = _first("contact", level, claim)
        if not match or says("contact", level, text=source):
            continue
        rows = [at for at, word in enumerate(aligned.claim.words) if match.start() <= word.start < match.end()]
        if not rows or float(aligned.best[rows].max()) < ALIGNED:
            return Reason(key="contact_raised", values={"what": match.group()})
    return None


def _polarity(aligned: Alignment) -> Reason | None:
    """A no of the sentence that the source does not say of the same words, or the other way round."""
    says_only = says("modality", "only", text=aligned.source.text)  # "only" and "first" are a no of their own
    mine = under(aligned.claim.text, "negation")
    theirs = under(aligned.source.text, "negation")
    for begin, end in clauses(aligned.claim.text):
        rows = _content_rows(aligned, begin, end)
        if len(rows) < 2:
            continue
        denied = [at for at in rows if _is_in(aligned.claim.words[at].start, mine)]
        partners = [aligned.source.words[aligned.partners[at]] for at in rows]
        there = [_is_in(word.start, theirs) for word in partners]
        has_no = len(denied) > 0
        if has_no and not says_only and not any(there) and not _unlike(aligned, denied):
            return Reason(key="negated", values={})
        if not has_no and sum(there) > UNDER * len(rows) and not _first("modality", "negation", aligned.claim.text):
            return Reason(key="negation_lost", values={})
    return None


def _unlike(aligned: Alignment, rows: list[int]) -> bool:
    """Whether the denied words have no partner, so that the source may say the same in words of its own."""
    return bool(np.mean(aligned.best[rows]) < SURELY_ALIGNED)


def _reality(aligned: Alignment) -> Reason | None:
    """Something told as done that the source only wishes, asks for, plans or holds possible."""
    text = aligned.source.text
    claim_marks = [match for name in UNREAL for match in _all("modality", name, aligned.claim.text)]
    for name in UNREAL:
        for mark, begin, end in _scopes(text, name):
            columns = [at for at, word in enumerate(aligned.source.words) if mark[0] <= word.start < mark[1]]
            said = columns and float(aligned.strengths[:, columns].max(initial=0)) >= ALIGNED
            if said or claim_marks:
                continue
            for first, last in clauses(aligned.claim.text):
                rows = _content_rows(aligned, first, last)
                inside = [begin <= aligned.source.words[aligned.partners[at]].start < end for at in rows]
                if len(rows) > 1 and sum(inside) > UNDER * len(rows):
                    return Reason(key="only_unreal", values={"what": text[mark[0] : mark[1]]})
    return None


def _content_rows(aligned: Alignment, begin: int, end: int) -> list[int]:
    """Words of the sentence between two offsets that say something and have a partner."""
    return [
        at
        for at, word in enumerate(aligned.claim.words)
        if begin <= word.start < end and word.is_content and aligned.best[at] >= ALIGNED
    ]


def clauses(text: str) -> list[tuple[int, int]]:
    """Stretches of a text between the marks and words at which what a "no" governs ends."""
    bounds = [0, *(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]
    return [(begin, end) for begin, end in zip(bounds, bounds[1:], strict=False) if begin < end]


@lru_cache(maxsize=4096)
def under(text: str, name: str) -> tuple[tuple[int, int], ...]:
    """Stretches of a text that stand after a word of that list in the same clause."""
    return tuple((begin, end) for _, begin, end in _scopes(text, name))


def _scopes(text: str, name: str) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Each marking word with the stretch it governs: the rest of its clause."""
    parts = clauses(text)
    for match in _all("modality", name, text):
        clause = next((part for part in parts if part[0] <= match.start() < part[1]), (0, len(text)))
        yield match.span(), match.end(), clause[1]


def _is_in(at: int, stretches: tuple[tuple[int, int], ...]) -> bool:
    return any(begin <= at < end for begin, end in stretches)


def _all(name: str, section: str, text: str) -> list[re.Match[str]]:
    """Every match of that list in a text; Chinese expressions count only in Chinese, Cyrillic ones in Cyrillic."""
    found = [each for forms in patterns(name, section).values() for form in forms for each in form.finditer(text)]
    return sorted(found, key=lambda match: match.start())


def _first(name: str, section: str, text: str) -> re.Match[str] | None:
    return next(iter(_all(name, section, text)), None)
