"""What is slow to make and only read: the embedded model, and an index of the sample reports. Once a session."""

from pathlib import Path

import pytest

from ingest import Embedder, build_index, open_embedder

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The embedded model."""
    return open_embedder()


@pytest.fixture(scope="session")
def sample_index_data(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A data folder with an index of `corpus/reports`; not to be written to."""
    data = tmp_path_factory.mktemp("sample")
    build_index(ROOT / "corpus" / "reports", data=data, embedder=embedder)
    return data
