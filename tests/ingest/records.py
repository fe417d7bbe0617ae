"""A record written to a folder and read as any other file is."""

from pathlib import Path

from corpus.read import read_report
from corpus.report import Report


def record(
    folder: Path, text: str, *, title: str = "A visit", date: str = "2023-05-03", name: str = "visit.md"
) -> Report:
    """A report of this text; its language is told from it."""
    folder.mkdir(parents=True, exist_ok=True)
    dated = f"date: '{date}'\n" if date else ""
    (folder / name).write_text(f"---\ntitle: {title}\n{dated}---\n\n{text}\n", encoding="utf-8")
    return read_report(folder / name, folder)
