"""All records at a glance: contacts by month, partners met by country, agreements by state, promises by state."""

from collections import Counter
from collections.abc import Iterable

from ingest import AGREEMENT_STATES, PROMISE_STATES
from ui.listings import OURS, made_rows
from ui.web import localized
from ui.web.browse import parts
from ui.web.browse.calendar import years
from ui.web.browse.findings import all_agreements
from ui.web.browse.partners import known_partners
from ui.web.browse.places import NO_YEAR, contacts
from ui.web.desk import Shelf
from ui.web.links import Query, address
from ui.web.markup import Html, join, tag
from ui.wording import Words

SHOWN = 12
"""Bars of a chart; what has less stands in the view behind it."""
YEARS = 5
"""The newest ones with contacts; the others stand in the view of visits."""
Bar = tuple[str, str, int]
"""What a bar is of, the address of what it counts, and how many."""


def overview(shelf: Shelf, _query: Query, words: Words) -> Html:
    """Four charts, every mark of them a link to what it counts; a chart of nothing is left out."""
    dated = [one for one in contacts(shelf) if one.year != NO_YEAR]
    newest = sorted({one.year for one in dated})[-YEARS:]
    moments = [one.moment for one in dated if one.year in newest]
    charts = {
        "visits": join(years(moments, {}, words), parts.go_on(words.say("overview_all_visits"), "browse/visits"))
        if moments
        else Html(),
        "partners": _bars(_countries(shelf, words)),
        "agreements": _bars(_agreements(shelf, words)),
        "promises": _bars(_promises(shelf, words)),
    }
    drawn = [parts.part(words.say(f"overview_{name}"), chart) for name, chart in charts.items() if chart]
    return parts.view(
        parts.heading(words.say("browse_overview"), words.count("searched", len(shelf.reports))),
        *(drawn or [parts.empty(words.say("overview_none"))]),
        name="overview",
    )


def _countries(shelf: Shelf, words: Words) -> list[Bar]:
    """Partners that were met, by country, the most first; those of which none is told last."""
    counts = Counter(one.fields["country"] for one in known_partners(shelf.ledger) if one.is_met)
    named = sorted((code for code in counts if code), key=lambda code: (-counts[code], code))
    return [
        (
            localized.country_name(code, words) if code else words.say("partners_no_country"),
            address("browse/partners", country=code or "none"),
            counts[code],
        )
        for code in (*named[:SHOWN], *([""] if "" in counts else []))
    ]


def _agreements(shelf: Shelf, words: Words) -> list[Bar]:
    counts = Counter(state for paper in all_agreements(shelf.ledger) for state in paper.states)
    return [
        (localized.state_word(state, words), address("browse/agreements", state=state), counts[state])
        for state in AGREEMENT_STATES
        if counts[state]
    ]


def _promises(shelf: Shelf, words: Words) -> list[Bar]:
    counts = Counter(state for row in made_rows("promises", shelf.ledger) for state in {row.state, *row.also})
    return [
        (words.say(f"promises_{state}"), address("browse/promises", state=state), counts[state])
        for state in (*PROMISE_STATES, OURS)
        if counts[state]
    ]


def _bars(bars: Iterable[Bar]) -> Html:
    """Bars with what they are of and how many, as long as they are many, but the whole width for what is not stated,
    which would dwarf the others; nothing for none.
    """
    some = list(bars)
    most = max((n for _, place, n in some if not place.endswith("=none")), default=1)
    rows = (
        tag(
            "li",
            tag(
                "a",
                tag("span", text, class_="overview-name"),
                tag("span", class_="overview-bar", style=f"--share: {min(1.0, n / most):.3f}", aria_hidden="true"),
                tag("span", str(n), class_="number"),
                href=place,
            ),
        )
        for text, place, n in some
    )
    return tag("ul", *rows, class_="overview-bars") if some else Html()
