"""Records that tell the same: a copy under another name, one record as a Word file and as a PDF, or a translation."""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus.plain_form import plain_form
from corpus.report import Report

ALIKE = 0.8
"""Resemblance (Broder 1997) from which two records tell the same. Set by hand between two measured things: copies and
one text in two formats reach 1, and of the 82 shared reports the most alike, two releases of one voyage, .18."""
WORDS = 5
"""Neighbouring words, or Chinese signs, that are compared as one."""
SKETCH = 400
"""Smallest hashes of a record that are compared; the error of the resemblance is then some 2 in 100."""
DAY = len("2025-03-12")
ALIKE_MEANING, ALIKE_FIGURES = 0.45, 1 / 3
"""Mean cosine of each passage with the likest of the other record, and share of the figures of both, from which a
record of the same day in another language is a translation. Measured: of 2,416 pairs in two languages, each of one
office, none of the same day is above either but translations; those of three records reach .53 to .66, .40 to .83."""
_FIGURE = re.compile(r"\d+")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")


def twins(reports: Sequence[Report]) -> dict[str, str]:
    """By path of a record that of the one before it, in the order given, that tells the same; empty for none."""
    by_hash: dict[int, list[int]] = defaultdict(list)
    sketches: list[frozenset[int]] = []
    found: dict[str, str] = {}
    for number, report in enumerate(reports):
        own = _sketch(report)
        shared = Counter(other for one in own for other in by_hash[one])
        likest = max(shared, key=lambda other: _resemblance(own, sketches[other]), default=None)
        if likest is not None and _resemblance(own, sketches[likest]) >= ALIKE:
            first = reports[likest].path
            found[report.path] = found.get(first, first)
        sketches.append(own)
        for one in own:
            by_hash[one].append(number)
    return found


def translations(reports: Sequence[Report], vectors: Mapping[str, NDArray[np.float32]]) -> dict[str, str]:
    """By path of a record that of the one before it which it translates, or which translates it; empty for none.

    Args:
        vectors: Unit vectors of the passages of each record by its id, (n, dimension), of the embedded model; others
            have other cosines.
    """
    by_day: dict[str, list[Report]] = defaultdict(list)
    found: dict[str, str] = {}
    for report in reports:
        day = _day(report)
        if not day or not len(vectors.get(report.id, ())):
            continue
        for first in by_day[day]:
            if first.language != report.language and _is_translation(first, report, vectors):
                found[report.path] = found.get(first.path, first.path)
                break
        by_day[day].append(report)
    return found


def may_translate(one: Report, other: Report) -> bool:
    """Whether two records are of the same day and in two languages, so that `translations` compares them."""
    return one.language != other.language and bool(day := _day(one)) and day == _day(other)


def _day(report: Report) -> str:
    """The first date of a record that tells the day, or the days from and to; empty for none."""
    return next((f"{date.start}/{date.end}" for date in report.dates if len(date.start) == DAY), "")


def _is_translation(one: Report, other: Report, vectors: Mapping[str, NDArray[np.float32]]) -> bool:
    cosines = vectors[one.id] @ vectors[other.id].T
    if min(cosines.max(0).mean(), cosines.max(1).mean()) < ALIKE_MEANING:
        return False
    own, theirs = (Counter(_FIGURE.findall(plain_form(text.text[text.body :]))) for text in (one, other))
    return (own & theirs).total() >= ALIKE_FIGURES * max(1, (own | theirs).total())


def twin_note(path: str) -> str:
    """What a receipt says of a record that tells the same as the one at a path."""
    return f"it tells the same as {path}, so its facts are not counted again"


def _sketch(report: Report) -> frozenset[int]:
    """The `SKETCH` smallest hashes of the runs of `WORDS` words of the record proper; of all words of a shorter one."""
    words = _WORD.findall(plain_form(report.text[report.body :]).casefold())
    runs = {" ".join(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1))}
    return frozenset(islice(sorted({zlib.crc32(run.encode()) for run in runs}), SKETCH))


def _resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """Share of the smallest hashes of both that both hold (bottom-k sketches, Broder 1997)."""
    both = sorted(one | other)[:SKETCH]
    return sum(hash_ in one and hash_ in other for hash_ in both) / len(both)
