import io
import random
import re
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.shared import Cm
from PIL import Image

from corpus.errors import ReportError
from corpus.read.docx import extract
from corpus.read.limits import ReadLimits

LIMITS = ReadLimits()
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    f'xmlns:r="{TYPES}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def saved(word: Any) -> bytes:
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def root(tag: str, content: str) -> bytes:
    return f"<w:{tag} {NAMES}>{content}</w:{tag}>".encode()


def word_of(body: str, **parts: bytes) -> bytes:
    """A Word file of this body; each further part replaces that of its name, or is added with its relationship."""
    base = saved(docx.Document())
    with zipfile.ZipFile(io.BytesIO(base)) as archive:
        links = archive.read("word/_rels/document.xml.rels").decode()
    for name in parts:
        if f'"{name}.xml"' not in links:
            link = f'<Relationship Id="{name}" Type="{TYPES}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
            links = links.replace("</Relationships>", link + "</Relationships>")
    changes = {f"word/{name}.xml": content for name, content in parts.items()}
    changes["word/document.xml"] = root("document", f"<w:body>{body}</w:body>")
    changes["word/_rels/document.xml.rels"] = links.encode()
    return rebuilt(base, changes)


def p(content: str, properties: str = "") -> str:
    """A paragraph; text without a tag becomes a run."""
    inside = content if content.startswith("<") or not content else f"<w:r><w:t>{content}</w:t></w:r>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(content)}</w:tc>"


def item(text: str, level: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def lvl(level: int, kind: str, text: str, more: str = "") -> str:
    counts = f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
    return f'<w:lvl w:ilvl="{level}">{counts}<w:lvlText w:val="{text}"/>{more}</w:lvl>'


def numbering(*levels: str, nums: str = "") -> bytes:
    abstract = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return root("numbering", f'{abstract}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{nums}')


def read(data: bytes) -> str:
    return extract(data, LIMITS).text


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


# The parts of a page beside its paragraphs.


def test_the_paragraphs_of_a_text_box_follow_the_paragraph_that_holds_it_and_are_read_once() -> None:
    inner = "<w:txbxContent>" + p("Guide: Ilmari Koskela") + p("Car: none") + "</w:txbxContent>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{inner}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert read(word_of(p(t("The guests came by bus.") + box + t(" They left on foot.")) + p("End."))) == (
        "The guests came by bus. They left on foot.\n\nGuide: Ilmari Koskela\n\nCar: none\n\nEnd."
    )


def test_a_text_box_in_a_cell_stays_in_its_row() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('Room 4')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert read(word_of(f"<w:tbl><w:tr>{tc(t('Hall') + box)}{tc('open')}</w:tr></w:tbl>")) == "| Hall Room 4 | open |"


def test_page_headers_stand_first_and_footers_last_each_text_once_without_page_numbers() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    references = "".join(
        f'<w:{kind}Reference w:type="{when}" r:id="{kind}{number}"/>'
        for kind, when, number in [("header", "default", 1), ("header", "first", 2), ("footer", "default", 1)]
    )
    pages = (
        t("Archive copy - page ")
        + field
        + t(" of ")
        + '<w:fldSimple w:instr="NUMPAGES"><w:r><w:t>9</w:t></w:r></w:fldSimple>'
    )
    data = word_of(
        p("The rector spoke.") + f"<w:sectPr>{references}<w:titlePg/></w:sectPr>",
        header1=root("hdr", p("Office of Missions, file 88")),
        header2=root("hdr", p("Seal of the office") + p("Office of Missions, file 88")),
        footer1=root("ftr", p(pages) + p(t("Page ") + field) + p("The rector spoke.")),
    )
    assert read(data) == "Seal of the office\n\nOffice of Missions, file 88\n\nThe rector spoke.\n\nArchive copy"


def test_a_header_for_first_or_even_pages_that_are_not_told_apart_is_not_shown() -> None:
    references = '<w:headerReference w:type="first" r:id="header1"/><w:headerReference w:type="even" r:id="header2"/>'
    parts = {"header1": root("hdr", p("Old letterhead")), "header2": root("hdr", p("Left page"))}
    body = p("Text of the day.") + f"<w:sectPr>{references}</w:sectPr>"
    assert read(word_of(body, **parts)) == "Text of the day."
    even = root("settings", "<w:evenAndOddHeaders/>")
    assert read(word_of(body, settings=even, **parts)) == "Left page\n\nText of the day."


def test_footnotes_and_endnotes_stand_after_the_paragraph_or_row_that_refers_to_them() -> None:
    def note(kind: str, number: int, text: str) -> str:
        mark = f"<w:r><w:{kind}Ref/></w:r>"
        return f'<w:{kind} w:id="{number}">{p(mark + t(" " + text))}{p("See the annex.")}</w:{kind}>'

    def reference(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    row = f"<w:tr>{tc(t('Fees') + reference('endnote', 3))}{tc('none')}</w:tr><w:tr>{tc('Beds')}{tc('four')}</w:tr>"
    data = word_of(
        p(t("The school opened") + reference("footnote", 5) + t(" and closed.") + reference("footnote", 4))
        + p("Later.")
        + f"<w:tbl>{row}</w:tbl>",
        footnotes=root("footnotes", note("footnote", 4, "In May.") + note("footnote", 5, "In April.")),
        endnotes=root("endnotes", note("endnote", 3, "Paid by the host.")),
    )
    assert read(data) == (
        "The school opened[1] and closed.[2]\n\n[1] In April. See the annex.\n\n[2] In May. See the annex.\n\n"
        "Later.\n\n"
        "| Fees[1] | none |\n[1] Paid by the host. See the annex.\n| Beds | four |"
    )


def test_a_note_with_its_own_mark_keeps_it_and_one_that_is_missing_is_told() -> None:
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="8"/><w:t>*</w:t></w:r>'
    lost = '<w:r><w:footnoteReference w:id="9"/></w:r>'
    notes = root("footnotes", f'<w:footnote w:id="8">{p("* By letter.")}</w:footnote>')
    extracted = extract(word_of(p(t("They agreed") + own + t(" twice") + lost), footnotes=notes), LIMITS)
    assert extracted.text == "They agreed* twice[1]\n\n* By letter."
    assert extracted.notes == ("1 footnote, not read",)


def test_a_comment_stands_after_its_paragraph_with_its_author() -> None:
    word = docx.Document()
    run = word.add_paragraph("The hosts offered two places.").runs[0]
    word.add_paragraph("Dinner followed.")
    word.add_comment(run, text="Three, by the later letter.", author="Aino Rask", initials="AR")
    assert read(saved(word)) == (
        "The hosts offered two places.\n\nComment (Aino Rask): Three, by the later letter.\n\nDinner followed."
    )


# Signs and boxes.


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Wingdings", "F0A8", "☐"),
        ("Wingdings", "6F", "☐"),
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0FD", "☒"),
        ("Wingdings", "F078", "☒"),
        ("Wingdings", "F0FC", "✓"),
        ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "F0A3", "☐"),
        ("Webdings", "F063", "☐"),
        ("Symbol", "F0B3", "≥"),
        ("MS Gothic", "2612", "☒"),
    ],
)
def test_a_sign_of_a_symbol_font_is_read_as_what_it_shows(font: str, code: str, shown: str) -> None:
    sign = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    assert read(word_of(p(t("Paid ") + sign + t(" in full")))) == f"Paid {shown} in full"


def test_letters_in_a_symbol_font_are_read_as_signs_and_other_letters_stay() -> None:
    boxed = '<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>þ\uf0a8是</w:t></w:r>'
    assert read(word_of(p(boxed + t(" þing")))) == "☑☐是 þing"


def test_a_sign_that_is_not_known_leaves_a_mark_and_is_told() -> None:
    sign = '<w:r><w:sym w:font="House Signs" w:char="F041"/></w:r>'
    extracted = extract(word_of(p(t("un") + sign + t("signed"))), LIMITS)
    assert extracted.text == "un▯signed"
    assert extracted.notes == ("1 sign, of an unknown font, shown as ▯",)


def test_boxes_to_tick_show_their_state() -> None:
    def control(state: str, shows: str) -> str:
        box = f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>'
        return f"<w:sdt><w:sdtPr>{box}</w:sdtPr><w:sdtContent>{shows}</w:sdtContent></w:sdt>"

    def legacy(state: str) -> str:
        data = f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"
        code = "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        return f'{begin}{code}<w:r><w:fldChar w:fldCharType="end"/></w:r>'

    body = p(control("1", t("☒")) + t(" bus ") + control("0", "") + t(" train ") + control("1", ""))
    body += p(
        legacy('<w:default w:val="1"/>')
        + t(" yes ")
        + legacy('<w:default w:val="1"/><w:checked w:val="0"/>')
        + t(" no")
    )
    assert read(word_of(body)) == "☒ bus ☐ train ☒\n\n☒ yes ☐ no"


def test_the_chosen_entry_of_a_list_in_a_form_is_read() -> None:
    entries = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="agreed"/><w:listEntry w:val="refused"/></w:ddList>'
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{entries}</w:ffData></w:fldChar></w:r>'
    assert read(word_of(p(t("State: ") + begin + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'))) == "State: refused"


def test_the_instruction_of_a_field_is_not_read_though_it_holds_text() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f"<w:r><w:instrText>IF</w:instrText></w:r>{mark('begin')}{mark('separate')}{t('draft')}{mark('end')}"
    assert read(word_of(p(mark("begin") + code + mark("separate") + t("final") + mark("end")))) == "final"


def test_an_equation_is_read_without_running_its_parts_together() -> None:
    def run(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    half = f"<m:f><m:num>{run('1')}</m:num><m:den>{run('2')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{run('x')}</m:e><m:sup>{run('2')}</m:sup></m:sSup>"
    root_of = f"<m:rad><m:deg/><m:e>{run('a+b')}</m:e></m:rad>"
    equation = f"<m:oMathPara><m:oMath>{half}{run('=')}{power}{root_of}</m:oMath></m:oMathPara>"
    assert read(word_of(p(t("So ") + equation + t(".")))) == "So 1/2=x^2√(a+b)."


# Tables.


def test_a_merged_cell_is_said_in_every_row_and_column_it_spans() -> None:
    wide, begin, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        tc("Host") + tc("Days", wide),
        tc("Orchard College", begin) + tc("Monday") + tc("open"),
        tc("", goes_on) + tc("Tuesday") + tc("shut"),
        tc("", goes_on) + tc("") + tc(""),
        tc("Mill School") + tc("Friday") + tc("open"),
        tc("", "") + tc("Sunday") + tc("shut"),
    ]
    assert read(word_of("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")) == (
        "| Host | Days | Days |\n| Orchard College | Monday | open |\n| Orchard College | Tuesday | shut |\n"
        "| Mill School | Friday | open |\n|  | Sunday | shut |"
    )


def test_a_cell_merged_both_ways_and_columns_left_out_keep_their_places() -> None:
    both = '<w:gridSpan w:val="2"/>'
    begin, goes_on = tc("Both", both + '<w:vMerge w:val="restart"/>'), tc("", both + "<w:vMerge/>")
    data = word_of(
        f"<w:tbl><w:tr>{begin}{tc('one')}</w:tr>"
        f"<w:tr>{goes_on}{tc('two')}</w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{tc("three")}</w:tr></w:tbl>'
    )
    assert read(data) == "| Both | Both | one |\n| Both | Both | two |\n|  |  | three |"


def test_a_width_that_no_table_can_have_is_bounded() -> None:
    wide = tc("a", '<w:gridSpan w:val="30000"/>')
    assert read(word_of(f"<w:tbl><w:tr>{wide}</w:tr></w:tbl>")).count("|") == 64


def test_rows_in_controls_and_inserted_rows_are_read_and_removed_or_hidden_ones_are_not() -> None:
    def row(text: str, properties: str = "") -> str:
        return f"<w:tr><w:trPr>{properties}</w:trPr>{tc(text)}</w:tr>"

    data = word_of(
        f"<w:tbl>{row('first')}<w:sdt><w:sdtContent>{row('second')}</w:sdtContent></w:sdt>{row('gone', '<w:del/>')}"
        f"{row('third', '<w:ins/>')}{row('unseen', '<w:hidden/>')}<w:ins>{row('fourth')}</w:ins>"
        f"<w:tr><w:sdt><w:sdtContent>{tc('fifth')}</w:sdtContent></w:sdt></w:tr></w:tbl>"
    )
    assert read(data) == "| first |\n| second |\n| third |\n| fourth |\n| fifth |"


def test_a_table_inside_a_table_of_many_cells_is_read_whole_and_once() -> None:
    inner = f"<w:tbl><w:tr>{tc('bread')}{tc('salt')}</w:tr><w:tr>{tc('tea')}{tc('milk')}</w:tr></w:tbl>"
    outer = f"<w:tc>{p('Table laid:')}{inner}{p('at noon')}</w:tc>{tc('Hall')}"
    assert read(word_of(f"<w:tbl><w:tr>{outer}</w:tr></w:tbl>")) == "| Table laid: bread salt tea milk at noon | Hall |"


# Lists.


def test_list_numbers_are_those_that_word_shows() -> None:
    levels = numbering(lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2"), lvl(2, "lowerLetter", "%3)"))
    body = item("Start") + item("Bus", 1) + item("Train", 1) + item("slow", 2) + item("fast", 2) + item("End")
    body += item("Foot", 1) + item("lame", 2)
    assert read(word_of(body, numbering=levels)).split("\n\n") == (
        ["1. Start", "1.1 Bus", "1.2 Train", "a) slow", "b) fast", "2. End", "2.1 Foot", "a) lame"]
    )


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("upperRoman", "%1.", "IV. now"),
        ("lowerRoman", "(%1)", "(iv) now"),
        ("upperLetter", "%1)", "D) now"),
        ("decimalZero", "%1", "04 now"),
        ("russianLower", "%1)", "г) now"),
        ("chineseCountingThousand", "%1、", "四、 now"),
        ("chineseCounting", "第%1章", "第四章 now"),
        ("decimalEnclosedCircle", "%1", "④ now"),
        ("none", "%1", "now"),
        ("bullet", "•", "- now"),
    ],
)
def test_each_kind_of_number_is_written_its_way(kind: str, text: str, shown: str) -> None:
    body = item("one") + item("two") + item("three") + item("now")
    assert read(word_of(body, numbering=numbering(lvl(0, kind, text)))).endswith(f"\n\n{shown}")


def test_large_counts_are_written_as_word_does() -> None:
    begin = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/>'
        "</w:lvlOverride></w:num>"
    )
    for kind, start, shown in [
        ("lowerLetter", 28, "bb"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("chineseCounting", 112, "一百一十二"),
        ("chineseCounting", 15, "十五"),
        ("chineseCounting", 105, "一百零五"),
    ]:
        data = word_of(item("x", number=2), numbering=numbering(lvl(0, kind, "%1"), nums=begin.format(start)))
        assert read(data) == f"{shown} x"


def test_a_list_that_begins_anew_does_and_one_that_goes_on_does_too() -> None:
    anew = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        '</w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = item("a") + item("b") + item("c", number=2) + item("d", number=2) + item("e", number=3)
    assert read(word_of(body, numbering=numbering(lvl(0, "decimal", "%1."), nums=anew))).split("\n\n") == (
        ["1. a", "2. b", "5. c", "6. d", "7. e"]
    )


def test_lists_by_style_have_their_numbers_and_bullets() -> None:
    word = docx.Document()
    word.add_paragraph("soap", style="List Bullet")
    word.add_paragraph("wash", style="List Number")
    word.add_paragraph("dry", style="List Number")
    assert read(saved(word)) == "- soap\n\n1. wash\n\n2. dry"


def test_a_numbered_column_of_empty_cells_shows_its_numbers() -> None:
    rows = "".join(f"<w:tr><w:tc>{item('')}</w:tc>{tc(name)}</w:tr>" for name in ("hat", "coat"))
    assert (
        read(word_of(f"<w:tbl>{rows}</w:tbl>", numbering=numbering(lvl(0, "decimal", "%1."))))
        == "| 1. | hat |\n| 2. | coat |"
    )


def test_a_heading_has_its_number_and_the_title_does_not() -> None:
    heading = p("Stay in Porvoo", '<w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="1"/></w:numPr>')
    extracted = extract(word_of(heading, numbering=numbering(lvl(0, "decimal", "%1."))), LIMITS)
    assert (extracted.text, extracted.title) == ("# 1. Stay in Porvoo", "Stay in Porvoo")


def test_a_kind_of_number_that_is_not_known_is_told() -> None:
    extracted = extract(word_of(item("x") + item("y"), numbering=numbering(lvl(0, "thaiLetters", "%1."))), LIMITS)
    assert extracted.text == "- x\n\n- y"
    assert extracted.notes == ("2 list items, whose number was not read",)


def test_a_bullet_that_is_a_box_says_whether_it_is_ticked() -> None:
    font = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    boxes = numbering(
        lvl(0, "bullet", "\uf0a8").replace("</w:lvl>", font + "</w:lvl>"),
        lvl(1, "bullet", "\uf0fe").replace("</w:lvl>", font + "</w:lvl>"),
        lvl(2, "bullet", "\uf0d8").replace("</w:lvl>", font + "</w:lvl>"),
    )
    assert (
        read(word_of(item("tea") + item("milk", 1) + item("sugar", 2), numbering=boxes))
        == "- ☐ tea\n\n- ☑ milk\n\n- sugar"
    )


# Titles.


def titled(stated: str, *paragraphs: tuple[str, str]) -> str:
    """The title of a file whose property is `stated`, of (kind, text): a style, "bold" or "plain"."""
    word = docx.Document()
    word.core_properties.title = stated
    for kind, text in paragraphs:
        paragraph = word.add_paragraph(style=None if kind in {"bold", "plain"} else kind)
        paragraph.add_run(text).bold = kind == "bold" or None
    return extract(saved(word), LIMITS).title


def test_the_title_is_what_a_reader_takes_for_it() -> None:
    heading, line, plain = ("Heading 1", "Background"), ("bold", "Stay at Fern Lyceum"), ("plain", "We came by bus.")
    assert titled("Fern Lyceum", heading, plain) == "Fern Lyceum"
    assert (
        titled("Old form", ("plain", "No. 3"), ("Title", "Stay at Fern"), ("Title", "Lyceum"), heading)
        == "Stay at Fern Lyceum"
    )
    assert titled("", line, ("plain", "May"), heading, plain) == "Stay at Fern Lyceum"
    assert titled("", heading, line, plain) == "Background"
    assert titled("", ("plain", "No. 3"), line, plain) == "Stay at Fern Lyceum"
    assert titled("", plain, line) == ""
    assert titled("", ("bold", "Those present:"), plain) == ""


@pytest.mark.parametrize(
    "junk",
    [
        "Microsoft Word - fern.doc",
        "Document1",
        "PowerPoint Presentation",
        "fern_final.docx",
        "Документ 2",
        "12",
        "Untitled",
    ],
)
def test_a_title_property_that_a_program_made_is_not_taken(junk: str) -> None:
    assert titled(junk, ("Heading 1", "Stay at Fern Lyceum")) == "Stay at Fern Lyceum"


def test_a_style_based_on_a_heading_makes_a_heading() -> None:
    word = docx.Document()
    word.styles.add_style("House Head", 1).base_style = word.styles["Heading 2"]
    word.add_paragraph("Meals\nand beds", style="House Head")
    assert read(saved(word)) == "## Meals and beds"


# Changes, other forms, losses.


def test_text_that_was_moved_is_read_once_where_it_stands_now() -> None:
    body = p(f"<w:moveFrom>{t('The dean thanked all.')}</w:moveFrom>{t('Lunch.')}") + p("Walk.")
    assert (
        read(word_of(body + p(f"<w:moveTo>{t('The dean thanked all.')}</w:moveTo>")))
        == "Lunch.\n\nWalk.\n\nThe dean thanked all."
    )


def test_paragraphs_whose_border_was_struck_out_are_one() -> None:
    struck = "<w:rPr><w:del/></w:rPr>"
    gone = p("<w:del><w:r><w:delText>Nobody came.</w:delText></w:r></w:del>", struck)
    assert read(word_of(p(t("The dean spoke "), struck) + gone + p("for long."))) == "The dean spoke for long."


def test_text_hidden_by_a_style_is_not_read() -> None:
    style = '<w:style w:type="character" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = '<w:r><w:rPr><w:rStyle w:val="Ghost"/></w:rPr><w:t> unseen</w:t></w:r>'
    assert read(word_of(p(t("seen") + hidden), styles=root("styles", style))) == "seen"


@pytest.mark.parametrize("switch", ["strike", "dstrike"])
def test_what_is_struck_out_by_hand_is_not_read(switch: str) -> None:
    struck = f"<w:r><w:rPr><w:{switch}/></w:rPr><w:t>The treaty was signed. </w:t></w:r>"
    extracted = extract(word_of(p(struck + t("It was put off."))), LIMITS)
    assert (extracted.text, extracted.notes) == ("It was put off.", ("1 struck-out piece, not read",))


def test_hidden_text_is_not_read_and_told_and_a_hidden_blank_is_nothing() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t> between us</w:t></w:r>"
    blank = "<w:r><w:rPr><w:vanish/></w:rPr><w:t> </w:t></w:r>"
    extracted = extract(word_of(p(t("Agreed") + hidden + blank)), LIMITS)
    assert (extracted.text, extracted.notes) == ("Agreed", ("1 hidden piece, not read",))


@pytest.mark.parametrize(("above", "shown"), [("6", "10⁶"), ("−3", "10⁻³"), ("th", "10th"), ("n+1", "10ⁿ⁺¹")])
def test_raised_figures_stay_raised(above: str, shown: str) -> None:
    run = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{above}</w:t></w:r>'
    assert read(word_of(p(t("10") + run + t(" euros")))) == f"{shown} euros"


def test_the_strict_form_of_the_format_is_read_like_the_usual_one(word_file: bytes) -> None:
    strict = {}
    with zipfile.ZipFile(io.BytesIO(word_file)) as archive:
        for name in archive.namelist():
            usual = rb"http://schemas\.openxmlformats\.org/(wordprocessingml|officeDocument|drawingml)/2006/"
            strict[name] = re.sub(usual, rb"http://purl.oclc.org/ooxml/\1/", archive.read(name))
    assert extract(rebuilt(word_file, strict), LIMITS) == extract(word_file, LIMITS)


def test_a_file_with_macros_or_with_a_link_to_nowhere_is_read(word_file: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(word_file)) as archive:
        types, links = archive.read("[Content_Types].xml"), archive.read("word/_rels/document.xml.rels")
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = types.replace(usual, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    lost = f'<Relationship Id="rId99" Type="{TYPES}/image" Target="NULL"/></Relationships>'.encode()
    changes = {
        "[Content_Types].xml": types,
        "word/_rels/document.xml.rels": links.replace(b"</Relationships>", lost),
    }
    assert extract(rebuilt(word_file, changes), LIMITS) == extract(word_file, LIMITS)


def test_pictures_larger_than_an_icon_are_told_and_each_once() -> None:
    def picture(shade: int) -> io.BytesIO:
        file = io.BytesIO()
        Image.new("L", (4, 4), shade).save(file, "PNG")
        return file

    word = docx.Document()
    run = word.add_paragraph("Photographs:").add_run()
    for shade, width in [(1, 8), (1, 8), (2, 8), (3, 1)]:
        run.add_picture(picture(shade), width=Cm(width))
    assert extract(saved(word), LIMITS).notes == ("2 pictures, whose text was not read",)


def test_a_part_that_is_damaged_is_told_and_the_rest_is_read(word_file: bytes) -> None:
    extracted = extract(rebuilt(word_file, {"word/numbering.xml": b"<w:numbering"}), LIMITS)
    assert extracted.text == extract(word_file, LIMITS).text
    assert extracted.notes[-1] == "its part word/numbering.xml is damaged and was not read"


def test_what_is_nested_too_deeply_is_refused() -> None:
    deep = "<w:sdt><w:sdtContent>" * 700 + p("x") + "</w:sdtContent></w:sdt>" * 700
    with pytest.raises(ReportError, match="depth"):
        extract(word_of(deep), LIMITS)


def rich_file() -> bytes:
    """A small file with something of everything."""
    note = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    merged, wide = tc("a", "<w:vMerge/>"), tc("b", '<w:gridSpan w:val="2"/>')
    body = item("one") + p(t("two") + note) + f"<w:tbl><w:tr>{merged}{wide}</w:tr></w:tbl>"
    data = word_of(
        body + p("three", '<w:pStyle w:val="H"/>') + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>',
        footnotes=root("footnotes", f'<w:footnote w:id="2">{p("four")}</w:footnote>'),
        header1=root("hdr", p('<w:fldSimple w:instr="PAGE"/>') + p("five")),
        numbering=numbering(lvl(0, "upperRoman", "%1.")),
        styles=root("styles", '<w:style w:styleId="H"><w:name w:val="heading 1"/><w:basedOn w:val="H"/></w:style>'),
    )
    file = io.BytesIO()
    kept = ("_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "[Content_Types].xml")
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name in kept or re.fullmatch(r"word/(?:document|footnotes|header1|numbering|styles)\.xml", name):
                new.writestr(name, old.read(name))
    assert extract(file.getvalue(), LIMITS).text.startswith("five\n\nI. one\n\ntwo[1]☑\n\n[1] four\n\n| a | b | b |")
    return file.getvalue()


def test_no_damage_to_the_bytes_gives_anything_but_text_or_a_reason() -> None:
    chance, whole, refused = random.Random(14), rich_file(), 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            data[at : at + chance.choice([0, 1, 40])] = chance.randbytes(chance.choice([0, 1, 9]))
        refused += is_refused(bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]))
    assert refused


def test_no_damage_to_the_xml_gives_anything_but_text_or_a_reason() -> None:
    chance, whole, read_well = random.Random(15), rich_file(), 0
    parts = ["word/document.xml", "word/footnotes.xml", "word/numbering.xml", "word/styles.xml", "word/header1.xml"]
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        texts = {name: archive.read(name).decode() for name in [*parts, "word/_rels/document.xml.rels"]}
    for _ in range(250):
        name = chance.choice([*texts])
        pieces = re.split(r"(?=<)|(?<=\")", texts[name])
        at, to = sorted(chance.choices(range(len(pieces)), k=2))
        kind = chance.randrange(4)
        if kind == 0:
            pieces[at], pieces[to] = pieces[to], pieces[at]
        elif kind == 1:
            del pieces[at]
        elif kind == 2:
            pieces[at] = re.sub(r"\w+(?=\")", chance.choice(["-1", "99999999999", "", "x", "%1%9"]), pieces[at])
        else:
            pieces[at] = (
                chance.choice(["<w:p>", "</w:r>", "<w:tbl><w:tr/></w:tbl>", "&amp;", "\ufffe", "<w:p/>"]) + pieces[at]
            )
        read_well += not is_refused(rebuilt(whole, {name: "".join(pieces).encode()}))
    assert read_well


def is_refused(data: bytes) -> bool:
    try:
        return not extract(data, LIMITS).text
    except ReportError:
        return True


def test_a_cell_over_all_columns_is_said_once() -> None:
    rows = tc("Guests of the spring", '<w:gridSpan w:val="3"/>'), tc("Ada") + tc("Tern School") + tc("lent")
    assert read(word_of("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")) == (
        "| Guests of the spring |  |  |\n| Ada | Tern School | lent |"
    )


def test_a_described_picture_is_told_and_one_named_by_a_program_is_not() -> None:
    def notes(description: str) -> tuple[str, ...]:
        word = docx.Document()
        picture = io.BytesIO()
        Image.new("RGB", (9, 9)).save(picture, "PNG")
        picture.seek(0)
        run = word.add_paragraph("Seen.").add_run()
        run.add_picture(picture, width=Cm(5))
        run._r.xpath(".//wp:docPr")[0].set("descr", description)
        return extract(saved(word), LIMITS).notes

    unread = "1 picture, whose text was not read"
    assert notes("Dean Ilse Brandt signs the charter") == (unread, "1 picture description, not read")
    assert notes("image1.png") == (unread,)


def test_cells_merged_sideways_in_the_older_way_stand_in_every_column() -> None:
    begin, goes_on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    rows = tc("School") + tc("May") + tc("June"), tc("Tern") + tc("lent", begin) + tc("", goes_on)
    assert read(word_of("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")) == (
        "| School | May | June |\n| Tern | lent | lent |"
    )
