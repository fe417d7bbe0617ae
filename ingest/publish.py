"""Build a new generation of the index aside, have it audited, and publish it in one step.

The published generation is never touched: a crash, a full disk or a hostile file leaves it serving. The order is
read, split, embed, write aside, fill (a child process), audit (another), flush to disk, replace the pointer.
"""

import shutil
import threading
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from corpus import IndexBusy, Report, UsageError
from ingest.alignment import open_alignment
from ingest.changes import is_same, is_sound, news_of, published_manifest, receipt_of
from ingest.config import IngestConfig
from ingest.corrections import by_file, read_corrections
from ingest.embed import RECENT, Embedder
from ingest.fact_corrections import SaidByPath, digest_of, read_said, resting
from ingest.gather import Corrections, Gathered, Model, Progress, facts_of, gather, split
from ingest.generation import (
    FORMAT,
    STAGE_PREFIX,
    Manifest,
    Split,
    Vectors,
    current_generation,
    publish,
    read_records,
    remove_stages,
    write_generation,
)
from ingest.guard import in_child, only_builder, writing_to
from ingest.history import CHILD_SECONDS, CHILD_SECONDS_PER_PASSAGE, keep_latest, write_receipt
from ingest.ledger.extract import Proposes, rules
from ingest.ledger.fact import Fact
from ingest.library import Library, recipe_of
from ingest.office import read_office
from ingest.passage import Passage
from ingest.receipt import Receipt
from ingest.twins import twins


def build_index(
    folder: Path,
    *,
    data: Path,
    config: IngestConfig | None = None,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
    propose: Proposes | None = None,
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
        propose: Proposes facts beside the tagger; None for the tagger alone.

    Raises:
        UsageError: The folder does not exist, or holds no readable report; the index stays as it is.
        IndexBusy: Another process is building.
        IndexUnusable: The new generation could not be written or failed its audit; the old one stays.
        ModelUnavailable: Something must be embedded and the model cannot be loaded.
    """
    settings = config or IngestConfig()
    return _build_with(Model(settings.model, embedder), folder, data, settings, progress or _silent, propose)


def watch(
    folder: Path,
    *,
    data: Path,
    config: IngestConfig | None = None,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
    stop: threading.Event | None = None,
    propose: Proposes | None = None,
) -> Iterator[Receipt]:
    """Index now and after every change in the folder; a receipt each time. The model is loaded once.

    Changes made while a build runs lead to another one. A build that finds another process building is tried again
    at the next look.

    Args:
        folder: As in `build_index`, like `data`, `config`, `progress`, `embedder` and `propose`; every error but
            `IndexBusy` ends the watch.
        stop: Ends the watch when it is set; None to go on for ever.
    """
    from watchfiles import watch as looks

    settings = config or IngestConfig()
    model = Model(settings.model, embedder)
    own = data.absolute()
    is_due = True
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder. Name the folder that holds the reports.")
    # The first look comes back empty once the watch stands, so that nothing is missed during the first build.
    for changes in looks(folder, rust_timeout=500, yield_on_timeout=True, debounce=1500, stop_event=stop):
        is_due = is_due or any(not Path(path).absolute().is_relative_to(own) for _, path in changes)
        if is_due:
            try:
                receipt = _build_with(model, folder, data, settings, progress or _silent, propose)
            except IndexBusy:
                continue
            is_due = False
            yield receipt


def _silent(step: str, done: int, total: int) -> None:
    """Progress told to nobody."""


def _build_with(
    model: Model, folder: Path, data: Path, config: IngestConfig, tell: Progress, propose: Proposes | None
) -> Receipt:
    began = time.perf_counter()
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder. Name the folder that holds the reports.")
    with writing_to(data):
        data.mkdir(parents=True, exist_ok=True)
        with only_builder(data, config.lock_seconds), closing(Library(data / "library.db")) as library:
            return _build(model, folder, data, config, tell, library, began, propose)


def _build(
    model: Model,
    folder: Path,
    data: Path,
    config: IngestConfig,
    tell: Progress,
    library: Library,
    began: float,
    propose: Proposes | None,
) -> Receipt:
    before = published_manifest(data)
    remove_stages(data)
    in_use = before.files if before and before.folder == str(folder.absolute()) else {}
    corrections, office, said = by_file(read_corrections(data)), read_office(data), read_said(data)
    last_good = partial(_last_good, data, library, in_use)
    gathered = gather(
        folder, library, config, model, tell, last_good=last_good, corrections=corrections, published=in_use
    )
    if not gathered.reports:
        reasons = "; ".join(f"{failure.path}: {failure.reason}" for failure in gathered.failed[:3])
        raise UsageError(f"{folder}: no readable report in this folder. {reasons or 'Put reports there.'}")
    in_folder = {report.path: report.sha256 for report in gathered.reports}
    wanted = replace(
        _manifest(model.label, folder, config, gathered),
        rules=rules(recipe_of(model.label, config.max_tokens), office, propose),
        corrected=_digests(in_folder, corrections, said),
    )
    if before and is_same(before, wanted) and is_sound(data):
        return receipt_of(before, before, gathered, {}, embedded=0, began=began)
    splits = split(gathered.reports, library, config, model, tell)
    passage_texts = [embedded_text(passage) for passage, _ in splits]
    same, waiting = twins(gathered.reports), len(library.missing(model.label, passage_texts))
    embedded, facts = 0, list[Fact]()
    # Facts are found right after the same passages are embedded: the lowest layers are then run once for both.
    for first, reports, own in _groups(gathered.reports, splits):
        embedded += _embed(library, model, own, partial(_onward, tell, embedded, waiting))
        once, step = (
            [one for one in reports if one.path not in same],
            partial(_onward, tell, first, len(gathered.reports)),
        )
        facts += facts_of(once, own, library, wanted.rules, model, step, propose, office=office, said=said)
    vectors = open_alignment(model.label).of_passages(
        [passage.text for passage, _ in splits], library.vectors(model.label, passage_texts)
    )
    if not splits:  # reports of nothing but headings: even so the vectors must have a width
        vectors = np.zeros((0, model.opened().dimension), dtype=np.float32)
    manifest = replace(
        wanted,
        dimension=vectors.shape[1],
        passages=len(passage_texts),
        sentences=sum(len(sentences) for _, sentences in splits),
        facts=len(facts),
    )
    receipt = receipt_of(before, manifest, gathered, same, embedded=embedded, began=began)
    receipt = replace(receipt, resting=tuple(one.fact.citation.quote for one in resting(gathered.reports, said)))
    receipt = replace(receipt, news=news_of(data, before, manifest, facts, receipt))
    receipt = _make(data, manifest, gathered, splits, facts, vectors, tell, receipt, began)
    library.prune(gathered.reports, manifest.recipe, manifest.rules, manifest.model, passage_texts)
    keep_latest(data, config.keep_generations)
    return receipt


def _groups(reports: Sequence[Report], splits: Sequence[Split]) -> Iterator[tuple[int, list[Report], list[Split]]]:
    """Neighboring reports with at least `RECENT` passages together, the last fewer: number of the first, reports, and
    their passages.
    """
    own: dict[str, list[Split]] = {}
    for one in splits:
        own.setdefault(one[0].report_id, []).append(one)
    first, rows = 0, list[Split]()
    for number, report in enumerate(reports, start=1):
        rows += own.get(report.id, ())
        if len(rows) >= RECENT or number == len(reports):
            yield first, list(reports[first:number]), rows
            first, rows = number, []


def _embed(library: Library, model: Model, splits: Sequence[Split], tell: Progress) -> int:
    """Embed what of these passages was never embedded; returns how many were."""
    texts = [embedded_text(passage) for passage, _ in splits]
    if not library.missing(model.label, texts):
        return 0
    return library.embed(model.opened(), texts, partial(tell, "embed"))


def _onward(tell: Progress, before: int, whole: int, step: str, done: int, total: int) -> None:
    """Tell progress of a part, of which some stands before in the whole."""
    tell(step, before + done, whole)


def _last_good(data: Path, library: Library, in_use: Mapping[str, str], path: str) -> Report | None:
    """The report of a path as it is published; from the index itself where the library forgot it (a roll back)."""
    if path not in in_use:
        return None
    kept = library.report(path, in_use[path], as_now_read=False)
    if kept is not None or not is_sound(data):
        return kept
    return next((report for report in read_records(current_generation(data)).reports if report.path == path), None)


def _digests(in_folder: Mapping[str, str], corrections: Corrections, said: SaidByPath) -> dict[str, str]:
    """What keepers said of each report they spoke of, as digests by its path."""
    found = {path: one.digest for (path, sha256), one in corrections.items() if in_folder.get(path) == sha256}
    facts = {path: digest_of(own) for path, own in said.items() if path in in_folder}
    return {path: found.get(path, "") + facts.get(path, "") for path in sorted({*found, *facts})}


def embedded_text(passage: Passage) -> str:
    """What of a passage is embedded: its heading, then its text."""
    return f"{passage.heading}\n{passage.text}"


def _manifest(model: str, folder: Path, config: IngestConfig, gathered: Gathered) -> Manifest:
    """The manifest of the generation to be, without what only splitting and embedding tell."""
    now = datetime.now(UTC)
    return Manifest(
        format=FORMAT,
        generation=f"{now:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}",
        model=model,
        dimension=0,
        max_tokens=config.max_tokens,
        recipe=recipe_of(model, config.max_tokens),
        folder=str(folder.absolute()),
        built_at=now.isoformat(timespec="seconds"),
        reports=len(gathered.reports),
        passages=0,
        sentences=0,
        files={report.path: report.sha256 for report in gathered.reports},
        failed={failure.path: failure.reason for failure in gathered.failed},
        checksums={},
    )


def _make(
    data: Path,
    manifest: Manifest,
    gathered: Gathered,
    splits: list[Split],
    facts: list[Fact],
    vectors: Vectors,
    tell: Progress,
    receipt: Receipt,
    began: float,
) -> Receipt:
    """Write a generation aside, have it filled and audited, and publish it with its receipt, which is returned.

    Nothing of it stays when that fails.
    """
    stage = data / "generations" / f"{STAGE_PREFIX}{manifest.generation}"
    seconds = CHILD_SECONDS + CHILD_SECONDS_PER_PASSAGE * len(splits)
    try:
        write_generation(stage, manifest, gathered.reports, splits, facts, vectors)
        tell("build", 0, 2)
        in_child("fill", stage, seconds)
        tell("audit", 1, 2)
        in_child("audit", stage, seconds)
        receipt = replace(receipt, seconds=time.perf_counter() - began)
        write_receipt(stage, receipt)
        publish(data, stage, manifest.generation)
        tell("audit", 2, 2)
        return receipt
    finally:
        shutil.rmtree(stage, ignore_errors=True)
