"""What is slow to make and only read: the embedded model, and an index of the sample reports. Once a session."""

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from ingest import Embedder, build_index, open_embedder

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The embedded model."""
    return open_embedder()


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name` that the first process of a run to ask for it has made, and all others read."""
    # A worker's folder lies in that of the whole run; without workers it is that of the run itself.
    own = tmp_path_factory.getbasetemp()
    home = own.parent if own.name.startswith("popen-") else own
    with FileLock(home / f"{name}.lock"):
        if not (home / name).exists():
            make(home / f"{name}.part")
            (home / f"{name}.part").rename(home / name)
    return home / name


@pytest.fixture(scope="session")
def sample_index_data(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A data folder with an index of `corpus/reports`; not to be written to."""
    reports = ROOT / "corpus" / "reports"
    return made_once(tmp_path_factory, "sample", lambda data: build_index(reports, data=data, embedder=embedder))
