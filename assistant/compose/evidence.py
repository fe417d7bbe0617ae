"""What speaks for a sentence as an answer: a handful of features, each a plain question about question and record."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.retrieve import Found, around
from assistant.telling import Telling
from assistant.understand import Kind, Understood
from assistant.values import agreement_in_time, states_kind, states_unit
from corpus.concepts import concepts_in, offices_in, share
from corpus.language import script_of
from corpus.lexicon import says
from corpus.names import Names, names_of
from corpus.people import people_in
from corpus.report import Report
from ingest import Sentence
from ingest.lexical import tokens

FEATURES = (
    "cosine", "cosine_rank", "passage", "words", "attribute", "concepts", "concepts_around", "names", "names_paragraph",
    "names_around", "new_names", "kind", "office", "unit", "time", "position", "lead", "length", "other_script",
)  # fmt: skip
MOST_NEW_NAMES = 5
USUAL_LENGTH = 300

_PARAGRAPH_END = re.compile(r"[.!?。！？][\"”’»)）]*[ \t]*\n|\n[ \t]*\n")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """A sentence in view with its features; `probability` that it belongs to the answer.

    Attributes:
        spoken_of: The sentence, with the one before it when it opens by pointing back.
    """

    sentence: Sentence
    found: Found
    features: NDArray[np.float32]
    spoken_of: str
    probability: float = 0.0

    def feature(self, name: str) -> float:
        """One feature by its name."""
        return float(self.features[FEATURES.index(name)])


class View:
    """One question and the passages in view of it, with what is weighed once for all sentences."""

    def __init__(
        self,
        understood: Understood,
        found: Sequence[Found],
        rarity: Callable[[str], float],
        filled: Callable[[str], str],
    ) -> None:
        self.understood = understood
        self.wanted = _weighed(understood.terms, rarity)
        self.attribute = _weighed(understood.attribute, rarity)
        self.named = Telling(understood.names, [around(one.passage) for one in found], filled).share


def gather(
    view: View,
    vector: NDArray[np.float32],
    found: Sequence[Found],
    sentences: Sequence[Sequence[Sentence]],
    vectors: NDArray[np.float32],
) -> tuple[Evidence, ...]:
    """Every sentence of the passages in view with its features, in the order of the passages.

    Args:
        view: The question and what is in view.
        vector: The question's unit vector.
        found: Passages in view, best first.
        sentences: The sentences of each of them.
        vectors: Vectors of all these sentences, in order, shape (n, dimension).
    """
    flat = [(place, at) for place, group in enumerate(sentences) for at in range(len(group))]
    if not flat:
        return ()
    cosines = vectors @ vector
    scripts = [script_of(sentences[place][at].text) for place, at in flat]
    ranks = _ranks_within(cosines, scripts)
    own = script_of(view.understood.asked)
    return tuple(
        _evidence(
            view,
            found[place],
            sentences[place],
            at,
            near=(float(cosines[number]), 1.0 / ranks[number]),
            place=place,
            across=scripts[number] != own,
        )
        for number, (place, at) in enumerate(flat)
    )


def paragraph_of(report: Report, at: int) -> str:
    """The paragraph that holds offset `at`, with the report's title: what a sentence there is about."""
    ends = [match.end() for match in _PARAGRAPH_END.finditer(report.text, report.body)]
    start = max((end for end in ends if end <= at), default=report.body)
    stop = min((end for end in ends if end > at), default=len(report.text))
    return f"{report.title}\n{report.text[start:stop]}"


def whole_text(report: Report) -> str:
    """The title of a report and its text without the front matter."""
    return f"{report.title} {report.text[report.body :]}"


def is_lead(report: Report, sentence: Sentence) -> bool:
    """Whether a sentence opens its report: it says what the visit was, and seldom the detail asked for."""
    return not any(letter.isalnum() for letter in report.text[report.body : sentence.start])


def points_back(text: str) -> bool:
    """Whether a sentence opens with a pronoun or another word that points to the sentence before."""
    return says("questions", "points_back", text=text)


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """The stems and bigrams of a text, as the index knows them."""
    return frozenset(tokens(text))


def _evidence(
    view: View,
    found: Found,
    group: Sequence[Sentence],
    at: int,
    *,
    near: tuple[float, float],
    place: int,
    across: bool,
) -> Evidence:
    understood, sentence = view.understood, group[at]
    text, nearby = sentence.text, around(found.passage)
    spoken_of = f"{group[at - 1].text} {text}" if at and points_back(text) else text
    features = (
        *near,
        found.score,
        _coverage(view.wanted, stems(text)),
        _coverage(view.attribute, stems(text)),
        share(understood.concepts, concepts_in(text)),
        share(understood.concepts, concepts_in(nearby)),
        view.named(spoken_of),
        view.named(paragraph_of(found.report, sentence.start)),
        view.named(nearby),
        min(1.0, _new_names(understood.names, text) / MOST_NEW_NAMES),
        sum(_states(kind, text, understood) for kind in understood.kinds) / len(understood.kinds),
        share(understood.offices, offices_in(text)),
        sum(states_unit(text, unit) for unit in understood.units) / len(understood.units) if understood.units else 0.5,
        agreement_in_time(understood, found.report, nearby),
        1.0 / (1 + place),
        float(is_lead(found.report, sentence)),
        min(1.0, len(text) / USUAL_LENGTH),
        float(across),
    )
    return Evidence(sentence=sentence, found=found, spoken_of=spoken_of, features=np.array(features, dtype=np.float32))


def _states(kind: Kind, text: str, understood: Understood) -> float:
    """How far a sentence states the kind of thing asked for; who did something, half when it tells not of the doing."""
    if not states_kind(kind, text, understood.names):
        return 0.0
    if kind not in ("who", "person"):
        return 1.0
    tells = not understood.acts or bool(understood.acts & concepts_in(text))
    in_office = kind == "who" or not understood.offices or bool(understood.offices & offices_in(text))
    return 1.0 if tells and in_office else 0.5


def _new_names(asked: Names, text: str) -> int:
    there = names_of(text)
    people = [one for one in people_in(text) if not all(asked.has(part) for part in one.split())]
    return len(there.known - asked.known) + len(people)


def _weighed(words: Sequence[str], rarity: Callable[[str], float]) -> dict[str, float]:
    return {stem: rarity(stem) for word in words for stem in stems(word)}


def _coverage(wanted: dict[str, float], there: frozenset[str]) -> float:
    total = sum(wanted.values())
    return sum(weight for stem, weight in wanted.items() if stem in there) / total if total else 0.0


def _ranks_within(cosines: NDArray[np.float32], scripts: Sequence[str]) -> list[int]:
    """Rank of each sentence among those of its own script, from 1: the model favors the question's own language."""
    seen: dict[str, int] = {}
    ranks = [0] * len(scripts)
    for number in np.argsort(-cosines, kind="stable"):
        seen[scripts[number]] = seen.get(scripts[number], 0) + 1
        ranks[number] = seen[scripts[number]]
    return ranks
