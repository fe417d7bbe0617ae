"""The command that says who "we" are in the records."""

import shlex
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from corpus import IndexMissing
from ui.options import DATA, Data
from ui.terminal import out


def init(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME...", help="The name, then other names and acronyms, in any language."),
    ] = None,
    *,
    data: Data = DATA,
) -> None:
    """Say whose records these are, so that "we" is known; without a name tell the one set, and the one proposed."""
    from ingest import read_office, save_office

    if names:
        kept = save_office(data, names)
        out.print(f"“We” are: {'; '.join(kept)}. Run: rapporteur index FOLDER", markup=False, highlight=False)
        return
    told = read_office(data)
    out.print(f"“We” are: {'; '.join(told)}" if told else "Nobody has said yet who “we” are.", markup=False)
    if proposed := _proposed(data):
        line = shlex.join(proposed)
        out.print(f"Most records seem to be written by: rapporteur init {line}", markup=False, highlight=False)


def _proposed(data: Path) -> tuple[str, ...]:
    from ingest import open_index, proposed_office

    try:
        with closing(open_index(data)) as index:
            return proposed_office(index.facts())
    except IndexMissing:
        return ()
