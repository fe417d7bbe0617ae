"""What a ledger of a thousand invented records costs, beside embedding them and beside a question; ratios asserted."""

import resource
import statistics
import time
from collections.abc import Callable

import pytest
from assistant.compose.lists import Listed, listed
from assistant.ledger_question import LedgerQuestion, ledger_question

from assistant.question import Question
from assistant.understand import understand
from corpus.report import Report
from ingest import Embedder, Fact, Ledger
from ingest.ledger.extract import extract
from ingest.publish import embedded_text
from ingest.split import passages_of, sentences_of
from tests.benchmarks.thousand import thousand

COUNT = 1000
SHARE = 10
"""Of the records, one in so many is embedded: enough to tell the time of all."""
WARM_UP = ("Which partners do we have?", "我们有哪些伙伴？", "Какие у нас партнёры?")
QUESTIONS = (
    "Which agreements have we signed?",
    "我们签署了哪些协议？",
    "Сколько соглашений мы подписали?",
    "Which universities did we visit in 2021?",
    "Give a timeline of our contacts with Norwick University.",
    "Which people of Penmoor Academy are on record?",
    "What was our latest contact with Velmar University?",
)


@pytest.fixture(scope="module")
def records() -> tuple[Report, ...]:
    return thousand(COUNT)


@pytest.fixture(scope="module")
def timed(records: tuple[Report, ...]) -> tuple[tuple[Fact, ...], list[float]]:
    """The facts of all records, and the seconds each record took."""
    facts: list[Fact] = []
    spent = []
    for report in records:
        began = time.perf_counter()
        facts += extract(report)
        spent.append(time.perf_counter() - began)
    return tuple(facts), spent


@pytest.mark.bench
def test_a_list_over_the_whole_ledger_costs_a_small_part_of_finding_its_facts(
    records: tuple[Report, ...], timed: tuple[tuple[Fact, ...], list[float]]
) -> None:
    facts, spent = timed
    before = megabytes()
    opened: list[Ledger] = []
    opening = seconds(lambda: opened.append(open_ledger(facts)))
    people = seconds(lambda: opened[0].people)
    titles = {report.id: report.title for report in records}
    print(f"\nopened in {opening:.3f} s with {len(opened[0].organizations)} organizations, people in {people:.3f} s")
    for question in WARM_UP:  # the word lists of a language are read with its first question
        understand(Question(text=question))
    times = []
    for question in QUESTIONS:
        told: list[tuple[LedgerQuestion, Listed]] = []
        times.append(seconds(lambda told=told, question=question: told.append(answer(question, opened[0], titles))))  # type: ignore[misc]
        print(f"  {times[-1]:.4f} s, {len(told[0][1].rows)} rows, {len(told[0][1].unclear)} unclear: {question}")
        assert told[0][1].checked == len(records)
    print(
        f"median {statistics.median(times):.4f} s, most {max(times):.4f} s; memory {before:.0f} to {megabytes():.0f} MB"
    )
    # Whatever the machine: a list is read from what was found, and never costs a tenth of finding it.
    assert max(times) < sum(spent) / 10


@pytest.mark.bench
def test_finding_the_facts_of_records_takes_no_longer_than_embedding_them(
    records: tuple[Report, ...], timed: tuple[tuple[Fact, ...], list[float]], embedder: Embedder
) -> None:
    facts, spent = timed
    share = records[::SHARE]
    embedder.embed_passages(["warm up"])
    embedding = seconds(lambda: embedder.embed_passages(texts_of(share, embedder)))
    extracting = sum(spent[::SHARE])
    print(f"\n{len(records)} records, {len(facts)} facts: {sum(spent):.1f} s, median {statistics.median(spent):.4f} s")
    print(f"{len(share)} of them: facts {extracting:.2f} s, embedding {embedding:.2f} s, {extracting / embedding:.3f}")
    print(f"most memory so far {megabytes():.0f} MB")
    assert extracting / embedding <= 1


def open_ledger(facts: tuple[Fact, ...]) -> Ledger:
    """A ledger as it is when the first question comes: its organizations grouped."""
    ledger = Ledger(facts)
    assert ledger.organizations
    assert ledger.names_by_length()
    return ledger


def answer(question: str, ledger: Ledger, titles: dict[str, str]) -> tuple[LedgerQuestion, Listed]:
    asked = ledger_question(understand(Question(text=question)), ledger)
    assert asked is not None
    return asked, listed(asked, ledger, titles, titles)


def texts_of(records: tuple[Report, ...], embedder: Embedder) -> list[str]:
    """Every distinct passage and sentence of some records, short ones first, as indexing embeds them."""
    passages = [one for report in records for one in passages_of(report, count_tokens=embedder.count_tokens)]
    sentences = [one.text for report in records for one in sentences_of(report)]
    return sorted({*map(embedded_text, passages), *sentences}, key=len)


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
