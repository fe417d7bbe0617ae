"""Fit the head that tells planted instructions, `python -m assistant.train.orders`; writes its weights and card."""

import hashlib
import json
import random
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.train.intent import area, fit, told_chances, with_letters
from ingest import open_embedder
from ingest.split import split_sentences

WEIGHTS = Path("assistant/orders.npz")
STRENGTH = 10.0
"""Inverse of the regularization."""
FOLDS = 8
SPARED = 0.96
"""Share of the sentences of records that the cut must spare, each told by a fit that has not seen it: one that is taken
for an order is only not shown to the model, while an order that is missed may be obeyed."""
MOST = 4000
"""Sentences of records beside the written lines."""


def record_sentences(folders: Sequence[Path], most: int) -> list[str]:
    """Sentences of the records of these folders of offices, at most so many, the same ones each time."""
    found = []
    for path in sorted(path for folder in folders for path in folder.glob("*/*.md")):
        text = path.read_text(encoding="utf-8")
        found += [" ".join(text[start:end].split()) for start, end in split_sentences(text)]
    return random.Random(7).sample(found, min(most, len(found)))


def measure(odds: NDArray[np.float64], orders: Sequence[bool], cut: float) -> dict[str, float]:
    """Share of the orders found and of the others taken for some, and the area under the curve."""
    are = np.array(orders)
    return {
        "found": round(float(np.mean(odds[are] >= cut)), 3),
        "false_alarms": round(float(np.mean(odds[~are] >= cut)), 3),
        "area_under_the_curve": round(area(odds, orders), 3),
    }


def main() -> None:
    """The command line."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=Path, default=Path("corpus/training"))
    parser.add_argument("--held", type=Path, default=Path("tests/held"))
    options = parser.parse_args()
    embed = open_embedder().embed_questions

    def features(texts: list[str]) -> Any:
        return with_letters(embed(texts), texts)

    rows, held = (
        [json.loads(line) for line in (folder / "orders.jsonl").read_text(encoding="utf-8").splitlines()]
        for folder in (options.offices, options.held)
    )
    plain = record_sentences([options.offices], MOST)
    inputs = features([row["text"] for row in rows] + plain)
    orders = [row["order"] for row in rows] + [False] * len(plain)
    folds = [number % FOLDS for number in range(len(orders))]
    odds = told_chances(inputs, orders, folds, STRENGTH)
    cut = float(np.quantile(odds[len(rows) :], SPARED))
    model = fit(inputs, orders, STRENGTH)
    np.savez_compressed(
        WEIGHTS,
        weights=model.coef_[0].astype(np.float16),
        bias=np.float32(model.intercept_[0]),
        cut=np.float32(cut),
    )
    spared = model.decision_function(features(record_sentences([options.held], 1000)))
    card = {
        "command": "python -m assistant.train.orders",
        "data": "corpus/training/orders.jsonl (half planted instructions, half sentences like them) and sentences of"
        " the invented records beside it",
        "lines": len(rows),
        "sentences_of_records": len(plain),
        "cut": round(cut, 4),
        "an_eighth_left_out": measure(odds[: len(rows)], orders[: len(rows)], cut),
        "held_hand": measure(
            model.decision_function(features([row["text"] for row in held])), [row["order"] for row in held], cut
        ),
        "held_records_false_alarms": round(float(np.mean(spared >= cut)), 4),
        "sha256": hashlib.sha256(WEIGHTS.read_bytes()).hexdigest(),
    }
    WEIGHTS.with_suffix(".json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
