"""The offices of the persons of a text: the titles that stand beside their names."""

import re
from functools import lru_cache

from corpus.concepts import offices_in
from corpus.lexicon import read_lexicon, says
from corpus.people import person_places
from corpus.scripts import HAN

REACH_BEFORE, REACH_AFTER = 90, 110
"""Code points around a name within which its office is looked for."""

_PART = re.compile(r"[,;()，、；（）]|\band\b|\bи\b|和|与")
_SENTENCE = re.compile(r"[.!?。！？;；](?:\s|$)|[。！？；]")


def told_offices(text: str) -> frozenset[str]:
    """Offices told by a verb: "who directs", "chaired by", 率领."""
    return frozenset(key for key in read_lexicon("roles")["verbs"] if says("roles", "verbs", key, text=text))


@lru_cache(maxsize=4096)
def offices_of(text: str) -> dict[str, frozenset[str]]:
    """The persons of a text, each with the offices that stand beside the name."""
    found: dict[str, frozenset[str]] = {}
    for person, title, told in titles_of(text):
        found[person] = found.get(person, frozenset()) | offices_in(title) | told_offices(told)
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
    if HAN.match(text):
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
