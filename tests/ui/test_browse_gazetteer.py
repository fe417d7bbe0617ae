import pytest

from corpus import RapporteurError
from ui.web.gazetteer import Gazetteer, Spot, country_code, gazetteer, place_parts
from ui.web.outlines import json_items, land, package_file

WRITTEN = (
    "Almaty, Kazakhstan",
    "上海",
    "Shanghai, China",
    "中国上海",
    "г. Алматы, Казахстан",
    "Beijing and Shaoxing, China",
    "Indonesia, Australia and Fiji",
    "Tanzania and Zanzibar",
    "London",
    "London, United Kingdom",
    "London, Kazakhstan",
    "Nowhereville, Kazakhstan",
    "Singapore",
    "online",
    "<b>&{}",
)


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    return gazetteer(WRITTEN)


def names(spots: tuple[Spot, ...]) -> list[str]:
    return [spot.name for spot in spots]


@pytest.mark.parametrize(
    ("written", "placed"),
    [
        ("Almaty, Kazakhstan", ["Almaty"]),
        ("г. Алматы, Казахстан", ["Almaty"]),
        ("上海", ["Shanghai"]),
        ("中国上海", ["Shanghai"]),
        ("Beijing and Shaoxing, China", ["Beijing", "Shaoxing"]),
        ("Indonesia, Australia and Fiji", ["Indonesia", "Australia", "Fiji"]),
        ("Tanzania and Zanzibar", ["Tanzania", "Zanzibar"]),
        ("Singapore", ["Singapore"]),
    ],
)
def test_cities_and_countries_are_found_in_any_script(known: Gazetteer, written: str, placed: list[str]) -> None:
    spots, missing = known.spots(written)
    assert names(spots) == placed and missing == ()


def test_forms_of_one_city_are_one_spot(known: Gazetteer) -> None:
    assert known.spots("上海")[0] == known.spots("Shanghai, China")[0]


def test_a_name_of_several_cities_is_placed_only_where_a_country_is_told(known: Gazetteer) -> None:
    assert known.spots("London") == ((), ("London",))
    (written,), _ = known.spots("London, United Kingdom")
    (told,), _ = known.spots("London", frozenset({"GB", "CN"}))
    assert written == told and abs(told.point[0]) < 1 and 51 < told.point[1] < 52
    assert known.spots("London", frozenset({"GB", "CA"})) == ((), ("London",))


def test_a_city_that_is_not_in_the_country_written_beside_it_is_not_placed_elsewhere(known: Gazetteer) -> None:
    for written in ("Nowhereville, Kazakhstan", "London, Kazakhstan"):
        (spot,), _ = known.spots(written)
        assert spot.is_country and spot.key == "KZ"


def test_what_is_no_place_is_given_back(known: Gazetteer) -> None:
    assert known.spots("online") == ((), ("online",))
    assert known.spots("") == ((), ()) and known.spots("<b>&{}")[0] == ()


def test_parts_of_a_place_and_countries_in_four_languages() -> None:
    assert place_parts("Beijing and Shaoxing, China") == ["Beijing", "Shaoxing", "China"]
    assert {country_code(name) for name in ("Kazakhstan", "哈萨克斯坦", "Казахстан", "Қазақстан")} == {"KZ"}
    assert country_code("Lyon") == ""


def test_the_land_has_outlines_within_the_world_and_a_middle_of_each_country_inside_it() -> None:
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for ring in land().rings for x, y in ring)
    x, y = land().middles["KZ"]
    assert 60 < x < 75 and 45 < y < 52
    assert {"FR", "NO", "SG", "CN"} <= set(land().middles)


def test_large_objects_are_read_entry_by_entry_and_a_missing_package_is_named() -> None:
    assert list(json_items(' {"a": [1, 2] , "b":{}}\n')) == [("a", [1, 2]), ("b", {})]
    assert list(json_items("{}")) == []
    with pytest.raises(ValueError, match="Expecting"):
        list(json_items("[1]"))
    with pytest.raises(RapporteurError, match="no_such_package is not installed"):
        package_file("no_such_package", "x")
