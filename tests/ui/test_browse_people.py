"""People as of a day: the latest role, never a later one, nobody without a year dropped, offices held twice marked."""

import re

import pytest

from tests.ui.browsing import Records, empty_shelf, shelf
from tests.ui.standin import ATTACK
from ui.web.browse.parts import ROWS
from ui.web.browse.people import people, people_as_of
from ui.web.desk import Shelf
from ui.wording import LANGUAGES, words

EN = words("en")


@pytest.fixture(scope="module")
def held() -> Shelf:
    return shelf()


def names(html: str) -> list[str]:
    return re.findall(r'class="browse-name">(.*?)</span>', html)


def row(html: str, name: str) -> str:
    return next(one for one in html.split("<tr>") if f">{name}</span>" in one)


def test_the_latest_role_is_shown_and_the_earlier_one_can_be_opened(held: Shelf) -> None:
    told = row(people(held, {}, EN), "Anna Virta")
    assert "Rector" in told.split("<details>")[0] and "Dean" in told.split("<details>")[1]
    assert "1 January 2023" in told and "#browse/partner?name=Norwick+University" in told


@pytest.mark.parametrize(("day", "role"), [("2022-12-31", "Dean"), ("2022", "Dean"), ("2023-01-01", "Rector")])
def test_a_role_told_later_than_the_day_does_not_count(held: Shelf, day: str, role: str) -> None:
    (anna,) = [one for one in people_as_of(held.ledger, day) if one.name == "Anna Virta"]
    assert anna.latest.role == role


def test_who_is_told_of_without_a_year_is_never_dropped(held: Shelf) -> None:
    html = people(held, {"as_of": "1990-01-01"}, EN)
    assert names(html) == ["Li Wei"] and "3 November, year not stated" in html


def test_two_persons_in_one_office_are_marked_and_only_once_both_are_told(held: Shelf) -> None:
    html = people(held, {}, EN)
    assert "at the same time: Clara Dunn" in row(html, "Boris Klim")
    assert "at the same time" not in row(html, "Anna Virta")
    assert "at the same time" not in people(held, {"as_of": "2021-01-01"}, EN)


def test_a_clash_stays_marked_when_only_one_of_both_is_searched_for(held: Shelf) -> None:
    assert "at the same time: Clara Dunn" in people(held, {"search": "boris"}, EN)


def test_who_has_no_role_is_counted_and_shown_on_request(held: Shelf) -> None:
    assert "4 persons with a role, as last known; 1 named without a role." in people(held, {}, EN)
    assert "Emil Sand" not in people(held, {}, EN)
    assert EN.say("persons_no_role") in row(people(held, {"bare": "yes"}, EN), "Emil Sand")


@pytest.mark.parametrize(
    ("search", "found"),
    [("anna", ["Anna Virta"]), ("Yunling University", ["Li Wei"]), ("云岭", ["Li Wei"]), ("nobody", [])],
)
def test_search_by_name_or_organization_in_any_script(held: Shelf, search: str, found: list[str]) -> None:
    html = people(held, {"search": search}, EN)
    assert names(html) == found
    assert found or EN.say("persons_none") in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", ["yesterday", ATTACK, "2022-99-99", "2022-13", ""])
def test_a_day_that_is_none_and_hostile_words_give_a_view(held: Shelf, language: str, day: str) -> None:
    html = people(held, {"as_of": day, "search": "", "bare": ATTACK}, words(language))
    assert names(html) and "<img" not in html
    assert words(language).say("persons_none") in people(
        empty_shelf(), {"as_of": day, "search": ATTACK}, words(language)
    )


def test_a_long_table_shows_its_first_rows_and_leads_to_all() -> None:
    told = Records()
    for n in range(ROWS + 5):
        told.tell("a", f"Dean {n}.", kind="person", person="Ana Silva", body=f"Institute {n}", role="Dean")
    short, full = people(told.shelf(), {}, EN), people(told.shelf(), {"all": "yes"}, EN)
    assert len(names(short)) == ROWS and len(names(full)) == ROWS + 5
    assert f"Show all {ROWS + 5}" in short and "Show all" not in full


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("Zhang Minxuan", ["张民选"]),
        ("minxuan", ["张民选"]),
        ("Чжан", ["张民选", "Zhang Huafeng"]),
        ("张华峰", ["Zhang Huafeng"]),
        ("Вирта Анна", ["Anna Virta"]),
        ("virt", ["Anna Virta"]),
        ("·", []),
        ("...", []),
    ],
)
def test_a_person_is_found_in_a_script_their_records_do_not_use(search: str, found: list[str]) -> None:
    told = Records()
    for name in ("张民选", "Zhang Huafeng", "Jean Cheng", "Anna Virta"):
        told.tell("a", f"{name} spoke.", kind="person", person=name, role="Rector")
    assert sorted(names(people(told.shelf(), {"search": search}, EN))) == sorted(found)
