"""What would be understood of files before they are added to the records; nothing is embedded, no index touched."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus import IndexMissing, IndexStale, IndexUnusable, ReadFailure, Report, read_reports
from ingest.alignment import open_alignment
from ingest.config import IngestConfig
from ingest.corrections import Correction, by_file, corrected, read_corrections
from ingest.derive import embedded_text
from ingest.embed import EMBEDDED, model_label, open_embedder, token_counter
from ingest.fact_corrections import fact_key, read_said, struck
from ingest.generation import read_records
from ingest.ledger.extract import extract
from ingest.ledger.fact import Fact
from ingest.office import read_office
from ingest.passages import passages_of, split_anew
from ingest.pointer import current_generation
from ingest.tagger import Tags, open_tagger
from ingest.twins import may_translate, translations, twins

MOST_READ = 80
"""Passages of a waiting file that are read for facts, in some 5 seconds, while a keeper waits."""
MOST_SPLIT = 200_000
"""Characters of a waiting file that are cut into passages: twice what `MOST_READ` of them can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One file as it would stand in the index.

    Attributes:
        path: Relative to the folder previewed.
        report: Title, dates, place, language, pages and text, with the corrections that hold; None when it cannot be
            read.
        reason: Why it cannot be read, as a sentence about "it"; empty when it can.
        passages: Number of passages, of a text longer than `MOST_SPLIT` those of its beginning.
        facts: The facts that the tagger finds in the first `MOST_READ` passages, in the order of `extract`, those
            declared not so included.
        rejected: Keys (`fact_key`) of those declared not so.
        correction: What a keeper said of the file; None for nothing.
        twin: Path of the report in the index, of another path, that tells the same, in another language it may be;
            empty for none.
    """

    path: str
    report: Report | None = None
    reason: str = ""
    passages: int = 0
    facts: tuple[Fact, ...] = field(default=())
    rejected: frozenset[str] = frozenset()
    correction: Correction | None = None
    twin: str = ""

    def fact(self, key: str) -> Fact | None:
        """The fact with that key, or None."""
        return next((fact for fact in self.facts if fact_key(fact) == key), None)


def preview(
    folder: Path,
    paths: Sequence[Path] | None = None,
    *,
    data: Path,
    config: IngestConfig | None = None,
    count_tokens: Callable[[str], int] | None = None,
    tags: Tags | None = None,
) -> Iterator[Preview]:
    """What is understood of each file, in the order of `paths`; one that cannot be read never stops the others.

    Args:
        folder: Where the files lie.
        paths: Files relative to it; None for all it holds. None found gives nothing.
        data: The data folder, whose corrections apply to files by their path below `folder` and their bytes.
        config: Limits and the model whose tokens are counted; None for the defaults.
        count_tokens: Counts tokens; None for the model's own way, for which its words are loaded, not its weights.
        tags: Finds facts; None to open the tagger.

    Raises at the first step of the iterator:
        UsageError: `folder` is no folder.
        ModelUnavailable: The words of the configured model cannot be loaded.
        IndexUnusable: The file of the corrections is damaged.
    """
    settings = config or IngestConfig()
    published = _published(data)
    corrections, office, said = by_file(read_corrections(data)), read_office(data), read_said(data)
    for result in read_reports(folder, paths, limits=settings.limits):
        if isinstance(result, ReadFailure):
            yield Preview(path=result.path, reason=result.reason)
            continue
        count_tokens = count_tokens or token_counter(settings.model)
        correction = corrections.get((result.path, result.sha256))
        report = corrected(result, correction)
        splits = split_anew(replace(report, text=report.text[:MOST_SPLIT]), settings.max_tokens, count_tokens)
        if len(splits) > MOST_READ:
            count = f"{'over ' * (len(report.text) > MOST_SPLIT)}{len(splits):,}"
            told = f"of its {count} passages the first {MOST_READ} were read for facts here; the index reads all"
            report = replace(report, notes=(*report.notes, told))
        tags = tags or open_tagger()
        yield Preview(
            path=report.path,
            report=report,
            passages=len(splits),
            facts=extract(report, splits[:MOST_READ], tags, office),
            rejected=struck(said.get(report.path, ())),
            correction=correction,
            twin=_twin(report, published) or _original(report, published, settings),
        )


def _published(data: Path) -> tuple[Report, ...]:
    """The reports of the published index; none where there is none that can be read."""
    try:
        return read_records(current_generation(data)).reports
    except (IndexMissing, IndexStale, IndexUnusable):
        return ()


def _original(report: Report, published: Sequence[Report], settings: IngestConfig) -> str:
    """Path of the report that this one translates, or that translates it; only those of its day are embedded."""
    near = [one for one in published if one.path != report.path and may_translate(one, report)]
    if not near or model_label(settings.model) != model_label(EMBEDDED):
        return ""
    embedder, alignment, vectors = open_embedder(settings.model), open_alignment(model_label(EMBEDDED)), {}
    for one in (*near, report):
        whole = replace(one, text=one.text[:MOST_SPLIT])
        passages = passages_of(whole, max_tokens=settings.max_tokens, count_tokens=embedder.count_tokens)[:MOST_READ]
        texts = [embedded_text(passage) for passage in passages]
        vectors[one.id] = alignment.of_passages([one.text for one in passages], embedder.embed_passages(texts))
    return translations([*near, report], vectors).get(report.path, "")


def _twin(report: Report, published: Sequence[Report]) -> str:
    others = [one for one in published if one.path != report.path]
    return twins([*others, report]).get(report.path, "")
