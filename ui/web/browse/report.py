"""One report to read, with its facts beside it."""

from collections.abc import Sequence

from corpus import Report
from ingest import Agreement, Contact, Fact, FactKind, Organization, Promise, Role, Theme, theme_name
from ui.notes import note_in
from ui.web import localized
from ui.web.browse import parts
from ui.web.browse.reports import date_of
from ui.web.desk import Shelf
from ui.web.links import Query, go
from ui.web.markup import Html, join, link, tag, written_in
from ui.web.report_text import Mark, text_html
from ui.web.technical import technical
from ui.wording import Words

_ORDER: tuple[FactKind, ...] = ("contact", "agreement", "promise", "theme", "person", "organization")
_FOLDED = ("person", "organization")
"""Kinds whose facts are long lists of names: folded until asked for."""


def report(shelf: Shelf, query: Query, words: Words, *, is_keeper: bool = False) -> Html:
    """One report with its facts beside it; query: ``id``, and what to mark: ``fact`` (its number) or ``at`` (a-b).

    A keeper (`is_keeper`) is shown the way to correct them.
    """
    back = tag("p", go(words.say("reports_view_back"), "browse/reports"), class_="browse-back")
    one = next((one for one in shelf.reports if one.id == query.get("id")), None)
    if one is None:
        return parts.view(
            back, parts.heading(words.say("reports_view_title")), parts.empty(words.say("reports_view_gone"))
        )
    facts = shelf.ledger.of_report(one.id)
    marks = _marks(one, facts, query, words)
    body = text_html(one.text, marks, start=one.body, table=words.say("reports_view_table"))
    text = tag("article", body, class_="body reports-text", lang=one.language or None)
    beside = tag(
        "aside",
        tag("h3", words.say("reports_view_facts")),
        tag("p", go(words.say("reports_view_correct"), "keep/facts", id=one.id)) if is_keeper else Html(),
        *_facts(shelf, facts, query, words),
        class_="reports-facts",
        aria_label=words.say("reports_view_facts"),
    )
    return parts.view(
        back,
        parts.heading(one.title, _about(one, words), _origin(one, words), lang=written_in(one.title)),
        tag("div", text, beside, class_="reports-open"),
        name="report",
    )


def _about(one: Report, words: Words) -> str:
    written = one.dates[0].text if one.dates else ""
    date = date_of(one, words)
    is_told = bool(written) and written not in (date, one.dates[0].start)
    quoted = words.say("reports_view_written", text=written) if is_told else ""
    return " · ".join(filter(None, (date, quoted, one.place, localized.language_name(one.language, words))))


def _origin(one: Report, words: Words) -> Html:
    address = link(words.say("original"), one.address) if one.address else ""
    unread = (tag("p", f"{words.say('not_whole')}: {note_in(note, words)}", class_="notice") for note in one.notes)
    whole = () if one.notes else (tag("p", words.say("read_all", n=len(one.text) - one.body), class_="browse-soft"),)
    file = technical(words, f"{words.say('file')}: {one.path}")
    return join(tag("p", address, class_="browse-soft") if address else Html(), file, *unread, *whole)


def _marks(one: Report, facts: Sequence[Fact], query: Query, words: Words) -> list[Mark]:
    """What the address asks to be lit: a fact's sentence, or a place; nothing for numbers that name neither."""
    number, (left, _, right) = query.get("fact", ""), query.get("at", "").partition("-")
    if number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= len(facts):
        cited = facts[int(number[:9]) - 1].citation
        start, end = cited.start, cited.end
    elif all(part.isascii() and part.isdigit() and len(part) < 10 for part in (left, right)):
        start, end = int(left), int(right)
    else:
        return []
    is_inside = one.body <= start < end <= len(one.text)
    return [Mark(start=start, end=end, id="lit", class_="cited", label=words.say("cited"))] if is_inside else []


def _facts(shelf: Shelf, facts: Sequence[Fact], query: Query, words: Words) -> list[Html]:
    if not facts:
        return [parts.empty(words.say("reports_view_no_facts"))]
    numbers = parts.Numbers(words)
    groups: dict[FactKind, list[tuple[int, Fact]]] = {}
    for n, fact in enumerate(facts, start=1):
        groups.setdefault(fact.kind, []).append((n, fact))
    drawn = [
        tag(
            "details",
            tag(
                "summary", words.say(f"reports_view_{kind}"), " ", tag("span", str(len(groups[kind])), class_="number")
            ),
            tag("ul", *(_item(shelf, n, fact, query.get("fact", ""), numbers, words) for n, fact in groups[kind])),
            open=kind not in _FOLDED or len(groups) == 1 or query.get("fact") in {str(n) for n, _ in groups[kind]},
        )
        for kind in _ORDER
        if kind in groups
    ]
    return [numbers.legend(), *drawn]


def _item(shelf: Shelf, n: int, fact: Fact, lit: str, numbers: parts.Numbers, words: Words) -> Html:
    told = tag("span", *_told(shelf, fact, words))
    place = go(words.say("reports_view_in_text"), "browse/report", id=fact.citation.report_id, fact=n)
    is_lit = "true" if lit == str(n) else None
    return tag("li", told, " ", numbers.proof(fact), " ", place, aria_current=is_lit)


def _told(shelf: Shelf, fact: Fact, words: Words) -> list[str]:
    """A fact in words, each body, person and theme leading to its view."""
    match fact:
        case Contact():
            return [_partner(shelf, fact, fact.partner), ": ", localized.degree_word(fact.degree, words)]
        case Agreement():
            joined = [piece for name in fact.parties for piece in (" – ", _partner(shelf, fact, name))][1:]
            return [localized.form_word(fact.form, words), ", ", localized.state_word(fact.state, words), ": ", *joined]
        case Promise():
            who = fact.by or words.say("dossier_nobody")
            return [tag("span", who, lang=written_in(who)), ": ", tag("span", fact.what, lang=written_in(fact.what))]
        case Theme():
            name = go(theme_name(fact.key, words.language), "browse/theme", theme=fact.key)
            return [name, " · ", _partner(shelf, fact, fact.partner)] if fact.partner else [name]
        case Role():
            name = go(fact.person, "browse/people", search=fact.person, lang=written_in(fact.person))
            role = [", ", tag("span", fact.role, lang=written_in(fact.role))] if fact.role else []
            home = [" · ", _partner(shelf, fact, fact.body)] if fact.body else []
            return [name, *role, *home]
        case Organization():
            country = localized.country_name(fact.country, words)
            return [_partner(shelf, fact, fact.name), f" ({country})" if country else ""]
    raise TypeError(fact)


def _partner(shelf: Shelf, fact: Fact, name: str) -> Html:
    return parts.organization(shelf.ledger.key(name, fact.citation.report_id))
