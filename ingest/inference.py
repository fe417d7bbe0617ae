"""The door of models for natural language inference: premise and hypothesis in, probability of entailment out."""

import os
import re
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable

VARIABLE = "RAPPORTEUR_INFERENCE"
"""Names the model: a folder, or a name of the hub; nothing for none."""
ENTAILMENT = "entailment"
"""Label of the output that counts, in any case; "not_entailment" is another label."""
_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[\w.-]+)?")


class InferenceModel:
    """A cross-encoder of sentence-transformers on the processor; safe to use from several threads.

    Args:
        name: Folder of a model for sequence classification, or its name on the hub. A folder is never looked for
            elsewhere; a name is taken from the cache, or from the hub where ``HF_HUB_OFFLINE`` does not forbid it.
        batch: Pairs read at once.

    Raises:
        ModelUnavailable: The model cannot be found or loaded, or none of its several outputs is entailment.
    """

    def __init__(self, name: str, *, batch: int = 16) -> None:
        self._model = _loaded(name, "inference model", VARIABLE, "go without")
        self._column = _entailment_among(dict(self._model.config.id2label), name)
        self._batch = batch
        # A tokenizer of the library `tokenizers` fails when two threads set its truncation at once.
        self._lock = threading.Lock()

    def entailment(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Probability that the premise of each pair entails its hypothesis.

        Args:
            pairs: Premise and hypothesis; of a pair longer than the model's window the longer one loses its end.

        Returns:
            Shape (n,), from 0 to 1, in order: the softmax over all labels at "entailment", or the sigmoid of
            the only output. An empty sequence gives shape (0,).
        """
        if not pairs:
            return np.zeros(0, dtype=np.float32)
        import torch

        is_single = self._column is None
        with self._lock:
            # The activation is named: what a model's own file asks for may already be a softmax, or nothing.
            found = self._model.predict(
                [list(pair) for pair in pairs],
                batch_size=self._batch,
                activation_fn=torch.nn.Sigmoid() if is_single else torch.nn.Identity(),
                apply_softmax=not is_single,
                show_progress_bar=False,
            )
        return np.asarray(found if is_single else found[:, self._column], dtype=np.float32)

    def fits(self, premise: str, hypothesis: str) -> bool:
        """Whether the model reads all of a pair."""
        window = self._model.max_seq_length
        with self._lock:
            length = len(self._model.tokenizer(premise, hypothesis, truncation=False, verbose=False)["input_ids"])
        return window is None or length <= window


def _entailment_among(labels: dict[int, str], name: str) -> int | None:
    """Number of the output that is entailment; None where there is only one output, which then is it."""
    if len(labels) == 1:
        return None
    for column, label in labels.items():
        if str(label).strip().lower() == ENTAILMENT:
            return int(column)
    raise ModelUnavailable(
        f"The inference model {name} has no output for entailment (it has: {', '.join(map(str, labels.values()))}). "
        f"Let {VARIABLE} name a model for natural language inference whose config.json names its labels."
    )


def _loaded(name: str, what: str, variable: str, without: str) -> Any:
    """The cross-encoder of that name; the others are words for the error."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    is_local = Path(name).is_dir() or not _HUB_NAME.fullmatch(name)
    if is_local:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import CrossEncoder
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    try:
        return CrossEncoder(name, device="cpu", local_files_only=is_local)
    except Exception as error:  # a damaged model raises anything: tokenizers knows no other class than this one
        raise ModelUnavailable(
            f"The {what} {name} cannot be loaded ({error}). Let {variable} name a folder that holds a cross-encoder, "
            f"or one in the cache of the hub; leave it empty to {without}."
        ) from error


def configured_inference() -> str:
    """Name or folder of the inference model that the environment names; ``""`` for none."""
    return os.environ.get(VARIABLE, "").strip()


def open_inference(name: str) -> InferenceModel | None:
    """The inference model of that name, None for ``""``; errors as `InferenceModel`."""
    return InferenceModel(name) if name else None


def open_cross_encoder(name: str) -> Callable[[Sequence[tuple[str, str]]], NDArray[np.float32]]:
    """Scores pairs of a question and a text with a cross-encoder of one output: log-odds, shape (n,), in order.

    Raises:
        ModelUnavailable: It cannot be loaded, or has more than one output.
    """
    model = _loaded(name, "reader", "RAPPORTEUR_READER", "use the trained reader")
    if model.config.num_labels != 1:
        raise ModelUnavailable(f"The reader {name} has {model.config.num_labels} outputs; one is needed, a score.")
    import torch

    lock = threading.Lock()

    def score(pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        with lock:
            found = model.predict(
                [list(pair) for pair in pairs], activation_fn=torch.nn.Identity(), show_progress_bar=False
            )
        return np.asarray(found, dtype=np.float32).reshape(-1)

    return score
