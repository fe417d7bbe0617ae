"""People with their roles as of a day: of each person the latest that records tell, offices held twice marked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant import in_time, is_dated
from corpus import is_same_person, sound
from ingest import Ledger, Role
from ui.web import localized
from ui.web.browse import parts
from ui.web.browse.findings import begins_word, matching, offices_at_odds, plain_text
from ui.web.desk import Shelf
from ui.web.links import Query, address
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

VIEW = "browse/people"
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person as of a day.

    Attributes:
        name: The name they are grouped under.
        latest: The latest fact with a role that is not after the day; one without a year where there is no other.
        others: Every other fact with another role or organization, in order of time, those without a year last.
    """

    name: str
    latest: Role
    others: tuple[Role, ...]

    @property
    def facts(self) -> tuple[Role, ...]:
        """All of them, the latest first."""
        return (self.latest, *self.others)


def people(shelf: Shelf, query: Query, words: Words) -> Html:
    """People with a role, as a sortable table.

    Args:
        query: ``as_of``, a day, month or year (default: the latest known; anything else counts as none); ``search``
            for names of persons or organizations; ``bare=yes`` adds persons of whom no record gives a role.
    """
    ledger, day = shelf.ledger, as_of(query)
    every = people_as_of(ledger, day)
    roled = [one for one in every if one.latest.role]
    pool = every if _with_bare(query) else roled
    shown = _found(pool, ledger, query.get("search", ""))
    odd = offices_at_odds(ledger, {one.name: one.facts for one in roled})
    numbers = parts.Numbers(words)
    bare = len(every) - len(roled)
    first = parts.first_rows(shown, query)
    table = _table(first, ledger, odd, numbers, words) if shown else parts.empty(words.say("persons_none"))
    return parts.view(
        parts.heading(
            words.say("persons_title"), _sentence(shelf, len(roled), bare, day, words), _bare(query, bare, words)
        ),
        _filters(query, day, words),
        _above(len(shown), len(pool), query, words),
        numbers.legend(),
        table,
        parts.rest(len(shown), VIEW, query, words, **_kept(query)),
        name="browse-people",
    )


def as_of(query: Query) -> str:
    """The day of a query as a possibly partial ISO 8601 date; "" where it gives none."""
    told = query.get("as_of", "").strip()
    return told if _DAY.fullmatch(told) else ""


def people_as_of(ledger: Ledger, day: str) -> tuple[Person, ...]:
    """Everybody as of a day, by name; "" for the latest known. Who is only told of later is left out.

    A fact without a year may be of any time, so it is never left out.
    """
    known = []
    for name, facts in sorted(ledger.people.items()):
        told = [fact for fact in in_time(facts) if not (day and is_dated(fact)) or fact.start[: len(day)] <= day]
        roled = [fact for fact in told if fact.role]
        pool = roled or told
        if pool:
            latest = max(pool, key=lambda fact: (fact.start if is_dated(fact) else "", bool(fact.body)))
            known.append(Person(name=name, latest=latest, others=_others(ledger, latest, roled)))
    return tuple(known)


def shown_people(ledger: Ledger, query: Query) -> tuple[Person, ...]:
    """The persons that the view shows for a query."""
    every = people_as_of(ledger, as_of(query))
    pool = every if _with_bare(query) else [one for one in every if one.latest.role]
    return _found(pool, ledger, query.get("search", ""))


def _found(pool: Iterable[Person], ledger: Ledger, search: str) -> tuple[Person, ...]:
    """Those whose name, in any form and any script, or whose organization is searched for."""
    wanted = plain_text(search)
    if not wanted:
        return tuple(pool)
    homes, exact = matching(ledger, search, by_sound=False), ledger.people_named(search)
    return tuple(
        one
        for one in pool
        if one.name in exact
        or any(begins_word(wanted, form) or _is_across(search, form) for form in _forms(ledger, one))
        or any(fact.body and _home(ledger, fact) in homes for fact in one.facts)
    )


def _is_across(search: str, name: str) -> bool:
    """Whether a name in another script is the one searched for; of a lone word, whether a part sounds like it begins.

    `is_same_person` forgives more than one word can bear: it would find every Jean and Cheng for "Чжан".
    """
    if written_in(search) == written_in(name):
        return False
    if len(search.split()) > 1:
        return is_same_person(search, name)
    wanted, words = sound(search), _WORD.findall(name)
    return wanted != "" and any(sound("".join(words[at:])).startswith(wanted) for at in range(len(words)))


def _others(ledger: Ledger, latest: Role, roled: Iterable[Role]) -> tuple[Role, ...]:
    """Facts that tell another role or organization than the latest; of each the latest."""
    told = {_post(ledger, fact): fact for fact in roled}
    told.pop(_post(ledger, latest), None)
    return in_time(told.values())


def _post(ledger: Ledger, fact: Role) -> tuple[str, str]:
    return plain_text(fact.role), _home(ledger, fact)


def _home(ledger: Ledger, fact: Role) -> str:
    return ledger.key(fact.body, fact.citation.report_id) if fact.body else ""


def _forms(ledger: Ledger, one: Person) -> set[str]:
    return {one.name} | {form for fact in ledger.people.get(one.name, ()) for form in (fact.person, *fact.other_names)}


# ---- drawing ----


def _kept(query: Query) -> dict[str, str]:
    return {key: query.get(key, "") for key in ("as_of", "search", "bare")}


def _with_bare(query: Query) -> bool:
    return query.get("bare") == "yes"


def _sentence(shelf: Shelf, roled: int, bare: int, day: str, words: Words) -> str:
    counts = parts.comma([words.count("searched", shelf.index.reports), words.count("persons_roled", roled)], words)
    told = words.say("persons_as_of_day", when=localized.day_told(day, words)) if day else words.say("persons_as_known")
    return words.say("persons_sentence", counts=counts, when=told, bare=words.count("persons_bare", bare))


def _bare(query: Query, bare: int, words: Words) -> Html:
    if not bare:
        return Html()
    kept = {key: query.get(key, "") for key in ("as_of", "search")}
    ways = (
        (words.say("persons_with_role"), address(VIEW, **kept), not _with_bare(query)),
        (words.say("persons_all"), address(VIEW, bare="yes", **kept), _with_bare(query)),
    )
    return parts.toggle(words.say("persons_which"), ways)


def _filters(query: Query, day: str, words: Words) -> Html:
    whole = day if len(day) == 10 else ""
    kept = {"bare": "yes" if _with_bare(query) else ""}
    return parts.filters(
        VIEW,
        words,
        parts.search_field("search", words.say("persons_search"), query.get("search", "")),
        parts.search_field("as_of", words.say("persons_as_of"), whole, kind="date"),
        **kept,
    )


def _above(n: int, of: int, query: Query, words: Words) -> Html:
    save = parts.download_link(words.say("browse_csv"), "download/people.csv", language=words.language, **_kept(query))
    return parts.above(n, of, save, words)


def _table(
    shown: Sequence[Person],
    ledger: Ledger,
    odd: dict[str, tuple[tuple[Role, ...], ...]],
    numbers: parts.Numbers,
    words: Words,
) -> Html:
    heads = [words.say(f"persons_{key}") for key in ("name", "role", "organization", "date", "source")]
    rows = (_row(one, ledger, _at_odds(one, odd), heads, numbers, words) for one in shown)
    return parts.table(words.say("persons_title"), heads, rows, stacks=True)


def _at_odds(one: Person, odd: dict[str, tuple[tuple[Role, ...], ...]]) -> tuple[str, ...]:
    """Others who hold an office of this person at the same time."""
    rivals = (facts for conflicts in odd.values() for facts in conflicts if any(f.person == one.name for f in facts))
    return tuple(dict.fromkeys(fact.person for facts in rivals for fact in facts if fact.person != one.name))


def _row(
    one: Person,
    ledger: Ledger,
    rivals: tuple[str, ...],
    heads: Sequence[str],
    numbers: parts.Numbers,
    words: Words,
) -> Html:
    latest = one.latest
    role = [_role(latest, words), numbers.trust(latest, "role")]
    if rivals:
        role.append(parts.label(words.say("persons_conflict", names=", ".join(rivals)), "conflict"))
    if one.others:
        lines = (tag("li", _post_told(fact, ledger, words), numbers.proof(fact)) for fact in one.others)
        summary = tag("summary", words.count("persons_more", len(one.others)))
        role.append(tag("details", summary, tag("ul", *lines)))
    others = ", ".join(sorted(_forms(ledger, one) - {one.name})[:2])
    name = tag("span", one.name, lang=written_in(one.name), class_="browse-name")
    also = tag("span", others, class_="browse-also", lang=written_in(others)) if others else Html()
    return parts.row(
        join(name, also),
        parts.cell(*role, sort=latest.role, label=heads[1]),
        parts.cell(_organization(latest, ledger), numbers.trust(latest, "body"), label=heads[2]),
        parts.cell(localized.when(latest, words), sort=parts.sort_key(latest), class_="browse-when", label=heads[3]),
        parts.cell(numbers.button(latest.citation), label=heads[4]),
    )


def _role(fact: Role, words: Words) -> Html:
    if not fact.role:
        return tag("span", words.say("persons_no_role"), class_="browse-soft")
    return tag("span", fact.role, lang=written_in(fact.role), class_="browse-role")


def _organization(fact: Role, ledger: Ledger) -> Html:
    return parts.organization(_home(ledger, fact)) if fact.body else Html()


def _post_told(fact: Role, ledger: Ledger, words: Words) -> Html:
    home = join(", ", _organization(fact, ledger)) if fact.body else Html()
    return join(_role(fact, words), home, " · ", localized.when(fact, words), " ")
