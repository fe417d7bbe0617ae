"""The checker: proves sentences that anybody wrote, against quotes that come with them or a record of the index."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from assistant.prove.align import ReadsTokens
from assistant.prove.pairs import Pair
from assistant.prove.proof import Proof
from assistant.prove.prover import Prover
from assistant.prove.weigh import Infers
from assistant.records import Records
from corpus.acronyms import Acronyms
from corpus.errors import UsageError
from corpus.report import Report
from ingest import TokenVectors, configured_inference, open_embedder, open_index, open_inference

REMEMBERED = 512
"""Texts whose token vectors are kept between pairs without a record: the same evidence often comes on many lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A pair and its proof."""

    pair: Pair
    proof: Proof

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """One line of `rapporteur prove --json`; the reason in `language`, empty for a proved sentence."""
        return {
            "id": self.pair.id,
            "verdict": self.proof.verdict,
            "score": self.proof.score,
            "checks": self.proof.checks,
            "reason": self.proof.reason(language),
            "quote": self.proof.quote,
        }


class Checker:
    """Checks pairs; models and index are opened by the first pair that needs them.

    Args:
        open_model: Opens what gives token vectors.
        open_reports: Gives all reports of the index.
        open_inference: Opens the inference model, where there is to be one.
    """

    def __init__(
        self,
        open_model: Callable[[], ReadsTokens],
        open_reports: Callable[[], Iterable[Report]],
        open_inference: Callable[[], Infers | None] = lambda: None,
    ) -> None:
        self._open_model = open_model
        self._open_reports = open_reports
        self._open_inference = open_inference

    def check(self, pair: Pair) -> Checked:
        """Run the five checks on a pair.

        Quotes of a record must stand verbatim in it, and are read with its title and with the acronyms that any
        record explains; a record without quotes is held against as a whole. Quotes without a record are
        all there is: no index is opened, and only the acronyms they explain themselves are known.

        Raises:
            UsageError: The index does not hold the record.
            IndexMissing: The pair names a record and nothing has been indexed; `IndexStale` and `IndexUnusable` alike.
            ModelUnavailable: A model cannot be loaded.
        """
        if not pair.file:
            prover = Prover(self._remembering, Acronyms(pair.quotes).filled, inference=self._inference)
            return Checked(pair=pair, proof=prover.prove(pair.sentence, pair.quotes))
        report = self._records.named(pair.file)
        if report is None:
            raise UsageError(
                f"{pair.file}: the index holds no such record. Give the path it was indexed under, or index it first: "
                "rapporteur index FOLDER"
            )
        quotes = [quote for quote in pair.quotes if quote.strip()] or [report.text[report.body :]]
        proof = self._over_records.prove(pair.sentence, quotes, text=report.text, around=report.title)
        return Checked(pair=pair, proof=proof)

    def lacking(self, pairs: Iterable[Pair]) -> tuple[str, ...]:
        """Files that pairs name and the index does not hold, sorted, each once; errors of the index as `check`."""
        files = sorted({pair.file for pair in pairs if pair.file})
        return tuple(file for file in files if self._records.named(file) is None)

    @cached_property
    def _model(self) -> ReadsTokens:
        return self._open_model()

    @cached_property
    def _inference(self) -> Infers | None:
        return self._open_inference()

    @cached_property
    def _remembering(self) -> ReadsTokens:
        return _Remembering(self._model)

    @cached_property
    def _reports(self) -> tuple[Report, ...]:
        return tuple(self._open_reports())

    @cached_property
    def _records(self) -> Records:
        return Records(self._reports)

    @cached_property
    def _over_records(self) -> Prover:
        filled = Acronyms(report.text[report.body :] for report in self._reports).filled
        return Prover(self._model, filled, inference=self._inference)


class _Remembering:
    """A model that does not read the same text twice in a row of lines."""

    def __init__(self, model: ReadsTokens) -> None:
        self._one = lru_cache(maxsize=REMEMBERED)(lambda text: model.embed_tokens([text])[0])

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        return [self._one(text) for text in texts]


def open_checker(
    data: Path, model: str = "", *, embedder: ReadsTokens | None = None, inference: str | None = None
) -> Checker:
    """A checker over the index in a data folder, which need not exist as long as no pair names a record.

    Args:
        data: The data folder; nothing is written there. The index may have been built with any model.
        model: ``""`` for the embedded model, else a name or folder.
        embedder: The model, already opened; None to open the one named.
        inference: Name or folder of the inference model, ``""`` for none; None for what the environment names.
    """

    def reports() -> Sequence[Report]:
        index = open_index(data)
        try:
            return index.reports()
        finally:
            index.close()

    inferring = configured_inference() if inference is None else inference
    return Checker(lambda: embedder or open_embedder(model), reports, lambda: open_inference(inferring))
