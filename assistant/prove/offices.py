"""Who holds which office: the titles that stand beside the names of a text, and whether a sentence keeps to them."""

import re
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from assistant.concepts import offices_in
from assistant.names import same_sound, sound
from assistant.people import person_places
from assistant.prove.proof import Reason
from assistant.retrieve import script_of
from corpus.lexicon import read_lexicon, says

ALIKE_ABROAD = 65
"""Least `rapidfuzz` ratio (0-100) of the consonants of one name in two scripts."""
REACH_BEFORE, REACH_AFTER = 90, 110
"""Code points around a name within which its office is looked for."""

_HAN = re.compile(r"[\u3400-\u9fff]")
_PART = re.compile(r"[,;()，、；（）]|\band\b|\bи\b|和|与")
_SENTENCE = re.compile(r"[.!?。！？;；](?:\s|$)|[。！？；]")
_TOPS = frozenset("rector president chancellor provost director dean head chair".split())
_HEADS = frozenset({"head", "chair"})
"""Words for whoever is at the top, whatever the title."""
_PLAIN_OFFICES = frozenset(
    "rector president chancellor provost director dean minister secretary ambassador governor chair consul".split()
)


def other_office(claim: str, source: str) -> Reason | None:
    """An office given to somebody whom the source gives another, or that the source gives to another."""
    told = offices_of(source)
    is_across = script_of(claim) != script_of(source)
    for person, offices in offices_of(claim).items():
        theirs = frozenset[str]().union(*(found for other, found in told.items() if same_person(person, other)))
        others = frozenset[str]().union(*(found for other, found in told.items() if not same_person(person, other)))
        if theirs and not is_across and offices - theirs and offices - theirs <= others:
            return Reason(key="office_wrong", values={"who": person})
        if not offices or _fit(offices, theirs, is_across=is_across):
            continue
        if theirs or offices <= others or not _fit(offices, offices_in(source) | _verbal(source), is_across=is_across):
            return Reason(key="office_wrong", values={"who": person})
    mine = {office for office in offices_in(claim) if office.split()[-1] in _PLAIN_OFFICES}
    everywhere = offices_in(source) | _verbal(source)
    if mine and everywhere and not _fit(frozenset(mine), everywhere, is_across=is_across):
        return Reason(key="office_unsaid")
    return None


def _fit(offices: frozenset[str], others: frozenset[str], *, is_across: bool) -> bool:
    """Whether two sets of offices may be of one person: one in common, or a head without a title of its own."""
    if is_across:
        offices, others = (frozenset(one.removeprefix("acting ") for one in some) for some in (offices, others))
    if offices & others or (is_across and _tops(offices) & _tops(others)):
        return True
    mine, theirs = ({office for office in one if " " not in office} for one in (offices, others))
    is_open = mine == mine & _HEADS or (theirs == theirs & _HEADS and others == theirs)
    return bool(mine and theirs) and is_open


def _tops(offices: frozenset[str]) -> frozenset[str]:
    """Offices with every word for the head of a body made one, since languages call that head differently."""
    return frozenset(
        " ".join([*office.split()[:-1], "top"]) if office.split()[-1] in _TOPS else office for office in offices
    )


def _verbal(text: str) -> frozenset[str]:
    """Offices told by a verb: "who directs", "chaired by", 率领."""
    return frozenset(key for key in read_lexicon("roles")["verbs"] if says("roles", "verbs", key, text=text))


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


@lru_cache(maxsize=4096)
def offices_of(text: str) -> dict[str, frozenset[str]]:
    """The persons of a text, each with the offices that stand beside the name."""
    found: dict[str, frozenset[str]] = {}
    for person, title, told in titles_of(text):
        found[person] = found.get(person, frozenset()) | offices_in(title) | _verbal(told)
    return found


@lru_cache(maxsize=4096)
def titles_of(text: str) -> tuple[tuple[str, str, str], ...]:
    """(person, words of the title beside the name, what the sentence goes on to tell) of each place with a name."""
    places = person_places(text)
    found = []
    for at, (start, end, person) in enumerate(places):
        floor = places[at - 1][1] if at else 0
        ceiling = places[at + 1][0] if at + 1 < len(places) else len(text)
        before = _title_before(text[max(floor, start - REACH_BEFORE) : start])
        after = text[end : min(ceiling, end + REACH_AFTER)]
        found.append(
            (
                person,
                f"{before} | {_title_after(after, is_last=at + 1 == len(places))}",
                re.split(r"[.;。；]", after)[0],
            )
        )
    return tuple(found)


def _title_before(text: str) -> str:
    """The words right before a name, from the last comma, "and" or full stop on."""
    return _PART.split(_SENTENCE.split(text)[-1])[-1]


def _title_after(text: str, *, is_last: bool) -> str:
    """The words after a name that tell its office: in brackets, after a comma, or after "is" and "who heads".

    What runs on to the next name ("A, Director B") is that one's title.
    """
    if _HAN.match(text):
        return re.split(r"[，。；、]", text)[0][:6]
    sentence = _SENTENCE.split(text)[0]
    if told := re.match(r"\s*[,(]\s*(?:who\s+(?:is|was)\s+)?|\s+[—–-]\s+", sentence):
        if re.match(r"(?:and|и|а|но|while|whereas|but)\b", sentence[told.end() :].lstrip()):
            return ""
        parts = re.split(r"[,;()]|\bwas\b", sentence[told.end() :])
        if len(parts) > 1 or is_last or len(sentence) < len(text):
            return parts[0]
        before, joint, _ = re.split(r"(\band\b|\bи\b|$)", parts[0], maxsplit=1)
        return before if joint else ""
    told = re.match(r"\s+(?:is|was|as|became|serves as|served as|является|стал\w*|занима\w+ \w+)\s+([^,.;]*)", sentence)
    return " ".join(re.split(r"\bby\b|\bwho\b", told.group(1))[0].split()[:5]) if told else ""
