"""What is made of reports, passages, vectors and facts, each only where no earlier run made it."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from corpus import Report
from ingest.embed import RECENT
from ingest.fact_corrections import SaidByPath, as_said
from ingest.ledger.extract import extract
from ingest.ledger.fact import Fact
from ingest.passage import Passage, Split
from ingest.passages import split_anew
from ingest.run import Run


def split(run: Run, reports: Sequence[Report]) -> list[Split]:
    """The passages of all reports with their sentences, in row order."""
    rows: list[Split] = []
    for number, report in enumerate(reports, start=1):
        run.tell("split", number, len(reports))
        splits = run.library.splits(report, run.recipe)
        if splits is None:
            splits = split_anew(report, run.config.max_tokens, run.model.opened().count_tokens)
            run.library.keep_splits(report, run.recipe, splits)
        rows += splits
    return rows


def embed_and_find(
    run: Run,
    reports: Sequence[Report],
    splits: Sequence[Split],
    rules: str,
    *,
    office: Sequence[str],
    said: SaidByPath,
    passed_over: Container[str],
) -> tuple[int, list[Fact]]:
    """Embed the passages of all reports, and find their facts right after: the lowest layers are run once for both.

    Args:
        splits: The passages of all reports, in row order.
        rules: How facts are found; see `ingest.ledger.extract.rules`.
        office: Names of who wrote the reports; `said` what keepers said of facts.
        passed_over: Paths of reports of which no facts are found.

    Returns:
        How many passages were embedded, and the facts as keepers said, in the order of the reports.

    Raises:
        ModelUnavailable: The model is needed and cannot be loaded.
    """
    own: dict[str, list[Split]] = {}
    for one in splits:
        own.setdefault(one[0].report_id, []).append(one)
    waiting = len(run.library.missing(run.model.label, [embedded_text(passage) for passage, _ in splits]))
    embedded, found = 0, list[Fact]()
    for first, group in _groups(reports, own):
        texts = [embedded_text(passage) for report in group for passage, _ in own.get(report.id, ())]
        if run.library.missing(run.model.label, texts):
            embedded += run.library.embed(run.model.opened(), texts, _onward(run, embedded, waiting))
        once = [report for report in group if report.path not in passed_over]
        for number, report in enumerate(once, start=first + 1):
            run.tell("facts", number, len(reports))
            facts = _facts(run, report, own.get(report.id, ()), rules, office)
            found += as_said(report, facts, said.get(report.path, ()))
    return embedded, found


def embedded_text(passage: Passage) -> str:
    """What of a passage is embedded: its heading, then its text."""
    return f"{passage.heading}\n{passage.text}"


def _groups(reports: Sequence[Report], own: Mapping[str, list[Split]]) -> Iterator[tuple[int, Sequence[Report]]]:
    """Neighboring reports with at least `RECENT` passages together, the last ones fewer, after the number before."""
    first = rows = 0
    for number, report in enumerate(reports, start=1):
        rows += len(own.get(report.id, ()))
        if rows >= RECENT or number == len(reports):
            yield first, reports[first:number]
            first, rows = number, 0


def _onward(run: Run, before: int, whole: int) -> Callable[[int, int], None]:
    """Tells how many are embedded of the whole, of which some were before."""
    return lambda done, _: run.tell("embed", before + done, whole)


def _facts(run: Run, report: Report, splits: Sequence[Split], rules: str, office: Sequence[str]) -> tuple[Fact, ...]:
    facts = run.library.facts(report, rules)
    if facts is None:
        proposed = run.propose(report, office[0] if office else "") if run.propose else ()
        facts = extract(report, splits, run.model.tags(), office, proposed=proposed or (), ask=run.ask)
        if proposed is not None:
            run.library.keep_facts(report, rules, facts)
    return facts
