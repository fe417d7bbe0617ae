"""Fit what reader and language model decide together, `python -m assistant.train.agreement`; writes `agreement.json`.

``ask N`` lets the configured model answer N more questions of the calibration offices first.
"""

import json
import random
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any

import numpy as np

from assistant import Answer, Assistant, AssistantConfig, LanguageModelConfig, Question, open_assistant
from assistant.agreement import SIGNS, signs_of
from assistant.candidates import Candidate, chance_of
from assistant.compose.drafts import SCHEMA
from assistant.compose.prompts import request
from assistant.compose.worded import Worded, evidence, worded
from assistant.language_model import open_language_model
from assistant.orders import are_orders
from assistant.prove import Prover
from assistant.train.reader import CALIBRATION
from assistant.train.visits import Judged, is_gold, read_judged
from corpus.citation import Citation, locate
from ingest import build_index, open_embedder

TARGET = Path("assistant/agreement.json")
REPLIES = Path("corpus/training/replies.jsonl")
STRENGTH = 1.0
"""Inverse of the regularization: the questions are few."""
FOLDS = 8
SEED = 4


@dataclass(frozen=True, slots=True)
class Replied:
    """A question with the program's answer and what a model's reply came to."""

    judged: Judged
    answer: Answer
    candidates: tuple[Candidate, ...]
    answered: float
    step: Worded


class _Said:
    """A model that says what it said before."""

    def __init__(self, reply: str) -> None:
        self._reply = reply

    def write(self, *_: Any, **__: Any) -> Iterator[str]:
        yield self._reply


class Bench:
    """The calibration offices, indexed, with an assistant over them.

    Args:
        offices: The annotated offices.
        folder: A temporary folder.
    """

    def __init__(self, offices: Path, folder: Path) -> None:
        for office in sorted(CALIBRATION):
            copytree(offices / office, folder / "reports" / office)
        build_index(folder / "reports", data=folder / "data")
        self.embedder = open_embedder()
        config = AssistantConfig(data=folder / "data", language_model=LanguageModelConfig())
        self.assistant: Assistant = open_assistant(config, embedder=self.embedder)
        self.prover = Prover(self.embedder)

    def asked(self, one: Judged) -> tuple[Answer, tuple[Candidate, ...], float, tuple[Any, ...]]:
        """The program's answer, the sentences read, the probability of an answer, and what a model is given."""
        question = Question(text=one.question, history=one.turns)
        answer = self.assistant.answer(question)
        read = max(self.assistant.read(question), key=lambda each: each.answered)
        given = evidence(
            answer.citations, read.candidates, lambda texts: are_orders(texts, self.embedder.embed_questions)
        )
        return answer, read.candidates, read.answered, given

    def cited(self, file: str, start: int, end: int) -> Citation:
        """The citation of a stretch of a record."""
        report = next(one for one in self.assistant.reports if one.path == file)
        found = locate(report, report.text[start:end], near=start)
        assert found is not None
        return found


def ask(bench: Bench, questions: list[Judged], replies: Path, most: int) -> None:
    """Add the configured model's replies to the first questions that have none yet."""
    model = open_language_model(LanguageModelConfig.from_environment(otherwise="local"))
    assert model is not None
    has = {json.loads(line)["id"] for line in _lines(replies)}
    for one in [one for one in questions if one.id not in has][:most]:
        answer, _, _, given = bench.asked(one)
        written = "".join(model.write(*request(answer.understood_as, given, answer.language), schema=SCHEMA))
        with replies.open("a", encoding="utf-8") as file:
            quotes = [(cited.file, cited.start, cited.end) for cited in given]
            file.write(json.dumps({"id": one.id, "quotes": quotes, "reply": written}, ensure_ascii=False) + "\n")


def replied(bench: Bench, questions: list[Judged], replies: Path) -> list[Replied]:
    """What each reply comes to."""
    said = {row["id"]: row for row in map(json.loads, _lines(replies))}
    found = []
    for one in questions:
        if one.id in said:
            answer, candidates, answered, _ = bench.asked(one)
            given = [bench.cited(*place) for place in said[one.id]["quotes"]]
            model: Any = _Said(said[one.id]["reply"])
            *_, step = worded(model, bench.prover, answer.understood_as, given, answer.language)
            found.append(Replied(one, answer, candidates, answered, step))
    return found


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def fit(rows: list[Replied]) -> dict[str, Any]:
    """The fitted numbers with how well they do, each question told by a fit that has not seen it."""
    from sklearn.linear_model import LogisticRegression

    signs = np.stack([signs_of(row.answered, row.step.claims, len(row.step.cut), row.answer.citations) for row in rows])
    wanted = np.array([bool(row.judged.gold) for row in rows])
    folds = np.arange(len(rows)) % FOLDS
    chances = np.zeros(len(rows))
    for fold in range(FOLDS):
        model = LogisticRegression(C=STRENGTH).fit(signs[folds != fold], wanted[folds != fold])
        chances[folds == fold] = model.predict_proba(signs[folds == fold])[:, 1]
    was = np.array([row.answer.status != "not_in_records" for row in rows])
    allowed = float(np.mean(~was[wanted]))
    least = max((float(cut) for cut in np.unique(chances) if np.mean(chances[wanted] < cut) <= allowed), default=0.5)
    now = chances >= least
    model = LogisticRegression(C=STRENGTH).fit(signs, wanted)
    apart = [pair for row in rows for pair in _apart(row)]
    told, kept = _told(apart)
    return {
        "answered": [round(float(one), 4) for one in (*model.coef_[0], model.intercept_[0])],
        "signs": SIGNS,
        "least": round(least, 4),
        "told": told,
        "questions": len(rows),
        "unanswerable": int((~wanted).sum()),
        "refused_without_and_with_a_model": [round(float(np.mean(~one[~wanted])), 3) for one in (was, now)],
        "falsely_refused_without_and_with": [round(float(np.mean(~one[wanted])), 3) for one in (was, now)],
        "sentences_apart": len(apart),
        "of_gold_among_those_told": kept,
    }


def _apart(row: Replied) -> Iterator[tuple[float, bool]]:
    """Of each released sentence that rests on nothing the program cites: the reader's probability, and whether it is
    gold.
    """
    own = set(row.answer.citations)
    for claim in row.step.claims:
        if not own & set(claim.citations):
            under = [one for one in row.candidates if any(map(one.is_in, claim.citations))]
            gold = any(is_gold(row.judged, one.found.report, one.sentence) for one in under)
            yield chance_of(claim.citations, row.candidates), gold


def _told(apart: list[tuple[float, bool]]) -> tuple[float, list[int]]:
    """The least probability from which at least half of the sentences are gold, with how many are told and gold."""
    for cut in sorted({round(chance, 3) for chance, _ in apart}):
        told = [gold for chance, gold in apart if chance >= cut]
        if sum(told) * 2 >= len(told):
            return cut, [len(told), sum(told)]
    return 1.0, [0, 0]


def main() -> None:
    """The command line."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=Path, default=Path("corpus/training"))
    parser.add_argument("--replies", type=Path, default=REPLIES)
    parser.add_argument("--ask", type=int, default=0, metavar="N")
    options = parser.parse_args()
    questions = [one for one in read_judged(options.offices) if one.office in CALIBRATION]
    random.Random(SEED).shuffle(questions)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options.offices, Path(folder))
        if options.ask:
            ask(bench, questions, options.replies, options.ask)
        card = fit(replied(bench, questions, options.replies))
    card = {"command": "python -m assistant.train.agreement", "model": "Qwen2.5-Coder-1.5B-Instruct", **card}
    TARGET.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=1))


if __name__ == "__main__":
    main()
