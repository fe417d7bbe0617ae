"""What of a folder goes into the index: each file read only where its bytes are new, as keepers say it is."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus import ReadFailure, Report, read_reports
from corpus.read import CONTAINERS, FoundRecord, find_records
from ingest.corrections import Correction, corrected
from ingest.library import Library
from ingest.run import Run
from ingest.weights import sha256_of

Corrections = Mapping[tuple[str, str], Correction]
"""By path and SHA-256 of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Reports by path, and the files that could not be read; a report may be the last good version of such a file."""

    reports: tuple[Report, ...]
    failed: tuple[ReadFailure, ...]


def gather(
    run: Run, *, last_good: Callable[[str], Report | None], corrections: Corrections, published: Collection[str] = ()
) -> Gathered:
    """Every report of the folder, read anew only where its bytes changed.

    Args:
        last_good: The report of that path in the published index of this folder, or None; it replaces a file that
            fails.
        corrections: What keepers said of files, by path and SHA-256; what is remembered is what was read.
        published: The paths in the published index; those within a container that fails keep their last good reports.
    """

    def as_said(report: Report) -> Report:
        return corrected(report, corrections.get((report.path, report.sha256)))

    limits = run.config.limits
    reports: list[Report] = []
    failed: list[ReadFailure] = []
    changed: list[Path] = []
    for record in find_records(run.folder, limits=limits):
        known = _known(run.library, run.folder, record)
        if known and known.notes and limits.ocr and not known.recognised:
            known = None  # what was not read then may be recognised now
        reports += [as_said(known)] if known else []
        changed += [] if known else [record.path]
    results = read_reports(run.folder, changed, limits=limits)
    for number, (path, result) in enumerate(zip(changed, results, strict=True)):
        run.tell("read", number + 1, len(changed))
        if isinstance(result, ReadFailure):
            is_container = path.suffix.lower() in CONTAINERS
            within = [one for one in published if is_container and one.startswith(f"{path.as_posix()}/")]
            used = [report for one in (path.as_posix(), *within) if (report := last_good(one))]
            reports += map(as_said, used)
            kept = " Its last readable version stays in use." if used else ""
            failed.append(ReadFailure(path=result.path, reason=result.reason + kept))
            continue
        run.library.keep(result)
        reports.append(as_said(result))
        if run.library.splits(reports[-1], run.recipe) is None:
            run.model.prepare()
    return Gathered(reports=tuple(sorted(reports, key=lambda report: report.path)), failed=tuple(failed))


def _known(library: Library, folder: Path, record: FoundRecord) -> Report | None:
    path, found = record.path, record.sha256
    if not _is_storable(path):
        return None
    if found:
        return library.report(path.as_posix(), found)
    try:
        return library.report(path.as_posix(), sha256_of(folder / path))
    except OSError:
        return None  # reading it will say why


def _is_storable(path: Path) -> bool:
    """Whether the name is valid Unicode; others can neither be stored nor cited, and reading refuses them."""
    try:
        path.as_posix().encode()
    except UnicodeEncodeError:
        return False
    return True
