"""Facts about people: each person a report names, with the role and the body that the report itself gives."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.same_person import same_person
from ingest.ledger.fact import Fact
from ingest.ledger.holders import Told, find_bodies
from ingest.ledger.reading import Reading
from ingest.ledger.shape import HAN, Shape, shape_of
from ingest.ledger.titles import titles_of


def people_facts(reading: Reading) -> Iterator[Fact]:
    """The persons of a report in order of appearance, a fact for each role that it gives them, or one without a role.

    `Fact.subject` is the fullest form of the name, `others` its other forms, `form` the role as written without the
    organization, `object` the organization's longest name, empty when the report does not say; a report that names
    nobody gives nothing.
    """
    shapes = [shape_of(reading, line) for line in reading.lines]
    forms = _name_forms(shapes)
    told = [one for shape in shapes for one in _told_in(shape, forms)]
    find_bodies(reading, told)
    day = next(iter(reading.report.dates), None)
    for name in dict.fromkeys(one.name for one in told):
        for one in _chosen([one for one in told if one.name == name]):
            yield Fact(
                kind="person",
                subject=name,
                object=one.body,
                others=tuple(form for form in forms if forms[form] == name and form != name),
                form=one.role,
                date=day.text if day else "",
                start=day.start if day else "",
                citation=reading.cite(one.shape.line),
                extractor=f"people: {one.rule}",
            )


def _chosen(told: Sequence[Told]) -> list[Told]:
    """Of all that a report tells of a person one for each role, the one with a body first; else one without a role."""
    roles: dict[str, Told] = {}
    for one in told:
        known = roles.get(one.role.casefold())
        if known is None or (one.body and not known.body):
            roles[one.role.casefold()] = one
    named = [one for role, one in roles.items() if role]
    return named or list(roles.values())


def _name_forms(shapes: Sequence[Shape]) -> dict[str, str]:
    """Every form of a person's name in a report, with the fullest form of it."""
    names = list(dict.fromkeys(person.name for shape in shapes for person in shape.people))
    fullest: dict[str, str] = {}
    for shape in shapes:
        for one, other in pairwise(shape.people):
            if re.fullmatch(r"\s*[(（]", shape.text[one.end : other.start]) and same_person(one.name, other.name):
                fullest[other.name] = one.name  # 尼克·吉布（Nick Gibb）
    for name in names:
        fullest.setdefault(name, max((one for one in names if _is_form(name, one)), key=len))
    text = " ".join(shape.line.text for shape in shapes)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "\ue002")
    for name in dict.fromkeys(fullest.values()):
        family = re.split(r"[\s·]+", name)[-1]
        is_own = family != name and sum(family in one for one in dict.fromkeys(fullest.values())) == 1
        alone = re.search(
            rf"(?<![\w·]){re.escape(family)}(?!\w)" if not re.search(HAN, name) else re.escape(family), text
        )
        if is_own and len(family) > 1 and alone:
            fullest.setdefault(family, name)
    return fullest


def _is_form(name: str, full: str) -> bool:
    """Whether one name in a script is a shorter form of another, or it in another case."""
    if name == full:
        return True
    if bool(re.search(HAN, name)) != bool(re.search(HAN, full)):
        return False
    parts, whole = (re.split(r"[\s·]+", one) for one in (name, full))
    if len(parts) < len(whole):
        return parts[-1] == whole[-1] and all(part in whole for part in parts)
    if len(parts) == len(whole) and parts[0].endswith("."):
        return parts[-1] == whole[-1] and not whole[0].endswith(".") and whole[0].startswith(parts[0].rstrip("."))
    is_russian = re.search("[а-я]", name) is not None
    return is_russian and len(parts) == len(whole) and all(map(_same_stem, parts, whole))


def _same_stem(one: str, other: str) -> bool:
    return re.sub(r"(?:ом|ем|ой|ого|ым|[аеиоуыюя])$", "", one) == re.sub(r"(?:ом|ем|ой|ого|ым|[аеиоуыюя])$", "", other)


def _told_in(shape: Shape, forms: dict[str, str]) -> Iterator[Told]:
    for person in shape.people:
        if re.search(r"[\ue002\ue003]\s*[(（]$", shape.text[: person.start]):
            continue  # the same name in other letters
        titles = tuple(titles_of(shape, person))
        bodies = list(dict.fromkeys(one.body for one in titles if one.body))
        name = forms[person.name]
        groups = [[one for one in titles if one.body == body] for body in bodies]
        if len(groups) < 2 or not all(any(one.role for one in group) for group in groups):
            groups = [list(titles)]
        else:
            groups[0] = [one for one in titles if not one.body] + groups[0]
        for group in groups:
            yield Told(
                name=name,
                person=person,
                shape=shape,
                role=", ".join(dict.fromkeys(one.role for one in group if one.role)),
                body=next((one.body for one in group if one.body), ""),
                possessor=next((one.possessor for one in group if one.possessor), ""),
                start=min([person.start, *(one.start for one in group)]),
                rule=next((one.rule for one in group if one.role), group[0].rule if group else "named"),
            )
