import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from corpus import Report, read_report
from ingest import Ledger
from tests.corpus.conftest import _pdf as pdf_of
from tests.ui.standin import INDEX, LYON
from ui.web.desk import Shelf
from ui.web.panel.page_picture import picture_of

NAME = Path("visit.pdf")


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """A PDF of two pages on the shelf, a sentence running over from one to the other."""
    (tmp_path / NAME).write_bytes(pdf_of("They met. They met. The delegation saw", "the library. They met."))
    return read_report(NAME, tmp_path)


def shelf_of(*reports: Report) -> Shelf:
    return Shelf(index=INDEX, ledger=Ledger(()), reports=reports)


def yellow(png: bytes | None) -> tuple[int, int] | None:
    """First and last column of the marker's yellow; None where there is none."""
    assert png is not None
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    width, height = picture.size
    found = [x for x in range(width) for y in range(height) if picture.getpixel((x, y)) == (255, 228, 138)]
    return (min(found), max(found)) if found else None


def test_each_page_shows_its_part_of_the_quote(tmp_path: Path, report: Report) -> None:
    start = report.text.index("The delegation")
    end = report.text.index("library.") + len("library.")
    first = yellow(picture_of(shelf_of(report), tmp_path, report.id, 1, start, end))
    second = yellow(picture_of(shelf_of(report), tmp_path, report.id, 2, start, end))
    assert first is not None and second is not None
    assert first[0] > 250 and second[0] < 120


def test_of_equal_sentences_the_cited_one_is_marked(tmp_path: Path, report: Report) -> None:
    places = [0, report.text.index("They met.", 5)]
    one, other = (yellow(picture_of(shelf_of(report), tmp_path, report.id, 1, at, at + 9)) for at in places)
    assert one is not None and other is not None
    assert one[1] < other[0]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-5, -1), (9, 3), (0, 10**9), (10**8, 10**9)])
def test_offsets_that_make_no_sense_harm_nothing(tmp_path: Path, report: Report, start: int, end: int) -> None:
    assert picture_of(shelf_of(report), tmp_path, report.id, 2, start, end)


@pytest.mark.parametrize(("name", "page"), [("nothing", 1), ("../visit.pdf", 1), ("", 1), (None, 0), (None, 3)])
def test_what_is_not_on_the_shelf_has_no_picture(tmp_path: Path, report: Report, name: str | None, page: int) -> None:
    shelf = shelf_of(report, LYON)
    assert picture_of(shelf, tmp_path, report.id if name is None else name, page, 0, 9) is None
    assert picture_of(shelf, tmp_path, LYON.id, 1, 0, 9) is None


def test_only_the_indexed_file_below_the_folder_is_drawn(tmp_path: Path, report: Report) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / NAME).symlink_to(tmp_path / NAME)
    for path in ("visit.pdf", "../visit.pdf", str(tmp_path / "visit.pdf")):
        assert picture_of(shelf_of(replace(report, path=path)), inside, report.id, 1, 0, 9) is None
    (inside / NAME).unlink()
    (inside / NAME).write_bytes(pdf_of("Another file of the same name.", "It has two pages as well."))
    assert picture_of(shelf_of(report), inside, report.id, 1, 0, 9) is None


def test_a_picture_once_made_is_kept(tmp_path: Path, report: Report) -> None:
    made = picture_of(shelf_of(report), tmp_path, report.id, 1, 0, 9)
    (tmp_path / NAME).unlink()
    assert made is not None
    assert picture_of(shelf_of(report), tmp_path, report.id, 1, 0, 9) is made
