"""What a run changes: the published index beside the one to be, as a receipt and as news."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus import IndexMissing, IndexStale, IndexUnusable
from ingest.gather import Gathered
from ingest.generation import Manifest, check_files, read_manifest, read_records
from ingest.ledger.compared import News
from ingest.ledger.fact import Fact
from ingest.ledger.merges import merged_pairs
from ingest.ledger.news import news
from ingest.pointer import current_generation
from ingest.receipt import Receipt
from ingest.twins import twin_note


def is_same(before: Manifest, wanted: Manifest) -> bool:
    """Whether the published generation is what this run would build."""
    return all(
        getattr(before, name) == getattr(wanted, name)
        for name in ("format", "recipe", "rules", "folder", "files", "corrected", "failed")
    )


def is_sound(data: Path) -> bool:
    """Whether no file of the published generation is damaged; a damaged one is built anew though nothing changed."""
    try:
        folder = current_generation(data)
        check_files(folder, read_manifest(folder).checksums)
    except IndexUnusable:
        return False
    return True


def receipt_of(
    before: Manifest | None, now: Manifest, gathered: Gathered, twins: Mapping[str, str], *, embedded: int, began: float
) -> Receipt:
    """What changed from the index before to the one now; `twins` as in `ingest.twins`."""
    old, new = _versions(before) if before else {}, _versions(now)
    added = tuple(sorted(new.keys() - old.keys()))
    changed = tuple(sorted(path for path in new.keys() & old.keys() if new[path] != old[path]))
    return Receipt(
        generation=now.generation,
        added=added,
        changed=changed,
        removed=tuple(sorted(old.keys() - new.keys())),
        unchanged=len(new) - len(added) - len(changed),
        failed=gathered.failed,
        notes=tuple(
            (one.path, note)
            for one in gathered.reports
            if one.path in {*added, *changed}
            for note in (*one.notes, *([twin_note(twins[one.path])] if one.path in twins else []))
        ),
        reports=now.reports,
        passages=now.passages,
        embedded=embedded,
        seconds=time.perf_counter() - began,
    )


def news_of(
    data: Path, before: Manifest | None, now: Manifest, facts: Sequence[Fact], receipt: Receipt
) -> tuple[News, ...]:
    """What the new and changed reports say and the published index did not; none without a sound one to compare."""
    fresh = frozenset({*receipt.added, *receipt.changed})
    known = _known_before(data, before, now)
    if known is None or not fresh:
        return ()
    facts_before, merges = known
    return news(facts_before, facts, files=fresh, merges=merges)


def _known_before(
    data: Path, before: Manifest | None, now: Manifest
) -> tuple[tuple[Fact, ...], tuple[tuple[str, str], ...]] | None:
    """Facts and merged names that news is told against; None without a sound index of this folder and format."""
    if before is None or (before.format, before.folder) != (now.format, now.folder) or not is_sound(data):
        return None
    try:
        return read_records(current_generation(data)).facts, merged_pairs(data)
    except IndexUnusable:
        return None


def published_manifest(data: Path) -> Manifest | None:
    """The manifest of the published generation, or None where there is none that can be read."""
    try:
        return read_manifest(current_generation(data))
    except (IndexMissing, IndexStale, IndexUnusable):
        return None


def _versions(manifest: Manifest) -> dict[str, tuple[str, str]]:
    """What a generation holds of each path: the file's hash, and what keepers corrected of it."""
    return {path: (sha256, manifest.corrected.get(path, "")) for path, sha256 in manifest.files.items()}
