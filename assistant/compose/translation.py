"""A quote in another language: translated by a language model, and shown only where the exact checks find no fault."""

from dataclasses import dataclass

from assistant.compose.drafts import one_line
from assistant.compose.prompts import translation_request
from assistant.language_model import LanguageModel
from assistant.prove import Proof, Prover
from corpus.citation import Citation
from corpus.errors import LanguageModelFailed

MOST = 2000
"""Code points of a quote that is translated, and of its translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """What a model made of a quote; never a proof, always to be shown beside its original.

    Attributes:
        text: The translation; empty where it was withheld.
        language: ISO 639-1 code it is asked for in.
        proof: What the checks found on it, held against the quote.
    """

    text: str
    language: str
    proof: Proof


def translated(model: LanguageModel, prover: Prover, citation: Citation, language: str) -> Translation:
    """A quote in another language; withheld where names, numbers, dates, states or doers differ from the quote's.

    Args:
        language: ISO 639-1 code.

    Raises:
        LanguageModelFailed: The model failed, wrote nothing or more than one text, or the quote has over `MOST` points.
    """
    if len(citation.quote) > MOST:
        raise LanguageModelFailed(f"A quote of more than {MOST} characters is not translated. Choose a shorter one.")
    text = one_line("".join(model.write(*translation_request(citation.quote, language))), MOST)
    if text is None:
        raise LanguageModelFailed("The language model wrote no translation. Try again, or take another model.")
    proof = prover.prove(text, [citation.quote], around=citation.title)
    return Translation(text="" if proof.verdict == "withheld" else text, language=language, proof=proof)
