"""What is woven or printed on cloth. Stripes and checks wave a little, as cloth does."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING

from marketplace.demo.drawing.cloth import INK, Box, Fabric
from marketplace.demo.drawing.palette import mixed
from marketplace.demo.drawing.textures import twill, weave

if TYPE_CHECKING:
    from marketplace.demo.drawing.sheet import Sheet

NAMES = ("gingham", "check", "tartan", "stripe", "pinstripe", "dot", "floral")


def _bands(sheet: Sheet, box: Box, angle: float, gap: float, width: float, offset: float = 0.0) -> str:
    """Waving parallel bands over a box as one path to fill (filling is much faster than stroking)."""
    left, top, right, bottom = box
    cx, cy = (left + right) / 2, (top + bottom) / 2
    w, h = (right - left) / 2, (bottom - top) / 2
    c, s = cos(radians(angle)), sin(radians(angle))
    half_u, half_v = abs(w * c) + abs(h * s) + 12, abs(w * s) + abs(h * c) + 12
    a, b = sheet.bend[0], sheet.bend[2]
    steps = max(int(half_u * 2 / 56), 3)
    us = [-half_u + step * 2 * half_u / steps for step in range(steps + 1)]
    out = []
    n = int(half_v / gap) + 1
    for index in range(-n, n + 1):
        v0 = index * gap + offset
        far, near = [], []
        for u in us:
            v = v0 + 5.0 * (sin(u / 83 + v0 / 140 + a) + 0.5 * sin(u / 37 + v0 / 60 + b))
            x, y = cx + u * c - v * s, cy + u * s + v * c
            far.append(f"{x - width / 2 * -s:.0f} {y - width / 2 * c:.0f}")
            near.append(f"{x + width / 2 * -s:.0f} {y + width / 2 * c:.0f}")
        out.append(f"M{'L'.join(far)}L{'L'.join(reversed(near))}Z")
    return "".join(out)


def _paint(path: str, color: str, opacity: float = 1.0) -> str:
    return f'<path d="{path}" fill="{color}" fill-opacity="{opacity:.2f}"/>'


def gingham(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    gap = 44 * f.size
    across, down = (_bands(sheet, box, angle + turn, gap, gap / 2) for turn in (0, 90))
    return _paint(across, f.partner, 0.55) + _paint(down, f.partner, 0.55) + weave(sheet, f, box)


def check(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    gap = 62 * f.size
    out = []
    for turn in (0, 90):
        out.append(_paint(_bands(sheet, box, angle + turn, gap, 5), f.partner, 0.75))
    return "".join(out) + weave(sheet, f, box)


def tartan(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    gap = 120 * f.size
    dark, light = mixed(f.color, INK, 0.62), f.partner
    out = []
    for turn in (0, 90):
        out.append(_paint(_bands(sheet, box, angle + turn, gap, gap * 0.36), dark, 0.5))
        out.append(_paint(_bands(sheet, box, angle + turn, gap, 4.5, gap * 0.5), light, 0.75))
        out.append(
            _paint(_bands(sheet, box, angle + turn, gap, 2.8, gap * 0.27), mixed(light, "#d8a13a", 0.5), 0.8)
        )
    return "".join(out) + twill(sheet, f, box, angle)


def stripe(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    gap = 46 * f.size
    return _paint(_bands(sheet, box, angle, gap, gap * 0.36), f.partner, 0.95) + weave(sheet, f, box)


def pinstripe(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    tone = mixed(f.color, f.partner, 0.6)
    return _paint(_bands(sheet, box, angle + 90, 25 * f.size, 2.2), tone, 0.7) + twill(sheet, f, box, angle)


def _grid(box: Box, gap: float, angle: float) -> list[tuple[float, float, int]]:
    left, top, right, bottom = box
    cx, cy = (left + right) / 2, (top + bottom) / 2
    half = ((right - left) ** 2 + (bottom - top) ** 2) ** 0.5 / 2 + gap
    c, s = cos(radians(angle)), sin(radians(angle))
    out = []
    rows = int(half / (gap * 0.87)) + 1
    for row in range(-rows, rows + 1):
        for column in range(-int(half / gap) - 1, int(half / gap) + 2):
            u, v = (column + (row % 2) / 2) * gap, row * gap * 0.87
            x, y = cx + u * c - v * s, cy + u * s + v * c
            if left - gap < x < right + gap and top - gap < y < bottom + gap:
                out.append((x, y, row * 31 + column * 17))
    return out


def dot(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    gap, r = 40 * f.size, 8.5 * f.size
    dots = "".join(
        f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0"
        for x, y, _n in _grid(box, gap, angle + 8)
    )
    return f'<path d="{dots}" fill="{f.partner}"/>' + weave(sheet, f, box)


def floral(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    leaf, heart = mixed("#5f7a4e", f.color, 0.25), mixed("#e0b04a", f.partner, 0.15)
    petals, hearts, leaves, buds = [], [], [], []
    for x, y, n in _grid(box, 66 * f.size, angle):
        x, y = x + (n * 37 % 23) - 11, y + (n * 53 % 21) - 10
        kind, r = n % 5, (9.5 + n % 4 * 1.5) * f.size
        if kind < 3:
            for k in range(5):
                a = radians(72 * k + n * 29 % 72)
                px, py = x + r * 0.95 * cos(a), y + r * 0.95 * sin(a)
                petals.append(_disc(px, py, r * 0.66))
            hearts.append(_disc(x, y, r * 0.42))
        else:
            buds.append(_disc(x, y, r * 0.5))
        a = radians(n * 47 % 360)
        ux, uy = cos(a), sin(a)
        sx, sy = x + ux * r * 1.5, y + uy * r * 1.5
        ex, ey = x + ux * r * 3.1, y + uy * r * 3.1
        nx, ny = -uy * r * 0.6, ux * r * 0.6
        mx, my = (sx + ex) / 2, (sy + ey) / 2
        leaves.append(
            f"M{sx:.1f} {sy:.1f}Q{mx + nx:.1f} {my + ny:.1f} {ex:.1f} {ey:.1f}"
            f"Q{mx - nx:.1f} {my - ny:.1f} {sx:.1f} {sy:.1f}Z"
        )
    fills = ((leaves, leaf), (petals, f.partner), (buds, mixed(f.partner, heart, 0.5)), (hearts, heart))
    return "".join(f'<path d="{"".join(d)}" fill="{color}"/>' for d, color in fills) + weave(sheet, f, box)


def _disc(x: float, y: float, r: float) -> str:
    return f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0Z"
