"""Tables of comma, semicolon or tab separated values: each record a row, the head row first."""

import csv
import io
import re
from collections import Counter

from corpus.errors import ReportError
from corpus.read.encoding import decode_noted
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits
from corpus.read.rows import sheet_text

_SEPARATORS = "\t;|,"
"""Of equal ones the first is taken: commas stand in texts and numbers too."""
_SAMPLE_ROWS = 100
_SAID = re.compile(r"^sep=(.)\n", re.I)
"""A first line by which Excel is told the separator; Excel does not show it."""


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The records as rows, in any encoding that `decode_noted` tells; empty records and columns are left out.

    Raises:
        ReportError: The bytes are no text, or hold no values.
    """
    decoded = decode_noted(data)
    text = decoded.text
    said = _SAID.match(text)
    if said:
        text = text[said.end() :]
    csv.field_size_limit(max(limits.characters, 1))
    try:
        table = sheet_text(list(csv.reader(io.StringIO(text), delimiter=said[1] if said else _separator(text))))
    except (csv.Error, ValueError, TypeError) as error:
        raise ReportError(f"its table cannot be read ({error}). Save it again as UTF-8 .csv or as .xlsx.") from error
    if not table:
        raise ReportError("it is a table without values. Fill it, or remove the file.")
    return Extracted(text=table, notes=decoded.notes)


def _separator(text: str) -> str:
    """The character at which most records fall into the same number of cells."""
    return max(_SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> float:
    """The share of the first records that have the commonest number of cells, if that is more than one."""
    widths: Counter[int] = Counter()
    for record in csv.reader(io.StringIO(text), delimiter=separator):
        widths[len(record)] += bool(record)
        if widths.total() >= _SAMPLE_ROWS:
            break
    return max((count for width, count in widths.items() if width > 1), default=0) / max(widths.total(), 1)
