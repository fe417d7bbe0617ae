"""How a name sounds, whatever script it is written in: transliterated, and spelled as pinyin and Palladius agree on."""

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

NEAR = 80
"""Least `rapidfuzz` ratio (0-100) at which two sounds are one name: "goion" and "goiun" in, "li" and "lu" out."""

_HAN, _CYRILLIC = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[\u0400-\u04ff]")
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
