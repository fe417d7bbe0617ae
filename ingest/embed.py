"""The door of sentence-transformers: texts in, unit vectors out."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable
from ingest.model_from_wheel import MODEL_NAME, unpacked_model

EMBEDDED = ""
Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """What the index and the assistant need of a model."""

    @property
    def name(self) -> str:
        """Name written into every index built with this model."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts of reports; float32 of shape (n, dimension), rows of unit norm, in order."""
        ...

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions, with the model's prompt for them; same shape as `embed_passages`."""
        ...

    def count_tokens(self, text: str) -> int:
        """Number of tokens of `text` without the special ones."""
        ...


class SentenceEmbedder:
    """A sentence-transformers model on the processor.

    Args:
        name: ``""`` for the embedded multilingual-e5-small, else the name or folder of any
            sentence-transformers model.
        batch: Texts encoded at once; small batches of like length are fastest on two cores.

    Raises:
        ModelUnavailable: The model cannot be found or loaded; names the cure.
    """

    def __init__(self, name: str = EMBEDDED, *, batch: int = 16) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        folder = str(unpacked_model()) if name == EMBEDDED else name
        is_local = Path(folder).is_dir()
        if is_local:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
        try:
            self._model: Any = SentenceTransformer(folder, device="cpu", local_files_only=is_local)
        except Exception as error:  # a damaged model raises anything: tokenizers knows no other class than this one
            cure = f"Remove {folder} and run again: it is unpacked anew."
            if name != EMBEDDED:
                cure = "Name a folder that holds a sentence-transformers model, or leave --model out."
            raise ModelUnavailable(
                f"The embedding model {name or MODEL_NAME} cannot be loaded ({error}). {cure}"
            ) from error
        self._name = MODEL_NAME if name == EMBEDDED else name
        self._batch = batch

    @property
    def name(self) -> str:
        """Name written into every index built with this model."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts of reports; an empty sequence gives shape (0, dimension)."""
        return self._embed(self._model.encode_document, texts)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions; an empty sequence gives shape (0, dimension)."""
        return self._embed(self._model.encode_query, texts)

    def count_tokens(self, text: str) -> int:
        """Number of tokens of `text` without the special ones."""
        return len(self._model.tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"])

    def _embed(self, encode: Any, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = encode(
            list(texts),
            batch_size=self._batch,
            convert_to_numpy=True,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def open_embedder(name: str = EMBEDDED) -> Embedder:
    """The embedder of that name; see `SentenceEmbedder`."""
    return SentenceEmbedder(name)


def model_label(name: str = EMBEDDED) -> str:
    """The name an index built with the configured model bears, known without loading the model."""
    return MODEL_NAME if name == EMBEDDED else name
