"""Whether two names may be of one person, in one script or in two."""

import re

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from corpus.language import script_of
from corpus.sounds import same_sound, sound

ALIKE_ABROAD = 65
"""Least `rapidfuzz` ratio (0-100) of the consonants of one name in two scripts."""

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_PLAIN_U = re.compile(r"(?<=[ln])(?:yu|v)")
_HAN = re.compile(r"[\u3400-\u9fff]")


def same_person(one: str, other: str) -> bool:
    """Whether two names may be of one person: every part of the shorter one is in the longer, in any script.

    Text without a name in it, such as a blank, a sign or a single letter, is nobody's.
    """
    parts = [
        [sound(part) for part in re.split(r"[\s.·-]+", name) if len(part) > 1 or _HAN.search(part)]
        for name in (one, other)
    ]
    if not all(map(any, parts)):
        return False
    if _HAN.search(one) != _HAN.search(other) and (_HAN.search(one) or _HAN.search(other)):
        if not _CYRILLIC.search(one + other):
            han, latin = (one, other) if _HAN.search(one) else (other, one)
            if "·" not in han:
                return any(_same_pinyin(reading, latin) for reading in readings(han))
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


def _same_pinyin(han: str, latin: str) -> bool:
    """Whether a Chinese name is spelled so in pinyin, family name first or last; one part alone may be the family's."""
    spelled = anyascii(han).lower()
    parts = [_PLAIN_U.sub("u", anyascii(part).lower().replace("-", "")) for part in re.split(r"[\s.]+", latin) if part]
    if len(parts) == 1:
        return spelled.startswith(parts[0]) or spelled.endswith(parts[0])
    return spelled in ("".join(parts), "".join([*parts[1:], parts[0]]), "".join([parts[-1], *parts[:-1]]))
