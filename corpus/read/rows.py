"""Tables as light Markdown: a line of cells between bars for each row."""

from collections.abc import Iterable, Sequence


def row_line(cells: Iterable[str]) -> str:
    """One row, white space within its cells made single; empty when all its cells are."""
    shown = [" ".join(cell.split()) for cell in cells]
    return barred(shown) if any(shown) else ""


def barred(cells: Iterable[str]) -> str:
    """The cells of a row as they are, between bars."""
    return f"| {' | '.join(cells)} |"


def spread(cells: Sequence[tuple[str, int]]) -> list[str]:
    """The cells of a row, each with its width, one for each column: a wide one says its text in every column it spans,
    but only once where it is all that the row says.
    """
    is_alone = sum(bool(text) for text, _ in cells) < 2
    return [shown for text, width in cells for shown in (text, *["" if is_alone else text] * (width - 1))]


def is_row(line: str) -> bool:
    """Whether a line is one that `barred` made."""
    return line.startswith("| ") and line.endswith(" |")


def sheet_text(rows: Sequence[Sequence[str]]) -> str:
    """The rows of a sheet without its empty rows and columns; no rows give an empty text.

    Lone cells above the first row of several are the captions of the sheet: each is a paragraph, not a row.
    """
    width = max(map(len, rows), default=0)
    columns = [at for at in range(width) if any(at < len(row) and row[at].strip() for row in rows)]
    lines: list[str] = []
    is_above = len(columns) > 1
    for row in rows:
        cells = [row[at] if at < len(row) else "" for at in columns]
        filled = [cell for cell in cells if cell.strip()]
        is_above = is_above and len(filled) < 2
        if is_above and filled:
            lines += [" ".join(filled[0].split()), ""]
        elif filled:
            lines.append(row_line(cells))
    return "\n".join(lines).strip()
