"""Fit the weights of the evidence features on judged questions: `python -m assistant.evaluate.fit DATA FILE...`.

Every sentence in view of a question is one example, positive when it overlaps a gold quote; questions marked
``"split": "held"`` are left out. Prints, by leaving out each question in turn, how often the best sentence is gold.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.compose.evidence import FEATURES, Evidence
from assistant.compose.weigh import WEIGHTS_FILE
from assistant.evaluate.measures import gold_stretches
from assistant.evaluate.questions import JudgedQuestion, read_questions
from assistant.open import AssistantConfig, open_assistant
from assistant.steps import Assistant

REGULARIZATION = 0.3
"""Inverse strength of the L2 penalty, on standardized features."""
POSITIVE_WEIGHT = 4
"""A gold sentence counts as this many others: there are some twenty others for each."""

Examples = tuple[NDArray[np.float32], NDArray[np.int64]]


def examples(judged: JudgedQuestion, assistant: Assistant) -> Examples:
    """Features of every sentence in view, shape (n, features), and whether each overlaps a gold quote."""
    evidence = assistant.evidence(judged.asked())
    gold = [stretch for group in gold_stretches(judged, assistant.report_text) for stretch in group]
    labels = [_overlaps(item, gold) for item in evidence]
    return np.stack([item.features for item in evidence]), np.array(labels, dtype=np.int64)


def fit(sets: Sequence[Examples]) -> tuple[NDArray[np.float64], float]:
    """Weights and bias of a logistic regression over the raw features."""
    from sklearn.linear_model import LogisticRegression

    features = np.concatenate([one for one, _ in sets])
    labels = np.concatenate([one for _, one in sets])
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    model = LogisticRegression(C=REGULARIZATION, class_weight={0: 1, 1: POSITIVE_WEIGHT}, max_iter=5000)
    model.fit((features - mean) / spread, labels)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ mean)


def first_is_gold(sets: Sequence[Examples]) -> float:
    """Share of questions whose best sentence is gold when the question itself was left out of the fit."""
    hits = 0
    for number, (features, labels) in enumerate(sets):
        weights, _ = fit([one for other, one in enumerate(sets) if other != number])
        hits += int(labels[int(np.argmax(features @ weights))])
    return hits / len(sets)


def main(arguments: list[str]) -> int:
    """Fit and write `weights.toml`."""
    data, *files = arguments
    assistant = open_assistant(AssistantConfig(data=Path(data)))
    judged = [one for file in files for one in read_questions(Path(file)) if one.split != "held" and one.gold_quotes]
    sets = [one for one in (examples(question, assistant) for question in judged) if one[1].any()]
    weights, bias = fit(sets)
    lines = [
        "# Written by: python -m assistant.evaluate.fit DATA " + " ".join(Path(file).name for file in files),
        f"# {len(sets)} questions, {sum(len(one) for _, one in sets)} sentences; best sentence gold, each question",
        f"# left out in turn: {first_is_gold(sets):.3f}",
        f"bias = {bias:.4f}",
        "",
        "[weights]",
        *(f"{name} = {weight:.4f}" for name, weight in zip(FEATURES, weights, strict=True)),
    ]
    WEIGHTS_FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")
    assistant.close()
    return 0


def _overlaps(item: Evidence, gold: Sequence[tuple[str, int, int]]) -> bool:
    stem = Path(item.found.report.path).stem
    return any(stem == file and item.sentence.start < end and start < item.sentence.end for file, start, end in gold)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
