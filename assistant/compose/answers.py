"""From what was read to an answer: claims, a premise corrected, a silence admitted, a word to who asked nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from assistant.answer import Answer, Claim, Coverage, IndexInfo, Retrieved, Route
from assistant.candidates import Candidate, summary_of
from assistant.compose.choose import MOST, Stretch, choose, day_of, letters_of, stretches, with_chances
from assistant.compose.facts import ledger_word
from assistant.compose.rows import with_rows
from assistant.compose.translation import Translation, translated
from assistant.compose.worded import Orders, Worded, evidence, worded
from assistant.decision import FEW, READ_FOR_SUMMARY, Decision
from assistant.intent import EXHAUSTIVE, Intent
from assistant.language_model import LanguageModel
from assistant.prove import Prover
from assistant.question import Filters, Question
from assistant.retrieve import IN_VIEW, Found
from assistant.understand import Understood
from assistant.words import phrase
from corpus.citation import Citation, locate
from corpus.report import Report
from corpus.scripts import CYRILLIC, HAN, LATIN
from ingest import Index, Ledger

ROUTES: dict[Intent, Route] = {
    "lookup": "lookup", "status": "lookup", "latest": "latest", "list": "list", "count": "count",
    "comparison": "comparison", "timeline": "timeline", "summary": "lookup",
}  # fmt: skip
EXAMPLES = 3
"""Records named as examples to somebody who asked nothing, and of those that may answer too."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Read:
    """A question with what was read for it.

    Attributes:
        question: As it was put; `understood` the reading of it.
        intent: The kind of answer, after a route that a person asked for.
        within: The reports that its filters let through.
        found: The passages in view, best first; `candidates` their sentences, likeliest first.
        answered: Probability that the records answer.
    """

    question: Question
    understood: Understood
    intent: Intent
    within: tuple[Report, ...]
    found: tuple[Found, ...]
    candidates: tuple[Candidate, ...]
    answered: float


def answered(candidates: Sequence[Candidate], decision: Decision) -> float:
    """Probability that the records answer a question with these candidates, likeliest first; 0 for none."""
    return decision.is_answered(summary_of(candidates)) if candidates else 0.0


class Composer:
    """Composes answers from one generation of the index.

    Args:
        index: Where reports and sentences stand.
        info: What answers say of it.
        ledger: Facts that rows are made of.
        decision: The fitted cuts.
        prover: Proves what a language model writes.
        are_orders: Tells of sentences which are planted for a language model.
    """

    def __init__(
        self, index: Index, info: IndexInfo, ledger: Ledger, decision: Decision, prover: Prover, are_orders: Orders
    ) -> None:
        self._index = index
        self._info = info
        self._ledger = ledger
        self._decision = decision
        self._prover = prover
        self._are_orders = are_orders

    def compose(self, read: Read) -> Answer:
        """The answer in the records' own words, or the admitted silence."""
        language, draft = read.understood.language, self._draft(read)
        if not read.found:
            return replace(draft, route="refusal", status="not_in_records", notice=_nothing_searched(read))
        if read.answered < self._decision.least or self._asks_of_a_stranger(read):
            return self._silence(read, draft)
        chosen = choose(
            read.intent, read.candidates, self._decision, read.understood.names, several=read.understood.several,
            answered=read.answered,
        )  # fmt: skip
        corrected = self._decision.corrected
        if read.intent in FEW and corrected is not None and read.candidates[0].corrects >= corrected:
            claims = _claims(stretches(read.candidates[:1]))
            return replace(draft, status="false_premise", notice=phrase("premise", language), claims=claims)
        claims = _claims(chosen)
        if read.question.route or read.intent in ("list", "count", "timeline"):
            days = {one.report.id: day_of(one.report) for one in chosen}
            claims = with_rows(claims, self._ledger, language, days, in_time=read.intent == "timeline")
        if read.intent == "latest":
            as_of = ledger_word("dates", "as_of", language)
            claims = tuple(replace(one, label=f"{as_of} {one.citations[0].date}") for one in claims)
        matched = len({claim.citations[0].report_id for claim in claims})
        unsure = self._unsure(read, claims)
        coverage = Coverage(reports=len(read.within), matched=matched, unclear=len(unsure))
        notice = ""
        if read.intent in EXHAUSTIVE:
            notice = phrase("coverage", language, reports=coverage.reports, matched=coverage.matched)
            if unsure:
                titles = "; ".join(f"“{one.title}”" for one in unsure[:EXAMPLES])
                notice = f"{notice} {phrase('unsure', language, titles=titles + '…' * (len(unsure) > EXAMPLES))}"
        if read.intent == "summary" and len(read.found) == READ_FOR_SUMMARY:
            notice = phrase("summarised", language, passages=READ_FOR_SUMMARY)
        if read.intent == "count":
            key = "counted" if len(claims) < MOST["count"] else "counted_at_least"
            notice = f"{phrase(key, language, count=len(claims))} {notice}"
        if read.intent == "timeline" and not any(
            day_of(one) for one in {s.report.id: s.report for s in chosen}.values()
        ):
            notice = f"{notice} {phrase('no_timeline', language)}"
        return replace(draft, claims=claims, coverage=coverage, notice=notice)

    def unasked(self, question: Question, understood: Understood) -> Answer:
        """A word to one who greets, writes what nobody can read, or wants a letter written."""
        titles = [f"“{one.title}”" for one in sorted(self._index.reports(), key=day_of, reverse=True)[:EXAMPLES]]
        return Answer(
            question=question,
            understood_as=understood.asked,
            language=understood.language,
            route="refusal",
            status="no_question",
            notice=phrase(understood.intent, understood.language, titles="; ".join(titles)),
            coverage=Coverage(reports=0),
            index=self._info,
        )

    def worded(self, model: LanguageModel, answer: Answer, read: Read) -> Iterator[Answer]:
        """The answer in the records' own words, then with the model's sentences as they are proved; the last is final.

        A sentence takes the place of the quotes that it rests on. It may rest on any that the reader finds worth a
        look; of a small model one that rests on nothing the answer cites is left out, since then it likely misread. Of
        50 questions for one fact, of offices that nothing was trained on, the answer was whole for .64 without a model,
        for .84 with the first two sentences of a strong one, for .66 with those of them that rest on what it cites.
        """
        step, own, language, is_small = Worded(), answer.citations, answer.language, model.config.is_small
        yield replace(answer, final=False)
        near = [one for one in read.candidates if one.probability >= self._decision.closest]
        given = evidence(own, near, self._are_orders)
        for step in worded(model, self._prover, answer.understood_as, given, language):
            claims = joined(answer.claims, step.claims, is_small=is_small)
            yield replace(answer, claims=claims, cut=_reasons(step, language), final=False)
        claims = answer.claims if step.failed else joined(answer.claims, step.claims, is_small=is_small)
        notice = f"{answer.notice} {_failure(step, language)}".strip()
        yield replace(answer, claims=claims, cut=_reasons(step, language), notice=notice)

    def drafted(self, model: LanguageModel, read: Read) -> Iterator[Answer]:
        """The body of a letter or of minutes, sentence by sentence as they are proved; the last is final, and a word to
        who wants a letter written where nothing could be proved.
        """
        asked, language, step = read.understood.text, read.understood.language, Worded()
        draft = replace(self._draft(read), notice=phrase("drafted", language))
        given = evidence((), read.candidates, self._are_orders)
        for step in worded(model, self._prover, asked, given, language, "letter"):
            if step.claims:
                yield replace(draft, claims=step.claims, cut=_reasons(step, language), final=False)
        if not step.claims:
            draft = self.unasked(read.question, read.understood)
        notice = f"{draft.notice} {_failure(step, language)}".strip()
        yield replace(draft, claims=step.claims, cut=_reasons(step, language), notice=notice)

    def translated(self, model: LanguageModel, citation: Citation, language: str) -> Translation:
        """A quote in another language; see `assistant.compose.translation.translated`."""
        return translated(model, self._prover, citation, language)

    def _asks_of_a_stranger(self, read: Read) -> bool:
        """Whether a question names, in Latin letters, only whom no record names: no sentence in these letters can tell
        of them, while one in another script may write the name otherwise.
        """
        names, best = read.understood.names, read.candidates[0].sentence.text
        is_latin = all(map(LATIN.match, names.words)) and not (HAN.search(best) or CYRILLIC.search(best))
        if names.known or not names.words or not is_latin:
            return False
        return not any(map(self._index.lexical.knows, names.words))

    def _silence(self, read: Read, draft: Answer) -> Answer:
        """That the records do not tell, with the sentence that came closest, which supports nothing."""
        language, best = read.understood.language, read.candidates[0] if read.candidates else None
        closest = None
        if best and best.probability >= self._decision.closest:
            closest = locate(best.found.report, best.sentence.text, near=best.sentence.start)
        # One in four sentences that come so close answers after all: then nobody knows that the records are silent.
        said = phrase("not_surely" if closest else "silent", language)
        notice = f"{said} {phrase('searched', language, reports=len(read.within))}"
        return replace(draft, route="refusal", status="not_in_records", notice=notice, closest=closest)

    def _unsure(self, read: Read, claims: Sequence[Claim]) -> list[Report]:
        """Records not told whose best sentence is half as likely as the least one told, and which tell none of what is
        told in the same words, likeliest first.
        """
        if read.intent not in EXHAUSTIVE:
            return []
        told = {claim.citations[0].report_id for claim in claims}
        said = {letters_of(claim.citations[0].quote) for claim in claims}
        least = self._decision.more[read.intent] / 2
        chances = with_chances(read.intent, read.candidates, self._decision, read.understood.several)
        near = {one.found.report.id: one.found.report for one, chance in chances if chance >= least}
        return [
            report
            for id_, report in near.items()
            if id_ not in told and not any(quote in letters_of(report.text) for quote in said)
        ]

    def _draft(self, read: Read) -> Answer:
        return Answer(
            question=read.question,
            understood_as=read.understood.text,
            language=read.understood.language,
            route=ROUTES.get(read.intent, "lookup"),
            status="answered",
            coverage=Coverage(reports=len(read.within)),
            retrieved=tuple(retrieved_from(one) for one in read.found[:IN_VIEW]),
            index=self._info,
        )


def _claims(chosen: Sequence[Stretch]) -> tuple[Claim, ...]:
    """A claim a stretch, in its own words.

    No part of it is set off as the very answer: of 141 such parts on the calibration offices .60 were right, whatever
    probability the reader gave them.
    """
    found = ((locate(one.report, one.report.text[one.start : one.end], near=one.start), one) for one in chosen)
    return tuple(
        Claim(text=cited.quote, citations=(cited,), is_found=one.is_found) for cited, one in found if cited is not None
    )


def _nothing_searched(read: Read) -> str:
    given = ", ".join(
        f"{one.name} {value if isinstance(value, str) else ' '.join(value)}"
        for one in fields(Filters)
        if (value := getattr(read.question.filters, one.name))
    )
    return phrase("filtered_out", read.understood.language, filters=given)


def joined(own: Sequence[Claim], worded: Sequence[Claim], *, is_small: bool) -> tuple[Claim, ...]:
    """A model's claims before those of the program's own that they do not stand for; of a small model only those that
    rest on what the own ones cite.
    """
    cited = {citation for claim in own for citation in claim.citations}
    kept = [claim for claim in worded if not is_small or cited & set(claim.citations)]
    told = {citation for claim in kept for citation in claim.citations}
    return (*kept, *(claim for claim in own if not told >= set(claim.citations)))


def _failure(step: Worded, language: str) -> str:
    return phrase("model_failed", language, why=step.failed.rstrip(".")) if step.failed else ""


def _reasons(step: Worded, language: str) -> tuple[str, ...]:
    return tuple(proof.reason(language) for proof in step.cut)


def retrieved_from(one: Found) -> Retrieved:
    """A passage in view as an answer tells of it."""
    return Retrieved(
        report_id=one.report.id,
        file=one.report.path,
        title=one.report.title,
        start=one.passage.start,
        end=one.passage.end,
        text=one.passage.text,
        score=one.score,
    )
