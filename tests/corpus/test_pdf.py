import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest
from random import Random
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from corpus.errors import ReportError
from corpus.read.limits import ReadLimits
from corpus.read.pdf import extract
from corpus.read.picture import quote_boxes

LIMITS = ReadLimits()
MakePdf = Callable[..., bytes]
Draw = Callable[[Canvas], object]


def test_each_page_begins_at_its_offset(make_pdf: MakePdf) -> None:
    extracted = extract(make_pdf("First page of the visit.", "Second page of it."), LIMITS)
    first, second = extracted.pages
    assert extracted.text[first:second].strip() == "First page of the visit."
    assert extracted.text[second:] == "Second page of it."


def test_lines_of_a_paragraph_are_joined_and_short_lines_are_not(make_pdf: MakePdf) -> None:
    page = (
        "Visit report\nThe delegation of four people went to Almaty and\nmet the rector of the university there.\nEnd."
    )
    text = extract(make_pdf(page), LIMITS).text
    assert "went to Almaty and met the rector" in text
    assert text.startswith("Visit report\nThe delegation")


def test_a_sentence_runs_on_over_the_page(make_pdf: MakePdf) -> None:
    extracted = extract(make_pdf("The delegation met", "the rector."), LIMITS)
    assert extracted.text == "The delegation met the rector."
    assert extracted.text[extracted.pages[1] :] == "the rector."


def test_an_empty_page_has_a_place_too(make_pdf: MakePdf) -> None:
    extracted = extract(make_pdf("One.", "", "Three."), LIMITS)
    assert len(extracted.pages) == 3
    assert extracted.text[extracted.pages[2] :] == "Three."


def test_a_truncated_file_is_refused_at_any_length(make_pdf: MakePdf) -> None:
    whole = make_pdf("First page of the visit.", "Second page of it.")
    for length in range(20, len(whole) - 6, 97):
        with pytest.raises(ReportError, match=r"truncated|damaged"):
            extract(whole[:length], LIMITS)


def test_a_file_without_a_text_layer_is_refused(make_pdf: MakePdf) -> None:
    with pytest.raises(ReportError, match="no text layer"):
        extract(make_pdf(""), LIMITS)


def test_too_many_pages_are_refused(make_pdf: MakePdf) -> None:
    with pytest.raises(ReportError, match="3 pages, the limit is 2"):
        extract(make_pdf("a", "b", "c"), replace(LIMITS, pages=2))


def drawn(*pages: Draw, title: str = "") -> bytes:
    """A PDF of one page for each function, which draws on reportlab's canvas."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setTitle(title or "untitled")
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def write(canvas: Canvas, text: str, x: float, y: float, width: float, leading: float = 13) -> float:
    """Text wrapped to a width from (x, y) down; gives the height of the line below it."""
    for line in simpleSplit(text, "Helvetica", 10, width):
        canvas.drawString(x, y, line)
        y -= leading
    return y


def text_of(*pages: Draw) -> str:
    return extract(drawn(*pages), LIMITS).text


LEFT = (
    "The guests from Tartu saw the new laboratory of the college and spoke with its director on courses for teachers "
    "of chemistry. They asked for a list of the courses and promised to send two lecturers in autumn."
)
RIGHT = (
    "A second group went to the harbour school, where the head teacher showed them lessons in the open air. The group "
    "proposed a common summer school and invited four pupils to the olympiad of the next year."
)
ACROSS = (
    "Both groups met again in the evening at the town hall, where the mayor thanked them for their visit and gave each "
    "of them a book on the history of the town and its harbour."
)


def in_turn(canvas: Canvas) -> None:
    write(canvas, RIGHT, 310, 740, 210)
    write(canvas, LEFT, 60, 740, 210)


def line_by_line(canvas: Canvas) -> None:
    left, right = (simpleSplit(text, "Helvetica", 10, 210) for text in (LEFT, RIGHT))
    for number, (one, other) in enumerate(zip_longest(left, right, fillvalue="")):
        canvas.drawString(60, 740 - 13 * number, one)
        canvas.drawString(310, 740 - 13 * number, other)


@pytest.mark.parametrize("draw", [in_turn, line_by_line])
def test_columns_are_read_one_after_the_other_however_they_were_drawn(draw: Draw) -> None:
    assert text_of(draw) == f"{LEFT}\n\n{RIGHT}"


def test_columns_with_a_table_and_a_list_in_them_are_read_one_after_the_other() -> None:
    def page(canvas: Canvas) -> None:
        y = write(canvas, LEFT, 60, 740, 210) - 12
        for number, row in enumerate((("Course", "Days", "Place"), ("Soil", "3", "Tartu"), ("Water", "5", "Narva"))):
            for x, cell in zip((60, 140, 200), row, strict=True):
                canvas.drawString(x, y - 16 * number, cell)
        canvas.drawString(310, 736, "What the guests asked the town hall for")
        for number, item in enumerate(("A list of courses", "Two lecturers", "Four beds", "A bus")):
            canvas.drawString(325, 716 - 14 * number, item)

    assert text_of(page) == (
        f"{LEFT}\n\n| Course | Days | Place |\n| Soil | 3 | Tartu |\n| Water | 5 | Narva |\n\n"
        "What the guests asked the town hall for\n\nA list of courses\nTwo lecturers\nFour beds\nA bus"
    )


def test_a_heading_at_the_top_of_the_second_column_stays_there() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, LEFT, 60, 720, 210)
        canvas.drawString(310, 742, "At the harbour school")
        write(canvas, RIGHT, 310, 716, 210)

    assert text_of(page) == f"{LEFT}\n\nAt the harbour school\n\n{RIGHT}"


def test_text_across_the_columns_stays_above_and_below_them() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 770, "What the two groups of guests from Tartu saw in the town and in its harbour")
        line_by_line(canvas)
        write(canvas, ACROSS, 60, 590, 460)

    assert text_of(page) == (
        f"What the two groups of guests from Tartu saw in the town and in its harbour\n\n{LEFT}\n\n{RIGHT}\n\n{ACROSS}"
    )


def test_a_large_heading_does_not_mix_two_lines_of_the_other_column() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, LEFT, 60, 740, 210, leading=11.5)
        write(canvas, RIGHT[: RIGHT.index("The group")], 310, 745, 210)
        canvas.setFont("Helvetica-Bold", 17)
        canvas.drawString(310, 697.4, "Proposals")
        canvas.setFont("Helvetica", 10)
        write(canvas, RIGHT[RIGHT.index("The group") :], 310, 670, 210)

    assert text_of(page).startswith(f"{LEFT}\n\n{RIGHT[:40]}")


def test_columns_with_lines_of_other_heights_are_not_mixed() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, LEFT, 60, 740, 210)
        write(canvas, RIGHT, 310, 736, 210, leading=11.4)

    assert text_of(page) == f"{LEFT}\n\n{RIGHT}"


def test_short_notes_beside_the_text_do_not_break_its_sentences() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, f"{LEFT} {RIGHT}", 60, 740, 300)
        for number, line in enumerate(("In short", "Guests: Tartu", "Signed: nothing")):
            canvas.drawString(420, 740 - 12 * number, line)

    text = text_of(page)
    assert text.startswith(f"{LEFT} {RIGHT}")
    assert all(line in text for line in ("In short", "Guests: Tartu", "Signed: nothing"))


def test_a_sentence_goes_on_in_the_next_column() -> None:
    lines = simpleSplit(f"{LEFT} {RIGHT}", "Helvetica", 10, 210)

    def page(canvas: Canvas) -> None:
        for number, line in enumerate(lines):
            half = len(lines) // 2
            canvas.drawString(60 if number < half else 310, 740 - 13 * (number % half), line)

    lines = lines[: len(lines) // 2 * 2]
    assert text_of(page) == " ".join(lines)


def report(number: int, total: int) -> Draw:
    """A page with head, foot and number; its text goes on over the page."""
    lines = simpleSplit(" ".join([LEFT, RIGHT, ACROSS]), "Helvetica", 10, 400)
    share = -(-len(lines) // total)

    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 800, "Office of the harbour college")
        for row, line in enumerate(lines[number * share : (number + 1) * share]):
            canvas.drawString(60, 740 - 13 * row, line)
        canvas.drawString(60, 40, f"File 17/2024, sheet {number + 1} of {total}")

    return page


@pytest.mark.parametrize("total", [2, 3, 4])
def test_running_heads_and_feet_stand_once_and_sentences_go_on_over_the_page(total: int) -> None:
    extracted = extract(drawn(*(report(number, total) for number in range(total))), LIMITS)
    assert extracted.text == (
        f"Office of the harbour college\n\n{LEFT} {RIGHT} {ACROSS}\n\nFile 17/2024, sheet {total} of {total}"
    )
    assert len(extracted.pages) == total
    assert all(extracted.text[start - 1] == " " for start in extracted.pages[1:])


def test_a_foot_is_kept_on_its_first_page_when_no_sentence_is_cut() -> None:
    def page(text: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, text, 60, 740, 400)
            canvas.drawString(60, 40, "Printed for the town hall")
            canvas.drawString(500, 40, "7")

        return draw

    extracted = extract(drawn(page(LEFT), page(RIGHT)), LIMITS)
    assert extracted.text == f"{LEFT}\n\nPrinted for the town hall 7\n\n{RIGHT}"
    assert extracted.text[extracted.pages[1] :] == RIGHT


def test_page_numbers_alone_are_left_out_and_other_numbers_stay() -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(60, 740, f"Guests of the day: {number * number + 5}.")
            canvas.drawString(290, 40, f"- {number} -")

        return draw

    assert text_of(*(page(number) for number in (1, 2, 3))) == (
        "Guests of the day: 6.\n\nGuests of the day: 9.\n\nGuests of the day: 14."
    )


def test_a_file_of_one_page_keeps_what_stands_at_its_edges() -> None:
    text = text_of(report(0, 1))
    assert text.startswith("Office of the harbour college") and text.endswith("File 17/2024, sheet 1 of 1")


ROWS = [
    ["School", "Paper", "State"],
    ["Harbour college", "Letter on the exchange of teachers of chemistry and physics", "signed"],
    ["Music school of the old town", "Plan", ""],
    ["Lyceum", "Agreement on a common summer school for pupils of both towns", "draft"],
]
AS_TEXT = "\n".join("| " + " | ".join(row) + " |" for row in ROWS)


def table(*style: tuple[Any, ...], rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    """A page with a table between two paragraphs, cells wrapped to the width of their columns."""
    font = getSampleStyleSheet()["BodyText"]
    cells = [[Paragraph(cell, font) for cell in row] for row in rows]
    grid = Table(cells, colWidths=[100, 160, 70], style=[("VALIGN", (0, 0), (-1, -1), "TOP"), *style])
    file = io.BytesIO()
    parts = [Paragraph(LEFT, font), Spacer(1, 12), grid, Spacer(1, 12), Paragraph(RIGHT, font)]
    SimpleDocTemplate(file, pagesize=A4).build(parts)
    return file.getvalue()


@pytest.mark.parametrize(
    "style",
    [
        [("GRID", (0, 0), (-1, -1), 0.5, black)],
        [("INNERGRID", (0, 0), (-1, -1), 0.5, black)],
        [("LINEBELOW", (0, 0), (-1, -1), 0.5, black)],
        [("LINEBELOW", (0, 0), (-1, 0), 0.5, black), ("BOX", (0, 0), (-1, -1), 0.5, black)],
        [("LINEBELOW", (0, 0), (-1, 0), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
        [("VALIGN", (0, 0), (-1, -1), "BOTTOM")],
        [],
    ],
)
def test_a_table_is_read_by_rows_with_the_lines_of_a_cell_joined(style: list[tuple[Any, ...]]) -> None:
    assert extract(table(*style), LIMITS).text == f"{LEFT}\n\n{AS_TEXT}\n\n{RIGHT}"


SHORT = [["Pool", "Warmth", "Salt"], ["A1", "25.5", "32.1"], ["A2", "25.1", "32.4"], ["B1", "18.0", "33.0"]]


def test_rows_without_a_rule_between_them_stay_apart_where_columns_have_rules() -> None:
    style = [("LINEAFTER", (0, 0), (-1, -1), 0.5, black), ("LINEBELOW", (0, 0), (-1, 0), 0.5, black)]
    text = extract(table(("BOX", (0, 0), (-1, -1), 0.5, black), *style, rows=SHORT), LIMITS).text
    assert "\n".join("| " + " | ".join(row) + " |" for row in SHORT) in text


def test_decimal_numbers_beside_each_other_are_cells_and_no_numbers_of_headings() -> None:
    def page(canvas: Canvas) -> None:
        for number, row in enumerate(SHORT):
            for x, cell in zip((60, 110, 160), row, strict=True):
                canvas.drawString(x, 740 - 16 * number, cell)

    assert text_of(page) == "\n".join("| " + " | ".join(row) + " |" for row in SHORT)


def test_rules_elsewhere_on_the_page_do_not_close_an_open_table() -> None:
    def page(canvas: Canvas) -> None:
        for number, row in enumerate(SHORT):
            for x, cell in zip((60, 130, 200), row, strict=True):
                canvas.drawString(x, 740 - 18 * number, cell)
        for y in (755, 733, 680):
            for x in (55, 125, 195):
                canvas.line(x, y, x + 70, y)
        canvas.line(80, 560, 80, 600)
        write(canvas, LEFT, 95, 590, 300)

    assert text_of(page).startswith("\n".join("| " + " | ".join(row) + " |" for row in SHORT))


def test_a_cell_over_two_rows_stands_in_both() -> None:
    rows = [["Town", "School", "State"], ["Tartu", "Lyceum", "signed"], ["", "College", "draft"]]
    style = [("GRID", (0, 0), (-1, -1), 0.5, black), ("SPAN", (0, 1), (0, 2))]
    text = extract(table(*style, rows=rows), LIMITS).text
    assert "| Tartu | Lyceum | signed |\n| Tartu | College | draft |" in text


def test_names_with_a_colon_are_lines_and_no_table() -> None:
    def page(canvas: Canvas) -> None:
        for number, (name, value) in enumerate([("Date:", "4 June 2024"), ("Town:", "Tartu"), ("Guests:", "nine")]):
            canvas.drawString(60, 740 - 14 * number, name)
            canvas.drawString(150, 740 - 14 * number, value)

    assert text_of(page) == "Date: 4 June 2024\nTown: Tartu\nGuests: nine"


def test_stretched_lines_and_a_frame_around_text_are_no_table() -> None:
    font = ParagraphStyle("narrow", fontName="Helvetica", fontSize=10, leading=12, alignment=4)
    words = " ".join(["understanding", "representatives", "internationally", "correspondence", "administration"] * 8)
    file = io.BytesIO()
    frame = Frame(60, 300, 170, 450, showBoundary=1)
    document = BaseDocTemplate(file, pagesize=A4, pageTemplates=[PageTemplate(frames=[frame])])
    document.build([Paragraph(words, font)])
    assert extract(file.getvalue(), LIMITS).text == words


def test_pages_that_are_pictures_are_named() -> None:
    picture = ImageReader(Image.new("L", (40, 40), 90))

    def scanned(canvas: Canvas) -> None:
        canvas.drawImage(picture, 50, 100, 500, 600)

    def written(canvas: Canvas) -> None:
        write(canvas, LEFT, 60, 740, 400)
        canvas.drawImage(picture, 60, 100, 450, 450)

    assert extract(drawn(written), LIMITS).notes == ()
    assert extract(drawn(written, scanned), LIMITS).notes == ("page 2 is a picture, its text was not read",)
    several = extract(drawn(scanned, written, scanned, lambda _: None, scanned), LIMITS)
    assert several.notes == ("pages 1, 3 and 5 are pictures, their text was not read",)
    with pytest.raises(ReportError, match="no text layer"):
        extract(drawn(scanned, scanned), LIMITS)


def test_hyphens_at_line_ends_are_taken_out_of_broken_words_only(make_pdf: MakePdf) -> None:
    page = (
        "The Co-Director of the har-\nbour college met the Co-\nDirector of the lyceum in 2023-\n2024 and asked for "
        "far-\nreaching help. It is a far-reaching and self-\nevident wish of the TEC-\nled school."
    )
    assert extract(make_pdf(page), LIMITS).text == (
        "The Co-Director of the harbour college met the Co-Director of the lyceum in 2023-2024 and asked for "
        "far-reaching help. It is a far-reaching and self-evident wish of the TEC-led school."
    )


def test_a_rare_hyphen_at_the_end_of_a_line_is_that_of_a_compound() -> None:
    lines = [*simpleSplit(" ".join([LEFT, RIGHT, ACROSS] * 4), "Helvetica", 10, 400), "The head asked for an open-"]
    lines += [
        "air stage and for twenty-",
        "two chairs on it, and everybody in the old hall of the town was glad of that.",
    ]

    def page(canvas: Canvas) -> None:
        for number, line in enumerate(lines):
            canvas.drawString(60, 790 - 13 * number, line)

    assert "for an open-air stage and for twenty-two chairs" in text_of(page)


def test_addresses_go_on_over_the_line_as_they_are(make_pdf: MakePdf) -> None:
    page = (
        "Please write to the office at exchange@harbour-\ncollege.example or to the head of it at head@\n"
        "lyceum.example and see https://harbour.example/\ncourses-2024/list in spring."
    )
    assert extract(make_pdf(page), LIMITS).text == (
        "Please write to the office at exchange@harbour-college.example or to the head of it at head@"
        "lyceum.example and see https://harbour.example/courses-2024/list in spring."
    )


def test_a_word_broken_at_the_end_of_a_page_is_whole(make_pdf: MakePdf) -> None:
    extracted = extract(make_pdf("The guests saw the labora-", "tory of the college."), LIMITS)
    assert extracted.text == "The guests saw the laboratory of the college."
    assert extracted.text[extracted.pages[1] :] == "tory of the college."


def test_numbers_of_notes_are_set_apart_from_words_and_powers_are_not() -> None:
    def page(canvas: Canvas) -> None:
        text = canvas.beginText(60, 740)
        for piece, rise, size in [
            ("The letter was signed", 0, 10),
            ("3", 4, 6),
            (" in a hall of 90 m", 0, 10),
            ("2", 4, 6),
        ]:
            text.setRise(rise)
            text.setFont("Helvetica", size)
            text.textOut(piece)
        canvas.drawText(text)

    assert text_of(page) == "The letter was signed 3 in a hall of 90 m2"


def chinese_page(lines: list[str]) -> Callable[[Canvas], None]:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def page(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 11)
        for number, line in enumerate(lines):
            canvas.drawString(60, 740 - 17 * number, line)

    return page


def test_chinese_lines_are_joined_without_blanks() -> None:
    lines = ["六月四日塔尔图代表团访问港口学院，院长介绍", "了新实验室。双方同意互派教师，并于秋季举办", "夏令营。"]

    assert text_of(chinese_page(lines)) == "".join(lines)


def test_a_short_chinese_line_above_one_that_begins_with_a_year_is_a_line_of_its_own() -> None:
    lines = ["访问港口学院", "2024年6月4日塔尔图代表团访问港口学院。院长介绍了", "新实验室，双方同意互派教师。"]

    assert text_of(chinese_page(lines)) == f"{lines[0]}\n{lines[1]}{lines[2]}"


def test_chinese_marks_and_numbers_get_no_blanks_at_line_ends_and_in_stretched_lines() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def page(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 11)
        lines = ("港口学院建于19", "87年，院长说：", "“新实验室在2024", "年六月开放。”")
        for number, line in enumerate(lines):
            canvas.drawString(60, 740 - 17 * number, line)
        stretched = canvas.beginText(60, 640)
        stretched.setFont("STSong-Light", 11)
        stretched.setCharSpace(7)
        stretched.textLine("联系方式见下页")
        canvas.drawText(stretched)

    text = "港口学院建于1987年，院长说：“新实验室在2024年六月开放。”\n\n联系方式见下页"
    assert text_of(page) == text


def test_notes_do_not_tear_a_sentence_that_goes_on_over_the_page() -> None:
    lines = simpleSplit(f"{LEFT} {RIGHT}", "Helvetica", 10, 400)

    def first(canvas: Canvas) -> None:
        write(canvas, ACROSS, 60, 740, 400)
        for number, line in enumerate(lines[:2]):
            canvas.drawString(60, 660 - 13 * number, line)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 60, "1 The school stands on the old quay.")

    def second(canvas: Canvas) -> None:
        for number, line in enumerate(lines[2:]):
            canvas.drawString(60, 740 - 13 * number, line)

    extracted = extract(drawn(first, second), LIMITS)
    assert extracted.text == f"{ACROSS}\n\n1 The school stands on the old quay.\n\n{LEFT} {RIGHT}"
    assert extracted.text[extracted.pages[1] :].startswith(lines[2])


def test_a_note_that_goes_on_at_the_foot_of_the_next_page_is_whole() -> None:
    def page(text: str, note: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, text, 60, 740, 400)
            canvas.setFont("Helvetica", 8)
            canvas.drawString(60, 60, note)

        return draw

    note = "2 The school stands on the old quay, where the boats of the", "town were built until the great fire."
    text = text_of(page(LEFT, note[0]), page(RIGHT, note[1]))
    assert text == f"{LEFT}\n\n{note[0]} {note[1]}\n\n{RIGHT}"


def test_the_dot_of_an_initial_does_not_end_a_sentence_over_the_page(make_pdf: MakePdf) -> None:
    first = "The guests of the college came from Tartu\nand from Narva, and with them Mr. Jaan R.\nSepp and Mr. Jaan R."
    text = extract(
        make_pdf(first.replace("Sepp and", "Sepp and, as an old friend of it,"), "Saar, the poet."), LIMITS
    ).text
    assert text.endswith("friend of it, Mr. Jaan R. Saar, the poet.")


def test_slanted_letters_stay_in_their_line() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 740, "They asked for a list of the courses and said")
        text = canvas.beginText()
        text.setTextTransform(1, 0, 0.25, 1, 60, 727)
        text.textOut("not without the sea")
        canvas.drawText(text)
        write(canvas, RIGHT, 60, 700, 210)

    assert text_of(page) == f"They asked for a list of the courses and said not without the sea\n\n{RIGHT}"


def test_what_a_browser_prints_around_a_page_is_left_out() -> None:
    def page(number: int, text: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, text, 60, 740, 400)
            canvas.setFont("Helvetica", 7)
            canvas.drawString(25, 820, "3/14/25, 9:05 AM")
            canvas.drawString(260, 820, "Guests from Tartu")
            canvas.drawString(25, 18, "file:///home/office/guests.html")
            canvas.drawString(560, 18, f"{number}/2")

        return draw

    assert text_of(page(1, LEFT)) == LEFT
    assert text_of(page(1, LEFT), page(2, RIGHT)) == f"{LEFT}\n\n{RIGHT}"


def test_items_of_a_list_begin_lines_of_their_own() -> None:
    def page(canvas: Canvas) -> None:
        y = write(canvas, ACROSS, 60, 740, 400) - 8
        for mark in ("•", "•", "2."):
            canvas.drawString(60, y, mark)
            y = write(canvas, LEFT, 75, y, 385)

    assert text_of(page) == f"{ACROSS}\n\n- {LEFT}\n- {LEFT}\n2. {LEFT}"


def test_a_page_that_is_turned_or_has_words_askew_is_read() -> None:
    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        write(canvas, LEFT, 60, -80, 400)

    def stamped(canvas: Canvas) -> None:
        canvas.translate(200, 300)
        canvas.rotate(40)
        canvas.drawString(0, 0, "only a draft")
        canvas.rotate(-40)
        write(canvas, RIGHT, -140, 400, 400)

    assert text_of(turned, stamped) == f"{LEFT}\n\n{RIGHT}\n\nonly a draft"


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Guests from Tartu", "Guests from Tartu"),
        ("Microsoft Word - visit.doc", "In the harbour"),
        ("visit_final.docx", "In the harbour"),
        ("harbour-visit", "In the harbour"),
        ("untitled", "In the harbour"),
    ],
)
def test_the_title_is_the_stated_one_or_the_large_line_above(stated: str, title: str) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 790, "Office of the college")
        canvas.setFont("Helvetica", 16)
        canvas.drawString(60, 765, "In the harbour")
        canvas.setFont("Helvetica", 10)
        write(canvas, LEFT, 60, 740, 400)

    assert extract(drawn(page, title=stated), LIMITS).title == title


def test_a_short_bold_line_is_a_title_and_plain_text_has_none() -> None:
    def page(font: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.setFont(font, 10)
            canvas.drawString(60, 765, "Four days in Tartu")
            canvas.setFont("Helvetica", 10)
            write(canvas, LEFT, 60, 740, 400)

        return draw

    assert extract(drawn(page("Helvetica-Bold")), LIMITS).title == "Four days in Tartu"
    assert extract(drawn(page("Helvetica")), LIMITS).title == ""


def test_ligatures_are_letters_and_soft_hyphens_are_gone() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def page(canvas: Canvas) -> None:
        canvas.setFont("Vera", 10)
        for number, line in enumerate(
            ["The \ufb01rst \ufb02ag of the har\u00adbour is kept in the labora\u00ad", "tory."]
        ):
            canvas.drawString(60, 740 - 13 * number, line)

    assert text_of(page) == "The first flag of the harbour is kept in the laboratory."


def boxes_on(data: bytes, quote: str, before: str | None) -> list[str]:
    page = pypdfium2.PdfDocument(data)[0]
    text = page.get_textpage()
    return [" ".join(text.get_text_bounded(*box).split()) for box in quote_boxes(page, quote, before)]


def test_a_quote_from_columns_is_marked_where_it_stands() -> None:
    data = drawn(line_by_line)
    text = extract(data, LIMITS).text
    quote = "spoke with its director on courses for teachers of chemistry"
    found = boxes_on(data, quote, text[: text.index(quote)])
    assert "".join(found).replace(" ", "") == quote.replace(" ", "")
    over = text[text.index("They asked") : text.index("A second group") + len("A second group")]
    assert boxes_on(data, over, text[: text.index(over)])[-1] == "A second group"


def test_a_row_of_a_table_is_marked_where_it_stands() -> None:
    data = table(("GRID", (0, 0), (-1, -1), 0.5, black))
    text = extract(data, LIMITS).text
    row = "| Harbour college | Letter on the exchange of teachers of chemistry and physics | signed |"
    found = " ".join(boxes_on(data, row, text[: text.index(row)]))
    assert sorted(found.split()) == sorted(row.replace("|", " ").split())


def test_damaged_bytes_give_a_report_or_a_reason() -> None:
    seeds = [drawn(report(0, 2), report(1, 2)), table(("GRID", (0, 0), (-1, -1), 0.5, black))]
    random = Random(20)
    read = 0
    for number in range(300):
        data = bytearray(seeds[number % 2])
        for _ in range(random.randint(1, 20)):
            data[random.randrange(len(data))] = random.randrange(256)
        try:
            extract(bytes(data), LIMITS)
            read += 1
        except ReportError:
            continue
    assert 0 < read < 300


def filled(canvas: Canvas) -> None:
    form = canvas.acroForm
    for number, label in enumerate(("Guest of honour:", "Language", "Letter signed:", "Photo taken:")):
        canvas.drawString(60, 740 - 40 * number, label)
    form.textfield(name="guest", value="Jaan Sepp of Narva", x=170, y=732, width=220, height=20)
    form.choice(name="language", value="Estonian", options=["Estonian", "Finnish"], x=170, y=692, width=90, height=20)
    form.checkbox(name="letter", checked=True, x=170, y=656, size=16)
    form.checkbox(name="photo", checked=False, x=170, y=616, size=16)


def test_filled_fields_are_read_where_they_stand() -> None:
    assert text_of(filled).splitlines() == [
        "| Guest of honour: | Jaan Sepp of Narva |",
        "| Language | Estonian |",
        "| Letter signed: | ☒ |",
        "| Photo taken: | ☐ |",
    ]


def test_a_field_whose_text_the_page_shows_is_read_once() -> None:
    def page(canvas: Canvas) -> None:
        filled(canvas)
        canvas.drawString(174, 738, "Jaan Sepp of Narva")

    assert text_of(page).count("Jaan Sepp of Narva") == 1


def test_comments_stand_behind_their_page_and_tear_no_sentence() -> None:
    def first(canvas: Canvas) -> None:
        write(canvas, ACROSS, 60, 740, 400)
        canvas.textAnnotation("ring the mayor\nbefore Monday", Rect=[400, 700, 420, 720])
        canvas.drawString(60, 600, "The guests met the")

    def second(canvas: Canvas) -> None:
        canvas.drawString(60, 740, "rector.")
        canvas.textAnnotation("who is he?", Rect=[400, 700, 420, 720])

    extracted = extract(drawn(first, second), LIMITS)
    assert extracted.text == (
        f"{ACROSS}\n\nComment: ring the mayor before Monday\n\nThe guests met the rector.\n\nComment: who is he?"
    )
    assert extracted.notes == ()


def test_a_page_with_text_and_a_large_picture_is_named_and_one_with_text_on_it_is_not() -> None:
    picture = ImageReader(Image.new("L", (40, 40), 90))

    def beside(canvas: Canvas) -> None:
        write(canvas, LEFT, 60, 740, 400)
        canvas.drawImage(picture, 40, 60, 520, 600)

    def behind(canvas: Canvas) -> None:
        canvas.drawImage(picture, 0, 0, *A4)
        write(canvas, RIGHT, 60, 740, 400)

    assert extract(drawn(beside, behind), LIMITS).notes == ("page 1 holds pictures that were not read",)
    both = extract(drawn(beside, behind, beside), LIMITS)
    assert both.notes == ("pages 1 and 3 hold pictures that were not read",)


def test_small_heads_whose_words_change_stand_between_no_parts_of_a_sentence() -> None:
    lines = simpleSplit(" ".join([LEFT, RIGHT, ACROSS]), "Helvetica", 10, 400)
    share = -(-len(lines) // 3)
    heads = ("The laboratory 1", "2 The harbour school", "The town hall 3")

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(60, 800, heads[number])
            canvas.setFont("Helvetica", 10)
            for row, line in enumerate(lines[number * share : (number + 1) * share]):
                canvas.drawString(60, 740 - 13 * row, line)

        return draw

    text = text_of(*map(page, range(3)))
    assert text == "\n\n".join([heads[0], f"{LEFT} {RIGHT} {ACROSS}", *heads[1:]])


@pytest.mark.parametrize(
    ("size", "feet"),
    [
        (8, ("The laboratory", "The harbour school", "The town hall")),
        (10, ("The laboratory 7", "The harbour school 8", "9 The town hall")),
        (10, ("The laboratory | sheet 1 of 2", "The harbour school | sheet 2 of 2")),
    ],
)
def test_feet_whose_words_change_stand_between_no_parts_of_a_sentence(size: int, feet: tuple[str, ...]) -> None:
    lines = simpleSplit(" ".join([LEFT, RIGHT, ACROSS]), "Helvetica", 10, 400)
    share = -(-len(lines) // len(feet))

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            for row, line in enumerate(lines[number * share : (number + 1) * share]):
                canvas.drawString(60, 740 - 13 * row, line)
            canvas.setFont("Helvetica", size)
            canvas.drawString(60, 40, feet[number])

        return draw

    blocks = text_of(*map(page, range(len(feet)))).split("\n\n")
    assert sorted(blocks) == sorted([f"{LEFT} {RIGHT} {ACROSS}", *feet])


def test_last_lines_that_only_look_alike_stay_in_their_place() -> None:
    def page(text: str, end: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, text, 60, 740, 400)
            canvas.drawString(60, 40, end)

        return draw

    told = [(LEFT, "Room 4 was full."), (RIGHT, "All left at 11."), (ACROSS, "Nobody stayed.")]
    assert text_of(*(page(*each) for each in told)).split() == " ".join(map(" ".join, told)).split()


def test_the_hyphen_of_a_compound_stays_whose_first_part_has_one_elsewhere(make_pdf: MakePdf) -> None:
    page = (
        "The college of the har-\nbour is a state-wide one and the head of it told of a state-\nowned boat that the "
        "guests saw."
    )
    assert (
        "of the harbour is a state-wide one and the head of it told of a state-owned"
        in extract(make_pdf(page), LIMITS).text
    )


@pytest.mark.parametrize("angle", [40, 0])
def test_a_mark_behind_the_text_of_each_page_is_read_once(angle: int) -> None:
    def page(text: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.saveState()
            canvas.setFont("Helvetica-Bold", 70)
            canvas.setFillGray(0.85)
            canvas.translate(150, 500)
            canvas.rotate(angle)
            canvas.drawString(0, 0, "COPY")
            canvas.restoreState()
            write(canvas, f"{text} {ACROSS}", 60, 740, 210)

        return draw

    assert text_of(page(LEFT), page(RIGHT)) == f"{LEFT} {ACROSS}\n\nCOPY\n\n{RIGHT} {ACROSS}"


def test_a_hidden_comment_is_counted_and_not_read() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, LEFT, 60, 740, 400)
        canvas.textAnnotation("ask nobody", Rect=[400, 700, 420, 720])

    shown = drawn(page)
    hidden = shown.replace(b"/Subtype /Text", b"/F 2 /Subtype /Text")
    assert hidden != shown
    extracted = extract(hidden, LIMITS)
    assert (extracted.text, extracted.notes) == (LEFT, ("1 hidden piece was not read",))
