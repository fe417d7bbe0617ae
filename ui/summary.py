"""The annual summary: what an office did in a year, abroad and at home, each line led to its quotes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from assistant import in_time, ledger_word, promise_outcomes
from corpus import UsageError
from ingest import Agreement, Contact, Fact, Kind, Ledger, Promise, Role, Theme, country_of, theme_name
from ui.dossier import Note, Section, Statement, print_note, statement, when_of
from ui.ledger import opened
from ui.options import DATA, Csv, Data, Docx, Json, Language
from ui.rows import rows_csv
from ui.terminal import print_json, print_text
from ui.wording import Words, words

MET = ("took part", "online", "talks", "received", "visited")


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The facts of one year, by what they tell, each in order of time.

    Attributes:
        year: Four digits; facts without a year are in none.
        out: Visits that we made, by ISO 3166 code of the country, "" where none is told; `home` those we received.
        others: Other contacts: talks, events, online.
        people: Facts on the people of partners.
        agreements: By state; `themes` by key.
        promises: Those made, by `PROMISE_STATES`: what they stand at now, not at the end of the year.
    """

    year: str
    out: dict[str, tuple[Contact, ...]]
    home: dict[str, tuple[Contact, ...]]
    others: tuple[Contact, ...]
    people: tuple[Role, ...]
    agreements: dict[str, tuple[Agreement, ...]]
    promises: dict[str, tuple[Promise, ...]]
    themes: dict[str, tuple[Theme, ...]]


def year_of(ledger: Ledger, year: str) -> Year:
    """All that the ledger holds of a year; every part is empty for a year that no record tells of."""

    def own(facts: Iterable[Kind]) -> tuple[Kind, ...]:
        return tuple(fact for fact in in_time(facts) if fact.start[:4] == year)

    contacts = [fact for fact in own(ledger.facts(Contact)) if fact.degree in MET]
    dated = {fact.citation.report_id for fact in contacts}
    people = [fact for fact in ledger.facts(Role) if fact.citation.report_id in dated and fact.body]
    return Year(
        year=year,
        out=_by_country([fact for fact in contacts if fact.degree == "visited"]),
        home=_by_country([fact for fact in contacts if fact.degree == "received"]),
        others=tuple(fact for fact in contacts if fact.degree not in ("visited", "received")),
        people=tuple(fact for fact in people if not ledger.is_us(ledger.key(fact.body, fact.citation.report_id))),
        agreements=_grouped((fact.state, fact) for fact in own(ledger.facts(Agreement))),
        promises=_grouped(
            (outcome.state, fact) for fact, outcome in promise_outcomes(ledger).items() if year in fact.citation.date
        ),
        themes=_grouped((fact.key, fact) for fact in own(ledger.facts(Theme))),
    )


def year_sections(found: Year, said: Words) -> tuple[Section, ...]:
    """The sections that have something to say, in a fixed order."""
    told: dict[str, Sequence[Statement]] = {
        "out": list(_visits(found.out, said)),
        "in": list(_visits(found.home, said)),
        "others": [
            statement(said, [when_of(one, said), one.partner, ledger_word("degrees", one.degree, said.language)], one)
            for one in found.others
        ],
        "people": [statement(said, [one.person, one.role, one.body], one) for one in found.people],
        "agreements": [
            statement(said, [ledger_word("states", state, said.language), _paper(one, said)], one)
            for state, facts in found.agreements.items()
            for one in facts
        ],
        "promises": [
            statement(said, [said.say(f"promises_{state}"), one.by, one.what, when_of(one, said)], one)
            for state, facts in found.promises.items()
            for one in facts
        ],
        "themes": [
            statement(said, [theme_name(key, said.language), said.count("reports", _reports(facts))], *facts)
            for key, facts in found.themes.items()
        ],
    }
    made = (Section(kind=kind, heading="", statements=tuple(lines)) for kind, lines in told.items() if lines)
    return tuple(replace(one, heading=_heading(one, said)) for one in made)


def _heading(section: Section, said: Words) -> str:
    """What a section is, how many lines it has, and how many of them may be misread."""
    counts = "; ".join(filter(None, (str(len(section.statements)), section.unsure(said))))
    return f"{said.say(f'summary_{section.kind}')} ({counts})"


def summary(
    year: Annotated[str, typer.Argument(help="The year, such as 2025.")],
    *,
    data: Data = DATA,
    docx: Docx = None,
    as_json: Json = False,
    as_csv: Csv = False,
    language: Language = "en",
) -> None:
    """Print what happened in a year: visits, people met, agreements, promises and themes, each with its quote."""
    if not (len(year) == 4 and year.isdigit()):
        raise UsageError(f"{year}: is no year. Give four digits, such as 2025.")
    if as_json and as_csv:
        raise UsageError("Give --json or --csv, not both.")
    ledger, reports = opened(data)
    note = year_note(ledger, year, reports, words(language))
    if as_json:
        print_json(year_dict(note, year, reports))
    elif as_csv:
        print_text(year_csv(note))
    else:
        print_note(note, docx)


def year_note(ledger: Ledger, year: str, reports: int, said: Words) -> Note:
    """A year over a number of reports as a note, in the wording `said`."""
    title, lead = said.say("summary_title", year=year), said.count("searched", reports)
    return Note(title=title, lead=lead, sections=year_sections(year_of(ledger, year), said), said=said)


def year_dict(note: Note, year: str, reports: int) -> dict[str, object]:
    """The same as JSON can hold it: ``year``, ``reports``, and ``sections`` with their ``lines`` and ``quotes``."""
    return {"year": year, "reports": reports, "sections": [_as_dict(one) for one in note.sections]}


def year_csv(note: Note) -> str:
    """The same as CSV (RFC 4180), a row a line of the note: ``section text trust files quotes``."""
    rows = [
        {"section": section.kind, "text": line.text, "trust": line.trust,
         "files": list(dict.fromkeys(one.file for one in line.citations)),
         "quotes": [one.quote for one in line.citations]}
        for section in note.sections
        for line in section.statements
    ]  # fmt: skip
    return rows_csv(rows, ("section", "text", "trust", "files", "quotes"))


def years_of(ledger: Ledger) -> tuple[str, ...]:
    """The years that contacts and agreements are told of, the newest first."""
    facts = (*ledger.facts(Contact), *ledger.facts(Agreement))
    return tuple(sorted({fact.start[:4] for fact in facts if fact.start[:4].isdigit()}, reverse=True))


def _visits(by_country: dict[str, tuple[Contact, ...]], said: Words) -> Iterator[Statement]:
    from babel import Locale

    names = Locale.parse(said.language).territories
    for code, facts in by_country.items():
        country = names.get(code, code) if code else said.say("summary_no_country")
        for one in facts:
            yield statement(said, [country, when_of(one, said), one.partner, one.place, ", ".join(one.people)], one)


def _paper(fact: Agreement, said: Words) -> str:
    return " · ".join((ledger_word("forms", fact.form, said.language), fact.summary, when_of(fact, said)))


def _reports(facts: Sequence[Fact]) -> int:
    return len({fact.citation.report_id for fact in facts})


def _by_country(facts: Iterable[Contact]) -> dict[str, tuple[Contact, ...]]:
    """Contacts by the country of their place, else of the partner's name."""
    return _grouped((country_of(fact.place) or country_of(fact.partner), fact) for fact in facts)


def _grouped(pairs: Iterable[tuple[str, Kind]]) -> dict[str, tuple[Kind, ...]]:
    groups: dict[str, list[Kind]] = defaultdict(list)
    for key, fact in pairs:
        groups[key].append(fact)
    return {key: tuple(facts) for key, facts in sorted(groups.items())}


def _as_dict(section: Section) -> dict[str, object]:
    lines = [
        {
            "text": line.text,
            "trust": line.trust,
            "quotes": [{"file": one.file, "quote": one.quote} for one in line.citations],
        }
        for line in section.statements
    ]
    return {"kind": section.kind, "heading": section.heading, "lines": lines}
