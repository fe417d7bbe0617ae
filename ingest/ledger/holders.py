"""Which body a bare title is of, told by the list, the sentence or the report that it stands in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.concepts import offices_in
from corpus.lexicon import read_lexicon
from corpus.names import known_forms, known_keys
from ingest.ledger.heads import head_of
from ingest.ledger.reading import Person, Reading, covers
from ingest.ledger.shape import BODY, HAN, PERSON, Shape, english_title, is_list_gap, opens_with_title, shape_of
from ingest.ledger.titles import titles_of

MOST_BETWEEN = 3
"""Words, at most, between the last of a list of speakers and "for the hosts": "and others spoke"."""


@dataclass(slots=True, kw_only=True)
class Told:
    """What one line tells of one person; the body may still be found out."""

    name: str
    person: Person
    shape: Shape
    role: str = ""
    body: str = ""
    possessor: str = ""
    start: int
    rule: str


def find_bodies(reading: Reading, told: list[Told]) -> None:
    """Fill in the bodies that other words of the report tell; what it leaves open stays empty."""
    sides = _sides(reading)
    for one in told:
        one.body = (
            one.body
            or _possessed(one)
            or _of_pair(one)
            or _of_list(one)
            or _of_enumeration(one, told)
            or _owned(one, sides)
        )
    for one in told:
        one.body = one.body or _only_fitting(reading, one, told)


def _possessed(one: Told) -> str:
    """The body that "its Rector" or "whose Director" speaks of: the nearest before it that has such an office."""
    if not one.possessor:
        return ""
    before = [body.name for body in one.shape.bodies if body.end <= one.start]
    if not _heads(one.role):
        return before[0] if len(set(before)) == 1 else ""
    return next((name for name in reversed(before) if _fits(one.role, name)), "")


def _of_pair(one: Told) -> str:
    """The body of "A and B of X", where nobody else is in the list."""
    nxt = next((person for person in one.shape.people if person.start >= one.person.end), None)
    text = one.shape.text
    if one.role or nxt is None or not re.fullmatch(r"\s*(?:and|и|和|与)\s*", text[one.person.end : nxt.start]):
        return ""
    is_listed = re.search(r"[\ue002\ue003][^.;]*,\s*$", text[: one.person.start]) is not None
    beside = [title for title in titles_of(one.shape, nxt) if title.body and not title.role and title.start >= nxt.end]
    return beside[0].body if beside and not is_listed else ""


def _of_list(one: Told) -> str:
    """The body of a list that the person is in: "a TEC delegation: Director Zhang Minxuan, …"."""
    text = one.shape.text[: one.person.end]
    for pattern in _patterns("lists"):
        for match in pattern.finditer(text):
            between = text[match.end() : one.person.start]
            if _goes_on(between, one.shape, match.end()):
                return _named(one.shape, match)
    return ""


def _goes_on(between: str, shape: Shape, start: int) -> bool:
    """Whether from there on nothing but the list has been told, clauses about its members included."""
    kept = list(between)
    for person in shape.people:
        for title in titles_of(shape, person) if start <= person.start < start + len(between) else ():
            left, right = max(title.start - start, 0), max(title.end - start, 0)
            kept[left:right] = " " * len(kept[left:right])
    return is_list_gap("".join(kept))


def _of_enumeration(one: Told, told: Sequence[Told]) -> str:
    """The body of whoever stands before in the list, if a bare title fits it: "A, President of X, Vice President B"."""
    if not one.role:
        return ""
    before = [other for other in told if other.shape is one.shape and other.person.end <= one.person.start]
    bodies = [
        other.body
        for other in before
        if other.role and other.body and _fits(one.role, other.body)
        and _goes_on(one.shape.text[other.person.end : one.person.start], one.shape, other.person.end)
    ]  # fmt: skip
    return bodies[0] if len(set(bodies)) == 1 else ""


def _owned(one: Told, sides: tuple[str, str]) -> str:
    """The body that a sentence about receiving, leading or speaking for it gives to a person."""
    guest, host = sides
    text = one.shape.text
    if one.role:
        size = one.person.end - one.start
        marked = text[: one.start] + "\ue004" + "\ue005" * (size - 1) + text[one.person.end :]
        named = [_named(one.shape, match) for pattern in _patterns("owning") for match in pattern.finditer(marked)]
        for name in (name for name in named if _may_fit(one.role, name)):
            return name
        if host and any(pattern.search(marked) for pattern in _host_patterns("invited")):
            return host
        if guest and any(pattern.search(marked) for pattern in _host_patterns("led")):
            return guest
    if host and _speaks(one, "for_hosts"):
        return host
    if guest and (_speaks(one, "for_guests") or _comes_along(one)):
        return guest
    return ""


def _speaks(one: Told, kind: str) -> bool:
    """Whether a person is one of those who "spoke for the hosts"."""
    clause = re.split(r"[;；]", one.shape.text[one.person.end :])[0]
    for pattern in _host_patterns(kind):
        for match in pattern.finditer(clause):
            between = re.sub(
                rf"(?:,|\band\b|of\s+(?:the\s+)?)\s*|{BODY}|{PERSON}|{english_title()}", " ", clause[: match.start()]
            )
            if len(between.split()) <= MOST_BETWEEN:
                return True
    return False


def _comes_along(one: Told) -> bool:
    """Whether a person is in the list of those who came with the leader."""
    found = (match for pattern in _host_patterns("with_leader") for match in pattern.finditer(one.shape.text))
    return any(
        match.end() <= one.person.start
        and _goes_on(one.shape.text[match.end() : one.person.start], one.shape, match.end())
        for match in found
    )


def _only_fitting(reading: Reading, one: Told, told: Sequence[Told]) -> str:
    """The only body named so far that can have such an office, those left out whose head is another person."""
    if not one.role or one.possessor:
        return ""
    lines = [reading.title, *reading.lines[: reading.lines.index(one.shape.line) + 1]]
    seen = dict.fromkeys(body.name for line in lines for body in line.bodies)
    seen.update(dict.fromkeys(body.name for body in one.shape.bodies))
    fitting = [name for name in seen if _fits(one.role, name) and not opens_with_title(name)]
    others = [other for other in told if other.name != one.name and other.body]
    held = {other.body for other in others if _is_first(one.role) and _is_first(other.role)}
    # What a President or his Vice President heads has no Director.
    ours = _bases(one.role)
    held |= {other.body for other in others if ours and _bases(other.role) and not ours & _bases(other.role)}
    fitting = [name for name in fitting if name not in held]
    return fitting[0] if len(fitting) == 1 else ""


def _bases(role: str) -> frozenset[str]:
    return frozenset(office.split()[-1] for office in offices_in(role)) & {"rector", "president", "director"}


def _sides(reading: Reading) -> tuple[str, str]:
    """(who came, where to), each empty unless the report names just one."""
    shapes = [shape_of(reading, line) for line in (reading.title, *reading.lines)]
    found = [
        {
            _named(shape, match)
            for shape in shapes
            for pattern in _host_patterns(kind)
            for match in pattern.finditer(shape.text)
        }
        for kind in ("came", "host")
    ]
    came, host = found[0] - found[1], found[1]
    return (next(iter(came)) if len(came) == 1 else ""), (next(iter(host)) if len(host) == 1 else "")


def _named(shape: Shape, match: re.Match[str]) -> str:
    names = shape.body_names(*match.span("body"))
    return names[0] if names else ""


def _is_first(role: str) -> bool:
    """Whether an office is that of the one who heads a body, and not a deputy's or a former one's."""
    return any(" " not in office and _heads(role) for office in offices_in(role))


def _fits(role: str, name: str) -> bool:
    return bool(name) and bool(_heads(role) & _sorts(name))


def _may_fit(role: str, name: str) -> bool:
    """Whether a title fits a body, or is of a kind that no list ties to a sort of body."""
    return bool(name) and (not _heads(role) or not _sorts(name) or _fits(role, name))


@cache
def _heads(role: str) -> frozenset[str]:
    """The words for bodies that have a bare title's office; none for a title that says of what it is."""
    fits = read_lexicon("people")["fits"]
    if "," in role or re.search(r"\b(?:of|for|at|in|по)\b", role):
        parts = [part for part in role.split(", ") if not re.search(r"\b(?:of|for|at|in|по)\b", part)]
        return frozenset().union(*(_heads(part) for part in parts)) if "," in role else frozenset()
    if re.search(HAN, role):
        return frozenset(next((heads for title, heads in fits.items() if role.endswith(title)), ()))
    offices = {office.split()[-1] for office in offices_in(role)}
    if "permanent secretary" in role.casefold():
        offices = {"permanent_secretary"}
    if "prime_minister" in offices:
        offices.discard("minister")
    return frozenset(head for office in offices for head in fits.get(office, ()))


@cache
def _sorts(name: str) -> frozenset[str]:
    """The words that say what sort of body a name is of, in any form known of it."""
    keys = [key for key in known_keys(name) if covers(name, key)]
    return frozenset({head_of(form) for form in (name, *(form for key in keys for form in known_forms(key)))} - {""})


@cache
def _patterns(section: str) -> tuple[re.Pattern[str], ...]:
    expressions = [one for listed in read_lexicon("people")[section].values() for one in listed]
    return tuple(_compiled(one) for one in expressions)


@cache
def _host_patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(one) for one in read_lexicon("people")["hosts"][kind])


def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(
        expression.replace("{B}", f"(?P<body>{BODY})").replace("{P}", PERSON).replace("{T}", "\ue004\ue005*")
    )
