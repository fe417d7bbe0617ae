import pytest

from assistant.evaluate import contains_all


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("в вузах Китая учатся 13 тысяч казахстанцев", "13"),
        ("в вузах Китая учатся 13 тысяч казахстанцев", "13,000"),
        ("13,000 study in China", "13"),
        ("13,000 study in China", "13000"),
        ("some 13 000 study there", "13,000"),
        ("22名政府官员和研究人员参加", "22"),
        ("来自十四个国家", "14"),
        ("Twenty-two experts came", "22"),
        ("twenty two experts came", "22"),
        ("22 experts came", "twenty-two"),
        ("the heads of nine centres", "9"),
        ("руководители девяти центров", "9"),
        ("двадцать один участник", "21"),
        ("signed on 8.12.2025", "8"),
        ("It ended in 2025.", "2025"),
        ("It was on 2025-12-08", "8"),
        ("1st in Kazakhstan", "1st"),
    ],
)
def test_a_number_is_found_however_it_is_written(text: str, wanted: str) -> None:
    assert contains_all(text, [wanted])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("130 people", "13"),
        ("a rate of 13.5", "13"),
        ("13,700 people", "13"),
        ("13 people", "13,000"),
        ("in 1928", "28"),
        ("nineteen people", "nine"),
        ("twenty-two people", "2"),
        ("the 21st place", "1st"),
        ("as it says [8]", "8"),
        ("一带一路", "1"),
    ],
)
def test_a_number_is_not_found_inside_another_one(text: str, wanted: str) -> None:
    assert not contains_all(text, [wanted])


def test_one_alternative_of_each_string_wanted_is_enough() -> None:
    assert contains_all("Received by Rector Mutanov", ["мутанов|mutanov", "rector|ректор"])
    assert not contains_all("Received by Rector Mutanov", ["mutanov", "vice-rector|проректор"])


def test_case_accents_quotation_marks_and_line_ends_do_not_matter() -> None:
    assert contains_all("Associate Professor LÜ\n  Jiexin", ["lu jiexin"])
    assert contains_all("the National Teachers’ Congress", ["teachers' congress"])
    assert contains_all("Трёх участников ждут", ["трех"])


def test_blanks_at_the_ends_of_a_wanted_string_count() -> None:
    assert contains_all("There is no agreement", ["no "])
    assert contains_all("Signed? No", ["no "])
    assert not contains_all("Nothing else", ["no "])


def test_nothing_wanted_is_always_there_and_something_wanted_is_not_in_an_empty_text() -> None:
    assert contains_all("", [])
    assert not contains_all("", ["tec"])
