"""Whether two names may be of one person, in one script or in two."""

import re

from rapidfuzz.fuzz import ratio

from corpus.language import script_of
from corpus.sounds import same_sound, sound

ALIKE_ABROAD = 65
"""Least `rapidfuzz` ratio (0-100) of the consonants of one name in two scripts."""

_HAN = re.compile(r"[\u3400-\u9fff]")


def same_person(one: str, other: str) -> bool:
    """Whether two names may be of one person: every part of the shorter one is in the longer, in any script."""
    parts = [
        [sound(part) for part in re.split(r"[\s.·-]+", name) if len(part) > 1 or _HAN.search(part)]
        for name in (one, other)
    ]
    if _HAN.search(one) != _HAN.search(other) and (_HAN.search(one) or _HAN.search(other)):
        joined = ["".join(found) for found in parts]
        if any(alike_abroad(reading, b) for a, b in ((one, other), (other, one)) for reading in readings(a)):
            return True
        return same_sound(joined[0], joined[1]) or joined[0] in joined[1] or joined[1] in joined[0]
    few, many = sorted(parts, key=len)
    is_across = script_of(one) != script_of(other)
    return bool(few) and all(any(_same_part(part, heard, is_across=is_across) for heard in many) for part in few)


def _same_part(one: str, other: str, *, is_across: bool) -> bool:
    """Whether two parts of names sound alike; across scripts the vowels matter less, and a Chinese r is written ж."""
    if {one[:1], other[:1]} == {"r", "j"}:
        one, other = "r" + one[1:], "r" + other[1:]
    bones = [re.sub("[aeiou]", "", part) for part in (one, other)]
    is_like = one[:1] == other[:1] and min(map(len, bones)) > 1 and ratio(*bones) >= ALIKE_ABROAD
    return same_sound(one, other) or (is_across and is_like)


def readings(person: str) -> list[str]:
    """A Chinese name and the names it may be, since words beside it may have been taken for parts of it."""
    if "·" not in person:
        return [person, person[:-1], person[1:]] if len(person) > 2 else [person]
    given, family = person.rsplit("·", 1)
    return [f"{given[-size:]}·{family[:end]}" for size in range(len(given), 0, -1) for end in range(len(family), 1, -1)]


def alike_abroad(name: str, other: str) -> bool:
    """Whether a foreign name in Chinese characters may be one written in letters: they have no r or v of their own."""
    one, two = (re.sub("[hei]", "", sound(part).replace("l", "r").replace("f", "v")) for part in (name, other))
    return "·" in name and ratio(one, two) >= ALIKE_ABROAD
