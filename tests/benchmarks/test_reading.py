"""What reading costs: by length, and beside embedding the same text; seconds are printed, only ratios are asserted."""

import csv
import io
import random
import textwrap
import time
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from email.message import EmailMessage
from html import escape
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from reportlab.pdfgen import canvas

from corpus import ReadLimits, Report, read_report, read_reports
from corpus.read.build import build_report
from ingest import Embedder
from ingest.derive import embedded_text
from ingest.passages import passages_of, sentences_of

ROOT = Path(__file__).parents[2]
REPORTS, MADE = ROOT / "corpus" / "reports", ROOT / "tests" / "programs" / "made"
LENGTHS = (100_000, 1_000_000, 9_500_000)
"""Characters; a file may have ten million at most."""
STEP = 30
"""Times as long for ten times the text: 10 where time goes with length, 100 where it goes with its square."""
PARAGRAPH = 120


def as_docx(paragraphs: list[str]) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


def as_csv(paragraphs: list[str]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows([("Day", "Told"), *enumerate(paragraphs)])
    return file.getvalue().encode()


def as_eml(paragraphs: list[str]) -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Visits", "ada@example.org"
    mail.set_content("\n\n".join(paragraphs))
    return mail.as_bytes()


def as_rtf(paragraphs: list[str]) -> bytes:
    signs = "\\par\n".join("".join(one if one.isascii() else f"\\u{ord(one)}?" for one in line) for line in paragraphs)
    return b"{\\rtf1\\ansi " + signs.encode("ascii") + b"}"


def as_xlsx(paragraphs: list[str]) -> bytes:
    book, file = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("Days")
    for row in (("Day", "Told"), *enumerate(paragraphs)):
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def as_odt(paragraphs: list[str]) -> bytes:
    names = {one: f"urn:oasis:names:tc:opendocument:xmlns:{one}:1.0" for one in ("office", "text")}
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in names.items())
    body = "".join(f"<text:p>{escape(one)}</text:p>" for one in paragraphs)
    content = f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"{content}</office:document-content>")
    return file.getvalue()


def as_pptx(paragraphs: list[str]) -> bytes:
    show, file = pptx.Presentation(), io.BytesIO()
    for first in range(0, len(paragraphs), 20):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.placeholders[1].text_frame.text = "\n".join(paragraphs[first : first + 20])
    show.save(file)
    return file.getvalue()


def as_pdf(paragraphs: list[str]) -> bytes:
    file = io.BytesIO()
    page = canvas.Canvas(file, pagesize=(595, 842))
    lines = [
        line for one in paragraphs for line in textwrap.wrap(one.encode("latin-1", "replace").decode("latin-1"), 90)
    ]
    for first in range(0, len(lines), 50):
        for n, line in enumerate(lines[first : first + 50]):
            page.drawString(60, 780 - 14 * n, line)
        page.showPage()
    page.save()
    return file.getvalue()


KINDS: dict[str, Callable[[list[str]], bytes]] = {
    "txt": lambda paragraphs: "\n\n".join(paragraphs).encode(),
    "md": lambda paragraphs: "\n\n".join(f"## A day\n\n- *{one}*<br>" for one in paragraphs).encode(),
    "html": lambda paragraphs: ("<h1>Days</h1>" + "".join(f"<p>{escape(one)}</p>" for one in paragraphs)).encode(),
    "docx": as_docx, "csv": as_csv, "rtf": as_rtf, "eml": as_eml, "xlsx": as_xlsx, "odt": as_odt, "pptx": as_pptx,
    "pdf": as_pdf,
}  # fmt: skip
PAGED = ("pptx", "pdf")
"""Kinds of which a file of ten million characters would have thousands of pages; they are read up to a million."""


@pytest.fixture(scope="module")
def words() -> list[str]:
    """The words of the sample reports, their signs of markup left out, in an order of chance."""
    found = [word for one in read_reports(REPORTS) if isinstance(one, Report) for word in one.text.split()]
    found = [word for word in found if word[0].isalnum() and len(word) < PARAGRAPH]
    random.Random(7).shuffle(found)
    return found


def paragraphs(words: list[str], length: int) -> list[str]:
    """As many paragraphs of some hundred words as have that many characters."""
    made, have, at = [], 0, 0
    while have < length:
        made.append(" ".join(words[at : at + PARAGRAPH]) + ".")
        have += len(made[-1])
        at = at + PARAGRAPH if at + 2 * PARAGRAPH < len(words) else 0
    return made


def seconds(work: Callable[[], object]) -> float:
    """Processor time, which others on the machine change little."""
    began = time.process_time()
    work()
    return time.process_time() - began


@pytest.mark.bench
@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_time_goes_with_length_and_ten_million_characters_stay_within_the_memory(
    kind: str, words: list[str], tmp_path: Path
) -> None:
    took = []
    (tmp_path / f"0.{kind}").write_bytes(KINDS[kind](["The guests left."]))
    build_report(Path(f"0.{kind}"), tmp_path, ReadLimits())  # so that its libraries are loaded
    lengths = LENGTHS[:2] if kind in PAGED else LENGTHS
    for length in lengths:
        path = Path(f"{length}.{kind}")
        (tmp_path / path).write_bytes(KINDS[kind](paragraphs(words, length)))
        took.append(seconds(lambda path=path: build_report(path, tmp_path, ReadLimits(archive_ratio=1000))))  # type: ignore[misc]
        print(f"\n{kind} {length:>9,} characters {took[-1]:7.3f} s, {took[-1] / length * 1e6:.3f} s a million", end="")
    assert max(later / earlier for earlier, later in pairwise(took)) < STEP, took
    report = read_report(path, tmp_path, limits=ReadLimits(memory_mb=1000, seconds=300))
    assert len(report.text) > 0.9 * lengths[-1]


@pytest.mark.bench
@pytest.mark.parametrize("folder", [REPORTS, MADE], ids=["sample reports", "made by programs"])
def test_reading_takes_a_fraction_of_embedding_the_same_text(folder: Path, embedder: Embedder) -> None:
    warnings.simplefilter("ignore")
    embedder.embed_passages(["warm up"])
    reading: dict[str, float] = defaultdict(float)
    embedding: dict[str, float] = defaultdict(float)
    for report in readable(folder):
        kind, path = report.path.rpartition(".")[2], Path(report.path)
        build_report(path, folder, ReadLimits())
        reading[kind] += seconds(lambda path=path: build_report(path, folder, ReadLimits()))  # type: ignore[misc]
        texts = {embedded_text(one) for one in passages_of(report, count_tokens=embedder.count_tokens)}
        texts |= {one.text for one in sentences_of(report)}
        embedding[kind] += seconds(lambda texts=texts: embedder.embed_passages(sorted(texts, key=len)))  # type: ignore[misc]
    for kind, took in sorted(reading.items()):
        print(
            f"\n{kind:5} read {took:.3f} s, embedded {embedding[kind]:.3f} s, ratio {took / embedding[kind]:.3f}",
            end="",
        )
    ratio = sum(reading.values()) / sum(embedding.values())
    print(f"\nall   ratio {ratio:.3f}")
    assert ratio <= 0.3


def readable(folder: Path) -> Iterable[Report]:
    """The reports of a folder; members of archives are left to their own kind."""
    for one in read_reports(folder):
        if isinstance(one, Report) and Path(one.path).parts[0] == Path(one.path).name:
            yield one
