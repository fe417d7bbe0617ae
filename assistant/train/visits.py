"""Judged questions over visit records as examples: gold passages, and what the product's own search brings besides."""

import json
import random
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.intent import SEVERAL
from assistant.question import Turn
from assistant.reader.window import header_of, plain_window
from assistant.retrieve import IN_VIEW, retrieve
from assistant.times import times_of
from assistant.train.examples import Example, rows_of
from assistant.train.swaps import Swaps
from assistant.understand import Understood, leant_on
from corpus.acronyms import Acronyms
from corpus.names import names_of
from corpus.plain_form import plain_form
from corpus.report import Report
from ingest import Embedder, Index, Sentence, open_alignment, open_embedder, open_index

NEGATIVES = 4
"""Passages without gold beside the gold ones of a question."""
MOST_GOLD = 4
"""Gold passages of one example: lists may have more, of which some are drawn."""
BESIDE = 3
"""Offices whose records are searched beside those of the question's own: an index holds one office's, or a few."""
HIDDEN_GOLD = 0.1
"""Share of questions for one fact whose gold passages are hidden: the search may miss them, and then none answers."""
SWAPPED = 0.25
"""Share of answered questions that come a second time with another name or year in them, which nothing answers."""
WITH_REPLIES = 0.75
"""Share of the questions after others that come with what was replied."""
AMONG_FIRST = 14
"""Negatives come from so many passages of the search, the first ones likelier."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged question of the training data.

    Attributes:
        history: Earlier questions, oldest first; `replies` what was replied to each, empty where nobody wrote it.
        gold: Files and sentences that answer.
    """

    id: str
    office: str
    lang: str
    question: str
    history: tuple[str, ...]
    replies: tuple[str, ...]
    stands_alone: bool
    type: str
    intent: str
    gold: tuple[tuple[str, str], ...]
    answer: str

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was said before, by both sides where the replies are known."""
        replies: Iterable[str] = self.replies or [""] * len(self.history)
        both = zip(self.history, replies, strict=True)
        return tuple(
            turn
            for said, replied in both
            for turn in (Turn(role="user", content=said), Turn(role="assistant", content=replied))
            if turn.content
        )


def read_judged(folder: Path) -> list[Judged]:
    """All questions below `folder`: ``OFFICE/questions.jsonl`` in the project's form."""
    found = []
    for path in sorted(folder.glob("*/questions.jsonl")):
        for row in rows_of(path):
            found.append(
                Judged(
                    row["id"],
                    path.parent.name,
                    row["lang"],
                    row["question"],
                    tuple(row.get("history", ())),
                    tuple(row.get("replies", ())),
                    row.get("stands_alone", True),
                    row["type"],
                    row["intent"],
                    tuple((f"{path.parent.name}/{one['doc']}", one["quote"]) for one in row["gold"]),
                    row.get("answer", ""),
                )
            )
    return found


def read_shared(folder: Path) -> list[Judged]:
    """The questions of the shared training folder ``visits``: one file a kind of record."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for row in rows_of(path):
            found.append(
                Judged(
                    row["id"],
                    path.stem,
                    row["lang"],
                    row["question"],
                    tuple(row.get("history", ())),
                    (),
                    not row.get("history"),
                    row["type"],
                    "",
                    tuple((f"{path.stem}/{row['doc']}", quote) for quote in row["gold"]),
                    row.get("answer", ""),
                )
            )
    return found


def mine(questions: Sequence[Judged], data: Path, target: Path) -> None:
    """Write for each question the passages that answer it and those the product's search finds, best first.

    Args:
        questions: Judged questions; those of folders that the index does not hold are passed over.
        data: The data folder of an index of all their records.
        target: JSON Lines to write; a line holds rows of the index.
    """
    index, embedder = open_index(data), open_embedder()
    acronyms = Acronyms(report.text[report.body :] for report in index.reports())
    chance, by_folder = random.Random(5), dict[str, list[Report]]()
    for report in index.reports():
        by_folder.setdefault(report.path.split("/")[0], []).append(report)
    with target.open("w", encoding="utf-8") as file:
        for one in (one for one in questions if one.office in by_folder):
            folders = {*chance.sample(sorted(by_folder), min(BESIDE, len(by_folder))), one.office}
            within = [report for folder in sorted(folders) for report in by_folder[folder]]
            found = retrieve(_reading(one, embedder), index, filled=acronyms.filled, within=within, limit=IN_VIEW)
            row = {"id": one.id, "found": [item.row for item in found], "gold": passages_of_gold(one, index)}
            file.write(json.dumps(row) + "\n")
    passages = {
        number: {
            "header": header_of(index.report(passage.report_id), passage),
            "sentences": [sentence.text for sentence in index.sentences_in(number)],
        }
        for number, passage in enumerate(index.passages())
    }
    target.with_suffix(".passages.json").write_text(json.dumps(passages, ensure_ascii=False), encoding="utf-8")
    index.close()


@cache
def rows_by_folder(index: Index) -> dict[str, list[int]]:
    """Rows of the passages below each folder."""
    found: dict[str, list[int]] = {}
    for number, passage in enumerate(index.passages()):
        found.setdefault(index.report(passage.report_id).path.split("/")[0], []).append(number)
    return found


def passages_of_gold(one: Judged, index: Index) -> list[tuple[int, int]]:
    """Row and number of every sentence in the index that a gold quote of the question lies in."""
    found = []
    for row in rows_by_folder(index)[one.office]:
        report = index.report(index.passages()[row].report_id)
        sentences = index.sentences_in(row)
        found += [(row, number) for number, sentence in enumerate(sentences) if is_gold(one, report, sentence)]
    return found


def is_gold(one: Judged, report: Report, sentence: Sentence) -> bool:
    """Whether a gold quote of the question lies in this sentence of a report, wholly or in part."""
    for path, quote in one.gold:
        at = report.text.find(quote) if report.path == path else -1
        if at >= 0 and sentence.start < at + len(quote) and at < sentence.end:
            return True
    return False


def _reading(one: Judged, embedder: Embedder) -> Understood:
    """The question as the assistant would search for it if it understood rightly what it leans on."""
    history = () if one.stands_alone else leant_on(one.turns)
    whole = " ".join((*history, one.question))
    vector = open_alignment(embedder.name).question(whole, embedder.embed_questions([whole])[0])
    return Understood(
        asked=one.question,
        history=history,
        text=whole,
        search_text=whole,
        vector=vector,
        language=one.lang,
        intent="lookup",
        asks={},
        several=0.0,
        names=names_of(whole),
        times=times_of(one.question, one.lang),
    )


def examples(questions: Sequence[Judged], mined: Path, seed: int, swaps: Swaps | None = None) -> list[Example]:
    """One example a question, with negatives drawn by `seed`: another seed for another epoch draws others.

    With `swaps` some come a second time as a question that nothing answers.
    """
    chance = random.Random(seed)
    by_id = {row["id"]: row for row in rows_of(mined)}
    stored = json.loads(mined.with_suffix(".passages.json").read_text(encoding="utf-8"))
    window = {int(row): plain_window(one["header"], one["sentences"]) for row, one in stored.items()}
    found = []
    for one in questions:
        row = by_id.get(one.id)
        if row is None or (one.gold and not row["gold"]):
            continue
        wanted = list(dict.fromkeys(number for number, _ in row["gold"]))
        chosen = chance.sample(wanted, min(MOST_GOLD, len(wanted)))
        if one.type not in SEVERAL and chance.random() < HIDDEN_GOLD:
            chosen = []
        rest = [number for number in row["found"] if number not in wanted][:AMONG_FIRST]
        weights = [1.0 / (2 + at) for at in range(len(rest))]
        others: list[int] = []
        while rest and len(others) < NEGATIVES + (0 if chosen else 1):
            at = chance.choices(range(len(rest)), weights)[0]
            others.append(rest.pop(at))
            weights.pop(at)
        shown = chosen + others
        gold = frozenset((shown.index(number), sentence) for number, sentence in row["gold"] if number in shown)
        span = None
        first = min(gold) if gold else None
        if one.answer and first:
            text = window[shown[first[0]]].sentences[first[1]]
            at = text.find(one.answer)
            if at >= 0 and one.gold and one.answer in one.gold[0][1]:
                span = (at, at + len(one.answer))
        if swaps and chosen and one.stands_alone and one.type != "false_premise" and chance.random() < SWAPPED:
            windows = [window[number] for number in shown]
            other = swaps.other(one.question, windows[: len(chosen)], windows, chance)
            if other:
                found.append(
                    Example(plain_form(other), _said(one, chance), tuple(windows), frozenset(), None, "swapped")
                )
        found.append(
            Example(
                plain_form(one.question),
                _said(one, chance),
                tuple(window[number] for number in shown),
                gold,
                span,
                one.type,
                None if not gold else one.type == "false_premise",
            )
        )
    return found


def _said(one: Judged, chance: random.Random) -> tuple[str, ...]:
    """What the reader is told of what was said before: at times the questions alone, as some programs send them."""
    if one.stands_alone:
        return ()
    return leant_on(one.turns) if chance.random() < WITH_REPLIES else one.history[-2:]


def main() -> None:
    """The command line: mine passages for all judged questions over an index of all their records."""
    parser = ArgumentParser(description=mine.__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--offices", type=Path, default=Path("corpus/training"))
    parser.add_argument("--index", type=Path, required=True, help="data folder of an index of all these records")
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    mine(read_judged(options.offices) + read_shared(options.shared / "visits"), options.index, options.to)


if __name__ == "__main__":
    main()
