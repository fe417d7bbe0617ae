"""Themes: what a visit was about, with whom, by the word list."""

import re
from collections.abc import Iterator

from corpus.lexicon import patterns, read_lexicon
from ingest.ledger.fact import DEGREES, Theme
from ingest.ledger.found import contact_facts
from ingest.ledger.reading import Line, Mention, Reading
from ingest.ledger.when import when_of

TALKED = DEGREES.index("online")
"""From this degree on an organization was spoken with, so that what follows its line may be of it."""

_CLAUSE = re.compile(r"[;:.,。；：，！？]|\bbut\b|\bно\b|但")


def theme_facts(reading: Reading) -> Iterator[Theme]:
    """One fact for each theme spoken of with a partner, at the first line that does; none for a report without any.

    The partner is the organization met that stands nearest before the word, else after it in its line, else the only
    one talked with in the nearest line before, else the only one of the report where its title has it; empty where
    none was met or several may be meant. Words inside a name of an organization or person, words that tell somebody's
    office, and words that a clause denies ("did not discuss mobility") are no theme.
    """
    met = {fact.partner: DEGREES.index(fact.degree) for fact in contact_facts(reading) if fact.degree != "mentioned"}
    told: set[tuple[str, str]] = set()
    for at, line in enumerate(reading.lines):
        for key, start, _ in themes_in(line):
            partner = _partner(reading, met, at, start)
            if (partner, key) in told or _is_denied(line.text, start):
                continue
            told.add((partner, key))
            when = when_of(reading, line)
            yield Theme(
                partner=partner, key=key, date=when.text, start=when.start,
                citation=reading.cite(line), extractor="themes: word list",
            )  # fmt: skip


def themes_in(line: Line) -> tuple[tuple[str, int, int], ...]:
    """(key, start, end) of each theme a line names, in order, names of organizations and persons left out."""
    names: list[Mention] = [*line.bodies, *line.people]
    found = [
        (match.start(), match.end(), key)
        for key in read_lexicon("themes")["words"]
        for forms in patterns("themes", "words", key).values()
        for form in forms
        for match in form.finditer(line.text)
        if not any(name.start < match.end() and match.start() < name.end for name in names)
        and not _is_office(line.text, match)
    ]
    return tuple((key, start, end) for start, end, key in sorted(found))


def theme_name(key: str, language: str = "en") -> str:
    """The name of a theme to show in a language, else in English; the key itself for one that has no entry."""
    names = read_lexicon("themes")["names"].get(key, {})
    return str(names.get(language) or names.get("en", key))


def _partner(reading: Reading, met: dict[str, int], at: int, start: int) -> str:
    """With whom a word at `start` of a line was said; `met` gives the degree at which each organization was met."""
    line = reading.lines[at]
    own = [body for body in line.bodies if body.name in met]
    before = [body.name for body in own if body.start < start]
    if own:
        return before[-1] if before else own[0].name
    talked = {name for name, degree in met.items() if degree >= TALKED}
    for other in reversed(reading.lines[:at]):
        names = {body.name for body in other.bodies} & talked
        if len(names) == 1:
            return names.pop()
    titled = {body.name for body in reading.title.bodies}
    return talked.pop() if len(talked) == 1 and talked <= titled else ""


def _is_office(text: str, match: re.Match[str]) -> bool:
    """Whether a theme's words only say what somebody directs or is an expert of."""
    sides = patterns("themes", "office")
    before, after = text[: match.start()], text[match.end() :]
    return any(one.search(before) for one in sides["before"]) or any(one.search(after) for one in sides["after"])


def _is_denied(text: str, start: int) -> bool:
    """Whether a word of denial stands before a place in its clause."""
    begin = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    denials = (form for forms in patterns("modality", "negation").values() for form in forms)
    return any(form.search(text[begin:start]) for form in denials)
