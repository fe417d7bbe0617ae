"""The parent's side of reading: a child process that is killed when it hangs and replaced when it dies."""

import base64
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus.errors import ReportError
from corpus.read.limits import ReadLimits
from corpus.read.picture import WantedPicture
from corpus.report import EventDate, Report

_START_SECONDS = 60
_GRACE = 0.5
_BYTES_PER_CHARACTER = 6
_ROOM = 1_000_000
CHILD = (sys.executable, "-P", "-m", "corpus.read.child")


class _ChildLostError(Exception):
    """The child hung, died or sent something unreadable; its text is the reason for the file it was reading."""


class Worker:
    """Reads files of one folder in one child process at a time; usable from any one thread.

    Args:
        command: The child's command line; it must speak as `corpus.read.child` does.
    """

    def __init__(self, folder: Path, limits: ReadLimits, command: Sequence[str] = CHILD) -> None:
        self._folder = folder.absolute()
        self._limits = limits
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path) -> Report:
        """The report in the file at `path`.

        Raises:
            ReportError: The file could not be read; the message is the reason, without the file's name.
        """
        return _report(self._ask(str(path))["report"])

    def members(self, path: Path) -> list[tuple[str, str]]:
        """Path within it and SHA-256 of each record in the container at `path`; none gives none; errors as `read`."""
        return [(str(inner), str(sha256)) for inner, sha256 in self._ask({"container": str(path)})["members"]]

    def unpack(self, path: Path, target: Path) -> list[tuple[str, str]]:
        """Write the records of a zip archive below `target`; gives those that failed and why, errors as `read`."""
        told = self._ask({"unpack": str(path), "target": str(target)})["failed"]
        return [(str(inner), str(why)) for inner, why in told]

    def picture(self, wanted: WantedPicture) -> bytes:
        """One page of a file as PNG; errors as `read`."""
        return base64.b64decode(self._ask(asdict(wanted))["picture"])

    def _ask(self, wanted: str | dict[str, Any]) -> dict[str, Any]:
        if self._served >= self._limits.files_per_process:
            self.close()
        try:
            process = self._process if self._process is not None and self._process.poll() is None else self._start()
            self._served += 1
            self._write(process, wanted)
            answer = self._receive(process, self._limits.seconds + _GRACE)
        except _ChildLostError as lost:
            self.close()
            raise ReportError(str(lost)) from lost
        if answer.get("last"):
            self.close()
        if "reason" in answer:
            raise ReportError(str(answer["reason"]))
        return answer

    def close(self) -> None:
        """End the child and all it started; the next `read` starts another."""
        process, self._process, self._served = self._process, None, 0
        if process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _start(self) -> subprocess.Popen[bytes]:
        self.close()
        # unbuffered pipes: what was not read yet must be visible to the selector
        self._process = process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
            env=_environment(),
        )
        self._write(process, {"folder": str(self._folder), "limits": asdict(self._limits)})
        self._receive(process, _START_SECONDS)
        return process

    def _write(self, process: subprocess.Popen[bytes], message: Any) -> None:
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(message).encode() + b"\n")
        except OSError as error:
            raise _ChildLostError(self._obituary(process)) from error

    def _receive(self, process: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        size = int.from_bytes(self._take(process, 8, deadline), "big")
        if size > self._limits.characters * _BYTES_PER_CHARACTER + _ROOM:
            raise _ChildLostError("its text is too long to take over. Split it into one file a visit.")
        try:
            answer = json.loads(self._take(process, size, deadline))
        except ValueError as error:
            raise _ChildLostError("its reader answered nonsense. Save the file again in another format.") from error
        if not isinstance(answer, dict):
            raise _ChildLostError("its reader answered nonsense. Save the file again in another format.")
        return answer

    def _take(self, process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
        assert process.stdout is not None
        taken = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while len(taken) < size:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise _ChildLostError(
                        f"reading it took longer than {self._limits.seconds:g} seconds. "
                        "Simplify or split it, or raise the limit."
                    )
                piece = os.read(process.stdout.fileno(), min(size - len(taken), 1 << 20))
                if not piece:
                    raise _ChildLostError(self._obituary(process))
                taken += piece
        return bytes(taken)

    def _obituary(self, process: subprocess.Popen[bytes]) -> str:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_GRACE)
        code = process.returncode
        if code == -signal.SIGXCPU:
            return f"reading it took over {self._limits.seconds:g} seconds of processor time. Simplify or split it."
        how = signal.Signals(-code).name if code is not None and code < 0 else f"exit status {code}"
        return (
            f"its reader crashed ({how}): the file is damaged, or needs over {self._limits.memory_mb} MB to read. "
            "Save it again, or split it."
        )


def _environment() -> dict[str, str]:
    """What the child needs and no more: no keys, no proxies, no thread pools that eat address space."""
    kept = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "SYSTEMROOT", "TMPDIR")
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    single = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
    own = {"PYTHONPATH": path, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return {name: os.environ[name] for name in kept if name in os.environ} | single | own


def _report(fields: dict[str, Any]) -> Report:
    dates = tuple(EventDate(**date) for date in fields.pop("dates"))
    return Report(
        **fields
        | {
            "dates": dates,
            "pages": tuple(fields["pages"]),
            "notes": tuple(fields["notes"]),
            "recognised": tuple(map(tuple, fields["recognised"])),
        }
    )
