"""The trained tagger as onnxruntime runs it: exported once from the packaged weights, and kept."""

from pathlib import Path

from ingest.export import export_network
from ingest.tagger.labels import BESIDE_US, NEAR
from ingest.weights import made_of_weights, unpack

FORMAT = 5
"""Counts up when what is exported changes."""
WEIGHTS = Path(__file__).parent / "tagger.safetensors"
BODY, HEADS = "tagger.onnx", "heads.onnx"


def exported_tagger(cache: Path | None = None) -> Path:
    """Folder of the exported networks, made on the first call (some 5 s).

    Raises:
        ModelUnavailable: The weights are missing or damaged, or the cache cannot be written.
    """
    return made_of_weights(WEIGHTS, f"tagger-onnx-{FORMAT}", _export, cache)


def _export(folder: Path) -> None:
    import torch

    from ingest.tagger.network import Tagger

    tagger = Tagger().eval()
    tagger.load_state_dict({name: torch.from_numpy(array) for name, array in unpack(WEIGHTS).items()})
    both = {0: "passages", 1: "tokens"}
    states = torch.zeros(2, 9, tagger.tag.weight.shape[1])
    export_network(
        tagger,
        {"states": states, "mask": torch.ones(2, 9), "us": torch.zeros(2, 9)},
        {"out": both, "tags": both},
        {"states": both, "mask": both, "us": both},
        folder / BODY,
    )
    things, pairs = {0: "things"}, {0: "pairs"}
    export_network(
        tagger.heads,
        {
            "things": states[0],
            "us": torch.zeros(9, BESIDE_US),
            "left": states[1],
            "right": states[1],
            "near": torch.zeros(9, NEAR),
        },
        {"degree": things, "sentence": things, "pair": pairs},
        {"things": things, "us": things, "left": pairs, "right": pairs, "near": pairs},
        folder / HEADS,
    )
