"""Fit the heads for intent and leaning, `python -m assistant.train.intent`; writes `assistant/intent.npz`, its card."""

import hashlib
import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.decision import FEW
from assistant.intent import FACT_KINDS, GRAMS, FactKind, fact_kind, lean_features, letters_of
from assistant.train.examples import rows_of
from assistant.train.visits import read_judged
from ingest import open_embedder

TOLD = 0.6
"""Share of a question's gold sentences that must tell a kind of fact, so that it counts as asking for that kind."""
STRENGTH = 30.0
"""Inverse of the regularization, of 3, 10, 30 and 100 the best by cross-validation over offices."""
FACT_STRENGTH = PARTS_STRENGTH = 3.0
LEAN_STRENGTH = 30.0
FOLDS = 7
WEIGHTS = Path("assistant/intent.npz")


@dataclass(frozen=True, slots=True)
class Labeled:
    """A labeled question; `group` is what must not be in training and test at once, `parts` the count of its gold."""

    question: str
    earlier: str
    intent: str
    stands_alone: bool
    group: str
    lang: str
    parts: int = 0


def labeled(offices: Path, more: Sequence[Path]) -> list[Labeled]:
    """The judged questions of all offices, and the labeled questions of `more`, in order."""
    found = [
        Labeled(
            one.question,
            one.history[-1] if one.history else "",
            one.intent,
            one.stands_alone,
            one.office,
            one.lang,
            len(set(one.gold)),
        )
        for one in read_judged(offices)
    ]
    for path in more:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            earlier = row["history"][-1] if row.get("history") else ""
            stands = row.get("stands_alone", True)
            found.append(Labeled(row["question"], earlier, row["intent"], stands, f"other{number % 7}", row["lang"]))
    return found


def turns(path: Path) -> list[Labeled]:
    """Pairs of questions that are labeled only for whether the second stands alone; a group an earlier question."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    number = {earlier: at for at, earlier in enumerate(dict.fromkeys(row["earlier"] for row in rows))}
    return [
        Labeled(
            row["question"], row["earlier"], "", row["stands_alone"], f"turn{number[row['earlier']] % 7}", row["lang"]
        )
        for row in rows
    ]


def facts_asked(offices: Path) -> tuple[list[str], list[FactKind], list[str]]:
    """Questions with gold of the annotated offices, the kind of fact most of their gold tells, and the office."""
    texts, kinds, groups = [], [], []
    facts: dict[tuple[str, str], list[tuple[str, FactKind]]] = {}
    for path in sorted(offices.glob("*/facts.jsonl")):
        for row in rows_of(path):
            kind = fact_kind(row["kind"], row.get("state", row.get("degree", "")))
            if "quote" in row and kind != "none" and not row.get("negated"):
                facts.setdefault((path.parent.name, row["file"]), []).append((row["quote"], kind))
    annotated = {office for office, _ in facts}
    for one in read_judged(offices):
        if one.office not in annotated or not one.gold:
            continue
        told = Counter[FactKind]()
        for doc, quote in one.gold:
            own = facts.get((one.office, doc.split("/", 1)[1]), [])
            told.update({kind for text, kind in own if text in quote or quote in text})
        best = max(FACT_KINDS[1:], key=lambda kind: told[kind])
        texts.append(one.question)
        kinds.append(best if told[best] >= TOLD * len(one.gold) else FACT_KINDS[0])
        groups.append(one.office)
    return texts, kinds, groups


def with_letters(vectors: NDArray[np.float32], texts: Sequence[str]) -> Any:
    """Vectors of questions with their letters beside them, sparse, (n, dimension + GRAMS)."""
    from scipy.sparse import csr_matrix, hstack

    letters = [letters_of(text) for text in texts]
    ends = np.cumsum([0, *(len(places) for places, _ in letters)])
    places, shares = (np.concatenate(part) for part in zip(*letters, strict=True))
    return hstack([csr_matrix(vectors), csr_matrix((shares, places, ends), (len(texts), GRAMS))]).tocsr()


def fit(vectors: Any, wanted: Sequence[Any], strength: float = STRENGTH) -> Any:
    """A logistic regression, classes weighed by the root of their rarity."""
    from sklearn.linear_model import LogisticRegression

    counts = Counter(wanted)
    weights = [(len(wanted) / counts[one]) ** 0.5 for one in wanted]
    return LogisticRegression(C=strength, max_iter=3000).fit(vectors, list(wanted), sample_weight=weights)


def told_apart(
    vectors: Any, wanted: Sequence[Any], folds: Sequence[int], strength: float = STRENGTH
) -> NDArray[np.bool_]:
    """Whether each is told rightly by a regression that has not seen its fold."""
    of, right = np.array(folds), np.zeros(len(folds), dtype=bool)
    for fold in sorted(set(folds)):
        out = of == fold
        model = fit(vectors[~out], [one for one, is_out in zip(wanted, out, strict=True) if not is_out], strength)
        right[out] = model.predict(vectors[out]) == np.array(wanted)[out]
    return right


def told_chances(vectors: Any, wanted: Sequence[bool], folds: Sequence[int], strength: float) -> NDArray[np.float64]:
    """Log-odds of each by a regression that has not seen its fold."""
    of, odds = np.array(folds), np.zeros(len(folds))
    for fold in sorted(set(folds)):
        out = of == fold
        model = fit(vectors[~out], [one for one, is_out in zip(wanted, out, strict=True) if not is_out], strength)
        odds[out] = model.decision_function(vectors[out])
    return odds


def area(odds: NDArray[np.float64], wanted: Sequence[bool]) -> float:
    """Area under the curve: how often one that is wanted has higher odds than one that is not."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(list(wanted), odds))


def shares(right: NDArray[np.bool_], names: Sequence[str]) -> dict[str, float]:
    """Share of those told rightly, by name."""
    of = np.array(names)
    return {name: share(right[of == name]) for name in sorted(set(names))}


def share(right: NDArray[np.bool_]) -> float:
    """Share of those told rightly, of three digits."""
    return round(float(np.mean(right)), 3)


def main() -> None:
    """The command line."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=Path, default=Path("corpus/training"))
    parser.add_argument("--more", type=Path, nargs="*", default=[Path("corpus/training/intents.jsonl")])
    parser.add_argument("--turns", type=Path, default=Path("corpus/training/turns.jsonl"))
    options = parser.parse_args()
    rows = labeled(options.offices, [path for path in options.more if path.exists()])
    after = [*(one for one in rows if one.earlier), *turns(options.turns)]
    fold_of = {group: number % FOLDS for number, group in enumerate(sorted({one.group for one in (*rows, *after)}))}
    embedder = open_embedder()
    vectors = embedder.embed_questions([one.question for one in rows])
    intents = [one.intent for one in rows]
    asked_after = embedder.embed_questions([one.question for one in after])
    earlier = embedder.embed_questions([one.earlier for one in after])
    pairs = np.stack([lean_features(one, before) for one, before in zip(asked_after, earlier, strict=True)])
    leans = [not one.stands_alone for one in after]
    texts, kinds, offices = facts_asked(options.offices)
    asked = embedder.embed_questions(texts)
    whole = with_letters(vectors, [" ".join(one.question.split()) for one in rows])
    single = [at for at, one in enumerate(rows) if one.intent in FEW and one.parts]
    several = [rows[at].parts > 1 for at in single]
    parts = fit(whole[single], several, PARTS_STRENGTH)
    model, lean, asks = fit(whole, intents), fit(pairs, leans, LEAN_STRENGTH), fit(asked, kinds, FACT_STRENGTH)
    order = [list(asks.classes_).index(kind) for kind in FACT_KINDS]
    np.savez_compressed(
        WEIGHTS,
        intents=np.array([str(one) for one in model.classes_]),
        weights=model.coef_.astype(np.float16),
        bias=model.intercept_.astype(np.float32),
        parts=np.concatenate([parts.coef_[0], parts.intercept_]).astype(np.float16),
        facts=np.column_stack([asks.coef_, asks.intercept_])[order].astype(np.float16),
        lean=np.concatenate([lean.coef_[0], lean.intercept_]).astype(np.float16),
    )
    right = told_apart(whole, intents, [fold_of[one.group] for one in rows])
    leaning_right = told_apart(pairs, leans, [fold_of[one.group] for one in after], LEAN_STRENGTH)
    kind_right = told_apart(asked, kinds, [fold_of[office] for office in offices], FACT_STRENGTH)
    parts_chances = told_chances(whole[single], several, [fold_of[rows[at].group] for at in single], PARTS_STRENGTH)
    card = {
        "command": "python -m assistant.train.intent",
        "questions": len(rows),
        "with_earlier_question": len(after),
        "held_out": "a seventh of the offices at a time",
        "right": share(right),
        "right_by_intent": shares(right, intents),
        "right_by_language": shares(right, [one.lang for one in rows]),
        "questions_with_facts": len(kinds),
        "kind_of_fact_right": share(kind_right),
        "kinds_of_fact": dict(Counter(kinds).most_common()),
        "leaning_right": share(leaning_right),
        "leaning_right_of_turns": share(leaning_right[[not one.intent for one in after]]),
        "questions_for_one_thing": len(single),
        "need_several_sentences": sum(several),
        "needing_several_area_under_the_curve": round(area(parts_chances, several), 3),
        "sha256": hashlib.sha256(WEIGHTS.read_bytes()).hexdigest(),
    }
    WEIGHTS.with_suffix(".json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
