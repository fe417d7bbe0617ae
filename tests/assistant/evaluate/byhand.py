"""Answers made by hand over the sample records."""

from collections.abc import Sequence
from pathlib import Path

from assistant.answer import Answer, Claim, Coverage, IndexInfo, Retrieved, Status
from assistant.question import Question
from corpus.citation import Citation

REPORTS = Path(__file__).parents[3] / "corpus" / "reports"
INDEX = IndexInfo(generation="g1", model="none", reports=46, built_at="2026-01-01T00:00:00Z")


def sample_text(file: str) -> str | None:
    """Text of a sample record, with any suffix."""
    path = REPORTS / f"{Path(file).stem}.md"
    return path.read_text(encoding="utf-8") if path.is_file() else None


def cite(file: str, text: str, start: int, end: int) -> Citation:
    return Citation(report_id=file, file=file, title="", date="", start=start, end=end, quote=text[start:end])


def passage(file: str, start: int = 0, end: int = 1) -> Retrieved:
    return Retrieved(report_id=file, file=file, title="", start=start, end=end, text="", score=0.0)


def make_answer(
    *citations: Citation,
    status: Status = "answered",
    notice: str = "",
    retrieved: Sequence[Retrieved] = (),
    question: Question | None = None,
) -> Answer:
    """An answer whose claims are its citations, word for word."""
    return Answer(
        question=question or Question(text="?"),
        understood_as="",
        language="en",
        route="refusal" if status == "not_in_records" else "lookup",
        status=status,
        claims=tuple(Claim(text=one.quote, citations=(one,)) for one in citations),
        notice=notice,
        coverage=Coverage(reports=46),
        retrieved=tuple(retrieved),
        index=INDEX,
        timings={"search": 0.002, "compose": 0.001},
    )


def silent(question: Question) -> Answer:
    """An assistant that refuses everything."""
    return make_answer(status="not_in_records", notice="The records do not say.", question=question)
