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


SIGNS = (
    r"{\fonttbl{\f0\fcharset204 Arial;}{\f4\fbidi \fnil\fcharset2\fprq2{\*\panose 0500}Wingdings;}"
    r"{\f5\fnil\fcharset2 Wingdings 2{\*\falt Symbol};}{\f6\froman\fcharset2 Symbol;}}"
)


def noted(body: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file with fonts of signs, and its notes."""
    extracted = extract(b"{\\rtf1\\ansi\\ansicpg1251\\deff0" + (SIGNS + r"\pard\plain " + body).encode() + b"}", LIMITS)
    return extracted.text, extracted.notes


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (r"Boat{\f4 \'fe} barge{\f4\'a8}", "Boat☑ barge☐"),
        (r"Boat{\rtlch\af4 \ltrch\hich\f4\loch\f4 \u61608\'3f}{\uc0\f4\u-3842 }{\f4\u-3842 o!}", "Boat☐☑☑🖉"),
        (r"Boat{\f5 R\plain R}{\f6 a\f0\'e0}", "Boat☑Rαа"),
        (
            r"{\f4\'a7}\tab oars\par{\listtext\f4\'fe\tab}sails\par{\listtext\f6\'b7\tab}mast",
            "- oars\n- ☑ sails\n- mast",
        ),
        (r"{\f4 \{\~\u1060?}", "🏵\xa0Ф"),
    ],
)
def test_letters_of_a_font_of_signs_are_the_signs_they_show(body: str, shown: str) -> None:
    assert noted(body + r"\par") == (shown, ())


def field(instruction: str, result: str = "") -> str:
    return rf"{{\field{{\*\fldinst {{{instruction}}}}}{{\fldrslt {{{result}}}}}}}"


def form(codes: str) -> str:
    return rf"{{\*\datafield 6500}}{{\*\formfield{{{codes}}}}}"


@pytest.mark.parametrize(
    ("body", "shown", "notes"),
    [
        (field(r'SYMBOL 168 \\f "Wingdings" \\s 12'), "☐", ()),
        (field(r'symbol 0x52 \\f "Wingdings 2"', r"\f5 R"), "☑", ()),
        (field(r"SYMBOL 097 \\f Symbol"), "α", ()),
        (field(r'SYMBOL 70 \\f "Marlett"'), "▯", ("1 sign, of an unknown font, shown as ▯",)),
        (field("FORMCHECKBOX " + form(r"\fftype1\ffres25\ffdefres1{\*\ffname Oars}")), "☒", ()),
        (field("FORMCHECKBOX " + form(r"\fftype1\ffres0\ffdefres1")), "☐", ()),
        (field("FORMCHECKBOX "), "", ("1 form control was not read",)),
        (field("FORMDROPDOWN " + form(r"\fftype2\ffres1{\*\ffl Oslo}{\*\ffl K\u246?ln}")), "Köln", ()),
        (field("FORMDROPDOWN " + form(r"\fftype2\ffres1{\*\ffl Oslo}{\*\ffl Bern}"), "Bern"), "Bern", ()),
        (field("FORMTEXT " + form(r"\fftype0{\*\ffdeftext None}"), "Turku"), "Turku", ()),
    ],
)
def test_fields_without_a_result_show_their_sign_box_or_entry(body: str, shown: str, notes: tuple[str, ...]) -> None:
    assert noted(rf"Moored: {body}.\par") == (f"Moored: {shown}.", notes)


def test_struck_out_and_hidden_pieces_are_left_out_and_told() -> None:
    body = (
        r"The pier {\strike was {\b closed} \endash  }opened {\striked1 in June}{\striked0 in May}, "
        r"{\v\u1060?\ldblquote aside\rdblquote}dry{\v  }{\strike\deleted  once}{\strike\strike0 .}\par"
    )
    assert noted(body) == (
        "The pier opened in May, dry.",
        ("2 struck-out pieces were not read", "1 hidden piece was not read"),
    )


def test_a_text_given_in_one_code_page_and_in_unicode_is_read_once_in_unicode() -> None:
    twice = r"{\upr{Dr. Novak}{\*\ud{Dr. Nov\u225?k}}}"
    assert noted(rf"{twice} chaired.{{\v {twice}}}\par") == ("Dr. Novák chaired.", ("1 hidden piece was not read",))


def test_raised_figures_are_raised_signs_and_the_marks_of_notes_stay() -> None:
    note = r"{\super\chftn{\footnote\pard{\super\chftn} About 3 m{\super 3}\par}}"
    body = (
        rf"9 km{{\super 2}}, 10{{\super\u8722?4}}{note} a{{\sub 1}}, the 5{{\super th}}, "
        r"{\super 7\nosupersub 8}\super 1\plain 0{\super 2{\footnote\pard{\super 2}Of 10{\super 5}}}"
        r"\par 2\super 6\par 7"
    )
    assert text_of(body) == "9 km², 10⁻⁴ a1, the 5th, ⁷8¹02\n\nAbout 3 m³\n\n2Of 10⁵\n\n2⁶\n\n⁷"


def test_a_file_without_text_is_refused() -> None:
    with pytest.raises(ReportError, match="without text"):
        extract(rtf(r"\par{\pict 8950}\par"), LIMITS)


def test_wide_and_merged_cells_stand_in_every_column_they_span_though_rows_draw_their_own() -> None:
    body = (
        r"\trowd\cellx3000\cellx9000\intbl Partner\cell Talks\cell\row"
        r"\trowd\cellx3004\cellx6000\clvmgf\cellx9000\intbl Ulm\cell May\cell Staff\cell\row"
        r"\trowd\cellx6010\clvmrg\cellx9000\intbl Graz\cell\cell\row"
        r"\trowd\cellx3000\clmgf\cellx6000\clmrg\cellx9000\intbl Lund\cell none\cell\cell\row"
        r"\trowd\cellx9000\intbl All of them\cell\row\pard After.\par"
    )
    assert text_of(body) == (
        "| Partner | Talks | Talks |\n| Ulm | May | Staff |\n| Graz | Graz | Staff |\n| Lund | none | none |\n"
        "| All of them |  |  |\n\nAfter."
    )
