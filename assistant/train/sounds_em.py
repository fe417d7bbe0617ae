"""Expectation maximisation of joint units: how likely each syllable or letter is heard as each run of letters."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.heard import LONGEST

DISCOUNT, ROUNDS, COMPOSED = 0.4, 5, 3
BATCH = 4096
FLOOR = 1e-9
NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Units heard and the chances of chunks of letters for each, (units, chunks); chunk 0 is the empty one."""

    units: dict[str, int]
    chunks: dict[str, int]
    chances: NDArray[np.float64]


def learned(
    pairs: Sequence[tuple[tuple[str, ...], str, float]],
    behind: Units | None = None,
    parts: dict[str, tuple[str, ...]] | None = None,
) -> tuple[Units, NDArray[np.float64]]:
    """Units learned of (units, letters, log chance of the letters alone), and the chance that each is one heard.

    A pair may be a translation ("Salt Lake City"): each counts by its chance of not being one. What a unit was seldom
    or never seen as falls back on the units that its parts have in `behind`.
    """
    units = {one: at for at, one in enumerate(sorted({unit for own, _, _ in pairs for unit in own} | set(parts or ())))}
    often_enough = max(1, len(pairs) // 4000)
    spelled = Counter(
        word[at : at + size]
        for _, word, _ in pairs
        for size in range(1, LONGEST + 1)
        for at in range(len(word) - size + 1)
    )
    often = {one for one, count in spelled.items() if len(one) < 3 or count >= often_enough}
    kept_chunks = sorted(often | (_composed(behind, parts or {}) if behind else set()) - {""})
    chunks = {"": 0} | {one: at + 1 for at, one in enumerate(kept_chunks)}
    chances = _first(units, chunks) if behind is None else _fallback(units, chunks, behind, parts or {})
    prior, base = chances, 0.6
    real = np.full(len(pairs), 0.5)
    for _ in range(ROUNDS):
        counts = np.zeros(chances.shape)
        for start in range(0, len(pairs), BATCH):
            own = pairs[start : start + BATCH]
            lattice = _Lattice(own, units, chunks)
            forward, whole = lattice.forward(chances)
            told = np.log(np.maximum(whole, 1e-300)) - np.array([background for _, _, background in own])
            real[start : start + BATCH] = 1 / (1 + np.exp(-np.clip(told + np.log(base / (1 - base)), -50, 50)))
            lattice.count(chances, forward, whole, real[start : start + BATCH], counts)
        base = float(np.clip(real.mean(), 0.05, 0.95))
        kept = np.maximum(counts - DISCOUNT, 0.0)
        total = counts.sum(1, keepdims=True) + 1.0
        chances = kept / total + (1 - kept.sum(1, keepdims=True) / total) * prior
    return Units(units, chunks, chances), real


def _first(units: dict[str, int], chunks: dict[str, int]) -> NDArray[np.float64]:
    """Chances before anything is learned: short chunks before long ones, and those that begin as the unit does."""
    own = np.array([10.0 ** -abs(len(one) - 1.2) for one in chunks])
    lengths = own / (len(chunks) ** (np.minimum([len(one) for one in chunks], 3) / 3))
    first = np.array(
        [
            [1 + 20 * (unit.strip("-+") == one) + 4 * (bool(one) and unit.strip("-+")[:1] == one[:1]) for one in chunks]
            for unit in units
        ]
    )
    return _rows(lengths * first)


def _fallback(
    units: dict[str, int], chunks: dict[str, int], behind: Units, parts: dict[str, tuple[str, ...]]
) -> NDArray[np.float64]:
    made = np.full((len(units), len(chunks)), FLOOR / len(chunks))
    ways = np.zeros((len(chunks), LONGEST + 1, 2), dtype=np.intp)
    allowed = np.zeros((len(chunks), LONGEST + 1))
    for chunk, row in chunks.items():
        for cut in range(len(chunk) + 1):
            if chunk[:cut] in behind.chunks and chunk[cut:] in behind.chunks:
                ways[row, cut] = behind.chunks[chunk[:cut]], behind.chunks[chunk[cut:]]
                allowed[row, cut] = 1.0
    for unit, row in units.items():
        first, last = (_row(behind, part) for part in parts[unit])
        made[row] += (first[ways[:, :, 0]] * last[ways[:, :, 1]] * allowed).sum(1)
    return _rows(made)


def _row(units: Units, unit: str) -> NDArray[np.float64]:
    """The chances of a unit; all alike for one never seen."""
    own = units.units.get(unit)
    return units.chances[own] if own is not None else np.full(len(units.chunks), 1 / len(units.chunks))


def _composed(behind: Units, parts: dict[str, tuple[str, ...]]) -> set[str]:
    """What a unit may be heard as whose parts are each heard as one of the likeliest chunks of theirs."""
    chunks = list(behind.chunks)
    likely = {
        part: [chunks[at] for at in np.argsort(-_row(behind, part))[:COMPOSED]]
        for part in sorted({one for own in parts.values() for one in own})
    }
    made = {one + other for first, last in parts.values() for one in likely[first] for other in likely[last]}
    return {one for one in made if len(one) <= LONGEST}


def _rows(table: NDArray[np.float64]) -> NDArray[np.float64]:
    rows: NDArray[np.float64] = table / table.sum(1, keepdims=True)
    return rows


class _Lattice:
    """All ways to share out the letters of some names among their units."""

    def __init__(
        self, pairs: Sequence[tuple[tuple[str, ...], str, float]], units: dict[str, int], chunks: dict[str, int]
    ) -> None:
        self._n = n = len(pairs)
        self._deep = max(len(own) for own, _, _ in pairs)
        self._wide = max(len(word) for _, word, _ in pairs) + 1
        self._units = np.full((n, self._deep), NONE)
        self._chunks = np.full((n, self._wide, LONGEST + 1), NONE)
        self._ends = np.array([len(word) for _, word, _ in pairs])
        self._last = np.array([len(own) for own, _, _ in pairs])
        for row, (own, word, _) in enumerate(pairs):
            self._units[row, : len(own)] = [units[one] for one in own]
            for at in range(len(word) + 1):
                for size in range(min(LONGEST, len(word) - at) + 1):
                    self._chunks[row, at, size] = chunks.get(word[at : at + size], NONE)

    def _step(
        self, chances: NDArray[np.float64], at: int
    ) -> tuple[NDArray[np.bool_], NDArray[np.intp], NDArray[np.float64]]:
        on = self._units[:, at] != NONE
        where = self._units[:, at, None, None] * chances.shape[1] + self._chunks
        here = np.where(on[:, None, None] & (self._chunks != NONE), chances.ravel()[np.maximum(where, 0)], 0.0)
        return on, where, here

    def forward(self, chances: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        reached = np.zeros((self._deep + 1, self._n, self._wide))
        reached[0, :, 0] = 1.0
        for at in range(self._deep):
            _, _, here = self._step(chances, at)
            for size in range(LONGEST + 1):
                reached[at + 1, :, size:] += reached[at, :, : self._wide - size] * here[:, : self._wide - size, size]
        return reached, reached[self._last, np.arange(self._n), self._ends]

    def count(
        self,
        chances: NDArray[np.float64],
        reached: NDArray[np.float64],
        whole: NDArray[np.float64],
        weight: NDArray[np.float64],
        counts: NDArray[np.float64],
    ) -> None:
        back = np.zeros((self._n, self._wide))
        share = weight / np.maximum(whole, 1e-300)
        for at in reversed(range(self._deep)):
            ends = self._last == at + 1
            back[ends] = 0.0
            back[ends, self._ends[ends]] = 1.0
            on, where, here = self._step(chances, at)
            before = np.zeros_like(back)
            for size in range(LONGEST + 1):
                left = self._wide - size
                through = here[:, :left, size] * back[:, size:]
                before[:, :left] += through
                told = reached[at, :, :left] * through * share[:, None]
                some = (told > 1e-7) & on[:, None]
                np.add.at(counts.ravel(), where[:, :left, size][some], told[some])
            back = np.where(on[:, None], before, back)
