"""The answer as data: claims with citations, what was searched, and how it was made. Prose is rendered last."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from assistant.question import Question
from corpus.citation import Citation

if TYPE_CHECKING:
    from assistant.prove.proof import Proof

Route = Literal["lookup", "list", "timeline", "comparison", "count", "latest", "refusal"]
Status = Literal["answered", "not_in_records", "false_premise", "no_question"]
Verdict = Literal["proved", "reworded", "uncertain"]
Trust = Literal["proved", "perhaps", "reworded", "uncertain", "recognised"]
SURE = 0.9
"""How surely a page must be recognised, in the mean of its words, for its quotes to be proved: printed pages, sharp or
slightly blurred, came to .94 to .96 with 98 words of a hundred right; those blurred beyond reading stay far below."""
Row = tuple[tuple[str, str], ...]
"""Columns of a fact of the ledger with what to show there, in order; `assistant.compose.rows` names the columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One released sentence and the citations it rests on.

    Attributes:
        label: Of a row of the ledger, what it is about, how far it has come and when; else empty.
        rows: Of an answer of the ledger, one row for each fact that the quote tells, in the order of `label`.
        proof: What the five checks found on a sentence in other words than its citations'; None for a quoted one,
            which passes them by construction.
        is_found: Whether it was surely enough found to answer; its record says it either way.
    """

    text: str
    citations: tuple[Citation, ...]
    label: str = ""
    rows: tuple[Row, ...] = field(default=())
    proof: "Proof | None" = None
    is_found: bool = True

    @property
    def verdict(self) -> Verdict:
        """Proved when the sentence is its own quote, or its proof says so; reworded when only the fifth check did not
        pass: nothing that can be checked exactly speaks against it. Uncertain otherwise, and where a quote was not
        recognised surely enough in a picture.
        """
        if self._is_blurred:
            return "uncertain"
        if self.proof is not None and self.citations:
            return {"proved": "proved", "uncertain": "reworded"}.get(self.proof.verdict, "uncertain")  # type: ignore[return-value]
        return "proved" if any(self.text in citation.quote for citation in self.citations) else "uncertain"

    @property
    def trust(self) -> Trust:
        """What people are told of the sentence: its verdict, that a scan is why it is uncertain, or that it is proved
        and may still not be what was asked for.
        """
        if self._is_blurred:
            return "recognised"
        return "perhaps" if self.verdict == "proved" and not self.is_found else self.verdict

    @property
    def _is_blurred(self) -> bool:
        return any(one.recognised is not None and one.recognised < SURE for one in self.citations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """A passage that was in view, best first; `score` grows with relevance and has no unit."""

    report_id: str
    file: str
    title: str
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many reports were searched, how many matched and how many could not be decided."""

    reports: int
    matched: int = 0
    unclear: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexInfo:
    """The generation an answer was made from; `built_at` is ISO 8601 in UTC."""

    generation: str
    model: str
    reports: int
    built_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is released: claims in reading order, or an admitted silence.

    Attributes:
        understood_as: The question after pronouns and ellipses were filled from the conversation.
        notice: One or more plain sentences of ours around the claims, in the language of the question:
            why nothing is answered, which premise fails, what was searched. Never a statement of fact
            about the records that is not itself a claim.
        closest: Of a refusal the sentence that came closest, where it came close; it supports nothing.
        retrieved: At least the ten best passages in view, best first.
        cut: Why sentences of a language model were withheld, one reason each, in the language of the question.
        seconds: Wall time of our own work.
        timings: The parts of `seconds`: ``embed``, ``search``, ``rank``, ``compose``.
        final: False while the answer is still growing (streaming).
    """

    question: Question
    understood_as: str
    language: str
    route: Route
    status: Status
    claims: tuple[Claim, ...] = field(default=())
    notice: str = ""
    coverage: Coverage
    closest: Citation | None = None
    retrieved: tuple[Retrieved, ...] = field(default=())
    index: IndexInfo
    cut: tuple[str, ...] = field(default=())
    seconds: float = 0.0
    timings: dict[str, float] = field(default_factory=dict)
    final: bool = True

    @property
    def withheld(self) -> int:
        """Number of sentences that were cut because they could not be proved."""
        return len(self.cut)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Distinct citations in the order in which the claims use them, then the closest; n of the page is item n-1."""
        cited = [citation for claim in self.claims for citation in claim.citations]
        return tuple(dict.fromkeys([*cited, *([self.closest] if self.closest else [])]))
