"""Visits and other contacts: a calendar, a map of their places, and the list of both in order of time."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ingest import DEGREES
from ui.terms import terms_of
from ui.web import localized
from ui.web.browse import parts
from ui.web.browse.calendar import months, years
from ui.web.browse.places import NO_YEAR, NOWHERE, PlacedContact, contacts, names_of_spots, places_map
from ui.web.desk import Shelf
from ui.web.links import Query, address, go
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

NO_MONTH = "year"
"""Value of ``when`` for contacts of a year whose month no record states."""
STATES = tuple(degree for degree in reversed(DEGREES) if degree != "mentioned")
SHOWN = 100
"""Rows until all are asked for."""
NAMED = 8
"""Years or months that a sentence names."""


def visits(shelf: Shelf, query: Query, words: Words) -> Html:
    """Contacts from "planned" up; mere mentions are none.

    Query: ``year`` (``none`` where no year is stated), ``when`` (a day, a month, or `NO_MONTH`), ``place`` (a spot's
    key or `NOWHERE`), ``state`` (one of `STATES`), ``all=yes``. Anything else is a filter that nothing fits.
    """
    every = contacts(shelf)
    if not every:
        looked = words.count("searched", len(shelf.reports))
        return parts.view(parts.heading(words.say("visits_title"), looked), parts.empty(words.say("visits_none")))
    kept = {name: value for name in ("place", "state") if (value := query.get(name, ""))}
    here = [one for one in every if _is_at(one, kept.get("place", ""))]
    fitting = [one for one in here if kept.get("state", one.fact.degree) == one.fact.degree]
    shown = [one for one in fitting if _is_when(one, query)]
    whole = [one for one in every if kept.get("state", one.fact.degree) == one.fact.degree and _is_when(one, query)]
    charts = [_calendar(fitting, query, kept, words), places_map(whole, query, words)]
    lists = _lists(shown, query, words)
    return parts.view(
        parts.heading(words.say("visits_title"), _sentence(shelf, shown, words)),
        _filters(every, query, words),
        _years(fitting, query, kept, words),
        _chosen(query, shown, words),
        # What was chosen in a chart stands before the charts.
        *([*lists, *charts] if query.get("when") or query.get("place") else [*charts, *lists]),
        name="visits",
    )


def _chosen(query: Query, shown: Sequence[PlacedContact], words: Words) -> Html:
    """What was chosen in the calendar or on the map, with the way back; nothing where neither was."""
    when, place = query.get("when", ""), query.get("place", "")
    told = []
    if when:
        year = query.get("year", "")
        told.append(f"{year}, {words.say('visits_month_open')}" if when == NO_MONTH else _day(when, words))
    if place:
        names = [names[0] for spot, names in names_of_spots(shown, words).items() if spot.key == place]
        told.append(names[0] if names else words.say("visits_place_open") if place == NOWHERE else place)
    if not told:
        return Html()
    kept = {name: value for name in ("year", "state") if (value := query.get(name, ""))}
    back = go(words.say("visits_unchoose"), "browse/visits", **kept)
    return tag("p", tag("strong", ", ".join(told)), " ", back, class_="visits-chosen")


def _day(when: str, words: Words) -> str:
    """A day or month of the address in the page's language; what is none as it is."""
    return localized.date_told("", when, "", words) if when[:4].isdecimal() else when


def _is_at(one: PlacedContact, place: str) -> bool:
    return not place or (place == NOWHERE and not one.fact.place) or any(spot.key == place for spot in one.spots)


def _is_when(one: PlacedContact, query: Query) -> bool:
    year, when = query.get("year", ""), query.get("when", "")
    if when == NO_MONTH:
        return one.year == year and len(one.fact.start) == 4
    if len(when) == 10:
        return when in one.moment.days()
    if when:
        return one.year != NO_YEAR and one.fact.start[:7] == when
    return not year or one.year == year


# ---- the calendar ----


def _years(fitting: Sequence[PlacedContact], query: Query, kept: Mapping[str, str], words: Words) -> Html:
    """Which year is shown, the newest first."""
    counts = Counter(one.year for one in fitting)
    named = [(year, year) for year in sorted(counts.keys() - {NO_YEAR}, reverse=True)]
    if NO_YEAR in counts:
        named.append((NO_YEAR, words.say("visits_no_year")))
    chosen = query.get("year", "")
    links = [("", words.say("visits_all_years")), *named]
    return parts.toggle(
        words.say("visits_year"),
        [(text, address("browse/visits", **{**kept, "year": year}), year == chosen) for year, text in links],
    )


def _calendar(fitting: Sequence[PlacedContact], query: Query, kept: Mapping[str, str], words: Words) -> Html:
    year = query.get("year", "")
    dated = [one.moment for one in fitting if one.year != NO_YEAR]
    of_year = [one for one in dated if one.start[:4] == year or any(day[:4] == year for day in one.days())]
    if year and (not of_year or not year.isdecimal()):
        return Html()
    if year:
        counts = Counter(moment.start[:7] for moment in dated if moment.start[:4] == year and len(moment.start) > 4)
        drawn = months(year, of_year, query.get("when", ""), kept, words)
    else:
        counts = Counter(moment.start[:4] for moment in dated)
        drawn = years(dated, kept, words)
    if not drawn:
        return Html()
    return parts.part(words.say("visits_calendar"), _most(counts, words), drawn)


def _most(counts: Mapping[str, int], words: Words) -> Html:
    """The sentence that says what the calendar shows: which years or months have how many."""
    first = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:NAMED]
    told = [f"{localized.date_told('', when, '', words) if len(when) > 4 else when} ({n})" for when, n in first]
    joined = words.say("visits_joint").join(told)
    return tag("p", words.say("visits_most", when=joined), class_="browse-sentence") if told else Html()


# ---- the list ----


def _filters(every: Sequence[PlacedContact], query: Query, words: Words) -> Html:
    held = {one.fact.degree for one in every}
    states = [(state, localized.degree_word(state, words)) for state in STATES if state in held]
    places = {spot.key: names[0] for spot, names in names_of_spots(every, words).items()}
    named = sorted(places.items(), key=lambda pair: pair[1])
    if any(not one.fact.place for one in every):
        named.append((NOWHERE, words.say("visits_place_open")))
    return parts.filters(
        "browse/visits",
        words,
        parts.choice("place", words.say("visits_place"), named, query.get("place", ""), words),
        parts.choice("state", words.say("visits_contact"), states, query.get("state", ""), words),
        year=query.get("year", ""),
    )


def _sentence(shelf: Shelf, shown: Sequence[PlacedContact], words: Words) -> str:
    partners = len({one.partner for one in shown})
    contacts = words.count("visits_contacts", len(shown))
    told = words.say("visits_sentence", contacts=contacts, partners=words.count("visits_partners", partners))
    return f"{words.count('searched', len(shelf.reports))} · {told}"


def _lists(shown: Sequence[PlacedContact], query: Query, words: Words) -> list[Html]:
    """The contacts in order of time, those without a year apart."""
    if not shown:
        return [parts.empty(words.say("visits_none_fit"))]
    cut = shown if query.get("all") == "yes" else shown[:SHOWN]
    numbers = parts.Numbers(words)
    groups: list[tuple[str, Callable[[PlacedContact], bool]]] = [
        (words.say("visits_list"), lambda one: one.year != NO_YEAR),
        (words.say("visits_no_year"), lambda one: one.year == NO_YEAR),
    ]
    lists = [
        parts.part(title, _table(title, held, numbers, words))
        for title, fits in groups
        if (held := [*filter(fits, cut)])
    ]
    lists.insert(0, numbers.legend())
    if len(cut) < len(shown):
        more = parts.go_on(words.say("visits_more"), "browse/visits", **{**dict(query), "all": "yes"})
        lists.append(tag("p", words.say("visits_shown", shown=len(cut), n=len(shown)), " ", more))
    return lists


def _table(title: str, contacts: Iterable[PlacedContact], numbers: parts.Numbers, words: Words) -> Html:
    names = [words.say(f"visits_{name}") for name in ("partner", "when", "contact", "place", "people", "source")]
    return parts.table(title, names, (_row(one, names, numbers, words) for one in contacts), stacks=True)


def _row(one: PlacedContact, names: Sequence[str], numbers: parts.Numbers, words: Words) -> Html:
    fact = one.fact
    people = [go(name, "browse/people", search=name, lang=written_in(name)) for name in fact.people]
    return parts.row(
        parts.organization(one.partner),
        parts.cell(localized.when(fact, words), sort=parts.sort_key(fact), class_="browse-when", label=names[1]),
        parts.cell(*_way(one, words), *_terms(one, numbers, words), label=names[2], sort=STATES.index(fact.degree)),
        parts.cell(tag("span", fact.place, lang=written_in(fact.place)) if fact.place else "–", label=names[3]),
        parts.cell(*[piece for name in people for piece in (", ", name)][1:], label=names[4]),
        parts.cell(numbers.proof(fact), label=names[5]),
    )


def _terms(one: PlacedContact, numbers: parts.Numbers, words: Words) -> Iterator[Html]:
    """Who invited and who paid, each with what proves it."""
    for text, term in zip(terms_of(one.fact, words), one.fact.terms, strict=True):
        yield tag("span", text, " ", numbers.button(term.citation), class_="browse-also")


def _way(one: PlacedContact, words: Words) -> list[str]:
    """How near they came, and who went to whom where the record says."""
    told = parts.label(localized.degree_word(one.fact.degree, words))
    if not one.fact.direction:
        return [told]
    sides = (one.partner, one.side) if one.fact.direction == "came" else (one.side, one.partner)
    arrow = join(tag("span", " → ", aria_hidden="true"), tag("span", words.say("visits_went_to"), class_="unseen"))
    named = [tag("span", side, lang=written_in(side)) for side in sides]
    return [told, tag("span", named[0], arrow, named[1], class_="browse-also")]
