"""Agreements as a board by state, as a timeline, or as a table; where records disagree, both are shown side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant import in_time
from ingest import AGREEMENT_STATES, Agreement, Ledger
from ui.listings import LAPSING, ONE_SIDE, UNFOLLOWED, made_rows
from ui.terms import terms_of
from ui.web import localized
from ui.web.browse import parts
from ui.web.browse.findings import Paper, all_agreements, matching, near_names
from ui.web.browse.timeline import timeline
from ui.web.desk import Shelf
from ui.web.links import Query, address
from ui.web.markup import Html, join, tag
from ui.wording import Words

VIEW = "browse/agreements"
COLUMNS = (*(state for state in AGREEMENT_STATES if state != "mentioned"), "mentioned")
"""States in the order of the board: from the least up, those only mentioned last."""
FILTERS = ("state", "form", "partner")
ACROSS = (LAPSING, ONE_SIDE, UNFOLLOWED)
"""What may be chosen beside the states: see `ui.listings.STATES`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Agreements that a query lets through, and the facts on them: of a state asked for, only those that tell it."""

    agreements: tuple[Paper, ...]
    facts: tuple[Agreement, ...]


def agreements(shelf: Shelf, query: Query, words: Words) -> Html:
    """Agreements as ``as`` says (a board, ``timeline`` or ``table``), filtered by ``state``, ``form`` and ``partner``.

    Values that do not exist let nothing through, and that is said, with names that look like an unknown partner's.
    """
    every = all_agreements(shelf.ledger)
    shown = chosen(every, shelf.ledger, query)
    numbers = parts.Numbers(words)
    kind = query.get("as", "")
    odd = _conflicts(shown, numbers, words)
    body = _drawn(kind, shown, numbers, words) if shown.agreements else _nothing(shelf.ledger, query, words)
    return parts.view(
        parts.heading(words.say("agreements_title"), _sentence(shelf, shown, words), _ways(query, words)),
        _filters(every, query, words),
        _above(shown, every, query, words),
        numbers.legend(),
        odd,
        body,
        name="browse-agreements",
    )


def _drawn(kind: str, shown: Shown, numbers: parts.Numbers, words: Words) -> Html:
    if kind == "timeline":
        return timeline(shown.facts, numbers, words)
    return (_table if kind == "table" else _board)(shown, numbers, words)


def chosen(every: Iterable[Paper], ledger: Ledger, query: Query) -> Shown:
    """The agreements that fit the filters of a query, in order of time, with their facts in order of time."""
    state, form, partner = (query.get(key, "") for key in FILTERS)
    names = matching(ledger, partner)
    chosen_rows = {row.fact for row in made_rows("agreements", ledger) if state in row.also} if state in ACROSS else ()
    found = [
        one
        for one in every
        if form in ("", one.form)
        and (not partner or not names.isdisjoint(one.parties))
        and (not state or state in one.states or any(fact in chosen_rows for fact in one.facts))
    ]
    order = {fact: n for n, fact in enumerate(in_time(fact for one in found for fact in one.facts))}
    facts = tuple(fact for fact in order if not state or fact.state == state or fact in chosen_rows)
    return Shown(agreements=tuple(sorted(found, key=lambda one: order[one.facts[0]])), facts=facts)


# ---- the board ----


def _board(shown: Shown, numbers: parts.Numbers, words: Words) -> Html:
    columns = {state: [one for one in shown.agreements if state in one.states] for state in COLUMNS}
    drawn = (_column(state, held, numbers, words) for state, held in columns.items())
    name = words.say("agreements_as_board")
    return tag("div", *drawn, class_="scroll browse-board", tabindex=0, role="region", aria_label=name)


def _column(state: str, held: Sequence[Paper], numbers: parts.Numbers, words: Words) -> Html:
    title = tag(
        "h3",
        localized.state_word(state, words),
        " ",
        tag("span", str(len(held)), class_="browse-count"),
        data_kind=state,
    )
    if not held:
        return tag("section", title, class_="browse-column browse-folded")
    cards = (tag("li", _card(one, state, numbers, words)) for one in held)
    return tag("section", title, tag("ul", *cards), class_="browse-column")


def _card(one: Paper, state: str, numbers: parts.Numbers, words: Words) -> Html:
    here = [fact for fact in one.facts if fact.state == state and (fact is one.current or one.current is None)]
    before = [fact for fact in one.facts if fact not in here]
    notes = []
    if one.at_odds:
        notes.append(parts.label(words.say("agreements_conflict"), "conflict"))
    elif one.current is None and len(one.states) > 1:
        notes.append(parts.label(words.say("agreements_unordered"), "conflict"))
    told = (tag("li", _step(fact, words), " ", numbers.proof(fact)) for fact in before)
    return tag(
        "article",
        tag("h4", *parts.parties(one.parties)),
        tag("p", localized.form_word(one.form, words), class_="browse-form"),
        *notes,
        *(_told(fact, numbers, words) for fact in here),
        join(tag("p", words.say("agreements_also"), class_="browse-soft"), tag("ul", *told)) if before else Html(),
        class_="browse-tile",
    )


def _told(fact: Agreement, numbers: parts.Numbers, words: Words) -> Html:
    """What one record says: date in the page's words and as written, who wanted it, its terms, the quote."""
    lines = []
    if written := localized.as_written(fact, words):
        lines.append(words.say("agreements_written", date=written))
    if fact.wanted_by:
        lines.append(words.say("dossier_wanted_by", name=fact.wanted_by))
    lines += terms_of(fact, words)
    return join(
        tag("p", localized.when(fact, words), " ", numbers.proof(fact), class_="browse-when"),
        *(tag("p", line, class_="browse-soft") for line in lines),
    )


def _step(fact: Agreement, words: Words) -> str:
    return f"{localized.state_word(fact.state, words)}, {localized.when(fact, words)}"


def _conflicts(shown: Shown, numbers: parts.Numbers, words: Words) -> Html:
    odd = [one for one in shown.agreements if one.at_odds]
    if not odd:
        return Html()
    items = (
        tag(
            "li",
            tag("p", *parts.parties(one.parties), " · ", localized.form_word(one.form, words)),
            tag("div", *(_side(fact, numbers, words) for fact in one.at_odds), class_="browse-sides"),
        )
        for one in odd
    )
    return parts.part(words.say("agreements_disagree"), tag("ul", *items), class_="browse-conflicts")


def _side(fact: Agreement, numbers: parts.Numbers, words: Words) -> Html:
    return tag(
        "div",
        parts.label(localized.state_word(fact.state, words), fact.state),
        " ",
        localized.when(fact, words),
        numbers.trust(fact),
        parts.quotes([fact.citation], numbers),
    )


# ---- the table ----


def _table(shown: Shown, numbers: parts.Numbers, words: Words) -> Html:
    keys = ("parties", "form", "state", "date", "wanted_by", "terms", "source")
    heads = [words.say(f"agreements_{key}") for key in keys]
    return parts.table(
        words.say("agreements_title"), heads, (_row(fact, heads, numbers, words) for fact in shown.facts), stacks=True
    )


def _row(fact: Agreement, heads: Sequence[str], numbers: parts.Numbers, words: Words) -> Html:
    names = dict.fromkeys(fact.parties)
    state = parts.label(localized.state_word(fact.state, words), fact.state)
    return parts.row(
        join(*parts.parties(names)),
        parts.cell(localized.form_word(fact.form, words), label=heads[1]),
        parts.cell(state, sort=AGREEMENT_STATES.index(fact.state), label=heads[2]),
        parts.cell(localized.when(fact, words), sort=parts.sort_key(fact), class_="browse-when", label=heads[3]),
        parts.cell(parts.organization(fact.wanted_by) if fact.wanted_by else "", label=heads[4]),
        parts.cell(" · ".join(terms_of(fact, words)), label=heads[5]),
        parts.cell(numbers.proof(fact), label=heads[6]),
    )


# ---- around them ----


def _sentence(shelf: Shelf, shown: Shown, words: Words) -> str:
    counts = [words.count("searched", shelf.index.reports), words.count("agreements_count", len(shown.agreements))]
    held = {state: sum(state in one.states for one in shown.agreements) for state in COLUMNS}
    told = " · ".join(f"{localized.state_word(state, words)} {n}" for state, n in held.items() if n)
    joined = parts.comma(counts, words)
    return words.say("agreements_sentence", counts=joined, states=told) if told else joined


def _ways(query: Query, words: Words) -> Html:
    kept = {key: query.get(key, "") for key in FILTERS}
    kind = query.get("as") if query.get("as") in ("timeline", "table") else ""
    ways = (
        (
            words.say(f"agreements_as_{name or 'board'}"),
            address(VIEW, **kept, **{"as": name}),
            name == kind,
        )
        for name in ("", "timeline", "table")
    )
    return parts.toggle(words.say("agreements_ways"), ways)


def _filters(every: Iterable[Paper], query: Query, words: Words) -> Html:
    states = {state for one in every for state in one.states}
    forms = sorted((localized.form_word(form, words), form) for form in {one.form for one in every})
    return parts.filters(
        VIEW,
        words,
        parts.search_field("partner", words.say("agreements_partner"), query.get("partner", "")),
        parts.choice(
            "state",
            words.say("agreements_state"),
            (
                *((one, localized.state_word(one, words)) for one in COLUMNS if one in states),
                *((one, words.say(f"agreements_{one.replace(' ', '_')}")) for one in ACROSS),
            ),
            query.get("state", ""),
            words,
        ),
        parts.choice(
            "form", words.say("agreements_form"), ((form, text) for text, form in forms), query.get("form", ""), words
        ),
        **{"as": query.get("as", "")},
    )


def _above(shown: Shown, every: Sequence[Paper], query: Query, words: Words) -> Html:
    kept = {key: query.get(key, "") for key in FILTERS}
    save = parts.download_link(words.say("browse_csv"), "download/agreements.csv", language=words.language, **kept)
    return parts.above(len(shown.agreements), len(every), save, words)


def _nothing(ledger: Ledger, query: Query, words: Words) -> Html:
    partner = query.get("partner", "").strip()
    if not partner or matching(ledger, partner):
        return parts.empty(words.say("agreements_none"))
    near = near_names(ledger, partner)
    items = (tag("li", parts.organization(one)) for one in near)
    told = parts.empty(words.say("partner_unknown_near" if near else "partner_unknown", name=partner))
    return join(told, tag("ul", *items, class_="browse-names") if near else Html())
