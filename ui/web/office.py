"""The office behind the page: what its rooms work with."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ui.web.desk import Desk
from ui.web.keeping import Keeping
from ui.web.memory import Memory
from ui.web.sign_in import People
from ui.web.visitor import Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One for all visitors.

    Attributes:
        desk: Lends the assistant and builds the index.
        data: Where everything written lives.
        folder: Folder offered for indexing; None where none is known yet.
        is_fixed: Keepers may index `folder` only; for pages that other computers can reach.
        memory: Conversations, feedback and scorecards.
        keeping: Files that wait, corrections and generations.
        people: Who visits.
    """

    desk: Desk
    data: Path
    folder: Path | None = None
    is_fixed: bool = False
    memory: Memory
    keeping: Keeping
    people: People

    def visitor(self, request: Any) -> Visitor:
        """Who makes a request of the page; whom `serve` lets through is known."""
        found = self.people.visitor_of(request)
        if found is None:
            raise PermissionError("Nobody is signed in; the server should have refused this request.")
        return found
