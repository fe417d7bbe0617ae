"""The embedded model on onnxruntime, beside the same weights in sentence-transformers."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus import ModelUnavailable
from ingest import Embedder, made_once, onnx_session
from ingest.embed import EmbeddedModel, SentenceEmbedder, token_counter
from ingest.model_from_wheel import unpacked_model

TEXTS = [
    "The Rector received the delegation on 4 November.",
    "双方签署了合作备忘录。",
    "Стороны обсудили совместный семинар, который пройдёт в мае.",
    "MoU?",
]


@pytest.fixture(scope="module")
def float_model() -> SentenceEmbedder:
    return SentenceEmbedder(str(unpacked_model()))


def test_vectors_are_those_of_the_float_model(embedder: Embedder, float_model: SentenceEmbedder):
    for own, other in (
        (embedder.embed_passages(TEXTS), float_model.embed_passages(TEXTS)),
        (embedder.embed_questions(TEXTS), float_model.embed_questions(TEXTS)),
    ):
        assert own.shape == other.shape
        assert ((own * other).sum(axis=1) > 0.985).all()
        np.testing.assert_allclose(np.linalg.norm(own, axis=1), 1.0, atol=1e-5)


def test_tokens_stand_where_the_float_model_has_them(embedder: Embedder, float_model: SentenceEmbedder):
    for own, other in zip(embedder.embed_tokens(TEXTS), float_model.embed_tokens(TEXTS), strict=True):
        np.testing.assert_array_equal(own.spans, other.spans)
        assert float((own.vectors * other.vectors).sum(axis=1).mean()) > 0.97


def test_no_text_gives_no_vector(embedder: Embedder):
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)
    assert embedder.embed_tokens([]) == []


def test_lower_states_keep_order_and_special_tokens():
    model = EmbeddedModel()
    first, second = model.lower(["query: Who came?", "query: The whole delegation came, eleven people in all."])
    assert len(first.ids) < len(second.ids)
    assert first.states.shape == (len(first.ids), model.dimension)
    assert tuple(first.spans[0]) == (0, 0)
    assert model.lower([]) == []


def test_long_texts_are_counted_whole(embedder: Embedder):
    text = "The delegation came again. " * 400
    assert embedder.count_tokens(text) == token_counter()(text) > 1500


def test_embedding_needs_no_torch():
    code = (
        "import sys; from ingest import open_embedder; open_embedder().embed_questions(['Who came?']);"
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers', 'sentence_transformers', 'sklearn')))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0


def test_what_is_made_once_is_not_made_again_and_leaves_nothing_half_made(tmp_path: Path):
    def fail(folder: Path) -> None:
        (folder / "half").write_text("x", encoding="utf-8")
        raise RuntimeError("cut off")

    with pytest.raises(RuntimeError):
        made_once("thing", fail, tmp_path)
    assert not (tmp_path / "thing").exists()
    made = made_once("thing", lambda folder: (folder / "whole").write_text("x", encoding="utf-8") and None, tmp_path)
    assert (made / "whole").exists() and not list(tmp_path.glob(".making-*"))
    assert made_once("thing", fail, tmp_path) == made


def test_a_damaged_network_is_named_with_its_cure(tmp_path: Path):
    (tmp_path / "lower.onnx").write_bytes(b"no network")
    with pytest.raises(ModelUnavailable, match=r"lower\.onnx.*Remove"):
        onnx_session(tmp_path / "lower.onnx")
