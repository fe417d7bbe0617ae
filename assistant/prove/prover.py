"""The prover: runs the five checks on a sentence and what it cites, whoever wrote it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.prove.align import Alignment, Read, ReadsTokens, joined, read
from assistant.prove.covered import uncovered
from assistant.prove.entailed import signs, weakest_word
from assistant.prove.proof import CheckName, Proof, Reason
from assistant.prove.roles import misattributed
from assistant.prove.stronger import overstated
from assistant.prove.weigh import Infers, Weighs, by_head, by_inference
from corpus.language import script_of
from ingest.lexical import tokens
from ingest.split import split_sentences

IN_VIEW = 8
"""Sentences of long evidence, the nearest first, that one sentence is held against."""
MOST_READ = 48
"""Sentences of longer evidence that are encoded: those that share words with the sentence to be proved."""
CACHED = 4096
"""Texts whose token vectors are kept."""


UNSURE = frozenset(
    (
        ("only_unreal", False), ("only_unreal", True), ("counts_other", False), ("counts_other", True),
        ("name_missing", True), ("office_wrong", True),
    )
)  # fmt: skip
"""Reasons, in one script or across two, that came up on a true sentence for every three false ones or fewer."""


@dataclass(frozen=True, eq=False)
class Examined:
    """One sentence beside its evidence.

    Attributes:
        failed: Reason of each of checks two to four that surely failed.
        doubt: A reason that is not sure enough to withhold the sentence, but keeps it from being proved.
        signs: For the fifth check, in the order of `entailed.SIGNS`.
        nearest: The sentence of the evidence that comes nearest.
    """

    failed: Mapping[CheckName, Reason]
    doubt: Reason | None
    signs: NDArray[np.float32]
    nearest: str
    aligned: Alignment


class Prover:
    """Checks sentences against quotes; safe to use from several threads.

    Args:
        model: Gives token vectors.
        filled: Completes a text with the full names of the acronyms the records explain, and the other way round.
        inference: Decides the fifth check instead of the fitted head; see `by_inference`.
    """

    def __init__(
        self, model: ReadsTokens, filled: Callable[[str], str] = str, *, inference: Infers | None = None
    ) -> None:
        self._model = model
        self._fifth: Weighs = by_inference(inference) if inference else by_head
        self._filled = filled
        self._known: OrderedDict[str, Read] = OrderedDict()
        self._lock = threading.Lock()

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
        if whole := next((quote for quote in wanted if _stands_whole(sentence, quote)), ""):
            return Proof(quote=whole)
        proofs = [self._prove_one(part, wanted, around) for part in sentences_of_text(sentence)]
        failed: dict[CheckName, Reason] = {}
        for proof in proofs:
            failed = {**proof.failed, **failed}
        worst = min(proofs, key=lambda proof: proof.score)
        return Proof(failed=failed, score=worst.score, quote=worst.quote)

    def examine(self, sentence: str, quotes: Sequence[str], around: str = "") -> Examined:
        """What checks two to four find on one sentence, and its signs for the fifth."""
        parts = _worth_reading(sentence, [part for quote in quotes for part in sentences_of_text(quote)])
        claim, *sources = self._read([sentence, *parts])
        source, nearest = _in_view(claim, sources)
        aligned = Alignment(claim=claim, source=source)
        filled_source = "\n".join([self._filled(source.text), around]).strip()
        found: dict[CheckName, Reason | None] = {
            "covered": uncovered(self._filled(sentence), filled_source, aligned),
            "no_stronger": overstated(sentence, source.text, aligned),
            "same_roles": misattributed(sentence, source.text, aligned),
        }
        told = {name: reason for name, reason in found.items() if reason}
        is_across = script_of(sentence) != script_of(source.text)
        unsure = {
            name: reason for name, reason in told.items() if (reason.key, is_across) in UNSURE and not reason.is_sure
        }
        return Examined(
            failed={name: reason for name, reason in told.items() if name not in unsure},
            doubt=next(iter(unsure.values()), None),
            signs=signs(aligned, nearest, told),
            nearest=nearest.text,
            aligned=aligned,
        )

    def _prove_one(self, sentence: str, quotes: Sequence[str], around: str) -> Proof:
        examined = self.examine(sentence, quotes, around)
        score, is_enough = self._fifth(examined.aligned, examined.nearest, examined.signs)
        failed = dict(examined.failed)
        if examined.doubt:
            failed["entailed"] = examined.doubt
        elif not is_enough:
            failed["entailed"] = Reason(key="not_entailed", values={"what": weakest_word(examined.aligned)})
        return Proof(failed=failed, score=score, quote=examined.nearest)

    def _read(self, texts: Sequence[str]) -> list[Read]:
        """Texts with their token vectors, in order; those not known yet are encoded in one call."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        fresh = [text for text in dict.fromkeys(texts) if text not in found]
        found |= dict(zip(fresh, map(read, fresh, self._model.embed_tokens(fresh)), strict=True))
        with self._lock:
            self._known.update(found)
            while len(self._known) > CACHED:
                self._known.popitem(last=False)
        return [found[text] for text in texts]


def _worth_reading(sentence: str, parts: list[str]) -> list[str]:
    """Of very many sentences those that share most words with this one, in their order; all across scripts."""
    if len(parts) <= MOST_READ or script_of(sentence) != script_of(" ".join(parts)):
        return parts
    words = set(tokens(sentence))
    shared = [len(words & set(tokens(part))) for part in parts]
    return [parts[at] for at in sorted(sorted(range(len(parts)), key=lambda at: -shared[at])[:MOST_READ])]


def _in_view(claim: Read, parts: Sequence[Read]) -> tuple[Read, Read]:
    """The sentences of the evidence nearest to a sentence, in their order, and the nearest of all."""
    words = {word.stem for word in claim.words if word.is_content}
    near = [float(part.whole @ claim.whole) + len(words & set(part.columns[0])) / max(1, len(words)) for part in parts]
    order = sorted(range(len(parts)), key=lambda at: -near[at])
    return joined([parts[at] for at in sorted(order[:IN_VIEW])]), parts[order[0]]


def sentences_of_text(text: str) -> list[str]:
    """The sentences of a text that hold words, in order; the text itself where none is found."""
    found = [text[start:end].strip() for start, end in split_sentences(text)]
    return [part for part in found if tokens(part)] or [text.strip()]


def _stands_whole(sentence: str, quote: str) -> bool:
    """Whether a sentence is one or more whole sentences of a quote: a part of one may leave out its "not"."""
    parts = [_plain(part) for part in sentences_of_text(quote)]
    mine = [_plain(part) for part in sentences_of_text(sentence)]
    return any(parts[at : at + len(mine)] == mine for at in range(len(parts) - len(mine) + 1))


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".。 ")
