"""The assistant: the steps from a question to a proved answer over one generation of the index."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Answer, IndexInfo
from assistant.compose.answers import Asked, Composer
from assistant.compose.evidence import Evidence, View, gather
from assistant.compose.quotes import choose
from assistant.compose.routes import SHAPES, why_searched
from assistant.compose.weigh import weigh
from assistant.compose.worded import understood_alone
from assistant.language_model import LanguageModel
from assistant.ledger_question import ledger_question
from assistant.prove import Prover
from assistant.prove.weigh import Infers
from assistant.question import Question, refuse_unaskable
from assistant.records import Records
from assistant.retrieve import IN_VIEW, IN_VIEW_FOR_ALL, Found, retrieve
from assistant.understand import Understood, understand
from assistant.within import within
from corpus.acronyms import Acronyms
from corpus.errors import UsageError
from corpus.report import Report
from ingest import Index, Ledger, TokenVectors, current_generation, merged_pairs


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
        data: Path,
        model: LanguageModel | None = None,
        inference: Infers | None = None,
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._data = data
        self._model = model
        self._records = Records(index.reports())
        self._acronyms = Acronyms(report.text[report.body :] for report in index.reports())
        self._ledger = Ledger(index.facts(), merged_pairs(data))
        self._composer = Composer(index, self.index, Prover(embedder, self._acronyms.filled, inference=inference))

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
        clock = [began]
        timings: dict[str, float] = {}

        def lap(part: str) -> None:
            now = time.perf_counter()
            timings[part] = timings.get(part, 0.0) + now - clock[0]
            clock[0] = now

        alone = understood_alone(self._model, question) if self._model else None
        understood = understand(replace(question, text=alone, history=()) if alone else question)
        lap("understand")
        vector = self._embedder.embed_questions([understood.search_text])[0]
        lap("embed")
        reports = within(self._index.reports(), question.filters, self._ledger)
        found = self._retrieve(understood, vector, reports, for_all=question.route in SHAPES)
        asked = Asked(question=question, understood=understood, within=reports, found=found)
        lap("search")
        if listed := self._listed(asked):
            lap("rank")
            lap("compose")
            yield from _growing(replace(listed, seconds=time.perf_counter() - began, timings=timings))
            return
        evidence = weigh(self._gather(understood, vector, found))
        chosen = choose(understood, evidence)
        lap("rank")
        final = self._composer.compose(asked, evidence, chosen, why_searched(question, understood, self._ledger))
        lap("compose")
        if self._model and final.status == "answered" and final.route != "timeline":
            for growing in self._composer.worded(self._model, final):
                final = growing
                if not growing.final:
                    yield growing
            lap("word")
        else:
            yield from _growing(final, is_whole=False)
        yield replace(final, seconds=time.perf_counter() - began, timings=timings)

    def evidence(self, question: Question) -> tuple[Evidence, ...]:
        """Every sentence in view of a question with its features, not weighed: what fitting and studies need."""
        understood = understand(question)
        vector = self._embedder.embed_questions([understood.search_text])[0]
        reports = within(self._index.reports(), question.filters, self._ledger)
        return self._gather(understood, vector, self._retrieve(understood, vector, reports))

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

    def _listed(self, asked: Asked) -> Answer | None:
        """The answer of the ledger, where the question asks for what it holds and nobody wants a search."""
        route = asked.question.route
        if route == "lookup" or not asked.found:
            return None
        wanted = ledger_question(asked.understood, self._ledger, SHAPES.get(route))
        return self._composer.compose_list(asked, wanted, self._ledger) if wanted else None

    def _retrieve(
        self,
        understood: Understood,
        vector: NDArray[np.float32],
        reports: tuple[Report, ...],
        *,
        for_all: bool = False,
    ) -> tuple[Found, ...]:
        limit = IN_VIEW_FOR_ALL if understood.wants_all or for_all else IN_VIEW
        return retrieve(understood, vector, self._index, filled=self._acronyms.filled, within=reports, limit=limit)

    def _gather(
        self, understood: Understood, vector: NDArray[np.float32], found: tuple[Found, ...]
    ) -> tuple[Evidence, ...]:
        groups = [self._index.sentences_in(one.row) for one in found]
        flat = [sentence for group in groups for sentence in group]
        vectors = self._index.sentence_vectors(flat)
        view = View(understood, found, self._index.lexical.idf, self._acronyms.filled)
        return gather(view, vector, found, groups, vectors)


def _growing(answer: Answer, *, is_whole: bool = True) -> Iterator[Answer]:
    """An answer claim by claim; the last one, which is final, only where `is_whole`."""
    for count in range(1, len(answer.claims)):
        yield replace(answer, claims=answer.claims[:count], final=False)
    if is_whole:
        yield answer
