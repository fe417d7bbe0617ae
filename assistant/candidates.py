"""The sentences in view of a question, with what the reader and the search say of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.decision import LOOKED_AT, Decision, Features, signals_of
from assistant.name_coverage import NameCoverage
from assistant.reader import Reader, Reading, Window
from assistant.reader.window import window_of
from assistant.retrieve import Found, around
from assistant.times import agreement_in_time
from assistant.told_facts import FactsByPlace
from assistant.understand import Understood
from corpus.language import script_of
from corpus.plain_form import plain_form
from ingest import Index, Sentence


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate:
    """A sentence in view.

    Attributes:
        features: See `assistant.decision.FEATURES`.
        probability: Probability that it belongs to the answer.
        corrects: Log-odds that it contradicts what the question takes for granted.
    """

    sentence: Sentence
    found: Found
    features: Features
    corrects: float
    probability: float = 0.0


def read_candidates(
    understood: Understood,
    found: Sequence[Found],
    index: Index,
    reader: Reader,
    coverage: NameCoverage,
    decision: Decision,
    *,
    facts: FactsByPlace,
    first: int = 0,
) -> tuple[Candidate, ...]:
    """Every sentence of the passages found, read for the question, likeliest first; empty for no passage.

    Args:
        coverage: Of the names of the question, over all passages of the search.
        facts: What the ledger has of each stretch of a report.
        first: How many passages of the same search were read before these.
    """
    sentences = [index.sentences_in(one.row) for one in found]
    windows = [window_of(one.report, one.passage, own) for one, own in zip(found, sentences, strict=True)]
    own = script_of(understood.asked)
    asked, history = plain_form(understood.asked), tuple(map(plain_form, understood.history))
    readings = reader.read(asked, history, windows)
    closer = _read_closer(reader, asked, history, windows, readings)
    candidates = []
    for rank, (one, group, reading) in enumerate(zip(found, sentences, readings, strict=True), start=first):
        text = around(one.passage)
        shared = (
            coverage.share(text),
            agreement_in_time(understood.times, one.report, text),
            1.0 / (1 + rank),
            float(script_of(one.passage.text) != own),
            one.score,
        )
        for at, sentence in enumerate(group):
            told = facts.told(one.report.id, sentence.start, sentence.end)
            asked_for = max((understood.asks[kind] for kind in told.kinds), default=0.0)
            names_here = coverage.share(sentence.text)
            names_told = coverage.share(sentence.text, *told.names) if told.names else names_here
            candidates.append(
                Candidate(
                    sentence=sentence,
                    found=one,
                    features=np.array(
                        [
                            reading.answers[at],
                            *shared,
                            asked_for,
                            reading.span_probability[at],
                            names_here,
                            closer.get((rank - first, at), reading.answers[at]),
                            names_told,
                            float(bool(told.names) and names_told == 0),
                        ],
                        dtype=np.float32,
                    ),
                    corrects=float(reading.corrects[at]),
                )
            )
    if not candidates:
        return ()
    probabilities = decision.belongs(np.stack([one.features for one in candidates]))
    weighed = [replace(one, probability=float(p)) for one, p in zip(candidates, probabilities, strict=True)]
    return tuple(sorted(weighed, key=lambda one: -one.probability))


def _read_closer(
    reader: Reader, asked: str, history: Sequence[str], windows: Sequence[Window], readings: Sequence[Reading]
) -> dict[tuple[int, int], float]:
    """Log-odds of the `LOOKED_AT` best sentences, by number of window and sentence, shown with their neighbors alone.

    The same sentence in another window is a second opinion (test-time augmentation): over 275 questions of calibration
    offices .7 of the one and .3 of the other put a gold sentence first in .79, the whole window alone in .76.
    """
    places = [(float(odds), row, at) for row, reading in enumerate(readings) for at, odds in enumerate(reading.answers)]
    best = [(row, at) for _, row, at in sorted(places, reverse=True)[:LOOKED_AT]]
    narrow = [Window(windows[row].header, windows[row].sentences[max(0, at - 1) : at + 2]) for row, at in best]
    again = reader.read(asked, history, narrow) if narrow else []
    return {(row, at): float(one.answers[min(at, 1)]) for (row, at), one in zip(best, again, strict=True)}


def summary_of(candidates: Sequence[Candidate]) -> Features:
    """The signals of `assistant.decision.SIGNALS` of these candidates, likeliest first."""
    return signals_of(
        np.stack([one.features for one in candidates]),
        [one.found.report.id for one in candidates],
        candidates[0].corrects,
    )
