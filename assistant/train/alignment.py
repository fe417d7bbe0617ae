"""Measure the means of `assistant.alignment`: `python -m assistant.train.alignment`; writes them and their card."""

import hashlib
import json
import random
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.train.visits import Judged, passages_of_gold, read_judged, rows_by_folder
from corpus.language import script_of
from ingest import Index, Passage, embedded_text, open_embedder, open_index
from ingest.alignment import MEANS, SCRIPTS, Alignment, Vectors

PART = 0.75
"""How much of a mean is taken; of 0.5, 0.75 and 1 the best where gold in the same script and in another count alike."""
LEFT_OUT = 4
"""Every fourth office is left out of the means that the figures are measured with."""
BESIDE = 7
"""Offices searched beside a question's own."""
FIRST = (1, 5, 10, 24)


def means(
    questions: Sequence[Judged], of_questions: Vectors, passages: Sequence[Passage], of_passages: Vectors
) -> Alignment:
    """What is to be taken, from the vectors of these questions and of these passages."""
    scripts = [script_of(one.question) for one in questions], [script_of(one.text) for one in passages]
    vectors = of_questions, of_passages
    return Alignment(
        *(
            np.stack([PART * group[[one == script for one in own]].mean(0) for script in SCRIPTS])
            for own, group in zip(scripts, vectors, strict=True)
        )
    )


def figures(
    alignment: Alignment, questions: Sequence[Judged], vectors: Vectors, index: Index, of_passages: Vectors
) -> dict[str, list[float]]:
    """By whether a gold passage is in the question's script: how often one is among the first 1, 5, 10 and 24."""
    chance, by_folder = random.Random(9), rows_by_folder(index)
    found: dict[str, list[list[bool]]] = {"same_script": [], "another_script": []}
    for one, vector in zip(questions, vectors, strict=True):
        gold = {row for row, _ in passages_of_gold(one, index)}
        folders = {*chance.sample(sorted(by_folder), BESIDE), one.office}
        rows = [row for folder in sorted(folders) for row in by_folder[folder]]
        texts = [index.passages()[row].text for row in rows]
        near = alignment.of_passages(texts, of_passages[rows]) @ alignment.question(one.question, vector)
        order = np.argsort(-near, kind="stable")
        place = next((at for at, number in enumerate(order) if rows[number] in gold), len(rows))
        same = script_of(one.question) in {script_of(index.passages()[row].text) for row in gold}
        found["same_script" if same else "another_script"].append([place < first for first in FIRST])
    return {name: [round(float(share), 3) for share in np.mean(hits, axis=0)] for name, hits in found.items()}


def main() -> None:
    """The command line."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=Path, default=Path("corpus/training"))
    parser.add_argument("--index", type=Path, required=True, help="data folder of an index of all these records")
    options = parser.parse_args()
    index, embedder = open_index(options.index), open_embedder()
    by_folder = rows_by_folder(index)
    questions = [
        one for one in read_judged(options.offices) if one.stands_alone and one.gold and one.office in by_folder
    ]
    questions = [one for one in questions if passages_of_gold(one, index)]
    vectors = embedder.embed_questions([one.question for one in questions])
    of_passages = embedder.embed_passages([embedded_text(one) for one in index.passages()])  # those stored are aligned
    offices = sorted({one.office for one in questions})
    left_out = set(offices[::LEFT_OUT])
    is_left_out = np.array([one.office in left_out for one in questions])

    def measured(folders: set[str]) -> Alignment:
        some = [one for one in questions if one.office in folders]
        own = vectors[[one.office in folders for one in questions]]
        rows = [row for folder in sorted(folders) for row in by_folder[folder]]
        return means(some, own, [index.passages()[row] for row in rows], of_passages[rows])

    part, held = measured(set(offices) - left_out), [one for one in questions if one.office in left_out]
    plain = Alignment(np.zeros_like(part.questions), np.zeros_like(part.passages))
    whole = measured(set(offices))
    np.savez_compressed(MEANS, questions=whole.questions.astype(np.float16), passages=whole.passages.astype(np.float16))
    card = {
        "command": "python -m assistant.train.alignment",
        "offices": len(offices),
        "questions": len(questions),
        "held_out": f"{len(left_out)} offices, {len(held)} questions, {BESIDE} other offices in the index",
        "gold_among_first": FIRST,
        "with": figures(part, held, vectors[is_left_out], index, of_passages),
        "without": figures(plain, held, vectors[is_left_out], index, of_passages),
        "sha256": hashlib.sha256(MEANS.read_bytes()).hexdigest(),
    }
    MEANS.with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=1))
    index.close()


if __name__ == "__main__":
    main()
