"""Who does what to whom: the persons and bodies a text tells of, and whether a sentence tells the same of them."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from assistant.prove.align import EXACT, NEARLY, Alignment
from assistant.prove.proof import Reason
from corpus.concepts import offices_in
from corpus.lexicon import patterns, read_lexicon, says
from corpus.names import fold, function_words, known_forms, names_of
from corpus.people import people_in, person_places
from corpus.same_person import same_person
from corpus.sounds import same_sound, sound

SURELY = 0.75
"""Strength from which a word is surely the partner of another, for telling whose it is."""
LEAST_TOLD = 2
"""Words that must all stand with others before a person is held to be the wrong one; one suffices if it is the same."""
LONGEST_ROW = 60
"""Code points between two names that may still stand in a row: a title, "and"."""

_NEXT_CLAUSE = re.compile(r"[,;，；]\s*(?:а|но|и|and|while|whereas|but)\b|[;；]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r"[.!?。！？;；](?:\s|$)|[。！？；]")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|был[аои]?|были)\s+(?:\w+ly\s+)?$|被$", re.I)
_PASSIVE_EN = re.compile(r"\b(?:was|were|been|being|is|are)\s+(?:\w+ly\s+)?$", re.I)
_LETTER = r"[^\W\u3400-\u9fff]"
_RUN = re.compile(
    rf"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁӘҒҚҢӨҰҮҺІ](?:{_LETTER}|['’-])*"
    rf"(?:\s+(?:of|for|the|and)(?=\s+(?:the\s+)?[A-ZА-ЯЁ])|\s+[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁ](?:{_LETTER}|['’-])*)*"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text at `start:end`; `key` is what two forms of one name share."""

    text: str
    start: int
    end: int
    key: str
    is_person: bool


def other_doer(claim: str, source: str) -> Reason | None:
    """Somebody told to have done what the source says another did, or to whom the source says it was done."""
    for predicate in read_lexicon("predicates"):
        theirs = _acts(source, predicate)
        if not theirs or any(not actors for actors, _ in theirs):
            continue
        for actors, objects in _acts(claim, predicate):
            actors = actors[:1]
            if not actors or any(_share(actors, others) for others, _ in theirs):
                continue
            is_swapped = not _CYRILLIC.search(claim) and any(
                _share(actors, others[:1]) and _share(objects[:1], does) for does, others in theirs
            )
            persons = [name for does, _ in theirs for name in does if name.is_person]
            is_person = actors[0].is_person and bool(persons) and not _share(actors, persons)
            if is_swapped or (is_person and any(_share(actors, [name]) for name in mentions(source))):
                return Reason(key="actor_wrong", values={"who": actors[0].text})
    return None


def told_of_others(aligned: Alignment, surely: float = SURELY) -> Reason | None:
    """A person of whom a sentence tells what the source tells of others: most of its words stand there with them."""
    mine, theirs = _owners(aligned.claim.text), _owners(aligned.source.text)
    if not mine or not theirs:
        return None
    named = {name.text for _, _, group in theirs for name in group}
    for_whom: dict[str, list[tuple[bool, bool]]] = {}
    for row, word in enumerate(aligned.claim.words):
        if not word.is_content or aligned.best[row] < surely or word.text[0].isupper() or word.text.isdigit():
            continue
        group = _owner_at(mine, word.start)
        if (
            not group
            or offices_in(word.text)
            or _is_modifier(word.text)
            or _PASSIVE.search(aligned.claim.text[: word.start])
        ):
            continue
        partners = [
            at for at in range(len(aligned.source.words)) if aligned.strengths[row, at] >= aligned.best[row] - NEARLY
        ]
        others = [_owner_at(theirs, aligned.source.words[at].start) for at in partners]
        if not all(others):
            continue
        fits = any(same_person(name.text, other.text) for name in group for found in others for other in found)
        for_whom.setdefault(group[0].text, []).append((fits, float(aligned.best[row]) >= EXACT))
    for person, told in for_whom.items():
        is_there = any(same_person(person, other) for other in named)
        enough = len(told) >= LEAST_TOLD or any(is_exact for _, is_exact in told)
        if is_there and enough and not any(fits for fits, _ in told):
            return Reason(key="actor_wrong", values={"who": person})
    return None


def _acts(text: str, predicate: str) -> list[tuple[list[Name], list[Name]]]:
    """(actors, objects) of each place where a text uses a predicate, by voice and order, the nearest first."""
    found = []
    names = mentions(text)
    for forms in patterns("predicates", predicate).values():
        for match in (one for form in forms for one in form.finditer(text)):
            begin, end = _sentence_around(text, match.start())
            before = [
                name
                for name in names
                if begin <= name.start and name.end <= match.start() and text[name.start - 1 : name.start] != "在"
            ]
            after = [name for name in names if match.end() <= name.start and name.end <= end]
            ahead, behind = text[begin : match.start()], text[match.end() : end]
            by = re.search(r"\bby\b", behind)
            agent = re.search("[被由]", ahead)
            if _PASSIVE_EN.search(ahead) or re.match(r"\s+by\b", behind):
                edge = match.end() + by.end() if by else end
                found.append(([name for name in after if name.start >= edge][:1], before[::-1]))
            elif agent and _HAN.search(match.group()):
                edge = begin + agent.start()
                patients = [name for name in before if name.end <= edge]
                found.append(([name for name in before if name.start > edge][:1], patients[::-1]))
            elif not re.match(r"\s+(?:was|were)\b", behind):  # not "those who spoke were A and B"
                found.append((before[::-1], after))
    return found


def _share(one: list[Name], other: list[Name]) -> bool:
    """Whether any two names are forms of one: the same known thing, or a word in common by its sound."""
    return any(_same_name(a, b) for a in one for b in other)


def _same_name(one: Name, other: Name) -> bool:
    if one.key == other.key or one.key in other.key or other.key in one.key:
        return True
    words = [[sound(part) for part in re.split(r"[\s.·'’-]+", name.text) if len(part) > 2] for name in (one, other)]
    return any(same_sound(a, b) for a in words[0] for b in words[1])


def _sentence_around(text: str, at: int) -> tuple[int, int]:
    begin = max((match.end() for match in _SENTENCE.finditer(text[:at])), default=0)
    after = _SENTENCE.search(text, at)
    return begin, after.start() if after else len(text)


@lru_cache(maxsize=4096)
def _owners(text: str) -> tuple[tuple[int, int, tuple[Name, ...]], ...]:
    """Stretches of a text with the persons they tell of: those named before, or after "by"; in order."""
    people = [name for name in mentions(text) if name.is_person] + _plain_persons(text)
    people = sorted({name.start: name for name in people}.values(), key=lambda name: name.start)
    bounds = [
        0,
        *(match.end() for match in _SENTENCE.finditer(text)),
        *(m.end() for m in re.finditer("\n", text)),
        len(text),
    ]
    bounds = sorted(set(bounds))
    found: list[tuple[int, int, tuple[Name, ...]]] = []
    last: tuple[Name, ...] = ()
    for begin, end in pairwise(bounds):
        inside = [name for name in people if begin <= name.start < end]
        if not inside:
            if len(last) == 1 and re.match(r"\s*(?:He|She|They|His|Her|他|她|Он|Она)\b|\s*[他她]", text[begin:end]):
                found.append((begin, end, last))
            continue
        groups: list[list[Name]] = [[inside[0]]]
        for name in inside[1:]:
            between = text[groups[-1][-1].end : name.start]
            if len(between) < LONGEST_ROW and not _tells(between):
                groups[-1].append(name)
            else:
                groups.append([name])
        at = begin
        for number, group in enumerate(groups):
            until = groups[number + 1][0].start if number + 1 < len(groups) else end
            if breaks := _NEXT_CLAUSE.search(text, group[-1].end, until):
                until = breaks.start()
            is_by = re.search(r"\bby\s+(?:[\w'’,]+\s+){0,6}$", text[at : group[0].start])
            edge = _last_break(text[at : is_by.start()]) if is_by else 0
            start = at + edge if is_by or (number == 0 and _is_post(text[begin : group[0].start])) else group[-1].end
            if is_by and found and found[-1][1] > start:
                found[-1] = (found[-1][0], start, found[-1][2])
            found.append((start, until, tuple(group)))
            at = group[-1].end
        last = tuple(inside)
    return tuple(found)


def _is_post(before: str) -> bool:
    """Whether what a sentence says stands before the persons it says it of: "Speeches came from", 主持开班仪式的是."""
    return bool(re.search(r"\b(?:from|were|was|are|is)\s+(?:[\w'’]+\s+){0,3}$|[的]是", before))


def _last_break(text: str) -> int:
    """Where the last clause of a text begins."""
    return max((match.end() for match in re.finditer(r"[,;，；]|\band\b", text)), default=0)


@cache
def _is_modifier(word: str) -> bool:
    """Whether a word only tells one office from another: "former", "deputy"."""
    return any(word.casefold() in forms for forms in read_lexicon("roles")["modifiers"].values())


def _tells(between: str) -> bool:
    """Whether something is told between two names, and not only a title or "and"."""
    return any(says("predicates", one, text=between) for one in read_lexicon("predicates")) or bool(
        re.search(r"\b(?:was|were|is|has|had|that|which|with)\b|，", between)
    )


def _plain_persons(text: str) -> list[Name]:
    return [Name(person, start, end, sound(person), True) for start, end, person in person_places(text)]


def _owner_at(owners: tuple[tuple[int, int, tuple[Name, ...]], ...], at: int) -> tuple[Name, ...]:
    return next((group for begin, end, group in owners if begin <= at < end), ())


@lru_cache(maxsize=4096)
def mentions(text: str) -> tuple[Name, ...]:
    """The names of a text in reading order, each with a key that its other forms share."""
    found: list[Name] = []
    for match in _RUN.finditer(text):
        if match.start() == 0 and fold(match.group()).strip() in function_words():
            continue
        known = sorted(names_of(match.group()).known)
        found.append(
            Name(
                match.group(),
                match.start(),
                match.end(),
                known[0] if known else sound(match.group()),
                bool(people_in(match.group())),
            )
        )
    if _HAN.search(text):
        found += [name for name in _plain_persons(text) if _HAN.search(name.text)]
        for key in names_of(text).known:
            for form in known_forms(key):
                if _HAN.search(form) and form in text:
                    found.append(Name(form, text.index(form), text.index(form) + len(form), key, False))
                    break
    return tuple(sorted(found, key=lambda name: name.start))
