"""Rows as people read them: a table where it fits the terminal, else one card a row; piped, tabs between fields."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from ui.terminal import out, print_json, print_text
from ui.wording import Words, words

Row = Mapping[str, Any]

WRAPPED = {"what", "outcome", "agreements", "other_names", "fact", "quote", "reason", "one_quote", "other_quote"}
"""Columns of running text, folded where a table would be too wide; names, states and dates stay whole."""
NARROWEST = 24
"""Letters of a line to which running text is folded at most."""


def print_rows(
    rows: Sequence[Row], *, as_json: bool = False, said: Words | None = None, hidden: Collection[str] = ()
) -> None:
    """Print rows as one JSON list, or as people read them, "None." for none.

    Args:
        said: In whose language heads, dates, states and countries are told; English by default.
        hidden: Columns that only JSON shows; those without any value are left out as well.
    """
    said = said or words()
    if as_json:
        print_json(rows)
        return
    told = told_rows(rows, said, hidden)
    columns = list(told[0]) if told else []
    heads = heads_of(columns, said)
    if not rows:
        out.print(said.entries["values"]["none"], style="dim")
    elif not out.is_terminal:
        for line in (heads, *([_line(value) for value in row.values()] for row in told)):
            print_text("\t".join(line) + "\n")
    else:
        _print_fitted(columns, heads, [list(row.values()) for row in told])


def told_rows(rows: Sequence[Row], said: Words, hidden: Collection[str] = ()) -> list[dict[str, list[str]]]:
    """Rows in a language, one line a value of a field; without the columns that are `hidden` or empty in every row."""
    told = [
        {name: _dated(name, row, said) or _told(name, value, said) for name, value in row.items() if name not in hidden}
        for row in rows
    ]
    filled = [name for name in (told[0] if told else ()) if any(row[name] for row in told)]
    return [{name: row[name] for name in filled} for row in told]


def _dated(name: str, row: Row, said: Words) -> list[str]:
    """A date such as "yesterday" by its first day, where that is known; none for other fields and dates."""
    from corpus import event_dates
    from ui.days import days_in

    value, start = row.get(name), row.get("last_contact_start" if name == "last_contact" else "start")
    is_told = name in _DATES and value and start and not event_dates(str(value))
    return [days_in(str(start), str(start), said)] if is_told else []


def heads_of(columns: Sequence[str], said: Words) -> list[str]:
    """What columns are called in a language."""
    of_people = {"name": "person"} if "role" in columns else {}
    return [said.entries["heads"].get(of_people.get(name, name), name.replace("_", " ")) for name in columns]


def plain(value: Any) -> str:
    """A field as one line of text: lists joined by "; ", objects by their values, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return " ".join(filter(None, map(plain, value.values())))
    if isinstance(value, list):
        return "; ".join(map(plain, value))
    return str(value)


def _line(told: Sequence[str]) -> str:
    return " ".join("; ".join(told).split())


def _print_fitted(columns: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[Sequence[str]]]) -> None:
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for at, (name, head) in enumerate(zip(columns, heads, strict=True)):
        longest = max(map(cell_len, (head, *(line for row in rows for line in row[at]))))
        table.add_column(head, min_width=min(longest, NARROWEST) if name in WRAPPED else longest)
    for row in rows:
        table.add_row(*(Text("\n".join(told)) for told in row))
    if out.measure(table, options=out.options.update(max_width=100_000)).minimum <= out.width:
        out.print(table, soft_wrap=False)
        return
    cards = Table.grid(padding=(0, 2))
    cards.add_column(style="dim", no_wrap=True)
    for row in rows:
        for head, told in zip(heads, row, strict=True):
            if told:
                cards.add_row(head, Text("\n".join(told), overflow="fold"))
        cards.add_row("")
    out.print(cards, soft_wrap=False)


def _told(name: str, value: Any, said: Words) -> list[str]:
    """A field in a language, one line a value; none for an empty one."""
    values = value if isinstance(value, list) else [value]
    return [text for one in values if (text := _MADE.get(name, _plain)(one, said) if one else plain(one))]


def _plain(value: Any, said: Words) -> str:
    return plain(value)


def _labelled(section: str) -> Callable[[Any, Words], str]:
    def made(value: Any, said: Words) -> str:
        from assistant import ledger_word

        return str(said.entries["values"].get(value) or ledger_word(section, value, said.language))

    return made


def _date(value: Any, said: Words) -> str:
    from ui.days import date_in

    return date_in(value, said)


def _country(value: Any, said: Words) -> str:
    from babel import Locale

    return str(Locale.parse(said.language).territories.get(value, value))


def _likely(value: Any, said: Words) -> str:
    from ingest import SURE

    return said.say("unsure") if value < SURE else ""


def _theme(value: Any, said: Words) -> str:
    from ingest import theme_name

    return theme_name(value, said.language)


def _agreement(value: Any, said: Words) -> str:
    return ", ".join(text for name in ("form", "state", "date") for text in _told(name, value[name], said))


_DATES = ("date", "due", "as_of", "last_contact", "lapses")
_MADE: dict[str, Callable[[Any, Words], str]] = {
    "state": _labelled("states"),
    "degree": _labelled("degrees"),
    "form": _labelled("forms"),
    "direction": _labelled("degrees"),
    "kind": _labelled("forms"),
    **dict.fromkeys(_DATES, _date),
    **dict.fromkeys(("made_at", "built_at", "at"), lambda value, said: said.moment(value)),
    "country": _country,
    "likely": _likely,
    "theme": _theme,
    "agreements": _agreement,
    "outcome": lambda value, said: f"{_labelled('states')(value['state'], said)}: “{value['quote']}” ({value['file']})",
}
"""How a field is told where its value is a word of ours; all others stay as the records write them."""
