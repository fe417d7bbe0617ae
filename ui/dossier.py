"""A dossier as people read it: sections of statements with numbered quotes, as Markdown or as a Word file."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant import Citation, Dossier, is_dated, ledger_word
from corpus import event_dates
from ingest import Fact, theme_name
from ui.export import days_in, footnote, footnote_text, name_file, one_line, plain_markdown, saved
from ui.wording import Words, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One line of a dossier with the quotes that prove it; none where it says that nothing is on record."""

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands below it; `kind` is one of `SECTIONS`, the same in every language."""

    kind: str
    heading: str
    statements: tuple[Statement, ...]


def dossier_markdown(dossier: Dossier, language: str = "en") -> str:
    """The dossier as Markdown with footnotes, in the wording of a language (``en``, ``zh``, ``ru``)."""
    said = words(language)
    title, lead = said.say("dossier_title", name=dossier.name), said.count("searched", dossier.reports)
    return sections_markdown(title, lead, dossier_sections(dossier, said), said)


def sections_markdown(title: str, lead: str, sections: Sequence[Section], said: Words) -> str:
    """A title, a line below it, and sections as Markdown with footnotes."""
    numbers = _numbers(sections)
    parts = [f"# {plain_markdown(title)}", plain_markdown(lead)]
    for section in sections:
        parts.append(f"## {section.heading}")
        parts.append("\n".join(f"- {_marked(statement, numbers)}" for statement in section.statements))
    parts += [footnote(n, citation, said) for citation, n in numbers.items()]
    return "\n\n".join(parts) + "\n"


def dossier_docx(dossier: Dossier, language: str = "en") -> bytes:
    """The dossier as a Word file, its quotes in true footnotes; wording as `dossier_markdown`."""
    said = words(language)
    title, lead = said.say("dossier_title", name=dossier.name), said.count("searched", dossier.reports)
    return sections_docx(title, lead, dossier_sections(dossier, said), said)


def sections_docx(title: str, lead: str, sections: Sequence[Section], said: Words) -> bytes:
    """The same as a Word file with true footnotes."""
    import docx

    from ui.footnotes import Footnotes

    word = docx.Document()
    name_file(word, title, said)
    notes = Footnotes(word)
    word.add_paragraph(lead)
    for section in sections:
        word.add_heading(section.heading, 1)
        for statement in section.statements:
            line = word.add_paragraph(one_line(statement.text), style="List Bullet")
            notes.cite(line, [(citation, footnote_text(citation, said)) for citation in statement.citations])
    return saved(word)


def dossier_sections(dossier: Dossier, said: Words) -> tuple[Section, ...]:
    """The sections that have something to say, in a fixed order; what is not known comes last."""
    told = {kind: tuple(made(dossier, said)) for kind, made in SECTIONS.items()}
    return tuple(
        Section(kind=kind, heading=said.say(f"dossier_{kind}"), statements=statements)
        for kind, statements in told.items()
        if statements
    )


def _names(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for form, fact in dossier.names:
        yield statement([said.say("dossier_also_named", name=form)], fact)
    if dossier.country:
        from babel import Locale

        code, fact = dossier.country
        name = Locale.parse(said.language).territories.get(code, code)
        yield statement([said.say("dossier_country", name=name)], fact)


def _contacts(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for fact in dossier.contacts:
        named = said.say("dossier_named", names=", ".join(fact.others)) if fact.others else ""
        yield statement([when_of(fact, said), _sides(fact), _degree(fact, said), fact.place, named], fact)
    if dossier.mentions:
        count = len({fact.citation.report_id for fact in dossier.mentions})
        yield statement([said.say("dossier_mentioned", reports=said.count("reports", count))], *dossier.mentions)


def _sides(fact: Fact) -> str:
    """Both sides of a contact, with an arrow from who went to whom; without one where the record does not say."""
    sides = (fact.object, fact.subject) if fact.direction == "came" else (fact.subject, fact.object)
    return (" → " if fact.direction else " – ").join(sides)


def _degree(fact: Fact, said: Words) -> str:
    """How near a contact was; the arrow between its sides tells a visit's direction."""
    is_visit = bool(fact.direction) and fact.state in ("visited", "received")
    return said.say("dossier_visit") if is_visit else ledger_word("degrees", fact.state, said.language)


def _people(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for name, facts in dossier.people.items():
        for fact in facts:
            yield statement([name, fact.form, said.say("dossier_as_of", when=when_of(fact, said))], fact)


def _agreements(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for line in dossier.agreements:
        for fact in (*([line.current] if line.current else []), *line.told):
            state = ledger_word("states", fact.state, said.language)
            told = said.say("dossier_current" if fact is line.current else "dossier_told", state=state)
            yield statement(
                [
                    ledger_word("forms", line.form, said.language),
                    told,
                    when_of(fact, said),
                    " – ".join(line.parties),
                    said.say("dossier_wanted_by", name=fact.speaker) if fact.speaker else "",
                    said.say("dossier_condition", text=fact.condition) if fact.condition else "",
                ],
                fact,
            )


def _themes(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for key, facts in dossier.themes.items():
        yield statement([theme_name(key, said.language)], *facts)


def _promises(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for fact in dossier.promises:
        yield statement(
            [
                fact.subject or said.say("dossier_nobody"),
                fact.object,
                said.say("dossier_to", names=", ".join(fact.others)) if fact.others else "",
                said.say("dossier_due", when=fact.date) if fact.date else "",
                said.say("dossier_condition", text=fact.condition) if fact.condition else "",
            ],
            fact,
        )


def _conflicts(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for conflict in dossier.conflicts:
        told = "; ".join(
            ", ".join(
                (fact.subject, fact.form, when_of(fact, said))
                if conflict.kind == "office"
                else (
                    ledger_word("forms", fact.form, said.language),
                    ledger_word("states", fact.state, said.language),
                    when_of(fact, said),
                )
            )
            for fact in conflict.facts
        )
        yield statement([said.say(f"dossier_{conflict.kind}", told=told)], *conflict.facts)


def _gaps(dossier: Dossier, said: Words) -> Iterator[Statement]:
    for gap in dossier.gaps:
        names = ", ".join(dict.fromkeys(fact.subject for fact in gap.facts))
        form = ledger_word("forms", gap.facts[0].form, said.language) if gap.kind.startswith("state_") else ""
        yield statement([said.say(f"dossier_{gap.kind}", names=names, form=form)], *gap.facts)


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
    """The date of a fact: as its quote writes it, with the year from elsewhere in brackets; else in our words."""
    year = fact.start[:4] if is_dated(fact) else ""
    if not fact.start:
        return said.say("date_unknown")
    if fact.date and (fact.date in fact.citation.quote or said.language == "en"):
        when = fact.date.removesuffix(", year not stated")
        if year:
            return when if year in when else f"{when} ({year})"
        return said.say("dossier_year_unknown", when=when)
    return _days(fact, said)


def _days(fact: Fact, said: Words) -> str:
    """Day or days of a fact in our words: all that its date names when that begins with the day it stands for."""
    told = event_dates(fact.date, "en") if fact.date else ()
    if told and told[0].start == fact.start:
        return days_in(told[0].start, told[0].end, said)
    when = days_in(fact.start, fact.start, said)
    several = re.search(r"\d-\d|\bto\b", fact.date)  # a label of several days, of which a fact keeps the first
    return said.say("dossier_from", when=when) if several else when


def statement(parts: Iterable[str], *facts: Fact) -> Statement:
    """A line of its parts that are not empty, proved by facts."""
    return Statement(
        text=" · ".join(part for part in parts if part),
        citations=tuple(dict.fromkeys(fact.citation for fact in facts)),
    )


def _numbers(sections: Sequence[Section]) -> dict[Citation, int]:
    """Numbers of all citations in order of first appearance, from 1."""
    cited = (one for section in sections for statement in section.statements for one in statement.citations)
    return {citation: n for n, citation in enumerate(dict.fromkeys(cited), start=1)}


def _marked(statement: Statement, numbers: dict[Citation, int]) -> str:
    marks = "".join(f"[^{numbers[citation]}]" for citation in statement.citations)
    return f"{plain_markdown(statement.text)}{marks}"
