"""How files come to wait in the inbox: copied, each under the path that it will have, or refused with the reason."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import RapporteurError, ReadLimits, UsageError, find_files, unpack
from ui.web.keep.files import is_equal, plain_name, plain_place

MAX_WAITING = 200
"""Files that may wait: as many as a keeper can still look through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The way into one inbox.

    Attributes:
        data: The data folder, in which copies are made before they wait in `inbox`.
        folder: Where the reports lie, with the paths of those `known` there; None where none is named yet.
    """

    data: Path
    inbox: Path
    folder: Path | None
    known: Sequence[Path]

    def refused(self, path: Path) -> list[str]:
        """Let a copy of a file wait, of a zip archive each record in it; what was refused, each with the reason."""
        if path.suffix.lower() != ".zip" or path.is_symlink() or not path.is_file():
            return self._refused_one(path, Path(plain_name(path.name)))
        try:
            with tempfile.TemporaryDirectory(prefix=".upload-", dir=self.data) as aside:
                refused = [f"{one.path}: {one.reason}" for one in unpack(path, Path(aside))]
                within = find_files(Path(aside))
                room = MAX_WAITING - len(find_files(self.inbox))
                for one in within[:room]:
                    refused += self._refused_one(Path(aside, one), plain_place(one))
                if len(within) > room:
                    refused.append(f"{len(within) - room} of its files: {MAX_WAITING} wait already. Add some first.")
                return refused
        except RapporteurError as error:
            return [f"{plain_name(path.name)}: {error}"]

    def _refused_one(self, path: Path, place: Path) -> list[str]:
        try:
            self._take(path, place)
        except UsageError as error:
            return [f"{place.as_posix() if place.name else '?'}: {error}"]
        return []

    def _take(self, path: Path, place: Path) -> None:
        """Copy one file to where it waits, under the path of the one report of that name, if there is just one."""
        limit = int(ReadLimits().file_mb * 1_000_000)
        name = place.name
        if not name:
            raise UsageError("its name has no letters that can be kept. Rename it.")
        if path.is_symlink() or not path.is_file():
            raise UsageError("it is no file. Choose a file.")
        if path.stat().st_size > limit:
            raise UsageError(f"it is larger than {limit / 1_000_000:g} MB. Split it into one file a visit.")
        namesakes = [one for one in self.known if one.name == name]
        place = namesakes[0] if len(namesakes) == 1 else place
        with tempfile.TemporaryDirectory(prefix=".upload-", dir=self.data) as aside:
            copied = Path(aside, name)
            shutil.copyfile(path, copied)
            if not find_files(Path(aside)):
                raise UsageError(
                    "it is of no kind that can be read. Give PDF, .docx, .odt, .rtf, .pptx, .xlsx, .csv, .eml, HTML, "
                    "Markdown or text, or a zip archive of these."
                )
            if self.folder and is_equal(copied, self.folder / place):
                raise UsageError("it is among the reports already, unchanged.")
            waits = self.inbox / place
            if waits.exists():
                if is_equal(copied, waits):
                    return
                raise UsageError("another file of this name waits. Add or discard that one first.")
            if len(find_files(self.inbox)) >= MAX_WAITING:
                raise UsageError(f"{MAX_WAITING} files wait already. Add or discard some first.")
            waits.parent.mkdir(parents=True, exist_ok=True)
            copied.replace(waits)
