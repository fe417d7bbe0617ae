"""The scorecard: every judged question with its measures, and their means by type and language."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from statistics import median
from typing import Any

from assistant.answer import Answer
from assistant.evaluate import measures
from assistant.evaluate.bounds import missed
from assistant.evaluate.questions import JudgedQuestion
from assistant.question import Question
from assistant.render import answer_text

MEASURES = (
    "right", "report_recall@5", "report_recall@10", "report_ndcg@10", "quote_recall@5", "quote_recall@10",
    "citation_validity", "citation_precision", "ticked_precision", "citation_recall", "set_f1", "refused",
    "falsely_refused", "seconds",
)  # fmt: skip
LESS_IS_BETTER = ("falsely_refused", "seconds", "median_seconds")
_OVER_CITATIONS = ("citation_validity", "citation_precision")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question as it was answered.

    Attributes:
        measures: By name; one that does not apply to the question or the answer is absent.
        on_gold: For each citation of the answer, whether it overlaps a gold quote.
        cited: For each gold quote, whether a citation overlaps it.
        unlocated: Gold quotes that stand in none of their gold reports as indexed: a fault of the question file,
            or other records than it was written for. They count as not found.
    """

    judged: JudgedQuestion
    answer: Answer
    measures: Mapping[str, float]
    on_gold: tuple[bool, ...] = field(default=())
    cited: tuple[bool, ...] = field(default=())
    unlocated: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """All rows in the order asked; means are taken over the rows to which a measure applies."""

    rows: tuple[Row, ...] = field(default=())

    def means(self, rows: Sequence[Row] | None = None) -> dict[str, float]:
        """Mean of each measure that applies to any of `rows` (None for all); ``n`` is the number of rows.

        ``citation_precision``, ``ticked_precision`` and ``citation_validity`` are means over citations, everything else
        over questions;
        ``median_seconds`` is added. A measure that applies to no row is absent.
        """
        chosen = self.rows if rows is None else rows
        found: dict[str, float] = {"n": float(len(chosen))}
        for name in MEASURES:
            weighed = [(row.measures[name], _weight(row, name)) for row in chosen if name in row.measures]
            total = sum(weight for _, weight in weighed)
            if total:
                found[name] = sum(value * weight for value, weight in weighed) / total
        seconds = [row.measures["seconds"] for row in chosen]
        if seconds:
            found["median_seconds"] = median(seconds)
        return found

    def by(self, group: str) -> dict[str, dict[str, float]]:
        """Means by ``type``, ``lang``, ``cross_lingual``, ``expected`` or ``split``, groups sorted by name."""
        groups: dict[str, list[Row]] = {}
        for row in self.rows:
            groups.setdefault(str(getattr(row.judged, group)), []).append(row)
        return {name: self.means(groups[name]) for name in sorted(groups)}

    def groups(self) -> dict[str, dict[str, float]]:
        """Means of the groups people ask about: ``all``, each type and language, ``cross-language``, each split."""
        across = self.by("cross_lingual")
        parts = {"all": self.means(), **self.by("type"), **self.by("lang")}
        if "True" in across:
            parts["cross-language"] = across["True"]
        parts |= self.by("split")
        return {name: means for name, means in parts.items() if name}

    def check(self, bounds: Mapping[str, float]) -> list[str]:
        """What misses its bound, one sentence each: empty when all is well.

        Args:
            bounds: By measure, or by group and measure as in ``cross-language:report_recall@5``; the least value
                that is good enough, or for `LESS_IS_BETTER` the greatest. A measure that applies to no question
                misses its bound.

        Raises:
            UsageError: There is no such measure or group.
        """
        names = (*MEASURES, "median_seconds")
        return missed(bounds, self.groups(), measures=names, less_is_better=LESS_IS_BETTER, asked="question")

    def timings(self) -> dict[str, float]:
        """Median seconds of each part that the assistant timed itself, in its own order; empty when it timed none."""
        parts: dict[str, list[float]] = {}
        for row in self.rows:
            for part, seconds in row.answer.timings.items():
                parts.setdefault(part, []).append(seconds)
        return {part: median(seconds) for part, seconds in parts.items()}

    def to_dict(self) -> dict[str, Any]:
        """Everything measured, for scripts."""
        return {
            "overall": self.means(),
            "by_type": self.by("type"),
            "by_language": self.by("lang"),
            "by_cross_lingual": self.by("cross_lingual"),
            "by_split": self.by("split"),
            "timings": self.timings(),
            "rows": [
                {
                    "id": row.judged.id,
                    "type": row.judged.type,
                    "lang": row.judged.lang,
                    "question": row.judged.question,
                    "expected": row.judged.expected,
                    "status": row.answer.status,
                    "text": answer_text(row.answer),
                    "unlocated": list(row.unlocated),
                    **row.measures,
                }
                for row in self.rows
            ],
        }


def evaluate(
    questions: Sequence[JudgedQuestion],
    ask: Callable[[Question], Answer],
    *,
    report_text: measures.Texts,
    progress: Callable[[int, int], None] | None = None,
) -> Scorecard:
    """Ask every question and measure every answer, in order.

    Args:
        questions: Judged questions; none gives an empty scorecard.
        ask: Any function that answers, so that another system can be scored by the same line. What it raises
            ends the evaluation: a system that fails has no score.
        report_text: Text of the report in a file, in which the offsets of its citations count; asked for files as
            answers and as question files name them, so it should find a file under another suffix too.
        progress: Told of questions done and of questions in all.
    """
    texts = cache(report_text)
    rows = []
    for number, judged in enumerate(questions, start=1):
        began = time.perf_counter()
        answer = ask(judged.asked())
        rows.append(_row(judged, answer, time.perf_counter() - began, texts))
        if progress:
            progress(number, len(questions))
    return Scorecard(rows=tuple(rows))


def _row(judged: JudgedQuestion, answer: Answer, seconds: float, texts: measures.Texts) -> Row:
    found: dict[str, float | None] = {
        "right": float(measures.answered_rightly(judged, answer, texts)),
        "report_ndcg@10": measures.report_ndcg(judged, answer, k=10),
        "citation_validity": measures.citation_validity(answer, texts),
        "citation_precision": measures.citation_precision(judged, answer, texts),
        "ticked_precision": measures.ticked_precision(judged, answer, texts),
        "citation_recall": measures.citation_recall(judged, answer, texts),
        "set_f1": measures.set_f1(judged, answer),
        "seconds": seconds,
    }
    for k in (5, 10):
        found[f"report_recall@{k}"] = measures.report_recall(judged, answer, k=k)
        found[f"quote_recall@{k}"] = measures.quote_recall(judged, answer, texts, k=k)
    if judged.expected != "correct-premise":
        name = "refused" if judged.expected == "refuse" else "falsely_refused"
        found[name] = float(measures.is_refusal(answer))
    places = zip(judged.gold_quotes, measures.gold_stretches(judged, texts), strict=True)
    return Row(
        judged=judged,
        answer=answer,
        measures={name: value for name, value in found.items() if value is not None},
        on_gold=measures.citations_on_gold(judged, answer, texts),
        cited=measures.quotes_cited(judged, answer, texts),
        unlocated=tuple(quote for quote, stretches in places if not stretches),
    )


def _weight(row: Row, name: str) -> int:
    if name == "ticked_precision":
        return measures.ticked(row.answer)
    return len(row.answer.citations) if name in _OVER_CITATIONS else 1
