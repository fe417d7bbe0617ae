"""The assistant: the steps from a question to an answer, and the only place that chooses implementations."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Answer, Claim, Coverage, IndexInfo, Retrieved, Route
from assistant.compose.evidence import Evidence, View, gather
from assistant.compose.quotes import Span, choose, spans
from assistant.compose.weigh import weigh
from assistant.compose.worded import Worded, understood_alone, worded
from assistant.doubts import candidates, disagreeing
from assistant.language_model import LanguageModel, LanguageModelConfig, open_language_model
from assistant.premises import corrected
from assistant.prove import Prover
from assistant.prove.weigh import Infers
from assistant.question import Filters, Question
from assistant.records import Records
from assistant.refuse import LEAST_NAMES_NEAREST, Silence, silence
from assistant.retrieve import IN_VIEW, IN_VIEW_FOR_ALL, Found, passes, retrieve
from assistant.understand import Understood, understand
from assistant.words import phrase
from corpus.acronyms import Acronyms
from corpus.citation import locate
from corpus.errors import UsageError
from corpus.report import Report
from ingest import (
    Index,
    Sentence,
    TokenVectors,
    configured_inference,
    current_generation,
    model_label,
    open_embedder,
    open_index,
    open_inference,
)

MAX_QUESTION = 4000
"""Code points of a question that are still a question."""


class Embeds(Protocol):
    """What the assistant needs of a model."""

    def embed_questions(self, texts: list[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, shape (n, dimension)."""
        ...

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Vectors of every token of each text."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantConfig:
    """Where the index lies and which model it was built with.

    Attributes:
        data: The data folder.
        model: ``""`` for the embedded model, else the name or folder of the one the index was built with.
        language_model: Which model words the answers; by default as the environment says, else none.
        inference: Name or folder of the model that decides the fifth check of what a language model writes; by default
            as the environment says, else ``""``, the fitted head.
    """

    data: Path = Path(".rapporteur")
    model: str = ""
    language_model: LanguageModelConfig = field(default_factory=LanguageModelConfig.from_environment)
    inference: str = field(default_factory=configured_inference)


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
        self._prover = Prover(embedder, self._acronyms.filled, inference=inference)

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
            UsageError: The question is empty or longer than `MAX_QUESTION`.
            SearchFailed: The index could not be searched; never to be read as "nothing found".
        """
        *_, last = self.answers(question)
        return last

    def answers(self, question: Question) -> Iterator[Answer]:
        """The answer as it grows, claim by claim; the last one is final. Errors as `answer`."""
        asked = question.text.strip()
        if not asked or not any(letter.isalnum() for letter in asked):
            raise UsageError("The question is empty. Ask in words, in English, Chinese or Russian.")
        if len(asked) > MAX_QUESTION:
            raise UsageError(
                f"The question has {len(asked)} characters, at most {MAX_QUESTION} can be asked. Shorten it."
            )
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
        found = self._retrieve(understood, vector, question.filters)
        lap("search")
        evidence = weigh(self._gather(understood, vector, found))
        chosen = choose(understood, evidence)
        lap("rank")
        final = self._compose(question, understood, found, evidence, chosen)
        lap("compose")
        if self._model and final.status == "answered":
            for growing in self._worded(self._model, final):
                final = growing
                if not growing.final:
                    yield growing
            lap("word")
        else:
            for count in range(1, len(final.claims)):
                yield replace(final, claims=final.claims[:count], final=False)
        yield replace(final, seconds=time.perf_counter() - began, timings=timings)

    def evidence(self, question: Question) -> tuple[Evidence, ...]:
        """Every sentence in view of a question with its features, not weighed: what fitting and studies need."""
        understood = understand(question)
        vector = self._embedder.embed_questions([understood.search_text])[0]
        return self._gather(understood, vector, self._retrieve(understood, vector, question.filters))

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

    def _retrieve(self, understood: Understood, vector: NDArray[np.float32], filters: Filters) -> tuple[Found, ...]:
        limit = IN_VIEW_FOR_ALL if understood.wants_all else IN_VIEW
        return retrieve(understood, vector, self._index, filled=self._acronyms.filled, filters=filters, limit=limit)

    def _gather(
        self, understood: Understood, vector: NDArray[np.float32], found: tuple[Found, ...]
    ) -> tuple[Evidence, ...]:
        groups = [self._index.sentences_in(one.row) for one in found]
        flat = [sentence for group in groups for sentence in group]
        vectors = self._index.sentence_vectors(flat)
        view = View(understood, found, self._index.lexical.idf, self._acronyms.filled)
        return gather(view, vector, found, groups, vectors)

    def _compose(
        self,
        question: Question,
        understood: Understood,
        found: tuple[Found, ...],
        evidence: tuple[Evidence, ...],
        chosen: tuple[Evidence, ...],
    ) -> Answer:
        searched = sum(passes(report, question.filters) for report in self._index.reports())
        route = _route(understood)
        draft = Answer(
            question=question,
            understood_as=understood.text,
            language=understood.language,
            route=route,
            status="answered",
            coverage=Coverage(reports=searched),
            retrieved=tuple(_retrieved(one) for one in found),
            index=self.index,
        )
        if not found:
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

    def _worded(self, model: LanguageModel, answer: Answer) -> Iterator[Answer]:
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
            yield replace(answer, cut=cut, notice=phrase("model_failed", answer.language))
        else:
            yield replace(answer, cut=cut, claims=step.claims if step.is_enough else answer.claims)

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


def open_assistant(config: AssistantConfig | None = None, *, embedder: Embeds | None = None) -> Assistant:
    """Open the published index and its model.

    Args:
        config: Where the index lies; None for the defaults.
        embedder: The model, already opened; None to open the configured one.

    Raises:
        IndexMissing: Nothing has been indexed yet.
        IndexStale: The index was built with another model; names the cure.
        IndexUnusable: The index is damaged.
        ModelUnavailable: A model cannot be loaded.
    """
    settings = config or AssistantConfig()
    index = open_index(settings.data, model=model_label(settings.model))
    language_model = open_language_model(settings.language_model)
    return Assistant(
        index,
        embedder or open_embedder(settings.model),
        settings.data,
        language_model,
        # The records' own sentences need no fifth check: without a language model there is nothing to infer.
        open_inference(settings.inference) if language_model else None,
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
