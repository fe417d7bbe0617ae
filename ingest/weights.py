"""Trained weights as the package carries them: matrices in 8 bits with a scale a row, everything else in 16.

Beside each file lies its card, JSON that says how the weights came about, how good they are, and their SHA-256.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable
from ingest.made_once import made_once

_SCALE = ".scale"
Arrays = dict[str, NDArray[Any]]


def pack(arrays: Arrays, path: Path) -> str:
    """Write float arrays; returns the SHA-256 of the file in hexadecimal."""
    from safetensors.numpy import save_file

    packed: Arrays = {}
    for name, array in arrays.items():
        if array.ndim == 2 and array.size > 4096:
            scale = np.abs(array).max(axis=1, keepdims=True) / 127.0 + 1e-12
            packed[name] = np.round(array / scale).astype(np.int8)
            packed[name + _SCALE] = scale.astype(np.float32)
        else:
            packed[name] = array.astype(np.float16)
    save_file(packed, str(path))
    return sha256_of(path)


def save_weights(arrays: Arrays, path: Path) -> None:
    """`pack`, and the new SHA-256 into the card beside, which else stays as it is."""
    hashed, card = pack(arrays, path), path.with_suffix(".json")
    told = json.loads(card.read_text(encoding="utf-8")) if card.exists() else {}
    card.write_text(json.dumps(told | {"sha256": hashed}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def unpack(path: Path) -> Arrays:
    """Read what `pack` wrote, as float32.

    Raises:
        ModelUnavailable: The file is missing, damaged, or not the one its card names.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["sha256"]
        found = sha256_of(path)
        if found != expected:
            raise ModelUnavailable(
                f"{path}: its SHA-256 is {found[:12]}…, expected {expected[:12]}…. Install the package again."
            )
        packed = load_file(str(path))
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise ModelUnavailable(f"{path}: these weights cannot be read ({error}). Install the package again.") from error
    return {
        name: array.astype(np.float32) * packed[name + _SCALE] if name + _SCALE in packed else array.astype(np.float32)
        for name, array in packed.items()
        if not name.endswith(_SCALE)
    }


def sha256_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def made_of_weights(path: Path, name: str, make: Callable[[Path], None]) -> Path:
    """The folder of the cache that `make` fills from packaged weights, another one for other weights; see `made_once`.

    Raises:
        ModelUnavailable: The weights cannot be read; errors of `made_once` pass through.
    """
    try:
        hashed = sha256_of(path)
    except OSError as error:
        raise ModelUnavailable(f"{path}: cannot be read ({error}). Install the package again.") from error
    return made_once(f"{name}-{hashed[:12]}", make)
