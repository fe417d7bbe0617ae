"""Proposals: pairs of names in the ledger that may be of one organization or person; only a keeper merges them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from corpus.cities import names_in_other_scripts
from corpus.language import script_of
from corpus.lexicon import read_lexicon
from corpus.name_places import name_places
from corpus.names import fold, is_common_word, known_keys, names_of
from corpus.same_person import same_person
from corpus.scripts import HAN
from corpus.sounds import same_sound, sound
from ingest.ledger.ledger import Ledger
from ingest.ledger.merges import MergeKind
from ingest.ledger.naming import plain_name

ALIKE = 60
"""Least `rapidfuzz` ratio (0-100) of two names' sounds across scripts: true pairs had 71 and more, false ones 55."""
SPELLED_ALIKE = 85
"""Least ratio of the letters of two names in one script: a slip of one letter in a name of seven."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two names that may be of one, and why: ``words``, ``sound`` (across scripts) or ``name`` (of persons)."""

    kind: MergeKind
    one: str
    other: str
    reason: str


def proposals(ledger: Ledger) -> tuple[Proposal, ...]:
    """Pairs of names that may be of one, organizations first, those with most in common before the others; empty where
    every name stands alone.

    Of organizations: the same sort of body, all words of the shorter name alike in the longer one, or across scripts
    most words that tell it apart heard in the other; never two that are told to be of different countries, the name of
    a place, or two bodies that have but the place in common. Of persons: names that may be one by `same_person`, kept
    apart because their organizations differ.
    """
    found = sorted(_organizations(ledger), key=lambda one: -_in_common(one.one, one.other))
    return (*found, *_people(ledger))


def _organizations(ledger: Ledger) -> Iterator[Proposal]:
    by_head: dict[str, list[str]] = defaultdict(list)
    for name in ledger.organizations:
        if _sort_of(name) or set(_words(name)) - _places(name):
            by_head[_sort_of(name)].append(name)
    countries = {
        name: {fact.country for fact in facts if fact.country}
        | {key for key in known_keys(name, nested=True) if len(key) == 2}
        for name, facts in ledger.organizations.items()
    }
    for names in by_head.values():
        for one, other in combinations(names, 2):
            apart = countries[one] and countries[other] and not countries[one] & countries[other]
            if apart:
                continue
            if reason := _alike(one, other):
                yield Proposal(kind="organization", one=one, other=other, reason=reason)


def _people(ledger: Ledger) -> Iterator[Proposal]:
    """Pairs whose whole names sound near; only those are compared part by part, which costs a thousand times more."""
    names = [name for name in ledger.people if _parts(name) > 1]
    sounds = [sound(name) for name in names]
    for at, heard in enumerate(sounds):
        for _, _, ahead in process.extract(heard, sounds[at + 1 :], scorer=ratio, score_cutoff=ALIKE, limit=None):
            one, other = names[at], names[at + 1 + ahead]
            if _is_near(one, other) and same_person(one, other):
                yield Proposal(kind="person", one=one, other=other, reason="name")


def _is_near(one: str, other: str) -> bool:
    """Whether names whose sounds are near may be one: in one script also their letters must be."""
    if script_of(one) != script_of(other):
        return True
    few, many = sorted((set(fold(one).split()), set(fold(other).split())), key=len)
    return few <= many or ratio(fold(one), fold(other)) >= SPELLED_ALIKE


def _parts(name: str) -> int:
    return len(name) if re.search(r"[\u3400-\u9fff]", name) else len(re.split(r"[\s·]+", name))


def _alike(one: str, other: str) -> str:
    """Why two names of the same sort of body may be one; empty where they are not alike."""
    if script_of(one) != script_of(other):
        return "sound" if _is_heard(one, other) or _is_heard(other, one) else ""
    few, many = sorted((one, other), key=lambda name: len(_telling(name)))
    is_told = bool(_telling(few)) and all(any(same_sound(a, b) for b in _telling(many)) for a in _telling(few))
    words, others = set(_words(few)), set(_words(many))
    if is_told and not words - _places(few) - _common_words():  # both are at one place: which of its bodies is told too
        is_told = words == others
    elif is_told and not _sort_of(few):  # its words are all that tells what it is, and one alone is of many
        is_told = words <= others and (len(words) > 1 or words == others)
    return "words" if is_told else ""


def _is_heard(lettered: str, other: str) -> bool:
    """Whether most of the words that tell a name in letters from others are heard in a name in another script."""
    words = [] if HAN.search(lettered) else _telling_words(lettered)
    there = names_of(other)
    return 2 * sum(there.has(word) for word in words) > len(words)


def _in_common(one: str, other: str) -> float:
    """Share of the words of two names that both have, by their sound; of names in two scripts how near they sound."""
    if script_of(one) != script_of(other):
        return ratio(sound(one), sound(other)) / 100
    ones, others = set(_telling(one)), set(_telling(other))
    return len(ones & others) / max(1, len(ones | others))


@lru_cache(maxsize=65536)
def _telling(name: str) -> tuple[str, ...]:
    """Sounds of the words that tell a name from others of its sort; of a run of Chinese signs of each 2-4 of them."""
    runs = re.findall(r"[\u3400-\u9fff]+", name)
    signs = (sound(run[at : at + size]) for run in runs for size in (2, 3, 4) for at in range(len(run) - size + 1))
    return (*signs, *(sound(word) for word in _telling_words(name)))


def _telling_words(name: str) -> list[str]:
    """The words of a name in letters that tell it from others of its sort."""
    return [word for word in _words(name) if word not in _common_words() and not _sort_of(word)]


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name in letters, folded, without those of every sentence."""
    return tuple(word for word in plain_name(name).split() if not HAN.search(word) and not is_common_word(word))


@lru_cache(maxsize=65536)
def _places(name: str) -> frozenset[str]:
    """Those of its words that are of the name of a country or city."""
    known = name_places(name).known
    countries = " ".join(name[start:end] for key, spans in known.items() if len(key) == 2 for start, end in spans)
    cities = {word for word in _words(name) if names_in_other_scripts(word)}
    return frozenset(_words(countries)) | cities


def _common_words() -> frozenset[str]:
    return frozenset(read_lexicon("organizations")["common_words"]["all"])


def _sort_of(name: str) -> str:
    """What sort of body a name is of, one word for all languages; empty where none of the known words tells."""
    folded = fold(name)
    return next((sort for sort, forms in _SORTS.items() if any(form in folded for form in forms)), "")


_SORTS = {
    "academy": ("academy", "академи", "科学院"),
    "university": ("university", "университет", "大学"),
    "institute": ("institute", "институт", "研究院", "研究所", "学院"),
    "ministry": ("ministry", "министерств", "министрліг", "教育部", "外交部"),
    "centre": ("centre", "центр", "中心", "орталығ"),
    "school": ("school", "школ", "мектеп", "中学", "小学", "学校"),
    "college": ("college", "колледж"),
    "committee": ("committee", "комитет", "委员会"),
}
