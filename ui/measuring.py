"""The commands that measure: evaluate an assistant or the proof, and prove sentences that anybody wrote."""

from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from corpus import RapporteurError, UsageError
from ui.options import DATA, Data, Json, Language, Model
from ui.terminal import complain, out, print_json, progress_bar, write_file

if TYPE_CHECKING:
    from assistant import Pair, Scorecard

ATTACKS = Path("tests/attacks")
_COLORS = {"proved": "green", "uncertain": "yellow", "withheld": "red"}


def evaluate(
    file: Annotated[
        Path | None,
        typer.Argument(help="Judged questions: JSON Lines or CSV. With --attacks, pairs: a file or a folder."),
    ] = None,
    *,
    attacks: Annotated[
        bool, typer.Option("--attacks", help=f"Score the proof on true and false sentences, by default {ATTACKS}.")
    ] = False,
    data: Data = DATA,
    model: Model = "",
    as_json: Json = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the report as a web page.")] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MEASURE=VALUE",
            help="Exit with 1 below this; above it, where less is better (grave_proved …). Repeatable.",
        ),
    ] = None,
    is_kept: Annotated[
        bool, typer.Option("--keep/--no-keep", help="Keep the scorecard of judged questions for the page's curves.")
    ] = True,
) -> None:
    """Score the assistant on judged questions, or the proof on attacks."""
    floors = dict(map(_floor, fail_under or ()))
    if attacks:
        if html is not None:
            raise UsageError("There is no page of attacks. Leave out --html, or ask for --json.")
        misses = _attacked(file or ATTACKS, data, model, floors, as_json=as_json)
    elif file is None:
        raise UsageError("Give a file of judged questions: rapporteur evaluate FILE, or --attacks.")
    else:
        misses = _asked(file, data, model, floors, as_json=as_json, html=html, is_kept=is_kept)
    for miss in misses:
        complain(miss)
    if misses:
        raise typer.Exit(1)


def prove(
    pairs: Annotated[
        str, typer.Argument(metavar="PAIRS", help="JSON Lines of a sentence with its quotes or file; - for stdin.")
    ],
    *,
    data: Data = DATA,
    model: Model = "",
    as_json: Json = False,
    language: Language = "en",
) -> None:
    """Check sentences that anybody wrote against quotes, or against records of the index."""
    from assistant import open_checker, pair_of
    from ui.batch import answer_lines, open_lines, print_each, read_lines

    checker = open_checker(data, model)

    def checked(_: str, pair: "Pair") -> dict[str, Any]:
        found = checker.check(pair).to_dict(language)
        return found if as_json else found | {"sentence": pair.sentence}

    with open_lines(pairs) as lines:
        found = answer_lines(read_lines(lines, pair_of), checked)
        if print_each(found, print_json if as_json else _print_checked):
            raise typer.Exit(1)


def _asked(
    file: Path, data: Path, model: str, floors: Mapping[str, float], *, as_json: bool, html: Path | None, is_kept: bool
) -> list[str]:
    from assistant import AssistantConfig, open_assistant, read_questions, score, scorecard_html, scorecard_table

    if not file.is_file():
        raise UsageError(f"{file}: is no file. Give judged questions as JSON Lines or CSV, in UTF-8.")
    if not (questions := read_questions(file)):
        raise UsageError(f"{file}: holds no questions. corpus/README.md describes the form.")
    with (
        closing(open_assistant(AssistantConfig(data=data, model=model))) as assistant,
        progress_bar(is_quiet=as_json) as progress,
    ):
        tell = partial(progress, "asking") if progress else None
        card = score(questions, assistant.answer, report_text=assistant.report_text, progress=tell)
        if is_kept:
            _keep(file, card, data, assistant.index.generation)
    misses = card.check(floors)
    if html is not None:
        write_file(html, scorecard_html(card).encode())
    print_json(card.to_dict()) if as_json else out.print(scorecard_table(card), soft_wrap=False)
    return misses


def _keep(file: Path, card: "Scorecard", data: Path, generation: str) -> None:
    """Keep the scorecard for the page; where that is not possible, the measurement itself still counts."""
    from ui.web.memory.store import Memory

    try:
        Memory(data).keep_scorecard(file, card, generation)
    except RapporteurError as error:
        complain(f"The scorecard was not kept: {error}")


def _attacked(place: Path, data: Path, model: str, floors: Mapping[str, float], *, as_json: bool) -> list[str]:
    from assistant import attack_scorecard, attack_table, open_checker, read_attacks

    pairs = read_attacks(place)
    with progress_bar(is_quiet=as_json) as progress:
        tell = partial(progress, "proving") if progress else None
        card = attack_scorecard(pairs, open_checker(data, model), progress=tell)
    misses = card.check(floors)
    print_json(card.to_dict()) if as_json else out.print(attack_table(card), soft_wrap=False)
    return misses


def _print_checked(found: Mapping[str, Any]) -> None:
    """Print verdict, score and sentence of a checked pair, and below them why it was not proved."""
    if "error" in found:
        out.print(f"[red]error[/]           {escape(found['id'])}: {escape(found['error'])}")
    else:
        color = _COLORS[found["verdict"]]
        out.print(f"[{color}]{found['verdict']:<9}[/]  {found['score']:.2f}  {escape(found['sentence'])}")
        if found["reason"]:
            out.print(f"{'':<17}{escape(found['reason'])}", style="dim")
    out.file.flush()


def _floor(text: str) -> tuple[str, float]:
    measure, _, value = text.partition("=")
    try:
        return measure, float(value)
    except ValueError as error:
        raise UsageError(f"--fail-under {text}: write measure=value, such as report_recall@5=0.9.") from error
