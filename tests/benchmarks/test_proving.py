"""What a proof costs a sentence, with quotes never seen and with quotes read before; printed, never asserted."""

import socket
import statistics
import time
from pathlib import Path

import pytest

from assistant.prove import Pair, Prover, read_pairs
from corpus import Report, read_reports
from corpus.acronyms import Acronyms
from ingest import Embedder

ROOT = Path(__file__).parents[2]
PAIRS = 100


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    """Pairs spread over all files, whose quotes stand in their record."""
    found = [pair for file in sorted((ROOT / "tests" / "attacks").glob("by_hand_*.jsonl")) for pair in read_pairs(file)]
    found = [pair for pair in found if pair.kind != "stitched"]
    return found[:: len(found) // PAIRS][:PAIRS]


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    return {one.path: one for one in read_reports(ROOT / "corpus" / "reports") if isinstance(one, Report)}


@pytest.mark.bench
def test_a_sentence_is_proved_beside_fresh_and_beside_known_quotes(
    pairs: list[Pair], reports: dict[str, Report], embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = Acronyms(one.text[one.body :] for one in reports.values()).filled
    Prover(embedder, filled).prove("Some weavers came.", ["Some weavers came to the hall on 5 May."])

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the proof opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    prover = Prover(embedder, filled)
    for name in ("fresh sentence, fresh quotes", "all read before"):
        print_times(name, [milliseconds(prover, pair, reports) for pair in pairs])
    warm = Prover(embedder, filled)
    for pair in pairs:
        warm.examine("Some weavers came.", pair.quotes)
    print_times("fresh sentence, known quotes", [milliseconds(warm, pair, reports) for pair in pairs])


def milliseconds(prover: Prover, pair: Pair, reports: dict[str, Report]) -> float:
    report = reports[pair.file]
    began = time.perf_counter()
    proof = prover.prove(pair.sentence, pair.quotes, text=report.text, around=report.title)
    spent = time.perf_counter() - began
    assert "located" not in proof.failed
    return 1000 * spent


def print_times(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    median, p95 = statistics.median(ordered), ordered[int(0.95 * len(ordered))]
    print(f"\n{name}: {len(ordered)} sentences, median {median:.1f} ms, p95 {p95:.1f} ms, most {ordered[-1]:.1f} ms")
