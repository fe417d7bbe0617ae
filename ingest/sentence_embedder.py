"""The door of sentence-transformers: any other model than the embedded one."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import ModelUnavailable
from ingest.embedder import TOKEN_LAYER, TokenVectors, Vectors, unit_rows

BATCH = 16
"""Texts encoded at once; small batches of like length are fastest on two cores."""


class SentenceEmbedder:
    """A sentence-transformers model on the processor.

    Args:
        name: Name or folder of a sentence-transformers model.

    Raises:
        ModelUnavailable: The model cannot be found or loaded; names the cure.
    """

    def __init__(self, name: str) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        is_local = Path(name).is_dir()
        if is_local:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
        try:
            self._model: Any = SentenceTransformer(name, device="cpu", local_files_only=is_local)
        except Exception as error:  # a damaged model raises anything: tokenizers knows no other class than this one
            raise ModelUnavailable(
                f"The embedding model {name} cannot be loaded ({error}). Name a folder that holds a "
                "sentence-transformers model, or leave --model out."
            ) from error
        self._name = name

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
        for begin in range(0, len(order), BATCH):
            group = order[begin : begin + BATCH]
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
        whole = unit_rows((layers[-1] * mask).sum(1).numpy() / mask.sum(1).numpy())
        middle = layers[min(TOKEN_LAYER, len(layers) - 1)].numpy()
        found = []
        for row in range(len(texts)):
            # The first token of the text may begin with the blank that ends the prompt.
            inside = (offsets[row, :, 1] > offsets[row, :, 0]) & (offsets[row, :, 1] > len(prompt))
            spans = np.maximum(offsets[row][inside] - len(prompt), 0)
            found.append(TokenVectors(spans=spans, vectors=unit_rows(middle[row][inside]), whole=whole[row]))
        return found

    def count_tokens(self, text: str) -> int:
        """Number of tokens of `text` without the special ones."""
        return len(self._model.tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"])

    def _embed(self, encode: Any, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = encode(
            list(texts),
            batch_size=BATCH,
            convert_to_numpy=True,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)
