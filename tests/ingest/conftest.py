"""A folder of reports, and one finished index to read or copy."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import build_index
from tests.ingest.words import REPORTS, WordEmbedder, write


@pytest.fixture
def words() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "reports", REPORTS)


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("built")
    write(place / "reports", REPORTS)
    build_index(place / "reports", data=place / "data", embedder=WordEmbedder())
    return place / "reports", place / "data"


@pytest.fixture
def built(_built: tuple[Path, Path], tmp_path: Path) -> Path:
    """A data folder of the test's own that holds a finished index of REPORTS; its folder is `built_folder`."""
    shutil.copytree(_built[1], tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def built_folder(_built: tuple[Path, Path]) -> Path:
    """The folder `built` was made of; not to be changed."""
    return _built[0]


@pytest.fixture
def generation(built: Path) -> Path:
    """The folder of the published generation of `built`."""
    return built / "generations" / (built / "current").read_text().strip()


@pytest.fixture
def damage() -> Callable[[Path], None]:
    """Cut a file in half and overwrite the rest, keeping nothing but its name."""

    def spoil(path: Path) -> None:
        content = path.read_bytes()
        path.write_bytes(bytes(255 - byte for byte in content[: max(1, len(content) // 2)]))

    return spoil
