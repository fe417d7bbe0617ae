"""Fifth check: whether every word of a sentence is borne out by what it cites; a number of plain signs, weighed."""

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.prove.align import EXACT, PARTNER, Alignment, Read
from assistant.prove.doers import told_of_others
from assistant.prove.proof import CheckName, Reason
from corpus.language import script_of
from corpus.lexicon import patterns, read_lexicon, says
from corpus.names import known_keys, names_of
from corpus.numbers import numbers_in
from corpus.people import people_in
from corpus.same_person import same_person
from ingest.lexical import tokens

SIGNS = (
    "mean", "lowest", "lowest_three", "exact", "unlike", "cosine", "in_one", "elsewhere", "order", "substituted",
    "length", "across", "odd_lowest", "unlike_run", "persons_elsewhere", "numbers_elsewhere", "more_no", "less_no",
    "less_unsure", "more_unsure", "number", "date", "name", "state", "unreal", "negation", "contact", "office", "actor",
    "counted", "places_elsewhere", "opposite", "capital", "other_doer", "new_number", "contact_far", "inverted",
    "less_only",
)  # fmt: skip
"""The signs in the order of the weights."""
MORE_IS_BETTER = frozenset(("mean", "lowest", "lowest_three", "exact", "cosine", "in_one", "order", "odd_lowest"))
LESS_IS_BETTER = frozenset(SIGNS) - MORE_IS_BETTER - {"across", "more_unsure"}

_REASONS = {
    "number_missing": "number", "date_missing": "date", "name_missing": "name", "state_raised": "state",
    "state_unsaid": "state", "only_unreal": "unreal", "negated": "negation", "negation_lost": "negation",
    "contact_raised": "contact", "office_wrong": "office", "office_unsaid": "office", "actor_wrong": "actor",
    "counts_other": "counted",
}  # fmt: skip


def signs(aligned: Alignment, nearest: Read, failed: Mapping[CheckName, Reason]) -> NDArray[np.float32]:
    """The signs of one sentence, in the order of `SIGNS`.

    Args:
        aligned: The sentence and the evidence in view.
        nearest: The sentence of the evidence that comes nearest.
        failed: What the checks before this one found.
    """
    content = aligned.content if aligned.content.any() else np.ones(len(aligned.claim.words), dtype=bool)
    best = aligned.best[content] if content.any() else np.zeros(1, dtype=np.float32)
    ordered = np.sort(best)
    exact = best >= EXACT
    in_one = _in_one(aligned, content)
    claim, near = aligned.claim.text, nearest.text
    found = {
        "mean": best.mean(),
        "lowest": ordered[0],
        "lowest_three": ordered[:3].mean(),
        "exact": exact.mean(),
        "unlike": (best < PARTNER).mean(),
        "cosine": float(aligned.claim.whole @ nearest.whole),
        "in_one": in_one,
        "elsewhere": best.mean() - in_one,
        "order": _order(aligned, content),
        "substituted": _substituted(aligned, content),
        "length": np.log(len(best)),
        "across": float(script_of(claim) != script_of(near)),
        "odd_lowest": best[~exact].min(initial=1.0),
        "unlike_run": _longest_run(best < PARTNER) / len(best),
        "persons_elsewhere": _persons_elsewhere(claim, near),
        "places_elsewhere": _places_elsewhere(claim, near),
        "opposite": float(_opposite(aligned)),
        "capital": float(_odd_capital(aligned)),
        "other_doer": float(told_of_others(aligned, surely=PARTNER) is not None),
        "new_number": float(
            bool({one.value for one in numbers_in(claim)} - {one.value for one in numbers_in(aligned.source.text)})
        ),
        "less_only": float(says("modality", "only", text=near) and not says("modality", "only", text=claim)),
        "inverted": float(_inverted(aligned)),
        "contact_far": float(says("contact", "told", text=claim) and not says("contact", "visited", text=near)),
        "numbers_elsewhere": _numbers_elsewhere(claim, near),
        "more_no": float(_marks("negation", claim) > _marks("negation", near)),
        "less_no": float(_marks("negation", claim) < _marks("negation", near)),
        "less_unsure": float(_unsure(claim) < _unsure(near)),
        "more_unsure": float(_unsure(claim) > _unsure(near)),
    }
    found |= {_REASONS[reason.key]: 1.0 for reason in failed.values() if reason.key in _REASONS}
    return np.array([found.get(name, 0.0) for name in SIGNS], dtype=np.float32)


def weakest_word(aligned: Alignment) -> str:
    """The word of a sentence that its evidence bears out least; empty for a sentence without words."""
    rows = np.flatnonzero(aligned.content)
    return aligned.claim.words[min(rows, key=lambda row: aligned.best[row])].text if len(rows) else ""


def _in_one(aligned: Alignment, content: NDArray[np.bool_]) -> float:
    """Mean strength when all partners must stand in one sentence of the evidence; the best such sentence counts."""
    if not content.any():
        return 0.0
    parts = np.array(aligned.source.parts or (0,) * len(aligned.source.words))
    means = [aligned.strengths[content][:, parts == one].max(axis=1).mean() for one in np.unique(parts)]
    return float(max(means, default=0.0))


def _order(aligned: Alignment, content: NDArray[np.bool_]) -> float:
    """Share of neighboring words whose partners stand in the same order; 0.75, about the usual, when none tell."""
    rows = np.flatnonzero(content)
    partners = aligned.partners
    pairs = [(partners[a], partners[b]) for at, a in enumerate(rows) for b in rows[at + 1 : at + 4]]
    told = [first < second for first, second in pairs if first != second and abs(first - second) < 30]
    return float(np.mean(told)) if told else 0.75


def _substituted(aligned: Alignment, content: NDArray[np.bool_]) -> float:
    """Most neighbors, of two on each side, that a changed word has in common with its partner: the sign of an edit."""
    most = 0
    claim, source = aligned.claim.words, aligned.source.words
    for row in np.flatnonzero(content & (aligned.best < EXACT)):
        partner = int(aligned.partners[row])
        near = [(int(row) + step, partner + step) for step in (-2, -1, 1, 2)]
        inside = [(a, b) for a, b in near if 0 <= a < len(claim) and 0 <= b < len(source)]
        most = max(most, sum(claim[a].stem == source[b].stem for a, b in inside))
    return float(most)


def _longest_run(flags: NDArray[np.bool_]) -> int:
    longest = current = 0
    for flag in flags:
        current = current + 1 if flag else 0
        longest = max(longest, current)
    return longest


def _persons_elsewhere(claim: str, near: str) -> float:
    """Share of the persons of a sentence that the nearest sentence does not name."""
    mine, theirs = people_in(claim), people_in(near)
    return sum(not any(same_person(one, other) for other in theirs) for one in mine) / len(mine) if mine else 0.0


def _places_elsewhere(claim: str, near: str) -> float:
    """Share of the known things of a sentence, countries and organisations, that the nearest one does not name."""
    mine = names_of(claim).known
    return len(mine - names_of(near).within) / len(mine) if mine else 0.0


def _opposite(aligned: Alignment) -> bool:
    """Whether some word stands where its source has a word of the other meaning."""
    pairs = _opposites()
    near = zip(aligned.claim.words, aligned.partners, aligned.best, strict=True)
    return bool(aligned.source.words) and any(
        strength < EXACT and frozenset((word.stem, aligned.source.words[partner].stem)) in pairs
        for word, partner, strength in near
    )


@cache
def _opposites() -> frozenset[frozenset[str]]:
    listed = read_lexicon("opposites")["pairs"].values()
    stems = ((" ".join(tokens(one)), " ".join(tokens(other))) for pairs in listed for one, other in pairs)
    return frozenset(frozenset(pair) for pair in stems)


def _inverted(aligned: Alignment) -> bool:
    """Whether two names stand in the other order than in their source, though both tell it in the same voice."""
    claim, source = aligned.claim, aligned.source
    if bool(_BY.search(claim.text)) != bool(_BY.search(source.text)):
        return False
    rows = [at for at, word in enumerate(claim.words) if _is_name(word.text) and aligned.best[at] >= SAME_NAME]
    for first, second in pairwise(rows):
        one, other = (int(aligned.partners[at]) for at in (first, second))
        is_apart = second - first > 1 and abs(one - other) > 1
        if other < one and is_apart and source.parts[one : one + 1] == source.parts[other : other + 1]:
            return True
    return False


_BY = re.compile(r"\bby\b|\bfrom\b|被|由|来自|\bиз\b|\bот\b")
SAME_NAME = 0.8
"""Strength from which two names are one, in any script."""


def _is_name(word: str) -> bool:
    return word[0].isupper() or bool(known_keys(word))


def _odd_capital(aligned: Alignment) -> bool:
    """Whether a word is written as a name though its source, in the same script, has no such word."""
    first = aligned.claim.words[0].start if aligned.claim.words else 0
    return any(
        word.text[0].isupper() and word.start != first and strength < EXACT
        for word, strength in zip(aligned.claim.words, aligned.best, strict=True)
    ) and script_of(aligned.claim.text) == script_of(aligned.source.text)


def _numbers_elsewhere(claim: str, near: str) -> float:
    mine, theirs = ({number.value for number in numbers_in(text)} for text in (claim, near))
    return len(mine - theirs) / len(mine) if mine else 0.0


def _marks(name: str, text: str) -> int:
    return sum(1 for forms in patterns("modality", name).values() for form in forms for _ in form.finditer(text))


def _unsure(text: str) -> int:
    return sum(bool(_marks(name, text)) for name in ("wish", "ask", "plan", "possible"))
