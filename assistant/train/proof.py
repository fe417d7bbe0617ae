"""Fit the head of the fifth check on pairs judged by hand and on lies made of them: `python -m assistant.train.proof`.

Only pairs that are not held back are read (see `is_held`). Each true sentence gives, besides itself, a lie told of it
(`assistant.train.lies`), a lie told of its own quote, a foreign sentence or itself with that added, and a cut copy of
its quote, so that leaving out is learned to be harmless and adding is not. Trees may count a sign one way only: more
alignment never speaks against a sentence, a failed check never for it. The thresholds, for a sentence in the script of
its quotes and for one in another, are the lowest at which, judged by trees that have not seen its record, no false pair
of a kind in `GRAVE` that the other checks let pass is proved.
"""

import hashlib
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from assistant.evaluate.attacks import GRAVE, is_held
from assistant.prove.entailed import LESS_IS_BETTER, MORE_IS_BETTER, SIGNS
from assistant.prove.pairs import Pair, read_pairs
from assistant.prove.prover import Prover, sentences_of_text
from assistant.prove.weigh import RECORD, TREES
from assistant.train.lies import corruptions
from corpus.acronyms import Acronyms
from corpus.language import language_of
from ingest import open_embedder

FOLDS = 8
MADE_WEIGHT = 0.3
"""Weight of a pair that was made by program, beside one that was judged."""
MARGIN = 0.01
"""Added to the threshold found."""
_JOINTS = {"zh": "，", "ru": ", и "}


@dataclass(frozen=True, slots=True)
class _Example:
    pair: Pair
    group: str
    weight: float


def main(attacks: Path, reports: Path) -> None:
    """Fit on the pairs of a folder over the reports of another; write the trees and their record."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(reports.glob("*.md"))}
    prover = Prover(open_embedder(), Acronyms(texts.values()).filled)
    judged = [_judged(pair) for path in sorted(attacks.glob("*.jsonl")) for pair in read_pairs(path)]
    judged = [one for one in judged if not is_held(one.pair) and one.pair.kind != "stitched"]
    examples = [*judged, *_made([one for one in judged if one.pair.is_true], texts)]
    rows, passed = _signs(prover, [one.pair for one in examples])
    truth = np.array([bool(one.pair.is_true) for one in examples])
    weights = np.array([one.weight for one in examples])
    folds = np.array([int(hashlib.sha256(one.group.encode()).hexdigest(), 16) % FOLDS for one in examples])
    seen = np.zeros(len(examples))
    for fold in range(FOLDS):
        trees = _trees().fit(rows[folds != fold], truth[folds != fold], sample_weight=weights[folds != fold])
        seen[folds == fold] = trees.predict_proba(rows[folds == fold])[:, 1]
    grave = np.array([bool(one.pair.file) and one.pair.kind in GRAVE for one in examples]) & ~truth & passed
    across = rows[:, SIGNS.index("across")] > 0
    entailed = [float(seen[grave & part].max(initial=0.5)) + MARGIN for part in (~across, across)]
    by_hand = np.array([bool(one.pair.file) and one.weight == 1 for one in examples])
    curve = _curve(seen, truth, passed, by_hand)
    _write(_trees().fit(rows, truth, sample_weight=weights), entailed, curve, len(judged), len(examples) - len(judged))


def _judged(pair: Pair) -> _Example:
    return _Example(pair, pair.file or pair.quotes[0][:60], 1.0)


def _made(true: Sequence[_Example], texts: dict[str, str]) -> Iterator[_Example]:
    """Pairs made of the true ones, in their order; the same ones at every run."""
    for number, one in enumerate(true):
        chance = random.Random(number)
        pair, record = one.pair, texts.get(one.pair.file, " ".join(one.pair.quotes))
        quote = chance.choice([part for text in pair.quotes for part in sentences_of_text(text)])
        language = language_of(pair.sentence)
        others = [
            other.pair for other in true if other.group != one.group and language_of(other.pair.sentence) == language
        ]
        foreign = chance.choice(others).sentence
        lies = _some(corruptions(pair.sentence, record), 1, chance) + _some(corruptions(quote, record), 1, chance)
        joined = pair.sentence.rstrip(".。") + _JOINTS.get(language, ", and ") + foreign[0].lower() + foreign[1:]
        for text in [*lies, chance.choice([joined, foreign])]:
            yield replace(one, pair=replace(pair, sentence=text, is_true=False, kind="made"), weight=MADE_WEIGHT)
        cut = quote.rstrip(".").rsplit(", ", 1)[0] + "."
        yield replace(one, pair=replace(pair, sentence=cut, is_true=True, kind="made"), weight=MADE_WEIGHT)


def _some(lies: Sequence[Any], most: int, chance: random.Random) -> list[str]:
    return [lie.text for lie in chance.sample(list(lies), min(most, len(lies)))]


def _signs(prover: Prover, pairs: Sequence[Pair]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Signs of each pair, of several sentences the worst, and whether checks two to four let it pass."""
    worst = [np.min if name in MORE_IS_BETTER else np.max for name in SIGNS]
    rows, passed = [], []
    for pair in pairs:
        found = [prover.examine(part, pair.quotes) for part in sentences_of_text(pair.sentence)]
        table = np.array([one.signs for one in found])
        rows.append([take(table[:, at]) for at, take in enumerate(worst)])
        passed.append(not any(one.failed or one.doubt for one in found))
    return np.array(rows, dtype=np.float64), np.array(passed)


def _trees() -> Any:
    one_way = [1 if name in MORE_IS_BETTER else -1 if name in LESS_IS_BETTER else 0 for name in SIGNS]
    return HistGradientBoostingClassifier(
        max_depth=5, learning_rate=0.05, max_iter=200, l2_regularization=1.0, monotonic_cst=one_way, random_state=0
    )


def _curve(
    seen: NDArray[np.float64], truth: NDArray[np.bool_], passed: NDArray[np.bool_], by_hand: NDArray[np.bool_]
) -> list[str]:
    """Lines of the curve: threshold, share of true and of false hand-written pairs proved."""
    lines = []
    for threshold in np.arange(0.3, 1.0, 0.05):
        proved = (seen >= threshold) & passed & by_hand
        shares = (proved & truth).sum() / (by_hand & truth).sum(), (proved & ~truth).sum() / (by_hand & ~truth).sum()
        lines.append(f"[{threshold:.2f}, {shares[0]:.3f}, {shares[1]:.3f}]")
    return lines


def _write(trees: Any, entailed: Sequence[float], curve: list[str], judged: int, made: int) -> None:
    nodes = [one[0].nodes for one in trees._predictors]
    size = max(len(one) for one in nodes)
    table = {name: np.zeros((len(nodes), size)) for name in ("feature", "threshold", "left", "right", "value")}
    table["feature"] -= 1
    for row, one in enumerate(nodes):
        inner = ~one["is_leaf"].astype(bool)
        table["feature"][row, : len(one)] = np.where(inner, one["feature_idx"], -1)
        for name, field in (("threshold", "num_threshold"), ("left", "left"), ("right", "right"), ("value", "value")):
            table[name][row, : len(one)] = one[field]
    whole = {name: table[name].astype(np.int64) for name in ("feature", "left", "right")}
    np.savez_compressed(TREES, **whole, threshold=table["threshold"], value=table["value"])  # type: ignore[arg-type]
    names = ", ".join(f'"{name}"' for name in SIGNS)
    RECORD.write_text(
        "# Written by: python -m assistant.train.proof tests/attacks corpus/reports\n"
        f"# {judged} judged pairs that are not held back, and {made} made of them.\n"
        f'sha256 = "{hashlib.sha256(TREES.read_bytes()).hexdigest()}"\n'
        f"base = {float(trees._baseline_prediction[0, 0])!r}\n"
        f"entailed = {entailed[0]:.4f}\n"
        f"entailed_across = {entailed[1]:.4f}\n"
        f"signs = [{names}]\n\n"
        "# At each threshold: share of true, and of false, pairs written by hand that would be proved.\n"
        f"curve = [\n    {(',' + chr(10) + '    ').join(curve)},\n]\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
