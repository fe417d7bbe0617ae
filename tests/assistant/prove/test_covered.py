"""Second check. Every kind has pairs that pass and pairs that do not, in each language and across."""

import pytest

from assistant.prove.covered import uncovered

WEAVERS = "22 weavers came to the hall."
SPEAKERS = "Ada Lund, Marta Okello and Jonas Brandt spoke."
RANGE = "The fair ran on 4-6 November."
DAY = "The fair was held on 5 November."
SWISS = "Guests came from Switzerland."
SWISS_ZH = "来自瑞士的客人来了。"
LU = "吕晓明主任讲话。"

COVERED = [
    ("Twenty-two weavers came.", WEAVERS),
    ("二十二名织工来了。", WEAVERS),
    ("Приехали двадцать два ткача.", WEAVERS),
    ("22 weavers came.", "来了二十二名织工。"),
    ("Both potters spoke.", "The two potters spoke."),
    ("Three potters spoke.", SPEAKERS),
    ("It ran for 12 years.", "It opened in 2001 and closed in 2013."),
    ("The fair opened on 5 November.", RANGE),
    ("The fair was held in November.", RANGE),
    ("展会于11月5日举行。", DAY),
    ("Ярмарка прошла 5 ноября.", DAY),
    ("The fair was held on 5 November.", "展会于11月5日举行。"),
    ("The fair was held in 2018.", "展会在2018年5月举行。"),
    ("The hall opens next year.", "The hall will open next year."),
    ("展厅明年开放。", "The hall will open next year."),
    ("Зал откроется в следующем году.", "展厅明年开放。"),
    ("Ada Lund opened the fair.", "The fair was opened by Ada Lund."),
    ("Lund, Ada opened the fair.", "The fair was opened by Ada Lund."),
    ("Lü Xiaoming spoke.", LU),
    ("Lyu Xiaoming spoke.", LU),
    ("Lu Xiaoming spoke.", LU),
    (LU, "Lü Xiaoming, director, spoke."),
    ("Выступил Олег Сидоров.", "Oleg Sidorov spoke."),
    ("Oleg Sidorov spoke.", "Выступил Олег Сидоров."),
    ("Guests came from Switzerland.", SWISS_ZH),
    ("客人来自瑞士。", SWISS),
    ("Гости приехали из Швейцарии.", SWISS),
    ("Swiss guests came.", SWISS),
    ("The QZW sent guests.", "Guests of the QZW came."),
    ("Guests went to Ravenholm.", "In Ravenholm guests were shown the coast."),
    ("Guests went to Ravenholm.", "Гости были в Равенхольме."),
    ("Weavers came.", "The weavers came."),
    ("", WEAVERS),
]
NUMBERS = [
    ("Twenty-three weavers came.", WEAVERS),
    ("二十三名织工来了。", WEAVERS),
    ("二十三名织工来了。", "来了二十二名织工。"),
    ("Приехали двадцать три ткача.", WEAVERS),
    ("Приехали 23 ткача.", "Приехали 22 ткача."),
    ("Over 200 weavers came.", WEAVERS),
    ("Seven potters spoke.", SPEAKERS),
    ("The fair was held in 2019.", "The fair was held in 2018."),
    ("展会在2019年举行。", "展会在2018年举行。"),
    ("Ярмарка прошла в 2019 году.", "Ярмарка прошла в 2018 году."),
    ("The fair was held on 5 May 2018.", "The fair was held on 5 May."),
    ("展会吸引了约60人。", "展会吸引了29人。"),
    ("Пришло около 60 человек.", "Пришло 29 человек."),
]
TIMES = [
    ("The fair opened on 9 November.", RANGE),
    ("The fair opened on 5 December.", RANGE),
    ("展会于12月5日举行。", DAY),
    ("展会于12月5日举行。", "展会于11月5日举行。"),
    ("Ярмарка прошла 5 декабря.", DAY),
    ("Ярмарка прошла 5 декабря.", "Ярмарка прошла 5 ноября."),
    ("The hall opens next year.", "The hall will open in spring."),
    ("The hall opens next year.", "The hall opened last year."),
    ("展厅明年开放。", "展厅去年开放。"),
    ("Зал откроется в следующем году.", "展厅开放。"),
]
NAMES = [
    ("Ada Lund opened the fair.", "The fair was opened by Marta Okello."),
    ("Ada Okello opened the fair.", "Ada Lund and Marta Okello opened the fair."),
    (LU, "Wang Jianguo, director, spoke."),
    ("李志强主任参观。", "王小明主任参观。"),
    ("Выступил Олег Сидоров.", "Выступил Иван Петров."),
    ("Guests came from Austria.", SWISS_ZH),
    ("Guests came from Brazil.", SWISS),
    ("客人来自奥地利。", SWISS),
    ("Гости приехали из Австрии.", SWISS),
    ("The QZW sent guests.", "The Institute sent guests."),
    ("Guests went to Ravenholm.", "Guests went to the coast."),
    ("Guests went to Ravenholm.", "Гости были в Томске."),
]


def found(claim, source, aligned):
    reason = uncovered(claim, source, aligned(claim, source))
    return reason.key if reason else None


@pytest.mark.parametrize(("claim", "source"), COVERED)
def test_what_stands_in_the_source_in_any_form_is_covered(claim, source, aligned):
    assert found(claim, source, aligned) is None


@pytest.mark.parametrize(("claim", "source"), NUMBERS)
def test_a_number_that_the_source_does_not_give_is_found(claim, source, aligned):
    assert found(claim, source, aligned) == "number_missing"


@pytest.mark.parametrize(("claim", "source"), TIMES)
def test_a_time_that_the_source_does_not_give_is_found(claim, source, aligned):
    assert found(claim, source, aligned) == "date_missing"


@pytest.mark.parametrize(("claim", "source"), NAMES)
def test_a_name_that_the_source_does_not_have_is_found(claim, source, aligned):
    assert found(claim, source, aligned) == "name_missing"


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Wang Jianguo spoke.", LU),
        ("Выступил Олег Сидоров.", "Ivan Petrov spoke."),
        ("Oleg Sidorov spoke.", "Выступил Иван Петров."),
    ],
)
def test_another_person_is_found_across_scripts(claim, source, aligned):
    assert found(claim, source, aligned) == "name_missing"


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Over 20 weavers came.", WEAVERS),
        ("展会吸引了约30人。", "展会吸引了29人。"),
        ("Пришло около 30 человек.", "Пришло 29 человек."),
    ],
)
def test_a_number_told_as_rounded_is_covered_by_the_exact_one(claim, source, aligned):
    assert found(claim, source, aligned) is None


@pytest.mark.parametrize(
    ("claim", "source", "what"),
    [
        ("Гости приехали из Австрии.", SWISS, "Австрии"),
        ("Ярмарка прошла 5 декабря.", DAY, "декабря"),
        ("展会于12月5日举行。", DAY, "12月"),
    ],
)
def test_the_reason_names_the_missing_thing_in_the_words_of_the_sentence(claim, source, what, aligned):
    assert what in uncovered(claim, source, aligned(claim, source)).values["what"]


@pytest.mark.parametrize(
    ("claim", "source", "what"),
    [
        ("Twenty-three weavers came.", WEAVERS, "Twenty-three"),
        ("The hall opens next year.", "The hall opens.", "next year"),
        ("Ada Lund opened the fair.", "The fair was opened by Marta Okello.", "Ada Lund"),
        ("客人来自奥地利。", SWISS, "奥地利"),
    ],
)
def test_the_reason_names_what_is_missing(claim, source, what, aligned):
    assert uncovered(claim, source, aligned(claim, source)).values["what"] == what


@pytest.mark.parametrize("opener", ["Then", "When", "So"])
def test_a_name_made_of_two_is_found_after_an_opening_word(opener, aligned):
    claim = f"{opener} Ada Okello opened the fair."
    assert found(claim, "Ada Lund and Marta Okello opened the fair.", aligned) == "name_missing"


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Ada Lund opened the kiln.", "The director opened the kiln."),
        ("Иван Петров открыл печь.", "Директор открыл печь."),
        ("Ada Lund opened the kiln.", "主任打开了窑。"),
        ("Иван Петров открыл печь.", "The director opened the kiln."),
    ],
)
def test_a_person_invented_where_the_source_names_nobody_is_found(claim, source, aligned):
    assert found(claim, source, aligned) == "name_missing"


def test_a_person_invented_in_chinese_is_found(aligned):
    assert found("王小明主任打开了窑。", "主任打开了窑。", aligned) == "name_missing"
