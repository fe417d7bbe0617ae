import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ui.cli import app

Indexed = tuple[Path, Path]


def run(*arguments: object, data: Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--data", str(data)], input=stdin)


def test_the_command_starts_without_heavy_libraries() -> None:
    heavy = {"torch", "chromadb", "gradio", "llama_index", "sentence_transformers", "transformers", "trafilatura"}
    code = f"import sys, ui.cli; print(sorted({heavy!r} & set(sys.modules)))"
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "[]"


def test_help_names_every_command() -> None:
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    code = "from ui.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, env=environment)
    assert done.returncode == 0
    for command in ("index", "ask", "chat", "evaluate", "doctor"):
        assert command in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "Who?", "--batch", "x.jsonl", "--json"),
        ("ask", "--batch", "x.jsonl"),
        ("ask", "--batch", "nowhere.jsonl", "--json"),
        ("ask", "Who?", "--no-such-option"),
        ("index",),
        ("index", "no-such-folder"),
        ("evaluate",),
        ("no-such-command",),
    ],
)
def test_wrong_usage_exits_with_2_and_explains_on_stderr(
    arguments: tuple[str, ...], tmp_path: Path, indexed: Indexed
) -> None:
    is_index = arguments[0] == "index"
    done = run(*arguments, data=tmp_path if is_index else indexed[1])
    assert done.exit_code == 2
    assert done.stdout == "" and done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_named_error_exits_with_1_and_is_one_line_on_stderr(tmp_path: Path) -> None:
    done = run("ask", "Who signed?", data=tmp_path)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1 and "rapporteur index" in done.stderr


def test_an_answer_is_printed_with_its_source(indexed: Indexed) -> None:
    done = run("ask", "Who signed the memorandum of understanding in Lyon?", data=indexed[1])
    assert done.exit_code == 0
    assert "Claire Moreau and Rector Tiago Lopes signed a memorandum" in done.stdout
    assert "Delegation of Porto visits Lyon" in done.stdout
    assert done.stderr == ""


def test_an_answer_as_json_holds_the_public_fields_and_verbatim_quotes(indexed: Indexed) -> None:
    folder, data = indexed
    done = run("ask", "Who welcomed the delegation in Lyon?", "--json", "--file", "lyon.md", data=data)
    answer = json.loads(done.stdout)
    assert done.exit_code == 0
    assert set(answer) >= {
        "id", "question", "understood_as", "language", "route", "status", "text", "claims", "citations", "coverage",
        "retrieved", "withheld", "withheld_reasons", "index", "seconds",
    }  # fmt: skip
    assert answer["citations"]
    text = (folder / "lyon.md").read_text(encoding="utf-8")
    for citation in answer["citations"]:
        assert citation["file"] == "lyon.md"
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_an_honest_refusal_exits_with_0(indexed: Indexed) -> None:
    done = run("ask", "Which telescope did the astronauts repair?", "--json", data=indexed[1])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["status"] == "not_in_records"


def test_a_batch_keeps_its_order_and_its_bad_lines_and_exits_with_1(indexed: Indexed, tmp_path: Path) -> None:
    lines = ['{"id": "a", "question": "Who presented a study in Almaty?"}', "{bad", '{"id": "c", "question": "Who?"}']
    batch = tmp_path / "questions.jsonl"
    batch.write_text("\n".join(lines), encoding="utf-8")
    done = run("ask", "--batch", batch, "--json", data=indexed[1])
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "2", "c"]
    assert "error" in answers[1] and "line 2" in answers[1]["error"]
    assert done.exit_code == 1
    from_stdin = run("ask", "--batch", "-", "--json", data=indexed[1], stdin=lines[0])
    assert from_stdin.exit_code == 0
    assert json.loads(from_stdin.stdout)["claims"] == answers[0]["claims"]


def test_indexing_again_takes_the_folder_indexed_last_and_embeds_nothing(indexed: Indexed) -> None:
    done = run("index", "--json", data=indexed[1])
    receipt = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (receipt["reports"], receipt["unchanged"], receipt["embedded"]) == (2, 2, 0)
    assert "2 reports" in run("index", data=indexed[1]).stdout


def test_a_file_that_fails_is_named_and_fails_the_run_only_when_strict(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.md").write_text("# Visit\n\nThe dean greeted the guests.\n", encoding="utf-8")
    (folder / "bad.docx").write_bytes(b"no archive")
    lenient = run("index", folder, data=tmp_path / "data")
    assert lenient.exit_code == 0
    assert "bad.docx" in lenient.stdout
    assert run("index", folder, "--strict", data=tmp_path / "data").exit_code == 1


def test_evaluation_prints_a_scorecard_writes_a_page_and_fails_under_a_bound(indexed: Indexed, tmp_path: Path) -> None:
    questions = tmp_path / "judged.jsonl"
    judged = {
        "id": "q1", "lang": "en", "type": "lookup", "question": "Who presented a study of small classes?",
        "gold_files": ["almaty.md"], "gold_quotes": ["Aliya Bekova presented a study of small classes."],
        "gold_answer": "Aliya Bekova", "must_contain": ["bekova"], "expected": "answer",
    }  # fmt: skip
    questions.write_text(json.dumps(judged), encoding="utf-8")
    page = tmp_path / "report.html"
    done = run("evaluate", questions, "--html", page, "--fail-under", "report_recall@5=1", data=indexed[1])
    assert done.exit_code == 0, done.stderr
    assert "Scorecard" in done.stdout
    assert "Bekova" in page.read_text(encoding="utf-8")
    missed = run("evaluate", questions, "--json", "--fail-under", "report_recall@5=1.1", data=indexed[1])
    assert missed.exit_code == 1
    assert json.loads(missed.stdout)["overall"]["report_recall@5"] == 1.0
    assert "report_recall@5 is 1.000, below 1.1" in missed.stderr
    assert run("evaluate", questions, "--fail-under", "nonsense", data=indexed[1]).exit_code == 2


def test_the_doctor_is_content_with_an_index_and_names_the_cure_without(indexed: Indexed, tmp_path: Path) -> None:
    healthy = run("doctor", "--json", data=indexed[1])
    assert healthy.exit_code == 0, healthy.stdout
    checks = {check["name"]: check for check in json.loads(healthy.stdout)["checks"]}
    assert checks["index"]["finding"].startswith("2 reports, built today")
    ill = run("doctor", data=tmp_path)
    assert ill.exit_code == 1
    assert "not ok" in ill.stdout and "rapporteur index" in ill.stdout


def test_a_port_in_use_is_a_plain_message(indexed: Indexed) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("chat", "--port", taken.getsockname()[1], data=indexed[1])
    assert done.exit_code == 2
    assert "--port" in done.stderr


def test_the_chat_prints_its_address_serves_the_page_and_ends_when_told(indexed: Indexed) -> None:
    code = "from ui.cli import main; main()"
    command = [sys.executable, "-c", code, "chat", "--port", "0", "--data", str(indexed[1])]
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as chat:
        try:
            address = chat.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), chat.stderr.read()
            # The address is printed when the port listens already: the request waits for the page.
            with urllib.request.urlopen(address, timeout=60) as page:
                assert "Rapporteur" in page.read().decode()
        finally:
            chat.send_signal(signal.SIGINT)
            stdout, stderr = chat.communicate(timeout=30)
    assert stdout == ""
    assert "Traceback" not in stderr
