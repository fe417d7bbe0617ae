"""Files that are zip archives of XML: refused before anything parses them where they could do harm."""

import io
import re
import zipfile
import zlib
from collections.abc import Collection

from corpus.errors import ReportError
from corpus.read.limits import ReadLimits

DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError)
"""What opening or reading a part of a damaged or encrypted archive raises."""

_DOCTYPE = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.I)
_RATIO_FROM_MB = 20


def guard(data: bytes, limits: ReadLimits, what: str, suffix: str, *, unread: Collection[str] = ()) -> None:
    """Refuse archives that would unpack to too much, and XML that declares entities.

    Args:
        data: The archive.
        limits: Its bounds.
        what: The kind of file, for instance ``a Word file``; `suffix` is the format to save it in.
        unread: Names of parts that nobody parses, so that their DOCTYPE does no harm.

    Raises:
        ReportError: The archive is larger than the limits, damaged, encrypted, or declares a DOCTYPE.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_bombs(archive, len(data), limits)
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise ReportError("it is encrypted. Save it without a password.")
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels")) and entry.filename not in unread:
                    _refuse_doctype(archive, entry, what)
    except DAMAGE as error:
        raise ReportError(f"it is {what}, but damaged ({error}). Save it again as {suffix}.") from error


def refuse_bombs(archive: zipfile.ZipFile, packed: int, limits: ReadLimits) -> None:
    """Refuse an archive of too many parts, or of parts that unpack to too much for its `packed` bytes.

    Raises:
        ReportError: It is beyond the limits.
    """
    entries = archive.infolist()
    if len(entries) > limits.archive_entries:
        raise ReportError(f"it has {len(entries)} parts, the limit is {limits.archive_entries}. Save it anew.")
    unpacked = sum(entry.file_size for entry in entries) / 1_000_000
    if unpacked > limits.archive_mb:
        raise ReportError(f"it unpacks to {unpacked:.0f} MB, the limit is {limits.archive_mb:g} MB. Split it.")
    if unpacked > _RATIO_FROM_MB and unpacked > limits.archive_ratio * packed / 1_000_000:
        raise ReportError(f"it unpacks to more than {limits.archive_ratio:g} times its size, as a bomb does.")


def _refuse_doctype(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, what: str) -> None:
    with archive.open(entry) as part:
        # A DOCTYPE stands before the root element; NULs are dropped so that UTF-16 hides nothing.
        start = part.read(65_536).replace(b"\0", b"")
    if _DOCTYPE.search(start):
        raise ReportError(f"its XML declares a DOCTYPE, which {what} never does. Save it again.")
