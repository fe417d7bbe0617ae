"""Records that tell the same: a copy under another name, or one record as a Word file and as a PDF."""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice

from corpus.plain_form import plain_form
from corpus.report import Report

ALIKE = 0.8
"""Resemblance (Broder 1997) from which two records tell the same. Set by hand between two measured things: copies and
one text in two formats reach 1, and of the 82 shared reports the most alike, two releases of one voyage, .18."""
WORDS = 5
"""Neighbouring words, or Chinese signs, that are compared as one."""
SKETCH = 400
"""Smallest hashes of a record that are compared; the error of the resemblance is then some 2 in 100."""
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
