"""What all commands share: help with examples that run, completion, tables, names offered, any terminal."""

import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.main import get_command
from typer.testing import CliRunner, Result

from tests.ingest.partners import facts, index_of_partners
from ui import tables
from ui.cli import app
from ui.examples import EXAMPLES
from ui.offered import bodies_at, near
from ui.tables import print_rows
from ui.wording import LANGUAGES, words

ROOT = Path(__file__).parents[2]
NOT_RUN = ("chat", "completion fish")
"""Serves until it is stopped (tests/ui/test_cli.py does so); needs the other end of its pipe."""
PASSWORD = "a long password"


def run(*arguments: object, data: Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--data", str(data)], input=stdin)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an index of invented partners."""
    place = tmp_path_factory.mktemp("partners")
    index_of_partners(place)
    return place / "data"


def start(*arguments: str, **settings: Any) -> subprocess.Popen[bytes]:
    code = "from ui.cli import main; main()"
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | settings.pop("env", {})
    return subprocess.Popen([sys.executable, "-c", code, *arguments], env=environment, **settings)


def commands_of(command: Any, name: str = "") -> dict[str, Any]:
    inner = getattr(command, "commands", None)
    if inner is None:
        return {name: command}
    return {key: one for own in inner for key, one in commands_of(inner[own], f"{name} {own}".strip()).items()}


def test_every_command_has_an_example_in_its_help() -> None:
    known = commands_of(get_command(app))
    assert set(EXAMPLES) <= set(known)
    assert {name for name in known if not EXAMPLES.get(name)} <= {
        f"model {one}" for one in ("install", "remove", "test")
    }
    help_of_dossier = CliRunner().invoke(app, ["dossier", "--help"]).stdout
    assert 'rapporteur dossier "Nazarbayev University"' in help_of_dossier


@pytest.mark.slow
def test_every_example_runs_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus" / "reports").mkdir(parents=True)
    for report in ("000-tec-kazakhstan.md", "032-nu-ichei-sustech-mou-2023.md"):
        shutil.copy(ROOT / "corpus/reports" / report, tmp_path / "corpus/reports")
    quote = "Nazarbayev University is in Kazakhstan."
    questions = (ROOT / "corpus/questions.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "corpus/questions.jsonl").write_text(questions[0] + "\n", encoding="utf-8")
    (tmp_path / "corrected.md").write_text(f"# Signing\n\n{quote}\n", encoding="utf-8")
    (tmp_path / "pairs.jsonl").write_text(json.dumps({"sentence": quote, "quotes": [quote]}) + "\n", encoding="utf-8")
    (tmp_path / "password.txt").write_text(PASSWORD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    failed = []
    for line in (line for name, lines in EXAMPLES.items() for line in lines):
        if not line.startswith(tuple(f"rapporteur {name}" for name in NOT_RUN)):
            done = run_example(line, tmp_path / "data")
            failed += [f"{line}: {done.exit_code} {done.output[-300:]}"] if done.exit_code else []
    assert failed == []


def run_example(line: str, data: Path) -> Result:
    """Run an example, its output redirected nowhere and its words in capitals filled from the index."""
    command, _, file = line.partition(" < ")
    arguments = shlex.split(command.partition(" >")[0])[1:]
    if "KEY" in arguments:
        rows = json.loads(run("ledger", "agreements", "--json", data=data).stdout)
        arguments[arguments.index("KEY")] = rows[0]["key"]
    if "GENERATION" in arguments:
        last = run("generations", "--json", data=data).stdout.splitlines()[-1]
        arguments[arguments.index("GENERATION")] = json.loads(last)["generation"]
    stdin = Path(file).read_text(encoding="utf-8") if file else f"{PASSWORD}\n{PASSWORD}\n"
    return CliRunner().invoke(app, arguments, input=stdin, env={"RAPPORTEUR_DATA": str(data)})


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert CliRunner().invoke(app, ["--version"]).stdout == f"rapporteur {version('rapporteur')}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_each_shell_is_printed(shell: str) -> None:
    done = CliRunner().invoke(app, ["completion", shell])
    assert done.exit_code == 0 and f"_RAPPORTEUR_COMPLETE=complete_{shell}" in done.stdout
    assert CliRunner().invoke(app, ["completion", "tcsh"]).exit_code == 2


def test_a_shell_that_asks_is_told_how_the_line_may_go_on() -> None:
    asked = {"_RAPPORTEUR_COMPLETE": "complete_bash", "COMP_WORDS": "rapporteur led", "COMP_CWORD": "1"}
    with start(stdout=subprocess.PIPE, env=asked) as shell:
        assert shell.stdout and shell.stdout.read().split() == [b"ledger"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_heads_and_values_are_there_in_every_language(language: str) -> None:
    english, other = words("en").entries, words(language).entries
    for table in ("heads", "values"):
        assert set(english[table]) == set(other[table]) and all(other[table].values())


def test_a_table_is_told_in_the_language_asked_for_and_whole_when_piped(data: Path) -> None:
    lines = run("ledger", "agreements", "--language", "ru", data=data).stdout.splitlines()
    assert lines[0].split("\t")[:3] == ["Стороны", "Вид", "Состояние"]
    assert "Tampere University; UNESCO Teacher Education Centre" in lines[1] and "3 мая 2022" in lines[1]
    assert "подписано" in "\n".join(lines) and lines[-1] == "6 отчётов, 3 строки"
    assert run("ledger", "people", "--language", "zh", data=data).stdout.startswith("姓名\t")


def test_json_and_csv_stay_the_same_in_every_language(data: Path) -> None:
    for form in ("--json", "--csv"):
        told = {run("ledger", "agreements", form, "--language", one, data=data).stdout for one in LANGUAGES}
        assert len(told) == 1 and "signed" in told.pop()


@pytest.mark.parametrize("width", [40, 80, 200])
def test_names_stay_whole_at_every_width_of_a_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Console(force_terminal=True, width=width, record=True, highlight=False, soft_wrap=True)
    monkeypatch.setattr(tables, "out", shown)
    names = ["Tampere University of Fine Arts", "University of Gondar"]
    print_rows([{"parties": names, "state": "signed", "what": "word " * 30, "date": "3 May 2022"}])
    lines = shown.export_text().splitlines()
    assert all(any(name in line for line in lines) for name in names)
    assert max(map(len, lines)) <= width and not any("…" in line for line in lines)


def test_the_bodies_of_a_place_are_found_in_any_script(data: Path) -> None:
    from ingest import Ledger

    ledger = Ledger(facts())
    named = {place: bodies_at(ledger, place) for place in ("Finland", "芬兰", "Финляндия", "Tampere", "Narnia")}
    assert named["Finland"] == named["芬兰"] == named["Финляндия"] == ("Tampere University",)
    assert named["Tampere"] == ("Tampere University",) and named["Narnia"] == ()


def test_near_names_are_found_by_sound_and_by_whole_words() -> None:
    known = ("Tampere University", "Ministry of Training", "Abai University", "AI Institute")
    assert [near(name, known, 1)[0] for name in ("Tampre", "阿拜", "Абай", "AI")] == [
        "Tampere University", "Abai University", "Abai University", "AI Institute",
    ]  # fmt: skip


def test_a_place_is_refused_with_its_bodies_where_nobody_can_be_asked(data: Path) -> None:
    done = run("dossier", "Tampere", data=data)
    assert done.exit_code == 2 and done.stdout == "" and "Tampere University" in done.stderr
    assert run("dossier", " ", data=data).exit_code == 2


def test_at_a_terminal_one_of_the_bodies_is_chosen(data: Path) -> None:
    ours, theirs = pty.openpty()
    with start("dossier", "Tampere", "--data", str(data), stdin=theirs, stdout=subprocess.PIPE, stderr=theirs) as asked:
        os.close(theirs)
        os.write(ours, b"1\n")
        assert asked.stdout and asked.stdout.read().decode().startswith("# Dossier: Tampere University")
    os.close(ours)


@pytest.mark.parametrize(
    ("option", "value", "near_one"),
    [
        ("--language", "xx", "en"),
        ("--partner", "Prto Universty", "Porto"),
        ("--place", "Lyonnesse on Sea", "Lyon"),
        ("--theme", "teecher trainin", "Teacher education and training"),
        ("--file", "lion.md", "lyon.md"),
    ],
)
def test_an_unknown_value_of_a_filter_is_refused_with_the_near_ones(
    option: str, value: str, near_one: str, indexed: tuple[Path, Path]
) -> None:
    done = run("ask", "Who signed?", option, value, data=indexed[1])
    assert done.exit_code == 2 and value in done.stderr and near_one in done.stderr


def test_a_batch_line_with_an_unknown_filter_is_an_error_of_that_line_alone(indexed: tuple[Path, Path]) -> None:
    lines = '{"question": "Who signed?", "filters": {"languages": ["xx"]}}\n{"question": "Who signed?"}\n'
    done = run("ask", "--batch", "-", "--json", data=indexed[1], stdin=lines)
    first, second = map(json.loads, done.stdout.splitlines())
    assert "xx" in first["error"] and second["status"] and done.exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("evaluate", "/nowhere"), 2),
        (("evaluate", "{folder}"), 2),
        (("evaluate", "{broken}"), 1),
        (("evaluate", "{empty}"), 2),
        (("prove", "{broken}"), 1),
        (("prove", "{folder}"), 2),
        (("recheck", "{empty}"), 1),
        (("init", "Us", "--data", "{empty}"), 2),
        (("ledger", "merges", "--data", "{empty}"), 2),
        (("dossier", "Anybody", "--data", "{folder}"), 1),
    ],
)
def test_bad_input_ends_with_the_documented_status_and_no_traceback(
    arguments: tuple[str, ...], status: int, tmp_path: Path, data: Path
) -> None:
    places = {name: str(tmp_path / name) for name in ("folder", "broken", "empty")}
    (tmp_path / "folder").mkdir()
    (tmp_path / "broken").write_text("{bad\n", encoding="utf-8")
    (tmp_path / "empty").write_text("", encoding="utf-8")
    done = CliRunner().invoke(app, [one.format(**places) for one in arguments], env={"RAPPORTEUR_DATA": str(data)})
    assert done.exit_code == status, done.output
    assert isinstance(done.exception, SystemExit) and done.output.strip()


def test_a_terminal_without_a_letter_is_told_it_in_latin_ones() -> None:
    code = "from ui.terminal import write_any_letter; write_any_letter(); print('阿拜 “Абай” …')"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=True)
    assert done.stdout == b'ABai "Abay" ...\n'


def test_a_reader_that_goes_away_ends_a_command_quietly(data: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with start("ledger", "people", "--json", "--data", str(data), stdout=writer, stderr=subprocess.PIPE) as listed:
        os.close(writer)
        assert listed.stderr and listed.stderr.read().count(b"Traceback") == 0
    assert listed.returncode == 1


def screen(told: str) -> list[str]:
    """Lines as a terminal shows them that goes up and wipes lines when told so."""
    lines, at = [""], 0
    for sign in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|\n|[^\x1b\n]+", told.replace("\r\n", "\n")):
        if sign == "\n":
            at += 1
            lines += [""] * (at == len(lines))
        elif sign == "\x1b[1A":
            at -= 1
        elif sign == "\x1b[2K":
            lines[at] = ""
        elif not sign.startswith("\x1b"):
            lines[at] += sign.replace("\r", "")
    return lines


def test_what_is_printed_while_bars_are_shown_stays_on_the_terminal() -> None:
    code = (
        "from ui.terminal import out, progress_bar\n"
        "with progress_bar() as show:\n"
        "    show('read', 1, 2); show('embed', 1, 2); show('build', 1, 2)\n"
        "    out.print('46 reports'); out.print('unchanged')\n"
    )
    ours, theirs = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm"}
    subprocess.run(
        [sys.executable, "-c", code], stdin=theirs, stdout=theirs, stderr=theirs, env=environment, check=True
    )
    os.close(theirs)
    told = os.read(ours, 65536).decode()
    os.close(ours)
    assert [line for line in screen(told) if line.strip()] == ["46 reports", "unchanged"]
