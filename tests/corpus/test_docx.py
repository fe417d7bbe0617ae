import io
import zipfile
from dataclasses import replace

import docx
import pytest

from corpus.errors import ReportError
from corpus.read.docx import extract
from corpus.read.limits import ReadLimits

LIMITS = ReadLimits()


def rebuilt(data: bytes, change: dict[str, bytes]) -> bytes:
    """The archive with some parts replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, old.read(name)))
        for name in change.keys() - set(old.namelist()):
            new.writestr(name, change[name])
    return file.getvalue()


def part(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def test_paragraphs_headings_and_tables_come_in_reading_order_without_hidden_text(word_file: bytes) -> None:
    extracted = extract(word_file, LIMITS)
    assert extracted.text == (
        "# Visit to Almaty\n\nOn 3 May 2024 the team visited Almaty.\n\n| Name | Role |\n| Li Wei | Dean |\n\n"
        "## Results\n\nNothing was signed."
    )
    assert extracted.title == "Visit to Almaty"


def test_tracked_changes_are_read_as_accepted(word_file: bytes) -> None:
    body = part(word_file).replace(
        "<w:t>Nothing was signed.</w:t></w:r>",
        "<w:t>Nothing was </w:t></w:r><w:del><w:r><w:delText>bought</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>signed.</w:t></w:r></w:ins>",
    )
    text = extract(rebuilt(word_file, {"word/document.xml": body.encode()}), LIMITS).text
    assert text.endswith("Nothing was signed.")


def test_a_table_inside_a_table_is_read_once() -> None:
    word = docx.Document()
    outer = word.add_table(rows=1, cols=1).cell(0, 0)
    outer.text = "Outer"
    outer.add_table(rows=1, cols=1).cell(0, 0).text = "Inner"
    file = io.BytesIO()
    word.save(file)
    assert extract(file.getvalue(), LIMITS).text == "| Outer Inner |"


def test_a_doctype_in_any_part_is_refused(word_file: bytes) -> None:
    hostile = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'
    with pytest.raises(ReportError, match="DOCTYPE"):
        extract(rebuilt(word_file, {"word/footnotes.xml": hostile}), LIMITS)
    with pytest.raises(ReportError, match="DOCTYPE"):
        extract(rebuilt(word_file, {"word/other.xml": hostile.decode().encode("utf-16")}), LIMITS)


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(word_file: bytes) -> None:
    bomb = rebuilt(word_file, {"word/media/a.bin": bytes(30_000_000)})
    assert len(bomb) < 100_000
    with pytest.raises(ReportError, match="bomb"):
        extract(bomb, LIMITS)
    with pytest.raises(ReportError, match="the limit is 25 MB"):
        extract(bomb, replace(LIMITS, archive_mb=25))


def test_an_archive_of_too_many_parts_is_refused(word_file: bytes) -> None:
    with pytest.raises(ReportError, match="parts"):
        extract(word_file, replace(LIMITS, archive_entries=3))


def test_a_damaged_part_is_refused(word_file: bytes) -> None:
    with pytest.raises(ReportError, match="damaged"):
        extract(rebuilt(word_file, {"word/document.xml": b"<w:document"}), LIMITS)


def test_a_file_without_text_is_refused(word_file: bytes) -> None:
    start, end = part(word_file).split("<w:body>")[0], "<w:body/></w:document>"
    with pytest.raises(ReportError, match="without text"):
        extract(rebuilt(word_file, {"word/document.xml": (start + end).encode()}), LIMITS)
