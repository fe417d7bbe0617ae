"""The language model chosen on the page: what is kept, what is asked, and what is never shown."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import ChosenModel, LanguageModelConfig, choose_model, chosen_model
from assistant.language_model_chosen import FILE
from corpus import IndexUnusable, UsageError
from corpus.errors import LanguageModelFailed
from tests.assistant.endpoints import Endpoint, scripted
from ui.web.keep.model_deeds import ModelDeeds
from ui.web.keep.model_view import KINDS, model_view
from ui.wording import LANGUAGES, words

KEY = "sk-never-to-be-seen"


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("", "_ADDRESS", "_MODEL", "_SECONDS", "_KEY"):
        monkeypatch.delenv(f"RAPPORTEUR_LLM{name}", raising=False)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with scripted(text="A report on a visit.") as one:
        yield one


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def deeds(tmp_path: Path, opened: list[str]) -> ModelDeeds:
    return ModelDeeds(tmp_path, lambda: opened.append("anew"))


def test_a_chosen_model_counts_at_once_and_its_key_is_read_by_nobody_else(
    deeds: ModelDeeds, endpoint: Endpoint, opened: list[str], tmp_path: Path
) -> None:
    address = f"{endpoint.address}/v1"
    deeds.choose({"llm": "openai-like", "address": address, "model": "m", "key": KEY})
    assert opened == ["anew"]
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert deeds.test() == "openai-like"
    assert deeds.tried is not None and deeds.tried.text == "A report on a visit."
    assert endpoint.headers[-1]["Authorization"] == f"Bearer {KEY}"
    for language in LANGUAGES:
        shown = model_view(chosen_model(tmp_path), deeds.tried, words(language), has_local=False)
        assert address in shown and "A report on a visit." in shown and KEY not in shown
    assert KEY not in repr(chosen_model(tmp_path))


def test_an_empty_key_keeps_the_one_before_but_not_for_another_address(tmp_path: Path) -> None:
    chosen = {"llm": "openai-like", "model": "m"}
    choose_model(tmp_path, **chosen, address="http://127.0.0.1:9/v1", key=KEY)
    assert choose_model(tmp_path, **chosen, address="http://127.0.0.1:9/v1").key == KEY
    assert choose_model(tmp_path, **chosen, address="http://127.0.0.1:8/v1").key == ""


@pytest.mark.parametrize(
    ("told", "told_why"),
    [
        ({"llm": "gpt"}, "use one of"),
        ({"llm": "ollama", "address": "", "model": ""}, "no model is named"),
        ({"llm": "openai-like", "address": "file:///etc/passwd", "model": "m"}, "http"),
        ({"llm": "openai-like", "address": "", "model": "m"}, "address"),
    ],
)
def test_a_choice_that_cannot_work_is_refused_and_changes_nothing(
    told: dict[str, str], told_why: str, deeds: ModelDeeds, opened: list[str], tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=told_why):
        deeds.choose(told)
    assert not (tmp_path / FILE).exists() and opened == []


def test_nothing_chosen_answers_nothing_and_a_server_that_is_gone_is_named(deeds: ModelDeeds, tmp_path: Path) -> None:
    assert chosen_model(tmp_path) == ChosenModel()
    with pytest.raises(UsageError, match="Choose one first"):
        deeds.test()
    choose_model(tmp_path, llm="llama-cpp", address="http://127.0.0.1:9")
    with pytest.raises(LanguageModelFailed, match="cannot be reached"):
        deeds.test()


def test_the_environment_wins_and_the_page_says_so(
    deeds: ModelDeeds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_model(tmp_path, llm="llama-cpp", address="http://127.0.0.1:9")
    monkeypatch.setenv("RAPPORTEUR_LLM", "none")
    assert chosen_model(tmp_path).config == LanguageModelConfig()
    with pytest.raises(UsageError, match="RAPPORTEUR_LLM names the model"):
        deeds.choose({"llm": "local"})
    shown = model_view(chosen_model(tmp_path), None, words(), has_local=True)
    assert "RAPPORTEUR_LLM" in shown and "<form" not in shown


def test_a_damaged_file_is_named_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{}", encoding="utf-8")
    with pytest.raises(IndexUnusable, match="Delete it"):
        chosen_model(tmp_path)


def test_every_kind_of_server_can_be_chosen() -> None:
    shown = model_view(ChosenModel(), None, words("zh"), has_local=False)
    assert all(f'value="{kind}"' in shown for kind in KINDS)
