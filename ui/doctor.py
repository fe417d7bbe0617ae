"""Whether this computer can run the assistant: one check a line, each with its cure."""

import importlib.metadata
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus import RapporteurError

MIN_FREE_BYTES = 1_000_000_000
_PACKAGES = ("chromadb", "gradio", "llama-index-core", "sentence-transformers", "torch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One finding; `cure` says what to do when it is not ok."""

    name: str
    is_ok: bool
    finding: str
    cure: str = ""


def examine(data: Path, model: str = "") -> Iterator[Check]:
    """Yield the checks in order; each is carried out when it is asked for. Nothing is changed or downloaded."""
    yield _python()
    yield from (_package(name) for name in _PACKAGES)
    yield _model(model)
    yield _data_folder(data)
    yield _free_disk(data)
    yield _index(data, model)


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    is_ok = (3, 11) <= sys.version_info[:2] < (3, 13)
    return Check(
        name="Python", is_ok=is_ok, finding=version, cure="Install Python 3.11 or 3.12 and run `make install`."
    )


def _package(name: str) -> Check:
    try:
        return Check(name=name, is_ok=True, finding=importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Check(name=name, is_ok=False, finding="not installed", cure="Run `make install`.")


def _model(model: str) -> Check:
    from ingest import model_fingerprint, model_label

    try:
        return Check(name="model", is_ok=True, finding=f"{model_label(model)}, {model_fingerprint(model)}")
    except RapporteurError as error:
        return Check(name="model", is_ok=False, finding="not found", cure=str(error))


def _existing(folder: Path) -> Path:
    """Return `folder`, or the nearest folder above it that exists."""
    absolute = folder.absolute()
    return next(path for path in (absolute, *absolute.parents) if path.exists())


def _data_folder(data: Path) -> Check:
    place = _existing(data)
    is_ok = place.is_dir() and os.access(place, os.W_OK | os.X_OK)
    finding = f"{data} {'is writable' if is_ok else 'cannot be written'}"
    return Check(name="data folder", is_ok=is_ok, finding=finding, cure="Give another folder with --data.")


def _free_disk(data: Path) -> Check:
    free = shutil.disk_usage(_existing(data)).free
    return Check(
        name="free disk",
        is_ok=free >= MIN_FREE_BYTES,
        finding=f"{free / 1e9:.1f} GB",
        cure="Free at least 1 GB, or give a folder on another disk with --data.",
    )


def _index(data: Path, model: str) -> Check:
    from assistant import AssistantConfig, open_assistant

    try:
        assistant = open_assistant(AssistantConfig(data=data, model=model))
    except RapporteurError as error:
        return Check(name="index", is_ok=False, finding="not usable", cure=str(error))
    try:
        index = assistant.index
        age = datetime.now(UTC) - datetime.fromisoformat(index.built_at)
        days = "today" if age.days < 1 else f"{age.days} days ago"
        return Check(name="index", is_ok=True, finding=f"{index.reports} reports, built {days} with {index.model}")
    finally:
        assistant.close()
