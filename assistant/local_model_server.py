"""The parent's side of a local model: one child a process at most, started when asked, ended when idle or orphaned."""

import json
import os
import secrets
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assistant.local_model import has_server, installed_model
from corpus.errors import LanguageModelFailed

IDLE_SECONDS = 300.0
"""How long a child that nobody asks keeps its memory."""
_CHILD = (sys.executable, "-P", str(Path(__file__).with_name("local_model_child.py")))
_INSTALL = "Run: rapporteur model install"


class LocalServer:
    """Serves one GGUF file at a time in a child process; safe to use from several threads.

    Args:
        idle: Seconds without a borrower after which the child is ended.
    """

    def __init__(self, idle: float = IDLE_SECONDS) -> None:
        self._idle = idle
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._served: Path | None = None
        self._address = ""
        self._key = ""
        self._borrowers = 0
        self._rest: threading.Timer | None = None

    @contextmanager
    def lent(self, model: Path, deadline: float) -> Iterator[tuple[str, str]]:
        """Address and key of a child that serves `model`, kept running until it is given back.

        Args:
            model: The file.
            deadline: By when it must be ready, on the monotonic clock. What is still loading then goes on loading.

        Raises:
            LanguageModelFailed: It is not ready in time, or cannot be loaded.
        """
        if not self._lock.acquire(timeout=max(0.0, deadline - time.monotonic())):
            raise _not_ready()
        self._borrowers += 1
        try:
            address, key = self._ready(model, deadline), self._key
        except BaseException:
            self._give_back()
            raise
        finally:
            self._lock.release()
        try:
            yield address, key
        finally:
            with self._lock:
                self._give_back()

    def close(self) -> None:
        """End the child; the next borrower starts another."""
        with self._lock:
            self._end()

    def _give_back(self) -> None:
        self._borrowers -= 1
        if self._rest is not None:
            self._rest.cancel()
        self._rest = threading.Timer(self._idle, self._end_when_idle)
        self._rest.daemon = True
        self._rest.start()

    def _end_when_idle(self) -> None:
        with self._lock:
            if not self._borrowers:
                self._end()

    def _ready(self, model: Path, deadline: float) -> str:
        if self._process is None or self._process.poll() is not None or self._served != model:
            self._end()
            self._process = self._start(model)
        if not self._address:
            self._address = self._told(self._process, model, deadline)
        return self._address

    def _start(self, model: Path) -> subprocess.Popen[bytes]:
        self._served, self._key = model, secrets.token_urlsafe()
        pipe = subprocess.PIPE
        try:
            process = subprocess.Popen(
                _CHILD, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, bufsize=0, start_new_session=True
            )
        except OSError as error:
            raise LanguageModelFailed(
                f"The process of the local model cannot be started ({error}). End others."
            ) from None
        assert process.stdin is not None
        with suppress(OSError):  # a child that died at once is found out when it does not answer
            process.stdin.write(json.dumps({"model": str(model), "key": self._key}).encode() + b"\n")
        return process

    def _told(self, process: subprocess.Popen[bytes], model: Path, deadline: float) -> str:
        """The address as the child says it, in one short line, when the model is loaded."""
        assert process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise _not_ready()
        line = os.read(process.stdout.fileno(), 4096)
        answer = json.loads(line) if line else {"failed": "its process ended, mostly for want of memory"}
        if "address" not in answer:
            self._end()
            raise LanguageModelFailed(
                f"The language model {model} cannot be loaded on this computer: {answer['failed']}. It needs "
                f"{model.stat().st_size * 2 / 1e9:.1f} GB of memory. If it has that, install it anew: rapporteur model "
                "remove, then rapporteur model install"
            )
        return f"{answer['address']}/v1"

    def _end(self) -> None:
        process, self._process, self._address = self._process, None, ""
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


SERVER = LocalServer()
"""The one of this process."""


@contextmanager
def lent(model: str, deadline: float) -> Iterator[tuple[str, str]]:
    """Address and key of the local model, as `LocalServer.lent`; `model` is a file's path, empty for the installed one.

    Raises:
        LanguageModelFailed: It or what serves it is not installed, it is not ready in time, or cannot be loaded.
    """
    path = Path(model) if model else installed_model()
    if path is None or not has_server():
        raise LanguageModelFailed(f"The local language model is not installed. {_INSTALL}")
    if not path.is_file():
        raise LanguageModelFailed(f"RAPPORTEUR_LLM_MODEL is {model}, which is no file. Give the path of a GGUF file.")
    with SERVER.lent(path, deadline) as address_and_key:
        yield address_and_key


def _not_ready() -> LanguageModelFailed:
    return LanguageModelFailed(
        "The language model on this computer is still being loaded. Ask again in a moment, or raise "
        "RAPPORTEUR_LLM_SECONDS."
    )
