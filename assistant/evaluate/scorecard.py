"""The scorecard: every judged question with its measures, and their means by type and language."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from assistant.answer import Answer
from assistant.evaluate import measures
from assistant.evaluate.questions import JudgedQuestion
from assistant.question import Question
from assistant.render import answer_text
from corpus.errors import UsageError

MEASURES = (
    "right", "report_recall@5", "report_recall@10", "quote_recall@5", "quote_recall@10", "citation_validity",
    "citation_precision", "citation_recall", "refused", "falsely_refused", "seconds",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question as it was answered; a measure that does not apply to it is absent."""

    judged: JudgedQuestion
    answer: Answer
    measures: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """All rows; means are taken over the rows to which a measure applies."""

    rows: tuple[Row, ...] = field(default=())

    def means(self, rows: Sequence[Row] | None = None) -> dict[str, float]:
        """Mean of each measure that applies to any of `rows` (None for all); ``n`` is the number of rows.

        ``citation_precision`` and ``citation_validity`` are taken over citations, not over questions.
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
        """Means by ``type``, ``lang``, ``cross_lingual``, ``expected`` or ``split``, groups sorted."""
        groups: dict[str, list[Row]] = {}
        for row in self.rows:
            groups.setdefault(str(getattr(row.judged, group)), []).append(row)
        return {name: self.means(groups[name]) for name in sorted(groups)}

    def check(self, least: Mapping[str, float]) -> list[str]:
        """What falls short: one sentence a measure whose mean is below its least value.

        Raises:
            UsageError: There is no such measure.
        """
        unknown = sorted(set(least) - {*MEASURES, "median_seconds"})
        if unknown:
            raise UsageError(f"{', '.join(unknown)}: no such measure. There are: {', '.join(MEASURES)}")
        means = self.means()
        return [
            f"{name} is {means.get(name, 0.0):.3f}, below {value:g}"
            for name, value in least.items()
            if means.get(name, 0.0) < value
        ]

    def to_dict(self) -> dict[str, Any]:
        """Everything measured, for scripts."""
        return {
            "overall": self.means(),
            "by_type": self.by("type"),
            "by_language": self.by("lang"),
            "by_cross_lingual": self.by("cross_lingual"),
            "rows": [
                {
                    "id": row.judged.id,
                    "question": row.judged.question,
                    "expected": row.judged.expected,
                    "status": row.answer.status,
                    "text": answer_text(row.answer),
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
        ask: Any function that answers, so that another system can be scored by the same line.
        report_text: Text of the report in a file; gold files are also found under another suffix.
        progress: Told of questions done and of questions in all.
    """
    rows = []
    for number, judged in enumerate(questions, start=1):
        began = time.perf_counter()
        answer = ask(judged.asked())
        rows.append(_row(judged, answer, time.perf_counter() - began, report_text))
        if progress:
            progress(number, len(questions))
    return Scorecard(rows=tuple(rows))


def _row(judged: JudgedQuestion, answer: Answer, seconds: float, texts: measures.Texts) -> Row:
    found: dict[str, float | None] = {
        "right": float(measures.answered_rightly(judged, answer, texts)),
        "citation_validity": measures.citation_validity(answer, texts),
        "citation_precision": measures.citation_precision(judged, answer, texts),
        "citation_recall": measures.citation_recall(judged, answer, texts),
        "seconds": seconds,
    }
    for k in (5, 10):
        found[f"report_recall@{k}"] = measures.report_recall(judged, answer, k=k)
        found[f"quote_recall@{k}"] = measures.quote_recall(judged, answer, texts, k=k)
    if judged.expected != "correct-premise":
        name = "refused" if judged.expected == "refuse" else "falsely_refused"
        found[name] = float(measures.is_refusal(answer))
    return Row(
        judged=judged, answer=answer, measures={name: value for name, value in found.items() if value is not None}
    )


def _weight(row: Row, name: str) -> int:
    return len(row.answer.citations) if name in ("citation_precision", "citation_validity") else 1
