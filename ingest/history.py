"""The generations that are kept: list them, publish an earlier one again, forget all but the published one."""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from corpus import IndexMissing, IndexStale, IndexUnusable, UsageError
from corpus.citation import Citation
from ingest.corrections import forget_corrections
from ingest.fact_corrections import forget_said
from ingest.generation import FORMAT, Manifest, check_files, read_manifest, stale_format
from ingest.guard import in_child, only_builder, writing_to
from ingest.ledger.compared import News
from ingest.library import Library
from ingest.pointer import STAGE_PREFIX, current_generation, point_to, remove_others
from ingest.receipt import Receipt
from ingest.replace import REPLACED

RECEIPT = "receipt.json"
"""Written into a generation once it is sealed, so that it is no part of what the audit vouches for."""
INBOX = "inbox"
"""Folder in the data folder where uploaded files wait until a keeper adds them to the records."""
CHILD_SECONDS = 120.0
CHILD_SECONDS_PER_PASSAGE = 0.1
"""Bounds on one child, some fifty times what it needs: a hung store must not hold the lock for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastGeneration:
    """A kept generation of the index.

    Attributes:
        generation: Its name, by which it is rolled back to.
        built_at: ISO 8601, UTC.
        reports: Number of its reports; `passages` and `facts` likewise.
        model: The embedding model that made it.
        folder: Absolute path of the folder that was indexed.
        is_published: Whether it is the one that answers.
        is_readable: Whether this program reads its format; another one cannot be rolled back to.
        receipt: What the run that built it did, in the public form (DESIGN §7); None where that was not kept.
        news: What its records said and those before did not, each with its citation in this generation.
    """

    generation: str
    built_at: str
    reports: int
    passages: int
    facts: int
    model: str
    folder: str
    is_published: bool
    is_readable: bool
    receipt: Mapping[str, Any] | None
    news: tuple[News, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The generation as JSON can hold it; its news stands in the receipt."""
        return {name: value for name, value in asdict(self).items() if name != "news"}


def generations(data: Path) -> tuple[PastGeneration, ...]:
    """The kept generations, the newest first; empty before the first build. One whose manifest is lost is left out."""
    published = _published(data)
    return tuple(_told(data, manifest, is_published=manifest.generation == published) for manifest in _manifests(data))


def roll_back(data: Path, generation: str, *, lock_seconds: float = 10.0) -> PastGeneration:
    """Publish a kept generation again, after the audit a new one has to pass; readers notice as after any build.

    It serves by itself, whatever the library has forgotten since. The next `build_index` reads the folder again and
    publishes what stands there then. Rolling back to the published one proves it sound and changes nothing else.

    Args:
        data: The data folder.
        generation: A name that `generations` gives.
        lock_seconds: How long to wait for another process that is building.

    Raises:
        IndexMissing: Nothing has been indexed here yet.
        UsageError: No such generation is kept; names those that are.
        IndexStale: It is of another format.
        IndexUnusable: It is damaged or failed its audit; the index in use stays.
        IndexBusy: Another process is building.
    """
    if not (data / "generations").is_dir():
        raise IndexMissing(f"{data}: nothing has been indexed here yet. Run: rapporteur index FOLDER")
    with writing_to(data), only_builder(data, lock_seconds):
        folder = _kept(data, generation)
        try:
            manifest = read_manifest(folder)
            if manifest.format != FORMAT:
                raise stale_format(folder, manifest.format, manifest.folder)
            check_files(folder, manifest.checksums)
            in_child(["recheck"], folder, CHILD_SECONDS + CHILD_SECONDS_PER_PASSAGE * manifest.passages)
        except IndexUnusable as error:
            raise IndexUnusable(
                f"{generation}: this index cannot be published again, the one in use stays. What is wrong: {error}"
            ) from error
        point_to(data, generation)
    return next(one for one in generations(data) if one.generation == generation)


def forget_generations(
    data: Path, names: Sequence[str] | None = None, *, lock_seconds: float = 10.0
) -> tuple[str, ...]:
    """Remove generations, and once only the published one is left, what else still holds the text of others.

    That are the library, the corrections, and the files that left the folder.

    To erase a report for good: remove its file, build the index again, then call this. Until then older generations
    still hold its text.

    Args:
        data: The data folder.
        names: The generations to remove; None for all but the published one.
        lock_seconds: How long to wait for another process that is building.

    Returns:
        The names of the generations that were removed, sorted.

    Raises:
        IndexMissing: Nothing has been indexed here yet.
        UsageError: One of the names is the published one, or none that is kept; nothing was removed.
        IndexUnusable: Something could not be removed; names it.
        IndexBusy: Another process is building.
    """
    current_generation(data)
    with writing_to(data), only_builder(data, lock_seconds):
        published = current_generation(data).name
        before = {folder.name for folder in (data / "generations").iterdir()}
        gone = before - {published} if names is None else set(names)
        if not gone <= before - {published}:
            raise UsageError("The indexes kept have changed since they were shown. Look again. Nothing was removed.")
        remove_others(data, before - gone)
        left = {folder.name for folder in (data / "generations").iterdir()} & gone
        if left:
            raise IndexUnusable(
                f"{data / 'generations'}: {', '.join(sorted(left))} could not be removed. Check the permissions there, "
                "and forget again."
            )
        if before - gone == {published}:
            _forget_the_rest(data, published)
    return tuple(sorted(gone))


def _forget_the_rest(data: Path, published: str) -> None:
    """Remove what library, corrections and set-aside files still hold of reports that the published one has not."""
    shutil.rmtree(data / REPLACED, ignore_errors=True)
    kept = read_manifest(data / "generations" / published).files | _waiting(data)
    forget_corrections(data, kept)
    forget_said(data, tuple(kept))
    if (data / "library.db").exists():
        with closing(Library(data / "library.db")) as library:
            library.compact()


def keep_latest(data: Path, count: int) -> None:
    """Remove all generations but the published one and the newest others, `count` together; only for the builder."""
    published = _published(data)
    others = [manifest.generation for manifest in _manifests(data) if manifest.generation != published]
    remove_others(data, {published, *others[: count - 1]})


def outnumbered(data: Path, count: int) -> tuple[str, ...]:
    """When each generation was built that `keep_latest` removes once another one is published, newest first."""
    return tuple(manifest.built_at for manifest in _manifests(data))[count - 1 :]


def write_receipt(folder: Path, receipt: Receipt) -> None:
    """Put the receipt of the run, its news with their citations, beside the records of a generation to be published."""
    kept = {"receipt": receipt.to_dict(), "news": [asdict(one) for one in receipt.news]}
    (folder / RECEIPT).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def _told(data: Path, manifest: Manifest, *, is_published: bool) -> PastGeneration:
    receipt, news = _read_receipt(data / "generations" / manifest.generation)
    return PastGeneration(
        generation=manifest.generation,
        built_at=manifest.built_at,
        reports=manifest.reports,
        passages=manifest.passages,
        facts=manifest.facts,
        model=manifest.model,
        folder=manifest.folder,
        is_published=is_published,
        is_readable=manifest.format == FORMAT,
        receipt=receipt,
        news=news,
    )


def _read_receipt(folder: Path) -> tuple[Mapping[str, Any] | None, tuple[News, ...]]:
    """Receipt and news as kept; none where they were not, or not in this way."""
    try:
        found = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
        news = tuple(News(**(one | {"citation": Citation(**one["citation"])})) for one in found["news"])
        return dict(found["receipt"]), news
    except (OSError, ValueError, TypeError, KeyError):
        return None, ()


def _published(data: Path) -> str:
    try:
        return current_generation(data).name
    except (IndexMissing, IndexUnusable):
        return ""


def _waiting(data: Path) -> dict[str, str]:
    """SHA-256 by path of uploaded files that wait in the data folder."""
    inbox = data / INBOX
    paths = [path for path in inbox.rglob("*") if path.is_file()] if inbox.is_dir() else []
    return {path.relative_to(inbox).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _manifests(data: Path) -> list[Manifest]:
    """The manifests that can be read, the newest first; of two built in one second the one sealed last."""
    found = []
    for folder in (data / "generations").glob("*"):
        if folder.name.startswith(STAGE_PREFIX):
            continue
        try:
            manifest = read_manifest(folder)
            sealed = (folder / "manifest.json").stat().st_mtime_ns
        except (IndexUnusable, IndexStale, OSError):
            continue
        if manifest.generation == folder.name:
            found.append((manifest.built_at, sealed, manifest))
    return [manifest for _, _, manifest in sorted(found, key=lambda one: one[:2], reverse=True)]


def _kept(data: Path, generation: str) -> Path:
    """The folder of a generation; a name is looked up among those there are, so that it cannot lead elsewhere."""
    for folder in (data / "generations").iterdir():
        if folder.name == generation and not generation.startswith(STAGE_PREFIX) and folder.is_dir():
            return folder
    names = ", ".join(one.generation for one in generations(data)) or "none"
    raise UsageError(f"“{generation}” is no index that is kept. Kept are: {names}. See: rapporteur generations")
