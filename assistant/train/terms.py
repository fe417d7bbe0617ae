"""Fit what decides over the terms of agreements, and measure it.

``python -m assistant.train.terms fit`` reads ``corpus/training/terms.jsonl`` and writes `ingest.ledger.terms.FITTED`;
``measure`` reads ``tests/held/terms.jsonl``, ``measure --tagged`` likewise over the agreements that the tagger finds.
A term is right when a line of the same agreement and kind has the same day or length, the same figure, or the same
person; ``side`` counts signers whose side is told, and is right when that is right too.
"""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.terms import open_term_reader
from assistant.train.terms_gold import Annotated, annotated, as_told, is_right, wanted
from ingest import Agreement
from ingest.config import IngestConfig
from ingest.embedded import EmbeddedModel
from ingest.ledger.extract import extract
from ingest.ledger.measure import OURSELVES, Line
from ingest.ledger.reading import read
from ingest.ledger.term_signs import SPANNED, Candidate, Scene, persons_of, spans_of
from ingest.ledger.terms import FITTED, asked, scenes_of, with_terms
from ingest.passages import split_anew
from ingest.tagger import TrainedTagger

PRECISION = 0.92
"""Share of right ones, some offices left out at a time, that the cut of a head must reach; the lowest that does is
taken. Of ``until`` `PRECISION_OF_DAYS`: a last day that nobody agreed on does more harm than one left out."""
PRECISION_OF_DAYS = 0.94
STRENGTH = 0.3
"""Inverse of the regression's penalty: few examples, many signs."""
FOLDS = 10
ALL = (*SPANNED, "signer", "side")


def fit(gold: Path) -> dict[str, Any]:
    """The heads, fitted on all annotated records, each with its cut and what it reaches on offices left out."""
    rows: dict[str, list[tuple[Any, bool, str, int]]] = {head: [] for head in ALL}
    told: Counter[str] = Counter()
    for number, (one, scene, told_of) in enumerate(_scenes(gold)):
        lines = wanted(scene, one)
        if one.only and not lines:
            continue
        for kind in ALL[:-1]:
            if one.only and kind not in one.only:
                continue
            told[kind] += len(lines_of(kind, lines))
            made = persons_of(scene, told_of) if kind == "signer" else spans_of(scene, told_of, kind)
            for candidate in made:
                right = _line_of(candidate, kind, lines, scene)
                rows[kind].append((candidate.signs, right is not None, one.office, number))
                if kind == "signer" and right:
                    rows["side"].append((candidate.signs, right["side"] == OURSELVES, one.office, number))
    told["side"] = len(rows["side"])
    return {head: _fitted(head, rows[head], told[head]) for head in ALL}


def _line_of(candidate: Candidate, kind: str, lines: Sequence[Line], scene: Scene) -> Line | None:
    report, quote = scene.reading.report, scene.lines[candidate.line].text
    day = report.dates[0].start if report.dates else ""
    return next((line for line in lines if is_right(line, kind, candidate.text, quote, day)), None)


def lines_of(kind: str, lines: Sequence[Line]) -> list[Line]:
    """The lines of one kind."""
    return [line for line in lines if line["term"] == kind]


def _scenes(gold: Path) -> Iterator[tuple[Annotated, Scene, Any]]:
    embedder = EmbeddedModel()
    tags, ask = TrainedTagger(embedder), open_term_reader(embedder=embedder)
    assert ask is not None, "fitted on the trained reader"
    for one in annotated(gold):
        splits = split_anew(one.report, IngestConfig().max_tokens, embedder.count_tokens)
        reading = read(one.report, splits, tags, one.names)
        for scene in scenes_of(reading, as_told(one, reading)):
            yield one, scene, asked(scene, ask)


def _fitted(head: str, rows: Sequence[tuple[Any, bool, str, int]], told: int) -> dict[str, Any]:
    signs, right = np.stack([row[0] for row in rows]), np.array([row[1] for row in rows])
    offices, scenes = [row[2] for row in rows], [row[3] for row in rows]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=3000))
    left_out = cross_val_predict(model, signs, right, groups=offices, cv=GroupKFold(FOLDS), method="predict_proba")[
        :, 1
    ]
    model.fit(signs, right)
    scale, own = model[0], model[1]
    weights = own.coef_[0] / scale.scale_
    cut, reached = _cut(head, left_out, right, scenes, told)
    bias = float(own.intercept_[0] - weights @ scale.mean_)
    return {"cut": cut, **reached, "bias": round(bias, 6), "weights": [round(float(one), 6) for one in weights]}


def _cut(head: str, chances: Any, right: Any, scenes: Sequence[int], told: int) -> tuple[float, dict[str, float]]:
    """The lowest cut of enough precision, with precision and recall there; of spans the best of a scene counts."""
    if head in SPANNED:
        best: dict[int, int] = {}
        for at, scene in enumerate(scenes):
            best[scene] = max(best.get(scene, at), at, key=lambda one: chances[one])
        kept = sorted(best.values())
        chances, right = chances[kept], right[kept]
    if head == "side":
        chances, right = np.maximum(chances, 1 - chances), (chances > 0.5) == right
    for cut in np.round(np.arange(0.3, 0.96, 0.02), 2):
        taken = chances >= cut
        if taken.any() and right[taken].mean() >= (PRECISION_OF_DAYS if head == "until" else PRECISION):
            break
    found = {"precision": float(right[taken].mean()), "recall": float(right[taken].sum() / max(told, 1))}
    return float(cut), {name: round(value, 3) for name, value in found.items()}


def measure(gold: Path, *, tagged: bool) -> dict[str, tuple[int, int, int]]:
    """By kind: terms that are right, terms told, terms wanted."""
    embedder = EmbeddedModel()
    tags, ask = TrainedTagger(embedder), open_term_reader(embedder=embedder)
    assert ask is not None, "measured with the trained reader"
    sums: dict[str, list[int]] = {kind: [0, 0, 0] for kind in ALL}
    for one in annotated(gold):
        splits = split_anew(one.report, IngestConfig().max_tokens, embedder.count_tokens)
        reading = read(one.report, splits, tags, one.names)
        facts = extract(one.report, splits, tags, one.names) if tagged else as_told(one, reading)
        for scene in scenes_of(reading, facts):
            lines = wanted(scene, one)
            day = one.report.dates[0].start if one.report.dates else ""
            told, *_ = with_terms(reading, scene.facts, ask)
            for term in told.terms if isinstance(told, Agreement) else ():
                own = [row for row in lines if is_right(row, term.kind, term.text, term.citation.quote, day)]
                sums[term.kind][0] += bool(own)
                sums[term.kind][1] += 1
                if term.kind == "signer" and term.side:
                    is_ours = term.side == scene.sides[0] or term.side == reading.us
                    sums["side"][0] += any((row["side"] == OURSELVES) == is_ours for row in own)
                    sums["side"][1] += 1
        for kind in ALL:
            sums[kind][2] += len(lines_of("signer" if kind == "side" else kind, one.terms))
    return {kind: (right, told, want) for kind, (right, told, want) in sums.items()}


def main(arguments: Sequence[str]) -> int:
    """Fit or measure; the measure prints kind, precision (terms told), recall (terms wanted)."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("fit", "measure"))
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--tagged", action="store_true", help="Measure over the agreements that the tagger finds.")
    options = parser.parse_args(arguments)
    if options.what == "fit":
        heads = fit(options.gold or Path("corpus/training/terms.jsonl"))
        FITTED.write_text(json.dumps(heads) + "\n", encoding="utf-8")
        for head, told in heads.items():
            sys.stdout.write(f"{head}: cut {told['cut']}, {told['precision']}, {told['recall']}\n")
        return 0
    for kind, (right, told, want) in measure(
        options.gold or Path("tests/held/terms.jsonl"), tagged=options.tagged
    ).items():
        sys.stdout.write(f"{kind}: {right / max(told, 1):.2f} ({told}), {right / max(want, 1):.2f} ({want})\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
