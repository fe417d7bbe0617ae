import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus import ModelUnavailable
from corpus.read.ocr import languages
from ui.batch import answer_lines, read_lines
from ui.cli import app
from ui.doctor import text_recognition

Indexed = tuple[Path, Path]
SIGNED = "Claire Moreau and Rector Tiago Lopes signed a memorandum of understanding on teacher training."
PLANNED = "The next workshop is planned for Taraz."
PAIRS = (
    {"id": "a", "sentence": SIGNED, "file": "lyon.md", "label": "true", "kind": "verbatim"},
    {"id": "b", "sentence": "The next workshop was held in Taraz.", "quotes": [PLANNED], "label": "false",
     "kind": "status"},
    {"id": "c", "sentence": PLANNED, "quotes": [PLANNED], "file": "almaty.txt", "label": "true", "kind": "verbatim"},
)  # fmt: skip


def run(*arguments: object, data: Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--data", str(data)], input=stdin)


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(json.dumps(pair) for pair in PAIRS), encoding="utf-8")
    return file


def test_pairs_are_proved_one_object_a_line_in_order(indexed: Indexed, pairs: Path) -> None:
    done = run("prove", pairs, "--json", data=indexed[1])
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0, done.stderr
    assert [(one["id"], one["verdict"]) for one in found] == [("a", "proved"), ("b", "withheld"), ("c", "proved")]
    assert all(set(one) == {"id", "verdict", "score", "checks", "reason", "quote"} for one in found)
    from_stdin = run("prove", "-", "--json", data=indexed[1], stdin="\ufeff" + pairs.read_text(encoding="utf-8"))
    assert from_stdin.stdout == done.stdout


def test_faulty_lines_and_unknown_records_are_named_and_the_others_still_answered(indexed: Indexed) -> None:
    lines = [
        b"{bad",
        json.dumps(PAIRS[0]).encode(),
        b'{"id": "x", "sentence": "Nobody came.", "file": "nowhere.md"}',
        b'{"id": "y", "sentence": "Nobody came."}',
        b'{"sentence": "caf\xe9", "quotes": ["q"]}',
        b'{"sentence": "\\ud800", "quotes": ["q"]}',
        b"[" * 100_000,
        b'{"sentence": "s", "quotes": ["q"], "n": ' + b"9" * 10_000 + b"}",
        json.dumps(PAIRS[2]).encode(),
    ]
    done = run("prove", "-", "--json", data=indexed[1], stdin=b"\n".join(lines))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert [one["id"] for one in found] == ["1", "a", "x", "y", "5", "6", "7", "8", "c"]
    assert [one["id"] for one in found if "error" not in one] == ["a", "c"]
    assert "nowhere.md" in found[2]["error"] and "rapporteur index" in found[2]["error"]
    for at, part in ((0, "line 1: not JSON"), (3, "line 4: nothing to check"), (4, "line 5: not UTF-8")):
        assert part in found[at]["error"]


def test_quotes_alone_are_proved_without_an_index_and_each_line_at_once(tmp_path: Path) -> None:
    code = "from ui.cli import main; main()"
    command = [sys.executable, "-c", code, "prove", "-", "--json", "--data", str(tmp_path / "none")]
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as prove:
        for verdict in ("withheld", "withheld"):
            # The next line is written only when the one before has been answered.
            prove.stdin.write(json.dumps(PAIRS[1]) + "\n")
            prove.stdin.flush()
            assert json.loads(prove.stdout.readline())["verdict"] == verdict
        prove.stdin.close()
        assert prove.wait(30) == 0
    assert not (tmp_path / "none").exists()


def test_people_read_verdict_score_sentence_and_a_reason_in_their_language(indexed: Indexed, pairs: Path) -> None:
    reasons = set()
    for language in ("en", "zh", "ru"):
        done = run("prove", pairs, "--language", language, data=indexed[1])
        first, second, reason, _ = done.stdout.splitlines()
        assert first.split(maxsplit=2) == ["proved", "1.00", SIGNED]
        assert second.startswith("withheld") and second.endswith("The next workshop was held in Taraz.")
        reasons.add(reason.strip())
    assert len(reasons) == 3 and "" not in reasons
    faulty = run("prove", "-", data=indexed[1], stdin='{"id": "[b]", "sentence": "s", "file": "x[/b].md"}')
    assert faulty.exit_code == 1
    assert "[b]" in faulty.stdout and "x[/b].md" in faulty.stdout


def test_a_model_that_cannot_be_loaded_ends_the_run_at_once() -> None:
    def answer(name: str, asked: object) -> dict[str, object]:
        raise ModelUnavailable("no model")

    with pytest.raises(ModelUnavailable):
        next(answer_lines(read_lines(["{}"], lambda given, number: number), answer))


def test_attacks_are_scored_and_fail_under_and_over_a_bound(indexed: Indexed, pairs: Path) -> None:
    done = run("evaluate", "--attacks", pairs, "--fail-under", "released_true=1", "--fail-under", "grave_proved=0",
               data=indexed[1])  # fmt: skip
    assert done.exit_code == 0, done.stderr
    assert "Attacks on the proof" in done.stdout and "status" in done.stdout
    missed = run("evaluate", pairs, "--attacks", "--json", "--fail-under", "verbatim:score=1.1", data=indexed[1])
    assert missed.exit_code == 1
    assert "verbatim:score is 1.000, below 1.1" in missed.stderr
    card = json.loads(missed.stdout)
    assert card["overall"]["released_true"] == 1.0 and card["overall"]["auc"] == 1.0
    assert [row["id"] for row in card["rows"]] == ["pairs:a", "pairs:b", "pairs:c"]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("evaluate",), "--attacks"),
        (("evaluate", "--attacks", "no-such-folder"), "no-such-folder"),
        (("evaluate", "--attacks", "--html", "x.html"), "--html"),
        (("evaluate", "--attacks", "--fail-under", "nonsense"), "nonsense"),
        (("evaluate", "--attacks"), "rapporteur index"),
        (("prove",), "PAIRS"),
        (("prove", "nowhere.jsonl"), "nowhere.jsonl"),
        (("prove", "-", "--language", "fr"), "fr"),
    ],
)
def test_wrong_usage_exits_with_2_and_explains(arguments: tuple[str, ...], part: str, indexed: Indexed) -> None:
    done = run(*arguments, data=indexed[1])
    assert done.exit_code == 2
    assert done.stdout == "" and part in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_says_which_language_model_is_named_and_never_its_key(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def finding() -> dict[str, object]:
        checks = json.loads(run("doctor", "--json", data=indexed[1]).stdout)["checks"]
        return next(check for check in checks if check["name"] == "language model")

    for name in ("", "_ADDRESS", "_MODEL", "_SECONDS", "_KEY"):
        monkeypatch.delenv(f"RAPPORTEUR_LLM{name}", raising=False)
    assert finding()["is_ok"] and "none" in finding()["finding"]
    monkeypatch.setenv("RAPPORTEUR_LLM", "ollama")
    assert not finding()["is_ok"] and "RAPPORTEUR_LLM_MODEL" in finding()["cure"]
    monkeypatch.setenv("RAPPORTEUR_LLM_MODEL", "small")
    monkeypatch.setenv("RAPPORTEUR_LLM_KEY", "secret-key")
    assert finding()["is_ok"] and "ollama small at http://127.0.0.1:11434" in finding()["finding"]
    assert "secret-key" not in run("doctor", data=indexed[1]).stdout


def test_the_doctor_finds_fault_with_text_recognition_only_where_it_is_asked_for_in_vain(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RAPPORTEUR_OCR", "1")
    languages.cache_clear()
    assert text_recognition().is_ok == bool(languages())
    monkeypatch.setenv("PATH", str(tmp_path))
    languages.cache_clear()
    assert not text_recognition().is_ok and "Install tesseract" in text_recognition().cure
    monkeypatch.delenv("RAPPORTEUR_OCR")
    assert text_recognition().is_ok and "off" in text_recognition().finding
    languages.cache_clear()
