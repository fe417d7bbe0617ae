"""The partners we were in contact with: how near, when last, what was agreed; searched and filtered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ingest import AGREEMENT_STATES, DEGREES, OVER, Contact, Fact, Ledger, Organization, fact_key, is_unsure
from ui.rows import Asked, ledger_rows
from ui.web import localized
from ui.web.browse import parts
from ui.web.browse.findings import Paper, all_agreements, matching, records_of
from ui.web.desk import Shelf
from ui.web.links import Query, address
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

VIEW = "browse/partners"
LABELS = 3
"""Agreements of a partner shown in its row; more are counted and stand in its own view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """The fields of its row in `ledger_rows`, its agreements, its records, and the fact of the last contact."""

    fields: dict[str, Any]
    agreements: tuple[Paper, ...]
    records: int
    last: Fact | None

    @property
    def name(self) -> str:
        """The name it is grouped under."""
        return str(self.fields["name"])

    @property
    def is_met(self) -> bool:
        """Whether we met, or a record surely tells of an agreement; else it is only mentioned."""
        told = (fact for agreed in self.agreements for fact in agreed.facts)
        return self.fields["degree"] != "mentioned" or not all(map(is_unsure, told))


def partners(shelf: Shelf, query: Query, words: Words) -> Html:
    """All partners as a sortable table, with a sentence that says how many there are and how many are only mentioned.

    Args:
        query: ``search``, ``country``, ``state`` of an agreement, ``degree``; ``mentioned=yes`` adds those only
            mentioned. Values that do not exist let nothing through, and that is said.
    """
    every = known_partners(shelf.ledger)
    met = [one for one in every if one.is_met]
    far = len(every) - len(met)
    shown = chosen(every, shelf.ledger, query)
    numbers = parts.Numbers(words)
    table = _table(parts.first_rows(shown, query), numbers, words) if shown else parts.empty(words.say("partners_none"))
    return parts.view(
        parts.heading(
            words.say("partners_title"), _sentence(shelf, len(met), far, words), _mentioned(query, far, words)
        ),
        _filters(every, query, words),
        _shown(shown, len(every if _with_mentioned(query) else met), query, words),
        numbers.legend(),
        table,
        parts.rest(len(shown), VIEW, query, words, **_kept(query)),
        name="browse-partners",
    )


def known_partners(ledger: Ledger) -> tuple[Partner, ...]:
    """Every organization other than our own, by name; those only mentioned too."""
    fields = {one["name"]: one for state in ("", "mentioned") for one in _rows(ledger, state)}
    agreed: dict[str, list[Paper]] = {}
    for one in all_agreements(ledger):
        for name in one.parties:
            agreed.setdefault(name, []).append(one)
    told = (*ledger.facts(Organization), *ledger.facts(Contact))
    facts = {(fact.citation.report_id, fact_key(fact)): fact for fact in told}  # a key is only its record's
    return tuple(
        Partner(
            fields=one,
            agreements=tuple(agreed.get(name, ())),
            records=len(records_of(ledger, name)),
            last=facts.get((one["report"], one["key"])),
        )
        for name, one in sorted(fields.items())
    )


def chosen(every: Iterable[Partner], ledger: Ledger, query: Query) -> tuple[Partner, ...]:
    """Those that a query asks for, in the given order."""
    found = matching(ledger, query.get("search", ""))
    country, state, degree = (query.get(key, "") for key in ("country", "state", "degree"))
    return tuple(
        one
        for one in every
        if (one.is_met or _with_mentioned(query) or degree == "mentioned")
        and one.name in found
        and country in ("", one.fields["country"] or "none")
        and degree in ("", one.fields["degree"])
        and (not state or any(state in agreed.states for agreed in one.agreements))
    )


def agreement_labels(agreed: Iterable[Paper], words: Words) -> tuple[Html, ...]:
    """One line for each agreement: its state as a small label and its form."""
    return tuple(
        tag(
            "span",
            *(parts.label(localized.state_word(state, words), state) for state in one.states),
            " ",
            localized.form_word(one.form, words),
            *([" ", parts.label(words.say("unsure"), "trust")] if all(map(is_unsure, one.facts)) else []),
            class_="browse-agreed",
        )
        for one in agreed
    )


def last_contact(fields: dict[str, Any], words: Words) -> Html:
    """When the last contact was, in the page's language, and how many state no year, so may be later; else empty."""
    if not fields["contacts"]:
        return Html()
    when = localized.date_told(fields["last_contact"], fields["last_contact_start"], "", words)
    undated = fields["contacts_without_year"] if _is_dated(fields) else fields["contacts_without_year"] - 1
    more = tag("span", words.count("partners_undated", undated), class_="browse-also") if undated else Html()
    return join(when, more)


def _rows(ledger: Ledger, state: str) -> Iterable[dict[str, Any]]:
    return ledger_rows("partners", ledger, Asked(state=state)).rows


def _kept(query: Query) -> dict[str, str]:
    return {key: query.get(key, "") for key in ("search", "country", "state", "degree", "mentioned")}


def _with_mentioned(query: Query) -> bool:
    return query.get("mentioned") == "yes"


def _sentence(shelf: Shelf, met: int, far: int, words: Words) -> str:
    counts = [words.count("searched", shelf.index.reports), words.count("partners_count", met)]
    return words.say(
        "partners_sentence", counts=parts.comma(counts, words), mentioned=words.count("partners_mentioned", far)
    )


def _mentioned(query: Query, far: int, words: Words) -> Html:
    if not far:
        return Html()
    shows = _with_mentioned(query)
    kept = _kept({**query, "mentioned": ""})
    return parts.toggle(
        words.say("partners_which"),
        (
            (words.say("partners_met"), address(VIEW, **kept), not shows),
            (words.say("partners_all"), address(VIEW, **{**kept, "mentioned": "yes"}), shows),
        ),
    )


def _filters(every: Iterable[Partner], query: Query, words: Words) -> Html:
    seen = [one for one in every if one.is_met or _with_mentioned(query)]
    codes = {one.fields["country"] for one in seen if one.fields["country"]}
    countries = sorted(((code, localized.country_name(code, words)) for code in codes), key=lambda pair: pair[1])
    if any(not one.fields["country"] for one in seen):
        countries.append(("none", words.say("partners_no_country")))
    held = {state for one in seen for agreed in one.agreements for state in agreed.states}
    near = {one.fields["degree"] for one in seen}
    return parts.filters(
        VIEW,
        words,
        parts.search_field("search", words.say("partners_search"), query.get("search", "")),
        parts.choice("country", words.say("partners_country"), countries, query.get("country", ""), words),
        parts.choice(
            "degree",
            words.say("partners_degree"),
            ((one, localized.degree_word(one, words)) for one in reversed(DEGREES) if one in near),
            query.get("degree", ""),
            words,
        ),
        parts.choice(
            "state",
            words.say("partners_agreement"),
            ((one, localized.state_word(one, words)) for one in AGREEMENT_STATES if one in held),
            query.get("state", ""),
            words,
        ),
        mentioned="yes" if _with_mentioned(query) else "",
    )


def _shown(shown: tuple[Partner, ...], of: int, query: Query, words: Words) -> Html:
    save = parts.download_link(
        words.say("browse_csv"), "download/partners.csv", language=words.language, **_kept(query)
    )
    return parts.above(len(shown), of, save, words)


def _table(shown: Sequence[Partner], numbers: parts.Numbers, words: Words) -> Html:
    heads = [words.say(f"partners_{key}") for key in ("name", "country", "degree", "last", "agreements", "records")]
    return parts.table(
        words.say("partners_title"), heads, (_row(one, heads, numbers, words) for one in shown), stacks=True
    )


def _row(one: Partner, heads: list[str], numbers: parts.Numbers, words: Words) -> Html:
    fields = one.fields
    others = ", ".join(fields["other_names"][:2])
    name = join(
        parts.organization(one.name),
        tag("span", others, class_="browse-also", lang=written_in(others)) if others else Html(),
    )
    degree = fields["degree"]
    source = numbers.proof(one.last) if one.last else Html()
    labels = agreement_labels(one.agreements[:LABELS], words)
    more = len(one.agreements) - LABELS
    rest = parts.go_on(words.count("browse_more", more), "browse/partner", name=one.name) if more > 0 else Html()
    return parts.row(
        name,
        parts.cell(localized.country_name(fields["country"], words), label=heads[1]),
        parts.cell(localized.degree_word(degree, words), sort=DEGREES.index(degree), label=heads[2]),
        parts.cell(
            source, " ", last_contact(fields, words), sort=_moment(fields), class_="browse-when", label=heads[3]
        ),
        parts.cell(*labels, rest, sort=_furthest(one), label=heads[4]),
        parts.number(one.records, label=heads[5]),
    )


def _moment(fields: dict[str, Any]) -> str:
    start = str(fields["last_contact_start"])
    return start if _is_dated(fields) else f"0000{start}"


def _is_dated(fields: dict[str, Any]) -> bool:
    return str(fields["last_contact_start"])[:4].isdigit()


def _furthest(one: Partner) -> int:
    states = (state for agreed in one.agreements for state in agreed.states)
    return max((1 if state in OVER else AGREEMENT_STATES.index(state) + 1 for state in states), default=0)
