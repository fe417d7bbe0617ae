"""What a question asks: its intent, and the readings in which it may be meant after what was said before."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.intent import SEVERAL, UNASKED, FactKind, Heads, Intent
from assistant.question import Question, Turn
from assistant.times import Times, times_of
from corpus.language import language_of
from corpus.names import Names, names_of

MAX_SAID = 160
"""Code points of an earlier turn: a longer answer is many things, and none of them is meant; of a longer question the
end is kept."""
SURE = 0.35
"""Probability below which a question stands alone, and above one minus which it leans: between them both are tried."""
_FOOTNOTES = re.compile(r"(?:^|\n)\[\d+\] .*|\s*\[\d+\]")

Embed = Callable[[list[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Understood:
    """One way to take a question.

    Attributes:
        asked: The person's own last question, white space folded.
        history: What was said before that belongs to it, oldest first; empty where it stands alone.
        text: The question with what it leans on, fit to be shown.
        search_text: What is searched; `vector` its unit vector as the index compares it, shape (dimension,).
        language: ISO 639-1 code of the question.
        intent: The kind of answer it wants; `asks` the probability of each kind of fact that it may ask for,
            `several` the log-odds that it needs more than one sentence.
        names: Names in `search_text`.
        times: Years and dates it names.
    """

    asked: str
    history: tuple[str, ...]
    text: str
    search_text: str
    vector: NDArray[np.float32]
    language: str
    intent: Intent
    asks: Mapping[FactKind, float]
    several: float
    names: Names
    times: Times


def understand(
    question: Question,
    heads: Heads,
    embed: Embed,
    search_vector: Callable[[str], NDArray[np.float32]],
    named: Callable[[str], Names] = names_of,
) -> tuple[Understood, ...]:
    """The readings of a question, the likeliest first: alone, or with what it leans on, or both where that is open.

    Args:
        heads: Tell its intent and whether it leans, from vectors of the embedded model.
        embed: Gives those; `search_vector` the vector that the index compares.
        named: Gives the names of a question.
    """
    asked = " ".join(question.text.split())
    language = question.language or language_of(asked)
    vectors = embed([asked])
    intent = heads.intent(vectors[0], asked)
    asks, several = heads.asks(vectors[0]), heads.several(vectors[0], asked)

    def reading(history: tuple[str, ...]) -> Understood:
        whole = " ".join((*history, asked))
        return Understood(
            asked=asked,
            history=history,
            text=f"{asked} ({' — '.join(one.rstrip('?？。. ') for one in history)})" if history else asked,
            search_text=whole,
            vector=search_vector(whole),
            language=language,
            intent=intent,
            asks=asks,
            several=several,
            names=named(whole),
            times=times_of(asked, language, any_of_them=intent in SEVERAL),
        )

    alone = reading(())
    questions = [at for at, turn in enumerate(question.history) if turn.role == "user"][-2:]
    if not questions:
        return (alone,)
    *earlier, last = embed([" ".join(question.history[at].content.split()) for at in questions])
    leans = heads.leans(vectors[0], last)
    if leans < SURE:
        return (alone,)
    is_chain = bool(earlier) and heads.leans(last, earlier[0]) > 0.5
    said = leant_on(question.history if is_chain else question.history[questions[-1] :])
    if intent in UNASKED:  # "and for the other side?" alone asks nothing
        whole_text = " ".join((*said, asked))
        vector = embed([whole_text])[0]
        intent = heads.intent(vector, whole_text)
        asks, several = heads.asks(vector), heads.several(vector, whole_text)
    whole = reading(said)
    if leans > 1 - SURE or (leans > 0.5 and alone.intent in UNASKED):
        return (whole,)
    return (whole, alone) if leans > 0.5 else (alone, whole)


def leant_on(history: Sequence[Turn]) -> tuple[str, ...]:
    """The last two of the turns that a question leans on: questions, and answers short enough to be one thing."""
    said = [(turn.role, " ".join(_FOOTNOTES.sub("", turn.content).split())) for turn in history]
    kept = [one[-MAX_SAID:] for role, one in said if one and (role == "user" or len(one) <= MAX_SAID)]
    return tuple(kept[-2:])
