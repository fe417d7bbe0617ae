import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Inches

from corpus.errors import ReportError
from corpus.read.limits import ReadLimits
from corpus.read.pptx import extract

LIMITS = ReadLimits()
BOX = (Inches(1), Inches(1), Inches(4), Inches(2))


def saved(slides: Any) -> bytes:
    file = io.BytesIO()
    slides.save(file)
    return file.getvalue()


def titled(slides: Any, title: str, *points: str) -> Any:
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.title.text = title
    slide.placeholders[1].text_frame.text = "\n".join(points)
    return slide


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    file.seek(0)
    return file


def test_slides_come_in_their_order_with_titles_points_and_notes() -> None:
    slides = Presentation()
    first = titled(slides, "Visit to Oryol", "Rector Vera Klimova received us", "Two labs were shown")
    first.notes_slide.notes_text_frame.text = "The rector asked for a second visit."
    titled(slides, "Agreed", "A joint school")
    extracted = extract(saved(slides), LIMITS)
    assert extracted.text == (
        "## Visit to Oryol\n\n- Rector Vera Klimova received us\n- Two labs were shown\n\n"
        "The rector asked for a second visit.\n\n## Agreed\n\n- A joint school"
    )
    assert extracted.title == "Visit to Oryol"
    assert extracted.pages == (0, extracted.text.index("## Agreed"))
    assert extracted.notes == ()


def test_items_keep_their_numbers_and_stand_below_what_they_belong_to() -> None:
    slides = Presentation()
    body = titled(slides, "Agreed", "tea", "milk", "sugar", "talk", "bread", "salt").placeholders[1].text_frame
    kinds = [("arabicPeriod", ""), ("alphaLcParenR", "1"), ("alphaLcParenR", "1"), ("arabicPeriod", ""), (None, ""),
             ("romanUcPeriod", "")]  # fmt: skip
    for paragraph, (kind, level) in zip(body.paragraphs, kinds, strict=True):
        properties = paragraph._p.get_or_add_pPr()
        if level:
            properties.set("lvl", level)
        if kind:
            properties.append(properties.makeelement(qn("a:buAutoNum"), {"type": kind}))
    text = extract(saved(slides), LIMITS).text
    assert text == "## Agreed\n\n1. tea\n  a) milk\n  b) sugar\n2. talk\n- bread\nI. salt"


def test_the_mark_of_a_note_on_another_slide_stands_in_brackets_and_a_plain_raised_figure_does_not() -> None:
    slides = Presentation()
    first, last = titled(slides, "Start", "They gave 30 m"), titled(slides, "Notes", "1. In May.")
    paragraph = first.placeholders[1].text_frame.paragraphs[0]
    for text, target in (("2", None), (" of land", None), ("1", last)):
        run = paragraph.add_run()
        run.text = text
        run._r.get_or_add_rPr().set("baseline", "30000" if text.isdigit() else "0")
        if target is not None:
            link = run._r.rPr.add_hlinkClick(first.part.relate_to(target.part, RT.SLIDE))
            link.set("action", "ppaction://hlinksldjump")
    assert extract(saved(slides), LIMITS).text.startswith("## Start\n\n- They gave 30 m² of land[1]\n\n## Notes")


def test_a_slide_without_title_gets_no_words_of_ours() -> None:
    slides = Presentation()
    titled(slides, "Start", "One")
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    slide.shapes.add_textbox(*BOX).text_frame.text = "Only a line.\vAnd one below."
    extracted = extract(saved(slides), LIMITS)
    assert extracted.text == "## Start\n\n- One\n\nOnly a line.\nAnd one below."
    assert extracted.pages[1] == extracted.text.index("Only")


def test_tables_are_rows_and_a_merged_cell_stands_in_each_row_it_spans() -> None:
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    table = slide.shapes.add_table(3, 2, *BOX).table
    for at, text in enumerate(["Partner", "Matter", "Lund", "Exchange", "", "Library"]):
        table.cell(at // 2, at % 2).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    assert extract(saved(slides), LIMITS).text == "| Partner | Matter |\n| Lund | Exchange |\n| Lund | Library |"


def test_shapes_in_groups_are_read_to_any_depth() -> None:
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    outer = slide.shapes.add_group_shape()
    outer.shapes.add_textbox(*BOX).text_frame.text = "In a group."
    outer.shapes.add_group_shape().shapes.add_textbox(*BOX).text_frame.text = "In a group of a group."
    assert extract(saved(slides), LIMITS).text == "In a group.\n\nIn a group of a group."


def test_a_hidden_slide_is_left_out_and_the_others_keep_their_numbers() -> None:
    slides = Presentation()
    titled(slides, "First", "a")
    titled(slides, "Secret", "b")._element.set("show", "0")
    titled(slides, "Third", "c")
    extracted = extract(saved(slides), LIMITS)
    assert "Secret" not in extracted.text
    third = extracted.text.index("## Third")
    assert sum(page <= third for page in extracted.pages) == 3
    assert extracted.notes == ("slide 2 is hidden, not read",)


def test_pictures_and_charts_are_told_by_their_slides() -> None:
    slides = Presentation()
    for name in ("One", "Two"):
        titled(slides, name, "text").shapes.add_picture(picture(), 0, 0)
    data = CategoryChartData()
    data.categories = ["2024"]
    data.add_series("Guests", [3])
    slides.slides[1].shapes.add_chart(XL_CHART_TYPE.PIE, *BOX, data)
    notes = extract(saved(slides), LIMITS).notes
    assert notes == ("slides 1, 2 hold pictures that were not read", "slide 2 holds charts that were not read")


def test_a_presentation_without_words_or_with_too_many_slides_is_refused() -> None:
    slides = Presentation()
    slides.slides.add_slide(slides.slide_layouts[6]).shapes.add_picture(picture(), 0, 0)
    with pytest.raises(ReportError, match="without text"):
        extract(saved(slides), LIMITS)
    titled(slides, "Two", "b")
    with pytest.raises(ReportError, match="2 slides"):
        extract(saved(slides), replace(LIMITS, pages=1))


def parts(data: bytes, changed: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
    return file.getvalue()


def test_a_doctype_or_a_broken_part_is_refused() -> None:
    slides = Presentation()
    titled(slides, "A", "b")
    data = saved(slides)
    with pytest.raises(ReportError, match="DOCTYPE"):
        extract(parts(data, {"ppt/slides/slide1.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), LIMITS)
    with pytest.raises(ReportError, match="damaged"):
        extract(parts(data, {"ppt/slides/slide1.xml": b"<p:sld"}), LIMITS)


def test_struck_out_text_is_not_read_and_told_and_raised_figures_stay_raised() -> None:
    slides = Presentation()
    slide = titled(slides, "Papers", "The treaty ")
    (paragraph,) = slide.placeholders[1].text_frame.paragraphs
    struck, costs, power = (paragraph.add_run() for _ in range(3))
    struck.text, costs.text, power.text = "was signed ", "costs 10", "6"
    struck._r.get_or_add_rPr().set("strike", "sngStrike")
    power._r.get_or_add_rPr().set("baseline", "30000")
    extracted = extract(saved(slides), LIMITS)
    assert extracted.text == "## Papers\n\n- The treaty costs 10⁶"
    assert extracted.notes == ("slide 1 holds struck-out pieces that were not read",)


def test_a_cell_merged_both_ways_stands_in_every_row_and_column_and_one_over_all_once() -> None:
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    table = slide.shapes.add_table(3, 3, *BOX).table
    table.cell(0, 0).text, table.cell(1, 0).text, table.cell(1, 2).text = "Terms", "both", "one"
    table.cell(2, 2).text = "two"
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 1))
    assert extract(saved(slides), LIMITS).text == "| Terms |  |  |\n| both | both | one |\n| both | both | two |"


def test_a_described_picture_is_told_by_its_slide() -> None:
    slides = Presentation()
    shape = titled(slides, "Signing", "text").shapes.add_picture(picture(), 0, 0)
    shape._element.xpath("./p:nvPicPr/p:cNvPr")[0].set("descr", "Dean Ilse Brandt signs the charter")
    notes = extract(saved(slides), LIMITS).notes
    assert notes == (
        "slide 1 holds pictures that were not read", "slide 1 holds picture descriptions that were not read",
    )  # fmt: skip
