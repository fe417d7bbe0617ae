"""The fifth check decided by a real inference model: tiny, of random weights, leaning to yes or to no at will."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import AssistantConfig, LanguageModelConfig, Question, open_assistant
from assistant.prove import Pair, Proof, Prover, open_checker
from corpus.errors import ModelUnavailable
from ingest import Embedder, InferenceModel, TokenVectors, build_index
from tests.assistant.endpoints import scripted
from tests.ingest.inferring import write_inference_model

NLI = ("contradiction", "entailment", "neutral")
QUOTES = [
    "Director Ada Lund opened the kiln in Ravenholm on 5 May.",
    "Twelve potters sang. They sold 40 jars to guests.",
]
REWORDED = "Twelve potters sang when Ada Lund opened the kiln."
UNRELATED = "The kiln burns oak and uses sea water."
SURE, AGAINST = 60.0, -60.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes a model that leans so far towards entailment, with a window of so many tokens."""

    def write(leaning: float = 0.0, window: int = 64) -> Path:
        made = tmp_path_factory.mktemp("models") / "model"
        return write_inference_model(made, NLI, leaning=leaning, window=window)

    return write


@pytest.fixture(scope="module")
def inferring(folder: Callable[..., Path], embedder: Embedder) -> Callable[..., Prover]:
    return lambda *like: Prover(embedder, inference=InferenceModel(str(folder(*like))))


@pytest.mark.parametrize("sentence", [REWORDED, UNRELATED])
def test_the_score_is_the_models_probability_of_the_quotes_and_the_sentence(
    sentence: str, folder: Callable[..., Path], embedder: Embedder, prover: Prover
) -> None:
    model = InferenceModel(str(folder()))
    premise = "\n".join([QUOTES[0], "Twelve potters sang.", "They sold 40 jars to guests."])
    wanted = float(model.entailment([(premise, sentence)])[0])
    found = Prover(embedder, inference=model).prove(sentence, QUOTES)
    assert found.score == pytest.approx(wanted, abs=1e-6)
    assert found.checks["entailed"] == (wanted > 0.5)
    assert abs(found.score - prover.prove(sentence, QUOTES).score) > 0.01


def test_the_model_decides_what_the_head_would_not_pass_and_what_it_would(
    inferring: Callable[..., Prover], prover: Prover
) -> None:
    swapped = "The kiln was opened by Ada Lund on 5 May in Ravenholm."
    assert prover.prove(UNRELATED, QUOTES).verdict == "uncertain"
    assert inferring(SURE).prove(UNRELATED, QUOTES).verdict == "proved"
    assert prover.prove(swapped, QUOTES).verdict == "proved"
    against = inferring(AGAINST).prove(swapped, QUOTES)
    assert (against.verdict, list(against.failed)) == ("uncertain", ["entailed"])
    assert against.score < 0.01 and all(against.reason(language) for language in ("en", "zh", "ru"))


@pytest.mark.parametrize(
    ("sentence", "check"),
    [
        ("Ada Lund opened the kiln in Ravenholm on 6 May.", "covered"),
        ("Ada Lund did not open the kiln in Ravenholm.", "no_stronger"),
        ("Rector Ada Lund opened the kiln in Ravenholm.", "same_roles"),
    ],
)
def test_the_other_checks_withhold_whatever_the_model_is_sure_of(
    sentence: str, check: str, inferring: Callable[..., Prover]
) -> None:
    proof = inferring(SURE).prove(sentence, QUOTES[:1])
    assert proof.verdict == "withheld" and check in proof.failed
    assert proof.score > 0.99


def test_quotes_that_do_not_stand_in_their_record_are_not_located_whatever_the_model_says(
    inferring: Callable[..., Prover],
) -> None:
    assert inferring(SURE).prove(REWORDED, QUOTES, text="Another record.").failed["located"].key == "not_located"


def test_a_whole_sentence_of_the_quotes_needs_no_model(inferring: Callable[..., Prover]) -> None:
    assert inferring(AGAINST).prove("Twelve potters sang.", QUOTES) == Proof(quote=QUOTES[1])


def test_evidence_too_long_for_the_model_is_read_at_its_nearest_sentence(
    folder: Callable[..., Path], embedder: Embedder
) -> None:
    model = InferenceModel(str(folder(0.0, 24)))
    nearest, sentence = "They sold 40 jars to guests.", "The guests were sold 40 jars."
    assert not model.fits("\n".join([QUOTES[0], "Twelve potters sang.", nearest]), sentence)
    found = Prover(embedder, inference=model).prove(sentence, QUOTES)
    assert found.quote == nearest
    assert found.score == pytest.approx(float(model.entailment([(nearest, sentence)])[0]), abs=1e-6)


def test_of_several_sentences_the_one_the_model_finds_least_likely_counts(
    folder: Callable[..., Path], embedder: Embedder
) -> None:
    one = Prover(embedder, inference=InferenceModel(str(folder())))
    parts = ["Ada Lund opened the kiln.", "Potters sang to guests."]
    scores = [one.prove(part, QUOTES).score for part in parts]
    assert scores[0] != scores[1]
    assert one.prove(" ".join(parts), QUOTES).score == min(scores)


def test_the_checker_takes_the_model_it_is_given_or_the_one_of_the_environment(
    folder: Callable[..., Path], tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = Pair(id="1", sentence=UNRELATED, quotes=tuple(QUOTES))

    def verdict(inference: str | None = None) -> str:
        return open_checker(tmp_path, embedder=embedder, inference=inference).check(pair).proof.verdict

    monkeypatch.setenv("RAPPORTEUR_INFERENCE", str(folder(SURE)))
    assert verdict() == "proved"
    assert verdict("") == "uncertain"
    assert verdict(str(folder(AGAINST))) == "uncertain"
    monkeypatch.delenv("RAPPORTEUR_INFERENCE")
    assert verdict() == "uncertain"


def test_a_model_that_is_not_there_is_told_by_the_first_pair_that_needs_it(tmp_path: Path) -> None:
    class Reads:
        def embed_tokens(self, texts: object) -> list[TokenVectors]:
            raise AssertionError("nothing is to be read before the models are there")

    checker = open_checker(tmp_path, embedder=Reads(), inference=str(tmp_path / "nowhere"))
    with pytest.raises(ModelUnavailable, match="nowhere cannot be loaded"):
        checker.check(Pair(id="1", sentence=REWORDED, quotes=tuple(QUOTES)))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    made = tmp_path_factory.mktemp("kiln")
    (made / "reports").mkdir()
    (made / "reports" / "kiln.md").write_text(f"# A visit to Ravenholm\n\n{' '.join(QUOTES)}\n", encoding="utf-8")
    build_index(made / "reports", data=made / "data", embedder=embedder)
    return made / "data"


def test_an_assistant_shows_of_a_language_models_words_what_the_inference_model_passes(
    data: Path, folder: Callable[..., Path], embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    worded = "The kiln in Ravenholm was opened by Director Ada Lund."

    def told() -> list[str]:
        with scripted("says", f"{worded} [1]") as endpoint:
            model = LanguageModelConfig(llm="openai-like", address=f"{endpoint.address}/v1", model="m")
            assistant = open_assistant(AssistantConfig(data=data, language_model=model), embedder=embedder)
            answer = assistant.answer(Question(text="Who opened the kiln in Ravenholm?"))
            assistant.close()
        return [claim.text for claim in answer.claims]

    monkeypatch.setenv("RAPPORTEUR_INFERENCE", str(folder(SURE)))
    assert told() == [worded]
    monkeypatch.setenv("RAPPORTEUR_INFERENCE", str(folder(AGAINST)))
    assert told() == [QUOTES[0]]


def test_an_assistant_needs_the_inference_model_only_beside_a_language_model(
    data: Path, tmp_path: Path, embedder: Embedder
) -> None:
    nowhere = str(tmp_path / "nowhere")
    none, some = LanguageModelConfig(), LanguageModelConfig(llm="llama-cpp")
    open_assistant(AssistantConfig(data=data, language_model=none, inference=nowhere), embedder=embedder).close()
    with pytest.raises(ModelUnavailable, match="nowhere cannot be loaded"):
        open_assistant(AssistantConfig(data=data, language_model=some, inference=nowhere), embedder=embedder)
