"""Opening the assistant: the only place that chooses implementations."""

from dataclasses import dataclass, field
from pathlib import Path

from assistant.language_model import open_language_model
from assistant.language_model_chosen import ChosenModel, chosen_model
from assistant.language_model_config import LanguageModelConfig
from assistant.reader import Reader
from assistant.reader.open import configured_reader, open_reader
from assistant.steps import Assistant, Embeds
from ingest import EMBEDDED, configured_inference, model_label, open_embedder, open_index, open_inference


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantConfig:
    """Where the index lies and which model it was built with.

    Attributes:
        data: The data folder.
        model: ``""`` for the embedded model, else the name or folder of the one the index was built with.
        language_model: Which model words the answers; None for the one that the environment names, else a keeper chose
            on the page, else none (`chosen_model`).
        inference: Name or folder of the model that decides the fifth check of what a language model writes; by default
            as the environment says, else ``""``, the fitted head.
        reader: ``""`` for the trained reader, else the name or folder of a cross-encoder that reads in its place; by
            default as the environment says (``RAPPORTEUR_READER``).
    """

    data: Path = Path(".rapporteur")
    model: str = ""
    language_model: LanguageModelConfig | None = None
    inference: str = field(default_factory=configured_inference)
    reader: str = field(default_factory=configured_reader)


def open_assistant(
    config: AssistantConfig | None = None, *, embedder: Embeds | None = None, reader: Reader | None = None
) -> Assistant:
    """Open the published index and its model.

    Args:
        config: Where the index lies; None for the defaults.
        embedder: The model, already opened; None to open the configured one.
        reader: What reads, already opened; None to open the configured one.

    Raises:
        IndexMissing: Nothing has been indexed yet.
        IndexStale: The index was built with another model; names the cure.
        IndexUnusable: The index is damaged.
        ModelUnavailable: A model cannot be loaded.
    """
    settings = config or AssistantConfig()
    index = open_index(settings.data, model=model_label(settings.model))
    chosen = ChosenModel(config=settings.language_model) if settings.language_model else chosen_model(settings.data)
    language_model = open_language_model(chosen.config, chosen.key)
    embedder = embedder or open_embedder(settings.model)
    return Assistant(
        index,
        embedder,
        reader or open_reader(settings.reader, embedder),
        settings.data,
        language_model,
        # The records' own sentences need no fifth check: without a language model there is nothing to infer.
        open_inference(settings.inference) if language_model else None,
        None if settings.model == EMBEDDED else open_embedder(EMBEDDED),
    )
