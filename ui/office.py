"""The command that says who "we" are in the records."""

import shlex
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from corpus import IndexMissing
from ui.options import DATA, Data
from ui.terminal import err, out


def init(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME...", help="The name, then other names and acronyms, in any language."),
    ] = None,
    *,
    data: Data = DATA,
) -> None:
    """Say whose records these are, so that "we" is known; without a name tell the one set, or ask at a terminal."""
    from ingest import read_office, save_office

    told, proposed = read_office(data), () if names else _proposed(data)
    if not names and not told and sys.stdin.isatty() and err.is_terminal:
        names = _asked(proposed)
    if names:
        kept = save_office(data, names)
        out.print(f"“We” are: {'; '.join(kept)}. Run: rapporteur index FOLDER", markup=False, highlight=False)
        return
    out.print(f"“We” are: {'; '.join(told)}" if told else "Nobody has said yet who “we” are.", markup=False)
    if proposed:
        line = shlex.join(proposed)
        out.print(f"Most records seem to be written by: rapporteur init {line}", markup=False, highlight=False)


def _asked(proposed: Sequence[str]) -> list[str]:
    """The names that whoever sits at the terminal gives; an empty line gives those proposed."""
    from rich.prompt import Prompt

    question = "Whose records are these? All names, parted by ;"
    given = Prompt.ask(question, default="; ".join(proposed), show_default=bool(proposed), console=err)
    return [name.strip() for name in given.split(";") if name.strip()]


def _proposed(data: Path) -> tuple[str, ...]:
    from ingest import open_index, proposed_office

    try:
        with closing(open_index(data)) as index:
            return proposed_office(index.facts())
    except IndexMissing:
        return ()
