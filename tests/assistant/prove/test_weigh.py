"""The weights, read from a copy of the packages where their files are to be damaged or written anew."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.prove.entailed import LESS_IS_BETTER, MORE_IS_BETTER, SIGNS
from assistant.prove.weigh import Head, read_head

ROOT = Path(__file__).parents[3]
READ = "from assistant.prove.weigh import read_head; read_head()"
REFIT = """
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from assistant.prove.entailed import SIGNS
from assistant.train.proof import _write
from assistant.prove.weigh import read_head
chance = np.random.default_rng(7)
rows = chance.random((400, len(SIGNS)))
truth = rows[:, 0] + rows[:, 5] * rows[:, 9] + 0.2 * chance.random(400) > 0.9
trees = HistGradientBoostingClassifier(max_iter=30, max_depth=5, random_state=0).fit(rows, truth)
_write(trees, [0.625, 0.75], ["[0.50, 0.9, 0.1]"], 3, 4)
head = read_head()
fresh = chance.random((200, len(SIGNS))).astype(np.float32)
wanted = trees.predict_proba(fresh.astype(np.float64))[:, 1]
found = [head.probability(row) for row in fresh]
print(head.entailed, np.ptp(wanted) > 0.5, float(np.abs(wanted - found).max()))
"""


@pytest.fixture
def copied(tmp_path):
    """A copy of the packages' code and word lists, with the weights."""
    for package in ("corpus", "ingest", "assistant"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("reports", "__pycache__", "*.jsonl")
        )
    return tmp_path


def run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, timeout=60
    )


def last_line(run: subprocess.CompletedProcess[str]) -> str:
    return run.stderr.strip().splitlines()[-1]


def test_the_weights_in_the_repository_are_those_recorded():
    head = read_head()
    assert 0.5 <= head.entailed < 1
    assert head.feature.max() < len(SIGNS)
    assert head.feature.shape == head.threshold.shape == head.left.shape == head.right.shape == head.value.shape


@pytest.mark.parametrize("damage", ["bytes", "signs"])
def test_weights_other_than_those_recorded_are_refused_by_name(copied, damage):
    folder = copied / "assistant" / "prove"
    if damage == "bytes":
        content = bytearray((folder / "head.npz").read_bytes())
        content[len(content) // 2] ^= 1
        (folder / "head.npz").write_bytes(content)
    else:
        record = (folder / "head.toml").read_text(encoding="utf-8")
        (folder / "head.toml").write_text(record.replace('"mean"', '"median"', 1), encoding="utf-8")
    found = run(copied, READ)
    assert found.returncode == 1
    assert last_line(found).startswith("corpus.errors.ModelUnavailable")
    assert "head.npz" in last_line(found)
    assert "head.toml" in last_line(found)


@pytest.mark.parametrize("name", ["head.npz", "head.toml"])
def test_missing_weights_are_named_with_the_cure(copied, name):
    (copied / "assistant" / "prove" / name).unlink()
    found = run(copied, READ)
    assert last_line(found).startswith("corpus.errors.ModelUnavailable")
    assert name in last_line(found)
    assert "Restore it" in last_line(found)


def test_trees_written_by_the_fit_weigh_as_the_classifier_they_come_from(copied):
    found = run(copied, REFIT)
    assert found.returncode == 0, found.stderr
    entailed, spreads, difference = found.stdout.split()
    assert (entailed, spreads) == ("0.625", "True")
    assert float(difference) < 1e-5


def test_one_small_tree_is_walked_by_its_thresholds():
    head = Head(
        feature=np.array([[1, -1, -1]]),
        threshold=np.array([[0.5, 0.0, 0.0]]),
        left=np.array([[1, 0, 0]]),
        right=np.array([[2, 0, 0]]),
        value=np.array([[0.0, -2.0, 2.0]]),
        base=0.0,
        entailed=0.5,
        entailed_across=0.7,
    )
    signs = np.zeros(len(SIGNS), dtype=np.float32)
    assert head.probability(signs) == pytest.approx(1 / (1 + np.exp(2)))
    signs[1] = 0.5
    assert head.probability(signs) == pytest.approx(1 / (1 + np.exp(2)))  # a sign up to the threshold goes left
    signs[1] = 0.6
    assert head.probability(signs) == pytest.approx(1 / (1 + np.exp(-2)))


@pytest.mark.parametrize("name", [name for name in SIGNS if name in MORE_IS_BETTER | LESS_IS_BETTER])
def test_a_sign_counts_one_way_only(name):
    head, chance, at = read_head(), np.random.default_rng(3), SIGNS.index(name)
    for _ in range(30):
        low = chance.random(len(SIGNS)).astype(np.float32)
        high = low.copy()
        high[at] += chance.random()
        worse, better = (low, high) if name in MORE_IS_BETTER else (high, low)
        assert head.probability(worse) <= head.probability(better) + 1e-9
