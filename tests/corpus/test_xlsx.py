import datetime
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from corpus import read_report
from corpus.errors import ReportError
from corpus.read.limits import ReadLimits
from corpus.read.xlsx import extract

LIMITS = ReadLimits()


def book(fill: Callable[[Any], None], name: str = "Sheet") -> bytes:
    """A workbook of one sheet, written by openpyxl."""
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.title = name
    fill(made.active)
    return saved(made)


def saved(made: Any) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def rows(*given: tuple[object, ...]) -> Callable[[Any], None]:
    return lambda sheet: [sheet.append(row) for row in given] and None


def test_a_sheet_is_a_table_with_its_head_row_first() -> None:
    data = book(rows(("Guest", "Role"), ("Ines Prado", "Dean"), (), ("Bo Lind", None)), "Sheet1")
    extracted = extract(data, LIMITS)
    assert extracted.text == "| Guest | Role |\n| Ines Prado | Dean |\n| Bo Lind |  |"
    assert (extracted.title, extracted.notes) == ("", ())


@pytest.mark.parametrize("name", ["Sheet1", "Лист1", "工作表1", "Лист 2"])
def test_a_default_name_is_not_said_where_there_is_one_sheet(name: str) -> None:
    assert extract(book(rows(("a", "b")), name), LIMITS).text == "| a | b |"


def test_sheets_are_headed_by_their_names() -> None:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.append(["x", "y"])
    made.create_sheet("Гости").append(["Иванов", 2])
    made.create_sheet("空")
    assert extract(saved(made), LIMITS).text == "## Sheet\n\n| x | y |\n\n## Гости\n\n| Иванов | 2 |"
    assert extract(book(rows(("a", "b")), "Plan"), LIMITS).text == "## Plan\n\n| a | b |"


def shown(value: object, code: str) -> str:
    def fill(sheet: Any) -> None:
        sheet["A1"] = value
        sheet["A1"].number_format = code

    return extract(book(fill, "Sheet1"), LIMITS).text.strip("| ")


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (12345678901, "General", "12345678901"),
        (2.5, "0.00", "2.50"),
        (1234567.5, "#,##0.0", "1,234,567.5"),
        (0.125, "0.0%", "12.5%"),
        (7, "000", "007"),
        (2.5, "0", "3"),
        (7.25, "000.0", "007.3"),
        (-0.2, "0", "0"),
        (1.5, "0.###", "1.5"),
        (2, "0.###", "2"),
        (-4, '#,##0 "days"', "-4 days"),
        (1200, "[$€-407]#,##0", "€1,200"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (-5, "0;[Red]-0", "-5"),
        (True, "General", "TRUE"),
        (datetime.datetime(2024, 3, 9), "dd.mm.yyyy", "2024-03-09"),
        (datetime.datetime(2024, 3, 9, 14, 30), "dd.mm.yyyy hh:mm", "2024-03-09 14:30"),
        (datetime.datetime(2024, 3, 9, 14, 30), "d mmm yyyy", "2024-03-09"),
        (datetime.datetime(2024, 3, 1), "mmmm yyyy", "2024-03"),
        (datetime.time(9, 5), "hh:mm", "09:05"),
    ],
)
def test_values_are_read_as_their_formats_show_them(value: object, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_a_merged_cell_stands_in_each_row_it_spans_and_a_lone_caption_is_a_paragraph() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["Visits of the year"])
        for row in (["City", "Guest"], ["Turin", "Aldo"], [None, "Rita"], ["Graz", "Uwe"]):
            sheet.append(row)
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("A3:A4")

    text = "Visits of the year\n\n| City | Guest |\n| Turin | Aldo |\n| Turin | Rita |\n| Graz | Uwe |"
    assert extract(book(fill, "Sheet1"), LIMITS).text == text


def test_hidden_sheets_rows_and_columns_are_left_out_and_told() -> None:
    made = openpyxl.Workbook()
    sheet: Any = made.active
    for row in (["Open", "inner", "Also"], ["one", "two", "three"], ["four", "five", "six"]):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    draft = made.create_sheet("Draft")
    draft.append(["unsaid"])
    draft.sheet_state = "hidden"
    extracted = extract(saved(made), LIMITS)
    assert extracted.text == "| Open | Also |\n| four | six |"
    assert extracted.notes == (
        "hidden rows of sheet Sheet (1) were not read",
        "hidden columns of sheet Sheet were not read",
        "sheet Draft is hidden, it was not read",
    )


def test_the_stored_value_of_a_formula_is_read_and_one_without_is_told() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet("Sheet1")
        sheet.write_row(0, 0, ["Guests", "Sum"])
        sheet.write(1, 0, 4)
        sheet.write_formula(1, 1, "=A2*2", None, 8)
    assert extract(file.getvalue(), LIMITS).text == "| Guests | Sum |\n| 4 | 8 |"
    extracted = extract(book(rows(("Guests", "Sum"), (4, "=A2*2")), "Sheet1"), LIMITS)
    assert extracted.text == "| Guests | Sum |\n| 4 |  |"
    assert extracted.notes == ("formulas without a stored value of sheet Sheet1 (1) were not read",)


def test_a_caption_is_the_title_where_none_is_stated() -> None:
    table = (("Visits of May", None), ("Guest", "Role"), ("Ana", "Dean"))
    assert extract(book(rows(*table)), LIMITS).title == "Visits of May"
    assert extract(book(rows(*table), name="Calls"), LIMITS).title == "Visits of May"
    assert extract(book(rows(*table[1:])), LIMITS).title == ""


def test_comments_on_cells_are_told_and_the_title_is_the_stated_one() -> None:
    made = openpyxl.Workbook()
    sheet: Any = made.active
    sheet["A1"] = "Guest"
    sheet["A1"].comment = Comment("who?", "me")
    made.properties.title = "Guest list"
    extracted = extract(saved(made), LIMITS)
    assert (extracted.title, extracted.notes) == ("Guest list", ("comments on cells were not read",))


def test_a_far_cell_costs_nothing() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "near"
        sheet["XFD900000"] = "far"

    assert extract(book(fill, "Sheet1"), LIMITS).text == "near\n\nfar"


def test_a_workbook_without_values_is_refused() -> None:
    with pytest.raises(ReportError, match="without values"):
        extract(book(rows()), LIMITS)


def test_the_date_row_of_a_form_dates_the_record_and_a_column_of_dates_does_not(tmp_path: Path) -> None:
    for name, rows in {
        "form": [("Visit form", ""), ("Guest", "Orley Lace Guild"), ("Date of visit", "12 May 2024")],
        "list": [("Date", "Guest"), ("3 June 2023", "Orley Lace Guild"), ("4 June 2023", "Tarn Mill")],
    }.items():
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / f"{name}.xlsx")
    dated = {name: read_report(Path(f"{name}.xlsx"), tmp_path).dates for name in ("form", "list")}
    assert [date.start for date in dated["form"]] == ["2024-05-12"] and dated["list"] == ()


def test_struck_out_cells_are_not_read_and_told() -> None:
    def fill(sheet: Any) -> None:
        rows(("Partner", "State"), ("Oryol", "signed"), ("Tver", "open"))(sheet)
        sheet["B2"].font = openpyxl.styles.Font(strike=True)

    extracted = extract(book(fill, "Papers"), LIMITS)
    assert extracted.text == "## Papers\n\n| Partner | State |\n| Oryol |  |\n| Tver | open |"
    assert extracted.notes == ("struck-out cells of sheet Papers (1) were not read",)


def test_a_cell_merged_sideways_stands_in_every_column_that_others_fill() -> None:
    def fill(sheet: Any) -> None:
        for row in (["School", "Spring", None, None], [None, "Mon", "Tue", None], ["Tern", "open", None, None]):
            sheet.append(row)
        for area in ("A1:A2", "B1:D1", "B3:C3"):
            sheet.merge_cells(area)

    text = "| School | Spring | Spring |\n| School | Mon | Tue |\n| Tern | open | open |"
    assert extract(book(fill, "Sheet1"), LIMITS).text == text
