"""Whether a name in Chinese characters and one in letters are one name heard: a learned joint-unit model.

Each character emits a few letters, with chances learned by expectation maximisation (`assistant.train.sounds`). There
are two readings: characters that render a foreign name, and a Chinese name spelled out; of the latter in Cyrillic
there are too few examples to learn from, so there the sounds must be equal. A logistic regression makes a probability
of the best path, of the letters by themselves, and of how often the characters stand in such names.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.sounds import letters_of, sound, syllable, units_of

Floats = NDArray[np.float32]

LONGEST = 6
"""Most letters that one character is heard as."""
DEEPEST = 10
"""Most characters of a name without its dots."""
AMONG = 150
"""Characters among which a pair is taken to have been found: it is judged as strictly as a run of a passage."""
SURE = 0.5
"""Probability from which on a name is heard."""
READINGS = ("foreign_latin", "chinese_latin", "foreign_cyrillic")
WEIGHTS = Path(__file__).parent / "heard.npz"
_HAN, _CYRILLIC = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[\u0400-\u04ff]")
_NEVER, _SELDOM, _OPENS = -1e4, -9.0, -5.5
"""Logarithms of chances: of what cannot be, of a chunk of two letters never seen, of the least likely opening."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A run of Chinese text that a name is heard in: [start, end) in code points, and the probability."""

    start: int
    end: int
    probability: float


def heard_alike(one: str, other: str) -> float:
    """Probability that a name in Chinese characters and one in letters, given in any order, are one name heard.

    0 where not exactly one of the two holds Chinese characters, or the other no letters. Given and family name may
    stand in either order.
    """
    han, word = (one, other) if _HAN.search(one) else (other, one)
    if not _HAN.search(han) or _HAN.search(word):
        return 0.0
    parts = [part for part in re.split(r"[\s·]+", word) if part]
    orders = {" ".join(parts), " ".join([*parts[1:], *parts[:1]]), " ".join([*parts[-1:], *parts[:-1]])}
    characters = "".join(_HAN.findall(han))
    spelled = "".join(units_of(characters))
    if any(_is_spelled(characters, spelled, order) for order in orders):
        return 1.0
    return max(_whole(characters, letters_of(order)) for order in sorted(orders))


def _is_spelled(han: str, spelled: str, word: str) -> bool:
    """Whether a word is Chinese characters in pinyin, or sounds like them in Cyrillic."""
    return sound(han) == sound(word) if _CYRILLIC.search(word) else spelled == letters_of(word)


def heard_in(name: str, text: str) -> Heard | None:
    """Where in a Chinese text a name in letters is likeliest heard; None for no letters or no run that may be it."""
    word = letters_of(name)
    if len(word) < 2 or not _HAN.search(text):
        return None
    found = [one for reading in _readings_for(word) if (one := _best(reading, word, text))]
    return max(found, key=lambda one: one.probability, default=None)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One way to hear characters as letters of one script.

    Attributes:
        units: Row of each syllable in `chances`, the last row for what is none.
        chunks: Column of each run of letters in `chances`, logarithms (units + 1, chunks + 2); of the last two columns
            one is for what was never seen, one for what cannot be.
        prior: How much oftener each character stands in names than in texts, a logarithm.
        letters: Number of each letter, from 1 on, in `pairs`: logarithms of the chance of each pair of letters.
        weights: Of path less letters, prior, letters, characters, logarithm of the length of the text, and the bias.
    """

    units: Mapping[str, int]
    chunks: Mapping[str, int]
    chances: Floats
    prior: Mapping[str, float]
    letters: Mapping[str, int]
    pairs: Floats
    weights: Floats

    def background(self, word: str) -> float:
        """Logarithm of the chance of a word by itself."""
        at = [0, *(self.letters.get(one, 0) for one in word), 0]
        return float(self.pairs[at[:-1], at[1:]].sum())

    def features(self, told: Floats, prior: Floats, word: str, deep: int, wide: int) -> Floats:
        """What is weighed for paths of `deep` characters in a text of `wide`, shape (paths, 6)."""
        made = np.ones((len(told), 6), dtype=np.float32)
        made[:, 0], made[:, 1] = told - self.background(word), prior
        made[:, 2:5] = len(word), deep, np.log(max(wide, 1))
        return made


def _steps(reading: Reading, word: str, rows: NDArray[np.intp]) -> Iterator[Floats]:
    """After each further character, the logarithm of the best path that tells the whole word, shape (starts,).

    Args:
        rows: Rows of the units of each run, shape (starts, characters).
    """
    columns = _columns(reading, word)
    n = len(word)
    reached = np.full((len(rows), LONGEST + n + 1), _NEVER, dtype=np.float32)
    reached[:, LONGEST] = 0.0
    before = np.arange(n + 1)[:, None] - np.arange(LONGEST + 1) + LONGEST
    for at in range(rows.shape[1]):
        told = reading.chances[rows[:, at, None, None], columns]
        reached[:, LONGEST:] = (reached[:, before] + told).max(2)
        yield reached[:, -1]


def best_run(reading: Reading, word: str, text: str) -> tuple[int, int, Floats] | None:
    """(start, end, features) of the likeliest run of a text, in code points of it; None where none may be."""
    places, rows, priors = _text(reading, text)
    starts = np.flatnonzero(_opening(reading, word, rows)) if len(rows) else np.zeros(0, dtype=np.intp)
    if not len(starts):
        return None
    padded = np.concatenate([rows, np.full(DEEPEST, len(reading.units))])
    runs = padded[starts[:, None] + np.arange(min(DEEPEST, len(word)))]
    summed = np.concatenate([[0.0], np.cumsum(priors), np.zeros(DEEPEST)]).astype(np.float32)
    best: tuple[float, int, int, Floats] | None = None
    for deep, told in enumerate(_steps(reading, word, runs), 1):
        made = reading.features(told, summed[starts + deep] - summed[starts], word, deep, len(rows))
        odds = made @ reading.weights
        row = int(odds.argmax())
        if told[row] > _NEVER / 2 and (best is None or odds[row] > best[0]):
            start = int(starts[row])
            best = float(odds[row]), places[start], places[start + deep - 1] + 1, made[row]
    return best[1:] if best else None


def whole_run(reading: Reading, word: str, han: str) -> Floats | None:
    """Features of a word being all of these characters; None where it cannot be."""
    _, rows, priors = _text(reading, han)
    if not 0 < len(rows) <= DEEPEST or not word:
        return None
    if not _opening(reading, word, rows[:1])[0]:
        return None
    *_, told = _steps(reading, word, rows[None])
    made = reading.features(told, priors.sum(keepdims=True), word, len(rows), AMONG)[0]
    return made if told[0] > _NEVER / 2 else None


def _opening(reading: Reading, word: str, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which units may be the first of a word, shape (units,)."""
    sizes = np.arange(1, min(LONGEST, len(word)) + 1)
    likely: NDArray[np.bool_] = reading.chances[rows[:, None], _columns(reading, word)[sizes, sizes]].max(1) > _OPENS
    return likely


@cache
def readings() -> Mapping[str, Reading]:
    """The learned readings by their name."""
    with np.load(WEIGHTS) as stored:
        return {
            name: unpacked({key.split("/")[1]: stored[key] for key in stored if key.startswith(name + "/")})
            for name in READINGS
        }


def unpacked(stored: Mapping[str, NDArray[Any]]) -> Reading:
    """A reading from what is stored of it."""
    units, chunks, letters = (str(stored[key]).split("\n") for key in ("units", "chunks", "letters"))
    table = np.full((len(units) + 1, len(chunks) + 2), _NEVER, dtype=np.float32)
    short = [column for column, one in enumerate(chunks) if len(one) < 3]
    table[:-1, [*short, len(chunks)]] = _SELDOM
    row = np.repeat(np.arange(len(units)), stored["counts"].astype(int))
    table[row, stored["columns"].astype(int)] = -stored["costs"].astype(np.float32) / 25
    return Reading(
        {one: at for at, one in enumerate(units)},
        {one: at for at, one in enumerate(chunks)},
        table,
        dict(zip(str(stored["characters"]), (stored["prior"].astype(np.float32) / 16).tolist(), strict=True)),
        {one: at + 1 for at, one in enumerate(letters)},
        stored["pairs"].astype(np.float32),
        stored["weights"].astype(np.float32),
    )


def _readings_for(word: str) -> list[Reading]:
    script = "cyrillic" if _CYRILLIC.search(word) else "latin"
    return [one for name, one in readings().items() if name.endswith(script)]


@lru_cache(maxsize=8192)
def _columns(reading: Reading, word: str) -> NDArray[np.intp]:
    """Columns of the chunks that end after each letter, by their length, (letters + 1, LONGEST + 1)."""
    seldom, never = len(reading.chunks), len(reading.chunks) + 1
    made = np.full((len(word) + 1, LONGEST + 1), never)
    for end in range(len(word) + 1):
        for size in range(min(LONGEST, end) + 1):
            made[end, size] = reading.chunks.get(word[end - size : end], seldom if size < 3 else never)
    return made


@lru_cache(maxsize=1024)
def _text(reading: Reading, text: str) -> tuple[list[int], NDArray[np.intp], Floats]:
    """Place, row and prior of each Chinese character of a text, one of none at each break between runs."""
    none = len(reading.units)
    places, rows, prior = [], [], []
    for run in re.finditer(r"[\u3400-\u9fff·]+", text):
        for at, one in enumerate(run.group(), run.start()):
            if one != "·":
                places.append(at)
                rows.append(reading.units.get(syllable(one), none))
                prior.append(reading.prior.get(one, 0.0))
        places.append(run.end())
        rows.append(none)
        prior.append(0.0)
    return places[:-1], np.array(rows[:-1], dtype=np.intp), np.array(prior[:-1], dtype=np.float32)


@lru_cache(maxsize=65536)
def _whole(han: str, word: str) -> float:
    found = [(reading, whole_run(reading, word, han)) for reading in _readings_for(word)]
    return max((_chance(reading, made) for reading, made in found if made is not None), default=0.0)


@lru_cache(maxsize=65536)
def _best(reading: Reading, word: str, text: str) -> Heard | None:
    found = best_run(reading, word, text)
    return Heard(found[0], found[1], _chance(reading, found[2])) if found else None


def _chance(reading: Reading, made: Floats) -> float:
    return float(1 / (1 + np.exp(-np.clip(made @ reading.weights, -50, 50))))
