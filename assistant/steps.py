"""The assistant: understand → route → retrieve → read → decide → compose, over one generation of the index."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Answer, IndexInfo
from assistant.candidates import Candidate, read_candidates
from assistant.compose.answers import Composer, Read, answered
from assistant.compose.translation import Translation
from assistant.compose.worded import understood_alone
from assistant.decision import READ_FOR_SUMMARY, open_decision
from assistant.filters import filtered
from assistant.intent import EXHAUSTIVE, UNASKED, Intent, open_heads
from assistant.language_model import LanguageModel
from assistant.language_model_config import Task
from assistant.name_coverage import NameCoverage
from assistant.orders import are_orders
from assistant.prove import Prover
from assistant.prove.weigh import Infers
from assistant.question import Question, refuse_unaskable
from assistant.question_names import question_names
from assistant.reader import Reader
from assistant.records import Records
from assistant.retrieve import IN_VIEW, Found, around, retrieve
from assistant.told_facts import FactsByPlace
from assistant.understand import Understood, understand
from corpus.acronyms import Acronyms
from corpus.citation import Citation
from corpus.errors import UsageError
from corpus.names import Names
from corpus.report import Report
from ingest import Index, Ledger, TokenVectors, current_generation, merged_pairs, open_alignment
from ingest.tagger import open_tagger

SHOWN = 32
"""Passages read before a list that is still growing is shown again."""

WORDED: frozenset[Intent] = frozenset({"lookup", "status", "latest", "comparison", "summary"})
"""Intents that a language model is asked for; of all that the records hold it would see a part."""


class Embeds(Protocol):
    """What the assistant needs of a model."""

    def embed_questions(self, texts: list[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, shape (n, dimension)."""
        ...

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Vectors of every token of each text."""
        ...


class Assistant:
    """Answers questions from one generation of the index; safe to use from several threads."""

    def __init__(
        self,
        index: Index,
        embedder: Embeds,
        reader: Reader,
        data: Path,
        model: LanguageModel | None = None,
        inference: Infers | None = None,
        shared: Embeds | None = None,
    ) -> None:
        """`shared` is the embedded model, from whose vectors intents were learned; None where `embedder` is that."""
        self._index = index
        self._embedder = embedder
        self._shared = shared or embedder
        self._reader = reader
        self._data = data
        self._model = model
        self._records = Records(index.reports())
        self._acronyms = Acronyms(report.text[report.body :] for report in index.reports())
        self._ledger = Ledger(index.facts(), merged_pairs(data))
        self._facts = FactsByPlace(index.facts())
        self._alignment = open_alignment(index.manifest.model)
        self._heads = open_heads()
        self._decision = open_decision()
        prover = Prover(embedder, self._acronyms.filled, inference=inference)
        self._composer = Composer(index, self.index, self._ledger, self._decision, prover, self._are_orders)

    @property
    def index(self) -> IndexInfo:
        """The generation that is being asked."""
        manifest = self._index.manifest
        return IndexInfo(
            generation=manifest.generation,
            model=manifest.model,
            reports=manifest.reports,
            built_at=manifest.built_at,
        )

    def answer(self, question: Question) -> Answer:
        """The whole answer.

        Raises:
            UsageError: The question is empty or longer than `MAX_QUESTION`, or a filter or the route is none there is.
            SearchFailed: The index could not be searched; never to be read as "nothing found".
        """
        *_, last = self.answers(question)
        return last

    def answers(self, question: Question) -> Iterator[Answer]:
        """The answer as it grows, claim by claim; the last one is final. Errors as `answer`."""
        refuse_unaskable(question)
        began = time.perf_counter()
        timings: dict[str, float] = {}
        for answer in self._answers(question, timings):
            yield replace(answer, seconds=time.perf_counter() - began, timings=dict(timings))

    def _answers(self, question: Question, timings: dict[str, float]) -> Iterator[Answer]:
        clock = time.perf_counter()

        def lap(part: str) -> None:
            nonlocal clock
            now = time.perf_counter()
            timings[part] = timings.get(part, 0.0) + now - clock
            clock = now

        readings = self._understand(question)
        lap("understand")
        reports = filtered(self._index.reports(), question.filters, self._ledger)
        if readings[0].intent in UNASKED and not question.route:
            yield from self._unasked(question, readings[0], reports)
            return
        best: Read | None = None
        is_shown = False
        for understood in readings:
            intent = _routed(question, understood)
            found = self._retrieve(understood, reports, intent)
            lap("search")
            for read in self._read(question, understood, intent, reports, found):
                if len(readings) == 1 and len(read.candidates) and read.intent in EXHAUSTIVE:
                    growing = self._composer.compose(read)
                    if growing.status == "answered":
                        is_shown = True
                        yield replace(growing, final=False)
            lap("read")
            if best is None or read.answered > best.answered:
                best = read
        assert best is not None
        final = self._composer.compose(best)
        lap("compose")
        yield from self._told(final, best, is_shown=is_shown)
        lap("word")

    def _unasked(self, question: Question, understood: Understood, reports: tuple[Report, ...]) -> Iterator[Answer]:
        """A word to one who asks nothing of the records; where there is a language model, the letter that is wanted."""
        model = self._model_for("letters")
        if understood.intent == "writing" and model and reports:
            found = self._retrieve(understood, reports, "lookup")
            *_, read = self._read(question, understood, "lookup", reports, found)
            yield from self._composer.drafted(model, read)
        else:
            yield self._composer.unasked(question, understood)

    def _told(self, final: Answer, read: Read, *, is_shown: bool) -> Iterator[Answer]:
        """An answer with a language model's words where it may have some, else claim by claim where not yet shown."""
        model = self._model_for("answers")
        if model and read.intent in WORDED and final.status == "answered":
            for growing in self._composer.worded(model, final, read):
                final = growing
                if not growing.final:
                    yield growing
        elif not is_shown:
            for count in range(1, len(final.claims)):
                yield replace(final, claims=final.claims[:count], final=False)
        yield final

    def search(self, question: Question) -> tuple[Found, ...]:
        """The `IN_VIEW` passages nearest to a question in its likeliest reading, best first; errors as `answer`."""
        refuse_unaskable(question)
        reports = filtered(self._index.reports(), question.filters, self._ledger)
        return self._retrieve(self._understand(question)[0], reports, "lookup")

    def read(self, question: Question) -> tuple[Read, ...]:
        """Each reading of a question with all that was read for it: what fitting and studies need."""
        reports = filtered(self._index.reports(), question.filters, self._ledger)
        found = []
        for understood in self._understand(question):
            passages = self._retrieve(understood, reports, understood.intent)
            *_, read = self._read(question, understood, understood.intent, reports, passages)
            found.append(read)
        return tuple(found)

    @property
    def can_translate(self) -> bool:
        """Whether a language model is configured for translations; it is not asked."""
        return self._model_for("translations") is not None

    def translated(self, citation: Citation, language: str) -> Translation:
        """A quote in another language, translated by the configured language model; `language` as ISO 639-1 code.

        Raises:
            UsageError: No language model is configured for that.
            LanguageModelFailed: It failed or wrote no translation.
        """
        model = self._model_for("translations")
        if model is None:
            raise UsageError("There is no language model that could translate. Choose one: RAPPORTEUR_LLM.")
        return self._composer.translated(model, citation, language)

    @property
    def ledger(self) -> Ledger:
        """All facts of this generation, with the merges that held when it was opened."""
        return self._ledger

    @property
    def reports(self) -> tuple[Report, ...]:
        """All reports of this generation, in the order of their paths."""
        return tuple(sorted(self._index.reports(), key=lambda report: report.path))

    def report(self, report_id: str) -> Report:
        """A report of this generation.

        Raises:
            UsageError: This generation does not hold it.
        """
        try:
            return self._index.report(report_id)
        except KeyError as error:
            raise UsageError(f"Report {report_id}: not in the index any more. Ask the question again.") from error

    def report_text(self, file: str) -> str | None:
        """Text of the report in `file`, with any suffix when none has this one; None when the index lacks it."""
        report = self._records.named(file)
        return report.text if report else None

    def is_current(self) -> bool:
        """Whether no newer generation has been published since this one was opened."""
        return current_generation(self._data).name == self._index.manifest.generation

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def _understand(self, question: Question) -> tuple[Understood, ...]:
        model = self._model_for("follow-ups")
        alone = understood_alone(model, question) if model else None
        whole = replace(question, text=alone, history=()) if alone else question
        return understand(whole, self._heads, self._shared.embed_questions, self._search_vector, self._names)

    def _model_for(self, task: Task) -> LanguageModel | None:
        return self._model if self._model and self._model.config.does(task) else None

    def _names(self, text: str) -> Names:
        return question_names(text, lambda: open_tagger(self._shared))

    def _are_orders(self, texts: Sequence[str]) -> list[bool]:
        return are_orders(texts, self._shared.embed_questions)

    def _search_vector(self, text: str) -> NDArray[np.float32]:
        return self._alignment.question(text, self._embedder.embed_questions([text])[0])

    def _retrieve(self, understood: Understood, reports: tuple[Report, ...], intent: Intent) -> tuple[Found, ...]:
        few = READ_FOR_SUMMARY if intent == "summary" else IN_VIEW
        limit = len(self._index.passages()) if intent in EXHAUSTIVE else few
        return retrieve(understood, self._index, filled=self._acronyms.filled, within=reports, limit=limit)

    def _read(
        self,
        question: Question,
        understood: Understood,
        intent: Intent,
        reports: tuple[Report, ...],
        found: tuple[Found, ...],
    ) -> Iterator[Read]:
        """What was read of the passages found, again after each `SHOWN` of them; the last is all."""
        candidates: tuple[Candidate, ...] = ()
        coverage = NameCoverage(understood.names, [around(one.passage) for one in found], self._acronyms.filled)
        for first in range(0, len(found) or 1, SHOWN):
            more = read_candidates(
                understood,
                found[first : first + SHOWN],
                self._index,
                self._reader,
                coverage,
                self._decision,
                facts=self._facts,
                first=first,
            )
            candidates = tuple(sorted((*candidates, *more), key=lambda one: -one.probability))
            yield Read(
                question=question,
                understood=understood,
                intent=intent,
                within=reports,
                found=found,
                candidates=candidates,
                answered=answered(candidates, self._decision),
            )


def _routed(question: Question, understood: Understood) -> Intent:
    """The kind of answer: as a person asked for it, else as the question is understood."""
    if question.route == "timeline":
        return "timeline"
    if question.route == "list":
        return understood.intent if understood.intent in ("list", "count") else "list"
    if question.route == "lookup":
        return understood.intent if understood.intent in ("latest", "status") else "lookup"
    return understood.intent
