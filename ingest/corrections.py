"""Corrections: a keeper's word on what a report is called, when, where and in what language.

They lie beside the generations, by a file's path and content: they outlive every build while the file's bytes stay
the same, and rest while these differ. The text of a report and its offsets are never touched.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from corpus import Report, UsageError, event_dates
from ingest.sqlite_file import opened

FILE = "corrections.db"
MAX_WORDS = 400
"""Code points of one corrected field; the reader looks at no more of a date line."""

_LANGUAGE = re.compile(r"[a-z]{2}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FIELDS = ("title", "dates", "place", "language")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS corrections (
    path TEXT NOT NULL, sha256 TEXT NOT NULL, title TEXT, dates TEXT, place TEXT, language TEXT,
    made_at TEXT NOT NULL, PRIMARY KEY (path, sha256)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a keeper said of one file; None leaves a field as it is read.

    Attributes:
        path: Of the file, relative to the indexed folder.
        sha256: Of its bytes, in hexadecimal; with other bytes the correction does not apply.
        title: The title.
        dates: The event's dates in any form the front matter of a record may have ("4 to 5 November 2024"), the main
            one first; ``""`` for none stated.
        place: The place; ``""`` for none stated.
        language: ISO 639-1 code.
    """

    path: str
    sha256: str
    title: str | None = None
    dates: str | None = None
    place: str | None = None
    language: str | None = None

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that differ when anything corrected differs."""
        return hashlib.sha256(json.dumps(asdict(self), ensure_ascii=False).encode()).hexdigest()[:16]


def read_corrections(data: Path) -> tuple[Correction, ...]:
    """All corrections of a data folder by path, those of files long changed too; empty where there are none.

    Writes nothing.

    Raises:
        IndexUnusable: The file of the corrections is damaged.
    """
    if not (data / FILE).is_file():
        return ()
    with opened(data / FILE, mode="ro", holds="corrections") as database:
        fields = database.execute("SELECT path, sha256, title, dates, place, language FROM corrections").fetchall()
    stated = {(path, sha256): dict(zip(_FIELDS, said, strict=True)) for path, sha256, *said in fields}
    return tuple(Correction(path=path, sha256=sha256, **said) for (path, sha256), said in sorted(stated.items()))


def by_file(corrections: Sequence[Correction]) -> dict[tuple[str, str], Correction]:
    """Corrections by path and SHA-256."""
    return {(one.path, one.sha256): one for one in corrections}


def correct(
    data: Path,
    path: str,
    sha256: str,
    *,
    title: str | None = None,
    dates: str | None = None,
    place: str | None = None,
    language: str | None = None,
) -> Correction:
    """Remember what a keeper says of a file; it holds from the next run on. Fields given as None stay as they are.

    Args:
        data: The data folder.
        path: As `Report.path`; `sha256` as `Report.sha256`.
        title: See `Correction`, as for the others; blanks around and within are made single ones.

    Raises:
        UsageError: A date cannot be read, the language is no ISO 639-1 code, the title is empty, or something is too
            long; nothing is then remembered.
        IndexUnusable: The file of the corrections is damaged.
    """
    _check_file(path, sha256)
    given = {"title": title, "dates": dates, "place": place, "language": language}
    told = {name: " ".join(value.split()) for name, value in given.items() if value is not None}
    if "language" in told:
        told["language"] = told["language"].lower()
    _check(told)
    with opened(data / FILE, mode="rwc", holds="corrections") as database, database:
        database.executescript(_SCHEMA)
        database.execute(
            "INSERT OR IGNORE INTO corrections (path, sha256, made_at) VALUES (?, ?, ?)", (path, sha256, _now())
        )
        for name, value in told.items():  # the names are ours: `_FIELDS`
            database.execute(
                f"UPDATE corrections SET {name} = ?, made_at = ? WHERE path = ? AND sha256 = ?",
                (value, _now(), path, sha256),
            )
    return by_file(read_corrections(data))[path, sha256]


def uncorrect(data: Path, path: str, sha256: str) -> None:
    """Take back what was said of a file; nothing said is nothing to take back. Errors as `read_corrections`."""
    if (data / FILE).is_file():
        with opened(data / FILE, mode="rw", holds="corrections") as database, database:
            database.execute("DELETE FROM corrections WHERE path = ? AND sha256 = ?", (path, sha256))


def forget_corrections(data: Path, files: Mapping[str, str]) -> None:
    """Remove the corrections of all files but these, SHA-256 by path, and what SQLite left of them."""
    gone = [(one.path, one.sha256) for one in read_corrections(data) if files.get(one.path) != one.sha256]
    if not gone:
        return
    with opened(data / FILE, mode="rw", holds="corrections") as database:
        with database:
            database.executemany("DELETE FROM corrections WHERE path = ? AND sha256 = ?", gone)
        database.execute("VACUUM")


def corrected(report: Report, correction: Correction | None) -> Report:
    """The report as a keeper says it is; the very report where nothing was said. Its text and offsets stay."""
    if correction is None:
        return report
    language = report.language if correction.language is None else correction.language
    return replace(
        report,
        title=report.title if correction.title is None else correction.title,
        dates=report.dates if correction.dates is None else event_dates(correction.dates, language),
        place=report.place if correction.place is None else correction.place,
        language=language,
    )


def _check(told: Mapping[str, str]) -> None:
    for name, value in told.items():
        if len(value) > MAX_WORDS or not value.isprintable():
            raise UsageError(f"The {name} given is longer than {MAX_WORDS} characters or cannot be shown. Shorten it.")
    if told.get("title") == "":
        raise UsageError("A report needs a title. Give one, or leave the one it has.")
    if "language" in told and not _is_language(told["language"]):
        raise UsageError(f"“{told['language']}” is no language. Give its code of two letters, such as en, zh or ru.")
    if told.get("dates") and not _are_dates(told["dates"], told.get("language", "")):
        raise UsageError(
            f"“{told['dates']}” cannot be read as dates. Write 2024-05-03, 2024-05 or 4 to 5 May 2024, or nothing."
        )


def _are_dates(written: str, language: str) -> bool:
    """Whether the words hold dates, and no figure that belongs to none (of 2024-13-45 only a year could be read)."""
    dates = event_dates(written, language)
    rest = written
    for date in sorted(dates, key=lambda one: len(one.text), reverse=True):
        rest = rest.replace(date.text, " ")
    return bool(dates) and not any(letter.isdigit() for letter in rest)


def _is_language(code: str) -> bool:
    """Whether the languages of the world (CLDR) have the code."""
    from babel import Locale

    return bool(_LANGUAGE.fullmatch(code)) and code in Locale("en").languages


def _check_file(path: str, sha256: str) -> None:
    if not path or not _SHA256.fullmatch(sha256):
        raise UsageError("A correction needs the path of a report and the SHA-256 of its file, 64 hexadecimal digits.")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
