"""Options that commands share."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path, typer.Option(envvar="RAPPORTEUR_DATA", help="Folder for everything that is written.")]
Model = Annotated[str, typer.Option(help="A sentence-transformers name or folder; empty for the embedded model.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
DATA = Path(".rapporteur")
