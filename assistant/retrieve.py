"""Find the passages that may answer: dense and lexical search, fused, filtered, with room for other scripts.

Fusion is a convex combination of min-max normalized scores (Bruch, Gai and Ingber, 2022, arXiv 2210.11934). The
lexical weight of a passage falls to zero where question and passage share no script, since words cannot match there.
What holds in every language is added on top: the names and times of the question that the passage holds.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.decision import READ_FOR_ONE
from assistant.name_coverage import NameCoverage
from assistant.times import agreement_in_time
from assistant.understand import Understood
from corpus.language import script_of
from corpus.report import Report
from ingest.passage import Passage

LEXICAL_WEIGHT = 0.5
"""Share of the lexical score where question and passage share a script; of .3, .5 and .7 none found more reports."""
IN_VIEW = READ_FOR_ONE
"""Passages that are read for a single fact."""
NAMES_WEIGHT, TIME_WEIGHT = 0.6, 0.2
"""Added for the share of names and for agreement in time; chosen from a grid of 48 on judged questions."""
RESCORED = 60
"""Best passages by the fused score to which these are added."""
OTHER_SCRIPT_PLACES = 2
"""Of each ten passages, the places kept for each other script that the records are written in."""
CANDIDATES = 200
"""Passages taken from each search; an index of no more is scored whole."""
ABOVE_OTHERS = 1
"""Added to the rescored, so that they stay above those that are not: a fused score is at most 1."""
BEST_SCORE = 1 + ABOVE_OTHERS + NAMES_WEIGHT + TIME_WEIGHT


class Lexical(Protocol):
    """Word search over the passages of an index."""

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 score of every passage, in the order of the index."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A passage in view; `row` is its number in the index, `score` grows with relevance."""

    row: int
    passage: Passage
    report: Report
    score: float


def retrieve(
    understood: Understood,
    index: "Searchable",
    *,
    filled: Callable[[str], str],
    within: Iterable[Report],
    limit: int = IN_VIEW,
) -> tuple[Found, ...]:
    """The passages in view, best first; empty when no report is to be searched.

    Args:
        understood: The question made whole.
        index: What is searched.
        filled: Completes a text with the full names of its acronyms, and the other way round.
        within: The reports that the filters let through.
        limit: Number of passages wanted.

    Raises:
        SearchFailed: The index could not be searched.
    """
    passages = index.passages()
    reports = {report.id: report for report in within}
    allowed = np.array([passage.report_id in reports for passage in passages], dtype=bool)
    if not allowed.any():
        return ()
    lexical = np.asarray(index.lexical.scores(understood.search_text), dtype=np.float32)
    rows = _candidates(index, understood.vector, lexical, allowed, limit)
    scripts = [script_of(passages[row].text) for row in rows]
    cosines = index.passage_vectors(rows) @ understood.vector
    own = script_of(understood.asked)
    weights = np.array([LEXICAL_WEIGHT if script == own else 0.0 for script in scripts], dtype=np.float32)
    fused = weights * _unit_range(lexical[rows]) + (1 - weights) * _unit_range(cosines)
    best = [int(number) for number in np.argsort(-fused, kind="stable")[:RESCORED]]
    texts = [around(passages[rows[number]]) for number in best]
    coverage = NameCoverage(understood.names, texts, filled)
    for number, text in zip(best, texts, strict=True):
        report = reports[passages[rows[number]].report_id]
        fused[number] += ABOVE_OTHERS + NAMES_WEIGHT * coverage.share(text)
        fused[number] += TIME_WEIGHT * agreement_in_time(understood.times, report, text)
    ranked = np.argsort(-fused, kind="stable")
    order = _with_places(ranked, scripts, limit) if limit < len(rows) else [int(number) for number in ranked]
    return tuple(
        Found(
            row=rows[number],
            passage=passages[rows[number]],
            report=reports[passages[rows[number]].report_id],
            score=float(fused[number]) / BEST_SCORE,
        )
        for number in order
    )


def around(passage: Passage) -> str:
    """A passage with its heading: what it says, and what it is about."""
    return f"{passage.heading} {passage.text}"


class Searchable(Protocol):
    """What retrieval needs of an index; rows number the passages in one fixed order."""

    @property
    def lexical(self) -> Lexical:
        """Word search over the same passages."""
        ...

    def reports(self) -> Sequence[Report]:
        """All reports."""
        ...

    def passages(self) -> Sequence[Passage]:
        """All passages, in row order."""
        ...

    def passage_vectors(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Vectors of these rows, shape (n, dimension)."""
        ...

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """The k rows nearest to `vector` with their cosine, best first."""
        ...


def _candidates(
    index: Searchable,
    vector: NDArray[np.float32],
    lexical: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    limit: int,
) -> list[int]:
    """Rows worth scoring: the nearest by vector and the best by words, within the filters; all where all are wanted."""
    inside = np.flatnonzero(allowed)
    if len(inside) <= max(CANDIDATES, limit):
        return [int(row) for row in inside]
    # Behind a narrow filter the nearest few may all lie outside it, so exact scores are computed there instead.
    if len(inside) <= len(allowed) // 2:
        near = inside[np.argsort(-(index.passage_vectors(inside.tolist()) @ vector))[:CANDIDATES]].tolist()
    else:
        near = [row for row, _ in index.nearest(vector, CANDIDATES) if allowed[row]] or [int(inside[0])]
    wordy = [int(row) for row in np.argsort(-lexical, kind="stable")[:CANDIDATES] if allowed[row] and lexical[row] > 0]
    return list(dict.fromkeys([*near, *wordy]))


def _unit_range(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    low, high = float(scores.min()), float(scores.max())
    return np.zeros_like(scores) if high <= low else (scores - low) / (high - low)


def _with_places(order: NDArray[np.intp], scripts: Sequence[str], limit: int) -> list[int]:
    """The best `limit`, each ten of them keeping places for the best of every other script there is."""
    left = [int(number) for number in order]
    chosen: list[int] = []
    while left and len(chosen) < limit:
        room = min(10, limit - len(chosen))
        main = scripts[left[0]]
        reserved: list[int] = []
        for script in sorted(set(scripts) - {main}):
            reserved += [number for number in left if scripts[number] == script][:OTHER_SCRIPT_PLACES]
        places = max(room - len(reserved), room // 2)
        best = left[:places]
        ten = best + [number for number in reserved if number not in best][: room - len(best)]
        ten += [number for number in left if number not in ten][: room - len(ten)]
        rank = {number: at for at, number in enumerate(left)}
        chosen += sorted(ten, key=rank.__getitem__)
        left = [number for number in left if number not in ten]
    return chosen
