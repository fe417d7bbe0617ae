"""What to make of the reader's scores: which sentences belong to an answer, and whether there is one at all.

Two logistic regressions and a few cuts, fitted by `python -m assistant.train.decision` on offices that the reader was
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

FEATURES = ("answers", "name_coverage", "time", "rank", "other_script")
"""Of a sentence: the reader's log-odds; of its passage the share of the question's names, the agreement in time, one
over its place in the search, and whether it is written in another script than the question."""
SIGNALS = (*FEATURES, "second", "together", "corrects")
"""Of a question: the features of its best sentence, the log-odds of the best one of another record, those of all
sentences together, and that the best one corrects the question."""
NONE_BESIDE = -10.0
"""Log-odds of the best sentence of another record where there is none."""
Features = NDArray[np.float32]

_TABLE = Path(__file__).parent / "decision.json"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decision:
    """The fitted numbers.

    Attributes:
        sentence: Weights of `FEATURES`, then a constant.
        answered: Weights of `SIGNALS`, then a constant; `same_script` and another for questions in another script.
        least: Probability from which a question is answered.
        more: By intent, the probability from which a sentence beside the best is told too.
        corrected: Log-odds from which the best sentence is told as correcting the question.
        span: Probability from which a span is set off.
    """

    sentence: Features
    answered: Features
    least: float
    more: Mapping[str, float]
    corrected: float
    span: float

    def belongs(self, features: Features) -> Features:
        """Probability that each sentence belongs to the answer; `features` (n, len(FEATURES)) to (n,)."""
        return np.asarray(_sigmoid(features @ self.sentence[:-1] + self.sentence[-1]), dtype=np.float32)

    def is_answered(self, signals: Features) -> float:
        """Probability that the records answer; `signals` as `SIGNALS`."""
        return float(_sigmoid(signals @ self.answered[:-1] + self.answered[-1]))

    def threshold(self, intent: str) -> float:
        """The probability from which a sentence beside the best is told."""
        return self.more.get(intent, self.more["lookup"])


def signals_of(features: Features, reports: Sequence[str], corrects: float) -> Features:
    """What the decision to answer at all sees of a question, as `SIGNALS`.

    Args:
        features: Of its sentences, likeliest first, (n, len(FEATURES)); at least one.
        reports: The record of each.
        corrects: Log-odds that the first one corrects the question.
    """
    odds = features[:, 0]
    second = next((odds[at] for at, report in enumerate(reports) if report != reports[0]), NONE_BESIDE)
    together = odds.max() + np.log(np.exp(odds - odds.max()).sum())
    return np.array([*features[0], second, together, corrects], dtype=np.float32)


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
        more=kept["more"],
        corrected=kept["corrected"],
        span=kept["span"],
    )
