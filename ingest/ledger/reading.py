"""A report read for facts: its sentences with the organizations and persons they name, each under one name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import Stemmer

from corpus.citation import Citation, locate
from corpus.lexicon import read_lexicon
from corpus.names import fold, is_body, known_forms, known_keys
from corpus.people import person_places
from corpus.report import Report
from ingest.ledger.heads import Mention, head_of
from ingest.ledger.mentions import acronyms_of, organizations_in
from ingest.split import sentences_of

_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff]+")
_SMALL = frozenset("the of for and in on at republic s".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organization in a line.

    Attributes:
        name: The longest form of its name in the report; the same for every mention of it.
        start: Where it is mentioned, in code points of the line's text; `end` likewise.
        is_us: Whether it is one of our own (`corpus/lexicon/us.toml`).
        is_generic: Whether the line only says "the University" or the like.
    """

    name: str
    start: int
    end: int
    is_us: bool = False
    is_generic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person named in a line, offsets as in `Body`."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of the report, at `start` of its text, with whom and what it names, in order."""

    text: str
    start: int
    end: int
    bodies: tuple[Body, ...] = ()
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """A report as lines.

    Attributes:
        title: Its title as a line that stands nowhere: `start` and `end` are 0, it can prove nothing by itself.
        lines: Its sentences in reading order.
        forms: Every form of each organization's name in the report, by its longest form.
    """

    report: Report
    title: Line
    lines: tuple[Line, ...]
    forms: dict[str, tuple[str, ...]]

    @property
    def us(self) -> tuple[str, ...]:
        """Names of our own organizations that the report speaks of, in order of appearance."""
        own = (body.name for line in (self.title, *self.lines) for body in line.bodies if body.is_us)
        return tuple(dict.fromkeys(own))

    def cite(self, first: Line, last: Line | None = None) -> Citation:
        """The citation of a line, or of the stretch from one line to a later one."""
        quote = self.report.text[first.start : (last or first).end]
        found = locate(self.report, quote, near=first.start)
        assert found is not None, "a line is cut from the report's own text"
        return found


def read(report: Report) -> Reading:
    """Read a report for facts; a report without sentences gives no lines."""
    sentences = sentences_of(report)
    whole = ".\n".join([report.title, *(sentence.text for sentence in sentences)])
    acronyms = acronyms_of(whole)
    texts = [report.title, *(sentence.text for sentence in sentences)]
    found = [organizations_in(text, acronyms) for text in texts]
    names = _named(found)
    lines = []
    last: dict[str, str] = {}
    for text, mentions in zip(texts, found, strict=True):
        bodies = []
        for mention in mentions:
            name = (
                (last.get(mention.name) or last.get(_sort(mention.name), ""))
                if mention.is_generic
                else names[mention.name]
            )
            if not name:
                continue
            bodies.append(
                Body(
                    name=name, start=mention.start, end=mention.end,
                    is_us=is_us(name), is_generic=mention.is_generic,
                )
            )  # fmt: skip
            last |= dict.fromkeys((_sort(name), *_called(name)), name)
        people = tuple(Person(name=name, start=start, end=end) for start, end, name in _longest(text))
        lines.append((text, tuple(bodies), people))
    made = [
        Line(text=text, start=start, end=end, bodies=bodies, people=people)
        for (text, bodies, people), (start, end) in zip(
            lines, [(0, 0), *((one.start, one.end) for one in sentences)], strict=True
        )
    ]
    return Reading(report=report, title=made[0], lines=tuple(made[1:]), forms=_forms(found, names))


@lru_cache(maxsize=65536)
def stretch_at(text: str, at: int, ends: re.Pattern[str]) -> tuple[int, int]:
    """Start and end of the stretch of a text around an offset, between the nearest matches of `ends`."""
    bounds = [0, *(match.end() for match in ends.finditer(text)), len(text)]
    return max(bound for bound in bounds if bound <= at), min(bound for bound in bounds if bound > at)


def is_us(name: str) -> bool:
    """Whether a name is one of our own organization's (`corpus/lexicon/us.toml`)."""
    return any(key in own_keys() and covers(name, key) for key in known_keys(name))


def own_keys() -> frozenset[str]:
    """Keys of our own organizations (`corpus/lexicon/us.toml`)."""
    return frozenset(read_lexicon("us")["us"]["organizations"])


def country_of(name: str) -> str:
    """ISO 3166 code of the country that a name holds ("Kazakhstan's Ministry of Education"); empty for none."""
    return next((key for key in sorted(known_keys(name, nested=True)) if len(key) == 2), "")


@lru_cache(maxsize=65536)
def covers(name: str, key: str) -> bool:
    """Whether a name is a form of a known thing, and not only has one within it."""
    plain = plain_name(name)
    if re.search(r"[\u0400-\u04ff]", name):  # any ending: as many words, of which `known_keys` knows the stems
        return any(len(form.split()) == len(name.split()) for form in known_forms(key))
    return any(plain_name(form) == plain for form in known_forms(key))


def same_body(one: str, other: str) -> bool:
    """Whether two names are forms of one organization's: a known one, or the same words without country and "the"."""
    if plain_name(one) == plain_name(other):
        return True
    return any(is_body(key) and covers(one, key) and covers(other, key) for key in known_keys(one) & known_keys(other))


def _named(found: Sequence[Sequence[Mention]]) -> dict[str, str]:
    """The longest form of each name, by every form; names that stand in one sentence are never taken for one."""
    mentions = [one for mentions in found for one in mentions if not one.is_generic]
    apart = [{one.name for one in mentions if not one.is_generic} for mentions in found]
    groups: list[list[str]] = []
    short = {one.acronym: one.name for one in mentions if one.acronym}
    for name in dict.fromkeys(one.name for one in mentions):
        full = short.get(name, name)
        for group in groups:
            if any(_is_form(one, other) for one in {name, full} for other in group) and not any(
                {name, other} <= together for together in apart for other in group if not same_body(name, other)
            ):
                group.append(name)
                break
        else:
            groups.append([name] if full == name or (full in short.values() and name == full) else [name, full])
    joined = _joined(groups)
    return {
        name: max(group, key=lambda one: fullness(one) if " " in one or not one.isupper() else (0, 0))
        for group in joined
        for name in group
    }


def _joined(groups: list[list[str]]) -> list[list[str]]:
    """Groups that share a name made one."""
    joined: list[list[str]] = []
    for group in groups:
        same = [one for one in joined if set(one) & set(group)]
        for one in same:
            joined.remove(one)
        joined.append(list(dict.fromkeys([*(name for one in same for name in one), *group])))
    return joined


def _is_form(one: str, other: str) -> bool:
    """Whether one name may be a shorter form of another in the same report."""
    if same_body(one, other):
        return True
    if one.isupper() or other.isupper():
        return one in other.split("-") or other in one.split("-")
    few, many = sorted((plain_name(one).split(), plain_name(other).split()), key=len)
    if len(few) < 2 or head_of(one) != head_of(other):
        return False
    is_part = any(many[at : at + len(few)] == few for at in range(len(many) - len(few) + 1))
    return is_part or (few[0] == many[0] and few[-1] == many[-1] and set(few) < set(many) and len(many) - len(few) == 1)


@lru_cache(maxsize=65536)
def plain_name(name: str) -> str:
    """A name folded, without country, article and small words, so that forms of one name are equal."""
    words = [stemmed(word) for word in fold(name.replace("Center", "Centre")).split() if word not in _SMALL]
    kept = [word for word in words if not any(len(key) == 2 for key in known_keys(word))]
    return " ".join(kept or words)


def stemmed(text: str) -> str:
    """A text with every Cyrillic word in small letters and without its ending; all else as it is."""
    return _CYRILLIC_WORD.sub(lambda found: _russian().stemWord(found.group().casefold()), text)


@cache
def _russian() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("russian")


def fullness(form: str) -> tuple[int, int]:
    """How full a form of a name is; of one name in several cases the plainest, which is the shortest, counts most."""
    return len(stemmed(form)), -len(form)


def _sort(name: str) -> str:
    return stemmed(head_of(name) or name.casefold())


def _called(name: str) -> tuple[str, ...]:
    """What a Chinese body may be called for short."""
    short = read_lexicon("organizations")["called"]
    return tuple(one for one, ends in short.items() if name.endswith(tuple(ends)))


def _forms(found: Sequence[Sequence[Mention]], names: dict[str, str]) -> dict[str, tuple[str, ...]]:
    forms: dict[str, dict[str, None]] = {}
    for mention in (one for mentions in found for one in mentions if not one.is_generic):
        own = forms.setdefault(names[mention.name], {})
        own.update(dict.fromkeys([mention.name, *([mention.acronym] if mention.acronym else [])]))
    return {name: tuple(own) for name, own in forms.items()}


def _longest(text: str) -> list[tuple[int, int, str]]:
    """Places of persons, those inside a longer one left out."""
    places = person_places(text, closely=True)
    return [
        (start, end, name)
        for start, end, name in places
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b, _ in places)
    ]
