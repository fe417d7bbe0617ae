import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from corpus import IndexUnusable
from ingest import Index, read_manifest
from ingest.audit import audit
from ingest.generation import read_records
from ingest.guard import in_child

Change = Callable[[Path], object]


@pytest.fixture
def stage(generation: Path, tmp_path: Path) -> Path:
    """A generation as it stands before its audit."""
    shutil.copytree(generation, tmp_path / "stage")
    _rewrite(tmp_path / "stage", checksums={})
    return tmp_path / "stage"


def _rewrite(folder: Path, **fields: object) -> None:
    manifest = read_manifest(folder)
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest) | fields))


def test_a_sound_generation_is_sealed_and_opens(stage: Path) -> None:
    audit(stage)
    sealed = set(read_manifest(stage).checksums)
    assert sealed == {
        path.relative_to(stage).as_posix()
        for path in stage.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    Index(stage).close()


@pytest.mark.parametrize("field", ["reports", "passages", "sentences"])
def test_a_count_that_differs_is_found(stage: Path, field: str) -> None:
    _rewrite(stage, **{field: getattr(read_manifest(stage), field) + 1})
    with pytest.raises(IndexUnusable, match="expected"):
        audit(stage)
    assert not read_manifest(stage).checksums


def test_vectors_that_are_not_those_of_the_store_are_found(stage: Path) -> None:
    vectors = np.load(stage / "passages.npy")
    np.save(stage / "passages.npy", vectors[::-1])
    with pytest.raises(IndexUnusable, match="does not find itself"):
        audit(stage)


def test_a_passage_that_is_not_at_its_offsets_is_found(stage: Path) -> None:
    import sqlite3

    passage = read_records(stage).passages[0]
    database = sqlite3.connect(stage / "records.db")
    moved = json.dumps(asdict(replace(passage, start=passage.start + 1)))
    with database:
        database.execute("UPDATE passages SET passage = ? WHERE row = 0", (moved,))
    database.close()
    with pytest.raises(IndexUnusable, match="not at"):
        audit(stage)


def test_a_store_that_is_destroyed_takes_down_only_the_child(stage: Path, damage: Callable[[Path], None]) -> None:
    for path in (stage / "chroma").rglob("*"):
        if path.is_file() and path.stat().st_size:
            damage(path)
    with pytest.raises(IndexUnusable, match=r"could not be completed \(audit\).*unharmed"):
        in_child(["audit"], stage, 120)
