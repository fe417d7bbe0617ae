"""A map of places as inline SVG: land without borders, a dot for each place that leads to what happened there."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui.web.gazetteer import Spot
from ui.web.markup import Html, tag, written_in
from ui.web.outlines import Point, land

WIDTH, HEIGHT = 1000.0, 520.0
"""Size of the drawing in its own units."""
NARROWEST = 60.0
"""Degrees of longitude shown at least, so that one place still has its surroundings."""
MARGIN = 12.0
"""Degrees kept free around the outermost places."""
SQUEEZE = math.cos(math.radians(35))
"""Equirectangular projection with the standard parallel 35° (Snyder, "Map Projections", 1987, p. 90)."""
NEAR = 3.0
"""Drawing units between two points of an outline."""
EDGE = 192.0
"""Longitude up to which a window may reach: room for a dot at 180°."""
PASSES = 40
"""Rounds in which dots are moved apart at most."""
NORTH, SOUTH = 82.0, -58.0
LETTER, WIDE_LETTER = 8.2, 15.0
"""Width of a letter and of a Chinese sign in a name, to keep names apart."""


_Circle = tuple[float, float, float]
"""Middle and radius in drawing units."""


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
    circles = _apart([(*window.at(dot.spot.point), _radius(dot, ordered[0].n)) for dot in ordered])
    drawn = [tag("path", d=_land(window), class_="world-land")]
    boxes = [(x - radius, y - radius, x + radius, y + radius) for x, y, radius in circles]
    for dot, (x, y, radius) in zip(ordered, circles, strict=True):
        true_x, true_y = window.at(dot.spot.point)
        if math.hypot(x - true_x, y - true_y) > radius / 2:
            ends = {"x1": f"{true_x:.1f}", "y1": f"{true_y:.1f}", "x2": f"{x:.1f}", "y2": f"{y:.1f}"}
            drawn.append(tag("line", class_="world-lead", **ends))
    for dot, circle in zip(ordered, circles, strict=True):
        drawn.append(_dot(dot, circle, boxes))
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
    left = _kept((min(xs) + max(xs) - wide) / 2, wide, -EDGE * SQUEEZE, EDGE * SQUEEZE)
    return _Window(left=left, top=_kept((min(ys) + max(ys) - high) / 2, high, -NORTH, -SOUTH), scale=scale)


def _kept(begin: float, size: float, low: float, high: float) -> float:
    """Begin of a stretch moved to lie within [low, high], or in its middle where it is longer."""
    return (low + high - size) / 2 if size > high - low else min(max(begin, low), high - size)


def _land(window: _Window) -> str:
    """The outlines that can be seen, as one path in whole units, points too near to be told apart left out."""
    parts = []
    for ring in filter(window.shows, land().rings):
        placed: list[Point] = []
        for x, y in map(window.at, ring):
            if not placed or abs(x - placed[-1][0]) + abs(y - placed[-1][1]) >= NEAR:
                placed.append((x, y))
        if len(placed) > 2:
            parts.append(f"M{'L'.join(f'{x:.0f} {y:.0f}' for x, y in placed)}Z")
    return "".join(parts)


def _radius(dot: Dot, most: int) -> float:
    """Area by number, never smaller than a finger meets on a wide screen."""
    return 11.0 + 15.0 * math.sqrt(dot.n / most)


def _apart(circles: Sequence[_Circle]) -> list[_Circle]:
    """Circles moved until none covers another, the later ones (the smaller) giving way; some may still touch."""
    placed = list(circles)
    for _ in range(PASSES):
        moved = False
        for late in range(len(placed)):
            for early in range(late):
                (x, y, radius), (x0, y0, radius0) = placed[late], placed[early]
                far, least = math.hypot(x - x0, y - y0), radius + radius0 + 2
                if far < least - 0.1:
                    over_x, over_y = ((x - x0) / far, (y - y0) / far) if far > 0.1 else (1.0, 0.0)
                    placed[late] = (x0 + over_x * least, y0 + over_y * least, radius)
                    moved = True
        if not moved:
            break
    return placed


def _dot(dot: Dot, circle: _Circle, boxes: list[tuple[float, float, float, float]]) -> Html:
    x, y, radius = circle
    return tag(
        "a",
        tag("title", dot.label),
        tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{radius:.1f}"),
        tag("text", str(dot.n), x=f"{x:.1f}", y=f"{y:.1f}", class_="world-number"),
        _name(dot, x, y, radius, boxes),
        href=dot.address,
        aria_label=dot.label,
        class_="world-dot world-country" if dot.spot.is_country else "world-dot",
    )


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
