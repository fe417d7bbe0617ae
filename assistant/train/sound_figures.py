"""How well names are heard across scripts: recall where few are false, of the learned model and of comparing sounds."""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from assistant.train.sound_pairs import Key
from corpus.heard import SURE, heard_alike
from corpus.sounds import letters_of, same_sound, sound

PRECISIONS = (0.99, 0.95)
NEAR, FAR = 10, 10
"""For each pair of one key, so many names of other keys near in spelling, and others."""
MOST = 500

Judged = tuple[str, str, bool]


def figures(keys: Sequence[Key], names: Path) -> dict[str, Any]:
    """By set and pair of scripts: recall at each precision, and recall and precision where each draws the line."""
    held = [one for one in keys if one.is_held]
    made: dict[str, Any] = {}
    for script in ("latin", "cyrillic"):
        for what, is_chinese in (("places in China", True), ("other names", False)):
            own = [
                (han, form)
                for one in held
                if one.is_chinese == is_chinese
                for han in one.han[:1]
                for form in getattr(one, script)[:1]
            ]
            made[f"held keys, {what}, han-{script}"] = compared(_with_others(own))
    rows = [json.loads(line) for line in names.read_text(encoding="utf-8").splitlines()]
    for of in ("a Chinese", "a foreigner"):
        own_rows = [row for row in rows if row["of"] == of]
        for script in ("en", "ru"):
            judged = [(one["zh"], two[script], one is two) for one in own_rows for two in rows]
            made[f"name of {of}, zh-{script}, against 120"] = compared(judged)
    return made


def compared(judged: Sequence[Judged]) -> dict[str, Any]:
    """The learned model and the comparison of sounds over the same pairs."""
    right = np.array([is_one for _, _, is_one in judged])
    sounds = [(sound(one), sound(other)) for one, other, _ in judged]
    new = np.array([heard_alike(one, other) for one, other, _ in judged])
    return {
        "pairs": int(right.sum()),
        "false pairs": int((~right).sum()),
        "learned": _told(new, new >= SURE, right),
        "sounds": _told(
            np.array([ratio(*own) for own in sounds]),
            np.array([same_sound(*own) if all(own) else False for own in sounds]),
            right,
        ),
    }


def _told(score: Any, taken: Any, right: Any) -> dict[str, float]:
    order = np.lexsort((right, -score))
    hits = np.cumsum(right[order])
    precision = hits / np.arange(1, len(order) + 1)
    # Only whole groups of equal scores can be taken.
    ends = np.append(np.diff(score[order]) != 0, True) & (score[order] > 0)
    made = {
        f"recall at {least}": round(float(hits[ends & (precision >= least)].max(initial=0) / right.sum()), 3)
        for least in PRECISIONS
    }
    made["recall"] = round(float((taken & right).sum() / right.sum()), 3)
    made["precision"] = round(float((taken & right).sum() / max(1, taken.sum())), 3)
    return made


def _with_others(pairs: Sequence[tuple[str, str]]) -> list[Judged]:
    chance = random.Random(5)
    pairs = chance.sample(list(pairs), min(MOST, len(pairs)))
    words = sorted({word for _, word in pairs})
    spelled = [letters_of(word) for word in words]
    own: dict[str, set[str]] = {}
    for han, word in pairs:
        own.setdefault(han, set()).add(letters_of(word))
    made: list[Judged] = []
    for han, word in pairs:
        near = [words[at] for _, _, at in process.extract(letters_of(word), spelled, scorer=ratio, limit=NEAR + 1)]
        others = [
            one
            for one in dict.fromkeys([*near, *chance.sample(words, min(FAR, len(words)))])
            if letters_of(one) not in own[han]
        ]
        made += [(han, word, True), *((han, other, False) for other in others)]
    return made
