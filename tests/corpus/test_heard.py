"""Names in Chinese characters and in letters that are one name heard, and others that are not."""

import json
from pathlib import Path

import pytest

from corpus.heard import SURE, heard_alike, heard_in
from corpus.names import names_of

ROWS = [json.loads(line) for line in Path("tests/names_across_scripts.jsonl").read_text(encoding="utf-8").splitlines()]
TEXT = "2019年，主任张民选与玛拉特·塔加耶夫在呼和浩特会谈，双方签署了合作备忘录。"


@pytest.mark.parametrize(
    ("han", "letters"),
    [
        ("坎特伯雷", "Canterbury"),
        ("坎特伯雷", "Кентербери"),
        ("玛拉特·塔加耶夫", "Марат Тагаев"),
        ("菲尔明·马多戈", "Firmin Matoko"),
        ("陈群", "Chen Qun"),
        ("陈群", "Qun Chen"),
    ],
)
def test_a_name_is_heard_whichever_script_comes_first(han, letters):
    assert heard_alike(han, letters) == heard_alike(letters, han) >= SURE


@pytest.mark.parametrize(
    ("han", "letters"),
    [("坎特伯雷", "Cambridge"), ("张民选", "Zhang Huafeng"), ("玛拉特·塔加耶夫", "Marina Tolstaya"), ("会议", "Hui")],
)
def test_another_name_is_not_heard(han, letters):
    assert heard_alike(han, letters) < SURE


@pytest.mark.parametrize(("one", "other"), [("", ""), ("陈群", ""), ("陈群", "陈群"), ("Chen", "Чэнь"), ("陈", "12")])
def test_without_one_chinese_and_one_spelled_name_nothing_is_heard(one, other):
    assert heard_alike(one, other) == 0.0


def test_a_name_is_placed_in_a_chinese_text():
    found = heard_in("Tagaev", TEXT)
    assert found is not None and found.probability >= SURE
    assert TEXT[found.start : found.end] == "塔加耶夫"
    assert heard_in("Tagaev", "他们讲话") is None or heard_in("Tagaev", "他们讲话").probability < SURE
    assert heard_in("", TEXT) is heard_in("Tagaev", "no characters") is None


@pytest.mark.parametrize("script", ["en", "ru"])
def test_most_foreign_names_are_heard_and_hardly_another(script):
    foreign = [row for row in ROWS if row["of"] == "a foreigner"]
    taken = [
        one is other
        for at, one in enumerate(foreign)
        for other in foreign[at::6]
        if heard_alike(one["zh"], other[script]) >= SURE
    ]
    assert sum(taken) >= 0.8 * len(foreign)
    assert taken.count(False) <= 0.02 * len(foreign)


@pytest.mark.parametrize(
    ("asked", "stated"),
    [
        ("Tagaev", TEXT),
        ("Тагаев", TEXT),
        ("塔加耶夫", "They met Marat Tagaev there."),
        ("坎特伯雷", "Делегация прибыла в Кентербери."),
        ("坎特伯雷", "他们去了坎特伯雷。"),
        ("Чжан Миньсюань", TEXT),
        ("Миньсюань", TEXT),
    ],
)
def test_a_foreign_name_stands_among_the_names_of_a_text_in_another_script(asked, stated):
    assert names_of(stated).has(asked)


def test_a_text_without_the_name_does_not_have_it():
    assert not names_of("他们在会议上讨论了合作计划，并参观了学校的实验室。").has("Tagaev")
    assert not names_of("They met Pekka Laitinen in Helsinki.").has("塔加耶夫")
