"""What the reader and a language model decide together."""

import numpy as np
import pytest

from assistant.agreement import SIGNS, open_agreement, signs_of
from assistant.answer import Claim
from tests.assistant.endpoints import cited

OWN, OTHER = cited("The rector received them.", "They left on Monday.")


def claim(*citations):
    return Claim(text="The rector received them.", citations=citations)


@pytest.mark.parametrize(
    ("claims", "withheld", "signs"),
    [
        ((), 0, (0, 0, 0)),
        ((), 2, (0, 0, 1)),
        ((claim(OWN),), 1, (1, 0, 0)),
        ((claim(OTHER),), 0, (0, 1, 0)),
        ((claim(OTHER), claim(OTHER, OWN)), 0, (1, 0, 0)),
    ],
)
def test_signs_tell_whether_both_rest_on_one_sentence(claims, withheld, signs):
    found = signs_of(0.5, claims, withheld, [OWN])
    assert len(found) == len(SIGNS)
    assert found[0] == pytest.approx(0.0) and tuple(found[1:]) == signs


def test_agreement_speaks_for_an_answer_and_invention_against_one():
    weights = dict(zip(SIGNS, open_agreement().answered, strict=False))
    assert weights["agreed"] > weights["apart"] and weights["agreed"] > weights["withheld"]
    assert weights["answered"] > 0


def test_what_the_reader_is_sure_of_is_told_without_a_model():
    assert open_agreement().is_answered(signs_of(0.999, (), 0, []))
    assert not open_agreement().is_answered(np.array([-13.0, 0, 0, 1], dtype=np.float32))
