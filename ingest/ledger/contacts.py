"""Contacts: which organization came how near to the side whose record it is, and who went to whom."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.lexicon import expressions, patterns, read_lexicon, says
from ingest.ledger.fact import DEGREES, Degree, Fact
from ingest.ledger.heads import head_of, head_words
from ingest.ledger.reading import Body, Line, Reading, stretch_at
from ingest.ledger.when import when_of

Direction = Literal["went", "came", ""]
_COMES_ALONE = re.compile(r"\b(?:came|arrived|приехал\w*|прибыл\w*)$", re.I)
_DENIED = re.compile(
    r"[^.;,]{0,60}\b(?:was|were|had|has|have|did|could|does)(?: to be)? (?:not|never|dropped|cancell?ed|postponed)\b"
    r"|[^.;,]{0,60},? which was not (?:represented|present|met)|因故未|未(?:派|能)"
)
"""What stands after a body that was not met after all."""
_INVERTED = re.compile(r"\s+(?:\w+\s+)?(?:делегаци|групп|представител)", re.I)
"""What stands after a Russian verb when the one who moves comes after it: "университет посетила делегация"."""
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are)\s+(?:\w+ly\s+)?$|被$")
_CLAUSE = re.compile(r"[;；。]|[,，]\s*(?:and|but|while|where|а|но)\s|\bafter\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Met:
    """How near a body came in one line."""

    degree: Degree
    direction: Direction
    line: Line
    rule: str


@lru_cache(maxsize=4)
def contact_facts(reading: Reading) -> tuple[Fact, ...]:
    """One fact for each organization of a report beside the side whose record it is, at the nearest it came.

    The side are our own organizations where the report speaks of them, else the first it names. Nothing comes of a
    report that names no other.
    """
    side = side_of(reading)
    return tuple(_facts(reading, side)) if side else ()


def _facts(reading: Reading, side: tuple[str, ...]) -> Iterator[Fact]:
    movement = _movement(reading, side)
    found: dict[str, list[_Met]] = {}
    before: list[_Met] = []
    is_event = any(
        re.search(rf"(?i:\b{word}\b)", reading.title.text) for word in head_words("gatherings", "en")
    ) or any(word in reading.title.text for language in ("zh", "ru") for word in head_words("gatherings", language))
    for line in reading.lines:
        met = {
            body.name: _met(line, body, side, movement, before, is_event=is_event)
            for body in line.bodies
            if body.name not in side and not _is_unit_of_another(line, body, side)
        }
        for name, one in met.items():
            found.setdefault(name, []).append(one)
        before = list(met.values()) or before
    for name, told in found.items():
        best = max(told, key=lambda one: DEGREES.index(one.degree))
        when = when_of(reading, best.line)
        is_met = best.degree not in ("mentioned", "planned")
        yield Fact(
            kind="contact",
            subject=side[0],
            object=name,
            others=tuple(person.name for person in best.line.people),
            state=best.degree,
            direction=best.direction if is_met else "",
            date=when.text if is_met else "",
            start=when.start if is_met else "",
            place=reading.report.place,
            citation=reading.cite(best.line),
            extractor=f"contacts: {best.rule}",
        )


def side_of(reading: Reading) -> tuple[str, ...]:
    """The organizations whose record it is, the main one first: our own ones, else the first named; empty for none."""
    if reading.us:
        return reading.us
    named = [body.name for line in (reading.title, *reading.lines) for body in line.bodies if not body.is_generic]
    known = [name for name in named if name in reading.forms]
    return tuple(known[:1])


def _movement(reading: Reading, side: tuple[str, ...]) -> Direction:
    """Whether the side went or was come to, by the first line that tells who moves; the title is asked first."""
    title = reading.title
    place = next(
        (body for body in title.bodies if re.search(r"\b(?:at|in)(?: the)?\s+$", title.text[: body.start])), None
    )
    if place and (title.people or any(body.start < place.start for body in title.bodies)):
        return "came" if place.name in side else "went"
    for line in (reading.title, *reading.lines):
        for verb, begin, end in _verbs(line.text):
            ahead = [body for body in line.bodies if begin <= body.start and _is_mover(line, body, verb)]
            after = [
                body for body in line.bodies if verb.end() <= body.start <= end and not _is_mover(line, body, verb)
            ]
            if verb.re in expressions("ledger", "go"):
                if ahead and ahead[-1].name in side:
                    return "went"
                if ahead and any(body.name in side for body in after):
                    return "came"
                if after and not ahead and not any(body.name in side for body in after) and line is not reading.title:
                    return "went"
            elif verb.re in expressions("ledger", "receive"):
                is_passive = bool(_PASSIVE.search(line.text[begin : verb.start()]))
                if ahead and ahead[-1].name in side:
                    return "went" if is_passive else "came"
                if ahead and any(body.name in side for body in after):
                    return "came" if is_passive else "went"
    return ""


_Told = tuple[Degree, Direction, str]


def _met(
    line: Line, body: Body, side: tuple[str, ...], movement: Direction, before: list[_Met], *, is_event: bool
) -> _Met:
    """How near one mention of a body tells that it came; `before` is what the last line with a body told."""
    told = (
        _set_aside(line, body)
        or next(filter(None, (_by_verb(line, body, side, movement, *verb) for verb in _verbs(line.text))), None)
        or _by_company(
            line, body, "" if is_event else movement, beside_hosts=any(one.degree == "visited" for one in before)
        )
        or ("mentioned", "", "mentioned")
    )
    return _Met(degree=told[0], direction=told[1], line=line, rule=told[2])


def _is_mover(line: Line, body: Body, verb: re.Match[str], *, only_for: bool = False) -> bool:
    """Whether a body stands before a verb, or after it as the one it is done for: "they travelled for TEC to …"."""
    is_for = bool(re.match(r"(?:for|on behalf of|от имени|代表)?\s*$", line.text[verb.end() : body.start], re.I))
    is_for = is_for and bool(re.search(r"\b(?:for|behalf of|имени)\s*$|代表$", line.text[: body.start]))
    return is_for or (not only_for and body.end <= verb.start())


def _set_aside(line: Line, body: Body) -> _Told | None:
    """What a line tells of a body that did not meet the side in person there."""
    if _invites(line, body):
        return "took part", "", "invited"
    if is_aside(line, body):
        return "mentioned", "", "aside"
    begin, end = stretch_at(line.text, body.start, _CLAUSE)
    clause = line.text[begin:end]
    if says("ledger", "online", text=clause) and any(
        says("ledger", name, text=clause) for name in ("talk", "part", "go", "receive", "online")
    ):
        return "online", "", "online"
    return ("planned", "", "planned") if _is_planned(line.text, body) else None


def _by_verb(
    line: Line, body: Body, side: tuple[str, ...], movement: Direction, verb: re.Match[str], first: int, last: int
) -> _Told | None:
    """What a word of going or receiving tells of a body that stands in its stretch, by its place before or after."""
    if not (first <= body.start and body.end <= last):
        return None
    text = line.text
    opening = min(
        [
            verb.start(),
            *(found.start() for form in expressions("ledger", "talk") for found in form.finditer(text, first)),
        ]
    )
    ahead = [
        one
        for one in line.bodies
        if first <= one.start and (one.end <= opening or _is_mover(line, one, verb, only_for=True))
    ]
    is_inverted = bool(_INVERTED.match(text[verb.end() :]))
    is_ahead = (body.end <= verb.start()) != is_inverted
    has_side_after = any(one.name in side and verb.end() <= one.start <= last for one in line.bodies)
    has_side_ahead = any(one.name in side for one in ahead)
    if is_inverted:
        has_side_after, has_side_ahead = has_side_ahead, has_side_after
    if verb.re in expressions("ledger", "go"):
        if is_ahead and not has_side_ahead and (has_side_after or movement == "came"):
            return "received", "came", "came"
        if not is_ahead and not has_side_ahead and _COMES_ALONE.search(verb.group()):
            return "received", "came", "came among others"
        if not is_ahead and (has_side_ahead or (not ahead and movement == "went")):
            return "visited", "went", "went"
        return None
    is_passive = bool(_PASSIVE.search(text[first : verb.start()]))
    if (is_ahead != is_passive) and movement != "came" and (is_passive or not has_side_ahead):
        return "visited", "went", "was host"
    if (is_ahead == is_passive) and movement != "went":
        return "received", "came", "was guest"
    return None


def _by_company(line: Line, body: Body, movement: Direction, *, beside_hosts: bool) -> _Told | None:
    """What talks, or taking part in something, tell of a body that stands with them."""
    begin, end = stretch_at(line.text, body.start, _CLAUSE)
    if says("ledger", "talk", text=line.text[begin:end]):
        return ("received", "came", "talks as guest") if movement == "came" else ("talks", movement, "talks")
    if says("ledger", "support", text=line.text[begin:end]):
        return "took part", "", "ran or paid for it"
    if says("ledger", "part", text=line.text):
        if movement == "came":
            return "received", "came", "took part as guest"
        if movement == "went" and beside_hosts:
            return "talks", "went", "took part beside the hosts"
        return "took part", "", "took part"
    return None


def _verbs(text: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """Each word of going and receiving with the stretch of the sentence it can speak of, in order."""
    found = [
        match for name in ("go", "receive") for form in expressions("ledger", name) for match in form.finditer(text)
    ]
    for verb in sorted(found, key=lambda match: match.start()):
        bounds = [0, *(match.end() for match in re.finditer(r"[;；。]", text)), len(text)]
        begin = max(bound for bound in bounds if bound <= verb.start())
        yield verb, begin, min(bound for bound in bounds if bound >= verb.end())


def is_aside(line: Line, body: Body) -> bool:
    """Whether a body is only mentioned: the one above another, a former post, what another is part of."""
    before = line.text[: body.start].rstrip()
    if _DENIED.match(line.text[body.end :]):
        return True
    if any(form.search(before) for form in expressions("ledger", "aside")):
        return True
    if body.name.isupper() and re.search(r"\bthe$", before) and re.match(r"\s+[a-z]+s\b", line.text[body.end :]):
        return True  # "the IIOE partners"
    if re.match(r"['’]s\s", line.text[body.end :]) and any(0 < one.start - body.end <= 4 for one in line.bodies):
        return True
    whole = re.search(r"\bof(?: the)?$|['’]s$", before)
    inner = next((one for one in line.bodies if one.end <= body.start), None)
    return bool(whole and inner and re.fullmatch(r"\s*of(?: the)?\s*|['’]s\s*", line.text[inner.end : body.start]))


def _invites(line: Line, body: Body) -> bool:
    """Whether a body is told to have invited the side: its invitation is all that is told of it here."""
    before, after = line.text[: body.start], line.text[body.end :]
    return bool(_INVITED_BY.search(before) or _HAD_INVITED.match(after))


_INVITED_BY = re.compile(r"(?:\binvited by|\binvitation (?:of|from)|по приглашению)\s+(?:the\s+|its\s+)?$|应$", re.I)
_HAD_INVITED = re.compile(r"[^.;,]{0,60}\b(?:had |has )?invited (?:them|it|him|her)\b|的?邀请")


def _is_unit_of_another(line: Line, body: Body, side: tuple[str, ...]) -> bool:
    """Whether a body is only a part of another that is named with it, or stands in a person's title as one."""
    before, after = line.text[: body.start], line.text[body.end :]
    following = next((one for one in line.bodies if one.start >= body.end), None)
    is_part = bool(following and re.fullmatch(r"\s+of(?: the)?\s+", line.text[body.end : following.start]))
    if is_part and following and following.name in side:
        return True
    if any(one.end == body.start for one in line.bodies):
        return True  # 湄南大学教育学院
    if head_of(body.name) not in read_lexicon("organizations")["units"]["en"]:
        return False
    in_title = re.search(
        r"\b(?:dean|heads?|chair|directs|runs|members?)(?:\s+of)?(?:\s+(?:the|its))?\s*$", before, re.I
    )
    return bool(in_title or re.search(r"\b(?:its|their|his|her|whose)(?: own)?\s*$", before)) or (
        is_part and not after[:1] == ","
    )


def _is_planned(text: str, body: Body) -> bool:
    """Whether a clause tells of a body only that somebody wishes or plans to go there, or to have it come."""
    begin, end = stretch_at(text, body.start, _CLAUSE)
    before = text[begin : body.start]
    forms = [one for name in ("plan", "wish", "ask") for found in patterns("modality", name).values() for one in found]
    marks = [match for form in forms for match in form.finditer(before)]
    marks = [match for match in marks if not re.match("invit", match.group(), re.I)]
    if not marks or says("ledger", "talk", text=before) or says("ledger", "receive", text=before):
        return False
    rest = text[begin + min(match.end() for match in marks) : end]
    return _INTENDED.search(rest) is not None


_INTENDED = re.compile(
    r"\b(?:visit|go|come|travel|call|tour|receive|host|welcome|bring|take|attend|join|spend|be (?:on|at|in))\b"
    r"|访|赴|去|来|接待|参加|承办|\b(?:посети|прие|прибы|приня|пригла|пройд|побыва)\w*",
    re.I,
)
"""Deeds that a plan must be about for it to be a plan to meet."""
