"""Excel workbooks: each sheet a table of what its cells show, as light Markdown."""

import datetime
import io
import math
import re
import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from corpus.errors import ReportError
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits
from corpus.read.rows import is_row, sheet_text
from corpus.read.said import meant_title
from corpus.read.zipped import opened

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DEFAULT_NAME = re.compile(r"^(?:sheet|лист|工作表|tabelle|feuil|hoja|parak|парақ)\s*\d*$", re.I)
_TRUE = {"1", "true"}
_LITERAL = r'(?:"[^"]*"|\\.|\[[^\]]*\]|[_*].|[-$€£¥￥₽₸₹ ()+])*'
_NUMBER_FORMAT = re.compile(
    rf"^(?P<before>{_LITERAL})(?P<whole>[#0?,]*[#0?])(?:\.(?P<places>[0#?]+))?(?P<after>{_LITERAL}%?{_LITERAL})$"
)
_LITERAL_PART = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|(.)')
_NO_DATE_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


@dataclass(slots=True)
class _Layout:
    """What of a sheet's layout decides what its cells show.

    Attributes:
        merged: First column, first row, last column and last row of merged cells.
        rows: Hidden rows; `columns` first and last of each stretch of hidden columns.
        uncounted: Formulas whose value was never stored; `struck` cells that are struck out, known once it is read.
    """

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)
    uncounted: int = 0
    struck: int = 0


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The sheets in their order, a ``##`` line with its name before each where there are several or it has a name.

    Values are read, not formulas: dates as ISO days, numbers with the places, per cent and currency of their format.
    Hidden sheets, rows and columns are left out. Merged cells stand in every row and column they span.

    Raises:
        ReportError: The archive is larger than the limits, damaged, encrypted, declares a DOCTYPE, or is empty.
    """
    import warnings

    from openpyxl import load_workbook

    notes: list[str] = []
    with opened(data, limits, "an Excel workbook", ".xlsx") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what of a workbook it does not keep when it saves
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        title = meant_title(str(book.properties.title or ""))
        sheets = list(_sheets(book, archive, limits, notes))
        notes += _undrawn(archive)
    if not sheets:
        hint = " Its formulas have no stored values: open it in Excel and save it." if notes else ""
        raise ReportError(f"it is an Excel workbook without values to show.{hint or ' Fill it, or remove the file.'}")
    is_named = len(sheets) > 1 or not _DEFAULT_NAME.match(sheets[0][0])
    text = "\n\n".join(f"## {name}\n\n{table}" if is_named else table for name, table in sheets)
    caption = next((line for line in sheets[0][1].split("\n")[:1] if not is_row(line)), "")
    return Extracted(text=text, title=title or caption, notes=tuple(notes))


def _sheets(book: Any, archive: zipfile.ZipFile, limits: ReadLimits, notes: list[str]) -> Iterator[tuple[str, str]]:
    """Name and table of each sheet that shows something; what is passed over is told in `notes`."""
    left = limits.characters
    for sheet in book.worksheets:
        name = " ".join(sheet.title.split())
        if sheet.sheet_state != "visible":
            notes.append(f"sheet {name} is hidden, it was not read")
            continue
        layout = _layout(archive, sheet._worksheet_path)
        rows = _rows(sheet, layout, left)
        left -= sum(len(cell) for row in rows for cell in row)
        notes += [f"{what} not read" for what in _passed_over(name, layout)]
        if table := sheet_text(rows):
            yield name, table


def _passed_over(name: str, layout: _Layout) -> Iterator[str]:
    kinds = {
        "hidden rows": len(layout.rows),
        "formulas without a stored value": layout.uncounted,
        "struck-out cells": layout.struck,
    }
    for what, count in kinds.items():
        if count:
            yield f"{what} of sheet {name} ({count}) were"
    if layout.columns:
        yield f"hidden columns of sheet {name} were"


def _undrawn(archive: zipfile.ZipFile) -> list[str]:
    kinds = {"xl/media/": "pictures", "xl/charts/": "charts", "xl/comments": "comments on cells"}
    names = archive.namelist()
    return [f"{what} were not read" for start, what in kinds.items() if any(name.startswith(start) for name in names)]


def _layout(archive: zipfile.ZipFile, path: str) -> _Layout:
    from lxml import etree
    from openpyxl.utils import range_boundaries

    found = _Layout()
    tags = [_S + name for name in ("row", "col", "mergeCell", "c")]
    with archive.open(path) as part:
        for _, element in etree.iterparse(part, tag=tags, resolve_entities=False, no_network=True):
            if element.tag == f"{_S}mergeCell":
                found.merged.append(range_boundaries(element.get("ref")))
            elif element.tag == f"{_S}c":
                found.uncounted += element.find(f"{_S}f") is not None and not element.findtext(f"{_S}v")
                continue  # the row is not over yet
            elif element.get("hidden") in _TRUE:
                if element.tag == f"{_S}col":
                    found.columns.append((int(element.get("min")), int(element.get("max"))))
                elif element.find(f"{_S}c/*") is not None and element.get("r"):
                    found.rows.add(int(element.get("r")))
            element.clear()
    return found


def _rows(sheet: Any, layout: _Layout, left: int) -> list[list[str]]:
    """What the rows show, as far as they show anything; `left` is how many characters they may have."""
    sheet.reset_dimensions()  # the stored ones may be wrong
    shown: dict[int, dict[int, str]] = {}
    for row in sheet.iter_rows():
        filled = [cell for cell in row if cell.value is not None]
        struck = [cell for cell in filled if cell.font.strike]
        layout.struck += len(struck)
        filled = [cell for cell in filled if cell not in struck] if struck else filled
        number = filled[0].row if filled else 0
        cells = {cell.column: text for cell in filled if (text := _shown(cell))}
        if cells and number not in layout.rows:
            shown[number] = cells
            left -= sum(map(len, cells.values()))
        if left < 0:
            raise ReportError("its text is longer than the limit. Split it into one file a visit.")
    _fill_merged(shown, layout.merged)
    for first, last in layout.columns:
        for cells in shown.values():
            for column in [column for column in cells if first <= column <= last]:
                del cells[column]
    columns = sorted({column for cells in shown.values() for column in cells})
    return [[cells.get(column, "") for column in columns] for cells in shown.values()]


def _fill_merged(shown: dict[int, dict[int, str]], merged: list[tuple[int, int, int, int]]) -> None:
    """Repeat what merged cells show in the other rows and columns they span, where these show something of their own;
    what is all that a row shows stands in it once.
    """
    numbers, columns = sorted(shown), sorted({column for cells in shown.values() for column in cells})
    texts = [(each, shown.get(each[1], {}).get(each[0])) for each in merged]
    spans = [
        (text, each, numbers[bisect_left(numbers, each[1]) : bisect_left(numbers, each[3] + 1)])
        for each, text in texts
        if text is not None
    ]
    for text, (column, *_), rows in spans:
        for number in rows:
            shown[number][column] = text
    wide = {number for number, cells in shown.items() if len(cells) > 1}
    for text, (first, _, last, _), rows in spans:
        beside = columns[bisect_left(columns, first + 1) : bisect_left(columns, last + 1)]
        for number in wide.intersection(rows) if beside else ():
            shown[number].update(dict.fromkeys(beside, text))


def _shown(cell: Any) -> str:
    """The value of a cell as its number format shows it; dates in the ISO form, as far as their format goes."""
    value = cell.value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, _NO_DATE_CODE.sub("", cell.number_format).lower())
    if isinstance(value, datetime.time):
        return value.isoformat("minutes" if value.second == 0 else "seconds")
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    return str(value).strip()


def _date(value: datetime.date, code: str) -> str:
    if "y" in code and "d" not in code and "h" not in code:
        return value.isoformat()[: 7 if "m" in code else 4]
    if isinstance(value, datetime.datetime):
        time = value.time()
        if "h" in code and (time != datetime.time() or "s" in code):
            clock = time.isoformat("seconds" if time.second else "minutes")
            return f"{value.date().isoformat()} {clock}" if "d" in code or "y" in code else clock
        return value.date().isoformat()
    return value.isoformat()


def _number(value: float, code: str) -> str:
    sections = code.split(";")
    is_own = value < 0 and len(sections) > 1 and _NUMBER_FORMAT.match(sections[1])
    match = _NUMBER_FORMAT.match(sections[1] if is_own else sections[0])
    if match is None or not math.isfinite(value):
        return f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}" if abs(value) < 1e21 else repr(value)
    exact = Decimal(repr(value)) * (100 if "%" in match["after"] else 1)
    places = match["places"] or ""
    with localcontext(rounding=ROUND_HALF_UP):
        digits = f"{abs(exact):{',' if ',' in match['whole'] else ''}.{len(places)}f}"
    for mark in reversed(places):
        if mark == "0" or not digits.endswith("0"):
            break
        digits = digits[:-1]
    if "," not in match["whole"]:
        whole, point, rest = digits.partition(".")
        digits = whole.zfill(match["whole"].count("0")) + point + rest
    sign = "-" if value < 0 and not is_own and digits.strip("0.,") else ""
    return sign + _literal(match["before"]) + digits.rstrip(".") + _literal(match["after"])


def _literal(code: str) -> str:
    """What the text of a number format before or after the digits shows."""
    return "".join(next(filter(None, match.groups()), "") for match in _LITERAL_PART.finditer(code))
