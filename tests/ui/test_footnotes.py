"""True Word footnotes: the parts that Word asks for are there, and edited files are read as they now stand."""

import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest
from lxml import etree

from corpus import ReportError
from ui.footnotes import PART_MB, Footnotes, read_footnotes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


@pytest.fixture
def written() -> bytes:
    word = docx.Document()
    notes = Footnotes(word)
    notes.cite(word.add_paragraph("One."), [("a", "First note"), ("b", "Second <note> & more")])
    notes.cite(word.add_paragraph("Two."), [("a", "First note")])
    held = io.BytesIO()
    word.save(held)
    return held.getvalue()


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one part changed, as an editing program would save it."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, change(content) if entry.filename == name else content)
    return held.getvalue()


def test_the_part_is_declared_and_related(written: bytes) -> None:
    types = part(written, "[Content_Types].xml")
    assert [item.get("ContentType") for item in types if item.get("PartName") == "/word/footnotes.xml"] == [FOOTNOTES]
    related = part(written, "word/_rels/document.xml.rels")
    kinds = [item.get("Type").rpartition("/")[2] for item in related if item.get("Target") == "footnotes.xml"]
    assert kinds == ["footnotes"]


def test_two_separators_come_first_and_the_settings_name_them_where_the_schema_has_them(written: bytes) -> None:
    root = part(written, "word/footnotes.xml")
    assert [(note.get(f"{W}id"), note.get(f"{W}type")) for note in root] == [
        ("-1", "separator"), ("0", "continuationSeparator"), ("1", None), ("2", None)
    ]  # fmt: skip
    settings = [item.tag.rpartition("}")[2] for item in part(written, "word/settings.xml")]
    assert settings.index("savePreviewPicture") < settings.index("footnotePr") < settings.index("compat")


def test_every_mark_has_its_footnote_its_styles_and_a_bookmark_of_its_own(written: bytes) -> None:
    body, notes, styles = (part(written, f"word/{name}.xml") for name in ("document", "footnotes", "styles"))
    assert [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")] == ["1", "2"]
    assert len(list(notes.iter(f"{W}footnoteRef"))) == 2
    used = {style.get(f"{W}val") for root in (body, notes) for style in root.iter(f"{W}rStyle", f"{W}pStyle")}
    assert {"FootnoteReference", "FootnoteText"} <= used
    assert used <= {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    opened = [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkStart")]
    assert opened == [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkEnd")] == ["1", "2"]


def test_a_second_mark_refers_to_the_first_and_shows_its_number(written: bytes) -> None:
    (field,) = part(written, "word/document.xml").iter(f"{W}fldSimple")
    assert field.get(f"{W}instr").split() == ["NOTEREF", "_Ref00000001", "\\f", "\\h"]
    assert "".join(field.itertext()) == "1"


def test_python_docx_opens_it_and_saves_it_with_its_footnotes(written: bytes) -> None:
    word = docx.Document(io.BytesIO(written))
    assert word.paragraphs[0].text.startswith("One.")
    held = io.BytesIO()
    word.save(held)
    assert read_footnotes(held.getvalue()) == read_footnotes(written)
    assert read_footnotes(written) == [("1", "First note"), ("2", "Second <note> & more")]


def test_footnotes_are_numbered_by_their_marks_and_those_without_one_are_left_out(written: bytes) -> None:
    swapped = changed(written, "word/document.xml", lambda xml: re.sub(
        rb'<w:footnoteReference w:id="1"/>', b"", xml))  # fmt: skip
    assert read_footnotes(swapped) == [("1", "Second <note> & more")]


def test_a_cross_reference_whose_footnote_was_deleted_is_told(written: bytes) -> None:
    cut = changed(written, "word/document.xml", lambda xml: re.sub(
        rb'<w:bookmarkStart w:id="1".*?<w:bookmarkEnd w:id="1"/>', b"", xml, flags=re.S))  # fmt: skip
    assert read_footnotes(cut) == [("1", "Second <note> & more"), ("1", "")]


def test_tracked_changes_count_as_accepted(written: bytes) -> None:
    edited = changed(written, "word/footnotes.xml", lambda xml: xml.replace(
        b"First note</w:t></w:r>",
        b"First </w:t></w:r><w:del w:id=\"9\"><w:r><w:delText>old</w:delText></w:r></w:del>"
        b'<w:ins w:id="8"><w:r><w:t>new</w:t><w:tab/><w:t>word</w:t></w:r></w:ins>'))  # fmt: skip
    assert read_footnotes(edited)[0] == ("1", "First new\tword")


def test_a_mark_deleted_with_changes_tracked_counts_no_more(written: bytes) -> None:
    edited = changed(written, "word/document.xml", lambda xml: re.sub(
        rb'(<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="1"/></w:r>)',
        rb'<w:del w:id="9">\1</w:del>', xml))  # fmt: skip
    assert read_footnotes(edited) == [("1", "Second <note> & more")]


def test_footnotes_made_endnotes_and_a_strict_file_are_read_too(written: bytes) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(W[1:-1].encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            new.writestr(name.replace("footnotes", "endnotes"), content.replace(b":footnote", b":endnote"))
    assert read_footnotes(held.getvalue()) == [("1", "First note"), ("2", "Second <note> & more")]


def test_a_file_without_footnotes_has_none() -> None:
    held = io.BytesIO()
    docx.Document().save(held)
    assert read_footnotes(held.getvalue()) == []


@pytest.mark.parametrize("name", ["word/document.xml", "word/footnotes.xml"])
def test_broken_xml_is_refused_by_name(written: bytes, name: str) -> None:
    with pytest.raises(ReportError, match="damaged Word file"):
        read_footnotes(changed(written, name, lambda xml: xml[:-20]))


def test_a_part_that_unpacks_to_too_much_is_refused(written: bytes) -> None:
    with pytest.raises(ReportError, match=f"larger than {PART_MB} MB"):
        read_footnotes(changed(written, "word/footnotes.xml", lambda xml: xml + b" " * (PART_MB * 1_000_000)))


def test_entities_are_not_unfolded(written: bytes) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    hostile = changed(written, "word/footnotes.xml", lambda xml: xml.replace(
        b"<w:footnotes", bomb + b"<w:footnotes", 1).replace(b"First note", b"First &b;"))  # fmt: skip
    assert "aaa" not in read_footnotes(hostile)[0][1]


def test_text_that_is_no_archive_is_refused() -> None:
    with pytest.raises(ReportError, match="damaged Word file"):
        read_footnotes(b"PK, but no archive")
