"""The command that asks: one question, or many of a file."""

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from corpus import UsageError
from ui.options import DATA, Data, Json, Model
from ui.terminal import print_answer, print_json, print_text, progress_bar

if TYPE_CHECKING:
    from assistant import Answer, Assistant, Filters, Question


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

    if bool(question.strip()) == bool(batch):
        raise UsageError('Give one question, as in rapporteur ask "Who …?", or --batch FILE.')
    if batch and not as_json:
        raise UsageError("Answers to a batch are JSON Lines: add --json.")
    filters = Filters(since=since, until=until, place=place, partner=partner, theme=theme,
                      languages=tuple(language or ()), files=tuple(file or ()))  # fmt: skip
    with closing(open_assistant(AssistantConfig(data=data, model=model))) as assistant:
        if batch:
            raise typer.Exit(_ask_batch(batch, filters, route, lambda one: _answered(assistant, one, is_quiet=True)))
        answer = _answered(assistant, Question(text=question, filters=filters, route=route), is_quiet=as_json)
    if as_json:
        print_json(answer_to_dict(answer))
    elif markdown:
        from ui.export import briefing_markdown

        print_text(briefing_markdown([answer], answer.language))
    else:
        print_answer(answer)


def _answered(assistant: "Assistant", question: "Question", *, is_quiet: bool) -> "Answer":
    """The whole answer, its sentences counted as they are found.

    Raises:
        UsageError: As `Assistant.answer`, or a filter's value is none that the records have.
    """
    from ui.offered import refuse_unknown

    refuse_unknown(question.filters, assistant.reports, assistant.ledger)
    with progress_bar(is_quiet=is_quiet) as progress:
        if progress:
            progress("searching", 0, 0)
        for answer in assistant.answers(question):
            if progress:
                progress("searching", len(answer.claims), 0)
    return answer


def _ask_batch(file: str, filters: "Filters", route: str, ask: "Callable[[Question], Answer]") -> int:
    """Print one object a line; return 1 when a line or a question failed, else 0."""
    from ui.batch import answer_batch, open_lines, print_each, read_batch

    with open_lines(file) as lines:
        return int(print_each(answer_batch(read_batch(lines, filters, route), ask), print_json))
