"""Options that commands share."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Data = Annotated[
    Path, typer.Option(envvar="RAPPORTEUR_DATA", file_okay=False, help="Folder for everything that is written.")
]
Model = Annotated[str, typer.Option(help="A sentence-transformers name or folder; empty for the embedded model.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV, safe to open in a spreadsheet.")]
Docx = Annotated[Path | None, typer.Option(metavar="FILE", help="Write a Word file instead of Markdown.")]
Language = Annotated[
    Literal["en", "zh", "ru"],
    typer.Option(envvar="RAPPORTEUR_LANGUAGE", help="Language of what is not quoted: dates, states, heads."),
]
DATA = Path(".rapporteur")
