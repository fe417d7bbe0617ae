import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numbers import numbers_in

SPELLED = [
    ("twenty-two weavers", 22),
    ("Twenty two weavers", 22),
    ("二十二名织工", 22),
    ("двадцать два ткача", 22),
    ("двадцатью двумя ткачами", 22),
    ("one hundred and twenty-five looms", 125),
    ("一百二十五台织机", 125),
    ("сто двадцать пять станков", 125),
    ("two thousand and eight", 2008),
    ("两千零八人", 2008),
    ("三万五千人", 35_000),
    ("три тысячи пятьсот человек", 3500),
    ("three hundred thousand threads", 300_000),
    ("三百万人", 3_000_000),
    ("два миллиона", 2_000_000),
    ("two dozen bobbins", 24),
    ("the third fair", 3),
    ("第三届织造节", 3),
    ("двенадцатый съезд", 12),
    ("二〇二四年", 2024),
    ("the sixty-fourth fair", 64),
]
FIGURES = [
    ("1,200 weavers", 1200),
    ("1 200 ткачей", 1200),
    ("1\u00a0200 ткачей", 1200),
    ("1.5 million", 1_500_000),
    ("1,25 %", 1.25),
    ("3,000,000.5", 3_000_000.5),
    ("3.5亿元", 350_000_000),
    ("2万名", 20_000),
    ("5 тыс. учителей", 5000),
    ("12 млн", 12_000_000),
]


def values(text: str) -> list[float]:
    return [number.value for number in numbers_in(text)]


@pytest.mark.parametrize(("text", "value"), SPELLED)
def test_a_number_in_words_has_the_value_of_its_figures(text, value):
    (number,) = numbers_in(text)
    assert (number.value, number.is_word) == (value, True)


@pytest.mark.parametrize(("text", "value"), FIGURES)
def test_a_figure_is_read_with_its_marks_and_its_scale(text, value):
    (number,) = numbers_in(text)
    assert (number.value, number.is_word) == (value, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nobody came",
        "三亚很美",
        "他们一起来了",
        "王三和张一",
        "百年老校",
        "никто не приехал",
        "No wonder",
        "сторона",
    ],
)
def test_words_that_only_look_like_numbers_are_none(text):
    assert numbers_in(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4-5 November", [4, 5]),
        ("2024-05-03", [2024, 5, 3]),
        ("one or two looms, three bobbins", [1, 2, 3]),
        ("five and seven", [5, 7]),
        ("In 2024, 33 came with twelve looms", [2024, 33, 12]),
        ("二〇二四年五月，三十三人", [2024, 5, 33]),
        ("Два ткача и 33 гостя", [2, 33]),
        ("nineteen ninety-eight", [19, 98]),
    ],
)
def test_several_numbers_come_apart_in_reading_order(text, expected):
    assert values(text) == expected


def test_offsets_mark_the_words_of_the_number():
    text = "Some twenty-two weavers, 三十名学生 and 1,200 others"
    assert [text[number.start : number.end] for number in numbers_in(text)] == ["twenty-two", "三十", "1,200"]


@given(st.text(alphabet="0123456789,. -абвтри一二三十百千万亿twohundred", max_size=30))
def test_any_text_gives_numbers_inside_it_that_do_not_overlap(text):
    found = numbers_in(text)
    bounds = [0, *(at for number in found for at in (number.start, number.end)), len(text)]
    assert bounds == sorted(bounds)
    assert all(number.value >= 0 for number in found)


@given(st.integers(0, 10**7))
def test_any_whole_number_is_read_back_from_its_figures(number):
    assert values(f"about {number} threads") == values(f"about {number:,} threads") == [number]


@given(st.integers(11, 9999))
def test_a_chinese_numeral_is_read_back(number):
    assert values(f"共{chinese(number)}人") == [number]


def chinese(number: int) -> str:
    """Written place by place, with one 零 where places are skipped."""
    digits = "零一二三四五六七八九"
    places = [(1000, "千"), (100, "百"), (10, "十"), (1, "")]
    written = ""
    for scale, mark in places:
        digit, number = divmod(number, scale)
        if digit:
            written += digits[digit] + mark
        elif written and number and not written.endswith("零"):
            written += "零"
    return written


@pytest.mark.parametrize(
    ("text", "value"), [("the twenty-first fair", 21), ("the twenty-second fair", 22), ("двадцать первого мая", 21)]
)
def test_an_ordinal_that_ends_in_first_or_second_is_read_whole(text, value):
    assert values(text) == [value]


def test_ten_thousands_after_hundred_millions_are_added():
    assert values("一亿二千万元") == [120_000_000]


def test_five_or_six_in_chinese_is_not_fifty_six():
    assert 56 not in values("来了五六个人")
