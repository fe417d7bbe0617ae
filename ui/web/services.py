"""What the rooms of the page work with."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import IndexMissing, IndexUnusable
from ingest import current_generation, read_manifest
from ui.web.access.identity import People
from ui.web.access.visitor import Visitor
from ui.web.desk import Desk
from ui.web.memory.store import Memory


@dataclass(frozen=True, kw_only=True)
class Services:
    """One for all visitors.

    Attributes:
        desk: Lends the assistant and builds the index.
        data: Where everything written lives.
        offered: Folder that was named when the page was started; None for the one indexed last.
        is_fixed: Keepers may index `folder` only; for pages that other computers can reach.
        memory: Conversations, feedback and scorecards.
        people: Who visits.
    """

    desk: Desk
    data: Path
    offered: Path | None = None
    is_fixed: bool = False
    memory: Memory
    people: People

    @property
    def folder(self) -> Path | None:
        """The folder with the reports: the one indexed last, the one offered, the page's own; None for none.

        The page's own takes the place of the sample as soon as there is something in it.
        """
        own = self.own if self.own.is_dir() else None
        try:
            last = Path(read_manifest(current_generation(self.data)).folder).resolve()
        except (IndexMissing, IndexUnusable):
            return self.offered or own
        return own if own and last == self.sample else last

    @property
    def own(self) -> Path:
        """The folder for reports of a page that was given none."""
        return (self.data / "reports").resolve()

    @property
    def sample(self) -> Path:
        """The folder for a copy of the sample reports."""
        return (self.data / "sample").resolve()

    @property
    def is_sample(self) -> bool:
        """Whether the folder with the reports is that of the sample."""
        return self.folder == self.sample

    @property
    def into(self) -> Path:
        """The folder to which reports are added: that with the reports, never that of the sample."""
        return self.own if self.folder is None or self.is_sample else self.folder

    def visitor(self, request: Any) -> Visitor:
        """Who makes a request of the page; whom `server` lets through is known."""
        found = self.people.visitor_of(request)
        if found is None:
            raise PermissionError("Nobody is signed in; the server should have refused this request.")
        return found
