"""Which files are records by their names: the suffixes that can be read, and what is passed over unseen."""

from pathlib import PurePath

SUFFIXES = frozenset(
    {".md", ".markdown", ".txt", ".html", ".htm", ".mhtml", ".mht", ".docx", ".pdf", ".pptx", ".xlsx", ".csv", ".tsv"}
    | {".odt", ".rtf", ".eml", ".zip"}
)
CONTAINERS = frozenset({".zip", ".eml"})
"""Suffixes of files whose members are records of their own."""


def is_readable(path: PurePath) -> bool:
    """Whether the name is that of a record: of a known kind, neither hidden nor an Office lock file (``~$…``)."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))
