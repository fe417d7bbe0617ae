"""Who "we" are, a year on paper, and single facts corrected, from the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ingest import Organization, build_index, open_index, proposed_office, read_office, save_office
from tests.ingest.partners import RECORDS
from tests.ingest.records import OFFICE
from tests.ingest.words import WordEmbedder, write
from ui.cli import app


def run(*arguments: str, data: Path) -> Result:
    return CliRunner().invoke(app, [*arguments, "--data", str(data)])


def build(place: Path) -> None:
    build_index(place / "reports", data=place / "data", embedder=WordEmbedder())


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `RECORDS`, and an index of them without an office."""
    place = tmp_path_factory.mktemp("office")
    write(place / "reports", RECORDS)
    build(place)
    return place


def test_who_we_are_is_proposed_from_the_records_and_kept_when_said(place: Path, tmp_path: Path) -> None:
    said = run("init", data=place / "data")
    assert "Nobody has said" in said.stdout and "TEC" in said.stdout
    kept = run("init", " Harbour  Office", "HO", "港务局", data=tmp_path)
    assert kept.exit_code == 0 and read_office(tmp_path) == ("Harbour Office", "HO", "港务局")
    assert "Harbour Office" in run("init", data=tmp_path).stdout


@pytest.mark.parametrize("names", [[" "], ["x" * 300], ["a\x00b"], [f"n{n}" for n in range(30)]])
def test_what_is_no_name_is_refused_and_nothing_is_changed(names: list[str], tmp_path: Path) -> None:
    save_office(tmp_path, ["Harbour Office"])
    assert run("init", *names, data=tmp_path).exit_code == 2
    assert read_office(tmp_path) == ("Harbour Office",)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pty")
def test_at_a_terminal_the_names_are_asked_for_once(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "ui.cli", "init", "--data", str(tmp_path)]
    ours, theirs = os.openpty()
    asked = subprocess.Popen(program, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs)
    os.write(ours, b"Harbour Office; HO\n")
    said, _ = asked.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert (asked.returncode, read_office(tmp_path)) == (0, ("Harbour Office", "HO")) and b"Harbour Office" in said


def test_another_office_reads_the_facts_anew_and_embeds_nothing(tmp_path: Path) -> None:
    write(tmp_path / "reports", RECORDS)
    build(tmp_path)
    save_office(tmp_path / "data", OFFICE)
    receipt = build_index(tmp_path / "reports", data=tmp_path / "data", embedder=WordEmbedder())
    assert receipt.embedded == 0
    us = {fact.name for fact in open_index(tmp_path / "data").facts() if isinstance(fact, Organization) and fact.is_us}
    assert any("TEC" in name or "UNESCO" in name for name in us)


def test_records_without_a_body_propose_nobody() -> None:
    assert proposed_office(()) == ()


def test_a_year_has_its_visits_with_quotes_and_another_none(place: Path) -> None:
    told = run("summary", "2022", data=place / "data").stdout
    assert "The year 2022" in told and "Tampere University" in told and "[^1]:" in told
    facts = json.loads(run("summary", "2022", "--json", data=place / "data").stdout)
    assert all(quote["quote"] for part in facts["sections"] for line in part["lines"] for quote in line["quotes"])
    assert json.loads(run("summary", "1999", "--json", data=place / "data").stdout)["sections"] == []
    assert run("summary", "soon", data=place / "data").exit_code == 2


def test_a_year_is_written_as_a_word_file(place: Path, tmp_path: Path) -> None:
    done = run("summary", "2022", "--language", "ru", "--docx", str(tmp_path / "year.docx"), data=place / "data")
    assert done.exit_code == 0 and (tmp_path / "year.docx").read_bytes()[:2] == b"PK"


@pytest.mark.slow
def test_a_fact_is_struck_edited_added_and_given_back(tmp_path: Path) -> None:
    write(tmp_path / "reports", RECORDS)
    data = tmp_path / "data"
    build(tmp_path)

    def rows() -> list[dict[str, str]]:
        found: list[dict[str, str]] = json.loads(run("ledger", "people", "--json", data=data).stdout)
        return found

    before = rows()
    key = next(row["key"] for row in before if row["name"] == "Anna Virtanen")
    assert run("ledger", "correct", key, "--set", "role=Chancellor", "--by", "Bo", data=data).exit_code == 0
    quote = "Anna Virtanen, Rector of Tampere University, welcomed the delegation."
    added = run("ledger", "add", "person", "a-first.md", quote, "--set", "person=Anna V", data=data)
    assert added.exit_code == 0, added.output
    build(tmp_path)
    assert {"Chancellor"} <= {row["role"] for row in rows()}
    assert key not in {row["key"] for row in rows()}
    assert "Anna V" in {row["name"] for row in rows()}
    listed = json.loads(run("ledger", "corrected", "--json", data=data).stdout)
    assert [row["by"] for row in listed].count("Bo") == 1
    for row in listed:
        assert run("ledger", "unsay", row["key"], data=data).exit_code == 0
    build(tmp_path)
    assert {row["key"] for row in rows()} == {row["key"] for row in before}


@pytest.mark.parametrize(
    "arguments",
    [
        ("correct", "0000", "--strike"), ("correct", "0000"), ("unsay", "0000"),
        ("add", "person", "none.md", "x"), ("add", "song", "a-first.md", "They saw the library."),
        ("add", "person", "a-first.md", "Nobody came.", "--set", "person=x"),
        ("add", "person", "a-first.md", "Nobody came.", "--set", "colour=red"),
    ],
)  # fmt: skip
def test_what_cannot_be_corrected_says_why(arguments: tuple[str, ...], place: Path) -> None:
    done = run("ledger", *arguments, data=place / "data")
    assert done.exit_code == 2 and done.stderr.strip()
