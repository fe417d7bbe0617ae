"""Texts in, unit vectors out: the embedded model on onnxruntime, any other one through sentence-transformers."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable
from corpus.plain_form import plain_form
from ingest.export import LOWER, SCORES, TOKENIZER, TOP, WORDS, exported_model, onnx_session
from ingest.model_from_wheel import MODEL_NAME

EMBEDDED = ""
QUERY, PASSAGE = "query: ", "passage: "
"""Prompts of the embedded model."""
MOST_TOKENS = 512
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LowerStates:
    """What the lowest layers make of one text, special tokens at both ends included.

    Attributes:
        ids: Numbers of the tokens in the vocabulary, shape (n,).
        spans: Where each stands in the text, code points, (n, 2); (0, 0) for special ones.
        states: Shape (n, dimension).
    """

    ids: NDArray[np.int64]
    spans: NDArray[np.int64]
    states: Vectors


class EmbeddedModel:
    """The embedded multilingual-e5-small on onnxruntime; safe to use from several threads.

    Args:
        folder: Where it was exported to; None for the cache, made there when needed.
        batch: Texts encoded at once, of like length.

    Raises:
        ModelUnavailable: It cannot be exported or opened; names the cure.
    """

    name = MODEL_NAME
    dimension = 384

    def __init__(self, folder: Path | None = None, *, batch: int = 16) -> None:
        self._folder = folder or exported_model()
        self._words = _array_in(self._folder, WORDS, mmap_mode="r")
        self._tokenizer = _tokenizer_in(self._folder)
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._lower, self._top = onnx_session(self._folder / LOWER), onnx_session(self._folder / TOP)
        self._batch = batch

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts of reports; an empty sequence gives shape (0, dimension)."""
        return self.vectors_of([PASSAGE + plain_form(text) for text in texts])

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions; an empty sequence gives shape (0, dimension)."""
        return self.vectors_of([QUERY + plain_form(text) for text in texts])

    def vectors_of(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts that bear their prompt already; an empty sequence gives shape (0, dimension)."""
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for group, _, states, mask in self._encoded(texts):
            found[group] = self._top.run(["vector"], {"states": states, "mask": mask})[0]
        return found

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Token vectors of each text; an empty sequence gives an empty list."""
        found: dict[int, TokenVectors] = {}
        for group, encoded, states, mask in self._encoded([QUERY + text for text in texts]):
            vectors, middle = self._top.run(None, {"states": states, "mask": mask})
            for row, at in enumerate(group):
                spans = np.array(encoded[row].offsets, dtype=np.int64).reshape(-1, 2)
                # The first token of the text may begin with the blank that ends the prompt.
                inside = (spans[:, 1] > spans[:, 0]) & (spans[:, 1] > len(QUERY))
                found[at] = TokenVectors(
                    spans=np.maximum(spans[inside] - len(QUERY), 0),
                    vectors=_unit(middle[row, : len(spans)][inside]),
                    whole=vectors[row],
                )
        return [found[at] for at in range(len(texts))]

    def lower(self, texts: Sequence[str]) -> list[LowerStates]:
        """Tokens and states of the shared lowest layers, of texts that bear their prompt already, in order."""
        found: dict[int, LowerStates] = {}
        for group, encoded, states, _ in self._encoded(texts):
            for row, at in enumerate(group):
                ids = np.array(encoded[row].ids, dtype=np.int64)
                spans = np.array(encoded[row].offsets, dtype=np.int64).reshape(-1, 2)
                found[at] = LowerStates(ids=ids, spans=spans, states=states[row, : len(ids)])
        return [found[at] for at in range(len(texts))]

    def piece_scores(self) -> Vectors:
        """Log-probability of each piece of the vocabulary, shape (pieces,)."""
        return np.asarray(_array_in(self._folder, SCORES))

    def count_tokens(self, text: str) -> int:
        """Number of tokens of `text` without the special ones."""
        return _count(self._tokenizer, text)

    def _encoded(self, texts: Sequence[str]) -> Iterator[tuple[list[int], list[Any], Vectors, Vectors]]:
        """Groups of texts of like length: their numbers, tokens, lower states and mask."""
        encoded = [self._tokenizer.encode(text) for text in texts]
        order = sorted(range(len(texts)), key=lambda at: len(encoded[at].ids))
        for begin in range(0, len(order), self._batch):
            group = order[begin : begin + self._batch]
            width = max(len(encoded[at].ids) for at in group)
            words = np.zeros((len(group), width, self.dimension), dtype=np.float32)
            mask = np.zeros((len(group), width), dtype=np.float32)
            for row, at in enumerate(group):
                ids = encoded[at].ids
                words[row, : len(ids)] = self._words[ids]
                mask[row, : len(ids)] = 1.0
            states = self._lower.run(None, {"words": words, "mask": mask})[0]
            yield group, [encoded[at] for at in group], states, mask


class SentenceEmbedder:
    """A sentence-transformers model on the processor.

    Args:
        name: Name or folder of a sentence-transformers model.
        batch: Texts encoded at once; small batches of like length are fastest on two cores.

    Raises:
        ModelUnavailable: The model cannot be found or loaded; names the cure.
    """

    def __init__(self, name: str, *, batch: int = 16) -> None:
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
    """The embedder of that name: `EmbeddedModel` for ``""``, else `SentenceEmbedder`."""
    return SentenceEmbedder(name) if name else EmbeddedModel()


def token_counter(name: str = EMBEDDED) -> Callable[[str], int]:
    """Counts the tokens of a text as `Embedder.count_tokens`; of the embedded model only its words are loaded.

    Raises:
        ModelUnavailable: They cannot be loaded; names the cure.
    """
    if name != EMBEDDED:
        return open_embedder(name).count_tokens
    words = _tokenizer_in(exported_model())
    return lambda text: _count(words, text)


def model_label(name: str = EMBEDDED) -> str:
    """The name an index built with the configured model bears, known without loading the model."""
    return MODEL_NAME if name == EMBEDDED else name


def _tokenizer_in(folder: Path) -> Any:
    from tokenizers import Tokenizer

    path = folder / TOKENIZER
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers knows no other class than this one
        raise ModelUnavailable(
            f"{path}: the words of the embedding model cannot be loaded ({error}). Remove {folder} and run again: "
            "it is made anew."
        ) from error


def _array_in(folder: Path, name: str, **how: Any) -> NDArray[Any]:
    try:
        return np.load(folder / name, **how)  # type: ignore[no-any-return]
    except (OSError, ValueError, EOFError) as error:
        raise ModelUnavailable(
            f"{folder / name}: the embedding model cannot be loaded ({error}). Remove {folder} and run again: "
            "it is made anew."
        ) from error


def _count(tokenizer: Any, text: str) -> int:
    """Tokens of a text of any length: it is cut where a window ends, so that truncation does not hide the rest."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    return len(encoded.ids) + sum(len(rest.ids) for rest in encoded.overflowing)
