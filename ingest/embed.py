"""The door of sentence-transformers: texts in, unit vectors out."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable
from ingest.model_from_wheel import MODEL_NAME, unpacked_model

EMBEDDED = ""
TOKEN_LAYER = 8
"""Layer whose token vectors are given: in the middle layers a token is nearest to its own meaning (BERTScore, 2020)."""
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenVectors:
    """The tokens of one text, in order, without special ones and the prompt.

    Attributes:
        spans: Where each stands in the text, code points, shape (n, 2).
        vectors: Unit vectors of a middle layer, shape (n, dimension).
        whole: Unit vector of the text as `Embedder.embed_questions` gives it, shape (dimension,).
    """

    spans: NDArray[np.int64]
    vectors: Vectors
    whole: Vectors


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

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Vectors of every token of each text, in order; what lies beyond the model's length is left out."""
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

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Token vectors of each text; an empty sequence gives an empty list."""
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        found: dict[int, TokenVectors] = {}
        for begin in range(0, len(order), self._batch):
            group = order[begin : begin + self._batch]
            found.update(zip(group, self._token_batch([texts[at] for at in group]), strict=True))
        return [found[at] for at in range(len(texts))]

    def _token_batch(self, texts: list[str]) -> list[TokenVectors]:
        import torch

        prompt = self._model.prompts.get("query", "")
        encoded = self._model.tokenizer(
            [prompt + text for text in texts],
            return_offsets_mapping=True,
            return_tensors="pt",
            padding=True,
            truncation=True,
            max_length=self._model.max_seq_length,
        )
        offsets = encoded.pop("offset_mapping").numpy()
        with torch.inference_mode():
            layers = self._model[0].auto_model(**encoded, output_hidden_states=True).hidden_states
        mask = encoded["attention_mask"].unsqueeze(-1)
        whole = _unit((layers[-1] * mask).sum(1).numpy() / mask.sum(1).numpy())
        middle = layers[min(TOKEN_LAYER, len(layers) - 1)].numpy()
        found = []
        for row in range(len(texts)):
            # The first token of the text may begin with the blank that ends the prompt.
            inside = (offsets[row, :, 1] > offsets[row, :, 0]) & (offsets[row, :, 1] > len(prompt))
            spans = np.maximum(offsets[row][inside] - len(prompt), 0)
            found.append(TokenVectors(spans=spans, vectors=_unit(middle[row][inside]), whole=whole[row]))
        return found

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


def _unit(rows: NDArray[Any]) -> Vectors:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)


def open_embedder(name: str = EMBEDDED) -> Embedder:
    """The embedder of that name; see `SentenceEmbedder`."""
    return SentenceEmbedder(name)


def token_counter(name: str = EMBEDDED) -> Callable[[str], int]:
    """Counts the tokens of a text as `Embedder.count_tokens`; of the embedded model only its words are loaded.

    Raises:
        ModelUnavailable: They cannot be loaded; names the cure.
    """
    if name != EMBEDDED:
        return open_embedder(name).count_tokens
    from tokenizers import Tokenizer

    path = unpacked_model() / "tokenizer.json"
    try:
        words = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers knows no other class than this one
        raise ModelUnavailable(
            f"{path}: the words of the embedding model cannot be loaded ({error}). Remove {path.parent} and run again: "
            "it is unpacked anew."
        ) from error
    words.no_truncation()
    return lambda text: len(words.encode(text, add_special_tokens=False).ids)


def model_label(name: str = EMBEDDED) -> str:
    """The name an index built with the configured model bears, known without loading the model."""
    return MODEL_NAME if name == EMBEDDED else name
