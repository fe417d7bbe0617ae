"""Build a new generation of the index aside, have it audited, and publish it in one step.

The published generation is never touched: a crash, a full disk or a hostile file leaves it serving. The order is
read, embed, write aside, fill (a child process), audit (another), flush to disk, replace the pointer.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from corpus import IndexBusy, IndexMissing, IndexUnusable, ReadFailure, Report, UsageError, find_files, read_reports
from ingest.config import IngestConfig
from ingest.embed import Embedder, model_label, open_embedder
from ingest.index import FORMAT, Manifest, current_generation, read_manifest, write_records
from ingest.library import Library
from ingest.passage import Passage, Sentence
from ingest.receipt import Receipt
from ingest.split import passages_of, sentences_of

Progress = Callable[[str, int, int], None]
"""Told of each step: its name (``read``, ``split``, ``embed``, ``build``, ``audit``), steps done, steps in all."""

Split = tuple[Passage, tuple[Sentence, ...]]


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What one look at the folder found."""

    reports: list[Report] = field(default_factory=list)
    failed: list[ReadFailure] = field(default_factory=list)


def build_index(
    folder: Path,
    *,
    data: Path,
    config: IngestConfig | None = None,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
) -> Receipt:
    """Bring the index in `data` in line with the reports in `folder`, and publish it.

    Only files whose bytes changed are read, only texts without a vector are embedded; when nothing changed nothing
    is built. A file that can no longer be read keeps its last good version in the index.

    Args:
        folder: Where the reports lie; searched at any depth.
        data: Where everything written lives.
        config: Settings; None for the defaults.
        progress: Told of each step.
        embedder: The model, already opened; None to open the configured one when it is needed.

    Raises:
        UsageError: The folder does not exist, or holds no readable report; the index stays as it is.
        IndexBusy: Another process is building.
        IndexUnusable: The new generation failed its audit; the old one stays.
        ModelUnavailable: Something must be embedded and the model cannot be loaded.
    """
    settings = config or IngestConfig()
    tell = progress or (lambda step, done, total: None)
    began = time.perf_counter()
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder. Name the folder that holds the reports.")
    data.mkdir(parents=True, exist_ok=True)
    with _only_builder(data, settings.lock_seconds):
        library = Library(data / "library.db")
        try:
            return _build(folder, data, settings, tell, embedder, library, began)
        finally:
            library.close()


def _build(
    folder: Path,
    data: Path,
    settings: IngestConfig,
    tell: Progress,
    embedder: Embedder | None,
    library: Library,
    began: float,
) -> Receipt:
    before = _published(data)
    _remove_leftovers(data, before)
    reading = _read(folder, library, settings, tell)
    if not reading.reports:
        reasons = "; ".join(f"{failure.path}: {failure.reason}" for failure in reading.failed[:3])
        raise UsageError(f"{folder}: no readable report in this folder. {reasons or 'Put reports there.'}".strip())
    model = embedder.name if embedder else model_label(settings.model)
    new_files = {report.path: report.sha256 for report in reading.reports}
    new_failed = {failure.path: failure.reason for failure in reading.failed}
    changes = _changes(before.files if before else {}, new_files)
    if before and _same(before, model, settings, new_files, new_failed, folder):
        return Receipt(
            generation=before.generation,
            unchanged=before.reports,
            failed=tuple(reading.failed),
            reports=before.reports,
            passages=before.passages,
            seconds=time.perf_counter() - began,
        )
    opened = embedder or open_embedder(settings.model)
    splits = _split(reading.reports, opened, settings, tell)
    passage_texts = [embedded_text(passage) for passage, _ in splits]
    sentence_texts = [sentence.text for _, sentences in splits for sentence in sentences]
    embedded = library.embed(opened, [*passage_texts, *sentence_texts], lambda done, total: tell("embed", done, total))
    generation = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}"
    stage = data / "generations" / f"building-{generation}"
    manifest = Manifest(
        format=FORMAT,
        generation=generation,
        model=model,
        dimension=opened.dimension,
        max_tokens=settings.max_tokens,
        folder=str(folder.absolute()),
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        reports=len(reading.reports),
        passages=len(splits),
        sentences=len(sentence_texts),
        files=new_files,
        failed=new_failed,
        checksums={},
    )
    try:
        write_records(
            stage,
            manifest,
            reading.reports,
            splits,
            library.vectors(opened.name, passage_texts),
            library.vectors(opened.name, sentence_texts),
        )
        for number, (step, action) in enumerate((("build", "fill"), ("audit", "audit"))):
            tell(step, number, 2)
            _in_child(action, stage)
        _publish(data, stage, generation)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    library.prune(new_files, model, [*passage_texts, *sentence_texts])
    _remove_leftovers(data, before, keep=generation)
    tell("audit", 2, 2)
    return Receipt(
        generation=generation,
        added=changes[0],
        changed=changes[1],
        removed=changes[2],
        unchanged=len(new_files) - len(changes[0]) - len(changes[1]),
        failed=tuple(reading.failed),
        reports=len(reading.reports),
        passages=len(splits),
        embedded=embedded,
        seconds=time.perf_counter() - began,
    )


def embedded_text(passage: Passage) -> str:
    """What of a passage is embedded: its heading, then its text."""
    return f"{passage.heading}\n{passage.text}"


def watch(
    folder: Path, *, data: Path, config: IngestConfig | None = None, progress: Progress | None = None
) -> Iterator[Receipt]:
    """Index now and after every change in the folder, until the caller stops; a receipt each time."""
    from watchfiles import watch as changes_in

    yield build_index(folder, data=data, config=config, progress=progress)
    for _ in changes_in(folder, debounce=1500):
        yield build_index(folder, data=data, config=config, progress=progress)


def _read(folder: Path, library: Library, settings: IngestConfig, tell: Progress) -> _Reading:
    """Every report of the folder, read anew only where its bytes changed."""
    files = find_files(folder)
    reading = _Reading()
    changed: list[Path] = []
    for path in files:
        known = library.report(path.as_posix(), _hash_or_none(folder / path) or "")
        if known:
            reading.reports.append(known)
        else:
            changed.append(path)
    for number, (path, result) in enumerate(
        zip(changed, read_reports(folder, changed, limits=settings.limits), strict=True)
    ):
        tell("read", number + 1, len(changed))
        if isinstance(result, Report):
            library.keep(result)
            reading.reports.append(result)
            continue
        last_good = library.report(path.as_posix())
        if last_good:
            reading.reports.append(last_good)
            result = ReadFailure(path=result.path, reason=f"{result.reason} Its last readable version stays in use.")
        reading.failed.append(result)
    reading.reports.sort(key=lambda report: report.path)
    return reading


def _split(reports: Sequence[Report], embedder: Embedder, settings: IngestConfig, tell: Progress) -> list[Split]:
    """Passages with their sentences, in row order."""
    splits: list[Split] = []
    for number, report in enumerate(reports):
        tell("split", number + 1, len(reports))
        sentences = sentences_of(report)
        for passage in passages_of(report, max_tokens=settings.max_tokens, count_tokens=embedder.count_tokens):
            inside = tuple(one for one in sentences if passage.start <= one.start and one.end <= passage.end)
            splits.append((passage, inside))
    return splits


def _changes(before: dict[str, str], now: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Paths added, changed and removed, each sorted."""
    added = sorted(path for path in now if path not in before)
    changed = sorted(path for path in now if path in before and before[path] != now[path])
    return tuple(added), tuple(changed), tuple(sorted(path for path in before if path not in now))


def _same(
    before: Manifest,
    model: str,
    settings: IngestConfig,
    files: dict[str, str],
    failed: dict[str, str],
    folder: Path,
) -> bool:
    return (before.format, before.model, before.max_tokens, before.files, before.failed, before.folder) == (
        FORMAT, model, settings.max_tokens, files, failed, str(folder.absolute()),
    )  # fmt: skip


def _published(data: Path) -> Manifest | None:
    """The manifest of the published generation, or None where there is none that can be read."""
    try:
        return read_manifest(current_generation(data))
    except (IndexMissing, IndexUnusable):
        return None


def _in_child(step: str, stage: Path) -> None:
    """Run `fill` or `audit` in a process of its own, so that native code can take down nothing but itself."""
    result = subprocess.run(
        [sys.executable, "-m", "ingest", step, str(stage)], capture_output=True, text=True, check=False
    )
    if result.returncode:
        said = result.stderr.strip().splitlines()[-1:] or [f"it ended with status {result.returncode}"]
        raise IndexUnusable(f"The new index could not be completed ({step}): {said[0]} The index in use is unharmed.")


def _publish(data: Path, stage: Path, generation: str) -> None:
    """Flush a complete generation to disk and point to it."""
    for path in (*sorted(stage.rglob("*")), stage):
        _flush(path)
    target = data / "generations" / generation
    stage.replace(target)
    _flush(target.parent)
    pointer = data / "current.new"
    pointer.write_text(generation + "\n", encoding="utf-8")
    _flush(pointer)
    pointer.replace(data / "current")
    _flush(data)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_leftovers(data: Path, before: Manifest | None, keep: str = "") -> None:
    """Remove what killed runs left and all generations but the published one and the one before it.

    Readers hold their files open or copied, so a removal cannot harm them.
    """
    kept = {keep, before.generation if before else ""}
    for folder in (data / "generations").glob("*"):
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _hash_or_none(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


@contextmanager
def _only_builder(data: Path, seconds: float) -> Iterator[None]:
    """Hold the lock of the data folder.

    Raises:
        IndexBusy: Another process holds it for longer than `seconds`; names it.
    """
    owner = data / "building.pid"
    try:
        with FileLock(data / "building.lock", timeout=seconds):
            owner.write_text(str(os.getpid()), encoding="utf-8")
            yield
            owner.unlink(missing_ok=True)
    except Timeout as error:
        holder = owner.read_text(encoding="utf-8") if owner.exists() else "unknown"
        raise IndexBusy(
            f"{data}: process {holder} is building this index. Wait for it, or end it, and run again."
        ) from error
