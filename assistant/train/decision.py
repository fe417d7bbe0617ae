"""Fit what decides over the reader's scores: `python -m assistant.train.decision`; writes `assistant/decision.json`.

On offices that the reader was not trained on; the figures on its card leave out one office at a time.
"""

import json
import pickle
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.compose.choose import MOST
from assistant.decision import FEATURES, FEW, SIGNALS, Features, group_of, told_of
from assistant.intent import SEVERAL
from assistant.train.asked import Asked, Ranked, ask, sigmoid
from assistant.train.intent import fit

FALSELY_REFUSED = 0.1
"""Share of answerable questions that the cut may refuse: of .04 to .12, the most questions rightly answered or refused,
one office left out, and the most that is asked. Of .06, .08 and .1 that is .579, .584 and .589."""
WRONGLY_CORRECTED = 2
"""Premises rightly called false that one wrongly called so outweighs: contradicting what is true costs
trust."""
LEAST_CORRECTED = 5
"""Premises rightly called false beyond what the others outweigh, from which the sign is used at all: fewer are
chance."""
BETA_OF_FEW = 1.5
"""How much more recall counts where one fact is asked: a part left out is a wrong answer, one more is a longer one."""
BETA_OF_SUMMARY = 1.5
"""The same of a summary: who has not read the records does not miss what is left out."""
LEAST_CLOSEST = 0.25
"""Share of the sentences shown beside a refusal that answer after all: one in four is worth the look."""
WANTED_FOUND = 0.75
"""Share of the sentences counted as found to answer that are gold: others may answer too, in words nobody marked."""
LEAST_OF_INTENT = 40
"""Questions of an intent from which it has a cut of its own."""
BETA = {"few": BETA_OF_FEW, "many": 1.0, "summary": BETA_OF_SUMMARY}
"""How much more recall counts where the cuts of a group of intents are chosen: see `assistant.decision.group_of`."""
CUTS = tuple(round(0.02 * n, 2) for n in range(2, 49))
LISTED, CONSIDERED = 80, 40
"""Best sentences of a question that are ranked, and of which the probabilities are fitted."""
RIDGE = 2.0
"""Weight of the square of the weights of the ranking."""
MEASURED = (
    "first", "whole", "few_f1", "many_f1", "summary_f1", "summary_in_view", "summary_told", "summary_precision",
    "refused", "falsely_refused", "premise_corrected", "falsely_corrected",
)  # fmt: skip
TARGET = Path("assistant/decision.json")
Told = tuple[Features, bool, bool, str]
"""A sentence that is told: its `TOLD`, whether it is gold, whether it is the likeliest, and the office of the question.
"""


def ranking(rows: Sequence[Asked]) -> Features:
    """Weights of `FEATURES` by which a gold sentence of a question comes before its others, (len(FEATURES),).

    A conditional logit (McFadden, 1974): the likelihood that a sentence drawn from a softmax over the `LISTED` best of
    a question is a gold one.
    """
    lists = []
    for row in rows:
        order = np.argsort(-row.features[:, 0], kind="stable")[:LISTED]
        if row.gold[order].any():
            lists.append((row.features[order].astype(np.float64), row.gold[order]))
    every = np.concatenate([features for features, _ in lists])
    deviation = every.std(axis=0) + 1e-6

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = RIDGE / 2 * float(weights @ weights), RIDGE * weights
        for features, gold in lists:
            scaled = features / deviation
            scores = scaled @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            right = float(shares[gold].sum())
            total -= np.log(right)
            slope = slope - (np.where(gold, shares / right, 0.0) - shares) @ scaled
        return total, slope

    found = minimize(loss, np.zeros(every.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / deviation, dtype=np.float32)


def sentence_data(rows: Sequence[Asked]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Features and gold of the best sentences by the reader's score."""
    features, gold = [], []
    for row in rows:
        order = np.argsort(-row.features[:, 0], kind="stable")[:CONSIDERED]
        features.append(row.features[order])
        gold.append(row.gold[order])
    return np.concatenate(features), np.concatenate(gold)


def weights_of(model: Any) -> list[float]:
    """Weights of a logistic regression of two classes, then its constant."""
    return [round(float(one), 4) for one in (*model.coef_[0], model.intercept_[0])]


def sentence_weights(rows: Sequence[Asked]) -> list[float]:
    """Weights of `FEATURES`, then a constant, of questions with gold.

    The mean of a ranking and of a regression of each sentence by itself, at equal spread. One office left out, of the
    questions for one fact the ranking puts a gold sentence first for .71 and the whole is told for .77, with the
    regression for .67 and .78, with the mean for .70 and .78.
    """
    features, gold = sentence_data(rows)
    is_gold = [bool(one) for one in gold]
    both = [ranking(rows), np.array(weights_of(fit(features, is_gold, 1.0))[:-1])]
    mean = sum(weights / (features @ weights).std() for weights in both)
    slope, constant = weights_of(fit((features @ mean)[:, None], is_gold, 1.0))
    return [*(round(slope * float(one), 4) for one in mean), constant]


def list_worth(rows: Sequence[tuple[Features, NDArray[np.bool_]]], beta: float, cut: float) -> float:
    """Mean F of the first sentence with those beside it from a cut on; `beta` says how much more recall counts."""
    worth = []
    for chances, gold in rows:
        chosen = np.concatenate([[True], chances >= cut])
        hits = int((chosen & gold).sum())
        worth.append((1 + beta**2) * hits / (int(chosen.sum()) + beta**2 * int(gold.sum())))
    return float(np.mean(worth)) if worth else 0.0


def closest_cut(best: Sequence[tuple[float, bool]]) -> float:
    """The least probability from which `LEAST_CLOSEST` of the best sentences of refused questions are gold."""
    for cut in CUTS:
        shown = [is_gold for chance, is_gold in best if chance >= cut]
        if shown and np.mean(shown) >= LEAST_CLOSEST:
            return cut
    return 1.0


def decide_beside(told: Sequence[Ranked]) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Weights of `BESIDE` by group of intents, and by intent the cut from which a sentence is told beside the first."""
    more: dict[str, float] = {}
    beside: dict[str, list[float]] = {}
    for name, beta in BETA.items():
        some = [(row, p) for row, p in told if group_of(row.judged.intent) == name and row.gold.any() and len(p) > 1]
        x = np.concatenate([row.beside(p)[:CONSIDERED] for row, p in some])
        y = np.concatenate([row.gold[1:][:CONSIDERED] for row, p in some])
        beside[name] = weights_of(fit(x, [bool(one) for one in y], 1.0))
        own_weights = np.array(beside[name])
        chances = [sigmoid(row.beside(p) @ own_weights[:-1] + own_weights[-1]) for row, p in some]
        for intent in (one for one in (*FEW, *sorted(SEVERAL)) if group_of(one) == name):
            told_of = [(c, row.gold, row.judged.intent) for (row, _), c in zip(some, chances, strict=True)]
            own_rows = [(c, gold) for c, gold, of in told_of if of == intent]
            used = own_rows if len(own_rows) >= LEAST_OF_INTENT else [(c, gold) for c, gold, _ in told_of]
            more[intent] = max(CUTS, key=partial(list_worth, used, beta))
    return beside, more


def decide(rows: Sequence[Asked]) -> dict[str, Any]:
    """All numbers of the table, fitted on these questions."""
    # Of a summary much is gold, and its best sentence is no exact answer.
    others = [row for row in rows if row.judged.intent != "summary"]
    with_gold = [row for row in others if row.judged.gold]
    sentence = sentence_weights(with_gold)
    own = np.array(sentence, dtype=np.float32)
    told = [row.ranked(own) for row in others]
    summaries = [row.ranked(own) for row in rows if row.judged.intent == "summary"]
    signals = np.stack([row.signals for row, _ in told])
    is_told = [bool(row.judged.gold) for row, _ in told]
    answered = weights_of(fit(signals, is_told, 0.3))
    odds = signals @ np.array(answered[:-1]) + answered[-1]
    yes = np.sort(odds[np.array(is_told)])
    least = float(sigmoid(yes[int(FALSELY_REFUSED * len(yes))]))
    refused = [(pair, one) for pair, one in zip(told, odds, strict=True) if sigmoid(one) < least]
    beside, more = decide_beside([*told, *summaries])
    premises = [
        (float(row.corrects[0]), row.judged.type == "false_premise")
        for (row, _), one in zip(told, odds, strict=True)
        if row.intent in FEW and sigmoid(one) >= least
    ]

    def premise_worth(cut: float) -> float:
        """Premises rightly called false less what those wrongly called so outweigh."""
        return float(sum(1 if is_false else -WRONGLY_CORRECTED for score, is_false in premises if score >= cut))

    corrected = max([round(5 - 0.1 * n, 1) for n in range(80)], key=premise_worth)
    is_worth_it = premise_worth(corrected) >= LEAST_CORRECTED
    return {
        "sentence": sentence,
        "answered": answered,
        "least": round(least, 4),
        "closest": closest_cut([(float(p[0]), bool(row.gold[0])) for (row, p), one in refused]),
        **beside,
        "more": more,
        "corrected": corrected if is_worth_it else None,
    }


def told_sentences(rows: Sequence[Asked], table: dict[str, Any]) -> Iterator[Told]:
    """The sentences that a table tells of questions which it answers, the likeliest of each first."""
    own, weights = np.array(table["sentence"], dtype=np.float32), np.array(table["answered"])
    for row in (one for one in rows if one.intent in table["more"]):
        ranked, probabilities = row.ranked(own)
        answered = float(sigmoid(ranked.signals @ weights[:-1] + weights[-1]))
        if answered < table["least"]:
            continue
        near = np.array(table[group_of(row.intent)])
        chances = sigmoid(ranked.beside(probabilities) @ near[:-1] + near[-1])
        likeliest = np.argsort(-chances, kind="stable")[: MOST[row.intent] - 1]
        kept = [0, *(int(at) + 1 for at in likeliest if chances[at] >= table["more"][row.intent])]
        told = told_of(
            row.intent, ranked.features, probabilities.astype(np.float32), chances.astype(np.float32), answered,
            row.several,
        )  # fmt: skip
        for at in kept:
            yield told[at], bool(ranked.gold[at]), at == 0, row.judged.office


def decide_found(told: Sequence[Told]) -> tuple[dict[str, Any], dict[str, float]]:
    """Weights of `TOLD` and the least cut from which `WANTED_FOUND` of what is told is gold, with the figures of both
    sides of it; one office left out each time for the cut and the figures.
    """
    table: dict[str, Any] = {}
    chances, gold = np.zeros(len(told)), np.array([is_gold for _, is_gold, _, _ in told])
    for name, is_first in (("first", True), ("others", False)):
        own = [n for n, one in enumerate(told) if one[2] == is_first]
        x, y = np.stack([told[n][0] for n in own]), [told[n][1] for n in own]
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=3000))
        groups = [told[n][3] for n in own]
        chances[own] = cross_val_predict(model, x, y, groups=groups, cv=LeaveOneGroupOut(), method="predict_proba")[
            :, 1
        ]
        model.fit(x, y)
        weights = model[1].coef_[0] / model[0].scale_
        table[name] = [round(float(one), 4) for one in (*weights, model[1].intercept_[0] - weights @ model[0].mean_)]
    table["sure"] = next((cut for cut in CUTS if gold[chances >= cut].mean() >= WANTED_FOUND), CUTS[-1])
    is_sure, of_first = chances >= table["sure"], np.array([one[2] for one in told])
    return table, {
        "told": len(told), "told_right": round(float(gold.mean()), 3), "found": round(float(is_sure.mean()), 3),
        "found_right": round(float(gold[is_sure].mean()), 3), "perhaps_right": round(float(gold[~is_sure].mean()), 3),
        "first_found": round(float(is_sure[of_first].mean()), 3),
    }  # fmt: skip


def figures(rows: Sequence[Asked], table: dict[str, Any]) -> dict[str, float]:
    """How a table does on questions."""
    own, weights = np.array(table["sentence"], dtype=np.float32), np.array(table["answered"])
    parts: dict[str, list[float]] = {name: [] for name in MEASURED}
    for row in rows:
        row, probabilities = row.ranked(own)
        gold = row.gold
        odds = float(row.signals @ weights[:-1] + weights[-1])
        is_refused = bool(sigmoid(odds) < table["least"])
        parts["falsely_refused" if row.judged.gold else "refused"].append(is_refused)
        if row.judged.gold:
            group = group_of(row.judged.intent)
            near = np.array(table[group])
            chances = sigmoid(row.beside(probabilities) @ near[:-1] + near[-1])
            cut = table["more"][row.judged.intent]
            parts[f"{group}_f1"].append(list_worth([(chances, gold)], 1.0, cut))
            if group == "summary":
                order = np.argsort(-chances, kind="stable")[: MOST["summary"] - 1]
                chosen = np.concatenate([gold[:1], gold[1:][[at for at in order if chances[at] >= cut]]])
                wanted = len(row.judged.gold)
                parts["summary_in_view"].append(min(1.0, float(gold.sum()) / wanted))
                parts["summary_told"].append(min(1.0, float(chosen.sum()) / wanted))
                parts["summary_precision"].append(float(chosen.mean()))
            if group == "few":
                parts["first"].append(bool(gold[0]))
                parts["whole"].append(bool((gold <= np.concatenate([[True], chances >= cut])).all()))
        if row.intent in FEW and not is_refused and row.judged.type != "unanswerable":
            is_told = table["corrected"] is not None and row.corrects[0] >= table["corrected"]
            is_false = row.judged.type == "false_premise"
            parts["premise_corrected" if is_false else "falsely_corrected"].append(is_told)
    return {name: round(float(np.mean(part)), 3) for name, part in parts.items() if part}


def main() -> None:
    """The command line."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=Path, default=Path("corpus/training"))
    parser.add_argument("--read", type=Path, help="file that keeps what was read (half an hour) for other fits")
    options = parser.parse_args()
    if options.read and options.read.exists():
        rows = pickle.loads(options.read.read_bytes())
    else:
        rows = ask(options.offices)
        if options.read:
            options.read.write_bytes(pickle.dumps(rows))
    offices = sorted({row.judged.office for row in rows})
    left_out, told = [], []
    for office in offices:
        table = decide([row for row in rows if row.judged.office != office])
        own = [row for row in rows if row.judged.office == office]
        left_out.append(figures(own, table))
        told += list(told_sentences(own, table))
    found, of_found = decide_found(told)
    table = decide(rows) | found
    card = {
        "command": "python -m assistant.train.decision",
        "offices": offices,
        "questions": len(rows),
        "features": FEATURES,
        "signals": SIGNALS,
        "seen": "the reader was not trained on these offices; intents and alignment were, as on all others",
        "one_office_left_out": {
            name: round(float(np.mean([one[name] for one in left_out if name in one])), 3) for name in left_out[0]
        }
        | of_found,
    }
    TARGET.write_text(json.dumps({**table, "card": card}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(TARGET.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
