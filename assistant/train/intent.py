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

from assistant.intent import FACT_KINDS, FactKind, fact_kind, lean_features
from assistant.train.examples import rows_of
from assistant.train.visits import read_judged
from ingest import open_embedder

TOLD = 0.6
"""Share of a question's gold sentences that must tell a kind of fact, so that it counts as asking for that kind."""
STRENGTH = 30.0
"""Inverse of the regularization, of 3, 10, 30 and 100 the best by cross-validation over offices."""
FACT_STRENGTH = 3.0
WEIGHTS = Path("assistant/intent.npz")


@dataclass(frozen=True, slots=True)
class Labeled:
    """A labeled question; `group` is what must not be in training and test at once."""

    question: str
    earlier: str
    intent: str
    stands_alone: bool
    group: str
    lang: str


def labeled(offices: Path, more: Sequence[Path]) -> list[Labeled]:
    """The judged questions of all offices, and the labeled questions of `more`, in order."""
    found = [
        Labeled(
            one.question, one.history[-1] if one.history else "", one.intent, one.stands_alone, one.office, one.lang
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


def fit(vectors: NDArray[np.float32], wanted: Sequence[Any], strength: float = STRENGTH) -> Any:
    """A logistic regression, classes weighed by the root of their rarity."""
    from sklearn.linear_model import LogisticRegression

    counts = Counter(wanted)
    weights = [(len(wanted) / counts[one]) ** 0.5 for one in wanted]
    return LogisticRegression(C=strength, max_iter=3000).fit(vectors, list(wanted), sample_weight=weights)


def main() -> None:
    """The command line."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=Path, default=Path("corpus/training"))
    parser.add_argument("--more", type=Path, nargs="*", default=[Path("corpus/training/intents.jsonl")])
    options = parser.parse_args()
    rows = labeled(options.offices, [path for path in options.more if path.exists()])
    embedder = open_embedder()
    vectors = embedder.embed_questions([one.question for one in rows])
    leaning = [at for at, one in enumerate(rows) if one.earlier]
    earlier = embedder.embed_questions([rows[at].earlier for at in leaning])
    pairs = np.stack([lean_features(vectors[at], earlier[n]) for n, at in enumerate(leaning)])
    groups = sorted({one.group for one in rows})
    told: dict[int, str] = {}
    lean_told: dict[int, bool] = {}
    for fold in range(7):
        out = {group for number, group in enumerate(groups) if number % 7 == fold}
        taught = [at for at, one in enumerate(rows) if one.group not in out]
        model = fit(vectors[taught], [rows[at].intent for at in taught])
        tested = [at for at, one in enumerate(rows) if one.group in out]
        told.update(zip(tested, model.predict(vectors[tested]), strict=True))
        some = [n for n, at in enumerate(leaning) if rows[at].group not in out]
        lean = fit(pairs[some], [not rows[leaning[n]].stands_alone for n in some], 3.0)
        rest = [n for n, at in enumerate(leaning) if rows[at].group in out]
        lean_told.update(zip(rest, lean.predict(pairs[rest]), strict=True))
    right = {at: told[at] == rows[at].intent for at in told}
    by = {
        intent: round(float(np.mean([right[at] for at in told if rows[at].intent == intent])), 3)
        for intent in sorted({one.intent for one in rows})
    }
    by_lang = {
        lang: round(float(np.mean([right[at] for at in told if rows[at].lang == lang])), 3)
        for lang in sorted({one.lang for one in rows})
    }
    leans_right = float(np.mean([lean_told[n] == (not rows[leaning[n]].stands_alone) for n in lean_told]))
    texts, kinds, asked_of = facts_asked(options.offices)
    asked = embedder.embed_questions(texts)
    kind_right = []
    for fold in range(7):
        is_out = np.array([groups.index(office) % 7 == fold for office in asked_of])
        kept = fit(asked[~is_out], [kind for kind, out in zip(kinds, is_out, strict=True) if not out], FACT_STRENGTH)
        wanted = [kind for kind, out in zip(kinds, is_out, strict=True) if out]
        kind_right += list(kept.predict(asked[is_out]) == np.array(wanted))
    asks = fit(asked, kinds, FACT_STRENGTH)
    order = [list(asks.classes_).index(kind) for kind in FACT_KINDS]
    model = fit(vectors, [one.intent for one in rows])
    lean = fit(pairs, [not rows[at].stands_alone for at in leaning], 3.0)
    np.savez_compressed(
        WEIGHTS,
        intents=np.array([str(one) for one in model.classes_]),
        weights=model.coef_.astype(np.float16),
        bias=model.intercept_.astype(np.float32),
        facts=np.column_stack([asks.coef_, asks.intercept_])[order].astype(np.float16),
        lean=np.concatenate([lean.coef_[0], lean.intercept_]).astype(np.float16),
    )
    card = {
        "command": "python -m assistant.train.intent",
        "questions": len(rows),
        "with_earlier_question": len(leaning),
        "held_out": "a seventh of the offices at a time",
        "right": round(float(np.mean(list(right.values()))), 3),
        "right_by_intent": by,
        "right_by_language": by_lang,
        "questions_with_facts": len(kinds),
        "kind_of_fact_right": round(float(np.mean(kind_right)), 3),
        "kinds_of_fact": dict(Counter(kinds).most_common()),
        "leaning_right": round(leans_right, 3),
        "sha256": hashlib.sha256(WEIGHTS.read_bytes()).hexdigest(),
    }
    WEIGHTS.with_suffix(".json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
