"""What keepers do, without gradio: files wait in an inbox, are corrected, and join the records."""

import contextlib
import hashlib
import shutil
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import wait
from dataclasses import replace
from pathlib import Path

from corpus import RapporteurError, UsageError, find_files
from ingest import (
    INBOX,
    Preview,
    correct,
    generations,
    open_index,
    proposed_office,
    read_office,
    replace_report,
    save_office,
    set_aside,
    strike_fact,
    uncorrect,
    unsay_fact,
)
from ui.web.keep.files import mark, move, writing
from ui.web.keep.intake import Intake
from ui.web.keep.previews import Previews
from ui.web.keep.shown import Kept, Waiting, changed_fields, shown_fields

DISCARDED = "discarded"
"""Folder of the file that was discarded last, until the next one or a new start."""
PATIENCE = 2.0
"""Seconds in which a file of some pages is read; of a longer one it is said that it is being read."""


class Keeping:
    """The deeds of keepers on one data folder; safe to use from several threads. Keep one: it remembers previews.

    A file waits in the inbox under the path it will have among the reports, so that corrections made there hold on.
    Every deed raises `UsageError` for what cannot be done and `IndexUnusable` for what is damaged, and loses nothing.

    Args:
        data: The data folder.
        folder: Where the reports lie; None when none is named yet. May be set anew.
        patience: Seconds that whoever looks at the waiting files waits for those that are being read.
    """

    def __init__(self, data: Path, folder: Path | None, *, patience: float = PATIENCE) -> None:
        self._patience = patience
        self.folder = folder
        self._data = data
        self._inbox = data / INBOX
        self._lock = threading.RLock()
        self._previews = Previews(data, self._inbox)
        self._discarded = data / DISCARDED
        shutil.rmtree(self._discarded, ignore_errors=True)

    def kept(self) -> Kept:
        """All that the view of waiting files shows."""
        office = read_office(self._data)
        return Kept(
            folder=self.folder if self.folder and self.folder.is_dir() else None,
            waiting=self.waiting(),
            generations=generations(self._data),
            office=office,
            proposed=() if office else self._proposed(),
            discarded=next((path.as_posix() for path in self._last_discarded()), ""),
        )

    def say_office(self, names: str) -> str:
        """Say who wrote the records, a name a line; it counts from the next build on. Returns the main name.

        Raises:
            UsageError: There is no name, or one is none.
        """
        with self._lock, writing(self._data):
            kept = save_office(self._data, names.splitlines())
            self._previews.keep_only(())
            return kept[0]

    def _proposed(self) -> tuple[str, ...]:
        try:
            with contextlib.closing(open_index(self._data)) as index:
                return proposed_office(index.facts())
        except RapporteurError:
            return ()  # there is no index that could tell

    def waiting(self) -> tuple[Waiting, ...]:
        """The files that wait, by path; those not seen before are being read from now on."""
        with self._lock:
            told = self._previews.of(find_files(self._inbox) if self._inbox.is_dir() else [])
            self._previews.keep_only(told)
        wait(told.values(), timeout=self._patience)
        return tuple(self._as_waiting(path, one.result() if one.done() else None) for path, one in told.items())

    def upload(self, paths: Sequence[Path]) -> None:
        """Put copies of files into the inbox; one that is refused never stops the others.

        Raises:
            UsageError: Names each file that was refused, and why.
        """
        refused = []
        with self._lock, writing(self._inbox):
            self._inbox.mkdir(parents=True, exist_ok=True)
            known = find_files(self.folder) if self.folder and self.folder.is_dir() else []
            intake = Intake(data=self._data, inbox=self._inbox, folder=self.folder, known=known)
            for path in paths:
                refused += intake.refused(path)
        if refused:
            raise UsageError(" ".join(refused))

    def add(self, waiting_id: str) -> str:
        """Move a waiting file into the folder of the reports, in one step; the index learns of it when it is built.

        A report that it replaces is kept beside the indexes. Returns its path, as the other deeds on a file do.
        """
        with self._lock, writing(self.folder or self._inbox):
            path, one = self._find(waiting_id)
            if one.preview.reason:
                raise UsageError(f"{one.preview.path} cannot be read, so it cannot be added: {one.preview.reason}")
            if self.folder is None:
                raise UsageError("No folder of reports is known yet. Index a folder first, then add files to it.")
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.parent.resolve().is_relative_to(self.folder.resolve()):
                raise UsageError(f"{one.preview.path} would leave the folder of the reports by a link. Discard it.")
            if one.replaces:
                set_aside(self.folder, one.preview.path, data=self._data)
            move(self._inbox / path, target, is_replacing=one.replaces)
            self._tidy(path)
            return one.preview.path

    def replace(self, waiting_id: str, old: str) -> str:
        """Let a waiting file take the place of a report of another path, which is kept beside the indexes."""
        with self._lock, writing(self.folder or self._inbox):
            if self.folder is None or Path(old) not in find_files(self.folder):
                raise UsageError(f"{old} is no report of the folder any more. Look again.")
            path = self.add(waiting_id)
            if path != old:
                replace_report(self.folder, old, self.folder / path, data=self._data)
            return f"{old} → {path}"

    def discard(self, waiting_id: str) -> str:
        """Remove a waiting file, also while it is being read; until the next one `undiscard` brings it back."""
        with self._lock, writing(self._inbox):
            path = self._named(waiting_id)
            self._previews.forget(path)
            shutil.rmtree(self._discarded, ignore_errors=True)
            (self._discarded / path).parent.mkdir(parents=True)
            shutil.move(self._inbox / path, self._discarded / path)
            self._tidy(path)
            return path.as_posix()

    def undiscard(self) -> str:
        """Let the file that was discarded last wait again; returns its path."""
        with self._lock, writing(self._inbox):
            path = next(iter(self._last_discarded()), None)
            if path is None:
                raise UsageError("No discarded file is kept any more. Upload it again.")
            if (self._inbox / path).exists():
                raise UsageError(f"{path}: another file of this name waits. Add or discard that one first.")
            (self._inbox / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(self._discarded / path, self._inbox / path)
            return path.as_posix()

    def _last_discarded(self) -> list[Path]:
        return [file.relative_to(self._discarded) for file in self._discarded.rglob("*") if file.is_file()]

    def correct(self, waiting_id: str, fields: Mapping[str, str]) -> str:
        """Remember a keeper's word on a waiting file; of `FIELDS` those that differ from what is shown, no others."""
        with self._lock:
            path, one = self._find(waiting_id)
            report = one.preview.report
            if report is None:
                raise UsageError(f"{one.preview.path} cannot be read, so there is nothing to correct.")
            if changed := changed_fields(shown_fields(one.preview), fields):
                correct(self._data, report.path, report.sha256, **changed)
                self._previews.forget(path)
            return report.path

    def uncorrect(self, waiting_id: str) -> str:
        """Take back what was said of a waiting file; facts that are not so stay so."""
        with self._lock:
            path, one = self._find(waiting_id)
            if one.preview.report is not None:
                uncorrect(self._data, one.preview.report.path, one.preview.report.sha256)
                self._previews.forget(path)
            return one.preview.path

    def reject(self, waiting_id: str, key: str, by: str = "") -> str:
        """Declare a fact of a waiting file not so."""
        return self._judge(waiting_id, key, by, is_so=False)

    def accept(self, waiting_id: str, key: str) -> str:
        """Take back `reject`."""
        return self._judge(waiting_id, key, "", is_so=True)

    def _judge(self, waiting_id: str, key: str, by: str, *, is_so: bool) -> str:
        with self._lock:
            path, one = self._find(waiting_id)
            fact, report = one.preview.fact(key), one.preview.report
            if fact is None or report is None:
                raise UsageError(f"{one.preview.path} has no such fact. Look at it again.")
            if is_so:
                unsay_fact(self._data, report.path, key)
            elif key not in one.preview.rejected:
                strike_fact(self._data, fact, by=by)
            rejected = one.preview.rejected - {key} if is_so else one.preview.rejected | {key}
            self._previews.put(path, replace(one.preview, rejected=rejected))
            return report.path

    def _find(self, waiting_id: str) -> tuple[Path, Waiting]:
        """A file that waits and what is understood of it."""
        path = self._named(waiting_id)
        try:
            return path, self._as_waiting(path, self._previews.of([path])[path].result(self._patience))
        except TimeoutError as error:
            raise UsageError(f"{path.as_posix()} is still being read. Wait until it is shown.") from error

    def _named(self, waiting_id: str) -> Path:
        for path in find_files(self._inbox) if self._inbox.is_dir() else []:
            if self._id(path) == waiting_id:
                return path
        raise UsageError("This file does not wait any more, or has changed since it was shown. Look again.")

    def _id(self, path: Path) -> str:
        seen = [path.as_posix(), mark(self._inbox / path), mark(there) if (there := self._replaces(path)) else None]
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:12]

    def _replaces(self, path: Path) -> Path | None:
        """The report whose place a waiting file would take."""
        there = self.folder / path if self.folder else None
        return there if there and there.is_file() else None

    def _as_waiting(self, path: Path, told: Preview | None) -> Waiting:
        shown = told or Preview(path=path.as_posix())
        is_replacing = self._replaces(path) is not None
        return Waiting(id=self._id(path), preview=shown, replaces=is_replacing, is_read=told is not None)

    def _tidy(self, path: Path) -> None:
        """Remove the folders that a file which has gone leaves empty."""
        for folder in path.parents[:-1]:
            with contextlib.suppress(OSError):
                (self._inbox / folder).rmdir()
