"""Rows of the ledger for a question: every fact that fits, one row a thing, in order of time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.ledger_question import SIGNED, UNSIGNED, LedgerQuestion
from corpus.concepts import offices_in
from corpus.lexicon import says
from corpus.names import known_keys
from corpus.same_person import same_person
from ingest import AGREEMENT_STATES, Fact, Ledger, body_sort
from ingest import FactKind as Kind

_LEDGERED: dict[str, Kind] = {
    "agreements": "agreement",
    "contacts": "contact",
    "people": "person",
    "promises": "promise",
    "themes": "theme",
}
VISITS = ("visited", "received", "talks")
"""What a question about visits means; talks were held on one, where the record tells who went."""
UNDATED = "9999"
"""What rows without a year are sorted under: after all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What the ledger holds for a question.

    Attributes:
        rows: Facts that fit, in order of time, those without a year last.
        unclear: Facts that fit but for a year that their record does not state.
        checked: Number of reports that were looked through.
    """

    rows: tuple[Fact, ...]
    unclear: tuple[Fact, ...]
    checked: int


def listed(asked: LedgerQuestion, ledger: Ledger, report_ids: Iterable[str], titles: dict[str, str]) -> Listed:
    """All facts that fit a question among reports; empty rows where none does.

    Args:
        asked: The question.
        ledger: All facts.
        report_ids: The reports that the filters let through.
        titles: Title of each report.
    """
    allowed = frozenset(report_ids)
    fitting = [fact for fact in _candidates(asked, ledger) if fact.citation.report_id in allowed]
    fitting = [fact for fact in fitting if _in_countries(asked, fact, titles, ledger)]
    rows = [fact for fact in fitting if not asked.years or _year(fact) in asked.years]
    unclear = [fact for fact in fitting if asked.years and not _year(fact)]
    rows.sort(key=_in_time)
    if asked.shape in ("latest", "earliest"):
        dated = [fact for fact in rows if _year(fact)]
        unclear = [fact for fact in rows if not _year(fact)]
        rows = dated[-1:] if asked.shape == "latest" else dated[:1]
    return Listed(rows=_one_a_thing(rows, ledger), unclear=_one_a_thing(unclear, ledger), checked=len(allowed))


def _candidates(asked: LedgerQuestion, ledger: Ledger) -> list[Fact]:
    fits: Callable[[Fact], bool] = {
        "agreements": lambda fact: _agreement_fits(asked, ledger, fact),
        "contacts": lambda fact: _contact_fits(asked, ledger, fact),
        "people": lambda fact: _person_fits(asked, ledger, fact),
        "promises": lambda fact: _report_fits(asked, ledger, fact),
        "themes": lambda fact: _report_fits(asked, ledger, fact) and _theme_partner_fits(asked, ledger, fact),
    }.get(asked.about, lambda fact: False)
    if asked.about == "joint":
        return _joint(asked, ledger)
    found = [fact for fact in ledger.facts(_LEDGERED[asked.about]) if fits(fact)]
    if asked.people:  # also under other names that a keeper declared to be the same person's
        told = set(found)
        found = [fact for facts in ledger.people.values() if told & set(facts) for fact in facts]
    if asked.about == "contacts" and asked.bodies:
        reported = {fact.citation.report_id for fact in found}
        found += [fact for fact in _told_of(asked, ledger) if fact.citation.report_id not in reported]
    return found


def _agreement_fits(asked: LedgerQuestion, ledger: Ledger, fact: Fact) -> bool:
    return (
        fact.state in asked.states
        and fact.form in asked.forms
        and _parties_fit(asked, ledger, fact, (fact.subject, fact.object, *fact.others))
    )


def _contact_fits(asked: LedgerQuestion, ledger: Ledger, fact: Fact) -> bool:
    if fact.state in ("mentioned", "planned") or (asked.direction and fact.direction != asked.direction):
        return False
    if (asked.is_visit and fact.state not in VISITS) or (asked.sorts and body_sort(fact.object) not in asked.sorts):
        return False
    return _parties_fit(asked, ledger, fact, (fact.subject, fact.object))


def _parties_fit(asked: LedgerQuestion, ledger: Ledger, fact: Fact, parties: Sequence[str]) -> bool:
    """Whether all whom the question names are among the parties, and we are where it asks about us."""
    report = fact.citation.report_id
    keys = {ledger.key(name, report) for name in parties}
    is_ours = any(ledger.is_us(key) for key in keys)
    return set(asked.bodies) <= keys and (is_ours or not asked.asks_us)


def _report_fits(asked: LedgerQuestion, ledger: Ledger, fact: Fact) -> bool:
    """Whether the record of a fact tells of contact with all whom the question names, and of us where it asks so."""
    report = fact.citation.report_id
    met = [one for one in ledger.of_report(report) if one.kind == "contact" and one.state != "mentioned"]
    keys = {ledger.key(name, report) for one in met for name in (one.subject, one.object)}
    return set(asked.bodies) <= keys and (not asked.asks_us or any(ledger.is_us(key) for key in keys))


def _theme_partner_fits(asked: LedgerQuestion, ledger: Ledger, fact: Fact) -> bool:
    key = ledger.key(fact.subject, fact.citation.report_id)
    return not asked.bodies or not fact.subject or key in asked.bodies


def _person_fits(asked: LedgerQuestion, ledger: Ledger, fact: Fact) -> bool:
    if asked.people:
        return any(same_person(name, form) for name in asked.people for form in (fact.subject, *fact.others))
    own = ledger.key(fact.object, fact.citation.report_id) if fact.object else ""
    wanted = {*asked.bodies}
    is_of = own in wanted or (asked.asks_us and bool(own) and ledger.is_us(own)) if wanted or asked.asks_us else True
    return is_of and (not asked.offices or bool(asked.offices & offices_in(fact.form)))


def _joint(asked: LedgerQuestion, ledger: Ledger) -> list[Fact]:
    """For each report that names all of them: the fact that tells of them together, else that names one of them."""
    by_report: dict[str, list[Fact]] = {}
    for fact in ledger.facts("organization"):
        by_report.setdefault(fact.citation.report_id, []).append(fact)
    found = []
    for report, facts in by_report.items():
        named = {ledger.key(fact.subject, report): fact for fact in facts}
        has_us = any(ledger.is_us(name) for name in named)
        fitting = [group for group in asked.groups if group and set(group) <= set(named)]
        wanted = {name for group in fitting if len(group) > 1 or has_us or not asked.asks_us for name in group}
        if not wanted:
            continue
        told = [
            fact
            for fact in ledger.of_report(report)
            if fact.kind in ("contact", "agreement")
            and wanted & {ledger.key(name, report) for name in (fact.subject, fact.object, *fact.others)}
        ]
        nearest = [fact for fact in told if fact.state != "mentioned"]
        if nearest or not told or not asked.asks_us:
            found.append(nearest[0] if nearest else named[min(wanted)])
    return found


def _told_of(asked: LedgerQuestion, ledger: Ledger) -> list[Fact]:
    """Lines that name all bodies of the question and tell of somebody who goes or is received there."""
    return [
        fact
        for fact in ledger.facts("organization")
        if ledger.key(fact.subject, fact.citation.report_id) == asked.bodies[0]
        and any(says("ledger", name, text=fact.citation.quote) for name in ("go", "receive"))
        and len(asked.bodies) == 1
        and not asked.asks_us
    ]


def _in_countries(asked: LedgerQuestion, fact: Fact, titles: dict[str, str], ledger: Ledger) -> bool:
    """Whether a fact has to do with the countries and places asked for, by its names, quote, title and place.

    Of a contact, all that its report tells of contacts counts: "China's Vice-Minister came" places his company too.
    """
    wanted = asked.countries | asked.places
    if not wanted or asked.people:
        return True
    around = " ".join([fact.subject, fact.object, fact.place, fact.citation.quote, titles[fact.citation.report_id]])
    if fact.kind in ("contact", "promise", "theme"):
        report = fact.citation.report_id
        around += " ".join(one.citation.quote for one in ledger.of_report(report) if one.kind in ("contact", "person"))
    return wanted <= known_keys(around, nested=True)


def _year(fact: Fact) -> int:
    return int(fact.start[:4]) if fact.start[:4].isdigit() else 0


def _in_time(fact: Fact) -> tuple[str, str, int]:
    return (fact.start if _year(fact) else UNDATED, fact.citation.file, fact.citation.start)


def _one_a_thing(facts: Sequence[Fact], ledger: Ledger) -> tuple[Fact, ...]:
    """Each thing once: of one agreement in one report the furthest state, of one person or contact the first fact."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        report = fact.citation.report_id
        parties = frozenset(ledger.key(name, report) for name in (fact.subject, fact.object) if name)
        thing = (fact.kind, parties, fact.form if fact.kind == "agreement" else "", report)
        other = kept.get(thing)
        if other is None or (fact.kind == "agreement" and _rank(fact) > _rank(other)):
            kept[thing] = fact
    return tuple(kept.values())


def _rank(fact: Fact) -> int:
    return AGREEMENT_STATES.index(fact.state)


def contradicting(rows: Sequence[Fact], ledger: Ledger) -> tuple[Fact, ...]:
    """Agreements of other records that contradict a row: signed, and not known to be so then or later.

    In the order of the ledger; none for rows that no record contradicts, or whose day is not known.
    """
    found = []
    for other in ledger.facts("agreement"):
        if _year(other) and any(
            _contradict(one, other, ledger) for one in rows if one.kind == "agreement" and _year(one)
        ):
            found.append(other)
    return tuple(found)


def _contradict(one: Fact, other: Fact, ledger: Ledger) -> bool:
    if one.form != other.form or one.citation.report_id == other.citation.report_id:
        return False
    signed, unsigned = (one, other) if one.state in SIGNED else (other, one)
    if signed.state not in SIGNED or unsigned.state not in UNSIGNED:
        return False
    keys = [
        {ledger.key(name, fact.citation.report_id) for name in (fact.subject, fact.object)} for fact in (one, other)
    ]
    return keys[0] == keys[1] and unsigned.start[: len(signed.start)] >= signed.start
