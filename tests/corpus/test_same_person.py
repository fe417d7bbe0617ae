"""One person under two names, in one script or in two; what is no name is nobody's."""

import pytest

from corpus.same_person import same_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zhang Minxuan", "张民选"),
        ("Minxuan Zhang", "张民选"),
        ("Minxuan", "张民选"),
        ("Чжан Миньсюань", "张民选"),
        ("Virta", "Анна Вирта"),
        ("A. Virta", "Anna Virta"),
    ],
)
def test_one_person_is_known_in_another_script_or_a_shorter_form(one: str, other: str) -> None:
    assert same_person(one, other) and same_person(other, one)


@pytest.mark.parametrize(("one", "other"), [("Zhang Minxin", "张民选"), ("Anna Virta", "Анна Ким")])
def test_another_name_is_another_person(one: str, other: str) -> None:
    assert not same_person(one, other) and not same_person(other, one)


@pytest.mark.parametrize("name", ["张民选", "安娜·维尔塔", "Anna Virta", "Анна Вирта", ""])
@pytest.mark.parametrize("other", ["", " ", "...", "·", "-", "12 34", "z", "ж"])
def test_what_is_no_name_is_nobodys(name: str, other: str) -> None:
    assert not same_person(name, other) and not same_person(other, name)
