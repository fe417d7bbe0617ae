"""The receipt of an indexing run: what changed, what failed and why."""

from dataclasses import dataclass, field
from typing import Any

from corpus import ReadFailure
from ingest.ledger.compared import News


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What one run of indexing did.

    Attributes:
        generation: Name of the published index, the one before when nothing had to change.
        added: Paths of reports that are new in the index, sorted; `changed`, `removed` likewise.
        unchanged: Number of reports that are as they were.
        failed: Files that could not be read, with the reason.
        notes: Of each new or changed report what was not read of its file, or not for certain: path and clause.
        reports: Reports in the published index.
        passages: Passages in it.
        embedded: Texts sent to the encoder in this run.
        seconds: Wall time of the run.
        resting: Quotes of corrected facts that stand in their record no more, so that the correction rests.
        forgotten: When each earlier generation was built that went since no more than `keep_generations` are kept,
            ISO 8601, newest first.
        news: What the records say now and did not before, the weightiest first; none for the first index of a folder.
    """

    generation: str
    added: tuple[str, ...] = field(default=())
    changed: tuple[str, ...] = field(default=())
    removed: tuple[str, ...] = field(default=())
    unchanged: int = 0
    failed: tuple[ReadFailure, ...] = field(default=())
    notes: tuple[tuple[str, str], ...] = field(default=())
    reports: int = 0
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0
    resting: tuple[str, ...] = field(default=())
    forgotten: tuple[str, ...] = field(default=())
    news: tuple[News, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The receipt in the public JSON form (DESIGN §7)."""
        return {
            "generation": self.generation,
            "added": list(self.added),
            "changed": list(self.changed),
            "removed": list(self.removed),
            "unchanged": self.unchanged,
            "failed": [{"file": failure.path, "reason": failure.reason} for failure in self.failed],
            "notes": [{"file": path, "note": note} for path, note in self.notes],
            "reports": self.reports,
            "passages": self.passages,
            "embedded": self.embedded,
            "seconds": round(self.seconds, 3),
            "resting": list(self.resting),
            "forgotten": list(self.forgotten),
            "news": [one.to_dict() for one in self.news],
        }
