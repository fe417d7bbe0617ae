"""The commands by which a keeper corrects single facts of the ledger: strike, edit, add, and take it back."""

from contextlib import closing
from typing import Annotated, Any

import typer

from corpus import UsageError
from ui.ledger import By, ledger_app
from ui.options import DATA, Data, Json
from ui.tables import print_rows
from ui.terminal import out

Key = Annotated[str, typer.Argument(help="Key of a fact, as the rows with --json tell it.")]
Set = Annotated[list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="Repeatable.")]


@ledger_app.command()
def correct(
    key: Key,
    *,
    data: Data = DATA,
    strike: Annotated[bool, typer.Option("--strike", help="Say that it is not so.")] = False,
    values: Set = None,
    by: By = "",
) -> None:
    """Strike a fact, or set fields of it; counts from the next `rapporteur index` on, while its quote stands."""
    from ingest import edit_fact, fact_key, open_index, strike_fact

    if strike == bool(values):
        raise UsageError("Give --strike, or --set FIELD=VALUE.")
    with closing(open_index(data)) as index:
        fact = next((one for one in index.facts() if fact_key(one) == key), None)
        if fact is None:
            raise UsageError(f"{key}: no fact of the index has this key. See: rapporteur ledger agreements --json")
        if values:
            edit_fact(data, index.report(fact.citation.report_id), fact, _given(fact.kind, values), by=by)
        else:
            strike_fact(data, fact, by=by)
    out.print("Kept. Run: rapporteur index", markup=False)


@ledger_app.command()
def add(
    kind: Annotated[str, typer.Argument(help="organization, person, contact, agreement, theme or promise.")],
    file: Annotated[str, typer.Argument(help="The record that tells it, by its path in the folder.")],
    quote: Annotated[str, typer.Argument(help="The sentence of the record that tells it, letter by letter.")],
    *,
    data: Data = DATA,
    values: Set = None,
    by: By = "",
) -> None:
    """Add a fact that a record tells; counts from the next `rapporteur index` on, while its quote stands."""
    from ingest import add_fact, open_index

    with closing(open_index(data)) as index:
        report = next((one for one in index.reports() if one.path == file), None)
        if report is None:
            raise UsageError(f"{file}: is no record of the index. Give its path in the folder of the reports.")
        add_fact(data, report, kind, quote, _given(kind, values or []), by=by)
    out.print("Kept. Run: rapporteur index", markup=False)


@ledger_app.command()
def unsay(key: Key, *, data: Data = DATA) -> None:
    """Take back what was last said of a fact."""
    from ingest import read_said, unsay_fact

    path = next((path for path, own in read_said(data).items() if any(one.key == key for one in own)), "")
    if not path or not unsay_fact(data, path, key):
        raise UsageError(f"{key}: nothing was said of this fact. See: rapporteur ledger corrected")
    out.print("Taken back. Run: rapporteur index", markup=False)


@ledger_app.command()
def corrected(*, data: Data = DATA, as_json: Json = False) -> None:
    """List what keepers said of facts, with who and when."""
    from assistant import told
    from ingest import read_said

    rows = []
    for one in (one for own in read_said(data).values() for one in own):
        fact, cited = one.fact, one.fact.citation
        line = " · ".join(filter(None, (fact.kind, *told(fact, "en"), fact.date)))
        rows.append({"key": one.key, "said": one.deed, "by": one.by, "at": one.made_at, "fact": line,
                     "file": cited.file, "quote": cited.quote})  # fmt: skip
    print_rows(rows, as_json=as_json)


def _given(kind: str, values: list[str]) -> dict[str, Any]:
    """Fields and values; those of several names parted by ";"."""
    from ingest import SETTABLE, SEVERAL

    found: dict[str, Any] = {}
    for value in values:
        name, sign, text = value.partition("=")
        if not sign:
            raise UsageError(f"--set {value}: give FIELD=VALUE, FIELD one of: {', '.join(SETTABLE.get(kind, ()))}.")
        found[name] = tuple(part.strip() for part in text.split(";") if part.strip()) if name in SEVERAL else text
    return found
