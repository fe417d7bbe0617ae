"""A language model tried with one sentence: what it wrote, and how long it took."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

SENTENCE = "In one short sentence: what is a visit report?"


class Writes(Protocol):
    """A language model, as `assistant.open_language_model` opens it."""

    def write(self, instructions: str, text: str) -> Iterator[str]:
        """What it writes, in pieces."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a model answered, without blanks around it, and the seconds to its first word and in all."""

    text: str
    first: float
    whole: float


def try_model(model: Writes, sentence: str = SENTENCE) -> Trial:
    """Ask a model one sentence. Raises `LanguageModelFailed` where it cannot be reached, or does not answer."""
    start, first, text = time.monotonic(), 0.0, ""
    for piece in model.write("Answer briefly.", sentence):
        first = first or time.monotonic() - start
        text += piece
    return Trial(text=text.strip(), first=first, whole=time.monotonic() - start)
