"""A year as a view: its figures, each leading to the rows it counts, and these rows with their quotes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ingest import Fact
from ui.dossier import Section
from ui.summary import Year, year_of, year_sections, years_of
from ui.web import localized
from ui.web.browse import parts
from ui.web.desk import Shelf
from ui.web.links import Query, address, go
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

NO_COUNTRY = "none"
"""Value of ``of`` for visits whose country no record tells."""


def year(shelf: Shelf, query: Query, words: Words) -> Html:
    """What the records tell of a year; query: ``year`` (else the newest), ``part`` (a section), ``of`` it a group."""
    years = years_of(shelf.ledger)
    if not years:
        return parts.view(parts.heading(words.say("browse_year")), parts.empty(words.say("year_none")))
    wanted = query.get("year", "")
    chosen = wanted if wanted in years else years[0]
    found, part = year_of(shelf.ledger, chosen), query.get("part", "")
    sections = year_sections(found, words)
    kept = year_sections(_only(found, part, query.get("of", "")), words)
    shown = [one for one in kept if one.kind == part] or sections
    numbers = parts.Numbers(words)
    rows = [_rows(one, _groups(found, one.kind, words), numbers) for one in shown]
    return parts.view(
        parts.heading(words.say("summary_title", year=chosen), words.count("searched", len(shelf.reports))),
        parts.filters("browse/year", words, _choice(years, chosen, words)),
        _figures(sections, chosen, part, words),
        tag("p", *_saves(chosen, words), class_="browse-above year-saves"),
        numbers.legend(),
        *rows,
        name="year",
    )


def _choice(years: Sequence[str], chosen: str, words: Words) -> Html:
    options = (tag("option", one, value=one, selected=one == chosen) for one in years)
    return tag("label", tag("span", words.say("visits_year")), tag("select", *options, name_="year"))


def _figures(sections: Sequence[Section], chosen: str, part: str, words: Words) -> Html:
    """One figure a section, each the way to its rows; the way back to all of them first."""
    items = (
        tag(
            "li",
            tag(
                "a",
                tag("b", str(len(one.statements))),
                " ",
                tag("span", words.say(f"summary_{one.kind}")),
                *([tag("small", unsure)] if (unsure := one.unsure(words)) else []),
                href=address("browse/year", year=chosen, part=one.kind),
                aria_current="true" if one.kind == part else None,
            ),
        )
        for one in sections
    )
    whole = tag("p", go(words.say("year_whole"), "browse/year", year=chosen)) if part else Html()
    return join(tag("ul", *items, class_="year-figures"), whole)


def _saves(chosen: str, words: Words) -> tuple[Html, ...]:
    return tuple(
        parts.download_link(words.say(f"year_{kind}"), f"download/summary.{kind}", year=chosen, language=words.language)
        for kind in ("docx", "csv", "json")
    )


def _only(found: Year, part: str, of: str) -> Year:
    """The year with one group of a part that is grouped; all of it where none is asked for or there is none."""
    held = {key: facts for key, facts in _grouped(found, part).items() if (key or NO_COUNTRY) == of}
    changed: dict[str, Any] = {_GROUPED[part]: held} if held else {}
    return replace(found, **changed)


_GROUPED = {"out": "out", "in": "home", "agreements": "agreements", "promises": "promises"}
"""By what is grouped, the field of `Year`: visits by country, agreements and promises by state."""


def _grouped(found: Year, part: str) -> Mapping[str, tuple[Fact, ...]]:
    """The groups of a part; none for other parts."""
    groups: Mapping[str, tuple[Fact, ...]] = getattr(found, _GROUPED[part]) if part in _GROUPED else {}
    return groups


def _groups(found: Year, part: str, words: Words) -> Html:
    """How many rows of a part are of each country or state, each figure the way to them."""
    told = {"out": _country, "in": _country, "agreements": localized.state_word, "promises": _promise}
    links = (
        tag("li", tag("a", f"{told[part](key, words)}: {len(facts)}",
                      href=address("browse/year", year=found.year, part=part, of=key or NO_COUNTRY)))
        for key, facts in _grouped(found, part).items()
    )  # fmt: skip
    return tag("ul", *links, class_="year-groups") if part in told else Html()


def _country(code: str, words: Words) -> str:
    return localized.country_name(code, words) or words.say("summary_no_country")


def _promise(state: str, words: Words) -> str:
    return words.say(f"promises_{state}")


def _rows(section: Section, groups: Html, numbers: parts.Numbers) -> Html:
    items = (
        tag("li", tag("span", line.text, lang=written_in(line.text)), " ", numbers.buttons(line.citations),
            numbers.mark(line.trust))
        for line in section.statements
    )  # fmt: skip
    return parts.part(section.heading, groups, tag("ul", *items, class_="year-rows"))
