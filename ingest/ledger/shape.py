"""A line as a row of bodies, persons and words of title, so that a pattern can name them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.lexicon import read_lexicon
from corpus.people import person_places
from ingest.ledger.mentions import organizations_in
from ingest.ledger.reading import Body, Line, Person, Reading

ONE_BODY, ONE_PERSON = "\ue000\ue001*", "\ue002\ue003*"
BODY = rf"{ONE_BODY}(?:\s*[(（]\s*{ONE_BODY}\s*[)）])?"
"""A body in the shape of a line, with its acronym in brackets."""
PERSON = rf"{ONE_PERSON}(?:\s*[(（]{ONE_PERSON}[)）])?"
UPPER = r"[A-ZÀ-ÖØ-ÞĀ-Ž]"
HAN = r"[\u3400-\u9fff]"
NO_MORE = r"(?![\w’'])(?!-\w)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What a line tells of a person beside the name.

    Attributes:
        role: As written, without the body; empty where only the body is told.
        body: Name of the body told in the same words; empty for none.
        possessor: "its", "their" or "whose" before the title, in lower case: the body was named before; or empty.
        start: Where the words begin, in code points of the line's text; `end` likewise.
        rule: How it was found: ``title before``, ``title after``, ``body after``.
    """

    role: str = ""
    body: str = ""
    possessor: str = ""
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A line in which each body and person is one run of signs that stand for it, so that a pattern can name them.

    Offsets in `text`, of the same length as the line's own, are those of the line.
    """

    line: Line
    text: str
    bodies: tuple[Body, ...]
    people: tuple[Person, ...]

    def body_names(self, start: int, end: int) -> list[str]:
        """Names of the bodies in a stretch, in order, each once."""
        return list(dict.fromkeys(body.name for body in self.bodies if start <= body.start and body.end <= end))


def shape_of(reading: Reading, line: Line) -> Shape:
    """The shape of a line, with the bodies beside a title that its reading left out ("TEC Director")."""
    people = _people(line)
    bodies = [
        body for body in line.bodies if not any(body.start < name.end and name.start < body.end for name in people)
    ]
    for body in sorted(_left_out(reading, line), key=lambda one: one.start - one.end):
        taken = [(one.start, one.end) for one in bodies] + [(one.start, one.end) for one in people]
        if not any(body.start < end and start < body.end for start, end in taken):
            bodies.append(body)
    bodies = [body for body in bodies if not (_opens_unit(line.text, body) or opens_with_title(body.name))]
    signs = list(line.text)
    marked: list[tuple[Body | Person, str, str]] = [
        *((body, "\ue000", "\ue001") for body in bodies),
        *((person, "\ue002", "\ue003") for person in people),
    ]
    for one, first, more in marked:
        signs[one.start : one.end] = [first, *(more * (one.end - one.start - 1))]
    ordered = tuple(sorted(bodies, key=lambda one: one.start))
    return Shape(line=line, text="".join(signs), bodies=ordered, people=people)


def _opens_unit(text: str, body: Body) -> bool:
    """Whether a lone word that stands for a body only begins the name of a part: "the University Council of …"."""
    further = re.match(r"\s+([A-Z]\w+)", text[body.end :])
    is_lone = re.fullmatch(r"[A-Z][a-z]+", text[body.start : body.end]) is not None
    return (
        is_lone and further is not None and further.group(1).casefold() in read_lexicon("organizations")["heads"]["en"]
    )


def opens_with_title(name: str) -> bool:
    """Whether what was read as a body is an office of one: "Ректор университета"."""
    return re.match(rf"{russian_title()}\s", name) is not None


def _people(line: Line) -> tuple[Person, ...]:
    """The persons of a line read closely, those inside a longer one left out, without the ending of "Wang Li's"."""
    places = person_places(line.text, closely=True)
    found = []
    for start, end, name in places:
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b, _ in places):
            bare = re.sub("['’]s?$", "", name)
            found.append(Person(name=bare, start=start, end=start + len(bare)))
    return tuple(found)


def is_list_gap(text: str) -> bool:
    """Whether words of a shape between two persons only go on with a list of them: titles, bodies, commas, "and"."""
    bare = re.sub(
        rf"{russian_title()}|{english_title()[: -len(NO_MORE)]}s?\b|{chinese_title()}|{BODY}|{PERSON}", " ", text
    )
    return (
        re.fullmatch(r"(?:\s|[,、，和与及&()]|(?i:and|и|of|from|the|its|for|dr|mr|mrs|ms|из)\b\.?)*", bare) is not None
    )


def _left_out(reading: Reading, line: Line) -> Iterator[Body]:
    """Bodies that the report names elsewhere, and those that stand right before or after a title."""
    forms = {form: name for name, forms in reading.forms.items() for form in (*forms, name)}
    for form, name in forms.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(form)}(?![\w-])", line.text) if form[:1].isascii() else ():
            yield Body(name=name, start=match.start(), end=match.end())
    people = _people(line)
    for match in re.finditer(rf"{english_title()}|{chinese_title()}|{russian_title()}", line.text):
        floor = max((one.end for one in people if one.end <= match.start()), default=0)
        ceiling = min((one.start for one in people if one.start >= match.end()), default=len(line.text))
        cuts = [floor + cut.end() for cut in _open_zh().finditer(line.text[floor : match.start()])]
        yield from _bodies_of(line, forms, max([floor, *cuts]), match.start(), is_before=True)
        yield from _bodies_of(line, forms, match.end(), ceiling, is_before=True)
        yield from _ahead(line, forms, match.end())
    for body in line.bodies:
        yield from _ahead(line, forms, body.end)


def _bodies_of(line: Line, forms: dict[str, str], start: int, end: int, *, is_before: bool) -> Iterator[Body]:
    """The body that ends where a stretch of a line does, or begins where it does."""
    stretch = line.text[start:end].rstrip()
    for one in organizations_in(stretch):
        if not one.is_generic and (one.end == len(stretch) if is_before else one.start == 0):
            yield Body(name=forms.get(one.name, one.name), start=start + one.start, end=start + one.end)


def _ahead(line: Line, forms: dict[str, str], at: int) -> Iterator[Body]:
    """The body after "of the" or the like."""
    if ahead := re.compile(r"\s+(?:of|at|in)\s+(?:the\s+)?(?=[A-Z])").match(line.text, at):
        yield from _bodies_of(line, forms, ahead.end(), len(line.text), is_before=False)


@cache
def _open_zh() -> re.Pattern[str]:
    """What stands before the name of a Chinese body: the joint of a list, or a word that ends what went before."""
    listed = [word for word in read_lexicon("people")["chinese"]["boundaries"] if len(word) > 1]
    return re.compile("|".join([r"^\s*[、，与和及]", *listed]))


@cache
def words_of(section: str, language: str) -> str:
    """The words of a list as alternatives of a pattern, longest first; those of a pattern's own signs stay."""
    listed = list(read_lexicon("people")[section].get(language, ()))
    if section == "titles":
        roles = [form for forms in read_lexicon("roles")["roles"].values() for form in forms]
        if language == "en":
            duties = read_lexicon("people")["duties"]["en"]
            listed += [form for form in roles if form.isascii() and form not in duties]
        elif language == "zh":
            listed += [form for form in roles if re.search(HAN, form)]
            listed += read_lexicon("common")["chinese_names"]["titles"]
        else:
            listed += [_any_ending(form) for form in roles if re.search("[\u0400-\u04ff]", form)]
    if language == "en":
        listed = [re.escape(word) for word in listed]
    return "|".join(sorted(set(listed), key=len, reverse=True))


def _any_ending(form: str) -> str:
    return f"{form[:-1]}(?:а|ы|е|у|ой)\\b" if form.endswith("а") else form.rstrip("ьйы")


@cache
def english_title() -> str:
    """The pattern of an English title with its qualifiers: "former Vice Rector"."""
    return rf"(?<![\w’'-])(?:(?i:{words_of('qualifiers', 'en')})[\s-]+)*(?i:{words_of('titles', 'en')}){NO_MORE}"


@cache
def russian_title() -> str:
    """The pattern of a Russian title with its qualifiers, in any case: "исполняющего обязанности директора"."""
    qualifier = rf"(?i:{words_of('qualifiers', 'ru')})\w{{0,4}}"
    return rf"(?<![\w-])(?:{qualifier}[\s-]+)*(?:(?i:{words_of('titles', 'ru')})|(?i:заместител))\w{{0,4}}(?!\w)"


@cache
def chinese_title() -> str:
    """The pattern of a Chinese title with its qualifiers: 常务副校长."""
    return rf"(?:{words_of('qualifiers', 'zh')})*(?:{words_of('titles', 'zh')})"
