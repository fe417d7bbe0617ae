"""The trained reader: what it gives for windows, and what becomes of damaged weights."""

from pathlib import Path

import numpy as np
import pytest

from assistant.reader import Window
from assistant.reader.embedded import UNSEEN, EmbeddedReader
from assistant.reader.export import WEIGHTS
from corpus import ModelUnavailable
from ingest.embed import EmbeddedModel
from ingest.weights import save_weights, unpack

VISIT = Window(
    "Visit to Tarnholm Harbour · 3 May 2021",
    (
        "The harbour master, Ms Ilse Brandt, received the delegation.",
        "A memorandum of understanding was signed on 4 May.",
        "It rained on both days.",
    ),
)
OTHER = Window("Choir festival", ("Forty choirs sang in the square.", "The tickets cost nine crowns."))


@pytest.fixture(scope="module")
def reader() -> EmbeddedReader:
    return EmbeddedReader(EmbeddedModel())


@pytest.mark.parametrize(
    ("question", "at"),
    [
        ("Who received the delegation in Tarnholm?", 0),
        ("When was the memorandum with Tarnholm Harbour signed?", 1),
        ("谁接待了访问塔恩霍尔姆港的代表团？", 0),
        ("Когда подписан меморандум с портом Тарнхольм?", 1),
    ],
)
def test_the_sentence_that_answers_has_the_best_odds(reader: EmbeddedReader, question: str, at: int):
    visit, other = reader.read(question, (), [VISIT, OTHER])
    assert int(visit.answers.argmax()) == at
    assert visit.answers.max() > other.answers.max()


def test_a_span_stands_inside_its_sentence(reader: EmbeddedReader):
    (visit,) = reader.read("Who received the delegation in Tarnholm?", (), [VISIT])
    start, end = visit.spans[0]
    assert "Brandt" in VISIT.sentences[0][start:end]


def test_what_was_said_before_is_read_with_the_question(reader: EmbeddedReader):
    (alone,) = reader.read("And when was it signed?", (), [VISIT])
    (after,) = reader.read("And when was it signed?", ("What did we agree with Tarnholm Harbour?",), [VISIT])
    assert not np.allclose(alone.answers, after.answers)


def test_readings_come_in_order_whatever_their_length_and_company(reader: EmbeddedReader):
    question = "Who received the delegation?"
    together = reader.read(question, (), [OTHER, VISIT, OTHER])
    (alone,) = reader.read(question, (), [VISIT])
    np.testing.assert_allclose(together[1].answers, alone.answers, atol=0.5)
    assert [len(one.answers) for one in together] == [2, 3, 2]


def test_a_sentence_beyond_its_sight_is_unlikely_and_not_lost(reader: EmbeddedReader):
    long = Window("Minutes", tuple(f"Point {n}: the item was discussed at length by all who came." for n in range(60)))
    (reading,) = reader.read("What was point 59?", (), [long])
    assert len(reading.answers) == len(reading.spans) == 60
    assert reading.answers[-1] == UNSEEN


def test_nothing_to_read_gives_nothing(reader: EmbeddedReader):
    assert reader.read("Who came?", (), []) == []
    (bare,) = reader.read("Who came?", (), [Window("Title only", ())])
    assert bare.answers.shape == (0,)


def test_weights_come_back_nearly_as_they_were(tmp_path: Path):
    random = np.random.default_rng(3)
    arrays = {"layer.weight": random.normal(size=(96, 80)).astype(np.float32), "layer.bias": np.ones(96, np.float32)}
    path = tmp_path / "w.safetensors"
    save_weights(arrays, path)
    back = unpack(path)
    np.testing.assert_allclose(back["layer.weight"], arrays["layer.weight"], atol=0.02)
    np.testing.assert_array_equal(back["layer.bias"], arrays["layer.bias"])
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(ModelUnavailable, match="SHA-256"):
        unpack(path)


def test_the_card_names_the_weights_that_are_there():
    assert unpack(WEIGHTS)["match"].shape == (384,)
