"""A map of places as inline SVG: land without borders, a dot for each place that leads to what happened there."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui.web.browse.gazetteer import Spot
from ui.web.browse.outlines import Point, land
from ui.web.markup import Html, tag, written_in

WIDTH, HEIGHT = 1000.0, 520.0
"""Size of the drawing in its own units."""
NARROWEST = 60.0
"""Degrees of longitude shown at least, so that one place still has its surroundings."""
MARGIN = 12.0
"""Degrees kept free around the outermost places."""
SQUEEZE = math.cos(math.radians(35))
"""Equirectangular projection with the standard parallel 35° (Snyder, "Map Projections", 1987, p. 90)."""
NORTH, SOUTH = 82.0, -58.0
LETTER, WIDE_LETTER = 8.2, 15.0
"""Width of a letter and of a Chinese sign in a name, to keep names apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """What is drawn at a spot.

    Attributes:
        name: The place as the records write it.
        n: Number shown in the dot.
        label: What a screen reader says, and what hovering shows.
        address: Where the dot leads.
    """

    spot: Spot
    name: str
    n: int
    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """The part of the world that is drawn; `scale` is drawing units for a degree of latitude."""

    left: float
    top: float
    scale: float

    def at(self, point: Point) -> tuple[float, float]:
        """Where a point lies in the drawing."""
        return (point[0] * SQUEEZE - self.left) * self.scale, (-point[1] - self.top) * self.scale

    def shows(self, ring: Sequence[Point]) -> bool:
        """Whether any of a ring may be seen."""
        placed = [self.at(point) for point in ring]
        xs, ys = [x for x, _ in placed], [y for _, y in placed]
        return max(xs) > 0 and min(xs) < WIDTH and max(ys) > 0 and min(ys) < HEIGHT


def world_map(dots: Sequence[Dot], label: str) -> Html:
    """The map around `dots`, the largest first so that small ones lie on top; nothing for none."""
    if not dots:
        return Html()
    window = _window([dot.spot.point for dot in dots])
    ordered = sorted(dots, key=lambda dot: (-dot.n, dot.spot.key))
    most = ordered[0].n
    drawn = [tag("path", d=_land(window), class_="world-land")]
    boxes: list[tuple[float, float, float, float]] = [_box(window, dot, most) for dot in ordered]
    for dot in ordered:
        drawn.append(_dot(window, dot, most, boxes))
    frame = f"0 0 {WIDTH:.0f} {HEIGHT:.0f}"
    return tag(
        "svg", *drawn, viewBox=frame, role="group", aria_label=label, class_="world", xmlns="http://www.w3.org/2000/svg"
    )


def _window(points: Sequence[Point]) -> _Window:
    """The smallest window of the drawing's shape around all points, within the world where it fits."""
    xs, ys = [x * SQUEEZE for x, _ in points], [-y for _, y in points]
    wide = max(max(xs) - min(xs) + 2 * MARGIN, NARROWEST * SQUEEZE, (max(ys) - min(ys) + 2 * MARGIN) * WIDTH / HEIGHT)
    scale = WIDTH / wide
    high = HEIGHT / scale
    left = _kept((min(xs) + max(xs) - wide) / 2, wide, -180 * SQUEEZE, 180 * SQUEEZE)
    return _Window(left=left, top=_kept((min(ys) + max(ys) - high) / 2, high, -NORTH, -SOUTH), scale=scale)


def _kept(begin: float, size: float, low: float, high: float) -> float:
    """Begin of a stretch moved to lie within [low, high], or in its middle where it is longer."""
    return (low + high - size) / 2 if size > high - low else min(max(begin, low), high - size)


def _land(window: _Window) -> str:
    """The outlines that can be seen, as one path in whole units."""
    parts = []
    for ring in filter(window.shows, land().rings):
        placed = dict.fromkeys(f"{x:.0f} {y:.0f}" for x, y in map(window.at, ring))
        parts.append(f"M{'L'.join(placed)}Z")
    return "".join(parts)


def _radius(dot: Dot, most: int) -> float:
    """Area by number, never smaller than a finger meets on a wide screen."""
    return 11.0 + 15.0 * math.sqrt(dot.n / most)


def _dot(window: _Window, dot: Dot, most: int, boxes: list[tuple[float, float, float, float]]) -> Html:
    x, y = window.at(dot.spot.point)
    radius = _radius(dot, most)
    circle = tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{radius:.1f}")
    number = tag("text", str(dot.n), x=f"{x:.1f}", y=f"{y:.1f}", class_="world-number")
    name = _name(dot, x, y, radius, boxes)
    return tag(
        "a",
        tag("title", dot.label),
        circle,
        number,
        name,
        href=dot.address,
        aria_label=dot.label,
        class_="world-dot world-country" if dot.spot.is_country else "world-dot",
    )


def _box(window: _Window, dot: Dot, most: int) -> tuple[float, float, float, float]:
    (x, y), radius = window.at(dot.spot.point), _radius(dot, most)
    return x - radius, y - radius, x + radius, y + radius


def _name(dot: Dot, x: float, y: float, radius: float, boxes: list[tuple[float, float, float, float]]) -> Html:
    """The name beside a dot where it covers nothing: right of it, else left; left out where neither is free."""
    wide = sum(WIDE_LETTER if written_in(sign) == "zh" else LETTER for sign in dot.name)
    for begin, anchor in ((x + radius + 5, "start"), (x - radius - 5 - wide, "end")):
        box = (begin, y - 9, begin + wide, y + 9)
        if box[0] < 0 or box[2] > WIDTH or any(_meet(box, other) for other in boxes):
            continue
        boxes.append(box)
        at = x + radius + 5 if anchor == "start" else x - radius - 5
        return tag(
            "text",
            dot.name,
            x=f"{at:.1f}",
            y=f"{y:.1f}",
            text_anchor=anchor,
            class_="world-name",
            lang=written_in(dot.name),
        )
    return Html()


def _meet(one: Iterable[float], other: Iterable[float]) -> bool:
    left, top, right, low = one
    begin, high, end, bottom = other
    return left < end and begin < right and top < bottom and high < low
