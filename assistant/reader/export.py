"""The trained reader as onnxruntime runs it: exported once from the packaged weights, and kept."""

from pathlib import Path

from ingest import export_network, made_of_weights, unpack

FORMAT = 3
"""Counts up when what is exported changes."""
NETWORK = "reader.onnx"
WEIGHTS = Path(__file__).parent / "reader.safetensors"


def exported_reader(cache: Path | None = None) -> Path:
    """File of the exported network, made on the first call (some 10 s).

    Raises:
        ModelUnavailable: The weights are missing or damaged, or the cache cannot be written.
    """
    return made_of_weights(WEIGHTS, f"reader-onnx-{FORMAT}", _export, cache) / NETWORK


def _export(folder: Path) -> None:
    import torch

    from assistant.reader.network import Upper

    upper = Upper().eval()
    upper.load_state_dict({name: torch.from_numpy(array) for name, array in unpack(WEIGHTS).items()})
    states = torch.zeros(2, 9, upper.match.shape[0])
    tokens = torch.ones(2, 9)
    given = {
        "states": states,
        "kinds": torch.zeros(2, 9, dtype=torch.long),
        "matches": tokens,
        "mask": tokens,
        "pool": torch.ones(2, 3, 9),
    }
    both = {0: "windows", 1: "tokens"}
    axes = {"states": both, "kinds": both, "matches": both, "mask": both}
    axes["pool"] = {0: "windows", 1: "sentences", 2: "tokens"}
    export_network(upper, given, {"scores": {0: "windows", 1: "sentences"}, "spans": both}, axes, folder / NETWORK)
