"""What keepers do with the language model: choose one, and try it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from assistant import choose_model, chosen_model, open_language_model
from corpus import UsageError
from ui.model_trial import Trial, try_model

MOST_SHOWN = 600
"""Characters of an answer to a test."""


class ModelDeeds:
    """The choice of a model for one data folder, and the last test of it since the page was started.

    Args:
        reopen: Opens the assistant anew, so that a choice counts at once.
    """

    def __init__(self, data: Path, reopen: Callable[[], None]) -> None:
        self._data, self._reopen = data, reopen
        self.tried: Trial | None = None

    def choose(self, told: Mapping[str, str]) -> str:
        """Choose a model; returns its kind. Raises `UsageError` for one that cannot work: nothing was changed then."""
        if chosen_model(self._data).is_fixed:
            raise UsageError("RAPPORTEUR_LLM names the model. Unset it to choose one here.")
        chosen = choose_model(self._data, **{name: told.get(name, "") for name in ("llm", "address", "model", "key")})
        self.tried = None
        self._reopen()
        return chosen.config.llm

    def test(self) -> str:
        """Ask the model one sentence; returns its kind.

        Raises:
            UsageError: None is chosen.
            LanguageModelFailed: It cannot be reached, or does not answer.
        """
        chosen = chosen_model(self._data)
        model = open_language_model(chosen.config, chosen.key)
        if model is None:
            raise UsageError("No language model is chosen. Choose one first.")
        trial = try_model(model)
        self.tried = replace(trial, text=trial.text[:MOST_SHOWN])
        return chosen.config.llm
