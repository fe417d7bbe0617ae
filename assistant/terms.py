"""Asks the reader a handful of fixed questions about an agreement, in the language of its record."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from assistant.reader import Reader, Reading
from assistant.reader.export import WEIGHTS
from assistant.reader.open import configured_reader, open_reader
from assistant.reader.window import plain_window
from corpus.plain_form import plain_form
from ingest import Embedder
from ingest.ledger.terms import hash_of_terms
from ingest.weights import sha256_of

QUESTIONS = {
    "en": {
        "until": "Until when is the agreement with {them} valid?",
        "for": "For how long is the agreement with {them} concluded?",
        "number": "What is the number of the agreement with {them}?",
        "us": "Who signed the agreement with {them} for {us}?",
        "them": "Who signed the agreement for {them}?",
    },
    "zh": {
        "until": "与{them}的协议有效期到什么时候？",
        "for": "与{them}的协议有效期多长？",
        "number": "与{them}的协议编号是什么？",
        "us": "谁代表{us}签署了与{them}的协议？",
        "them": "谁代表{them}签署了协议？",
    },
    "ru": {
        "until": "До какого числа действует соглашение с «{them}»?",
        "for": "На какой срок заключено соглашение с «{them}»?",
        "number": "Какой номер у соглашения с «{them}»?",
        "us": "Кто подписал соглашение с «{them}» со стороны «{us}»?",
        "them": "Кто подписал соглашение со стороны «{them}»?",
    },
}
"""By language; English for any other. Changing one asks for fitting anew: `python -m assistant.train.terms`."""
OURSELVES = {"en": "us", "zh": "我方", "ru": "наша сторона"}
"""Who wrote the record, where nobody has said how they are called."""


class TermReader:
    """Asks the trained reader about agreements (`ingest.ledger.terms.Asks`).

    Args:
        open_reader: Opens it; asked once, at the first agreement.
    """

    def __init__(self, open_reader: Callable[[], Reader]) -> None:
        self._open = cache(open_reader)
        self.name = f"terms {sha256_of(WEIGHTS)[:12]} {hash_of_terms()[:12]}"

    def __call__(
        self, asked: Sequence[str], header: str, sentences: Sequence[str], sides: tuple[str, str], language: str
    ) -> dict[str, Reading]:
        """A reading for each question, its spans in code points of the sentences as they are written.

        Args:
            asked: Keys of `QUESTIONS`.
            header: What the record is.
            sides: Names of the first party, empty for who wrote the record, and of the other.
            language: Of the record.
        """
        spoken = language if language in QUESTIONS else "en"
        window = plain_window(header, sentences)
        us, them = sides[0] or OURSELVES[spoken], sides[1] or OURSELVES[spoken]
        found = {}
        for kind in asked:
            question = plain_form(QUESTIONS[spoken][kind].format(us=us, them=them))
            reading = self._open().read(question, (), [window])[0]
            pairs = zip(sentences, window.sentences, reading.spans, strict=True)
            found[kind] = replace(reading, spans=tuple(_written(own, plain, span) for own, plain, span in pairs))
        return found


def _written(sentence: str, plain: str, span: tuple[int, int]) -> tuple[int, int]:
    """A span of a sentence in plain form as one of the sentence as written; none where they do not run alike."""
    start, end = span
    return span if plain_form(sentence[start:end]) == plain[start:end] else (0, 0)


def open_term_reader(*, embedder: Embedder | None = None) -> TermReader | None:
    """What reads terms while indexing; None where a cross-encoder is configured as the reader, which finds no spans.

    Args:
        embedder: The model of the index, already opened; the embedded one is opened where that is another.
    """
    return None if configured_reader() else TermReader(lambda: open_reader("", embedder))
