"""The words that say what sort of body an organization is, and the mention of one in a text."""

import re
from dataclasses import dataclass
from functools import cache

from corpus.lexicon import read_lexicon
from corpus.names import fold, is_body, known_forms, known_keys

UPPER = "A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁӘҒҚҢӨҰҮҺІ"
LEAST_CAPITALS = 4
"""Capital letters from which an acronym that nothing explains is taken for a body; one less in Cyrillic."""
MOST_CAPITALS = 6
"""Capital letters up to which; a longer word is a place or a name set in capitals."""
_OWNED = re.compile(r"['’]s?$")
_HAN = re.compile(r"[\u3400-\u9fff]")
ACRONYM = re.compile(r"[A-ZА-ЯЁ][A-Za-zА-Яа-яё]*[A-ZА-ЯЁ]+(?:-[A-Z]{2,})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An organization named at ``text[start:end]``.

    Attributes:
        name: As written, without article and possessive ending.
        acronym: The acronym that follows in brackets; empty for none.
        is_generic: Whether it is named by its sort alone ("the University"): what stands before tells which.
    """

    name: str
    start: int
    end: int
    acronym: str = ""
    is_generic: bool = False


def head_of(name: str) -> str:
    """The word that says what sort of body a name is of, in lower case and one spelling; empty when none does."""
    if _HAN.search(name):
        return next((head for head in head_words("heads", "zh") if name.endswith(head)), "")
    words = [plain_head(word) for word in re.findall(r"[^\W\d_]+", name)]
    heads = [word for word in words if word in head_words("heads", "en")]
    if heads:
        return heads[0] if words and words[0] == heads[0] else heads[-1]
    return next((head for head in head_words("heads", "ru") if any(word.startswith(head) for word in words)), "")


def plain_head(word: str) -> str:
    """A head word in lower case and one spelling."""
    folded = word.casefold()
    return {"center": "centre", "organisation": "organization", "schools": "school", "institutes": "institute"}.get(
        folded, folded
    )


def bare(word: str) -> str:
    """A word without its possessive ending."""
    return _OWNED.sub("", word)


def is_event(word: str) -> bool:
    """Whether a word names an event, a programme or a thing rather than a body."""
    return bare(word.casefold()) in head_words("events", "en")


def is_head(word: str) -> bool:
    """Whether a word says what sort of body a name is of."""
    return plain_head(bare(word)) in head_words("heads", "en")


def is_acronym(word: str, acronyms: frozenset[str]) -> bool:
    """Whether a word is the acronym of a body: explained in the record, known, or of capitals enough."""
    plain = bare(word)
    if plain in acronyms:
        return True
    if not ACRONYM.fullmatch(plain) or plain in head_words("not_bodies", "all") or _is_place(plain):
        return False
    if plain.isupper() and MOST_CAPITALS >= len(plain) >= (LEAST_CAPITALS if plain.isascii() else LEAST_CAPITALS - 1):
        return not known_keys(plain) or any(is_body(key) for key in known_keys(plain))
    if any(is_body(key) for key in known_keys(plain)) and is_whole_form(plain):
        return True
    return "-" in plain and any(is_acronym(part, acronyms) for part in plain.split("-"))


def _is_place(word: str) -> bool:
    return any(len(key) == 2 for key in known_keys(word))


def is_whole_form(name: str) -> bool:
    """Whether a name is a form of a known body, and not only holds one."""
    folded = fold(name).strip()
    return any(fold(form).strip() == folded for key in known_keys(name) if is_body(key) for form in known_forms(key))


@cache
def head_words(section: str, language: str) -> tuple[str, ...]:
    """Words of a section of `corpus/lexicon/organizations.toml` in one language; empty for none."""
    return tuple(read_lexicon("organizations")[section].get(language, ()))
