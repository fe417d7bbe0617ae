"""The embedded model as onnxruntime runs it: exported once from the unpacked weights, in 8 bits, checked, and kept.

The table of word vectors stays beside the networks as an array that is mapped into memory, so that opening the model
reads only what a text needs.
"""

import os
import shutil
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import ModelUnavailable
from ingest.made_once import made_once
from ingest.model_from_wheel import WHEEL_SHA256, unpacked_model
from ingest.pieces import PIECES, TOKENIZER, write_pieces

FORMAT = 4
"""Counts up when what is exported changes."""
LEAST_COSINE = 0.99
"""Between a vector of the exported model and one of the float model, on each sentence of the sample."""
Axes = dict[int, str]
"""Names of the axes of a tensor that may have any length."""
LOWER, TOP, WORDS, SCORES = "lower.onnx", "top.onnx", "words.npy", "scores.npy"

_SAMPLE = (
    "query: Who signed the memorandum?", "passage: The delegation was received by the Rector on 4 November 2024.",
    "query: 谁接待了代表团？", "passage: 双方就教师交流交换意见，并签署了合作备忘录。", "query: Когда состоялся визит?",
    "passage: Стороны договорились обменяться программами и провести совместный семинар в мае.",
    "passage: Екі тарап келісімге қол қойды.", "query: Kazakhstan?",
)  # fmt: skip
"""Sentences of our own on which an export is checked."""


def exported_model() -> Path:
    """Folder of the exported embedder, made on the first call (some 20 s) and used again afterwards.

    Raises:
        ModelUnavailable: The weights are not there, the cache cannot be written, or the export is not faithful.
    """
    return made_once(f"e5-onnx-{WHEEL_SHA256[:12]}-{FORMAT}", _export)


def export_network(
    network: Any, inputs: Mapping[str, tuple[Any, Axes]], outputs: Mapping[str, Axes], target: Path
) -> None:
    """Write a torch network as ONNX with its matrices in 8 bits; see `quantize_by_token`.

    Args:
        network: The module; `inputs` its arguments by name, in order, each a tensor of some size with its free axes.
        outputs: The names of what it gives, in order, with their free axes.
        target: File to write.
    """
    import onnx
    import torch

    from ingest.quantize import quantize_by_token

    whole = target.with_suffix(".float.onnx")
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the other exporter needs a package more
        torch.onnx.export(
            network,
            tuple(tensor for tensor, _ in inputs.values()),
            str(whole),
            dynamo=False,
            opset_version=17,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={**{name: free for name, (_, free) in inputs.items()}, **outputs},
        )
    model = onnx.load(str(whole))
    quantize_by_token(model, is_signed=multiplies_signed())
    onnx.save(model, str(target))
    whole.unlink()


def multiplies_signed() -> bool:
    """Whether this processor multiplies bytes with signed bytes without an overflow."""
    import onnxruntime

    from ingest.quantize import largest_products

    network, tokens, wanted = largest_products()
    session = onnxruntime.InferenceSession(network, providers=["CPUExecutionProvider"])
    return bool(np.all(session.run(None, {"tokens": tokens})[0] == wanted))


def onnx_session(path: Path) -> Any:
    """An onnxruntime session on the processor: `OMP_NUM_THREADS` threads where that is set, else one a core.

    Raises:
        ModelUnavailable: The file is damaged.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own errors share no class
        raise ModelUnavailable(
            f"{path}: the model cannot be opened ({error}). Remove {path.parent} and run again: it is made anew."
        ) from error


def _export(folder: Path) -> None:
    import torch

    from ingest.network import LowerOfWords, from_embedder

    source = unpacked_model()
    lower, top = from_embedder(source)
    words, mask = torch.zeros(2, 7, lower.word.weight.shape[1]), torch.ones(2, 7)
    both = {0: "texts", 1: "tokens"}
    given = {"words": (words, both), "mask": (mask, both)}
    export_network(LowerOfWords(lower), given, {"states": both}, folder / LOWER)
    given = {"states": (words, both), "mask": (mask, both)}
    export_network(top, given, {"vector": {0: "texts"}, "middle": both}, folder / TOP)
    np.save(folder / WORDS, lower.word.weight.numpy().astype(np.float16))
    shutil.copyfile(source / TOKENIZER, folder / TOKENIZER)
    write_pieces(source / TOKENIZER, folder / PIECES)
    np.save(folder / SCORES, np.load(folder / PIECES)["scores"].astype(np.float32))
    _check(folder, lower, top)


def _check(folder: Path, lower: Any, top: Any) -> None:
    """Compare the export with the float model on the sample."""
    import torch

    from ingest.embedded import EmbeddedModel

    model = EmbeddedModel(folder)
    for text in _SAMPLE:
        found = model.lower([text])[0]
        with torch.inference_mode():
            mask = torch.ones(1, len(found.ids))
            wanted, _ = top(lower(torch.from_numpy(found.ids)[None], mask), mask)
        own = model.vectors_of([text])[0]
        cosine = float(own @ wanted[0].numpy())
        if cosine < LEAST_COSINE:
            raise ModelUnavailable(
                f"The exported model is not faithful on this machine (cosine {cosine:.3f} on “{text}”). Name another: "
                "--model intfloat/multilingual-e5-small, or the path of a folder."
            )
