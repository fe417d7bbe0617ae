"""Facts as the tagger found them: contacts, persons with role and body, agreements, promises, each with its quote.

What is joined with what is told by fitted probabilities; a rule here only takes back (`ingest.ledger.veto`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import prod
from typing import TypeVar

from corpus.dates import event_dates
from ingest.ledger.fact import (
    OUTCOMES,
    OVER,
    VISIT_TERMS,
    WANTED,
    Agreement,
    Contact,
    Organization,
    Promise,
    Role,
    Term,
)
from ingest.ledger.naming import country_of, plain_name
from ingest.ledger.reading import Line, Mention, Reading
from ingest.ledger.veto import MET, is_of_a_place, met_elsewhere, vetoed_degrees, vetoed_states
from ingest.ledger.when import when_of
from ingest.tagger import WE, cuts
from ingest.tagger.labels import DEGREES, DIRECTIONS, FORMS, LATER, SENTENCE, STATES

EXTRACTOR = "tagger"
MOST_PARTIES = 6
PROMISE = SENTENCE.index("promise")
EVEN = 0.5
"""The chance of what is not told."""
Told = TypeVar("Told", bound=str)


def organization_facts(reading: Reading) -> Iterator[Organization]:
    """One fact for each body that a report names, with its other forms."""
    for name, places in _places(reading, "body").items():
        yield Organization(
            name=name, other_names=tuple(form for form in reading.forms[name] if form != name),
            country=country_of(name), is_us=any(one.is_us for _, one in places),
            citation=reading.cite(places[0][0]), extractor=EXTRACTOR,
        )  # fmt: skip


def contact_facts(reading: Reading) -> Iterator[Contact]:
    """One fact for each body but ourselves, at the degree that its clearest mention tells; none for one told of only
    for another reason. Who invited and who paid are terms of the visit whose body their sentence joins, else of the
    only one.
    """
    found = list(_contacts(reading))
    near = [one.partner for one in found if one.degree != "mentioned"]
    terms: dict[str, list[Term]] = {}
    for line, kind in _lines_telling(reading, VISIT_TERMS):
        visited = [name for name in _joined(reading, line, "visit", cuts()["visit"]) if name in near] or near
        if len(near) > 1 and visited is near:
            continue
        written = {one.name: one.written for one in line.mentions}
        who = [name for name in _joined(reading, line, "by", cuts()["by"]) if name]
        terms.setdefault(next(iter(visited), ""), []).extend(
            Term(kind=kind, text=written.get(name, ""), value=name, citation=reading.cite(line))
            for name in (who if kind == "paid" else who[:1])  # costs are shared, a visit has one host
        )
    for one in found:
        yield replace(one, terms=tuple(terms.get(one.partner, ())))


def _contacts(reading: Reading) -> Iterator[Contact]:
    ours = {one.name for line in (reading.title, *reading.lines) for one in line.bodies if one.is_us}
    not_told = vetoed_degrees(reading.report.text)
    degrees = [at for at in range(MET, len(DEGREES)) if DEGREES[at] not in not_told]
    for name, places in _places(reading, "body").items():
        if name in ours:
            continue
        line, best = max(places, key=lambda place: sum(place[1].degree[MET:]))
        is_met = sum(best.degree[MET:]) >= cuts()["met"]
        if not is_met:
            line, best = max(places, key=lambda place: place[1].degree[1])
            if best.degree[1] < cuts()["mentioned"]:
                continue
        state = max(degrees, key=lambda at: best.degree[at]) if is_met else 1
        when = when_of(reading, line)
        days = [when_of(reading, other) for other, one in places if is_met and sum(one.degree[MET:]) > 1 / 2]
        when = next((day for day in days if when.start and day.start.startswith(f"{when.start}-")), when)
        is_real = DEGREES[state] not in ("mentioned", "planned")
        never = prod(1 - sum(one.degree[MET:]) for _, one in places)
        yield Contact(
            side=reading.us,
            partner=name,
            people=tuple(dict.fromkeys(one.name for one in line.people)),
            degree=DEGREES[state],
            direction=DIRECTIONS[max(range(3), key=lambda at: best.direction[at])] if is_real else "",
            date=when.text if is_real else "",
            start=when.start if is_real else "",
            place=reading.report.place,
            citation=reading.cite(line),
            extractor=EXTRACTOR,
            chances=_rounded(best.degree[state], 1 - never) if is_met else (),
        )


def people_facts(reading: Reading) -> Iterator[Role]:
    """One fact for each person, with the role and the body that the likeliest pair gives; either may be empty."""
    for name, places in _places(reading, "person").items():
        above = [(line, one) for line in reading.headings for one in line.people if one.name == name]
        roles, bodies = [], []
        for line, person in (*places, *above):
            row = _row_of(line, person)
            roles += [(1.0, one.name, line) for one in row if one.kind == "title"]
            bodies += [(1.0, one.name) for one in row if one.kind == "body"]
            not_here, is_of_place = met_elsewhere(reading, line), is_of_a_place(line, person)
            for other in reading.passages[line.passage]:
                for one in other.mentions:
                    if one.kind == "title":
                        roles.append((_share(reading, line.passage, person, one), one.name, other))
                    if one.kind == "body" and one.name not in not_here and not is_of_place:
                        chance = reading.joined("body", line.passage, person.number, one.number)
                        bodies.append((chance, one.name))
            if not is_of_place:
                bodies.append((reading.joined("body", line.passage, person.number), reading.us))
        role = max(roles, key=lambda one: one[0], default=(0.0, "", places[0][0]))
        rival = max((chance for chance, other, _ in roles if other != role[1]), default=0.0)
        body = max(bodies, key=lambda one: one[0], default=(0.0, ""))
        is_told, has_body = role[0] >= cuts()["role"], body[0] >= cuts()["body"]
        cited = role[2] if is_told and role[2].start >= 0 else places[0][0]
        if name not in {one.name for one in cited.people}:
            cited = places[0][0]
        when = when_of(reading, cited)
        yield Role(
            person=name,
            other_names=tuple(form for form in reading.people[name] if form != name),
            role=role[1] if is_told else "",
            body=body[1] if has_body else "",
            date=when.text,
            start=when.start,
            citation=reading.cite(cited),
            extractor=EXTRACTOR,
            chances=_rounded(role[0] if is_told else EVEN, rival, body[0] if has_body else EVEN),
        )


def _share(reading: Reading, passage: int, person: Mention, title: Mention) -> float:
    """Probability that a title is a person's, times its ratio to that of whoever in the passage has it likelier: of two
    in a list each has a title of its own, and of "Vice-Rectors A and B" both have the one.
    """
    own = reading.joined("role", passage, person.number, title.number)
    people = (one for line in reading.passages[passage] for one in line.people if one.name != person.name)
    rival = max((reading.joined("role", passage, one.number, title.number) for one in people), default=0.0)
    return own * min(1.0, own / rival) if rival else own


def _row_of(line: Line, person: Mention) -> list[Mention]:
    """What alone of its kind fills a cell of a row of a table, where a person's name fills one."""
    cells = {cell.strip() for cell in line.text.split("|")[1:-1]} if line.text.startswith("|") else set()
    whole = [one for one in line.mentions if one.written in cells] if person.written in cells else []
    return [one for one in whole if sum(other.kind == one.kind for other in whole) == 1]


def agreement_facts(reading: Reading) -> Iterator[Agreement]:
    """One fact for each state of an agreement that a sentence tells; a sentence that denies one gives none."""
    for line in reading.lines:
        told = dict(zip(SENTENCE, line.told, strict=True))
        if told["negated"] >= cuts()["negated"]:
            continue
        states = [state for state in STATES if told[state] >= cuts()["state"] and state not in vetoed_states(line.text)]
        joined = _joined(reading, line, "party", cuts()["party"], least=2) if states else {}
        parties = sorted(joined, key=lambda one: one != reading.us)[:MOST_PARTIES]
        if not any(parties):
            continue
        for state in sorted(states, key=lambda one: -told[one])[:2]:
            when = when_of(reading, line, last=state in ("renewed", "in force", *OVER))
            wants = list(_joined(reading, line, "who", cuts()["who"]) if state in WANTED else ())
            yield Agreement(
                sides=tuple(parties),
                form=FORMS[max(range(len(FORMS)), key=lambda n: line.form[n])],
                state=state,
                wanted_by=wants[0] if wants else "",
                date=when.text,
                start=when.start,
                citation=reading.cite(line),
                extractor=EXTRACTOR,
                chances=_rounded(told[state], max(joined.values()), min(joined[one] for one in parties)),
            )


def promise_facts(reading: Reading) -> Iterator[Promise]:
    """One fact for each sentence that promises something, with the date by which, where one is told, and for each that
    tells what became of something promised.
    """
    for line, label in _lines_telling(reading, ("promise", *OUTCOMES)):
        by = "who" if label == "promise" else "by"
        joined = _joined(reading, line, by, cuts()[by])
        who = list(joined)[:1]
        to = [one for one in _joined(reading, line, "to", cuts()["to"]) if one and one not in who]
        told = reading.report.dates[0].start if reading.report.dates else ""
        due = [one for one in event_dates(line.text, reading.report.language) if not one.year or one.start > told]
        yield Promise(
            by=who[0] if who else "", to=tuple(to[:2]), what=line.text,
            date=due[-1].text if due else "", start=due[-1].start if due else "", citation=reading.cite(line),
            extractor=EXTRACTOR, state="open" if label == "promise" else f"perhaps {label}",
            chances=_rounded(line.told[PROMISE], next(iter(joined.values()), 0.0)) if label == "promise" else (),
        )  # fmt: skip


def _lines_telling(reading: Reading, labels: Sequence[Told]) -> Iterator[tuple[Line, Told]]:
    """Each line with each of the labels that it tells; of `OUTCOMES` the likeliest alone."""
    for line in reading.lines:
        told = dict(zip((*SENTENCE, *LATER), (*line.told, *line.later), strict=True))
        outcome = max(OUTCOMES, key=lambda name: told[name])
        for label in labels:
            cut = cuts()["outcome" if label in OUTCOMES else label]
            if told[label] >= cut and (label not in OUTCOMES or label == outcome):
                yield line, label


def _places(reading: Reading, kind: str) -> dict[str, list[tuple[Line, Mention]]]:
    """Where each body or person is mentioned, by name, in reading order."""
    found: dict[str, list[tuple[Line, Mention]]] = {}
    for line in reading.lines:
        for one in line.mentions:
            if one.kind == kind:
                found.setdefault(one.name, []).append((line, one))
    return found


def _rounded(*chances: float) -> tuple[float, ...]:
    return tuple(round(float(one), 3) for one in chances)


def _joined(reading: Reading, line: Line, name: str, cut: float, *, least: int = 0) -> dict[str, float]:
    """Names of the passage joined with a sentence, `Reading.us` among them, with how likely, the likeliest first.

    `least` are taken however unlikely: an agreement has two sides.
    """
    chances: dict[str, float] = {}
    kinds = ("body",) if name == "party" else ("body", "person")
    not_here = met_elsewhere(reading, line, dated=True) if name == "party" else ()
    for other in reading.passages[line.passage]:
        for one in other.mentions:
            if one.kind in kinds and not one.is_us and one.name not in not_here:
                chance = reading.joined(name, line.passage, line.sentence, one.number)
                chances[one.name] = max(chances.get(one.name, 0.0), chance)
    chances[reading.us] = max(chances.get(reading.us, 0.0), reading.joined(name, line.passage, line.sentence, WE))
    found: dict[str, float] = {}
    for body, likely in sorted(chances.items(), key=lambda pair: -pair[1]):
        if (likely >= cut or len(found) < least) and not any(_is_shorter(body, other) for other in found):
            found[body] = likely
    return found


def _is_shorter(one: str, other: str) -> bool:
    """Whether one name is how another begins, either way: a body is no second party by the short form of its name."""
    few, many = sorted((plain_name(one), plain_name(other)), key=len)
    return bool(few) and f"{many} ".startswith(f"{few} ")
