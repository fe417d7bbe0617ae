"""The route that a person asked for, where no fact of the ledger gives it: quotes of a search as a list or timeline."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Answer, Claim, Coverage
from assistant.compose.lists import UNDATED
from assistant.ledger_question import Shape, ledger_question, unknown_names
from assistant.question import Question
from assistant.understand import Understood
from assistant.words import phrase
from corpus.report import Report
from ingest import Ledger

SHAPES: dict[str, Shape] = {"list": "list", "timeline": "timeline"}
"""What a route asks of the ledger."""


def why_searched(question: Question, understood: Understood, ledger: Ledger) -> str:
    """Why no facts are listed though a list is wanted, as a sentence in the language of the question.

    Empty where a search is what was wanted, and for a list of what no ledger holds.
    """
    language, shape = understood.language, SHAPES.get(question.route)
    if question.route == "lookup":
        return ""
    if unknown := unknown_names(understood, ledger, shape):
        names = ", ".join(phrase("quoted", language, what=name) for name in unknown)
        return phrase("searched_for_unknown", language, names=names)
    is_empty = shape or (understood.wants_all and ledger_question(understood, ledger))
    return phrase("searched_for_list", language) if is_empty else ""


def on_route(answer: Answer, claims: Callable[[], tuple[Claim, ...]], reports: Sequence[Report], why: str) -> Answer:
    """An answer of a search on the route its question asks for, saying in its notice where that cannot be had.

    Args:
        answer: The answer as the assistant would give it by itself.
        claims: Gives everything in view as rows; asked only for a list or timeline.
        reports: Those that were searched.
        why: As `why_searched`.
    """
    asked = answer.question.route
    if asked == "lookup" and answer.status == "answered":
        return replace(answer, route="lookup")
    if asked and answer.status in ("false_premise", "conflict"):
        return _noting(answer, phrase("route_not_had", answer.language))
    if answer.status != "answered":
        return answer
    if asked in ("list", "timeline"):
        rows = claims()
        coverage = Coverage(reports=answer.coverage.reports, matched=len({one.citations[0].report_id for one in rows}))
        answer = replace(answer, claims=rows, coverage=coverage, route="list")
    answer = _noting(answer, why)
    return _in_time(answer, reports) if asked == "timeline" else answer


def _in_time(answer: Answer, reports: Sequence[Report]) -> Answer:
    """Its claims by the first day of their reports, each with its date; those without a year last, as in the ledger."""
    starts = {report.id: next((date.start for date in report.dates if date.year), "") for report in reports}
    dated = [(starts[claim.citations[0].report_id], claim) for claim in answer.claims]
    if not any(start for start, _ in dated):
        return _noting(answer, phrase("no_timeline", answer.language))
    dated.sort(key=lambda one: (one[0] or UNDATED, one[1].citations[0].file, one[1].citations[0].start))
    claims = tuple(
        replace(claim, label=claim.citations[0].date, rows=((("date", claim.citations[0].date), ("start", start)),))
        for start, claim in dated
    )
    return replace(answer, claims=claims, route="timeline")


def _noting(answer: Answer, sentence: str) -> Answer:
    """An answer with one more sentence of ours; the same for none."""
    return replace(answer, notice=f"{answer.notice} {sentence}".strip())
