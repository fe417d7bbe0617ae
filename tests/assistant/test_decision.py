"""The fitted numbers that the package carries fit what they are multiplied with."""

from typing import get_args

from assistant.decision import BESIDE, FEATURES, SIGNALS, group_of, open_decision
from assistant.intent import UNASKED, Intent


def test_there_is_a_weight_for_each_sign_and_a_constant():
    decision = open_decision()
    assert len(decision.sentence) == len(FEATURES) + 1
    assert len(decision.answered) == len(SIGNALS) + 1
    assert {len(weights) for weights in (decision.few, decision.many, decision.summary)} == {len(BESIDE) + 1}


def test_every_intent_that_asks_something_has_a_cut_and_a_group():
    asking = set(get_args(Intent)) - UNASKED
    assert set(open_decision().more) == asking
    assert {group_of(intent) for intent in asking} == {"few", "many", "summary"}
