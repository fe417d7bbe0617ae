"""How well a sentence answers a question: a handful of features, weighed by a logistic regression.

The weights are in `weights.toml`, written by `python -m assistant.evaluate.fit`, which names its data and curve.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.names import Names, names_of
from assistant.retrieve import Found, script_of
from assistant.understand import Kind, Understood
from corpus.dates import event_dates
from corpus.lexicon import says
from corpus.report import Report
from ingest.lexical import tokens
from ingest.passage import Sentence

FEATURES = (
    "cosine", "cosine_rank", "passage", "words", "attribute", "words_around", "names", "names_around", "kind", "unit",
    "date", "position", "length", "other_script",
)  # fmt: skip


UNIT_REACH = 5
"""Words after a number within which the thing counted is looked for: "22 experts from universities"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence in view with its features; `probability` that it belongs to the answer."""

    sentence: Sentence
    found: Found
    features: NDArray[np.float32]
    probability: float = 0.0


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """The stems and bigrams of a text, as the index knows them."""
    return frozenset(tokens(text))


def states_kind(kind: Kind, text: str, asked: Names) -> bool:
    """Whether a sentence states a thing of the kind asked for: a person for who, a number for how many …

    Args:
        kind: What is asked for.
        text: The sentence.
        asked: The names of the question; a person that the question itself names is no answer to who.
    """
    if kind in ("what", "yes_no"):
        return True
    if kind == "who":
        return bool(person_words(text, asked))
    return says("values", kind, text=text, language="any")


def person_words(text: str, asked: Names) -> tuple[str, ...]:
    """Name words of `text` that belong to no known thing and are not in the question; Chinese runs count as one."""
    names = names_of(text)
    new = tuple(word for word in names.words if not asked.has(word))
    if new or not re.search(r"[\u3400-\u9fff]", text):
        return new
    return tuple(re.findall(r"[\u3400-\u9fff]{2,4}", text)[:1])


def unit_range(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Values scaled to 0-1 over their range; all zero when they are equal."""
    low, high = float(values.min()), float(values.max())
    return np.zeros_like(values) if high <= low else (values - low) / (high - low)


def gather(
    understood: Understood,
    vector: NDArray[np.float32],
    found: Sequence[Found],
    sentences: Sequence[Sequence[Sentence]],
    vectors: NDArray[np.float32],
    rarity: Callable[[str], float],
) -> tuple[Evidence, ...]:
    """Every sentence of the passages in view with its features, in the order of the passages.

    Args:
        understood: The question.
        vector: Its unit vector.
        found: Passages in view, best first.
        sentences: The sentences of each of them.
        vectors: Vectors of all these sentences, in order, shape (n, dimension).
        rarity: Inverse document frequency of a stem.
    """
    flat = [(place, sentence) for place, group in enumerate(sentences) for sentence in group]
    if not flat:
        return ()
    cosines = vectors @ vector
    scripts = [script_of(sentence.text) for _, sentence in flat]
    own = script_of(understood.asked)
    ranks = _ranks_within(cosines, scripts)
    wanted = {stem: rarity(stem) for word in understood.terms for stem in stems(word)}
    attribute = {stem: rarity(stem) for word in understood.attribute for stem in stems(word)}
    units = frozenset(stem for word in understood.units for stem in stems(word))
    evidence = []
    for number, (place, sentence) in enumerate(flat):
        around = f"{found[place].passage.heading} {found[place].passage.text}"
        group = sentences[place]
        spoken_of = _spoken_of(group, group.index(sentence))
        features = (
            float(cosines[number]),
            1.0 / ranks[number],
            found[place].score,
            _coverage(wanted, stems(sentence.text)),
            _coverage(attribute, stems(sentence.text)),
            _coverage(wanted, stems(around)),
            name_share(understood.names, names_of(spoken_of)),
            name_share(understood.names, names_of(around)),
            float(np.mean([states_kind(kind, sentence.text, understood.names) for kind in understood.kinds])),
            float(states_unit(sentence.text, units)),
            float(agrees_in_time(understood, found[place].report, around)),
            1.0 / (1 + place),
            min(1.0, len(sentence.text) / 300),
            float(scripts[number] != own),
        )
        evidence.append(
            Evidence(sentence=sentence, found=found[place], features=np.array(features, dtype=np.float32))
        )
    return tuple(evidence)


def _ranks_within(cosines: NDArray[np.float32], scripts: Sequence[str]) -> list[int]:
    """Rank of each sentence among those of its own script, from 1: the model favors the question's own language."""
    order = np.argsort(-cosines, kind="stable")
    seen: dict[str, int] = {}
    ranks = [0] * len(scripts)
    for number in order:
        seen[scripts[number]] = seen.get(scripts[number], 0) + 1
        ranks[number] = seen[scripts[number]]
    return ranks


def name_share(asked: Names, there: Names) -> float:
    """Share of the question's names that stand in a text; 0 when the question has none."""
    total = len(asked.known) + len(asked.words)
    if not total:
        return 0.0
    return (len(asked.known & there.known) + sum(there.has(word) for word in asked.words)) / total


def _coverage(wanted: dict[str, float], there: frozenset[str]) -> float:
    total = sum(wanted.values())
    return sum(weight for stem, weight in wanted.items() if stem in there) / total if total else 0.0


def states_unit(text: str, units: frozenset[str]) -> bool:
    """Whether a number stands close before one of the things counted: "25 officials", "22名政府官员".

    Args:
        text: The sentence.
        units: Stems of the things counted; none of them makes any number do.
    """
    words = tokens(text)
    numbers = [at for at, word in enumerate(words) if is_number(word)]
    if not units:
        return bool(numbers)
    return any(unit in words[at + 1 : at + 1 + UNIT_REACH] for at in numbers for unit in units)


def is_number(stem: str) -> bool:
    """Whether a stem is a number in figures or an English or Russian word, or opens with a Chinese one."""
    return stem.isdigit() or says("values", "how_many", text=stem, language="any")


def agrees_in_time(understood: Understood, report: Report, around: str) -> bool:
    """Whether every year and day the question names stands in the passage or among the report's dates.

    A report without a year cannot contradict one, so it agrees.
    """
    known = {date.year for date in report.dates if date.year}
    years_there = {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", around)} | known
    if known and not set(understood.years) <= years_there:
        return False
    days = {date.start[-5:] for date in understood.dates if len(date.start) >= 7 and date.start[-5:-3].isdigit()}
    there = {date.start[-5:] for date in (*report.dates, *event_dates(around, report.language))}
    return days <= there if days and there else True


def _spoken_of(group: Sequence[Sentence], at: int) -> str:
    """A sentence with the one before it when it opens by pointing back: "It ranks …", "他同时 …"."""
    text = group[at].text
    return f"{group[at - 1].text} {text}" if at and points_back(text) else text


def points_back(text: str) -> bool:
    """Whether a sentence opens with a pronoun or another word that points to the sentence before."""
    return says("questions", "points_back", text=text)
