"""The trained reader as onnxruntime runs it: exported once from the packaged weights, and kept."""

from pathlib import Path

from ingest import export_network, made_of_weights

FORMAT = 3
"""Counts up when what is exported changes."""
NETWORK = "reader.onnx"
WEIGHTS = Path(__file__).parent / "reader.safetensors"


def exported_reader() -> Path:
    """File of the exported network, made on the first call (some 10 s).

    Raises:
        ModelUnavailable: The weights are missing or damaged, or the cache cannot be written.
    """
    return made_of_weights(WEIGHTS, f"reader-onnx-{FORMAT}", _export) / NETWORK


def _export(folder: Path) -> None:
    import torch

    from assistant.reader.network import Upper
    from ingest.network import HIDDEN, trained

    both, tokens = {0: "windows", 1: "tokens"}, torch.ones(2, 9)
    given = {
        "states": (torch.zeros(2, 9, HIDDEN), both),
        "kinds": (torch.zeros(2, 9, dtype=torch.long), both),
        "matches": (tokens, both),
        "mask": (tokens, both),
        "pool": (torch.ones(2, 3, 9), {0: "windows", 1: "sentences", 2: "tokens"}),
    }
    told = {"scores": {0: "windows", 1: "sentences"}, "spans": both}
    export_network(trained(Upper(), WEIGHTS), given, told, folder / NETWORK)
