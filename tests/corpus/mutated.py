"""Damaged copies of a file, the same ones each time."""

import random
from collections.abc import Callable, Iterator

from corpus.errors import ReportError
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits


def mutations(data: bytes, count: int) -> Iterator[bytes]:
    """Copies with bytes changed, cut out, or doubled."""
    chance = random.Random(7)
    for _ in range(count):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(changed))
            deed = chance.randrange(4)
            if deed == 0:
                changed[at] = chance.randrange(256)
            elif deed == 1:
                del changed[at : at + chance.randint(1, 40)]
            elif deed == 2:
                changed[at:at] = changed[at : at + chance.randint(1, 40)]
            else:
                changed[at] ^= 1 << chance.randrange(8)
            if not changed:
                break
        yield bytes(changed)


def outcomes(extract: Callable[[bytes, ReadLimits], Extracted], copies: Iterator[bytes]) -> dict[str, int]:
    """How many copies were read, and how many refused; any other error is raised."""
    counted = {"read": 0, "refused": 0}
    for copy in copies:
        try:
            extract(copy, ReadLimits())
            counted["read"] += 1
        except ReportError:
            counted["refused"] += 1
    return counted
