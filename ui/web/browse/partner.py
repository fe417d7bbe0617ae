"""One partner: its card on top, and below it all that the records say about it and what they do not say."""

from collections.abc import Iterable, Sequence

from assistant import Dossier, compose_dossier, in_time, is_dated, parties_of
from ingest import Agreement, Contact, Ledger, theme_name
from ui.dossier import Section, dossier_sections
from ui.web import localized
from ui.web.browse import parts
from ui.web.browse.findings import near_names, records_of
from ui.web.browse.partners import Partner, agreement_labels, known_partners, last_contact
from ui.web.browse.timeline import timeline
from ui.web.desk import Shelf
from ui.web.links import Query, go
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words


def partner(shelf: Shelf, query: Query, words: Words) -> Html:
    """The partner that ``name`` names in any form; else a plain sentence with the names it may be."""
    name = query.get("name", "").strip()
    found = shelf.ledger.organizations_named(name) if name else ()
    if len(found) != 1:
        return _unknown(shelf.ledger, name, found, words)
    (known,) = found
    dossier = compose_dossier(shelf.ledger, known, shelf.index.reports)
    numbers = parts.Numbers(words)
    sections = [*_sections(dossier_sections(dossier, words), numbers)]
    time = _over_time(shelf.ledger, known, numbers, words)
    return parts.view(
        parts.heading(
            known,
            words.count("searched", shelf.index.reports),
            _card(dossier, next((one for one in known_partners(shelf.ledger) if one.name == known), None), words),
            _downloads(known, words),
            lang=written_in(known),
        ),
        numbers.legend(),
        time,
        tag("div", *sections, class_="browse-dossier"),
        _themes(dossier, words),
        _records(shelf.ledger, known, words),
        name="browse-partner",
    )


def _unknown(ledger: Ledger, name: str, found: Sequence[str], words: Words) -> Html:
    names: Sequence[str]
    if not name:
        told, names = words.say("partner_choose"), ()
    elif found:
        told, names = words.say("partner_several", name=name), tuple(found)
    else:
        names = near_names(ledger, name)
        told = words.say("partner_unknown_near" if names else "partner_unknown", name=name)
    items = (tag("li", parts.organization(one)) for one in names)
    return parts.view(
        parts.heading(words.say("partner_title")),
        parts.empty(told),
        tag("ul", *items, class_="browse-names") if names else Html(),
        tag("p", go(words.say("partner_all"), "browse/partners")),
        name="browse-partner",
    )


def _card(dossier: Dossier, row: Partner | None, words: Words) -> Html:
    """Name in other forms, country, how near, last contact and what is agreed, each said to be missing where it is."""
    others = join(*_listed(tag("span", form, lang=written_in(form)) for form, _ in dossier.names))
    country = localized.country_name(dossier.country[0] if dossier.country else "", words)
    lines = [("partner_other_names", others), ("partners_country", country)]
    if row:
        agreed = join(*agreement_labels(row.agreements, words))
        lines += [
            ("partners_degree", localized.degree_word(row.fields["degree"], words)),
            ("partners_last", last_contact(row.fields, words)),
            ("partner_agreements", agreed),
        ]
    people = go(words.count("persons_count", len(dossier.people)), "browse/people", search=dossier.name)
    lines.append(("partner_people", people if dossier.people else Html()))
    told = (
        join(
            tag("dt", words.say(key)),
            tag("dd", value or tag("span", words.say("partner_untold"), class_="browse-soft")),
        )
        for key, value in lines
    )
    return tag("dl", *told, class_="browse-card")


def _listed(items: Iterable[Html]) -> Iterable[str]:
    for n, item in enumerate(items):
        if n:
            yield ", "
        yield item


def _downloads(name: str, words: Words) -> Html:
    links = (
        parts.download_link(
            words.say(f"partner_{kind}"), f"download/dossier.{kind}", name=name, language=words.language
        )
        for kind in ("docx", "md")
    )
    return tag("p", *links, class_="browse-downloads")


def _over_time(ledger: Ledger, name: str, numbers: parts.Numbers, words: Words) -> Html:
    """Visits, talks and agreements along an axis of years; nothing where they are of one year alone."""
    facts = [
        fact
        for fact in in_time([*ledger.facts(Contact), *ledger.facts(Agreement)])
        if fact.reached != "mentioned" and name in parties_of(ledger, fact)
    ]
    if len({fact.start[:4] for fact in facts if is_dated(fact)}) < 2:
        return Html()
    return parts.part(words.say("partner_over_time"), timeline(facts, numbers, words))


def _sections(sections: Sequence[Section], numbers: parts.Numbers) -> Iterable[Html]:
    for section in sections:
        lines = (
            tag("li", tag("span", one.text), " ", numbers.buttons(one.citations), numbers.mark(one.trust))
            for one in section.statements
        )
        yield parts.part(section.heading, tag("ul", *lines), class_="browse-gaps" if section.kind == "unknown" else "")


def _themes(dossier: Dossier, words: Words) -> Html:
    if not dossier.themes:
        return Html()
    items = (
        tag("li", go(theme_name(key, words.language), "browse/theme", theme=key, partner=dossier.name))
        for key in dossier.themes
    )
    return parts.part(words.say("partner_themes"), tag("ul", *items, class_="browse-chips"))


def _records(ledger: Ledger, name: str, words: Words) -> Html:
    cited = records_of(ledger, name)
    items = (
        tag("li", parts.report_link(one), " ", tag("span", localized.report_date(one, words), class_="browse-soft"))
        for one in cited
    )
    return parts.part(words.count("partner_records", len(cited)), tag("ul", *items, class_="browse-records"))
