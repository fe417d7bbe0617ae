import io
import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from corpus import ReadLimits, ReportError, page_picture, read_report
from corpus.read.picture import quote_boxes, squeezed

MakePdf = Callable[..., bytes]
PAGE = (
    "The delegation went to Lyon and met the rector\nof the university there. They met. The sides\n"
    "signed a memorandum on teachers. They met."
)
NAME = Path("visit.pdf")


def highlighted(png: bytes) -> list[tuple[int, int]]:
    """Rows of pixels (first, last) that hold the marker's yellow, in PDF points from the top."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    width, height = picture.size
    data = picture.tobytes()
    rows = [y for y in range(height) if b"\xff\xe4\x8a" * 3 in data[y * width * 3 : (y + 1) * width * 3]]
    bands: list[tuple[int, int]] = []
    for y in rows:
        if bands and y - bands[-1][1] <= 6:
            bands[-1] = (bands[-1][0], y)
        else:
            bands.append((y, y))
    return bands


def boxes_of(pdf: bytes, quote: str, before: str | None = None, page: int = 0) -> list[str]:
    """The words below each box of a quote, as pdfium reads them back from those places."""
    opened = pypdfium2.PdfDocument(pdf)[page]
    boxes = quote_boxes(opened, quote, before)
    text = opened.get_textpage()
    return [" ".join(text.get_text_bounded(*box).split()) for box in boxes]


def test_a_page_is_drawn_as_a_png_half_as_large_again_as_its_points(tmp_path: Path, make_pdf: MakePdf) -> None:
    (tmp_path / NAME).write_bytes(make_pdf("One.", PAGE))
    picture = Image.open(io.BytesIO(page_picture(tmp_path, NAME, 2)))
    assert (picture.format, picture.size) == ("PNG", (918, 1188))


def test_the_quote_is_highlighted_over_its_lines_and_nothing_else(tmp_path: Path, make_pdf: MakePdf) -> None:
    (tmp_path / NAME).write_bytes(make_pdf("One.", PAGE))
    text = read_report(NAME, tmp_path).text
    quote = "The sides signed a memorandum on teachers."
    assert quote in text
    plain, marked = page_picture(tmp_path, NAME, 2), page_picture(tmp_path, NAME, 2, quote)
    assert highlighted(plain) == []
    assert len(highlighted(marked)) >= 1
    assert page_picture(tmp_path, NAME, 2, "The sides signed nothing.") == plain
    assert page_picture(tmp_path, NAME, 1, quote) == page_picture(tmp_path, NAME, 1)


def test_boxes_lie_on_the_words_of_the_quote_line_by_line(make_pdf: MakePdf) -> None:
    pdf = make_pdf(PAGE)
    assert boxes_of(pdf, "The sides signed a memorandum on teachers.") == [
        "The sides",
        "signed a memorandum on teachers.",
    ]
    assert boxes_of(pdf, "rector of the university") == ["rector", "of the university"]
    assert boxes_of(pdf, "Lyon") == ["Lyon"]


def test_a_word_broken_by_a_hyphen_at_the_end_of_a_line_is_found(tmp_path: Path, make_pdf: MakePdf) -> None:
    pdf = make_pdf("The sides signed a memo-\nrandum on the exchange of teachers")
    (tmp_path / NAME).write_bytes(pdf)
    text = read_report(NAME, tmp_path).text
    quote = next(found[0] for found in re.finditer(r"signed a memo-?\s?randum on", text))
    first, second = boxes_of(pdf, quote)
    assert first.startswith("signed a memo") and second == "randum on"


def test_of_equal_sentences_the_one_meant_is_marked_and_none_where_that_is_not_known(make_pdf: MakePdf) -> None:
    pdf = make_pdf(PAGE)
    page = pypdfium2.PdfDocument(pdf)[0]
    first, second = (
        quote_boxes(page, "They met.", PAGE[: PAGE.index("They met.")]),
        quote_boxes(page, "They met.", PAGE[: PAGE.rindex("They met.")]),
    )
    assert len(first) == len(second) == 1
    assert first[0][1] > second[0][1]
    assert quote_boxes(page, "They met.", None) == []
    assert quote_boxes(page, "They met.", "not of this page") == []
    assert quote_boxes(page, " \n", None) == []


def test_a_turned_page_is_highlighted_where_its_words_are(tmp_path: Path, make_pdf: MakePdf) -> None:
    turned = make_pdf(PAGE).replace(b"/MediaBox [0 0 612 792]", b"/Rotate 90 /MediaBox [0 0 612 792]")
    (tmp_path / NAME).write_bytes(turned)
    picture = Image.open(io.BytesIO(page_picture(tmp_path, NAME, 1, "Lyon"))).convert("RGB")
    assert picture.size == (1188, 918)
    ys, xs = np.nonzero((np.asarray(picture) == (255, 228, 138)).all(axis=2))
    assert len(xs)
    # Upright, the first line begins at (72, 720) from below; turned clockwise that is 720 points from the left.
    assert ((xs > 1050) & (xs < 1110) & (ys > 225) & (ys < 450)).all()


@pytest.mark.parametrize(
    ("page", "reason"), [(0, "no page 0, its pages are 1 to 2"), (3, "no page 3"), (-1, "no page -1")]
)
def test_a_page_that_is_not_there_is_named(tmp_path: Path, make_pdf: MakePdf, page: int, reason: str) -> None:
    (tmp_path / NAME).write_bytes(make_pdf("One.", "Two."))
    with pytest.raises(ReportError, match=rf"visit\.pdf: .*{reason}"):
        page_picture(tmp_path, NAME, page)


def test_a_file_with_other_bytes_than_indexed_is_refused(tmp_path: Path, make_pdf: MakePdf) -> None:
    data = make_pdf("One.")
    (tmp_path / NAME).write_bytes(data)
    assert page_picture(tmp_path, NAME, 1, sha256=sha256(data).hexdigest())
    (tmp_path / NAME).write_bytes(make_pdf("Two."))
    with pytest.raises(ReportError, match="has changed since it was indexed"):
        page_picture(tmp_path, NAME, 1, sha256=sha256(data).hexdigest())


def test_links_files_outside_and_files_that_are_no_pdf_are_refused(tmp_path: Path, make_pdf: MakePdf) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "secret.pdf").write_bytes(make_pdf("Secret."))
    (inside / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    (inside / "linked").symlink_to(tmp_path)
    (inside / "a.md").write_text("They met.")
    for path in ("../secret.pdf", str(tmp_path / "secret.pdf"), "link.pdf", "linked/secret.pdf", "a.md", "gone.pdf"):
        with pytest.raises(ReportError, match=r"outside|symbolic link|cannot be drawn|no such file"):
            page_picture(inside, Path(path), 1)


def test_a_huge_page_is_drawn_small(tmp_path: Path, make_pdf: MakePdf) -> None:
    wide = make_pdf("One.").replace(b"[0 0 612 792]", b"[0 0 14400 14400]")
    (tmp_path / NAME).write_bytes(wide)
    picture = Image.open(io.BytesIO(page_picture(tmp_path, NAME, 1)))
    assert 7_000_000 < picture.size[0] * picture.size[1] <= 8_100_000


def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path, make_pdf: MakePdf) -> None:
    slow = make_pdf("One.")
    stream = b"0 0 m 600 700 l S\n" * 400_000
    found = re.search(rb"<< /Length (\d+) >>\nstream\n(.*?)\nendstream", slow, re.S)
    assert found
    (tmp_path / NAME).write_bytes(
        slow.replace(found[0], b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    )
    with pytest.raises(ReportError, match=r"visit\.pdf: reading it took .*0\.2 seconds"):
        page_picture(tmp_path, NAME, 1, limits=replace(ReadLimits(), seconds=0.2))


def test_squeezing_leaves_what_shows() -> None:
    assert squeezed(" a\u00a0b\r\n c\ufffed\u00ade\x02 ") == "abcde"
