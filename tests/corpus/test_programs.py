"""Files that programs wrote, one of each program and kind, read to the last word (`tests/programs` makes more)."""

from pathlib import Path

import pytest

from tests.programs.measure import Score, scores

MADE = Path(__file__).parents[1] / "programs" / "made"


@pytest.mark.parametrize("one", scores(MADE), ids=lambda one: one.name)
def test_every_word_is_read_in_its_order_and_none_is_invented(one: Score) -> None:
    assert (one.failed, one.found, one.invented, one.titles) == (False, one.expected, (), ()), one.fault
