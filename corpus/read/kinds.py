"""Which files are records by their names: the suffixes that can be read, and what is passed over unseen."""

import re
from pathlib import PurePath

SUFFIXES = frozenset(
    {".md", ".markdown", ".txt", ".html", ".htm", ".mhtml", ".mht", ".docx", ".pdf", ".pptx", ".xlsx", ".csv", ".tsv"}
    | {".odt", ".rtf", ".eml", ".zip"}
)
CONTAINERS = frozenset({".zip", ".eml"})
"""Suffixes of files whose members are records of their own."""

_OF_SYSTEMS = {"thumbs.db", "desktop.ini"}
_SUFFIX = re.compile(r"\.[a-z0-9]{1,9}", re.I)
_CURES = (
    ("Save it as .docx or PDF.", ".doc .docm .pages .wps"),
    ("Save it as .xlsx.", ".xls .xlsm .ods .numbers .et"),
    ("Save it as .pptx.", ".ppt .pps .odp .key .dps"),
    ("Save it as .eml.", ".msg"),
    ("Recognize its text and save that as .txt.", ".jpg .jpeg .png .gif .bmp .tif .tiff .webp .heic"),
    ("Unpack it first.", ".rar .7z .gz .tar"),
)
SAVE = "If it holds a report, save that as .docx, PDF or .txt."
"""The cure for any other kind."""


def is_readable(path: PurePath) -> bool:
    """Whether the name is that of a record: of a known kind, neither hidden nor an Office lock file (``~$…``)."""
    return path.suffix.lower() in SUFFIXES and not _is_by_the_way(path)


def why_unread(path: PurePath) -> str:
    """Why a file of no readable kind is no record, and what to do; empty for what systems put beside records."""
    if _is_by_the_way(path):
        return ""
    suffix = path.suffix.lower()
    if not _SUFFIX.fullmatch(suffix):
        return "its name does not tell its kind. Give it the suffix of its format, such as .docx or .txt."
    cure = next((cure for cure, kinds in _CURES if suffix in kinds.split()), SAVE)
    return f"it is a {suffix} file, a kind that is not read. {cure}"


def _is_by_the_way(path: PurePath) -> bool:
    return path.name.startswith((".", "~$")) or path.name.lower() in _OF_SYSTEMS
