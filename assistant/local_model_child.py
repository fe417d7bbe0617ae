"""The process that serves the local model: settings as one line in, its address as one line out, and a pipe it dies by.

It holds no more memory than allowed, listens on a port of its own on 127.0.0.1, answers only who knows the key it was
given, and ends when its standard input does: however the parent ended, its end of that pipe is closed.
"""

import json
import os
import sys
from contextlib import suppress
from typing import Any

try:
    import resource
except ImportError:  # no such limits on this system
    resource = None  # type: ignore[assignment]

THREADS = 2
CONTEXT = 4096
"""Tokens of prompt and answer together."""
_BATCH = 128
"""Tokens read at a time: who hangs up waits no longer than for one batch."""
_KEPT_MIB = 256
"""Memory for earlier prompts, so that two kinds of request do not push out each other's fixed part."""
_ROOM = 2_000_000_000
"""Bytes of address space beside the model's file: libraries, stacks of threads, context, buffers, earlier prompts."""


def main() -> None:
    """Serve until standard input ends."""
    answers = os.dup(1)
    os.dup2(2, 1)  # what the library prints is no answer
    settings = json.loads(sys.stdin.readline())
    try:
        _limit(os.path.getsize(settings["model"]) + _ROOM)  # noqa: PTH202 (pathlib is not needed for anything else)
        server = _server(settings["model"], settings["key"])
        answer = {"address": server.listening_address}
    except Exception as error:  # noqa: BLE001 (the border of a process whose death would only hide the cause)
        answer = {"failed": f"{type(error).__name__}: {str(error)[:200]}"}
    os.write(answers, json.dumps(answer).encode() + b"\n")
    sys.stdin.read()
    os._exit(0)  # the server's threads may be in the middle of a token


def _limit(memory: int) -> None:
    if resource is None:
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _server(model: str, key: str) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path, params.api_keys = model, [key]
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.n_ctx, params.n_parallel, params.n_batch, params.n_ubatch = CONTEXT, 1, _BATCH, _BATCH
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = min(THREADS, _cores())
    params.cache_prompt, params.cache_ram_mib = True, _KEPT_MIB
    params.ui = params.endpoint_slots = params.warmup = params.fit_params = False
    params.verbosity = -1
    return xllamacpp.Server(params)


def _cores() -> int:
    """Cores this process may use: two threads on one would wait for each other."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    main()
