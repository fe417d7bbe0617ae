"""The audit: one line a question in a file that only grows, apart from the history that visitors may delete."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from corpus import UsageError

AUDIT = "audit.log"
MAX_QUESTION = 4000
"""Code points of a question that are kept."""


def append_audit(
    data: Path, *, user: str, question: str, route: str, status: str, generation: str, seconds: float
) -> None:
    """Append one JSON object as one line to ``DATA/audit.log``, readable by the owner of the process only (0600).

    Its fields are ``time`` (ISO 8601, UTC), ``user``, ``question``, ``route``, ``status``, ``generation`` and
    ``seconds``. Every character that is not printable stands as an escape, so that no question can begin a line of
    its own or color a terminal.

    Raises:
        UsageError: The line cannot be written.
    """
    told = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"), "user": user, "question": question[:MAX_QUESTION],
        "route": route, "status": status, "generation": generation, "seconds": round(seconds, 3),
    }  # fmt: skip
    letters = json.dumps(told, ensure_ascii=False)
    line = "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in letters)
    path = data / AUDIT
    try:
        data.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        try:
            # One write to a file opened for appending: lines of several threads never mix.
            os.write(descriptor, f"{line}\n".encode())
        finally:
            os.close(descriptor)
    except OSError as error:
        raise UsageError(
            f"{path}: the audit cannot be written ({error.strerror}). Free the disk or name another --data."
        ) from error
