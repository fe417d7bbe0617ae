"""Contacts and where they were: each with its days and spots, the map of them, and sentences that say the same."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant import Citation, in_time, is_dated
from ingest import Contact, Organization
from ui.web import localized
from ui.web.browse import parts
from ui.web.browse.calendar import Moment
from ui.web.browse.world_map import Dot, world_map
from ui.web.desk import Shelf
from ui.web.gazetteer import Spot, gazetteer, place_parts
from ui.web.links import Query, address, go
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

NO_YEAR = "none"
"""Value of ``year`` for contacts whose record states none."""
NOWHERE = "none"
"""Value of ``place`` for contacts whose record states no place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedContact:
    """A contact with both sides as they are grouped, its days, and the spots of its place."""

    fact: Contact
    partner: str
    side: str
    moment: Moment
    spots: tuple[Spot, ...]
    missing: tuple[str, ...]

    @property
    def year(self) -> str:
        """Its year, or `NO_YEAR`."""
        return self.fact.start[:4] if is_dated(self.fact) else NO_YEAR


def contacts(shelf: Shelf) -> list[PlacedContact]:
    """Contacts from "planned" up in order of time, those without a year last; none for a ledger without any."""
    facts = [fact for fact in in_time(shelf.ledger.facts(Contact)) if fact.degree != "mentioned"]
    ends = {(report.id, date.start): date.end for report in shelf.reports for date in report.dates}
    known = gazetteer(fact.place for fact in facts)
    countries: dict[str, set[str]] = {}
    for body in shelf.ledger.facts(Organization):
        countries.setdefault(body.citation.report_id, set()).add(body.country)
    contacts: dict[tuple[str, str, Citation], PlacedContact] = {}
    for fact in facts:
        report_id = fact.citation.report_id
        spots, missing = known.spots(fact.place, frozenset(countries.get(report_id, ())))
        end = ends.get((report_id, fact.start)) or fact.start
        one = PlacedContact(
            fact=fact,
            partner=shelf.ledger.key(fact.partner, report_id),
            side=shelf.ledger.key(fact.side, report_id),
            moment=Moment(start=fact.start, end=end),
            spots=spots,
            missing=missing,
        )
        # Two forms of one partner's name in a sentence are one contact.
        contacts.setdefault((one.partner, fact.degree, fact.citation), one)
    return list(contacts.values())


def places_map(contacts: Sequence[PlacedContact], query: Query, words: Words) -> Html:
    """The map with a sentence that says the same, and what is not on it; nothing where no contact is shown."""
    if not contacts:
        return Html()
    kept = {name: value for name in ("year", "when", "state") if (value := query.get(name, ""))}
    counts = Counter(spot for one in contacts for spot in one.spots)
    names = names_of_spots(contacts, words)
    dots = [
        Dot(
            spot=spot,
            name=names[spot][0],
            n=n,
            label=words.say(
                "visits_at_country" if spot.is_country else "visits_at",
                place=", ".join(names[spot]),
                contacts=words.count("visits_contacts", n),
            ),
            address=address("browse/visits", **{**kept, "place": spot.key}),
        )
        for spot, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].name))
    ]
    drawn = tag(
        "div",
        world_map(dots, words.say("visits_map")),
        class_="scroll visits-map",
        tabindex=0,
        role="region",
        aria_label=words.say("visits_map"),
    )
    return parts.part(words.say("visits_map"), *_told(dots, contacts, kept, words), drawn if dots else Html())


def names_of_spots(contacts: Iterable[PlacedContact], words: Words) -> dict[Spot, list[str]]:
    """How the records write each spot, first the form in the page's script; of a country its name in the language."""
    forms: dict[Spot, dict[str, None]] = {}
    for one in contacts:
        for spot in one.spots:
            forms.setdefault(spot, {})[_form(spot, one.fact.place, words)] = None
    return {
        spot: sorted(names, key=lambda name: (written_in(name) != words.language, not name.isascii()))
        for spot, names in forms.items()
    }


def _form(spot: Spot, written: str, words: Words) -> str:
    if spot.is_country:
        return localized.country_name(spot.key, words)
    return next((part for part in place_parts(written) if spot.name == part or not part.isascii()), spot.name)


def _told(dots: Sequence[Dot], contacts: Sequence[PlacedContact], kept: Mapping[str, str], words: Words) -> list[Html]:
    """Sentences that say what the map shows and what is not on it."""
    missing = Counter(part for one in contacts for part in one.missing)
    lists = {
        "visits_placed": [join(_place_link(dot), f" ({dot.n})") for dot in dots if not dot.spot.is_country],
        "visits_country_only": [join(_place_link(dot), f" ({dot.n})") for dot in dots if dot.spot.is_country],
        "visits_not_on_map": [tag("span", f"{name} ({n})", lang=written_in(name)) for name, n in missing.most_common()],
    }
    lines = [
        tag("p", words.say(key), *_joined(pieces, words), class_="browse-sentence")
        for key, pieces in lists.items()
        if pieces
    ]
    if any(len(one.spots) > 1 for one in contacts):
        lines.append(tag("p", words.say("visits_several"), class_="browse-sentence"))
    if nowhere := sum(not one.fact.place for one in contacts):
        text = words.say("visits_no_place", contacts=words.count("visits_contacts", nowhere))
        link = go(text, "browse/visits", **{**kept, "place": NOWHERE})
        lines.append(tag("p", link, class_="browse-sentence"))
    return lines


def _place_link(dot: Dot) -> Html:
    """A place of the map as a link in a sentence."""
    return tag("a", dot.name, href=dot.address, lang=written_in(dot.name))


def _joined(pieces: Iterable[Html], words: Words) -> list[str]:
    joint = words.say("visits_joint")
    return [*[part for piece in pieces for part in (joint, piece)][1:], words.say("visits_stop")]
