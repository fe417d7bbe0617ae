"""Outlines of the land and the middle of each country, thinned from Natural Earth as `geo-intel-offline` carries it."""

import gzip
import importlib.util
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus import RapporteurError

STEP = 0.35
"""Degrees between two points of an outline: less cannot be told apart on a map a thousand pixels wide."""
LEAST = 0.6
"""Degrees that a piece of land must reach over to be drawn."""
SOUTH = -58.0
"""Latitude below which nothing is drawn: Antarctica would take a third of the map."""

_NEXT = re.compile(r"\s*[{:,]?\s*")

Point = tuple[float, float]
"""Longitude and latitude in degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """Closed outlines of land without borders between countries, and the middle of each country by ISO 3166 code."""

    rings: tuple[tuple[Point, ...], ...]
    middles: dict[str, Point]


def package_file(package: str, *parts: str) -> Path:
    """Path of a data file of an installed package, which is not imported for it.

    Raises:
        RapporteurError: The package is not installed.
    """
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise RapporteurError(
            f"The map cannot be drawn: the package {package} is not installed. Install Rapporteur as a whole."
        )
    return Path(found.submodule_search_locations[0]).joinpath(*parts)


@cache
def land() -> Land:
    """The land, read and thinned once in a process (some 0.6 s)."""
    codes = {number: _code(about) for number, about in _read("metadata.json.gz")}
    rings: list[tuple[Point, ...]] = []
    largest: dict[str, tuple[float, Point]] = {}
    for number, shape in _read("polygons.json.gz"):
        for outline in shape.get("exteriors") or [shape["exterior"]]:
            ring = _thinned(outline)
            area, middle = _middle(ring)
            code = codes.get(number, "")
            if area > largest.get(code, (-1.0, middle))[0]:
                largest[code] = (area, middle)
            if len(ring) > 3 and _reach(ring) >= LEAST and max(latitude for _, latitude in ring) > SOUTH:
                rings.append(ring)
    return Land(rings=tuple(rings), middles={code: middle for code, (_, middle) in largest.items() if code})


def json_items(text: str) -> Iterator[tuple[str, Any]]:
    """Entries of a large JSON object one by one, so that no more than one of them is held in memory.

    Raises:
        ValueError: The text is no JSON object.
    """
    read = json.JSONDecoder().raw_decode
    at = _NEXT.match(text, 0).end()  # type: ignore[union-attr]
    while text[at] != "}":
        key, at = read(text, at)
        value, at = read(text, _NEXT.match(text, at).end())  # type: ignore[union-attr]
        yield key, value
        at = _NEXT.match(text, at).end()  # type: ignore[union-attr]


def _read(name: str) -> Iterator[tuple[str, Any]]:
    with gzip.open(package_file("geo_intel_offline", "data", name), "rt", encoding="utf-8") as file:
        text = file.read()
    return json_items(text)


def _code(about: dict[str, str]) -> str:
    """ISO 3166 code of a country; where the data has none ("-99"), that of the country of this English name."""
    from babel import Locale

    code = about.get("iso2", "")
    if len(code) == 2 and code.isalpha():
        return code
    named = {name: key for key, name in Locale.parse("en").territories.items() if len(key) == 2}
    return str(named.get(about.get("name", ""), ""))


def _thinned(outline: Sequence[Sequence[float]]) -> tuple[Point, ...]:
    """Points of an outline given as (latitude, longitude), each at least `STEP` from the one before."""
    kept: list[Point] = []
    x = y = 1000.0
    for latitude, longitude in outline:
        if abs(longitude - x) + abs(latitude - y) >= STEP:
            x, y = longitude, latitude
            kept.append((x, y))
    return tuple(kept)


def _reach(ring: Sequence[Point]) -> float:
    xs, ys = zip(*ring, strict=True)
    return max(float(max(xs) - min(xs)), float(max(ys) - min(ys)))


def _middle(ring: Sequence[Point]) -> tuple[float, Point]:
    """Area in square degrees and centroid of a ring (the shoelace formula)."""
    twice = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True):
        cross = x0 * y1 - x1 * y0
        twice += cross
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    if not twice:
        return 0.0, ring[0]
    return abs(twice) / 2, (x / (3 * twice), y / (3 * twice))
