"""What of a folder goes into the index: each file read, and each report split, only where it is new."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from corpus import ReadFailure, Report, read_reports
from corpus.read import CONTAINERS, FoundRecord, find_records
from ingest.config import IngestConfig
from ingest.corrections import Correction, corrected
from ingest.embed import Embedder, model_label, open_embedder
from ingest.fact_corrections import SaidByPath, as_said
from ingest.ledger.extract import Proposes, extract
from ingest.ledger.fact import Fact
from ingest.library import Library, Split, recipe_of
from ingest.split import passages_of, sentences_of
from ingest.tagger import Tags, open_tagger

Progress = Callable[[str, int, int], None]
"""Told of each step: its name (``read``, ``split``, ``facts``, ``embed``, ``build``, ``audit``), steps done, steps in
all."""

Corrections = Mapping[tuple[str, str], Correction]
"""By path and SHA-256 of the file."""


class Model:
    """The model of a run, loaded at most once, and not at all when nothing has to be counted or embedded.

    Args:
        name: The configured name; see `IngestConfig.model`.
        embedder: The model, already opened; None to open it when it is needed.
    """

    def __init__(self, name: str, embedder: Embedder | None = None) -> None:
        self.label = embedder.name if embedder else model_label(name)
        self._name = name
        self._embedder = embedder
        self._loading: Future[Embedder] | None = None
        self._tags: Tags | None = None

    def tags(self) -> Tags:
        """The tagger, on the embedder where that is the embedded model. Errors as `opened`."""
        if self._tags is None:
            self._tags = open_tagger(self._embedder or (None if self._name else self.opened()))
        return self._tags

    def prepare(self) -> None:
        """Begin to load in the background; files are meanwhile read in another process."""
        if self._embedder is None and self._loading is None:
            pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="load-model")
            self._loading = pool.submit(open_embedder, self._name)
            pool.shutdown(wait=False)

    def opened(self) -> Embedder:
        """The embedder.

        Raises:
            ModelUnavailable: It cannot be loaded.
        """
        if self._embedder is None:
            self.prepare()
            assert self._loading is not None
            loading, self._loading = self._loading, None
            self._embedder = loading.result()
        return self._embedder


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Reports by path, and the files that could not be read; a report may be the last good version of such a file."""

    reports: tuple[Report, ...]
    failed: tuple[ReadFailure, ...]


def gather(
    folder: Path,
    library: Library,
    config: IngestConfig,
    model: Model,
    tell: Progress,
    *,
    last_good: Callable[[str], Report | None],
    corrections: Corrections,
    published: Collection[str] = (),
) -> Gathered:
    """Every report of the folder, read anew only where its bytes changed.

    Args:
        folder: Where the reports lie.
        library: What was read before; what is read now is remembered there at once.
        config: Limits on reading.
        model: Begins to load as soon as a report turns up that was never split.
        tell: Told of each file read.
        last_good: The report of that path in the published index of this folder, or None; it replaces a file that
            fails.
        corrections: What keepers said of files, by path and SHA-256; what is remembered is what was read.
        published: The paths in the published index; those within a container that fails keep their last good reports.
    """
    recipe = recipe_of(model.label, config.max_tokens)

    def as_said(report: Report) -> Report:
        return corrected(report, corrections.get((report.path, report.sha256)))

    reports: list[Report] = []
    failed: list[ReadFailure] = []
    changed: list[Path] = []
    for record in find_records(folder, limits=config.limits):
        known = _known(library, folder, record)
        if known and known.notes and config.limits.ocr and not known.recognised:
            known = None  # what was not read then may be recognised now
        reports += [as_said(known)] if known else []
        changed += [] if known else [record.path]
    results = read_reports(folder, changed, limits=config.limits)
    for number, (path, result) in enumerate(zip(changed, results, strict=True)):
        tell("read", number + 1, len(changed))
        if isinstance(result, ReadFailure):
            within = [one for one in published if one.startswith(f"{path.as_posix()}/")] if _is_container(path) else []
            used = [report for one in (path.as_posix(), *within) if (report := last_good(one))]
            reports += map(as_said, used)
            kept = " Its last readable version stays in use." if used else ""
            failed.append(ReadFailure(path=result.path, reason=result.reason + kept))
            continue
        library.keep(result)
        reports.append(as_said(result))
        if library.splits(reports[-1], recipe) is None:
            model.prepare()
    return Gathered(reports=tuple(sorted(reports, key=lambda report: report.path)), failed=tuple(failed))


def split(
    reports: Sequence[Report], library: Library, config: IngestConfig, model: Model, tell: Progress
) -> list[Split]:
    """The passages of all reports with their sentences, in row order, split anew only where it was never done."""
    recipe = recipe_of(model.label, config.max_tokens)
    rows: list[Split] = []
    for number, report in enumerate(reports):
        tell("split", number + 1, len(reports))
        splits = library.splits(report, recipe)
        if splits is None:
            splits = split_anew(report, config.max_tokens, model.opened().count_tokens)
            library.keep_splits(report, recipe, splits)
        rows += splits
    return rows


def facts_of(
    reports: Sequence[Report],
    splits: Sequence[Split],
    library: Library,
    rules: str,
    model: Model,
    tell: Progress,
    propose: Proposes | None = None,
    *,
    office: Sequence[str] = (),
    said: SaidByPath,
) -> list[Fact]:
    """The facts of all reports in their order as keepers said, extracted anew only where these rules never did.

    Args:
        splits: The passages of all reports; `office` the names of who wrote them.
        said: What keepers said of facts. Others as in `gather`.
    """
    found: list[Fact] = []
    own: dict[str, list[Split]] = {}
    for one in splits:
        own.setdefault(one[0].report_id, []).append(one)
    for number, report in enumerate(reports):
        tell("facts", number + 1, len(reports))
        facts = library.facts(report, rules)
        if facts is None:
            proposed = propose(report, office[0] if office else "") if propose else ()
            facts = extract(report, own.get(report.id, ()), model.tags(), office, proposed or ())
            if proposed is not None:
                library.keep_facts(report, rules, facts)
        found += as_said(report, facts, said.get(report.path, ()))
    return found


def split_anew(report: Report, max_tokens: int, count_tokens: Callable[[str], int]) -> list[Split]:
    """The passages of a report with their sentences, in reading order."""
    sentences = list(sentences_of(report))
    splits: list[Split] = []
    at = 0
    # Both run in reading order, and a passage holds whole sentences.
    for passage in passages_of(report, max_tokens=max_tokens, count_tokens=count_tokens):
        first = at
        while at < len(sentences) and sentences[at].end <= passage.end:
            at += 1
        splits.append((passage, tuple(sentences[first:at])))
    return splits


def _is_container(path: Path) -> bool:
    return path.suffix.lower() in CONTAINERS


def _known(library: Library, folder: Path, record: FoundRecord) -> Report | None:
    path, found = record.path, record.sha256
    if not _is_storable(path):
        return None
    if found:
        return library.report(path.as_posix(), found)
    try:
        with (folder / path).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None  # reading it will say why
    return library.report(path.as_posix(), found)


def _is_storable(path: Path) -> bool:
    """Whether the name is valid Unicode; others can neither be stored nor cited, and reading refuses them."""
    try:
        path.as_posix().encode()
    except UnicodeEncodeError:
        return False
    return True
