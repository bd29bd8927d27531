"""Small geometry for drawing: paths as text, mirrored, mapped and measured. Only absolute M L Q C Z are used."""

import re
from collections.abc import Callable
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin

Point = tuple[float, float]
Segment = tuple[str, list[Point]]
TOKEN = re.compile(r"[MLQCZ]|-?\d+(?:\.\d+)?")
ARITY = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 0}
MIDDLE = 450.0


def parse(path: str) -> list[Segment]:
    """The segments of a path; a letter may be left out when it repeats."""
    found: list[Segment] = []
    numbers: list[float] = []
    letter = "M"
    for token in TOKEN.findall(path):
        if token in ARITY:
            letter = token
            if letter == "Z":
                found.append(("Z", []))
            continue
        numbers.append(float(token))
        if len(numbers) == 2 * ARITY[letter]:
            found.append((letter, list(zip(numbers[::2], numbers[1::2], strict=True))))
            numbers = []
            letter = "L" if letter == "M" else letter
    return found


def write(segments: list[Segment]) -> str:
    """A path as SVG wants it, one decimal."""
    return "".join(letter + " ".join(f"{x:.1f} {y:.1f}" for x, y in points) for letter, points in segments)


def mapped(path: str, place: Callable[[float, float], Point]) -> str:
    """The path with every point moved by `place`."""
    return write([(letter, [place(x, y) for x, y in points]) for letter, points in parse(path)])


def flipped(path: str, middle: float = MIDDLE) -> str:
    """The path seen in a mirror that stands at x = middle."""
    return mapped(path, lambda x, y: (2 * middle - x, y))


def swung(path: str, pivot: Point, angle: float) -> str:
    """The path turned around a point, by degrees clockwise."""
    c, s = cos(radians(angle)), sin(radians(angle))
    px, py = pivot
    return mapped(path, lambda x, y: (px + (x - px) * c - (y - py) * s, py + (x - px) * s + (y - py) * c))


def both(half: str, middle: float = MIDDLE) -> str:
    """A closed symmetric outline from its right half, drawn from the top middle to the bottom middle."""
    segments = parse(half)
    points = [segments[0][1][0]]
    back: list[Segment] = []
    for letter, given in segments[1:]:
        back.append((letter, [*reversed(given[:-1]), points[-1]]))
        points.append(given[-1])
    mirrored = [(letter, [(2 * middle - x, y) for x, y in given]) for letter, given in reversed(back)]
    return write([*segments, *mirrored, ("Z", [])])


def lens(a: Point, b: Point, bend: float, width: float) -> str:
    """A sliver from a to b, bowed by `bend` and `width` thick in its middle: how a fold of cloth looks."""
    mx, my = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    length = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    nx, ny = -(b[1] - a[1]) / length, (b[0] - a[0]) / length
    one = (mx + nx * (bend + width), my + ny * (bend + width))
    two = (mx + nx * (bend - width), my + ny * (bend - width))
    return write([("M", [a]), ("Q", [one, b]), ("Q", [two, a]), ("Z", [])])


def box_of(path: str) -> tuple[float, float, float, float]:
    """left, top, right, bottom of all points (control points too: never too small)."""
    points = [point for _letter, given in parse(path) for point in given]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def circle(x: float, y: float, rx: float, ry: float | None = None) -> str:
    """An ellipse as a path."""
    ry = rx if ry is None else ry
    k = 0.5523
    return (
        f"M{x + rx} {y}C{x + rx} {y + k * ry} {x + k * rx} {y + ry} {x} {y + ry}"
        f"C{x - k * rx} {y + ry} {x - rx} {y + k * ry} {x - rx} {y}"
        f"C{x - rx} {y - k * ry} {x - k * rx} {y - ry} {x} {y - ry}"
        f"C{x + k * rx} {y - ry} {x + rx} {y - k * ry} {x + rx} {y}Z"
    )


def along(path: str, step: float) -> list[tuple[float, float, float]]:
    """Points (x, y, angle in degrees) about every `step` along a path."""
    line: list[Point] = []
    for letter, points in parse(path):
        if letter in "ML":
            line.append(points[0])
        elif letter != "Z":
            line.extend(_curve(line[-1], points, part / 16) for part in range(1, 17))
    out, left = [], 0.0
    for (x0, y0), (x1, y1) in pairwise(line):
        length = hypot(x1 - x0, y1 - y0)
        while left < length:
            t = left / length
            out.append((x0 + (x1 - x0) * t, y0 + (y1 - y0) * t, degrees(atan2(y1 - y0, x1 - x0))))
            left += step
        left -= length
    return out


def _curve(start: Point, points: list[Point], t: float) -> Point:
    line = [start, *points]
    while len(line) > 1:
        line = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(line)]
    return line[0]
