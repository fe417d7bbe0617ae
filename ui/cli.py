"""The `rapporteur` command: index, chat, doctor; the others are in modules of their own.

Exit status: 0 for a result or an honest refusal, 1 for a named error, 2 for wrong usage, 130 when interrupted. Heavy
libraries are imported inside the commands that need them.
"""

import os
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

import typer

from corpus import IndexMissing, IndexUnusable, UsageError
from ui import fact_commands  # noqa: F401  # adds its commands to the ledger
from ui.asking import ask
from ui.examples import add_examples
from ui.generations import forget, generations, rollback
from ui.ledger import dossier, ledger_app
from ui.measuring import evaluate, prove
from ui.model_commands import model_app
from ui.office import init
from ui.options import DATA, Data, Json, Model
from ui.recheck import recheck
from ui.saved import changes_after_indexing, save, saved
from ui.summary import summary
from ui.terminal import (
    Commands,
    out,
    print_check,
    print_json,
    print_receipt,
    progress_bar,
    write_any_letter,
)
from ui.users_commands import users_app

app = typer.Typer(
    name="rapporteur",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


INTERRUPTED = 130
COMPLETE = "_RAPPORTEUR_COMPLETE"
"""Set by the script of a shell that asks how a line may go on."""


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"rapporteur {version('rapporteur')}")
        raise typer.Exit


@app.callback()
def _about(
    *, _: Annotated[bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print it.")] = False
) -> None:
    """Answers questions about visit records; every sentence is proved against the record it cites."""


@app.command()
def index(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder with the reports; when left out, the one indexed last.")
    ] = None,
    *,
    data: Data = DATA,
    model: Model = "",
    as_json: Json = False,
    strict: Annotated[bool, typer.Option(help="Exit with 1 when a file could not be read.")] = False,
    watch: Annotated[bool, typer.Option(help="Go on and index again whenever the folder changes.")] = False,
) -> None:
    """Read the reports of a folder and publish a new index of them."""
    from assistant import open_proposer, open_term_reader
    from ingest import IngestConfig, Receipt, build_index
    from ingest import watch as watched

    folder = folder or _folder_indexed_last(data)
    config, propose, ask = IngestConfig(model=model), open_proposer(model=model), open_term_reader()
    receipts: Iterable[Receipt]
    with progress_bar(is_quiet=as_json) as progress:
        if watch:
            receipts = watched(folder, data=data, config=config, progress=progress, propose=propose, ask=ask)
        else:
            receipts = [build_index(folder, data=data, config=config, progress=progress, propose=propose, ask=ask)]
        for receipt in receipts:
            facts, changes = receipt.to_dict(), changes_after_indexing(data, model)
            facts["news"] += [change.to_dict() for change in changes]
            news = [*(one.text for one in changes), *(one.text() for one in receipt.news)]
            print_json(facts) if as_json else print_receipt(facts, news)
            if strict and receipt.failed:
                raise typer.Exit(1)


def _folder_indexed_last(data: Path) -> Path:
    from ingest import current_generation, read_manifest

    try:
        return Path(read_manifest(current_generation(data)).folder)
    except (IndexMissing, IndexUnusable) as error:
        raise UsageError("Name the folder that holds the reports: rapporteur index FOLDER.") from error


@app.command()
def replace(
    old: Annotated[str, typer.Argument(help="Path of the report that goes, as `rapporteur index` names it.")],
    new: Annotated[Path, typer.Argument(help="The file that takes its place; it may lie among the reports already.")],
    *,
    data: Data = DATA,
    model: Model = "",
    as_json: Json = False,
) -> None:
    """Put a file in the place of a report, keep the old file in the data folder, and index again."""
    from assistant import open_proposer, open_term_reader
    from ingest import IngestConfig, build_index, replace_report

    folder = _folder_indexed_last(data)
    kept = replace_report(folder, old, new, data=data)
    with progress_bar(is_quiet=as_json) as progress:
        config, propose, ask = IngestConfig(model=model), open_proposer(model=model), open_term_reader()
        receipt = build_index(folder, data=data, config=config, progress=progress, propose=propose, ask=ask)
    if as_json:
        print_json(receipt.to_dict())
    else:
        print_receipt(receipt.to_dict())
        out.print(f"The old file is kept: {kept}", markup=False)


@app.command()
def chat(
    *,
    data: Data = DATA,
    model: Model = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any free one.")] = 7860,
    host: Annotated[str, typer.Option(help="Address to listen on; the default is reached from this computer only.")] = (
        "127.0.0.1"
    ),
    index_if_missing: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Index this folder first when there is no index.")
    ] = None,
    users: Annotated[
        Path | None, typer.Option(metavar="FILE", help="People sign in; made by `rapporteur users add`.")
    ] = None,
    identity_header: Annotated[
        str, typer.Option(metavar="NAME", help="A proxy in front signs people in and names them in this header.")
    ] = "",
    trusted_proxy: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Whose word about visitors counts; repeatable.")
    ] = None,
    keepers: Annotated[str, typer.Option(metavar="A,B", help="Who of those named in the header are keepers.")] = "",
    allowed_host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A name browsers may call the page by; repeatable.")
    ] = None,
) -> None:
    """Open the chat page and print its address; where other computers reach it, people must sign in."""
    from ui.web.access.identity import people_at
    from ui.web.start import open_desk, ready, serve_chat

    proxies = trusted_proxy or ()
    people = people_at(host, data=data, users=users, header=identity_header, proxies=proxies, keepers=keepers)
    desk = open_desk(data, model)
    with progress_bar() as progress:
        ready(desk, index_if_missing, progress)
    serve_chat(
        desk,
        data=data,
        host=host,
        port=port,
        folder=index_if_missing,
        announce=typer.echo,
        people=people,
        allowed_hosts=allowed_host or (),
    )


for command in (ask, init, evaluate, prove, dossier, summary, save, saved, generations, rollback, forget, recheck):
    app.command()(command)
app.add_typer(ledger_app, name="ledger")
app.add_typer(users_app, name="users")
app.add_typer(model_app, name="model")


@app.command()
def completion(shell: Annotated[Literal["bash", "zsh", "fish"], typer.Argument(help="The shell.")]) -> None:
    """Print a script that completes commands and options; the shell reads it when it starts."""
    from typer.completion import shell_complete

    _know_shells()
    shell_complete(typer.main.get_command(app), {}, "rapporteur", COMPLETE, f"source_{shell}")


def _know_shells() -> None:
    typer.main.get_install_completion_arguments()


@app.command()
def doctor(*, data: Data = DATA, model: Model = "", as_json: Json = False) -> None:
    """Check that this computer is ready, and name the cure where it is not."""
    from dataclasses import asdict

    from ui.doctor import examine

    checks = []
    for check in examine(data, model):
        checks.append(check)
        if not as_json:
            print_check(check)
    is_ok = all(check.is_ok for check in checks)
    if as_json:
        print_json({"ok": is_ok, "checks": [asdict(check) for check in checks]})
    if not is_ok:
        raise typer.Exit(1)


add_examples(app)


def main() -> None:
    """Run the command; the entry of the console script."""
    # Libraries below us read these when they are imported: no telemetry, no forks of tokenizers.
    for name, value in (
        ("ANONYMIZED_TELEMETRY", "False"),
        ("GRADIO_ANALYTICS_ENABLED", "False"),
        ("HF_HUB_DISABLE_TELEMETRY", "1"),
        ("TOKENIZERS_PARALLELISM", "false"),
    ):
        os.environ.setdefault(name, value)
    write_any_letter()
    if COMPLETE in os.environ:
        _know_shells()
    try:
        app(prog_name="rapporteur", complete_var=COMPLETE)
    except KeyboardInterrupt:  # before a command has begun, as later ones are typer's to end
        raise SystemExit(INTERRUPTED) from None
