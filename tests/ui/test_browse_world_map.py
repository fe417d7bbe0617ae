import math
import re

from tests.ui.standin import ATTACK
from ui.web.browse.world_map import HEIGHT, WIDTH, Dot, world_map
from ui.web.gazetteer import Spot


def dot(key: str, n: int, x: float, y: float, name: str = "Almaty", *, is_country: bool = False) -> Dot:
    spot = Spot(key=key, name=name, point=(x, y), is_country=is_country)
    return Dot(spot=spot, name=name, n=n, label=f"{name}: {n}", address=f"#browse/visits?place={key}")


def circles(svg: str) -> list[tuple[float, float, float]]:
    found = re.findall(r'<circle cx="([-\d.]+)" cy="([-\d.]+)" r="([\d.]+)">', svg)
    return [(float(x), float(y), float(radius)) for x, y, radius in found]


def test_dots_lie_within_the_drawing_and_grow_with_their_number() -> None:
    svg = world_map([dot("1", 1, 76.9, 43.3), dot("2", 9, 121.5, 31.2), dot("3", 4, 179.9, -17.0)], "Map")
    assert all(r <= x <= WIDTH - r and r <= y <= HEIGHT - r for x, y, r in circles(svg))
    radii = [radius for _, _, radius in circles(svg)]
    assert radii == sorted(radii, reverse=True) and len(set(radii)) == 3


def test_dots_at_one_place_do_not_cover_each_other() -> None:
    (x, y, r), (x0, y0, r0) = circles(world_map([dot("1", 5, 20, 50), dot("2", 5, 20, 50)], "Map"))
    assert math.hypot(x - x0, y - y0) >= r + r0


def test_each_dot_is_a_link_with_a_name_for_eyes_and_ears() -> None:
    svg = world_map([dot("1", 5, 20, 50, "Prague")], "Places")
    assert 'href="#browse/visits?place=1"' in svg and 'aria-label="Prague: 5"' in svg
    assert "<title>Prague: 5</title>" in svg and ">Prague</text>" in svg and 'aria-label="Places"' in svg


def test_land_is_drawn_and_no_place_gives_no_map() -> None:
    assert len(re.findall(r"M\d", world_map([dot("1", 5, 20, 50)], "Map"))) > 5
    assert world_map([], "Map") == ""


def test_hostile_names_stay_text() -> None:
    svg = world_map([dot(ATTACK, 1, 0, 0, ATTACK)], ATTACK)
    assert "<script" not in svg and "<img" not in svg
