"""Fit which promise a sentence tells the outcome of: ``python -m assistant.train.outcomes fit|measure [OFFICES]``.

OFFICES is a folder of annotated offices; those with ``outcomes.jsonl`` are taken.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from corpus import Report, read_reports
from ingest.ledger.measure import Line, read_lines
from ingest.ledger.naming import plain_name
from ingest.ledger.outcomes import FITTED, Signs, Told, chances_of, signs_of
from ingest.lexical import tokens

PRECISION = 0.85
"""Share of right links, offices left out, that the cut must reach; the lowest that does is taken."""
FOLDS = 10


@dataclass(slots=True)
class Case:
    """A sentence that tells an outcome: signs of each promise it may be of, (candidates, 6), and which is right."""

    office: str
    signs: Signs
    right: list[bool]


def cases(folder: Path) -> Iterator[Case]:
    """The outcomes of all offices below a folder, those too of which no promise is on record."""
    for path in sorted(folder.glob("*/outcomes.jsonl")):
        told = [line for line in read_lines(path) if line["kind"] == "outcome"]
        lines = [line for line in read_lines(path.with_name("facts.jsonl")) if line["kind"] == "promise"]
        for one in told:
            if one["promise_quote"] and not any(_is_of(line, one) for line in lines):
                lines.append({"file": one["promise_file"], "quote": one["promise_quote"], "who": one["who"], "to": []})
        files = sorted({line["file"] for line in (*lines, *told)})
        read = zip(files, read_reports(path.parent, [Path(file) for file in files]), strict=True)
        days = {file: one.dates[0].start if isinstance(one, Report) and one.dates else "" for file, one in read}
        promises = [_told(line, days) for line in lines]
        for one in told:
            at, signs = signs_of(promises, _told(one, days))
            yield Case(path.parent.name, signs, [_is_of(lines[n], one) for n in at])


def _is_of(promise: Line, outcome: Line) -> bool:
    quote, other = promise["quote"], outcome["promise_quote"]
    return bool(other) and promise["file"] == outcome["promise_file"] and (quote in other or other in quote)


def _told(line: Line, days: dict[str, str]) -> Told:
    who, to = (frozenset(map(plain_name, line.get(key, ()))) for key in ("who", "to"))
    return Told(
        who=who, to=to, words=frozenset(tokens(line["quote"])), record=line["file"], day=days[line["file"]]
    )  # fmt: skip


def reached(some: Sequence[Case], chances: Sequence[Signs], cut: float) -> tuple[float, float]:
    """Precision and recall of the likeliest promise of each outcome from a cut on."""
    pairs = [(case.right, own) for case, own in zip(some, chances, strict=True) if len(own)]
    taken = [right[int(own.argmax())] for right, own in pairs if own.max() >= cut]
    return sum(taken) / max(1, len(taken)), sum(taken) / max(1, len(some))


def main(arguments: Sequence[str]) -> int:
    """Fit on `corpus/training` and write the card, or measure what is fitted on held offices."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("fit", "measure"))
    parser.add_argument("offices", type=Path, nargs="?")
    options = parser.parse_args(arguments)
    if options.what == "measure":
        some = list(cases(options.offices or Path("tests/held")))
        cut = json.loads(FITTED.read_text(encoding="utf-8"))["cut"]
        precision, recall = reached(some, [chances_of(case.signs) for case in some], cut)
        sys.stdout.write(f"promise of an outcome: precision {precision:.2f}, recall {recall:.2f} ({len(some)})\n")
        return 0
    some = list(cases(options.offices or Path("corpus/training")))
    signs, right = np.concatenate([case.signs for case in some]), np.array([one for case in some for one in case.right])
    groups = [case.office for case in some for _ in case.right]
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=3000))
    out = cross_val_predict(model, signs, right, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba")[:, 1]
    left_out = np.split(out, np.cumsum([len(case.right) for case in some])[:-1])
    cuts = [float(cut) for cut in np.round(np.arange(0.1, 0.96, 0.02), 2)]
    cut = next((cut for cut in cuts if reached(some, left_out, cut)[0] >= PRECISION), cuts[-1])
    model.fit(signs, right)
    weights = model[1].coef_[0] / model[0].scale_
    precision, recall = reached(some, left_out, cut)
    card = {
        "fitted_on": f"{len(some)} outcomes of {len(set(groups))} offices of corpus/training, one in {FOLDS} left out",
        "precision": round(precision, 3), "recall": round(recall, 3), "cut": cut,
        "bias": round(float(model[1].intercept_[0] - weights @ model[0].mean_), 6),
        "weights": [round(float(one), 6) for one in weights],
    }  # fmt: skip
    FITTED.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{FITTED}: precision {precision:.2f}, recall {recall:.2f} from {cut}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
