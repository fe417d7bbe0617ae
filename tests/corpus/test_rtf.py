import pytest

from corpus.errors import ReportError
from corpus.read.limits import ReadLimits
from corpus.read.rtf import extract

LIMITS = ReadLimits()
FONTS = r"{\fonttbl{\f0\fnil\fcharset204 Arial;}{\f1\fnil\fcharset134 SimSun;}{\f2\fnil\fcharset0 Times;}}"


def rtf(body: str | bytes, page: int = 1252) -> bytes:
    content = body.encode("ascii") if isinstance(body, str) else body
    return b"{\\rtf1\\ansi\\ansicpg%d\\deff2" % page + FONTS.encode() + b"\\pard\\plain " + content + b"}"


def escaped(text: str, encoding: str) -> str:
    """The bytes of the text, each written as an escape where it is none of ASCII, as Word does."""
    return "".join(f"\\'{byte:02x}" if byte > 127 else chr(byte) for byte in text.encode(encoding))


def text_of(body: str | bytes, page: int = 1252) -> str:
    return extract(rtf(body, page), LIMITS).text


def test_paragraphs_and_line_breaks_are_kept() -> None:
    assert text_of(r"First one.\line Still first.\par\par Second\tab one.\par") == (
        "First one.\nStill first.\n\nSecond\tone."
    )


def test_russian_and_chinese_are_told_by_code_page_and_font() -> None:
    russian, chinese = "Ректор приехал.", "校长访问了大学。"
    assert text_of(escaped(russian, "cp1251") + r"\par", 1251) == russian
    assert text_of(escaped(chinese, "gbk") + r"\par", 936) == chinese
    both = rf"{{\f0 {escaped(russian, 'cp1251')}}} {{\f1 {escaped(chinese, 'gbk')}}}\par"
    assert text_of(both) == f"{russian} {chinese}"


def test_the_second_byte_of_a_chinese_character_may_be_an_ascii_letter_and_lines_may_break_between() -> None:
    assert "朱镕基".encode("gbk")[3] < 0x80
    assert text_of(escaped("朱镕基来访", "gbk") + r"\par", 936) == "朱镕基来访"
    assert text_of("\\'d0\n\\'a3\r\n\\'b3\\'a4\\par", 936) == "校长"


def test_raw_bytes_are_read_as_the_code_page_says() -> None:
    assert text_of("Ректор".encode("cp1251") + b"\\par", 1251) == "Ректор"


def test_unicode_escapes_replace_their_fallbacks() -> None:
    body = r"Li\u8217?s {\uc2\u26657\'d0\'a3\u-27265\'b3\'a4} \u-10179?\u-8704?\par"
    assert text_of(body) == "Li’s 校长 😀"


def test_headings_lists_and_the_stated_title() -> None:
    body = (
        r"{\info{\title Stated}{\author Nobody}}{\pard\outlinelevel1 Findings\par}\pard Text.\par "
        r"{\listtext\'b7\tab}one\par{\pntext 2.\tab}two\par\pard Rest.\par"
    )
    extracted = extract(rtf(body), LIMITS)
    assert extracted.text == "## Findings\n\nText.\n\n- one\n2. two\n\nRest."
    assert extracted.title == "Findings"
    assert extract(rtf(r"{\info{\title Stated}}Text.\par"), LIMITS).title == "Stated"


def test_headings_are_told_by_the_names_of_their_styles_and_of_those_they_are_based_on() -> None:
    sheet = (
        r"{\stylesheet{\s0\f2 Normal;}{\s4\sbasedon0{\*\soutlvl1}\fs36\b Title;}{\s5\sbasedon4 Subtitle;}"
        r"{\s7\sbasedon0\snext0\rtlch\af1 \ltrch\b heading 2;}{\*\cs3 Anchor;}{\s9\sbasedon7\i Part;}"
        r"{\s11\sbasedon0\outlinelevel2 Clause;}}"
    )
    body = (
        r"\pard\plain\s4 A day in Ulm\par\pard\s5 As kept\par\pard\s7 Guests\par\pard\s0 Two.\par\pard\s9 Talks\par"
        r"\pard\s11{\listtext 2.1\tab}Fees\par\pard\s7\outlinelevel9 None.\par"
    )
    extracted = extract(rtf(sheet + body), LIMITS)
    assert extracted.text == "# A day in Ulm\n\nAs kept\n\n## Guests\n\nTwo.\n\n## Talks\n\n### 2.1 Fees\n\nNone."
    assert extracted.title == "A day in Ulm"


def test_items_keep_their_numbers_and_stand_below_what_they_belong_to() -> None:
    body = (
        r"\pard{\listtext\pard\plain 1.\tab}\ls1\ilvl0 tea\par{\listtext\pard\f2{\b a)}\tab}\pard\ilvl1 with milk\par"
        r"{\listtext\f1 o\tab}\pard\ls1\ilvl1 warm\par{\listtext\pard \u19968?\u12289?}\pard\ls2\ilvl0 talk\par"
        r"\pard Then:\par{\pard \fi-360 \bullet \tx360\tab bread\par}{\pard 12.\tx360\tab salt\par}\pard The end.\par"
    )
    assert text_of(body) == ("1. tea\n  a) with milk\n  - warm\n一、 talk\n\nThen:\n\n- bread\n12. salt\n\nThe end.")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (r"\pard\qc\b\fs36 Поездка в Ульм\par", "# Поездка в Ульм"),
        (r"\pard\qc {\b A day in Ulm}\par", "# A day in Ulm"),
        (r"\pard\qc A day in Ulm\par", "A day in Ulm"),
        (r"\pard\b A day in Ulm\par", "A day in Ulm"),
        (r"\pard\qc\b We were in Ulm.\par", "We were in Ulm."),
    ],
)
def test_a_centred_bold_line_that_opens_the_text_is_its_title(line: str, shown: str) -> None:
    line = "".join(f"\\u{ord(sign)}?" if sign > "\x7f" else sign for sign in line)
    body = line + r"\pard\plain\qc\b Two guests\par\pard\plain\outlinelevel1 Talks\par"
    assert text_of(body) == f"{shown}\n\nTwo guests\n\n## Talks"


def test_tables_are_rows_and_a_merged_cell_stands_in_each_row_it_spans() -> None:
    body = (
        r"\trowd\cellx9\cellx18\pard\intbl Partner\cell Matter\cell\row"
        r"\trowd\clvmgf\cellx9\cellx18\pard\intbl Ulm\cell Staff\par and pupils\cell\row"
        r"\trowd\clvmrg\cellx9\cellx18\pard\intbl\cell Books\cell\row\pard After.\par"
    )
    assert text_of(body) == "| Partner | Matter |\n| Ulm | Staff and pupils |\n| Ulm | Books |\n\nAfter."


def test_notes_comments_and_boxes_follow_their_paragraph() -> None:
    body = (
        r"Signed{\footnote\pard On {\i 2 June}.\par} and sealed{\*\atnid L}{\*\atnauthor Li Na}\chatn"
        r"{\*\annotation\pard By whom?\par}.{\shp{\*\shpinst{\sp{\sn wide}{\sv 7}}{\shptxt\pard Boxed.\par}}"
        r"{\shprslt{\*\do{\dptxbxtext\pard Boxed.\par}}}}\par The end.\par"
    )
    assert text_of(body) == "Signed and sealed.\n\nOn 2 June.\n\nComment (Li Na): By whom?\n\nBoxed.\n\nThe end."


def test_a_comment_begins_with_who_wrote_it_and_one_without_words_is_none() -> None:
    body = (
        r"One{\*\atnauthor \u1051?\u1080?}{\*\annotation\pard\par\pard{\footnote\pard In May.\par}When?\par So.\par}"
        r"{\*\annotation\pard Who?\par}{\*\atnauthor Bo}{\*\annotation\pard \par}.\par"
    )
    assert text_of(body) == "One.\n\nComment (Ли): When?\n\nIn May.\n\nSo.\n\nComment: Who?"


def test_a_text_that_breaks_off_in_a_note_is_read_as_far_as_it_goes() -> None:
    assert text_of(r"Signed.{\footnote\pard On {\i 2 June") == "Signed.\n\nOn 2 June"


def test_marks_that_the_file_holds_itself_read_no_note_twice() -> None:
    assert text_of(r"A\u57354?0\u57354?{\footnote\pard B\u57354?0\u57354?\par}.\par") == "A.\n\nB"


def test_hidden_and_deleted_text_and_addresses_of_links_are_left_out() -> None:
    link = r'{\field{\*\fldinst{HYPERLINK "http://a.example/b"}}{\fldrslt  here}}'
    body = r"They {\v secretly \u26657?}agreed{\deleted  not}" + link + r".\par"
    assert text_of(body) == "They agreed here."


def test_headers_and_footers_are_read_once_and_page_counts_not_at_all() -> None:
    body = (
        r"{\header\pard Office of Ties\par}{\headerf\pard Office of Ties\par}"
        r"{\footer\pard 12 Lake Street, page {\field{\*\fldinst PAGE}{\fldrslt 3}}\par\pard page \chpgn\par}Text.\par"
    )
    assert text_of(body) == "Office of Ties\n\nText.\n\n12 Lake Street, page 3"


def test_pictures_are_told_and_their_bytes_passed_over() -> None:
    body = (
        rb"Text.{\*\shppict{\pict\pngblip 8950}}{\nonshppict{\pict\wmetafile8 0100}}{\pict\bin6 }{}\'z}\par More.\par"
    )
    extracted = extract(rtf(body), LIMITS)
    assert extracted.text == "Text.\n\nMore."
    assert extracted.notes == ("2 pictures were not read",)


def test_a_file_without_text_is_refused() -> None:
    with pytest.raises(ReportError, match="without text"):
        extract(rtf(r"\par{\pict 8950}\par"), LIMITS)
