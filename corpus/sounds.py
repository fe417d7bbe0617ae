"""How a name sounds, whatever script it is written in: transliterated, and spelled as pinyin and Palladius agree on."""

import re
from functools import cache, lru_cache

import Stemmer
from anyascii import anyascii
from rapidfuzz.fuzz import ratio

NEAR = 80
"""Least `rapidfuzz` ratio (0-100) at which two sounds are one name: "goion" and "goiun" in, "li" and "lu" out."""

_HAN, _CYRILLIC = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[\u0400-\u04ff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ADJECTIVE = re.compile(r"(?<=....)ск$")
_SOUNDS = (
    ("shch", "s"), ("chzh", "j"), ("tsz", "j"), ("ong", "un"), ("ie", "e"),
    ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("ts", "c"), ("ch", "c"), ("sh", "s"),
    ("ph", "f"), ("ck", "k"), ("uo", "o"), ("ng", "n"), ("y", "i"), ("x", "s"), ("q", "c"), ("w", "v"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """How a word sounds, roughly: ``Чжан``, ``Zhang`` and ``张`` all give ``jan``; empty for a word without letters."""
    folded = re.sub(r"[^a-z]", "", anyascii(word).lower())
    for written, heard in _SOUNDS:
        folded = folded.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", folded)


def heard_of(word: str) -> str:
    """How a word sounds without its ending; empty for a word without letters."""
    return sound(root(word))


@lru_cache(maxsize=65536)
def same_sound(one: str, other: str) -> bool:
    """Whether two sounds are one name; endings after a common stem of four letters are forgiven."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or one[0] != other[0]:
        return False
    stem = short[:-1] if len(short) > 4 else short
    if len(stem) >= 4 and long.startswith(stem) and len(long) - len(short) <= 3:
        return True
    return ratio(one, other) >= NEAR


@lru_cache(maxsize=65536)
def letters_of(written: str) -> str:
    """The letters of a name, lower case, Latin ones without accents; "" for none."""
    plain = written.casefold().replace("ё", "е")
    if _CYRILLIC.search(plain):
        return "".join(_CYRILLIC.findall(plain))
    return re.sub(r"[^a-z]", "", anyascii(plain).lower())


def units_of(han: str) -> tuple[str, ...]:
    """The syllable of each Chinese character, without its tone."""
    return tuple(syllable(one) for one in _HAN.findall(han))


@lru_cache(maxsize=16384)
def syllable(character: str) -> str:
    """How one Chinese character is read, without its tone."""
    return anyascii(character).lower()


def root(word: str) -> str:
    """A Cyrillic word without its ending, an adjective without its suffix; any other word as it is.

    A stem of one or two letters is no name any more ("Абая" would be "аб"): such a word keeps its ending.
    """
    stem = stems(word).strip() if _CYRILLIC.match(word) else ""
    return stem if len(stem) > 2 else word


def stems(text: str) -> str:
    """Cyrillic words without their endings, each with a blank on both sides."""
    stems = _russian().stemWords([word.casefold() for word in _WORD.findall(text)])
    return " " + " ".join(_ADJECTIVE.sub("", stem) for stem in stems) + " "


@cache
def _russian() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("russian")
