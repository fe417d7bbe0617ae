"""Where names stand in a text, so that a question in one script and a record in another are seen to name the same."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.names import fold, form_keys, heard_of, name_words, stems
from corpus.sounds import same_sound, sound

LONGEST = 6
"""Words of the longest form of a known thing that is looked for; twice as many Chinese characters."""
HEARD_RUN = (2, 3, 4)
"""Characters of a Chinese run that may be a name by its sound."""

_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A stretch of a text that is, or may be, a name.

    Attributes:
        start, end: Code points in the text.
        key: Of a known thing its key in the word list or the Unicode list, else empty.
        heard: How it sounds, else empty.
        is_han: Whether it is written in Chinese characters.
    """

    start: int
    end: int
    key: str
    heard: str
    is_han: bool


@lru_cache(maxsize=8192)
def name_places(text: str) -> tuple[NamePlace, ...]:
    """Every known thing and every name word of a text, and of Chinese runs every piece; empty for a text without."""
    return (*_known(text), *_heard(text))


def same_names(one: Sequence[NamePlace], other: Sequence[NamePlace]) -> Iterator[tuple[NamePlace, NamePlace]]:
    """The places of two texts that name the same, by key or by sound; two Chinese pieces are not compared by sound."""
    by_key, by_letter = defaultdict(list), defaultdict(list)
    for place in other:
        if place.key:
            by_key[place.key].append(place)
        else:
            by_letter[place.heard[0]].append(place)
    for place in one:
        if place.key:
            yield from ((place, there) for there in by_key[place.key])
            continue
        for there in by_letter[place.heard[0]]:
            if not (place.is_han and there.is_han) and same_sound(place.heard, there.heard):
                yield place, there


def _known(text: str) -> Iterator[NamePlace]:
    forms = _keys()
    words = [(found.start(), found.end(), found.group()) for found in _WORD.finditer(text)]
    plain = [fold(word).strip() for _, _, word in words]
    stemmed = [stems(word).strip() if _CYRILLIC.search(word) else "" for _, _, word in words]
    for size in range(1, LONGEST + 1):
        for at in range(len(words) - size + 1):
            for key in {
                key for own in (plain, stemmed) if own[at] for key in forms.get(" ".join(own[at : at + size]), ())
            }:
                yield NamePlace(words[at][0], words[at + size - 1][1], key, "", False)
    for run in _HAN_RUN.finditer(text):
        for size in range(2, min(2 * LONGEST, len(run.group())) + 1):
            for at in range(len(run.group()) - size + 1):
                for key in forms.get(run.group()[at : at + size], ()):
                    yield NamePlace(run.start() + at, run.start() + at + size, key, "", True)


def _heard(text: str) -> Iterator[NamePlace]:
    previous: tuple[int, int, str] | None = None
    for start, end, word in name_words(text):
        if not (heard := heard_of(word)):
            continue
        yield NamePlace(start, end, "", heard, False)
        if previous and not text[previous[1] : start].strip(" -"):
            yield NamePlace(previous[0], end, "", previous[2] + heard, False)
        previous = start, end, heard
    for run in _HAN_RUN.finditer(text):
        for size in HEARD_RUN:
            for at in range(len(run.group()) - size + 1):
                if heard := sound(run.group()[at : at + size]):
                    yield NamePlace(run.start() + at, run.start() + at + size, "", heard, True)


@cache
def _keys() -> dict[str, frozenset[str]]:
    """Keys of each form of a known thing, folded; of a Cyrillic one without endings."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, form in form_keys():
        found[form.strip()].add(key)
    return {form: frozenset(keys) for form, keys in found.items() if form}
