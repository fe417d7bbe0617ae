"""What the room of keepers shows, as plain values: files that wait, generations, and whose records they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus import Report
from ingest import Correction, PastGeneration, Preview

FIELDS = ("title", "dates", "place", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An uploaded file that waits for a keeper's word.

    Attributes:
        id: Stands for the file, its content and what it would replace, as they were seen: once any of them has
            changed, a deed on it is refused.
        preview: What is understood of it, its path alone while it is being read; the one it will have among the
            reports.
        replaces: Whether a report with that path is there already, of other content.
        is_read: Whether it was read; it may still be.
    """

    id: str
    preview: Preview
    replaces: bool
    is_read: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the room of the keepers shows.

    Attributes:
        folder: Where the reports lie; None before one was named.
        waiting: Files that wait, by path.
        generations: Those kept, the newest first.
        reports: Paths and titles of the reports whose place a file may take, by path.
        is_sample: Whether the sample reports are indexed, of which nothing is to be kept.
        discarded: Path of the file that was discarded last and can be brought back; empty for none.
        office: Names of who wrote the records; `proposed` what the records themselves propose where nobody said.
    """

    folder: Path | None
    office: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    generations: tuple[PastGeneration, ...] = ()
    reports: tuple[tuple[str, str], ...] = field(default=())
    is_sample: bool = False
    discarded: str = ""

    @property
    def published(self) -> PastGeneration | None:
        """The generation that answers; None before the first build."""
        return next((one for one in self.generations if one.is_published), None)


def shown_fields(told: Preview) -> dict[str, str]:
    """The `FIELDS` of a file as a form shows them, its dates in the words of the record; empty texts for none."""
    return fields_of(told.report, told.correction) if told.report else dict.fromkeys(FIELDS, "")


def fields_of(report: Report, correction: Correction | None) -> dict[str, str]:
    """The same of a report that is corrected already."""
    said = correction.dates if correction else None
    dates = ", ".join(date.text for date in report.dates) if said is None else said
    shown = {"title": report.title, "dates": dates, "place": report.place, "language": report.language}
    return {name: " ".join(value.split()) for name, value in shown.items()}


def changed_fields(shown: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Of the `FIELDS` that a form gives those that differ from what it showed."""
    told = {name: " ".join(given[name].split()) for name in FIELDS if name in given}
    return {name: value for name, value in told.items() if value != shown[name]}
