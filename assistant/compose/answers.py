"""From what was found to an answer: a premise corrected, a doubt or conflict shown, a silence admitted, or claims."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from assistant.answer import Answer, Claim, Coverage, IndexInfo, Retrieved, Route
from assistant.compose.evidence import Evidence
from assistant.compose.lists import contradicting, listed
from assistant.compose.quotes import Span, choose, spans
from assistant.compose.routes import on_route
from assistant.compose.rows import label, row
from assistant.compose.worded import Worded, worded
from assistant.doubts import candidates, disagreeing
from assistant.language_model import LanguageModel
from assistant.ledger_question import LedgerQuestion
from assistant.premises import corrected
from assistant.prove import Prover
from assistant.question import Filters, Question
from assistant.refuse import LEAST_NAMES_NEAREST, Silence, silence
from assistant.retrieve import Found
from assistant.understand import Understood
from assistant.words import phrase
from corpus.citation import Citation, locate
from corpus.report import Report
from ingest import Fact, Index, Ledger, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with what was made of it before an answer is composed.

    Attributes:
        question: As it was put.
        understood: What it asks for.
        within: The reports that its filters let through.
        found: The passages in view, best first.
    """

    question: Question
    understood: Understood
    within: tuple[Report, ...]
    found: tuple[Found, ...]


class Composer:
    """Composes answers from one generation of the index.

    Args:
        index: Where reports and sentences stand.
        info: What answers say of it.
        prover: Proves what a language model writes.
    """

    def __init__(self, index: Index, info: IndexInfo, prover: Prover) -> None:
        self._index = index
        self._info = info
        self._prover = prover

    def compose(
        self, asked: Asked, evidence: tuple[Evidence, ...], chosen: tuple[Evidence, ...], why: str = ""
    ) -> Answer:
        """The answer of a search in the records' own words, on the route asked for, or the admitted silence.

        Args:
            asked: The question.
            evidence: The sentences in view, weighed.
            chosen: Those to release.
            why: As `assistant.compose.routes.why_searched`.
        """

        def everything() -> tuple[Claim, ...]:
            rows = choose(replace(asked.understood, wants_all=True, wants=""), evidence)
            return self._claims(spans(rows, self._sentences_of))

        return on_route(self._searched(asked, evidence, chosen), everything, asked.within, why)

    def _searched(self, asked: Asked, evidence: tuple[Evidence, ...], chosen: tuple[Evidence, ...]) -> Answer:
        question, understood, searched = asked.question, asked.understood, len(asked.within)
        draft = self._draft(asked)
        if not asked.found:
            given = ", ".join(
                f"{one.name} {value if isinstance(value, str) else ' '.join(value)}"
                for one in fields(Filters)
                if (value := getattr(question.filters, one.name))
            )
            notice = phrase("filtered_out", understood.language, filters=given)
            return replace(draft, route="refusal", status="not_in_records", notice=notice)
        premise = corrected(understood, evidence, chosen)
        if premise:
            key, told = premise
            claims = self._claims(spans(told, self._sentences_of))
            return replace(draft, status="false_premise", notice=phrase(key, understood.language), claims=claims)
        if may_be := candidates(understood, evidence):
            claims = self._claims(spans([item for _, item in may_be], self._sentences_of))
            notice = phrase("ambiguous", understood.language, names="; ".join(name for name, _ in may_be))
            return replace(draft, route="refusal", status="ambiguous", notice=notice, claims=claims)
        if differ := disagreeing(understood, evidence):
            claims = self._claims(spans(differ, self._sentences_of))
            matched = len({claim.citations[0].report_id for claim in claims})
            coverage = Coverage(reports=searched, matched=matched)
            notice = phrase("conflict", understood.language)
            return replace(draft, status="conflict", notice=notice, claims=claims, coverage=coverage)
        why = silence(understood, chosen)
        if why:
            is_near = bool(chosen) and chosen[0].feature("names_paragraph") >= LEAST_NAMES_NEAREST
            nearest = self._claims(spans(chosen[:1], self._sentences_of)) if is_near else ()
            notice = _notice(why, understood, searched, has_nearest=bool(nearest))
            return replace(draft, route="refusal", status="not_in_records", notice=notice, claims=nearest)
        claims = self._claims(spans(chosen, self._sentences_of))
        matched = len({claim.citations[0].report_id for claim in claims})
        return replace(draft, claims=claims, coverage=Coverage(reports=searched, matched=matched))

    def compose_list(self, asked: Asked, wanted: LedgerQuestion, ledger: Ledger) -> Answer | None:
        """Every row of the ledger that fits a question, with what was checked; None where it holds none."""
        titles = {report.id: report.title for report in asked.within}
        rows = listed(wanted, ledger, titles, titles)
        if not rows.rows and wanted.about != "promises":
            return None
        language = asked.understood.language
        differ = [fact for fact in contradicting(rows.rows, ledger) if fact.citation.report_id in titles]
        claims = _rows((*rows.rows, *differ), ledger, language)
        coverage = Coverage(
            reports=rows.checked,
            matched=len({fact.citation.report_id for fact in rows.rows}),
            unclear=len({fact.citation.report_id for fact in rows.unclear}),
        )
        notice = phrase(
            "coverage", language, reports=coverage.reports, matched=coverage.matched, unclear=coverage.unclear
        )
        if differ:
            notice = f"{phrase('conflict', language)} {notice}"
        if not claims:
            notice = f"{phrase('no_promise', language)} {notice}"
        if wanted.shape == "count":
            notice = f"{phrase('counted', language, count=len(rows.rows))} {notice}"
        if rows.unclear and wanted.shape in ("latest", "earliest"):
            notice = f"{phrase('order_unclear', language, count=coverage.unclear)} {notice}"
        return replace(
            self._draft(asked),
            route=_ROUTES.get(wanted.shape, "list") if claims else "refusal",
            status="conflict" if differ else "answered" if claims else "not_in_records",
            claims=claims,
            notice=notice,
            coverage=coverage,
        )

    def worded(self, model: LanguageModel, answer: Answer) -> Iterator[Answer]:
        """An answer in the model's words as its sentences are proved; in the records' own where too little is left."""
        step = Worded()
        title = {report.id: report.title for report in self._index.reports()}
        for step in worded(
            model,
            self._prover,
            answer.understood_as,
            answer.citations,
            answer.language,
            around=lambda citation: title[citation.report_id],
        ):
            yield replace(answer, claims=step.claims, cut=_reasons(step, answer.language), final=False)
        cut = _reasons(step, answer.language)
        if step.failed:
            notice = f"{answer.notice} {phrase('model_failed', answer.language)}".strip()
            yield replace(answer, cut=cut, notice=notice)
        else:
            yield replace(answer, cut=cut, claims=step.claims if step.is_enough else answer.claims)

    def _draft(self, asked: Asked) -> Answer:
        """An answer without claims as yet."""
        return Answer(
            question=asked.question,
            understood_as=asked.understood.text,
            language=asked.understood.language,
            route=_route(asked.understood),
            status="answered",
            coverage=Coverage(reports=len(asked.within)),
            retrieved=tuple(_retrieved(one) for one in asked.found),
            index=self._info,
        )

    def _sentences_of(self, item: Evidence) -> tuple[Sentence, ...]:
        return self._index.sentences_in(item.found.row)

    @staticmethod
    def _claims(stretches: tuple[Span, ...]) -> tuple[Claim, ...]:
        claims = []
        for stretch in stretches:
            citation = locate(stretch.report, stretch.report.text[stretch.start : stretch.end], near=stretch.start)
            if citation:
                claims.append(Claim(text=citation.quote, citations=(citation,)))
        return tuple(claims)


_ROUTES: dict[str, Route] = {"count": "count", "timeline": "timeline", "latest": "latest", "earliest": "latest"}


def _rows(facts: Sequence[Fact], ledger: Ledger, language: str) -> tuple[Claim, ...]:
    """A claim for each quote, in order, labeled with all that the ledger takes from it."""
    told: dict[Citation, list[Fact]] = {}
    for fact in facts:
        told.setdefault(fact.citation, []).append(fact)
    return tuple(
        Claim(
            text=citation.quote,
            citations=(citation,),
            label="; ".join(dict.fromkeys(label(fact, language) for fact in own)),
            rows=tuple(dict.fromkeys(row(fact, ledger, language) for fact in own)),
        )
        for citation, own in told.items()
    )


def _route(understood: Understood) -> Route:
    if understood.wants == "comparison":
        return "comparison"
    return "list" if understood.wants_all and not understood.wants else "lookup"


def _reasons(step: Worded, language: str) -> tuple[str, ...]:
    return tuple(proof.reason(language) for proof in step.cut)


def _notice(why: Silence, understood: Understood, searched: int, *, has_nearest: bool) -> str:
    parts = [phrase("silent", understood.language)]
    if why.why == "names" and why.missing:
        parts.append(phrase("silent_names", understood.language, missing=", ".join(why.missing)))
    if why.why == "time" and why.missing:
        parts.append(phrase("silent_time", understood.language, missing=", ".join(why.missing)))
    parts.append(phrase("searched", understood.language, reports=searched))
    if has_nearest:
        parts.append(phrase("nearest", understood.language))
    return " ".join(parts)


def _retrieved(one: Found) -> Retrieved:
    return Retrieved(
        report_id=one.report.id,
        file=one.report.path,
        title=one.report.title,
        start=one.passage.start,
        end=one.passage.end,
        text=one.passage.text,
        score=one.score,
    )
