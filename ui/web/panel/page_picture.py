"""Pictures of the pages of indexed PDF files, for files below the indexed folder that have not changed since."""

import logging
import threading
from functools import lru_cache
from pathlib import Path

from corpus import Report, ReportError, page_picture
from ui.web.desk import Shelf

_KEPT = 64
"""Pictures kept in memory; a page of text takes some 100 kB."""
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each picture takes a process and up to a second of one core: more wait, so that answers stay quick."""
logger = logging.getLogger(__name__)


def picture_of(shelf: Shelf, folder: Path, report_id: str, page: int, start: int, end: int) -> bytes | None:
    """Return one page of a report as PNG, code points [start, end) of its text highlighted.

    All but `shelf` and `folder` comes from the browser. None when there is no such report or page, or when its file is
    gone, reached by a link, not the one that was indexed, or cannot be drawn; offsets that are not on the page, or
    whose words are not found there, give the page without a highlight.
    """
    report = next((report for report in shelf.reports if report.id == report_id), None)
    if report is None or not 1 <= page <= len(report.pages):
        return None
    before, quote = _on_page(report, page, start, end)
    try:
        return _drawn(folder, report.path, report.sha256, page, quote, before)
    except ReportError as error:
        logger.info("No picture of page %d: %s", page, error)
        return None


def _on_page(report: Report, page: int, start: int, end: int) -> tuple[str, str]:
    """The text of a page before the quote, and the part of the quote that stands on the page."""
    top = report.pages[page - 1]
    bottom = report.pages[page] if page < len(report.pages) else len(report.text)
    first, last = max(top, start), min(bottom, end)
    return (report.text[top:first], report.text[first:last]) if first < last else ("", "")


@lru_cache(maxsize=_KEPT)
def _drawn(folder: Path, path: str, sha256: str, page: int, quote: str, before: str) -> bytes:
    with _AT_ONCE:
        return page_picture(folder, Path(path), page, quote, before=before, sha256=sha256)
