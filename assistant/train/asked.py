"""Judged questions of the calibration offices with all their sentences as the product reads them, to fit over."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant import AssistantConfig, Question, open_assistant
from assistant.decision import Features, beside_of, signals_of
from assistant.train.reader import CALIBRATION
from assistant.train.visits import Judged, is_gold, read_judged
from ingest import build_index


def sigmoid(odds: Any) -> Any:
    """Log-odds to probabilities."""
    return 1 / (1 + np.exp(-odds))


@dataclass(frozen=True, slots=True)
class Asked:
    """A judged question with its sentences.

    Attributes:
        several: See `assistant.understand.Understood`.
        features: As `assistant.decision.FEATURES`, (n, len(FEATURES)); `corrects` and `gold` (n,), `report` of each.
        places: Where each starts and ends in its record, (n, 2).
    """

    judged: Judged
    intent: str
    several: float
    features: Features
    corrects: Features
    gold: NDArray[np.bool_]
    report: tuple[str, ...]
    places: NDArray[np.int64]

    def ranked(self, weights: Features) -> tuple["Asked", NDArray[np.float64]]:
        """This question with its sentences likeliest first, and their probabilities."""
        odds = self.features @ weights[:-1] + weights[-1]
        order = np.argsort(-odds, kind="stable")
        sorted_ = replace(
            self,
            features=self.features[order],
            corrects=self.corrects[order],
            gold=self.gold[order],
            report=tuple(self.report[at] for at in order),
            places=self.places[order],
        )
        return sorted_, sigmoid(odds[order])

    def beside(self, probabilities: NDArray[np.float64]) -> Features:
        """`BESIDE` of each sentence but the first, of a ranked question."""
        return beside_of(probabilities.astype(np.float32), self.report, self.places, self.features, self.several)

    @property
    def signals(self) -> Features:
        """What the decision to answer sees of a ranked question."""
        return signals_of(self.features, self.report, float(self.corrects[0]))


Ranked = tuple[Asked, NDArray[np.float64]]
"""A question with its sentences likeliest first, and their probabilities."""


def ask(offices: Path) -> list[Asked]:
    """Every question of the calibration offices with sentences in view, read over an index of all their records."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for office in sorted(CALIBRATION):
            copytree(offices / office, Path(folder, "reports", office))
        build_index(Path(folder, "reports"), data=Path(folder, "data"))
        assistant = open_assistant(AssistantConfig(data=Path(folder, "data")))
        for one in read_judged(offices):
            if one.office not in CALIBRATION:
                continue
            read = assistant.read(Question(text=one.question, history=one.turns))[0]
            understood, candidates = read.understood, read.candidates
            if candidates:
                found.append(
                    Asked(
                        one,
                        understood.intent,
                        understood.several,
                        np.stack([c.features for c in candidates]),
                        np.array([c.corrects for c in candidates], dtype=np.float32),
                        np.array([is_gold(one, c.found.report, c.sentence) for c in candidates]),
                        tuple(c.found.report.id for c in candidates),
                        np.array([(c.sentence.start, c.sentence.end) for c in candidates], dtype=np.int64),
                    )
                )
        assistant.close()
    return found
