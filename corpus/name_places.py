"""Where names stand in a text, so that a question in one script and a record in another are seen to name the same."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.heard import SURE, heard_in
from corpus.names import fold, form_keys, name_words
from corpus.scripts import CYRILLIC, HAN_LETTERS
from corpus.sounds import heard_of, same_sound, stems

LONGEST = 6
"""Words of the longest form of a known thing that is looked for; twice as many Chinese characters."""

Place = tuple[int, int]
"""Start and end in a text, code points."""
_WORD = re.compile(rf"[^\W\d_{HAN_LETTERS}]+")
_HAN_RUN = re.compile(f"[{HAN_LETTERS}]+")


@dataclass(frozen=True, slots=True)
class NamePlaces:
    """What is, or may be, a name in a text.

    Attributes:
        known: Places of each known thing, by its key in the word list or the Unicode list.
        words: Words in letters that are written as names, and neighboring ones joined: how each sounds, and where.
        chinese: The text itself where it holds Chinese characters, any run of which may be a name; else empty.
    """

    known: dict[str, tuple[Place, ...]]
    words: tuple[tuple[str, str, Place], ...]
    chinese: str


@lru_cache(maxsize=8192)
def name_places(text: str) -> NamePlaces:
    """Every known thing and every name word of a text; empty for a text without any."""
    known: dict[str, list[Place]] = defaultdict(list)
    for key, place in _known(text):
        known[key].append(place)
    chinese = text if _HAN_RUN.search(text) else ""
    return NamePlaces({key: tuple(places) for key, places in known.items()}, tuple(_words(text)), chinese)


def same_names(one: NamePlaces, other: NamePlaces) -> Iterator[tuple[Place, Place]]:
    """The places of two texts that name the same, as a known thing or by their sound.

    Chinese is not compared with Chinese: there the same name is the same characters.
    """
    for key in one.known.keys() & other.known.keys():
        yield from ((mine, there) for mine in one.known[key] for there in other.known[key])
    by_letter = defaultdict(list)
    for _, heard, place in other.words:
        by_letter[heard[0]].append((heard, place))
    for _, heard, place in one.words:
        yield from ((place, there) for sound, there in by_letter[heard[0]] if same_sound(heard, sound))
    yield from _heard(one, other)
    yield from ((mine, there) for there, mine in _heard(other, one))


def _heard(lettered: NamePlaces, chinese: NamePlaces) -> Iterator[tuple[Place, Place]]:
    if chinese.chinese:
        for word, _, place in lettered.words:
            found = heard_in(word, chinese.chinese)
            if found and found.probability >= SURE:
                yield place, (found.start, found.end)


def _known(text: str) -> Iterator[tuple[str, Place]]:
    forms = _keys()
    words = [(found.start(), found.end(), found.group()) for found in _WORD.finditer(text)]
    plain = [fold(word).strip() for _, _, word in words]
    stemmed = [stems(word).strip() if CYRILLIC.search(word) else "" for _, _, word in words]
    for size in range(1, LONGEST + 1):
        for at in range(len(words) - size + 1):
            for key in {
                key for own in (plain, stemmed) if own[at] for key in forms.get(" ".join(own[at : at + size]), ())
            }:
                yield key, (words[at][0], words[at + size - 1][1])
    for run in _HAN_RUN.finditer(text):
        for size in range(2, min(2 * LONGEST, len(run.group())) + 1):
            for at in range(len(run.group()) - size + 1):
                for key in forms.get(run.group()[at : at + size], ()):
                    yield key, (run.start() + at, run.start() + at + size)


def _words(text: str) -> Iterator[tuple[str, str, Place]]:
    before: tuple[str, str, Place] | None = None
    for start, end, word in name_words(text):
        if not (heard := heard_of(word)):
            continue
        yield word, heard, (start, end)
        if before and not text[before[2][1] : start].strip(" -"):
            yield f"{before[0]} {word}", before[1] + heard, (before[2][0], end)
        before = word, heard, (start, end)


@cache
def _keys() -> dict[str, frozenset[str]]:
    """Keys of each form of a known thing, folded; of a Cyrillic one without endings."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, form in form_keys():
        found[form.strip()].add(key)
    return {form: frozenset(keys) for form, keys in found.items() if form}
