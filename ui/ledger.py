"""The commands over the ledger: rows of facts, names that are one, and the dossier of a partner."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus import UsageError
from ui.options import DATA, Csv, Data, Docx, Json, Language
from ui.tables import print_rows
from ui.terminal import err, out, print_json, print_text
from ui.wording import Words, words

if TYPE_CHECKING:
    from ingest import Ledger
    from ui.listings import Listing
    from ui.rows import Rows

LISTINGS: "dict[Listing, str]" = {
    "agreements": "Agreements with their state, in order of time.",
    "partners": "Organizations we were in contact with.",
    "people": "People with role and organization, as of a date.",
    "contacts": "Who met whom, how near, and who went.",
    "themes": "What was spoken about, and with whom.",
    "promises": "Promises: open, overdue, or kept or dropped as a later record tells.",
}

ledger_app = typer.Typer(help="List the facts of the records, and say which names are one.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A name, in any form the records have.")]
By = Annotated[str, typer.Option(help="Who says so.")]


def _listing_command(listing: "Listing") -> Callable[..., None]:
    def command(
        *,
        data: Data = DATA,
        as_json: Json = False,
        as_csv: Csv = False,
        partner: Annotated[str, typer.Option(metavar="NAME", help="Only of this organization, in any form.")] = "",
        since: Annotated[str, typer.Option(metavar="DATE", help="Earliest date, such as 2024 or 2024-05.")] = "",
        until: Annotated[str, typer.Option(metavar="DATE", help="Latest date, inclusive.")] = "",
        state: Annotated[str, typer.Option(help="Only this state or degree, such as signed, visited, open.")] = "",
        language: Language = "en",
        form: Annotated[
            str,
            typer.Option("--as", metavar="ewp-iia", help="Of agreements: JSON in the fields of the EWP IIA standard."),
        ] = "",
    ) -> None:
        if as_json and as_csv:
            raise UsageError("Give --json or --csv, not both.")
        if form and (form, listing) != ("ewp-iia", "agreements"):
            raise UsageError(f"--as {form}: only agreements can be told so, and only as ewp-iia. Leave it out.")
        from ui.listings import COLUMNS, FOR_PROGRAMS
        from ui.offered import asked_body
        from ui.rows import Asked, ledger_rows, rows_csv

        said = words(language)
        ledger, reports = opened(data)
        partner = asked_body(ledger, partner) if partner else ""
        found = ledger_rows(listing, ledger, Asked(partner=partner, since=since, until=until, state=state))
        if form:
            from ui.ewp import iias_get_response

            print_json(iias_get_response(ledger, found.rows))
        elif as_csv:
            print_text(rows_csv(found.rows, COLUMNS[listing]))
        else:
            hidden = {*FOR_PROGRAMS, "quote"} | (
                {"name"} if listing == "themes" else set()
            )  # `theme` is told by its name
            print_rows(found.rows, as_json=as_json, said=said, hidden=hidden)
        coverage = _coverage(found, reports, said)
        (err if as_json or as_csv or form else out).print(coverage, markup=False, style="dim")

    return command


for _name, _help in LISTINGS.items():
    ledger_app.command(_name, help=_help)(_listing_command(_name))


@ledger_app.command()
def merge(one: Name, other: Name, *, data: Data = DATA, by: By = "") -> None:
    """Declare two names to be of one organization or person; a chat that runs knows it from its next start."""
    from ingest import merge_names

    made = merge_names(data, opened(data)[0], one, other, by=by)
    out.print(f"One {made.kind} now: “{made.one}” and “{made.other}”.", markup=False)


@ledger_app.command()
def refuse(one: Name, other: Name, *, data: Data = DATA, by: By = "") -> None:
    """Declare two names to be of two, so that they are not proposed again."""
    from ingest import refuse_names

    made = refuse_names(data, opened(data)[0], one, other, by=by)
    out.print(f"Not proposed any more: “{made.one}” and “{made.other}”.", markup=False)


@ledger_app.command()
def unmerge(one: Name, other: Name, *, data: Data = DATA, by: By = "") -> None:
    """Take a merge back, or the refusal of one."""
    from ingest import unmerge_names

    undone = unmerge_names(data, one, other, by=by)
    told = "Two again" if undone.is_one else "Proposed again"
    out.print(f"{told}: “{undone.one}” and “{undone.other}”.", markup=False)


@ledger_app.command()
def merges(*, data: Data = DATA, as_json: Json = False, language: Language = "en") -> None:
    """List the merges that hold, with who made them and when."""
    from ingest import read_merges

    rows = [
        {"kind": m.kind, "one": m.one, "other": m.other, "by": m.made_by, "made_at": m.made_at}
        for m in read_merges(data)
    ]
    print_rows(rows, as_json=as_json, said=words(language))


@ledger_app.command(name="proposals")
def list_proposals(*, data: Data = DATA, as_json: Json = False, language: Language = "en") -> None:
    """List pairs of names that may be one, each with a quote; nothing is merged until you say so."""
    from ingest import is_refused, proposals

    refused, ledger = is_refused(data), opened(data)[0]
    rows = [
        {**asdict(pair), "one_quote": _quote_of(ledger, pair.one), "other_quote": _quote_of(ledger, pair.other)}
        for pair in proposals(ledger)
        if not refused(pair.one, pair.other)
    ]
    print_rows(rows, as_json=as_json, said=words(language))


def _quote_of(ledger: "Ledger", name: str) -> str:
    """A sentence that names a body or a person, written out where one does so."""
    facts = (*ledger.organizations.get(name, ()), *ledger.people.get(name, ()))
    quotes = [fact.citation.quote for fact in facts]
    return next((quote for quote in quotes if name in quote), quotes[0] if quotes else "")


def dossier(
    partner: Annotated[str, typer.Argument(help="An organization, in any form of its name; or a place, to choose.")],
    *,
    data: Data = DATA,
    docx: Docx = None,
    language: Language = "en",
) -> None:
    """Print all that the records say about a partner, and what they do not say, with numbered quotes."""
    from assistant import compose_dossier
    from ui.dossier import dossier_note, print_note
    from ui.offered import asked_body

    ledger, reports = opened(data)
    print_note(dossier_note(compose_dossier(ledger, asked_body(ledger, partner), reports), language), docx)


def opened(data: Path) -> "tuple[Ledger, int]":
    """The ledger of the published index with the merges that hold, and the number of its reports."""
    from ingest import Ledger, merged_pairs, open_index

    with closing(open_index(data)) as index:
        return Ledger(index.facts(), merged_pairs(data)), len(index.reports())


def _coverage(found: "Rows", reports: int, said: Words) -> str:
    parts = [said.count("reports", reports), said.count("rows", len(found.rows))]
    left_out = {"rows_undated": found.undated, "rows_mentioned": found.mentioned}
    return "; ".join([", ".join(parts), *(said.count(key, n) for key, n in left_out.items() if n)])
