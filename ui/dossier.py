"""A dossier as people read it: sections of statements with numbered quotes, as Markdown or as a Word file."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant import Citation, Dossier, is_dated, ledger_word, sides_of, told
from ingest import Agreement, Contact, Fact, theme_name
from ui.days import date_in, days_of
from ui.export import footnote, footnote_text, name_file, numbered, one_line, plain_markdown, saved
from ui.terminal import print_text, write_file
from ui.terms import terms_of
from ui.trust import trust
from ui.wording import Words, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One line of a dossier with the quotes that prove it; none where it says that nothing is on record.

    `trust` is how far it can be relied on, as `ui.trust.trust` of its facts, where they are alike in that.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    trust: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands below it; `kind` is one of `SECTIONS`, the same in every language."""

    kind: str
    heading: str
    statements: tuple[Statement, ...]

    def unsure(self, said: Words) -> str:
        """How many of its statements may be misread, in the wording `said`; empty for none."""
        n = sum(one.trust == said.say("unsure") for one in self.statements)
        return said.say("unsure_of", n=n) if n else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is written about a partner or a year: a title, a line below it, sections, in the wording `said`."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    said: Words


def dossier_note(dossier: Dossier, language: str = "en") -> Note:
    """The dossier as a note in the wording of a language (``en``, ``zh``, ``ru``)."""
    said = words(language)
    title, lead = said.say("dossier_title", name=dossier.name), said.count("searched", dossier.reports)
    return Note(title=title, lead=lead, sections=dossier_sections(dossier, said), said=said)


def dossier_markdown(dossier: Dossier, language: str = "en") -> str:
    """The dossier as Markdown with footnotes, in the wording of a language (``en``, ``zh``, ``ru``)."""
    return note_markdown(dossier_note(dossier, language))


def dossier_docx(dossier: Dossier, language: str = "en") -> bytes:
    """The dossier as a Word file, its quotes in true footnotes; wording as `dossier_markdown`."""
    return note_docx(dossier_note(dossier, language))


def print_note(note: Note, docx: Path | None) -> None:
    """Print a note as Markdown, or write it as a Word file.

    Raises:
        UsageError: The file cannot be written.
    """
    print_text(note_markdown(note)) if docx is None else write_file(docx, note_docx(note))


def note_markdown(note: Note) -> str:
    """A note as Markdown with footnotes."""
    numbers = numbered(one for part in note.sections for line in part.statements for one in line.citations)
    parts = [f"# {plain_markdown(note.title)}", plain_markdown(note.lead)]
    for section in note.sections:
        parts.append(f"## {section.heading}")
        parts.append("\n".join(f"- {_marked(statement, numbers)}" for statement in section.statements))
    parts += [footnote(n, citation, note.said) for citation, n in numbers.items()]
    return "\n\n".join(parts) + "\n"


def note_docx(note: Note) -> bytes:
    """The same as a Word file with true footnotes."""
    import docx

    from ui.footnotes import Footnotes

    word = docx.Document()
    name_file(word, note.title, note.said)
    notes = Footnotes(word)
    word.add_paragraph(note.lead)
    for section in note.sections:
        word.add_heading(section.heading, 1)
        for statement in section.statements:
            line = word.add_paragraph(one_line(_whole(statement)), style="List Bullet")
            notes.cite(line, [(citation, footnote_text(citation, note.said)) for citation in statement.citations])
    return saved(word)


def dossier_sections(dossier: Dossier, said: Words) -> tuple[Section, ...]:
    """The sections that have something to say, in a fixed order; what is not known comes last."""
    found = {kind: tuple(made(dossier, said)) for kind, made in SECTIONS.items()}
    return tuple(
        Section(kind=kind, heading=said.say(f"dossier_{kind}"), statements=statements)
        for kind, statements in found.items()
        if statements
    )


def _names(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for form, fact in dossier.names:
        yield statement(said, [said.say("dossier_also_named", name=form)], fact)
    if dossier.country:
        from babel import Locale

        code, fact = dossier.country
        name = Locale.parse(said.language).territories.get(code, code)
        yield statement(said, [said.say("dossier_country", name=name)], fact)


def _contacts(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for fact in dossier.contacts:
        named = _with(said, "named", names=", ".join(fact.people))
        parts = (when_of(fact, said), sides_of(fact), _degree(fact, said), fact.place, named, *terms_of(fact, said))
        yield statement(said, parts, fact, also=[term.citation for term in fact.terms])
    if dossier.mentions:
        count = len({fact.citation.report_id for fact in dossier.mentions})
        yield statement(said, [said.say("dossier_mentioned", reports=said.count("reports", count))], *dossier.mentions)


def _degree(fact: Contact, said: Words) -> str:
    """How near a contact was; the arrow between its sides tells a visit's direction."""
    is_visit = bool(fact.direction) and fact.degree in ("visited", "received")
    return said.say("dossier_visit") if is_visit else ledger_word("degrees", fact.degree, said.language)


def _people(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for name, facts in dossier.people.items():
        for fact in facts:
            yield statement(said, [name, fact.role, said.say("dossier_as_of", when=when_of(fact, said))], fact)


def _agreements(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for line in dossier.agreements:
        for fact in (*([line.current] if line.current else []), *line.told):
            state = ledger_word("states", fact.state, said.language)
            stands = said.say("dossier_current" if fact is line.current else "dossier_told", state=state)
            form, sides = ledger_word("forms", line.form, said.language), " – ".join(line.parties)
            wanted = _with(said, "wanted_by", name=fact.wanted_by)
            parts = (form, stands, when_of(fact, said), sides, wanted, *terms_of(fact, said))
            yield statement(said, parts, fact, also=[term.citation for term in fact.terms])


def _themes(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for key, facts in dossier.themes.items():
        yield statement(said, [theme_name(key, said.language)], *facts)


def _promises(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for fact in dossier.promises:
        to = _with(said, "to", names=", ".join(fact.to))
        due = _with(said, "due", when=date_in(fact.date, said) if fact.date else "")
        yield statement(said, [fact.by or said.say("dossier_nobody"), fact.what, to, due], fact)


def _with(said: Words, key: str, **values: str) -> str:
    """The words of a dossier around a value; nothing where that is empty."""
    return said.say(f"dossier_{key}", **values) if all(values.values()) else ""


def _conflicts(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for conflict in dossier.conflicts:
        both = "; ".join(
            ", ".join(
                (
                    *(told(fact, said.language)[1:] if isinstance(fact, Agreement) else told(fact, said.language)[:2]),
                    when_of(fact, said),
                )
            )
            for fact in conflict.facts
        )
        yield statement(said, [said.say(f"dossier_{conflict.kind}", told=both)], *conflict.facts)


def _gaps(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for gap in dossier.gaps:
        names = ", ".join(dict.fromkeys(fact.summary for fact in gap.facts))
        forms = [ledger_word("forms", one.form, said.language) for one in gap.facts if isinstance(one, Agreement)]
        yield statement(said, [said.say(f"dossier_{gap.kind}", names=names, form=next(iter(forms), ""))], *gap.facts)


SECTIONS: dict[str, Callable[[Dossier, Words], Iterator[Statement]]] = {
    "names": _names,
    "contacts": _contacts,
    "people": _people,
    "agreements": _agreements,
    "themes": _themes,
    "promises": _promises,
    "conflicts": _conflicts,
    "unknown": _gaps,
}
"""What makes the statements of each section, in the order of a dossier."""


def when_of(fact: Fact, said: Words) -> str:
    """The date of a fact: in English as its record writes it, with the year from elsewhere in brackets, else in the
    words of the language.
    """
    year = fact.start[:4] if is_dated(fact) else ""
    if not fact.start:
        return said.say("date_unknown")
    if fact.date and said.language == "en":
        when = fact.date.removesuffix(", year not stated")
        if year:
            return when if year in when else f"{when} ({year})"
        return said.say("dossier_year_unknown", when=when)
    return days_of(fact.date, fact.start, said)


def statement(said: Words, parts: Iterable[str], *facts: Fact, also: Iterable[Citation] = ()) -> Statement:
    """A line of its parts that are not empty, proved by facts, and what `also` cites."""
    marks = {trust(fact, said) for fact in facts}
    return Statement(
        text=" · ".join(part for part in parts if part),
        citations=tuple(dict.fromkeys([*(fact.citation for fact in facts), *also])),
        trust=marks.pop() if len(marks) == 1 else "",
    )


def _marked(statement: Statement, numbers: dict[Citation, int]) -> str:
    marks = "".join(f"[^{numbers[citation]}]" for citation in statement.citations)
    return f"{plain_markdown(_whole(statement))}{marks}"


def _whole(statement: Statement) -> str:
    """Its text with how far it can be relied on."""
    return " · ".join(filter(None, (statement.text, statement.trust)))
