"""The `rapporteur` command: index, ask, chat, doctor; others are in `ui.measuring` and `ui.ledger`.

Exit status: 0 for a result or an honest refusal, 1 for a named error, 2 for wrong usage. Heavy libraries are
imported inside the commands that need them.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus import IndexMissing, IndexUnusable, UsageError
from ui import fact_commands  # noqa: F401  # adds its commands to the ledger
from ui.keeping import forget, generations, rollback
from ui.ledger import dossier, ledger_app
from ui.measuring import evaluate, prove
from ui.office import init
from ui.options import DATA, Data, Json, Model
from ui.recheck import recheck
from ui.saved import changes_after_indexing, save, saved
from ui.summary import summary
from ui.terminal import (
    named_errors,
    out,
    print_answer,
    print_check,
    print_json,
    print_receipt,
    progress_bar,
    write_any_letter,
)
from ui.users_commands import users_app

if TYPE_CHECKING:
    from assistant import Answer, Filters, Question

app = typer.Typer(
    name="rapporteur",
    help="Answers questions about visit records; every sentence is proved against the record it cites.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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
    from assistant import open_proposer
    from ingest import IngestConfig, Receipt, build_index
    from ingest import watch as watched

    with named_errors():
        folder = folder or _folder_indexed_last(data)
        config, propose = IngestConfig(model=model), open_proposer(model=model)
        receipts: Iterable[Receipt]
        with progress_bar(is_quiet=as_json) as progress:
            if watch:
                receipts = watched(folder, data=data, config=config, progress=progress, propose=propose)
            else:
                receipts = [build_index(folder, data=data, config=config, progress=progress, propose=propose)]
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
    from ingest import IngestConfig, build_index, replace_report

    with named_errors():
        folder = _folder_indexed_last(data)
        kept = replace_report(folder, old, new, data=data)
        with progress_bar(is_quiet=as_json) as progress:
            receipt = build_index(folder, data=data, config=IngestConfig(model=model), progress=progress)
        if as_json:
            print_json(receipt.to_dict())
        else:
            print_receipt(receipt.to_dict())
            out.print(f"The old file is kept: {kept}", markup=False)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in any language.")] = "",
    *,
    data: Data = DATA,
    model: Model = "",
    as_json: Json = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown with footnotes.")] = False,
    batch: Annotated[str, typer.Option(metavar="FILE", help="JSON Lines of questions; - for stdin.")] = "",
    since: Annotated[str, typer.Option(metavar="DATE", help="Earliest event date, such as 2024 or 2024-05.")] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="Latest event date, inclusive.")] = "",
    place: Annotated[str, typer.Option(help="Words of the place.")] = "",
    partner: Annotated[str, typer.Option(help="An organization or its acronym.")] = "",
    theme: Annotated[str, typer.Option(help="A theme, by its key or its name in any language.")] = "",
    language: Annotated[list[str] | None, typer.Option(help="Language of the reports, such as en; repeatable.")] = None,
    file: Annotated[list[str] | None, typer.Option(help="A report, by its path in the folder; repeatable.")] = None,
    route: Annotated[
        str,
        typer.Option(help="lookup (search and quote), list (all facts that fit) or timeline; empty to let it choose."),
    ] = "",
) -> None:
    """Ask one question, or many with --batch FILE --json."""
    from assistant import AssistantConfig, Filters, Question, answer_to_dict, open_assistant

    with named_errors():
        if bool(question.strip()) == bool(batch):
            raise UsageError('Give one question, as in rapporteur ask "Who …?", or --batch FILE.')
        if batch and not as_json:
            raise UsageError("Answers to a batch are JSON Lines: add --json.")
        filters = Filters(since=since, until=until, place=place, partner=partner, theme=theme,
                          languages=tuple(language or ()), files=tuple(file or ()))  # fmt: skip
        with closing(open_assistant(AssistantConfig(data=data, model=model))) as assistant:
            if batch:
                raise typer.Exit(_ask_batch(batch, filters, route, assistant.answer))
            answer = assistant.answer(Question(text=question, filters=filters, route=route))
        if as_json:
            print_json(answer_to_dict(answer))
        elif markdown:
            from ui.export import briefing_markdown

            typer.echo(briefing_markdown([answer], answer.language), nl=False)
        else:
            print_answer(answer)


def _ask_batch(file: str, filters: "Filters", route: str, ask: "Callable[[Question], Answer]") -> int:
    """Print one object a line; return 1 when a line or a question failed, else 0."""
    from ui.batch import answer_batch, open_lines, read_batch

    failed = False
    with open_lines(file) as lines:
        for answered in answer_batch(read_batch(lines, filters, route), ask):
            failed = failed or "error" in answered
            print_json(answered)
    return int(failed)


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
    from ui.web.chat import open_desk, people_at, ready, serve_chat

    with named_errors():
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


app.command()(init)
app.command()(evaluate)
app.command()(prove)
app.command()(dossier)
app.command()(summary)
app.add_typer(ledger_app, name="ledger")
app.add_typer(users_app, name="users")
app.command()(save)
app.command()(saved)
for keeping in (generations, rollback, forget):
    app.command()(keeping)
app.command()(recheck)


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
    app()
