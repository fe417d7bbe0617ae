"""Fit how likely a fact of the ledger is right in all that it says: ``python -m assistant.train.likely [OFFICES]``.

Taken are the offices of `CALIBRATION`, which the tagger was not trained on. Each is left out once for the figures on
the card; `ingest.ledger.measure` tells those of other offices.
"""

import json
import sys
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict

from assistant.train.reader import CALIBRATION
from ingest.ledger.likely import FITTED, SURE, signs_of
from ingest.ledger.measure import judged, read_annotated


def fit(offices: Path) -> dict[str, Any]:
    """The card: weights and bias by part of a fact, with the shares of those above and below `SURE` that are right."""
    rows: dict[str, list[tuple[list[float], bool, str]]] = defaultdict(list)
    for name in sorted(CALIBRATION):
        for one in read_annotated(offices / name / "facts.jsonl", offices / name):
            for fact, parts in judged(one):
                for part, signs in signs_of(fact).items():
                    rows[part].append((signs, parts[part], name))
    return {
        "fitted_on": f"facts found in the records of {len(CALIBRATION)} offices of corpus/training, one left out each",
        "parts": {part: _fitted(own) for part, own in sorted(rows.items())},
    }


def _fitted(rows: Sequence[tuple[list[float], bool, str]]) -> dict[str, Any]:
    signs, right = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    model = LogisticRegression(max_iter=3000)
    groups = [row[2] for row in rows]
    chances = cross_val_predict(model, signs, right, groups=groups, cv=LeaveOneGroupOut(), method="predict_proba")[:, 1]
    sure = chances >= SURE
    model.fit(signs, right)
    return {
        "facts": len(rows), "right": round(float(right.mean()), 3), "sure": round(float(sure.mean()), 3),
        **({"right_of_sure": round(float(right[sure].mean()), 3)} if sure.any() else {}),
        **({"right_of_others": round(float(right[~sure].mean()), 3)} if not sure.all() else {}),
        "bias": round(float(model.intercept_[0]), 4), "weights": [round(float(one), 4) for one in model.coef_[0]],
    }  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Fit and write the card."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("offices", type=Path, nargs="?", default=Path("corpus/training"))
    card = fit(parser.parse_args(arguments).offices)
    FITTED.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    for part, one in card["parts"].items():
        sys.stdout.write(f"{part}: {json.dumps(one)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
