"""Real models of a few thousand random weights, made here: nothing is looked for elsewhere."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import RapporteurError
from corpus.errors import ModelUnavailable
from ingest import InferenceModel, configured_inference, open_inference
from tests.ingest.inferring import WINDOW, write_inference_model

NLI = ("contradiction", "entailment", "neutral")
PAIRS = [
    ("ada opened the kiln", "the kiln opened"),
    ("twelve potters sang", "ada sang"),
    ("the kiln", "twelve potters opened the kiln and sang"),
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes a model with these labels, once for each set of them."""
    known: dict[Any, Path] = {}

    def write(*labels: str, asks_for: str = "") -> Path:
        key = (labels, asks_for)
        if key not in known:
            folder = tmp_path_factory.mktemp("models") / "model"
            known[key] = write_inference_model(folder, labels, activation=asks_for)
        return known[key]

    return write


def outputs(folder: Path, premise: str, hypothesis: str) -> np.ndarray[Any, Any]:
    """What the network itself gives for one pair, before any activation."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    encoded = AutoTokenizer.from_pretrained(folder)(premise, hypothesis, return_tensors="pt")
    with torch.inference_mode():
        network = AutoModelForSequenceClassification.from_pretrained(folder).eval()
        return np.asarray(network(**encoded).logits[0].double().numpy())


def softmax(row: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.exp(row) / np.exp(row).sum()


@pytest.mark.parametrize(
    ("labels", "column"),
    [
        (NLI, 1),
        (("ENTAILMENT", "NEUTRAL", "CONTRADICTION"), 0),
        (("not_entailment", "Entailment"), 1),
    ],
)
def test_the_probability_is_the_softmax_at_the_label_entailment(
    labels: Sequence[str], column: int, written: Callable[..., Path]
) -> None:
    folder = written(*labels)
    found = InferenceModel(str(folder)).entailment(PAIRS)
    wanted = [softmax(outputs(folder, *pair))[column] for pair in PAIRS]
    assert (found.shape, found.dtype) == ((3,), np.float32)
    assert found == pytest.approx(wanted, abs=1e-5)
    assert np.ptp(found) > 1e-3


@pytest.mark.parametrize("activation", ["torch.nn.modules.activation.Softmax", "torch.nn.modules.activation.Sigmoid"])
def test_the_activation_a_model_asks_for_is_not_applied_twice(activation: str, written: Callable[..., Path]) -> None:
    plain = InferenceModel(str(written(*NLI))).entailment(PAIRS)
    assert InferenceModel(str(written(*NLI, asks_for=activation))).entailment(PAIRS) == pytest.approx(plain, abs=1e-6)


def test_a_model_of_one_output_gives_its_sigmoid_whatever_it_is_called(written: Callable[..., Path]) -> None:
    folder = written("LABEL_0", asks_for="torch.nn.modules.linear.Identity")
    wanted = [1 / (1 + np.exp(-outputs(folder, *pair)[0])) for pair in PAIRS]
    assert InferenceModel(str(folder)).entailment(PAIRS) == pytest.approx(wanted, abs=1e-5)


def test_no_pairs_give_no_probabilities(written: Callable[..., Path]) -> None:
    found = InferenceModel(str(written(*NLI))).entailment([])
    assert (found.shape, found.dtype) == ((0,), np.float32)


def test_premise_and_hypothesis_are_not_interchangeable(written: Callable[..., Path]) -> None:
    there, back = InferenceModel(str(written(*NLI))).entailment([PAIRS[0], PAIRS[0][::-1]])
    assert abs(there - back) > 1e-4


def test_pairs_get_the_same_alone_in_company_and_from_four_threads(written: Callable[..., Path]) -> None:
    model = InferenceModel(str(written(*NLI)), batch=2)
    pairs = PAIRS * 5
    together = model.entailment(pairs)

    def alone(pair: tuple[str, str]) -> float:
        assert model.fits(*pair)
        return float(model.entailment([pair])[0])

    with ThreadPoolExecutor(max_workers=4) as threads:
        assert list(threads.map(alone, pairs)) == pytest.approx(together, abs=1e-4)


def test_a_pair_longer_than_the_window_is_told_and_still_read(written: Callable[..., Path]) -> None:
    model = InferenceModel(str(written(*NLI)))
    frame = 3  # a special token before, between and after
    just = "kiln " * (WINDOW - frame - 2)
    assert model.fits(just, "ada sang")
    assert not model.fits(f"{just} kiln", "ada sang")
    cut, whole = model.entailment([(f"{just} potters sang", "ada sang"), (just, "ada sang")])
    assert cut == pytest.approx(whole, abs=1e-6)


@pytest.mark.parametrize("labels", [("LABEL_0", "LABEL_1", "LABEL_2"), ("not_entailment", "neutral")])
def test_a_model_without_a_label_for_entailment_is_refused_with_its_labels(
    labels: Sequence[str], written: Callable[..., Path]
) -> None:
    folder = written(*labels)
    with pytest.raises(ModelUnavailable) as caught:
        InferenceModel(str(folder))
    assert str(folder) in str(caught.value) and ", ".join(labels) in str(caught.value)


@pytest.mark.parametrize("name", ["nowhere/at all", "./nowhere", "a/b/c", "/nowhere"])
def test_a_folder_that_is_not_there_is_a_named_error(name: str) -> None:
    with pytest.raises(ModelUnavailable, match=rf"{name} cannot be loaded.*RAPPORTEUR_INFERENCE"):
        open_inference(name)


def test_a_damaged_model_is_a_named_error(tmp_path: Path) -> None:
    folder = write_inference_model(tmp_path / "model", NLI)
    (folder / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(RapporteurError, match="cannot be loaded"):
        open_inference(str(folder))
    (folder / "config.json").unlink()
    with pytest.raises(RapporteurError, match="cannot be loaded"):
        open_inference(str(folder))


def test_the_environment_names_the_model_and_nothing_named_opens_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORTEUR_INFERENCE", " some/model ")
    assert configured_inference() == "some/model"
    for unset in ("", "  "):
        monkeypatch.setenv("RAPPORTEUR_INFERENCE", unset)
        assert open_inference(configured_inference()) is None
    monkeypatch.delenv("RAPPORTEUR_INFERENCE")
    assert configured_inference() == ""
