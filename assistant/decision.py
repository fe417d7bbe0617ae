"""What to make of the reader's scores: which sentences belong to an answer, and whether there is one at all.

Logistic regressions and a few cuts, fitted by `python -m assistant.train.decision` on offices that the reader was
not trained on; `decision.json` holds the numbers, the data they were fitted on and how well they do.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FEATURES = (
    "answers", "name_coverage", "time", "rank", "other_script", "score", "fact", "span", "names_here", "closer",
    "names_told", "of_others",
)  # fmt: skip
"""Of a sentence: the reader's log-odds; of its passage the share of the question's names, the agreement in time, one
over its place in the search, whether it is written in another script than the question, and the score of the search;
then the probability that the question asks for the kind of fact that the ledger has of the sentence, that of the
likeliest exact answer in it among all stretches of it, the share of the question's names that itself holds,
the reader's log-odds where it is shown with its neighbors alone, for the `LOOKED_AT` best of a reading, the share
of the question's names that it holds together with the parties of the facts that the ledger has of it, and whether
there are such parties and of all these names none."""
SIGNALS = (*FEATURES, "second", "together", "corrects")
"""Of a question: the features of its best sentence, the log-odds of the best one of another record, those of the
`TOGETHER` best sentences together, and that the best one corrects the question."""
BESIDE = ("own", "best", "same_record", "adjoining", "answers", "best_answers", "span", "closer", "several")
"""Of a sentence beside the likeliest one: the log-odds that it belongs to the answer, those of the likeliest one,
whether it stands in the same record, and whether it comes right before or after; then the reader's log-odds of both,
the features ``span`` and ``closer`` of itself, and the log-odds that the question needs several sentences."""
TOLD = ("own", "best", "beside", "answered", "several", "few", "summary", *FEATURES)
"""Of a sentence that is told: the log-odds that it belongs to the answer, those of the likeliest one, those that it is
told beside that one (0 for that one itself), that the records answer, and that the question needs several sentences;
whether the intent is one of `FEW`, whether it is a summary; then its features."""
FEW = ("lookup", "status", "latest")
"""Intents that one fact answers; for each other all that the records hold is told."""


def group_of(intent: str) -> str:
    """Which of the weights of `Decision` are those of an intent: ``few``, ``many`` or ``summary``."""
    return "few" if intent in FEW else "summary" if intent == "summary" else "many"


LOOKED_AT = 8
"""Best sentences of what is read at once that are read a second time, closer."""
READ_FOR_ONE, READ_FOR_SUMMARY = 24, 60
"""Passages that are read for a single fact, and for a summary: in 60 of some 400 stand .83 of what is vital."""
TOGETHER = 6
"""Best sentences whose log-odds are added up: as many as most records in view hold, however few records there are."""
NONE_BESIDE = -10.0
"""Log-odds of the best sentence of another record where there is none."""
ADJOINING = 4
"""Code points, white space and a mark, between sentences that follow each other."""
Features = NDArray[np.float32]

_TABLE = Path(__file__).parent / "decision.json"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decision:
    """The fitted numbers.

    Attributes:
        sentence: Weights of `FEATURES`, then a constant.
        answered: Weights of `SIGNALS`, then a constant.
        least: Probability from which a question is answered.
        closest: Probability from which the best sentence of a question that is refused is shown as the closest one.
        few, many, summary: Weights of `BESIDE`, then a constant, for intents of one fact, of all, and for summaries.
        more: By intent, the probability from which a sentence beside the likeliest is told too.
        corrected: Log-odds from which the best sentence is told as correcting the question; None for never.
        first, others: Weights of `TOLD`, then a constant, for the likeliest sentence and for those beside it.
        sure: Probability from which a sentence that is told counts as found to answer.
    """

    sentence: Features
    answered: Features
    least: float
    closest: float
    few: Features
    many: Features
    summary: Features
    more: Mapping[str, float]
    corrected: float | None
    first: Features
    others: Features
    sure: float

    def belongs(self, features: Features) -> Features:
        """Probability that each sentence belongs to the answer; `features` (n, len(FEATURES)) to (n,)."""
        return np.asarray(_sigmoid(features @ self.sentence[:-1] + self.sentence[-1]), dtype=np.float32)

    def is_answered(self, signals: Features) -> float:
        """Probability that the records answer; `signals` as `SIGNALS`."""
        return float(_sigmoid(signals @ self.answered[:-1] + self.answered[-1]))

    def beside(self, intent: str, features: Features) -> Features:
        """Probability that each sentence is told beside the likeliest; `features` (n, len(BESIDE)) to (n,)."""
        weights = {"few": self.few, "many": self.many, "summary": self.summary}[group_of(intent)]
        return np.asarray(_sigmoid(features @ weights[:-1] + weights[-1]), dtype=np.float32)

    def is_found(self, told: Features) -> NDArray[np.bool_]:
        """Whether each sentence told is surely enough one that answers; `told` as `TOLD`, the likeliest one first."""
        odds = told @ self.others[:-1] + self.others[-1]
        odds[:1] = told[:1] @ self.first[:-1] + self.first[-1]
        return np.asarray(_sigmoid(odds) >= self.sure)


def told_of(
    intent: str, features: Features, own: Features, beside: Features, answered: float, several: float
) -> Features:
    """`TOLD` of sentences, the likeliest one first, (n, len(TOLD)).

    Args:
        intent: The kind of answer.
        features: Of each, as `FEATURES`, (n, len(FEATURES)); `own` the probability that it belongs to the answer, (n,).
        beside: Probability that each but the first is told beside that, (n - 1,).
        answered: Probability that the records answer.
        several: Log-odds that the question needs several sentences.
    """
    odds = log_odds(own)
    alike = (float(log_odds(np.array([answered]))[0]), several, float(intent in FEW), float(intent == "summary"))
    first = (odds, np.full(len(odds), odds[0]), np.concatenate([[0.0], log_odds(beside)]))
    columns = [*first, *(np.full(len(odds), value) for value in alike)]
    return np.concatenate([np.stack(columns, axis=1), features], axis=1).astype(np.float32)


def signals_of(features: Features, reports: Sequence[str], corrects: float) -> Features:
    """What the decision to answer at all sees of a question, as `SIGNALS`.

    Args:
        features: Of its sentences, likeliest first, (n, len(FEATURES)); at least one.
        reports: The record of each.
        corrects: Log-odds that the first one corrects the question.
    """
    odds = features[:, 0]
    # Of a list or a large archive more is read; more sentences must not look more like an answer.
    seen = np.sort(odds)[::-1][:TOGETHER]
    second = next((odds[at] for at, report in enumerate(reports) if report != reports[0]), NONE_BESIDE)
    together = seen.max() + np.log(np.exp(seen - seen.max()).sum())
    return np.array([*features[0], second, together, corrects], dtype=np.float32)


def beside_of(
    probabilities: Features, reports: Sequence[str], places: NDArray[np.int64], features: Features, several: float
) -> Features:
    """`BESIDE` of each sentence but the first.

    Args:
        probabilities: Of the sentences, likeliest first, (n,); `reports` the record of each.
        places: Where each starts and ends in its record, (n, 2).
        features: Of each, as `FEATURES`, (n, len(FEATURES)).
        several: Log-odds that the question needs several sentences.
    """
    odds = log_odds(probabilities)
    same = np.array([report == reports[0] for report in reports], dtype=np.float32)
    gaps = np.minimum(np.abs(places[:, 0] - places[0, 1]), np.abs(places[0, 0] - places[:, 1]))
    answers, n = features[:, FEATURES.index("answers")], len(odds)
    own = [features[:, FEATURES.index(name)] for name in ("span", "closer")]
    alike = [np.full(n, value) for value in (odds[0], answers[0], several)]
    columns = (odds, alike[0], same, same * (gaps <= ADJOINING), answers, alike[1], *own, alike[2])
    return np.stack(columns, axis=1).astype(np.float32)[1:]


def log_odds(probabilities: Features) -> Features:
    """Of probabilities, kept finite."""
    inside = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(inside / (1 - inside)), dtype=np.float32)


def _sigmoid(scores: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30)))


@cache
def open_decision() -> Decision:
    """The fitted decision."""
    kept = json.loads(_TABLE.read_text(encoding="utf-8"))
    return Decision(
        sentence=np.array(kept["sentence"], dtype=np.float32),
        answered=np.array(kept["answered"], dtype=np.float32),
        least=kept["least"],
        closest=kept["closest"],
        few=np.array(kept["few"], dtype=np.float32),
        many=np.array(kept["many"], dtype=np.float32),
        summary=np.array(kept["summary"], dtype=np.float32),
        more=kept["more"],
        corrected=kept["corrected"],
        first=np.array(kept["first"], dtype=np.float32),
        others=np.array(kept["others"], dtype=np.float32),
        sure=kept["sure"],
    )
