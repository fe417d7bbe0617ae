"""The prover: runs the five checks on a sentence and what it cites, whoever wrote it."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.prove.align import Alignment, Read, ReadsTokens, joined, read
from assistant.prove.covered import uncovered
from assistant.prove.entailed import signs
from assistant.prove.proof import CheckName, Proof, Reason
from assistant.prove.roles import misattributed
from assistant.prove.stronger import overstated
from ingest.lexical import tokens
from ingest.split import split_sentences

IN_VIEW = 8
"""Sentences of long evidence, the nearest first, that one sentence is held against."""
CACHED = 4096
"""Texts whose token vectors are kept."""


class Prover:
    """Checks sentences against quotes; safe to use from several threads.

    Args:
        model: Gives token vectors.
        filled: Completes a text with the full names of the acronyms the records explain, and the other way round.
    """

    def __init__(self, model: ReadsTokens, filled: Callable[[str], str] = str) -> None:
        self._model = model
        self._filled = filled
        self._read = lru_cache(maxsize=CACHED)(self._read_anew)

    def prove(self, sentence: str, quotes: Sequence[str], *, text: str | None = None, around: str = "") -> Proof:
        """Check a sentence against the words it cites.

        Args:
            sentence: One sentence or a few; a few are checked one by one, and the worst counts.
            quotes: The cited words; long ones are searched for the sentences that come nearest.
            text: The record the quotes are said to stand in; None when there is none to look them up in.
            around: Words the quotes are to be read with, as the title of their record: names may stand there.
        """
        wanted = [quote.strip() for quote in quotes if quote.strip()]
        if not wanted or not sentence.strip():
            return Proof(failed={"located": Reason(key="no_quote")}, score=0.0)
        if text is not None and any(quote not in text for quote in wanted):
            return Proof(failed={"located": Reason(key="not_located")}, score=0.0, quote=wanted[0])
        if any(_plain(sentence) in _plain(quote) for quote in wanted):
            return Proof(quote=next(quote for quote in wanted if _plain(sentence) in _plain(quote)))
        proofs = [self._prove_one(part, wanted, around) for part in _sentences(sentence)]
        failed: dict[CheckName, Reason] = {}
        for proof in proofs:
            failed = {**proof.failed, **failed}
        worst = min(proofs, key=lambda proof: proof.score)
        return Proof(failed=failed, score=worst.score, quote=worst.quote)

    def examine(self, sentence: str, quotes: Sequence[str], around: str = "") -> tuple[dict[CheckName, Reason], NDArray[np.float32], str]:
        """What checks two to four found on one sentence, its signs for the fifth, and the nearest words cited."""
        claim = self._read(sentence)
        source, nearest = self._in_view(claim, quotes)
        aligned = Alignment(claim=claim, source=source)
        filled_source = "\n".join([self._filled(source.text), around]).strip()
        found: dict[CheckName, Reason | None] = {
            "covered": uncovered(self._filled(sentence), filled_source, aligned),
            "no_stronger": overstated(sentence, source.text, aligned),
            "same_roles": misattributed(sentence, source.text, aligned),
        }
        failed = {name: reason for name, reason in found.items() if reason}
        return failed, signs(aligned, nearest, failed), nearest.text

    def _prove_one(self, sentence: str, quotes: Sequence[str], around: str) -> Proof:
        failed, _, nearest = self.examine(sentence, quotes, around)
        return Proof(failed=failed, score=1.0, quote=nearest)

    def _in_view(self, claim: Read, quotes: Sequence[str]) -> tuple[Read, Read]:
        """The sentences of the evidence nearest to a sentence, in their order, and the nearest of all."""
        parts = [self._read(part) for quote in quotes for part in _sentences(quote)]
        words = {word.stem for word in claim.words if word.is_content}
        near = [float(part.whole @ claim.whole) + len(words & set(part.columns[0])) / max(1, len(words)) for part in parts]
        order = sorted(range(len(parts)), key=lambda at: -near[at])
        return joined([parts[at] for at in sorted(order[:IN_VIEW])]), parts[order[0]]

    def _read_anew(self, text: str) -> Read:
        return read(text, self._model.embed_tokens([text])[0])


def _sentences(text: str) -> list[str]:
    found = [text[start:end].strip() for start, end in split_sentences(text)]
    return [part for part in found if tokens(part)] or [text.strip()]


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".。 ")
