"""What the command line prints: results to stdout, progress and errors to stderr."""

import codecs
import contextlib
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from anyascii import anyascii
from rich.console import Console
from rich.markup import escape
from typer.core import TyperGroup

from corpus import RapporteurError, UsageError

if TYPE_CHECKING:
    from assistant import Answer, Citation
    from ui.doctor import Check
    from ui.wording import Words

NEAREST_SHOWN = 3
NEWS_SHOWN = 20

Progress = Callable[[str, int, int], None]

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class Commands(TyperGroup):
    """Commands whose named errors end in one line on stderr and their exit status."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command, its errors named."""
        with named_errors():
            return super().invoke(ctx)


def write_any_letter() -> None:
    """Let a terminal that lacks a letter, as one of ASCII lacks Chinese, show it in Latin ones."""
    codecs.register_error("latin", _latin)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="latin")


def _latin(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return anyascii(error.object[error.start : error.end]) or "?", error.end


@contextlib.contextmanager
def named_errors() -> Iterator[None]:
    """Turn our errors into one line on stderr and the exit status: 2 for wrong usage, 1 for the others."""
    try:
        yield
    except RapporteurError as error:
        complain(str(error))
        raise typer.Exit(2 if isinstance(error, UsageError) else 1) from error
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        complain(f"{error.filename or 'A file'}: {error.strerror or error}. Check its path, its permissions and the "
                 "free space, then run the command again.")  # fmt: skip
        raise typer.Exit(1) from error


def complain(message: str) -> None:
    """Print a message as one line on stderr."""
    err.print(" ".join(message.split()), markup=False, style="red")


def write_file(file: Path, content: bytes) -> None:
    """Write a file that somebody named.

    Raises:
        UsageError: It cannot be written.
    """
    try:
        file.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written ({error.strerror}). Name another file.") from error
    err.print(f"Written: {file}", markup=False, style="dim")


def print_text(text: str) -> None:
    """Print a text as it is, in the letters that the terminal has; its last line ends where the text does."""
    out.file.write(text)


def print_json(value: Mapping[str, Any] | Sequence[Any]) -> None:
    """Print a value as one line, at once, so that a reader at the other end of a pipe need not wait."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode(getattr(out.file, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value)
    print_text(f"{text}\n")
    out.file.flush()


@contextlib.contextmanager
def progress_bar(*, is_quiet: bool = False) -> Iterator[Progress | None]:
    """Give a function that shows (step, done, total) as a bar on stderr; None when quiet or not a terminal.

    A total of 0 is one that nobody knows: what is done is counted.
    """
    if is_quiet or not err.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # Of one console with what is printed meanwhile, or the bar would wipe that away.
    with Bars(*columns, console=out if out.is_terminal else err, transient=True) as bars:
        tasks: dict[str, Any] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total or None)
            bars.update(tasks[step], completed=done, total=total or None)

        yield show


def print_receipt(receipt: Mapping[str, Any], news: Sequence[str] = ()) -> None:
    """Print what an indexing run did, as a person reads it, and at most `NEWS_SHOWN` lines of news."""
    out.print(f"[bold]{receipt['reports']} reports[/], {receipt['passages']} passages, {receipt['seconds']:.1f} s")
    for name in ("added", "changed", "removed", "forgotten"):
        if receipt.get(name):
            out.print(f"  {name:<10} {len(receipt[name])}: {escape(_some(receipt[name]))}")
    out.print(f"  unchanged  {receipt['unchanged']}")
    out.print(f"  embedded   {receipt['embedded']} texts")
    for fault in receipt["failed"]:
        out.print(f"  [yellow]failed[/]     {escape(fault['file'])}: {escape(fault['reason'])}")
    for one in receipt.get("notes", ()):
        out.print(f"  [yellow]not whole[/]  {escape(one['file'])}: {escape(one['note'])}")
    for line in news[:NEWS_SHOWN]:
        out.print(f"  {line}", markup=False)
    if len(news) > NEWS_SHOWN:
        out.print(f"  … and {len(news) - NEWS_SHOWN} more")


def print_answer(answer: "Answer") -> None:
    """Print an answer with its numbered sources, how it was understood, and what was searched, in its language."""
    from assistant import answer_text
    from ui.wording import words

    said = words(answer.language)
    if answer.understood_as and answer.understood_as != answer.question.text:
        out.print(f"{said.say('understood_as')}: {answer.understood_as}", markup=False, style="dim")
    out.print(answer_text(_dated(answer, said)), markup=False)
    if not answer.claims and answer.retrieved:
        near = dict.fromkeys(f"  {passage.title} ({passage.file})" for passage in answer.retrieved[:NEAREST_SHOWN])
        out.print(f"{said.say('nearest')}:", style="dim")
        out.print("\n".join(near), markup=False, style="dim")
    if answer.withheld:
        out.print(f"{said.count('withheld', answer.withheld)}:", style="dim")
        out.print("\n".join(f"  {reason}" for reason in dict.fromkeys(answer.cut)), markup=False, style="dim")
    took = said.say("seconds", n=f"{answer.seconds:.2f}")
    out.print(f"{said.count('searched', answer.coverage.reports)}, {took}", style="dim")


def _dated(answer: "Answer", said: "Words") -> "Answer":
    """The answer with the dates of its citations in the words of a language."""
    from ui.days import date_in

    def own(one: "Citation") -> "Citation":
        return replace(one, date=date_in(one.date, said))

    claims = tuple(replace(claim, citations=tuple(map(own, claim.citations))) for claim in answer.claims)
    return replace(answer, claims=claims, closest=own(answer.closest) if answer.closest else None)


def print_check(check: "Check") -> None:
    """Print one finding of the doctor, with its cure when it is not ok."""
    state = "[green]ok[/]    " if check.is_ok else "[red]not ok[/]"
    out.print(f"{state}  {check.name:<22} {escape(check.finding)}")
    if not check.is_ok:
        out.print(f"        {escape(check.cure)}")


def _some(files: list[str], shown: int = 5) -> str:
    rest = f" … and {len(files) - shown} more" if len(files) > shown else ""
    return ", ".join(files[:shown]) + rest
