"""Promises: who is told to have planned or promised what, to whom and until when; and which later fact keeps one."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.dates import event_dates
from corpus.lexicon import patterns, read_lexicon, says
from ingest.ledger.agreements import agreement_facts
from ingest.ledger.contacts import contact_facts, side_of
from ingest.ledger.fact import DEGREES, Fact
from ingest.ledger.reading import Body, Line, Person, Reading, same_body

LONGEST = 160
"""Code points of a promise that are kept: enough to know it by; the quote has the rest."""
KEPT = ("signed", "in force", "renewed")
"""States in which an agreement that was promised is there."""

_BEGIN = re.compile(r"[.:;。；：！？]|,\s+(?:but|while|whereas|а|но)\s|，(?:但|而)|\bbut\b")
_END = re.compile(
    r"[.;。；！？](?:\s|$|(?<=[。；！？]))|\s—\s|，(?:但|而|并(?!且)|同时|也|双方|此外|会后)"
    r"|,\s+(?:but|while|whereas|which|who|where|а|но|and (?:he|she|they|it|the|its|his)|и (?:он|она|они))\s"
)
_ADDRESSED = re.compile(r"(?:\b(?:to|with|со?|между)(?: the| its| their)?\s+|[与和向给同])$", re.I)
_GOVERNED = re.compile(
    r"(?:\b(?:at|in|of|with|to|for|from|by|on|and then|than|about|under|via)(?: the| its| their| his| her)?"
    r"|\b(?:в|во|на|с|со|от|из|для|о|об|у|к|при|под|по)|[与在到向对给为同于赴由]|\(|（)\s*$",
    re.I,
)
_ADVERBS = re.compile(
    r"(?:[\s,，“\"]*(?:also|both|then|now|further|jointly|has|have|had|said|already|\w+ly|together|表示|还|并|也|均|共同|一致|已|已经|方|方面|сообщила?|также|и|совместно)[\s,，：:“\"]*)*[\s,，：:]*",
    re.I,
)
_APPOSED = re.compile(r",\s*[^,;]{3,80},\s*(?:\w+ly\s+|also\s+)?|[（(][^（()）]*[)）]\s*")
_PRONOUN = re.compile(
    r"(?<!\w)(he|she|they|it|он|она|они|他|她|他们)(?:\s+(?:also|then|had|has|also|и|также|还))?\s*$", re.I
)
_OPENING = re.compile(r"\s*(he|she|он|она|他|她)(?![\w们])", re.I)
_OF_OLD = re.compile(r"\b(?:of|since|signed|signed in|dated|founded in|от|с)\s+(?:the )?$|签署于$", re.I)
_RELATIVE = re.compile(r"[,，]|\b(?:that|which|who|whom|whose|when|where|as)\b|котор\w+")
_JOINED = re.compile(r"\s*(?:,|、|and|,\s*and|as well as|и|与|和|及|以及)\s*(?:the\s+)?", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A word of promise in a line: where it stands, and where what is promised does."""

    section: str
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Who:
    """Who promises, to whom, and who says so; whether the line before is needed to know it."""

    subject: str = ""
    others: tuple[str, ...] = ()
    speaker: str = ""
    is_before: bool = False


def promise_facts(reading: Reading) -> Iterator[Fact]:
    """One fact for each plan or commitment a line tells of, in reading order; none for a report without any.

    Wishes, hopes, proposals, questions, denials and the course of the event told itself are no promises. The citation
    is the line, with the line before where only that tells who "he" is.
    """
    for at, line in enumerate(reading.lines):
        if re.search(r"[?？]\s*$", line.text):
            continue
        for found in _found_in(line.text):
            who = _who(reading, at, found)
            if who is None:
                continue
            what = _shortened(line.text[found.first : found.last])
            if len(what.split()) < 2 and not re.search(r"[\u3400-\u9fff]{3}", what):
                continue
            due, start = _due(reading, line, found)
            first = reading.lines[at - 1] if who.is_before else line
            yield Fact(
                kind="promise", subject=who.subject, object=what, others=who.others, state="open", date=due,
                start=start, speaker=who.speaker, condition=_condition(line.text, found),
                citation=reading.cite(first, line), extractor=f"promises: {found.section}",
            )  # fmt: skip


def closed_by(promise: Fact, later: Sequence[Fact]) -> Fact | None:
    """The earliest later fact that tells a promise kept, or None while it is open.

    An agreement of the promised form, signed or in force, keeps a promise of one; a visit keeps a promise of one. The
    parties must be the same, at least two of them organizations, and the fact certainly later than the report of the
    promise. Facts of kind ``person`` among `later` tell whose word a person's is.
    """
    homes = {fact.subject: fact.object for fact in later if fact.kind == "person" and fact.object}
    parties = _distinct([homes.get(name, name) for name in (promise.subject, *promise.others) if name])
    made = max((date.end or date.start for date in event_dates(promise.citation.date) if date.year), default="")
    if len(parties) < 2 or not made:
        return None
    forms = _forms_in(promise.object)
    mover = homes.get(promise.subject, promise.subject) if says("ledger", "go", text=promise.object) else ""
    kept = [
        fact
        for fact in later
        if _is_after(fact.start, made)
        and all(any(same_body(name, other) for other in (fact.subject, fact.object, *fact.others)) for name in parties)
        and (_keeps_form(fact, forms) if forms else _keeps_visit(fact, mover))
    ]
    return min(kept, key=lambda fact: fact.start, default=None)


def _keeps_form(fact: Fact, forms: frozenset[str]) -> bool:
    return fact.kind == "agreement" and fact.state in KEPT and fact.form.replace(" ", "_") in forms


def _keeps_visit(fact: Fact, mover: str) -> bool:
    """Whether a contact tells of the visit that `mover` promised to make."""
    if fact.kind != "contact" or not mover or fact.state not in ("visited", "received"):
        return False
    return same_body(mover, {"went": fact.subject, "came": fact.object}.get(fact.direction, ""))


def _is_after(start: str, made: str) -> bool:
    """Whether a possibly partial day is certainly later than another: ``2024-06`` than ``2024-05``, no ``2024``."""
    return start[:4].isdigit() and start > f"{made}-99"


def _forms_in(text: str) -> frozenset[str]:
    keys = read_lexicon("ledger")["forms"]
    return frozenset(key for key in keys if says("ledger", "forms", key, text=text))


def _found_in(text: str) -> Iterator[_Found]:
    """Words of promise in a sentence, in the order of the sections, none within what another one promises."""
    taken: list[tuple[int, int]] = []
    for section in ("promised", "offered", "offered_to", "future", "spoken", "passive"):
        forms = [form for listed in patterns("promises", section).values() for form in listed]
        for match in sorted((one for form in forms for one in form.finditer(text)), key=lambda one: one.start()):
            begin = max((one.end() for one in _BEGIN.finditer(text, 0, match.start())), default=0)
            until = next((one.start() for one in _END.finditer(text, match.end())), len(text))
            if "what" in match.groupdict():
                first, last = match.span("what")
            else:
                first, last = (begin if section == "passive" else match.end()), until
            if any(start < match.end() and match.start() < end for start, end in taken) or _is_unsaid(
                text, begin, match, section
            ):
                continue
            taken.append((min(first, match.start()), last))
            yield _Found(section=section, start=match.start(), end=match.end(), first=first, last=last)


def _is_unsaid(text: str, begin: int, match: re.Match[str], section: str) -> bool:
    """Whether the clause of a word of promise takes it back: a denial, a wish, a question, no word of saying."""
    before = text[begin : match.start()]
    if says("modality", "negation", text=text[begin : match.end() + 5]):
        return True
    if section == "spoken" and not says("promises", "say", text=text[: match.start()]):
        return True
    if "what" in match.groupdict():
        return False
    near = before if section not in ("promised", "offered") else re.split(r"[,，]|\band\b|并|\bи\b", before)[-1]
    return says("promises", "not_promised", text=near)


def _who(reading: Reading, at: int, found: _Found) -> _Who | None:
    """Who promises what a word tells of; None where the word counts only for somebody named and nobody is."""
    line = reading.lines[at]
    begin = max((one.end() for one in re.finditer(r"[;；。]", line.text[: found.start])), default=0)
    before = line.text[begin : found.start]
    addressed = _addressed(line, found, begin)
    if _calls_both(line.text, begin, found):
        pair = _parties(reading, line, found) or _pair(reading, at)
        return _Who(subject=pair[0], others=pair[1:]) if pair else _Who()
    if found.section == "passive":
        is_joint = says("promises", "joint", text=line.text[found.first : found.last].lstrip())
        pair = (_parties(reading, line, found) or _pair(reading, at)) if is_joint else ()
        return _Who(subject=pair[0], others=pair[1:]) if pair else _Who(others=addressed)
    named = _subjects(reading, line, begin, found.start)
    chosen, joined, is_adjacent = _chosen(line, named, begin, found.start)
    pronoun = _PRONOUN.search(before) or (None if is_adjacent else _OPENING.match(before))
    if pronoun and (found.section not in ("future", "spoken") or pronoun.re is _PRONOUN):
        return _by_pronoun(reading, at, named, pronoun.group(1).casefold(), addressed)
    if chosen is None:
        return None if found.section in ("offered", "offered_to", "future", "spoken") else _Who(others=addressed)
    if found.section in ("future", "spoken") and not is_adjacent:
        if not (says("promises", "say", text=before) and says("promises", "actors", text=before)):
            return None
    if found.section == "offered" and isinstance(chosen, Body):
        return None
    others = tuple(dict.fromkeys(name for name in (*joined, *addressed) if name != chosen.name))
    return _Who(subject=chosen.name, others=others, speaker=_speaker(line, named, chosen, found.start))


def _calls_both(text: str, begin: int, found: _Found) -> bool:
    """Whether the promise is told of both sides together: they stand last before the word for it."""
    forms = [form for listed in patterns("promises", "both").values() for form in listed]
    stretch = text[begin : found.end]
    ends = [match.end() for form in forms for match in form.finditer(stretch)]
    gap = stretch[max(ends) : found.start - begin] if ends else ""
    return bool(ends) and len(gap) <= 40 and not re.search(r"[,，]", gap.strip(" ,，"))


def _parties(reading: Reading, line: Line, found: _Found) -> tuple[str, ...]:
    """Between whom the agreement is that is promised, by the ledger's own reading of the line; empty for none."""
    forms = _forms_in(line.text[found.first : found.last])
    return next(
        (
            (fact.subject, fact.object, *fact.others)
            for fact in agreement_facts(reading)
            if fact.form.replace(" ", "_") in forms and fact.citation.start <= line.start < fact.citation.end
        ),
        (),
    )


def _pair(reading: Reading, at: int) -> tuple[str, ...]:
    """Our side and the one it was with when a line was said; empty where more than one may be meant."""
    side = side_of(reading)
    end = reading.lines[at].end
    met = [fact for fact in contact_facts(reading) if fact.state not in ("mentioned", "planned")]
    met = [fact for fact in met if fact.citation.start < end]
    nearest = max((DEGREES.index(fact.state) for fact in met), default=-1)
    best = [fact for fact in met if DEGREES.index(fact.state) == nearest]
    return (side[0], best[0].object) if side and len(best) == 1 else ()


def _subjects(reading: Reading, line: Line, begin: int, end: int) -> list[Body | Person]:
    """Bodies and persons before a word that may be who acts: nothing governs them, nothing belongs to them."""
    found: list[Body | Person] = [*line.bodies, *line.people, *_by_short_name(reading, line)]
    named = sorted(found, key=lambda one: (one.start, -one.end))
    return [
        one
        for one in named
        if begin <= one.start
        and one.end <= end
        and not any(other is not one and other.start <= one.start and one.end <= other.end for other in named)
        and not _GOVERNED.search(line.text[begin : one.start])
        and not re.match(r"['’]s?\s", line.text[one.end :])
    ]


def _by_short_name(reading: Reading, line: Line) -> list[Person]:
    """Persons of the report whom a line calls without title, or by the last part of a name that only one has."""
    full = {person.name for one in reading.lines for person in one.people}
    last = Counter(re.split(r"[\s·]+", name)[-1] for name in full)
    called = {name: name for name in full}
    called |= {part: name for name in full if last[part := re.split(r"[\s·]+", name)[-1]] == 1 and len(part) > 1}
    return [
        Person(name=name, start=match.start(), end=match.end())
        for short, name in called.items()
        for match in re.finditer(rf"(?<![A-Za-zА-я-]){re.escape(short)}(?![A-Za-zА-я-])", line.text)
        if not any(one.start < match.end() and match.start() < one.end for one in line.people)
    ]


def _chosen(
    line: Line, named: Sequence[Body | Person], begin: int, end: int
) -> tuple[Body | Person | None, tuple[str, ...], bool]:
    """Who acts, who acts with him, and whether he stands right before the word: else the first of the clause."""
    if not named:
        return None, (), False
    last = named[-1]
    gap = line.text[last.end : end]
    if not (_ADVERBS.fullmatch(gap) or _APPOSED.fullmatch(gap)):
        opens = not re.search(
            r"\b(?:that|which|who|whom|whose|when|where|as)\b|котор\w+", line.text[begin : named[0].start]
        )
        return (named[0] if opens else None), (), False
    group = [last]
    for one in reversed(named[:-1]):
        if not _JOINED.fullmatch(line.text[one.end : group[0].start]):
            break
        group.insert(0, one)
    return group[0], tuple(one.name for one in group[1:]), True


def _by_pronoun(
    reading: Reading, at: int, named: Sequence[Body | Person], pronoun: str, addressed: tuple[str, ...]
) -> _Who:
    """Who "he" is: the only person before it in its sentence, else the only one of the line before."""
    if pronoun in ("they", "они", "他们"):
        return _Who(others=addressed)
    is_thing = pronoun == "it"
    own = list(dict.fromkeys(one.name for one in named if isinstance(one, Body) is is_thing))
    if len(own) == 1:
        return _Who(subject=own[0], others=addressed, speaker="" if is_thing else own[0])
    if own or is_thing or not at:
        return _Who(others=addressed)
    before = reading.lines[at - 1]
    people = list(dict.fromkeys(person.name for person in before.people))
    if len(people) != 1 or "\n\n" in reading.report.text[before.end : reading.lines[at].start]:
        return _Who(others=addressed)
    return _Who(subject=people[0], others=addressed, speaker=people[0], is_before=True)


def _addressed(line: Line, found: _Found, begin: int) -> tuple[str, ...]:
    """Names to whom or with whom something is promised, before the word or in what is promised."""
    near = max((cut.end() for cut in _RELATIVE.finditer(line.text, begin, found.start)), default=begin)
    spans = ((near, found.start), (found.first, found.last))
    named: list[Body | Person] = [*line.bodies, *line.people]
    told = []
    for one in sorted(named, key=lambda one: one.start):
        is_inside = any(first <= one.start and one.end <= last for first, last in spans)
        is_next = one.start >= found.end and re.fullmatch(r"\s*(?:the )?", line.text[found.end : one.start])
        if is_inside and (is_next or _ADDRESSED.search(line.text[: one.start])):
            told.append(one.name)
    return tuple(dict.fromkeys(told))


def _speaker(line: Line, named: Sequence[Body | Person], chosen: Body | Person, end: int) -> str:
    if isinstance(chosen, Person):
        return chosen.name
    people = [one for one in named if isinstance(one, Person)]
    said = [one for one in people if says("promises", "say", text=line.text[one.end : end])]
    return said[0].name if len(said) == 1 else ""


def _due(reading: Reading, line: Line, found: _Found) -> tuple[str, str]:
    """When a promise is due as written, and its first day where that has a year; both empty for none."""
    first = found.first if found.section == "passive" else found.start
    clause = line.text[first : found.last]
    happened = reading.report.dates[0].start if reading.report.dates else ""
    forms = (form for forms in patterns("promises", "due").values() for form in forms)
    written = max((match.group("when") for form in forms for match in form.finditer(clause)), key=len, default="")
    for date in event_dates(clause, reading.report.language):
        before = clause[: clause.find(date.text)]
        is_past = bool(date.year and happened[:4].isdigit() and date.start[:4] < happened[:4])
        if not is_past and not _OF_OLD.search(before):
            return (written if date.text in written else date.text), (date.start if date.year else "")
    if _OF_OLD.search(clause[: clause.find(written)]) or (
        re.search(r"20\d\d", written) and happened[:4] > written[-4:]
    ):
        return "", ""
    return written, next(iter(re.findall(r"20\d\d", written)), "")


def _condition(text: str, found: _Found) -> str:
    clause = text[min(found.first, found.start) : found.last]
    matches = (form.search(clause) for forms in patterns("ledger", "conditions").values() for form in forms)
    return next((match.group().strip() for match in matches if match), "")


def _shortened(text: str) -> str:
    """What is promised without marks around it, cut at a word before `LONGEST` code points."""
    plain = text.strip().strip(',，、：:.。"“” ')
    if len(plain) <= LONGEST:
        return plain
    cut = plain[:LONGEST]
    return cut.rsplit(" ", 1)[0] if " " in cut else cut


def _distinct(names: Sequence[str]) -> list[str]:
    """Names, each organization once by whatever form."""
    kept: list[str] = []
    for name in names:
        if not any(same_body(name, other) for other in kept):
            kept.append(name)
    return kept
