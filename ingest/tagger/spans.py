"""Tags as mentions, and how two of them stand to each other: the same in training and in use."""

from collections.abc import Sequence

from ingest.tagger.labels import TAGS


def spans_of(tags: Sequence[int]) -> list[tuple[int, int, str]]:
    """Mentions (first token, one beyond the last, kind) of numbers of `TAGS`; an I after another kind begins one."""
    found: list[tuple[int, int, str]] = []
    start, kind = -1, ""
    for n, tag in enumerate([*tags, 0]):
        name = TAGS[tag]
        if start >= 0 and not (name.startswith("I-") and name[2:] == kind):
            found.append((start, n, kind))
            start = -1
        if name != "O" and start < 0:
            start, kind = n, name[2:]
    return found


def near_of(one: tuple[int, int], other: tuple[int, int], *, together: bool) -> tuple[float, float, float, float]:
    """How two things stand to each other, from their first and last tokens; see `labels.NEAR`."""
    gap = max(other[0] - one[1], one[0] - other[1], 0)
    return float(together), float(one[0] <= other[0]), 1 / (1 + gap / 8), float(gap <= 2)
