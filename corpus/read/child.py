"""The reading process: a path, container or wanted picture a line in, one framed JSON object each out, under limits."""

import base64
import contextlib
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.errors import ReportError
from corpus.read.build import build_report
from corpus.read.files import find_members, relative_path, unpack_members
from corpus.read.limits import ReadLimits
from corpus.read.picture import WantedPicture, draw

try:
    import resource
except ImportError:  # no such limits on this system; the parent's time limit still holds
    resource = None  # type: ignore[assignment]


_NEARLY = 0.5
_SCRATCH = 100_000_000
"""Bytes that a library may write to a temporary file; the language model unpacks itself into one."""


def main() -> None:
    """Serve requests from standard input until it ends; answers go where standard output was at the start."""
    answers = os.dup(1)
    os.dup2(2, 1)  # a library that prints must not break the frames
    settings = json.loads(sys.stdin.readline())
    folder, limits = Path(settings["folder"]), ReadLimits(**settings["limits"])
    _limit_memory(limits)
    _send(answers, {"ready": True})
    for line in sys.stdin:
        _limit_processor_time(limits)
        before = _peak_memory()
        short_of_memory = f"it needs over {limits.memory_mb} MB to read. Simplify or split it, or raise the limit."
        try:
            answer = _answer(json.loads(line), folder, limits)
        except ReportError as error:
            answer = {"reason": str(error)}
        except MemoryError:
            answer = {"reason": short_of_memory}
        except RecursionError:
            answer = {"reason": "it is nested too deeply to read. Simplify it."}
        except Exception as error:  # noqa: BLE001 (the border of a process whose death would only hide the cause)
            answer = {"reason": f"its reader failed ({type(error).__name__}: {str(error)[:200]}). Save it again."}
        if "reason" in answer and _peak_memory() > max(before, _NEARLY * limits.memory_mb * 1_000_000):
            # Parsers in C report a failed allocation as a fault of the file, or not at all.
            answer = {"reason": short_of_memory}
        if answer.get("reason") == short_of_memory:
            answer["last"] = True  # nothing in this process can be trusted after it; the parent starts another
        _send(answers, answer)


def _answer(wanted: str | dict[str, Any], folder: Path, limits: ReadLimits) -> dict[str, Any]:
    if isinstance(wanted, str):
        return {"report": asdict(build_report(Path(wanted), folder, limits))}
    if "unpack" in wanted:
        archive, target = relative_path(Path(wanted["unpack"]), folder), Path(wanted["target"])
        return {"failed": unpack_members(folder, archive, target, limits)}
    if "container" in wanted:
        return {"members": find_members(folder, relative_path(Path(wanted["container"]), folder), limits)}
    return {"picture": base64.b64encode(draw(WantedPicture(**wanted), folder, limits)).decode()}


def _peak_memory() -> int:
    """Most memory this process ever held, in bytes; 0 where the system does not tell.

    The limit is on address space, so that is what counts where it is told (Linux); elsewhere resident memory.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmPeak:"))
    except (OSError, StopIteration):
        pass
    if resource is None:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _limit_memory(limits: ReadLimits) -> None:
    if resource is None:
        return
    size = limits.memory_mb * 1_000_000
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (_SCRATCH, _SCRATCH))


def _limit_processor_time(limits: ReadLimits) -> None:
    """Allow so many seconds more than were used so far."""
    if resource is None:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(usage.ru_utime + usage.ru_stime + limits.seconds) + 1
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _send(number: int, answer: dict[str, Any]) -> None:
    payload = json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace")
    view = memoryview(len(payload).to_bytes(8, "big") + payload)
    while view:
        view = view[os.write(number, view) :]


if __name__ == "__main__":
    main()
