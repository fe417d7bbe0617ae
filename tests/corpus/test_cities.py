"""What a city is called in other scripts."""

import pytest

from corpus.cities import names_in_other_scripts
from corpus.names import names_of


@pytest.mark.parametrize(
    ("asked", "recorded"),
    [
        ("克拉斯诺亚尔斯克", "Делегация посетила Красноярск."),
        ("秋明市", "Подписан план с Тюменью."),
        ("开罗", "Talks were held in Cairo."),
        ("Pretoria", "代表团访问了比勒陀利亚。"),
        ("Каире", "代表团抵达开罗。"),
    ],
)
def test_a_city_is_met_under_its_name_in_another_script(asked, recorded):
    assert names_of(recorded).has(asked)


@pytest.mark.parametrize(
    ("asked", "recorded"),
    [("秋明", "Встреча прошла в Самаре."), ("Pretoria", "代表团访问了开罗。"), ("秋明", "代表团访问了图们。")],
)
def test_another_city_is_not_met(asked, recorded):
    assert not names_of(recorded).has(asked)


@pytest.mark.parametrize("word", ["Zzyzxland", "不存在地", ""])
def test_what_is_no_city_has_no_other_names(word):
    assert names_in_other_scripts(word) == ()
