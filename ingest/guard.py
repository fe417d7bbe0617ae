"""What keeps a build from harming anything: one builder at a time, steps in killable children, named disk errors."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus import IndexBusy, IndexUnusable


def in_child(steps: Sequence[str], stage: Path, seconds: float) -> None:
    """Run steps of `ingest.__main__` in processes of their own, so that native code can take down nothing but itself.

    Args:
        steps: Of ``fill``, ``audit`` and ``recheck``, one after the other.
        stage: Folder of the generation that is to be published.
        seconds: After which the children are killed.

    Raises:
        IndexUnusable: A step failed, died or took too long; the index in use is unharmed.
    """
    root, named = str(Path(__file__).parents[1]), ", ".join(steps)
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    # -P: a folder named like one of our packages where the command was given must not be taken for it.
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "ingest", *steps, str(stage.absolute())],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env=os.environ | {"PYTHONPATH": path},
        start_new_session=True,
    ) as child:
        try:
            _, told = child.communicate(timeout=seconds)
        except BaseException as error:
            os.killpg(child.pid, signal.SIGKILL)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            raise IndexUnusable(
                f"The new index could not be completed ({named} took longer than {seconds:.0f} seconds). The index in "
                "use is unharmed. Run again when the machine is less busy."
            ) from error
    if child.returncode:
        said = told.strip().splitlines()[-1:] or [f"({named}): it ended with status {child.returncode}"]
        raise IndexUnusable(f"The new index could not be completed {said[0]} The index in use is unharmed.")


@contextmanager
def only_builder(data: Path, seconds: float) -> Iterator[None]:
    """Hold the lock of the data folder; it goes with the process, however that ends.

    Raises:
        IndexBusy: Another process holds it for longer than `seconds`; names it.
    """
    owner = data / "building.pid"
    lock = FileLock(data / "building.lock", timeout=seconds)
    try:
        lock.acquire()
    except Timeout as error:
        holder = owner.read_text(encoding="utf-8") if owner.exists() else "unknown"
        raise IndexBusy(
            f"{data}: process {holder} is building this index. Wait for it, or end it, and run again."
        ) from error
    try:
        owner.write_text(str(os.getpid()), encoding="utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()


@contextmanager
def writing_to(data: Path) -> Iterator[None]:
    """Name what the disk refuses.

    Raises:
        IndexUnusable: The data folder cannot be written, or its library is damaged.
    """
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise IndexUnusable(
            f"{data}: the new index could not be written ({error}). Check free space and permissions there, or give "
            "another folder with --data. The index in use is unharmed."
        ) from error
    except sqlite3.DatabaseError as error:
        raise IndexUnusable(
            f"{data / 'library.db'}: this file is damaged ({error}). Remove it and run again: every report will be "
            "read and embedded anew. The index in use is unharmed."
        ) from error
