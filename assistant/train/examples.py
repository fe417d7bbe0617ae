"""What the reader is trained on: a question with the windows in view of it, and the sentences that answer."""

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.reader.reading import Window


@dataclass(frozen=True, slots=True)
class Example:
    """A question with windows; `gold` are (window, sentence) numbers, `span` code points of the first gold sentence."""

    question: str
    history: tuple[str, ...]
    windows: tuple[Window, ...]
    gold: frozenset[tuple[int, int]]
    span: tuple[int, int] | None = None
    source: str = ""
    corrects: bool | None = None
    """Whether the gold sentences correct what the question takes for granted; None where nobody judged it."""


def pairs(path: Path, count: int, seed: int) -> list[Example]:
    """Claims with a quote that bears them out or contradicts them: what tells a false premise from a true one."""
    chance = random.Random(seed)
    rows = [row for row in rows_of(path) if row["label"] in ("entailed", "contradicted") and row["set"] != "pawsx"]
    chance.shuffle(rows)
    return [
        Example(
            row["claim"],
            (),
            (Window("", (row["quote"],)),),
            frozenset({(0, 0)}),
            None,
            "pairs",
            row["label"] == "contradicted",
        )
        for row in rows[:count]
    ]


def public(path: Path, counts: dict[str, int], seed: int) -> list[Example]:
    """Public reading examples, `counts` of each set; a fifth of them show other sentences of the same article only."""
    chance = random.Random(seed)
    sets: dict[str, list[Any]] = defaultdict(list)
    for row in rows_of(path):
        if row.get("use") != "measure":
            sets[row["set"]].append(row)
    found = []
    for name, count in counts.items():
        rows = sets[name]
        chance.shuffle(rows)
        groups = defaultdict(list)
        for row in rows:
            groups[row["group"]].append(row)
        for row in rows[:count]:
            others = [one for one in groups[row["group"]] if not set(one["sentences"]) & set(row["sentences"])]
            other = chance.choice(others or rows)
            positive, gold, span = _short(row, chance)
            windows = [positive]
            if chance.random() < 0.2:
                windows, gold, span = [], set(), None
            if not windows or chance.random() < 0.25:
                windows.append(_short(other, chance)[0])
            title = row["group"].split(":")[-1] if chance.random() < 0.5 else ""
            found.append(
                Example(
                    row["question"],
                    (),
                    tuple(Window(title, one) for one in windows),
                    frozenset((0, at) for at in gold),
                    span,
                    name,
                )
            )
    chance.shuffle(found)
    return found


def _short(row: Any, chance: random.Random) -> tuple[tuple[str, ...], set[int], tuple[int, int] | None]:
    """At most some 700 code points (280 of Chinese) around the gold sentences of a public example."""
    sentences, gold = row["sentences"], row["gold"]
    size = (
        [len(one) * (2.5 if row["passage_lang"] == "zh" else 1) for one in sentences]
        if "passage_lang" in row
        else [len(one) for one in sentences]
    )
    low = high = gold[0] if gold else chance.randrange(len(sentences))
    for at in gold:
        low, high = min(low, at), max(high, at)
    while sum(size[low : high + 1]) < 700 and (low > 0 or high < len(sentences) - 1):
        if low > 0 and (high == len(sentences) - 1 or chance.random() < 0.5):
            low -= 1
        else:
            high += 1
    span = None
    answer = row.get("answer")
    if answer and gold and answer["sentence"] == gold[0]:
        span = (answer["start"], answer["start"] + answer["length"])
    return tuple(sentences[low : high + 1]), {at - low for at in gold}, span


def rows_of(path: Path) -> Iterator[Any]:
    """The objects of a JSON Lines file, packed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
