"""Commands of keepers on the index as a whole: the generations kept, rolling back to one, forgetting the others."""

from itertools import takewhile
from typing import Annotated

import typer

from corpus import UsageError
from ui.options import DATA, Data, Json
from ui.terminal import out, print_json


def generations(*, data: Data = DATA, as_json: Json = False) -> None:
    """List the indexes that are kept, the newest first."""
    from ingest import generations as kept

    found = kept(data)
    if as_json:
        for one in found:
            print_json(one.to_dict())
        return
    if not found:
        out.print("No index yet. Run: rapporteur index FOLDER")
    for one in found:
        state = "published" if one.is_published else "earlier" if one.is_readable else "other format"
        out.print(
            f"{one.generation}  {state:<12}  {one.built_at}  {one.reports} reports  {one.model}  {one.folder}",
            markup=False,
        )


def rollback(
    generation: Annotated[str, typer.Argument(help="An index of those that `rapporteur generations` lists.")],
    *,
    data: Data = DATA,
) -> None:
    """Publish an earlier index again; the next `rapporteur index` reads the folder anew."""
    from ingest import roll_back

    done = roll_back(data, generation)
    out.print(f"Published again: {done.generation}, {done.reports} reports, built {done.built_at}", markup=False)


def forget(
    *,
    data: Data = DATA,
    newer: Annotated[bool, typer.Option("--newer", help="Also those newer than the one in use.")] = False,
) -> None:
    """Remove the earlier indexes. To erase a report for good: delete its file, run index, then forget."""
    from ingest import forget_generations
    from ingest import generations as kept

    found = kept(data)
    ahead = [one.generation for one in takewhile(lambda one: not one.is_published, found)]
    if ahead and not newer:
        raise UsageError(
            f"Newer than the index in use: {', '.join(ahead)}. Nothing was removed. To forget these too: "
            "rapporteur forget --newer"
        )
    for name in forget_generations(data):
        out.print(f"Removed: {name}", markup=False)
    out.print("The published index is left, and no file that had left the folder.")
