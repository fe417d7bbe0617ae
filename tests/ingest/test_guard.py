import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus import IndexBusy, IndexUnusable
from ingest.guard import in_child, only_builder, writing_to

HOLDER = """
import sys, time
from pathlib import Path
from ingest.guard import only_builder
with only_builder(Path(sys.argv[1]), 5):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_builder_waits_no_longer_than_asked_and_learns_who_builds(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        began = time.monotonic()
        with pytest.raises(IndexBusy, match=f"process {holder.pid} "), only_builder(tmp_path, 0.2):
            pass
        assert time.monotonic() - began < 5
        holder.kill()
        holder.wait()
    with only_builder(tmp_path, 5):
        assert (tmp_path / "building.pid").read_text() == str(os.getpid())


def test_the_lock_is_let_go_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), only_builder(tmp_path, 1):
        raise ZeroDivisionError
    with only_builder(tmp_path, 0):
        pass


def test_a_child_that_takes_too_long_is_killed_and_named(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match=r"fill took longer than 0 seconds.*unharmed"):
        in_child(["fill"], tmp_path, 0.01)


def test_a_child_says_what_failed(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match=r"\(audit\).*manifest\.json.*unharmed"):
        in_child(["audit"], tmp_path, 120)


def test_a_child_is_not_led_astray_by_folders_named_like_ours(
    generation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ingest", "corpus"):
        (tmp_path / "elsewhere" / name).mkdir(parents=True)
        (tmp_path / "elsewhere" / name / "__init__.py").write_text("raise SystemExit(7)")
    monkeypatch.chdir(tmp_path / "elsewhere")
    in_child(["audit"], generation, 120)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "No space left.*free space"),
        (sqlite3.OperationalError("database or disk is full"), "disk is full.*free space"),
        (sqlite3.DatabaseError("file is not a database"), r"library\.db.*damaged.*Remove it"),
    ],
)
def test_what_the_disk_refuses_is_named_with_the_cure(tmp_path: Path, error: Exception, said: str) -> None:
    with pytest.raises(IndexUnusable, match=said), writing_to(tmp_path):
        raise error
