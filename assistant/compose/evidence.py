"""How well a sentence answers a question: a handful of features, weighed by a logistic regression.

The weights are in `weights.toml`, written by `python -m assistant.evaluate.fit`, which names its data and curve.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.concepts import concepts_in, offices_in
from assistant.names import Names, names_of
from assistant.people import people_in
from assistant.retrieve import Found, script_of
from assistant.understand import Kind, Understood
from corpus.dates import event_dates
from corpus.lexicon import says
from corpus.report import EventDate, Report
from ingest.lexical import tokens
from ingest.passage import Sentence

FEATURES = (
    "cosine", "cosine_rank", "passage", "words", "attribute", "concepts", "concepts_around", "names", "names_paragraph",
    "names_around", "kind", "office", "unit", "time", "position", "length", "other_script",
)  # fmt: skip

PERSONS = frozenset({"people", "expert", "official", "teacher", "student", "delegation"})
"""Concepts of people: asked for participants, a record may count officials."""
UNIT_REACH = 5
"""Words after a number within which the thing counted is looked for: "22 experts from universities"."""


_PARAGRAPH_END = re.compile(r"[.!?。！？][\"”’»)）]*[ \t]*\n|\n[ \t]*\n")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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
    """Whether a sentence states a thing of the kind asked for: a person for who, a number for how many.

    Args:
        kind: What is asked for.
        text: The sentence.
        asked: The names of the question; a person that the question itself names is no answer to who.
    """
    if kind in ("what", "yes_no"):
        return True
    if kind in ("who", "person"):
        if any(not all(asked.has(part) for part in person.split()) for person in people_in(text)):
            return True
        return kind == "who" and bool(names_of(text).known - asked.known)
    if kind == "countries":
        return len({key for key in names_of(text).known - asked.known if len(key) == 2 and key.isupper()}) > 1
    return says("values", kind, text=text, language="any")


def share(wanted: frozenset[str], there: frozenset[str]) -> float:
    """Share of the wanted keys that are there; 0.5, neither good nor bad, when nothing is wanted."""
    return len(wanted & there) / len(wanted) if wanted else 0.5


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
            share(understood.concepts, concepts_in(sentence.text)),
            share(understood.concepts, concepts_in(around)),
            name_share(understood.names, names_of(spoken_of)),
            name_share(understood.names, names_of(paragraph_of(found[place].report, sentence.start))),
            name_share(understood.names, names_of(around)),
            float(np.mean([states_kind(kind, sentence.text, understood.names) for kind in understood.kinds])),
            share(understood.offices, offices_in(sentence.text)),
            _units_stated(understood, sentence.text),
            agreement_in_time(understood, found[place].report, around),
            1.0 / (1 + place),
            min(1.0, len(sentence.text) / 300),
            float(scripts[number] != own),
        )
        evidence.append(Evidence(sentence=sentence, found=found[place], features=np.array(features, dtype=np.float32)))
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


def states_unit(text: str, unit: str) -> bool:
    """Whether a number stands close before the thing counted: "25 officials", "22名政府官员".

    Args:
        text: The sentence.
        unit: The thing counted, as the question words it; any word for people does for people.
    """
    words = tokens(text)
    wanted = stems(unit)
    kinds = concepts_in(unit)
    kinds = kinds | PERSONS if kinds & PERSONS else kinds
    for at, word in enumerate(words):
        if is_number(word) and wanted & set(words[at + 1 : at + 1 + UNIT_REACH]):
            return True
    return bool(kinds & concepts_in(text)) and any(is_number(word) for word in words)


@lru_cache(maxsize=8192)
def is_number(stem: str) -> bool:
    """Whether a stem is a number in figures or an English or Russian word, or opens with a Chinese one."""
    return stem.isdigit() or says("values", "how_many", text=stem, language="any")


def agreement_in_time(understood: Understood, report: Report, around: str) -> float:
    """How the times the question names agree with a passage and its report's dates.

    Returns:
        1 where every year and day named is found, 0 where the record states others, 0.5 where nothing is named
        or the record states no time to compare with.
    """
    if not understood.years and not understood.dates:
        return 0.5
    dates = (*report.dates, *event_dates(around, report.language))
    verdicts = []
    if understood.years:
        years = {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", around)}
        years |= {date.year for date in dates if date.year}
        verdicts.append(1.0 if set(understood.years) <= years else 0.0 if years else 0.5)
    months = {_month_day(date) for date in understood.dates} - {""}
    if months:
        stated = {part for date in dates for part in (_month_day(date), _month_day(date)[:2])} - {""}
        verdicts.append(1.0 if months <= stated else 0.0 if stated else 0.5)
    return min(verdicts, default=0.5)


def _month_day(date: EventDate) -> str:
    """``11-04`` or ``11`` of a partial date; empty when it has no month."""
    parts = date.start.removeprefix("--").split("-")
    if not date.start.startswith("--"):
        parts = parts[1:]
    return "-".join(parts)


def _units_stated(understood: Understood, text: str) -> float:
    if not understood.units:
        return 0.5
    return sum(states_unit(text, unit) for unit in understood.units) / len(understood.units)


def paragraph_of(report: Report, at: int) -> str:
    """The paragraph that holds offset `at`, with the report's title: what a sentence there is about."""
    ends = [match.end() for match in _PARAGRAPH_END.finditer(report.text, report.body)]
    start = max((end for end in ends if end <= at), default=report.body)
    stop = min((end for end in ends if end > at), default=len(report.text))
    return f"{report.title}\n{report.text[start:stop]}"


def _spoken_of(group: Sequence[Sentence], at: int) -> str:
    """A sentence with the one before it when it opens by pointing back: "It ranks …", "他同时 …"."""
    text = group[at].text
    return f"{group[at - 1].text} {text}" if at and points_back(text) else text


def points_back(text: str) -> bool:
    """Whether a sentence opens with a pronoun or another word that points to the sentence before."""
    return says("questions", "points_back", text=text)
