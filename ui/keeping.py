"""Commands of keepers on the index as a whole: the generations kept, rolling back to one, forgetting the others."""

from typing import Annotated

import typer

from ui.options import DATA, Data, Json
from ui.terminal import named_errors, out, print_json


def generations(*, data: Data = DATA, as_json: Json = False) -> None:
    """List the indexes that are kept, the newest first."""
    from ingest import generations as kept

    with named_errors():
        found = kept(data)
        if as_json:
            for one in found:
                print_json(one.to_dict())
            return
        if not found:
            out.print("No index yet. Run: rapporteur index FOLDER")
        for one in found:
            state = "published" if one.is_published else "kept" if one.is_readable else "other format"
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

    with named_errors():
        done = roll_back(data, generation)
        out.print(f"Published again: {done.generation}, {done.reports} reports, built {done.built_at}", markup=False)


def forget(*, data: Data = DATA) -> None:
    """Remove all earlier indexes. To erase a report for good: delete its file, run index, then forget."""
    from ingest import forget_generations

    with named_errors():
        gone = forget_generations(data)
        out.print(f"Earlier indexes removed: {len(gone)}. The published one is left.")
