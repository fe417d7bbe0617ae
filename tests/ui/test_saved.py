import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus import QuestionsError
from ui.cli import app
from ui.saved import ANSWERS, QUESTIONS, read_saved

QUESTION = "Who presented a study of small classes?"


def run(*arguments: object, data: Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--data", str(data)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.md").write_text(
        "# Workshop in Almaty\n\nAliya Bekova presented a study of small classes. Lunch was served at noon.\n"
    )
    return tmp_path / "reports"


def test_a_question_is_saved_once_and_listed_without_any_index(tmp_path: Path) -> None:
    assert run("save", QUESTION, data=tmp_path).exit_code == 0
    assert "Saved before" in run("save", f"  {QUESTION} ", data=tmp_path).stdout
    assert run("saved", data=tmp_path).stdout.splitlines() == [QUESTION]
    listed = json.loads(run("saved", "--json", data=tmp_path).stdout)
    assert listed["question"] == QUESTION
    assert run("save", "   ", data=tmp_path).exit_code == 2


@pytest.mark.slow
def test_only_an_answer_that_changed_is_told(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert run("index", folder, data=data).exit_code == 0
    run("save", QUESTION, data=data)
    run("save", "When was lunch served?", data=data)
    assert "Answer changed" not in run("index", folder, data=data).stdout
    text = (folder / "a.md").read_text()
    (folder / "a.md").write_text(text.replace("Aliya Bekova presented", "On Monday Marat Omarov presented"))
    receipt = json.loads(run("index", folder, "--json", data=data).stdout)
    changed = [one for one in receipt["news"] if one["kind"] == "answer changed"]
    assert [one["subject"] for one in changed] == [QUESTION]
    assert "Answer changed" not in run("index", folder, data=data).stdout


@pytest.mark.slow
def test_what_was_remembered_may_be_lost_and_a_malformed_line_is_named(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run("save", QUESTION, data=data)
    (data / ANSWERS).write_text("{")
    assert "Answer changed" not in run("index", folder, data=data).stdout
    assert QUESTION in json.loads((data / ANSWERS).read_text())
    with (data / QUESTIONS).open("a") as file:
        file.write('{"id": "x"}\n')
    with pytest.raises(QuestionsError, match="question x"):
        read_saved(data)
    done = run("index", folder, data=data)
    assert done.exit_code == 0 and "The saved questions were not asked" in done.stderr
