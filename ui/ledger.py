"""The commands over the ledger: rows of facts, names that are one, and the dossier of a partner."""

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.markup import escape

from corpus import UsageError
from ui.options import DATA, Data, Json
from ui.terminal import err, named_errors, out

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
    "promises": "Plans and commitments, open or closed by a later record.",
}

ledger_app = typer.Typer(help="List the facts of the records, and say which names are one.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A name, in any form the records have.")]


def _listing_command(listing: "Listing") -> Callable[..., None]:
    def command(
        *,
        data: Data = DATA,
        as_json: Json = False,
        as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, safe to open in a spreadsheet.")] = False,
        partner: Annotated[str, typer.Option(metavar="NAME", help="Only of this organization, in any form.")] = "",
        since: Annotated[str, typer.Option(metavar="DATE", help="Earliest date, such as 2024 or 2024-05.")] = "",
        until: Annotated[str, typer.Option(metavar="DATE", help="Latest date, inclusive.")] = "",
        state: Annotated[str, typer.Option(help="Only this state or degree, such as signed, visited, open.")] = "",
    ) -> None:
        with named_errors():
            if as_json and as_csv:
                raise UsageError("Give --json or --csv, not both.")
            from ui.listings import COLUMNS
            from ui.rows import Asked, ledger_rows, rows_csv

            ledger, reports = opened(data)
            found = ledger_rows(listing, ledger, Asked(partner=partner, since=since, until=until, state=state))
            coverage = _coverage(found, reports)
            if as_json:
                typer.echo(json.dumps(found.rows, ensure_ascii=False))
            elif as_csv:
                typer.echo(rows_csv(found.rows, COLUMNS[listing]), nl=False)
            else:
                _print_table(found.rows)
            (err if as_json or as_csv else out).print(coverage, markup=False, style="dim")

    return command


for _name, _help in LISTINGS.items():
    ledger_app.command(_name, help=_help)(_listing_command(_name))


@ledger_app.command()
def merge(one: Name, other: Name, *, data: Data = DATA) -> None:
    """Declare two names to be of one organization or person; a chat that runs knows it from its next start."""
    from ingest import merge_names

    with named_errors():
        ledger, _ = opened(data)
        made = merge_names(data, ledger, one, other)
    out.print(f"One {made.kind} now: “{made.one}” and “{made.other}”.", markup=False)


@ledger_app.command()
def unmerge(one: Name, other: Name, *, data: Data = DATA) -> None:
    """Take a merge back."""
    from ingest import unmerge_names

    with named_errors():
        undone = unmerge_names(data, one, other)
    out.print(f"Two again: “{undone.one}” and “{undone.other}”.", markup=False)


@ledger_app.command()
def merges(*, data: Data = DATA, as_json: Json = False) -> None:
    """List the merges that hold, with the time they were made."""
    from ingest import read_merges

    with named_errors():
        held = read_merges(data)
    rows = [{"kind": one.kind, "one": one.one, "other": one.other, "made_at": one.made_at} for one in held]
    print_rows(rows, as_json=as_json)


@ledger_app.command(name="proposals")
def list_proposals(*, data: Data = DATA, as_json: Json = False) -> None:
    """List pairs of names that may be one; nothing is merged until you say so."""
    from ingest import proposals

    with named_errors():
        ledger, _ = opened(data)
        found = proposals(ledger)
    rows = [{"kind": one.kind, "one": one.one, "other": one.other, "reason": one.reason} for one in found]
    print_rows(rows, as_json=as_json)


def dossier(
    partner: Annotated[str, typer.Argument(help="An organization, in any form of its name.")],
    *,
    data: Data = DATA,
    docx: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a Word file instead of Markdown.")] = None,
    language: Annotated[Literal["en", "zh", "ru"], typer.Option(help="Language of what is not quoted.")] = "en",
) -> None:
    """Print all that the records say about a partner, and what they do not say, with numbered quotes."""
    from assistant import compose_dossier
    from ingest import find_organization
    from ui.dossier import dossier_docx, dossier_markdown

    with named_errors():
        ledger, reports = opened(data)
        about = compose_dossier(ledger, find_organization(ledger, partner), reports)
        if docx is None:
            typer.echo(dossier_markdown(about, language), nl=False)
            return
        try:
            docx.write_bytes(dossier_docx(about, language))
        except OSError as error:
            raise UsageError(f"{docx}: cannot be written ({error.strerror}). Name another file.") from error
    err.print(f"Written: {docx}", markup=False, style="dim")


def opened(data: Path) -> "tuple[Ledger, int]":
    """The ledger of the published index with the merges that hold, and the number of its reports."""
    from ingest import Ledger, merged_pairs, open_index

    with closing(open_index(data)) as index:
        return Ledger(index.facts(), merged_pairs(data)), len(index.reports())


def _coverage(found: "Rows", reports: int) -> str:
    parts = [f"{reports} reports, {len(found.rows)} rows"]
    if found.undated:
        parts.append(f"{found.undated} without a year not shown")
    if found.mentioned:
        parts.append(f"{found.mentioned} organizations only mentioned: --state mentioned")
    return "; ".join(parts)


def print_rows(rows: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """Print rows as JSON or as a table, "None." for none."""
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
    elif rows:
        _print_table(rows)
    else:
        out.print("None.", style="dim")


def _print_table(rows: Sequence[dict[str, Any]]) -> None:
    """Rows as a table without offsets and rules; the quote is in the other forms."""
    from rich.table import Table

    from ui.listings import EVIDENCE
    from ui.rows import plain

    if not rows:
        return
    hidden = {*EVIDENCE[1:], "start", "last_contact_start", "contacts_without_year"}
    columns = [name for name in rows[0] if name not in hidden and any(plain(row[name]) for row in rows)]
    table = Table(*(name.replace("_", " ") for name in columns), header_style="bold", show_lines=False)
    for row in rows:
        table.add_row(*(escape(plain(row[name])) for name in columns))
    out.print(table, soft_wrap=False)
