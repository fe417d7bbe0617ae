"""One run of indexing: what it reads and writes, and with what."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ingest.config import IngestConfig
from ingest.embed import Embedder, model_label, open_embedder
from ingest.ledger.extract import Proposes
from ingest.ledger.terms import Asks
from ingest.library import Library, recipe_of
from ingest.tagger import Tags, open_tagger

Progress = Callable[[str, int, int], None]
"""Told of each step: its name (``read``, ``split``, ``facts``, ``embed``, ``build``, ``audit``), steps done, steps in
all."""


class Model:
    """The model of a run, loaded at most once, and not at all when nothing has to be counted or embedded.

    Args:
        name: The configured name; see `IngestConfig.model`.
        embedder: The model, already opened; None to open it when it is needed.
    """

    def __init__(self, name: str, embedder: Embedder | None = None) -> None:
        self.label = embedder.name if embedder else model_label(name)
        self._name = name
        self._embedder = embedder
        self._loading: Future[Embedder] | None = None
        self._tags: Tags | None = None

    def tags(self) -> Tags:
        """The tagger, on the embedder where that is the embedded model. Errors as `opened`."""
        if self._tags is None:
            self._tags = open_tagger(self._embedder or (None if self._name else self.opened()))
        return self._tags

    def prepare(self) -> None:
        """Begin to load in the background; files are meanwhile read in another process."""
        if self._embedder is None and self._loading is None:
            pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="load-model")
            self._loading = pool.submit(open_embedder, self._name)
            pool.shutdown(wait=False)

    def opened(self) -> Embedder:
        """The embedder.

        Raises:
            ModelUnavailable: It cannot be loaded.
        """
        if self._embedder is None:
            self.prepare()
            assert self._loading is not None
            loading, self._loading = self._loading, None
            self._embedder = loading.result()
        return self._embedder


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of indexing.

    Attributes:
        folder: Where the reports lie; `data` where everything written lives.
        config: Settings.
        model: Begins to load as soon as a report turns up that was never split.
        library: What was made in earlier runs; what is made in this one is remembered there at once.
        tell: Told of each step.
        propose: Proposes facts beside the tagger; None for the tagger alone.
        ask: Asks about the terms of agreements; None to leave them out.
    """

    folder: Path
    data: Path
    config: IngestConfig
    model: Model
    library: Library
    tell: Progress
    propose: Proposes | None = None
    ask: Asks | None = None

    @property
    def recipe(self) -> str:
        """How files become passages in it; see `recipe_of`."""
        return recipe_of(self.model.label, self.config.max_tokens)
