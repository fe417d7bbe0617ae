"""Whether work grows with its input and no faster, told so that a busy machine changes nothing."""

import time
from collections.abc import Callable

TRIES = 6
"""A pause of the machine spoils one measurement; work that really grows faster spoils all of them."""


def grows_no_faster_than_its_input(
    work: Callable[[int], object], *, small: int, large: int, room: float = 5, floor: float = 0.005
) -> bool:
    """Whether `work(large)` takes at most `room` times what the length alone explains over `work(small)`.

    `floor` is the least number of seconds that `work(small)` counts for, since less cannot be measured. One of
    `TRIES` measurements that fits is enough.
    """

    def spent(size: int) -> float:
        began = time.process_time()
        work(size)
        return time.process_time() - began

    least = max(floor, min(spent(small) for _ in range(2)))
    return any(spent(large) < room * large / small * least for _ in range(TRIES))
