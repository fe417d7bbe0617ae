"""Scans: pages that are pictures, recognised by the real program."""

import io
import shutil
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from corpus import ReadFailure, ReadLimits, Report, read_reports
from corpus.citation import locate

LINES = (
    "Visit to the Orley Lace Guild",
    "On 3 June 2024 four members of our museum visited the Orley Lace Guild.",
    "Its warden, Berit Solvang, showed the pattern room and the drying loft.",
    "Both sides signed an agreement on the loan of twelve pattern books.",
)
WITH_OCR = ReadLimits(ocr=True, seconds=120)
needs_program = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


def drawn(lines: tuple[str, ...], blur: float = 0.0) -> Image.Image:
    """A page with these lines as a scanner sees it."""
    made = io.BytesIO()
    page = canvas.Canvas(made, pagesize=(595, 842))
    page.setFont("Times-Roman", 13)
    for number, line in enumerate(lines):
        page.drawString(70, 760 - 24 * number, line)
    page.save()
    picture = pypdfium2.PdfDocument(made.getvalue())[0].render(scale=200 / 72).to_pil().convert("L")
    return picture.filter(ImageFilter.GaussianBlur(blur)) if blur else picture


def scanned(folder: Path, *pages: Image.Image | str) -> Path:
    """A PDF below `folder` of pictures of pages, and of text where a page is given as such."""
    folder.mkdir(exist_ok=True)
    made = canvas.Canvas(str(folder / "scan.pdf"), pagesize=(595, 842))
    for page in pages:
        if isinstance(page, str):
            made.drawString(70, 760, page)
        else:
            made.drawImage(ImageReader(page), 0, 0, 595, 842)
        made.showPage()
    made.save()
    return folder


def read(folder: Path, limits: ReadLimits) -> Report | ReadFailure:
    (found,) = read_reports(folder, limits=limits)
    return found


@needs_program
def test_a_page_that_is_a_picture_is_recognised_and_marked_and_the_text_beside_it_is_not(tmp_path: Path) -> None:
    report = read(scanned(tmp_path / "in", "Cover letter of the museum, with one annex.", drawn(LINES)), WITH_OCR)
    assert isinstance(report, Report) and report.notes == ()
    words = " ".join(LINES).split()
    assert sum(word in report.text.split() for word in words) >= 0.95 * len(words)
    ((start, end, sure),) = report.recognised
    assert (start, end) == (report.pages[1], len(report.text)) and 0.9 < sure <= 1
    quote, plain = locate(report, "Berit Solvang"), locate(report, "Cover letter")
    assert quote is not None and plain is not None
    assert (quote.page, quote.recognised, plain.page, plain.recognised) == (2, sure, 1, None)


@needs_program
def test_what_can_hardly_be_read_is_less_sure(tmp_path: Path) -> None:
    sharp = read(scanned(tmp_path / "sharp", drawn(LINES)), WITH_OCR)
    blurred = read(scanned(tmp_path / "blurred", drawn(LINES, blur=3.5)), WITH_OCR)
    assert isinstance(sharp, Report) and isinstance(blurred, Report)
    assert blurred.recognised[0][2] < 0.9 < sharp.recognised[0][2]


def test_without_the_word_of_a_keeper_nothing_is_recognised_and_the_note_names_the_pages(tmp_path: Path) -> None:
    report = read(scanned(tmp_path / "in", "Cover letter of the museum.", drawn(LINES), drawn(LINES)), ReadLimits())
    assert isinstance(report, Report) and report.recognised == ()
    assert report.notes == ("pages 2 and 3 are pictures, their text was not read",)


def test_a_file_of_pictures_alone_is_refused_with_the_cure(tmp_path: Path) -> None:
    failure = read(scanned(tmp_path / "in", drawn(LINES)), ReadLimits())
    assert isinstance(failure, ReadFailure) and "RAPPORTEUR_OCR=1" in failure.reason
