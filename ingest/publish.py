"""Build a new generation of the index aside, have it audited, and publish it in one step.

The published generation is never touched: a crash, a full disk or a hostile file leaves it serving. The order is
read, split, embed, write aside, fill (a child process), audit (another), flush to disk, replace the pointer.
"""

import shutil
import threading
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import IndexBusy, Report, UsageError
from ingest.alignment import open_alignment
from ingest.changes import is_same, is_sound, news_of, published_manifest, receipt_of
from ingest.config import IngestConfig
from ingest.corrections import by_file, read_corrections
from ingest.derive import embed_and_find, embedded_text, split
from ingest.embed import EMBEDDED, Embedder, model_label
from ingest.fact_corrections import SaidByPath, digest_of, is_by_keeper, read_said, resting
from ingest.gather import Corrections, Gathered, gather
from ingest.generation import FORMAT, Manifest, read_records, write_generation
from ingest.guard import in_child, only_builder, writing_to
from ingest.history import CHILD_SECONDS, CHILD_SECONDS_PER_PASSAGE, keep_latest, outnumbered, write_receipt
from ingest.ledger.extract import Proposes, rules
from ingest.ledger.terms import Asks
from ingest.library import Library
from ingest.office import read_office
from ingest.passage import Split
from ingest.pointer import STAGE_PREFIX, current_generation, publish, remove_stages
from ingest.receipt import Receipt
from ingest.run import Model, Progress, Run
from ingest.twins import translations, twins


def build_index(
    folder: Path,
    *,
    data: Path,
    config: IngestConfig | None = None,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
    propose: Proposes | None = None,
    ask: Asks | None = None,
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
        ask: Asks about the terms of agreements; None to leave them out.

    Raises:
        UsageError: The folder does not exist, or holds no readable report; the index stays as it is.
        IndexBusy: Another process is building.
        IndexUnusable: The new generation could not be written or failed its audit; the old one stays.
        ModelUnavailable: Something must be embedded and the model cannot be loaded.
    """
    settings = config or IngestConfig()
    model, tell = Model(settings.model, embedder), progress or _silent
    return _build_with(
        partial(Run, folder=folder, data=data, config=settings, model=model, tell=tell, propose=propose, ask=ask)
    )


def watch(
    folder: Path,
    *,
    data: Path,
    config: IngestConfig | None = None,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
    stop: threading.Event | None = None,
    propose: Proposes | None = None,
    ask: Asks | None = None,
) -> Iterator[Receipt]:
    """Index now and after every change in the folder; a receipt each time. The model is loaded once.

    Changes made while a build runs lead to another one. A build that finds another process building is tried again
    at the next look.

    Args:
        folder: As in `build_index`, like `data`, `config`, `progress`, `embedder`, `propose` and `ask`; every error
            but `IndexBusy` ends the watch.
        stop: Ends the watch when it is set; None to go on for ever.
    """
    from watchfiles import watch as looks

    settings = config or IngestConfig()
    model, tell = Model(settings.model, embedder), progress or _silent
    made = partial(Run, folder=folder, data=data, config=settings, model=model, tell=tell, propose=propose, ask=ask)
    own = data.absolute()
    is_due = True
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder. Name the folder that holds the reports.")
    # The first look comes back empty once the watch stands, so that nothing is missed during the first build.
    for changes in looks(folder, rust_timeout=500, yield_on_timeout=True, debounce=1500, stop_event=stop):
        is_due = is_due or any(not Path(path).absolute().is_relative_to(own) for _, path in changes)
        if is_due:
            try:
                receipt = _build_with(made)
            except IndexBusy:
                continue
            is_due = False
            yield receipt


def _silent(step: str, done: int, total: int) -> None:
    """Progress told to nobody."""


def _build_with(made: "partial[Run]") -> Receipt:
    """One run, made with the library of its data folder."""
    began, folder, data = time.perf_counter(), made.keywords["folder"], made.keywords["data"]
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder. Name the folder that holds the reports.")
    with writing_to(data):
        data.mkdir(parents=True, exist_ok=True)
        lock = only_builder(data, made.keywords["config"].lock_seconds)
        with lock, closing(Library(data / "library.db")) as library:
            return _build(made(library=library), began)


def _build(run: Run, began: float) -> Receipt:
    data, label = run.data, run.model.label
    before = published_manifest(data)
    remove_stages(data)
    in_use = before.files if before and before.folder == str(run.folder.absolute()) else {}
    corrections, office, said = by_file(read_corrections(data)), read_office(data), read_said(data)
    gathered = gather(run, last_good=partial(_last_good, run, in_use), corrections=corrections, published=in_use)
    if not gathered.reports:
        reasons = "; ".join(f"{failure.path}: {failure.reason}" for failure in gathered.failed[:3])
        raise UsageError(f"{run.folder}: no readable report in this folder. {reasons or 'Put reports there.'}")
    in_folder = {report.path: report.sha256 for report in gathered.reports}
    manifest = _manifest(
        run,
        gathered,
        rules=rules(run.recipe, office, run.propose, run.ask),
        files=in_folder,
        corrected=_digests(in_folder, corrections, said),
    )
    if before and is_same(before, manifest) and is_sound(data):
        return receipt_of(before, before, gathered, {}, embedded=0, began=began)
    splits, same = split(run, gathered.reports), twins(gathered.reports)
    embedded, facts = embed_and_find(
        run, gathered.reports, splits, manifest.rules, office=office, said=said, passed_over=same
    )
    texts = [embedded_text(passage) for passage, _ in splits]
    vectors = open_alignment(label).of_passages(
        [passage.text for passage, _ in splits], run.library.vectors(label, texts)
    )
    if label == model_label(EMBEDDED):
        translated = translations(gathered.reports, _by_report(splits, vectors))
        same |= translated
        facts = [one for one in facts if one.citation.file not in translated or is_by_keeper(one)]
    if not splits:  # reports of nothing but headings: even so the vectors must have a width
        vectors = np.zeros((0, run.model.opened().dimension), dtype=np.float32)
    manifest = replace(
        manifest,
        dimension=vectors.shape[1],
        passages=len(splits),
        sentences=sum(len(sentences) for _, sentences in splits),
        facts=len(facts),
    )
    receipt = receipt_of(before, manifest, gathered, same, embedded=embedded, began=began)
    receipt = replace(
        receipt,
        resting=tuple(one.fact.citation.quote for one in resting(gathered.reports, said)),
        forgotten=outnumbered(data, run.config.keep_generations),
        news=news_of(data, before, manifest, facts, receipt),
    )
    with _staged(run, manifest) as stage:
        write_generation(stage, manifest, gathered.reports, splits, facts, vectors)
        seconds = CHILD_SECONDS + CHILD_SECONDS_PER_PASSAGE * len(splits)
        run.tell("build", 0, 2)
        in_child(["fill", "audit"], stage, 2 * seconds)
        run.tell("audit", 1, 2)
        receipt = replace(receipt, seconds=time.perf_counter() - began)
        write_receipt(stage, receipt)
        publish(data, stage, manifest.generation)
        run.tell("audit", 2, 2)
    run.library.prune(gathered.reports, manifest.recipe, manifest.rules, label, texts)
    keep_latest(data, run.config.keep_generations)
    return receipt


def _by_report(splits: Sequence[Split], vectors: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
    rows: dict[str, list[int]] = {}
    for row, (passage, _) in enumerate(splits):
        rows.setdefault(passage.report_id, []).append(row)
    return {report: vectors[own] for report, own in rows.items()}


@contextmanager
def _staged(run: Run, manifest: Manifest) -> Iterator[Path]:
    """A folder to write a generation aside in; nothing of it stays when that fails."""
    stage = run.data / "generations" / f"{STAGE_PREFIX}{manifest.generation}"
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _last_good(run: Run, in_use: Mapping[str, str], path: str) -> Report | None:
    """The report of a path as it is published; from the index itself where the library forgot it (a roll back)."""
    if path not in in_use:
        return None
    kept = run.library.report(path, in_use[path], as_now_read=False)
    if kept is not None or not is_sound(run.data):
        return kept
    return next((report for report in read_records(current_generation(run.data)).reports if report.path == path), None)


def _digests(in_folder: Mapping[str, str], corrections: Corrections, said: SaidByPath) -> dict[str, str]:
    """What keepers said of each report they spoke of, as digests by its path."""
    found = {path: one.digest for (path, sha256), one in corrections.items() if in_folder.get(path) == sha256}
    facts = {path: digest_of(own) for path, own in said.items() if path in in_folder}
    return {path: found.get(path, "") + facts.get(path, "") for path in sorted({*found, *facts})}


def _manifest(
    run: Run, gathered: Gathered, *, rules: str, files: dict[str, str], corrected: dict[str, str]
) -> Manifest:
    """The manifest of the generation to be, without what only splitting and embedding tell."""
    now = datetime.now(UTC)
    return Manifest(
        format=FORMAT,
        generation=f"{now:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}",
        model=run.model.label,
        dimension=0,
        max_tokens=run.config.max_tokens,
        recipe=run.recipe,
        rules=rules,
        folder=str(run.folder.absolute()),
        built_at=now.isoformat(timespec="seconds"),
        reports=len(gathered.reports),
        passages=0,
        sentences=0,
        files=files,
        corrected=corrected,
        failed={failure.path: failure.reason for failure in gathered.failed},
        checksums={},
    )
