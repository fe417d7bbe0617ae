"""Vectors without their language: nearer across scripts, of unit norm, and only those of the embedded model."""

import numpy as np

from ingest import EMBEDDED, Embedder, model_label, open_alignment

QUESTIONS = ["Who signed the agreement with the hospital?", "When did the museum get the old clock?"]
TOLD = ["Директор подписал соглашение с больницей в мае.", "Музей получил старинные часы в 2019 году."]
BESIDE = ["The harbour was closed because of ice.", "Lunch was served on the terrace."]


def test_a_passage_in_another_script_is_nearer_than_one_beside_the_point(embedder: Embedder) -> None:
    alignment = open_alignment(model_label(EMBEDDED))
    passages = alignment.of_passages(TOLD + BESIDE, embedder.embed_passages(TOLD + BESIDE))
    np.testing.assert_allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-5)
    for at, (text, vector) in enumerate(zip(QUESTIONS, embedder.embed_questions(QUESTIONS), strict=True)):
        assert int(np.argmax(passages @ alignment.question(text, vector))) == at


def test_nothing_is_taken_from_another_model_or_another_script() -> None:
    vectors = np.eye(3, dtype=np.float32)
    texts = ["a", "б", "中"]
    np.testing.assert_array_equal(open_alignment("another").of_passages(texts, vectors), vectors)
    own = open_alignment(model_label(EMBEDDED))
    thai = np.eye(384, dtype=np.float32)[:1]
    np.testing.assert_array_equal(own.of_passages(["สวัสดี"], thai), thai)
    assert own.of_passages([], thai[:0]).shape == (0, 384)
