from collections.abc import Callable, Mapping

import numpy as np
import pytest

from assistant.prove import Reason
from assistant.prove.align import Alignment, Read
from assistant.prove.entailed import LESS_IS_BETTER, MORE_IS_BETTER, SIGNS, signs, weakest_word

OPENED = "Some potters opened a kiln."

Signs = Callable[..., Mapping[str, float]]


@pytest.fixture
def signs_of(aligned: Callable[[str, str], Alignment], read_text: Callable[[str], Read]) -> Signs:
    """The signs of a sentence beside evidence of one sentence, by name."""

    def made(claim: str, source: str = OPENED, **failed: str) -> Mapping[str, float]:
        reasons = {name: Reason(key=key) for name, key in failed.items()}
        row = signs(aligned(claim, source), read_text(source), reasons)
        return dict(zip(SIGNS, row.tolist(), strict=True))

    return made


def test_every_sign_has_one_place_and_one_way_to_count_at_most():
    assert len(set(SIGNS)) == len(SIGNS)
    assert not MORE_IS_BETTER & LESS_IS_BETTER
    assert set(SIGNS) - MORE_IS_BETTER - LESS_IS_BETTER == {"across", "more_unsure"}


def test_the_signs_of_a_sentence_come_in_their_order(aligned, read_text):
    row = signs(aligned(OPENED, OPENED), read_text(OPENED), {})
    assert row.shape == (len(SIGNS),)
    assert row.dtype == np.float32
    assert row[SIGNS.index("mean")] == row[SIGNS.index("exact")] == 1


def test_a_sentence_that_is_its_evidence_has_every_good_sign_and_no_bad_one(signs_of):
    found = signs_of(OPENED)
    assert [found[name] for name in sorted(MORE_IS_BETTER)] == pytest.approx([1] * len(MORE_IS_BETTER), abs=1e-5)
    assert {name for name in LESS_IS_BETTER if found[name]} == {"length"}


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Some potters closed a kiln.", OPENED),
        ("昨天上午陶工们开窑。", "昨天下午陶工们开窑。"),
        ("Вчера утром выставка закрылся.", "Вчера утром выставка открылся."),
    ],
)
def test_a_word_of_the_other_meaning_is_a_sign_in_each_language(claim, source, signs_of):
    assert signs_of(claim, source)["opposite"] == 1
    assert signs_of(claim, source)["substituted"] >= 2
    assert signs_of(source, source)["opposite"] == 0


def test_words_told_in_the_other_order_are_a_sign(signs_of):
    assert signs_of("A kiln opened some potters.")["order"] < signs_of(OPENED)["order"]


def test_words_that_the_evidence_lacks_lower_what_is_aligned(signs_of):
    more, same = signs_of("Some potters opened a kiln and swam across cold northern seas."), signs_of(OPENED)
    for name in ("mean", "lowest", "lowest_three", "exact", "odd_lowest", "cosine"):
        assert more[name] < same[name]
    for name in ("unlike", "unlike_run", "length"):
        assert more[name] > same[name]


@pytest.mark.parametrize(
    ("name", "claim", "source"),
    [
        ("capital", "Some potters opened a Kiln.", "Some potters opened a mill."),
        ("more_no", "Some potters did not open a kiln.", OPENED),
        ("more_no", "陶工们没有开窑。", "陶工们开窑。"),
        ("more_no", "Вчера гончары не пели.", "Вчера гончары пели."),
        ("less_no", OPENED, "Some potters did not open a kiln."),
        ("less_unsure", OPENED, "Some potters hope to open a kiln."),
        ("less_unsure", "陶工们开窑。", "陶工们希望开窑。"),
        ("less_unsure", "Вчера гончары пели.", "Вчера гончары хотели петь."),
        ("more_unsure", "Some potters hope to open a kiln.", OPENED),
        ("new_number", "Then 12 potters opened a kiln.", OPENED),
        ("numbers_elsewhere", "Then 12 potters opened a kiln.", "Then 14 potters opened a kiln."),
        ("numbers_elsewhere", "有十二名陶工。", "有十四名陶工。"),
        ("persons_elsewhere", "Inside, Ada Lund opened a kiln.", "Inside, Marta Okello opened a kiln."),
        ("places_elsewhere", "Guests from Kenya came.", "Guests from Ghana came."),
        ("places_elsewhere", "来自肯尼亚的客人。", "来自加纳的客人。"),
        ("contact_far", "Some potters visited Tomsk.", "Some potters spoke of Tomsk."),
        ("across", "陶工们开窑。", OPENED),
    ],
)
def test_each_sign_is_seen_and_not_seen_in_a_copy(name, claim, source, signs_of):
    assert signs_of(claim, source)[name] > 0
    assert signs_of(source, source)[name] == 0


@pytest.mark.parametrize(
    ("check", "key", "name"),
    [
        ("covered", "number_missing", "number"),
        ("covered", "date_missing", "date"),
        ("covered", "name_missing", "name"),
        ("no_stronger", "state_raised", "state"),
        ("no_stronger", "only_unreal", "unreal"),
        ("no_stronger", "negation_lost", "negation"),
        ("no_stronger", "contact_raised", "contact"),
        ("same_roles", "office_wrong", "office"),
        ("same_roles", "actor_wrong", "actor"),
        ("same_roles", "counts_other", "counted"),
    ],
)
def test_a_check_that_failed_is_a_sign(check, key, name, signs_of):
    assert signs_of(OPENED, **{check: key})[name] == 1
    assert signs_of(OPENED)[name] == 0


def test_evidence_in_two_sentences_is_weaker_than_in_one(aligned, read_text):
    claim = "Some potters opened a kiln and sold bread."
    apart = aligned(claim, "Some potters opened a kiln. Some bakers sold bread.")
    found = dict(zip(SIGNS, signs(apart, read_text(OPENED), {}).tolist(), strict=True))
    assert found["in_one"] < found["mean"]
    assert found["elsewhere"] == pytest.approx(found["mean"] - found["in_one"], abs=1e-5)


def test_the_weakest_word_is_the_one_borne_out_least(aligned):
    assert weakest_word(aligned("Some potters opened a submarine.", OPENED)) == "submarine"
    assert weakest_word(aligned("", OPENED)) == ""


@pytest.mark.parametrize("claim", ["", "!!!"])
def test_the_signs_of_a_sentence_without_words_are_numbers(claim, signs_of):
    assert np.isfinite(list(signs_of(claim).values())).all()


@pytest.mark.parametrize("source", ["", "!!!"])
def test_evidence_without_words_bears_nothing_out(source, signs_of):
    assert signs_of(OPENED, source)["unlike"] == 1
