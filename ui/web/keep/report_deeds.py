"""What keepers do to reports that are among the records: correct their head, take them out, put them back."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from corpus import ReadFailure, Report, UsageError, find_files, read_reports
from ingest import (
    Aside,
    Correction,
    aside,
    correct,
    corrected,
    put_back,
    read_corrections,
    remove_report,
    uncorrect,
)
from ui.web.keep.files import mark, writing
from ui.web.keep.shown import changed_fields, fields_of

State = Literal["failed", "new", "changed", "gone", "indexed"]
STATES: tuple[State, ...] = ("failed", "new", "changed", "gone", "indexed")
"""How a report stands to the index in use, in the order of the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A report or file of the folder.

    Attributes:
        path: Where it lies; of a record within another file ``file/record``.
        state: ``failed`` and why in `reason`; ``new``, ``changed`` or ``gone`` since the index was built.
        report: As the index has it, with what was corrected since; None where the index has none.
        shown: What a form over it shows.
        is_corrected: Whether a keeper said something of it.
        is_file: Whether it is a file of its own, which can be taken out.
    """

    path: str
    state: State
    reason: str = ""
    report: Report | None = None
    shown: Mapping[str, str] = field(default_factory=dict)
    is_corrected: bool = False
    is_file: bool = True

    @property
    def title(self) -> str:
        """What it is called; its path where nothing of it could be read."""
        return self.report.title if self.report else self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """All that the table shows: its rows by state and path, and the files that left, the newest first."""

    rows: tuple[Row, ...]
    aside: tuple[Aside, ...]


class ReportDeeds:
    """Deeds on the reports of a folder; errors as `Keeping`. Each returns the path that it was done on."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._sums: dict[Path, tuple[tuple[int, int], str]] = {}

    def held(self, folder: Path | None, reports: Sequence[Report], receipt: Mapping[str, Any] | None) -> Held:
        """The table over a folder, the reports of the index in use, and the receipt of its run."""
        files = {path.as_posix() for path in find_files(folder)} if folder and folder.is_dir() else set()
        said = {(one.path, one.sha256): one for one in read_corrections(self._data)}
        rows = [self._row(folder, files, one, said.get((one.path, one.sha256))) for one in reports]
        known = {row.path for row in rows}
        failed = {one["file"]: one["reason"] for one in (receipt or {}).get("failed", ())}
        rows += [
            Row(path=path, state="failed", reason=reason, is_file=path in files)
            for path, reason in failed.items()
            if path not in known and _home(path, files)
        ]
        homes = {_home(row.path, files) for row in rows}
        rows += [Row(path=path, state="new") for path in files - homes]
        packed = homes - {row.path for row in rows} - {""}
        rows += [Row(path=path, state="indexed") for path in packed]
        return Held(
            rows=tuple(sorted(rows, key=lambda row: (STATES.index(row.state), row.path))), aside=aside(self._data)
        )

    def retitle(self, reports: Sequence[Report], path: str, fields: Mapping[str, str]) -> str:
        """Remember a keeper's word on a report of the index; of its fields those that differ from what is shown."""
        report = _known(reports, path)
        said = {(one.path, one.sha256): one for one in read_corrections(self._data)}.get((path, report.sha256))
        if changed := changed_fields(fields_of(corrected(report, said), said), fields):
            correct(self._data, path, report.sha256, **changed)
        return path

    def untitle(self, reports: Sequence[Report], path: str) -> str:
        """Take back what was said of a report."""
        uncorrect(self._data, path, _known(reports, path).sha256)
        return path

    def remove(self, folder: Path | None, path: str) -> str:
        """Take a file out of the folder; it is kept beside the indexes."""
        with writing(self._data):
            remove_report(_folder(folder), path, data=self._data)
        return path

    def put_back(self, folder: Path | None, kept: str) -> str:
        """Put a file that left back where it lay."""
        with writing(self._data):
            return put_back(_folder(folder), kept, data=self._data)

    def read_again(self, folder: Path | None, path: str) -> str:
        """Try to read a file that failed.

        Raises:
            UsageError: It fails again; says why.
        """
        home = _home(path, {one.as_posix() for one in find_files(_folder(folder))})
        if not home:
            raise UsageError(f"{path} is no file of the folder any more. Look again.")
        found = read_reports(_folder(folder), [Path(home)])
        reasons = [one.reason for one in found if isinstance(one, ReadFailure)]
        if reasons:
            raise UsageError(f"{path} still cannot be read: {reasons[0]}")
        return path

    def _row(self, folder: Path | None, files: set[str], report: Report, said: Correction | None) -> Row:
        state: State = "indexed" if _home(report.path, files) else "gone"
        if folder and report.path in files and self._sum(folder / report.path) != report.sha256:
            state = "changed"
        mended = corrected(report, said)
        return Row(
            path=report.path,
            state=state,
            report=mended,
            shown=fields_of(mended, said),
            is_corrected=said is not None,
            is_file=report.path in files,
        )

    def _sum(self, path: Path) -> str:
        """SHA-256 of a file, taken anew where its size or time is another."""
        known = self._sums.get(path)
        seen = mark(path)
        if known is None or known[0] != seen:
            try:
                known = (seen, hashlib.sha256(path.read_bytes()).hexdigest())
            except OSError:
                return ""
            self._sums[path] = known
        return known[1]


def _home(path: str, files: set[str]) -> str:
    """The file that holds a record: its own path, or that of the archive or mail it lies in; empty for none."""
    places = (path, *(str(one) for one in Path(path).parents))
    return next((place for place in places if place in files), "")


def _known(reports: Sequence[Report], path: str) -> Report:
    found = next((one for one in reports if one.path == path), None)
    if found is None:
        raise UsageError(f"{path} is no report of the index any more. Look again.")
    return found


def _folder(folder: Path | None) -> Path:
    if folder is None:
        raise UsageError("No folder of reports is known yet. Index a folder first.")
    return folder
