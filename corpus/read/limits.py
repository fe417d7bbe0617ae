"""The bounds within which a file is read, so that no file can harm the run that meets it."""

from dataclasses import dataclass

from corpus.errors import ReportError


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLimits:
    """What one file may cost. A file beyond a bound is refused with the bound in the reason.

    Attributes:
        ocr: Whether the text of pages that are pictures is recognised by tesseract; a page may then take `seconds`.
        file_mb: Size of the file, in megabytes of 1,000,000 bytes. A zip archive of records may have `archive_mb`,
            each of its members only this.
        characters: Length of the text taken from it, in code points.
        seconds: Wall time, and processor time, for one file.
        memory_mb: Address space of the reading process, its libraries included (these take about 150 MB).
        pages: Pages of a PDF, slides of a PowerPoint file.
        members: Records in one zip archive or mail.
        archive_entries: Parts of a Word file, which is a zip archive, or of another zip archive.
        archive_mb: Size of those parts once unpacked.
        archive_ratio: Unpacked size over packed size, for archives that unpack to more than 20 MB.
        files_per_process: Files after which the reading process is replaced by a fresh one.
    """

    ocr: bool = False
    file_mb: float = 20
    characters: int = 10_000_000
    seconds: float = 30
    memory_mb: int = 1024
    pages: int = 2000
    members: int = 1000
    archive_entries: int = 10_000
    archive_mb: float = 200
    archive_ratio: float = 100
    files_per_process: int = 200


def refuse_large(size: int, megabytes: float) -> None:
    """Raise ReportError for a file of `size` bytes where only so many megabytes are allowed."""
    if size > megabytes * 1_000_000:
        raise ReportError(
            f"it is too large: {size / 1_000_000:.1f} MB, the limit is {megabytes:g} MB. "
            "Split it into one file a visit, or raise the limit."
        )
