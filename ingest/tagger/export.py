"""The trained tagger as onnxruntime runs it: exported once from the packaged weights, and kept."""

from pathlib import Path

from ingest.export import export_network
from ingest.tagger.labels import BESIDE_US, NEAR
from ingest.weights import made_of_weights

FORMAT = 7
"""Counts up when what is exported changes."""
WEIGHTS = Path(__file__).parent / "tagger.safetensors"
BODY, HEADS = "tagger.onnx", "heads.onnx"


def exported_tagger() -> Path:
    """Folder of the exported networks, made on the first call (some 5 s).

    Raises:
        ModelUnavailable: The weights are missing or damaged, or the cache cannot be written.
    """
    return made_of_weights(WEIGHTS, f"tagger-onnx-{FORMAT}", _export)


def _export(folder: Path) -> None:
    import torch

    from ingest.network import HIDDEN, trained
    from ingest.tagger.network import Tagger

    tagger = trained(Tagger(), WEIGHTS)
    both, things, pairs = {0: "passages", 1: "tokens"}, {0: "things"}, {0: "pairs"}
    given = {
        "states": (torch.zeros(2, 9, HIDDEN), both),
        "mask": (torch.ones(2, 9), both),
        "us": (torch.zeros(2, 9), both),
    }
    export_network(tagger, given, {"out": both, "tags": both, "notice": both}, folder / BODY)
    one = torch.zeros(9, HIDDEN)
    given = {
        "things": (one, things),
        "noticed": (one, things),
        "us": (torch.zeros(9, BESIDE_US), things),
        "left": (one, pairs),
        "right": (one, pairs),
        "near": (torch.zeros(9, NEAR), pairs),
    }
    export_network(
        tagger.heads, given, {"degree": things, "sentence": things, "later": things, "pair": pairs}, folder / HEADS
    )
