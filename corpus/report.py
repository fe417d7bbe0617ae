"""The report: one visit record as it stands in its file, and the date of the event it tells of."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate:
    """When something happened, as written, and as much of it as is known.

    Attributes:
        text: The words of the record, for instance ``November 4 to 5``.
        start: First day as a possibly partial ISO 8601 date: ``2024-05-03``, ``2024-05``, ``2024``, or
            ``--11-04`` where no year is stated; empty when nothing is known.
        end: Last day in the same form; equal to `start` for a single day.
    """

    text: str
    start: str = ""
    end: str = ""

    @property
    def year(self) -> int | None:
        """The year, or None when the record states none."""
        return int(self.start[:4]) if self.start[:4].isdigit() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    r"""One visit record.

    Attributes:
        id: Opaque, stable for a file's path inside its folder: the first 12 hexadecimal digits of the
            SHA-256 of `path`.
        title: From the front matter, the first heading, or the file's name, in this order.
        text: The text as stored. For Markdown and plain text this is the whole decoded file, front matter
            included, with line ends as ``\n``; for HTML, DOCX and PDF the extracted text. **Every offset
            in the project counts code points of this string.**
        body: Offset in `text` where the record proper begins, after the front matter.
        language: ISO 639-1 code of the body: ``en``, ``zh``, ``ru``, ``kk`` …
        dates: Event dates, the main one first; empty when none is stated.
        place: Where the event took place, from the front matter; empty when not stated.
        address: Address of the original page; empty when not stated.
        path: Path of the file relative to the indexed folder, with ``/`` between its parts.
        sha256: SHA-256 of the file's bytes, in hexadecimal.
        pages: Offsets in `text` at which each page begins, for paged formats; else empty.
        recognised: Stretches of `text`, (start, end), that were recognised in a picture, and how surely, from 0 to 1.
        notes: What of the file was not read, or not for certain, each as a clause; empty where all was read.
    """

    id: str
    title: str
    text: str
    body: int = 0
    language: str = ""
    dates: tuple[EventDate, ...] = field(default=())
    place: str = ""
    address: str = ""
    path: str
    sha256: str
    pages: tuple[int, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
    recognised: tuple[tuple[int, int, float], ...] = field(default=())

    def page_at(self, offset: int) -> int | None:
        """Number (from 1) of the page that holds `offset`, or None for formats without pages."""
        if not self.pages:
            return None
        return max(1, sum(1 for start in self.pages if start <= offset))

    def recognised_at(self, start: int, end: int) -> float | None:
        """How surely a stretch was recognised in a picture, from 0 to 1, at its least sure; None for text as it is."""
        sure = [chance for first, last, chance in self.recognised if first < end and start < last]
        return min(sure, default=None)
