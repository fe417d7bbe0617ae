"""A stand-in assistant over two reports written here, one of them hostile."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant import Answer, Citation, Claim, Coverage, IndexInfo, Question, Retrieved, Translation
from assistant.prove import Proof
from corpus import LanguageModelFailed, Report, SearchFailed
from ingest import Ledger

ATTACK = (
    "<img src=x onerror=\"document.title='owned'\">${document.title='owned'}{{value}}"
    "<script>document.title='owned'</script>"
)
INDEX = IndexInfo(generation="g1", model="stand-in", reports=2, built_at="2026-05-04T08:00:00+00:00")


def report_of(text: str, *, title: str = "Visit to Lyon", path: str = "lyon.md", address: str = "") -> Report:
    return Report(id=path, title=title, text=text, path=path, sha256="0" * 64, language="en", address=address)


def cite(report: Report, quote: str) -> Citation:
    start = report.text.index(quote)
    return Citation(
        report_id=report.id,
        file=report.path,
        title=report.title,
        date="3 May 2026",
        start=start,
        end=start + len(quote),
        quote=quote,
    )


LYON = report_of("The rector greeted the guests.\nThe agreement was signed by Ana Silva.\n\nThey left at noon.")
HOSTILE = report_of(f"Before. {ATTACK} After.", title=ATTACK, path=f"{ATTACK[:20]}.md", address="javascript:alert(1)")


def answer_of(text: str, *claims: Claim, **changes: object) -> Answer:
    values: dict[str, object] = {
        "question": Question(text=text),
        "understood_as": text,
        "language": "en",
        "route": "lookup",
        "status": "answered",
        "claims": claims,
        "coverage": Coverage(reports=2),
        "index": INDEX,
        "seconds": 0.25,
    }
    return Answer(**(values | changes))


GREETED, SIGNED, LEFT = (
    Claim(text=sentence, citations=(cite(LYON, sentence),)) for sentence in LYON.text.split("\n") if sentence
)
"""The three sentences of the report."""


def row_of(claim: Claim, partner: str, state: str, date: str, start: str) -> Claim:
    """A claim of the ledger: a sentence with the row of a table that it fills."""
    row = (("partner", partner), ("state", state), ("date", date), ("start", start))
    return replace(claim, label=" · ".join((partner, state, date)), rows=(row,))


# Dates that neither stand in order nor sort as text; the last is not stated.
ROWS = (
    row_of(SIGNED, "Porto", "signed", "3 May 2026", "2026-05-03"),
    row_of(GREETED, "Almaty", "discussed", "10 April 2025", "2025-04-10"),
    row_of(LEFT, "Taraz", "wished", "", ""),
)


@dataclass
class StandIn:
    """Answers a few questions in fixed ways, by the route that is asked for; everything else is not in its records."""

    index: IndexInfo = INDEX
    newest: list[str] = field(default_factory=lambda: ["g1"])
    asked: list[Question] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)
    is_closed: bool = False
    ledger: Ledger = field(default_factory=lambda: Ledger(()))
    reports: tuple[Report, ...] = (LYON, HOSTILE)
    can_translate: bool = False
    fails: str = ""

    def is_current(self) -> bool:
        return self.newest[-1] == self.index.generation

    def close(self) -> None:
        self.is_closed = True

    def translated(self, citation: Citation, language: str) -> Translation:
        if self.fails:
            raise LanguageModelFailed(self.fails)
        return Translation(text="Перевод.", language=language, proof=Proof())

    def report(self, report_id: str) -> Report:
        return {report.id: report for report in self.reports}[report_id]

    def answers(self, question: Question) -> Iterator[Answer]:
        self.asked.append(question)
        text = question.text
        if "search fails" in text:
            raise SearchFailed("The search failed on stand-in. Run: rapporteur doctor")
        if "breaks" in text:
            raise ZeroDivisionError("secret detail")
        if "hostile" in text or ATTACK in text:
            yield answer_of(text, Claim(text=ATTACK, citations=(cite(HOSTILE, ATTACK),)), notice=ATTACK)
        elif "slow" in text:
            yield answer_of(text, SIGNED, final=False)
            self.go_on.wait(20)
            yield answer_of(text, SIGNED)
        elif "agreements" in text:
            yield answer_of(text, *ROWS, question=question, route=question.route or "list")
        elif "signed" in text:
            filled = "Who signed the agreement in Lyon?" if question.history else text
            yield answer_of(text, SIGNED, question=question, understood_as=filled)
        else:
            near = Retrieved(report_id=LYON.id, file=LYON.path, title=LYON.title, start=0, end=30,
                             text=LYON.text[:30], score=1.0)  # fmt: skip
            notice = "The records do not say. 2 reports were searched."
            yield answer_of(text, status="not_in_records", route="refusal", notice=notice, retrieved=(near,))
