"""Files that are zip archives of XML: refused before anything parses them where they could do harm."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from corpus.errors import ReportError
from corpus.read.limits import ReadLimits

DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, ValueError, LookupError),
    RuntimeError,  # an entry said to be encrypted, or in a way of packing that is not known
)
"""What opening or reading a part of a damaged or encrypted archive raises."""

_BEYOND = (AttributeError, TypeError, SyntaxError, ArithmeticError, AssertionError)
"""What libraries raise besides over XML that is not as they expect it."""
_DOCTYPE = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.I)
_NO_DOCTYPE = "its XML declares a DOCTYPE, which no Office file does. Save it again."
_RATIO_FROM_MB = 20


@contextmanager
def opened(
    data: bytes, limits: ReadLimits, what: str, suffix: str, *, unread: Collection[str] = ()
) -> Iterator[zipfile.ZipFile]:
    """The archive, which would not unpack to too much and whose XML declares no entities.

    What is raised over it while it is open is told as damage of the file.

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
                    _refuse_doctype(archive, entry)
            yield archive
    except RecursionError:
        raise  # nested too deeply, which is another fault
    except (*DAMAGE, *_BEYOND) as error:
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


def _refuse_doctype(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with archive.open(entry) as part:
        # A DOCTYPE stands before the root element; NULs are dropped so that UTF-16 hides nothing.
        start = part.read(65_536).replace(b"\0", b"")
    if _DOCTYPE.search(start):
        raise ReportError(_NO_DOCTYPE)


def xml_tree(content: bytes) -> Any:
    """The root of an XML text, without comments; ValueError when it is none, ReportError for one with a DOCTYPE."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(content, parser)
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error
    if tree.getroottree().docinfo.doctype:
        raise ReportError(_NO_DOCTYPE)
    return tree
