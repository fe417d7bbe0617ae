import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest import build_index
from tests.ingest.words import WordEmbedder
from ui.cli import app


def run(*arguments: str, data: Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [*arguments, "--data", str(data)])
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.slow
def test_generations_are_listed_rolled_back_to_and_forgotten(tmp_path: Path) -> None:
    folder, data = tmp_path / "reports", tmp_path / "data"
    folder.mkdir()
    assert run("generations", data=data)[:2] == (0, "No index yet. Run: rapporteur index FOLDER\n")
    made = []
    for n in range(2):
        (folder / f"{n}.md").write_text(f"# {n}\n\nSentence {n}.\n")
        made.append(build_index(folder, data=data, embedder=WordEmbedder()).generation)
    status, told, _ = run("generations", "--json", data=data)
    listed = [json.loads(line) for line in told.splitlines()]
    assert status == 0
    assert [(one["generation"], one["is_published"]) for one in listed] == [(made[1], True), (made[0], False)]
    assert listed[0]["receipt"]["added"] == ["1.md"]
    assert run("rollback", made[0], data=data)[0] == 0
    lines = run("generations", data=data)[1].splitlines()
    assert "kept" in lines[0] and "published" in lines[1] and made[0] in lines[1]
    status, _, complaint = run("forget", data=data)
    assert status == 2 and made[1] in complaint and len(run("generations", data=data)[1].splitlines()) == 2
    assert run("forget", "--newer", data=data)[1].startswith(f"Removed: {made[1]}")
    assert len(run("generations", data=data)[1].splitlines()) == 1


def test_an_unknown_generation_is_wrong_usage_and_no_index_an_error(tmp_path: Path) -> None:
    status, told, complaint = run("rollback", "any", data=tmp_path)
    assert (status, told) == (1, "") and "nothing has been indexed" in complaint
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n\nA sentence.\n")
    build_index(folder, data=tmp_path / "data", embedder=WordEmbedder())
    status, told, complaint = run("rollback", "any", data=tmp_path / "data")
    assert (status, told) == (2, "") and "no index that is kept" in complaint
