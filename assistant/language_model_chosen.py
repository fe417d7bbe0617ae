"""Which language model answers: the one that the environment names, else the one that a keeper chose on the page."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.language_model_config import KEY, LanguageModelConfig, tasks_told
from corpus.errors import IndexUnusable

FILE = "language_model.json"
"""Its name in the data folder; nobody but the owner of the process may read it, since it may hold a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenModel:
    """A model and the key to it, which is told to nobody.

    Attributes:
        is_fixed: Whether the environment names it, so that the page cannot choose another.
    """

    config: LanguageModelConfig = field(default_factory=LanguageModelConfig)
    key: str = field(default="", repr=False)
    is_fixed: bool = False


def chosen_model(data: Path) -> ChosenModel:
    """The model of ``RAPPORTEUR_LLM`` where that is set, else the one chosen for a data folder, else none.

    Raises:
        UsageError: A value of the environment cannot work.
        IndexUnusable: The file is damaged.
    """
    if os.environ.get("RAPPORTEUR_LLM", "").strip():
        key = os.environ.get(KEY, "").strip()
        return ChosenModel(config=LanguageModelConfig.from_environment(), key=key, is_fixed=True)
    path = data / FILE
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return ChosenModel(config=_config(told["llm"], told["address"], told["model"]), key=str(told["key"]))
    except FileNotFoundError:
        return ChosenModel()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexUnusable(f"{path}: cannot be read ({error}). Delete it, then choose a model again.") from error


def choose_model(data: Path, *, llm: str, address: str = "", model: str = "", key: str = "") -> ChosenModel:
    """Remember a keeper's choice; it counts when the assistant is opened anew. Returns it.

    Args:
        key: Empty to keep the one before, which goes all the same where the address is another.

    Raises:
        UsageError: A value that cannot work; the message names it. Nothing was changed.
        IndexUnusable: The file is damaged.
    """
    config, before = _config(llm, address.strip(), model.strip()), chosen_model(data)
    kept = before.key if (before.config.llm, before.config.base) == (config.llm, config.base) else ""
    chosen = ChosenModel(config=config, key=key.strip() or kept)
    told = {"llm": config.llm, "address": config.address, "model": config.model, "key": chosen.key}
    data.mkdir(parents=True, exist_ok=True)
    new = data / f"{FILE}.new"
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(json.dumps(told, ensure_ascii=False) + "\n")
    new.replace(data / FILE)
    return chosen


def _config(llm: Any, address: str, model: str) -> LanguageModelConfig:
    seconds = LanguageModelConfig.usual_seconds(llm)
    return LanguageModelConfig(llm=llm, address=address, model=model, seconds=seconds, tasks=tasks_told())
