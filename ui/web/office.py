"""The office behind the page: what its rooms work with."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus import IndexMissing, IndexUnusable
from ingest import current_generation, read_manifest
from ui.web.desk import Desk
from ui.web.keeping import Keeping
from ui.web.memory import Memory
from ui.web.people import People
from ui.web.visitor import Visitor


@dataclass(frozen=True, kw_only=True)
class Office:
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
        """The folder with the reports: the one indexed last, else the one that was offered; None for neither."""
        try:
            return Path(read_manifest(current_generation(self.data)).folder)
        except (IndexMissing, IndexUnusable):
            return self.offered

    @cached_property
    def _keeping(self) -> Keeping:
        return Keeping(self.data, self.folder)

    @property
    def keeping(self) -> Keeping:
        """Files that wait, corrections and generations, over the folder that is indexed now."""
        self._keeping.folder = self.folder
        return self._keeping

    def visitor(self, request: Any) -> Visitor:
        """Who makes a request of the page; whom `serve` lets through is known."""
        found = self.people.visitor_of(request)
        if found is None:
            raise PermissionError("Nobody is signed in; the server should have refused this request.")
        return found
