"""Cloth: what is woven, knitted or printed on a piece. Stripes and checks wave a little, as cloth does."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import cos, radians, sin
from random import Random
from typing import TYPE_CHECKING

from marketplace.demo.drawing.palette import luminance, mixed
from marketplace.demo.drawing.paths import mapped

if TYPE_CHECKING:
    from marketplace.demo.drawing.sheet import Sheet

Box = tuple[float, float, float, float]
INK = "#1b1512"
PATTERNED = ("gingham", "stripe", "dot", "tartan", "floral", "check", "pinstripe")


@dataclass(frozen=True, slots=True)
class Fabric:
    """A cloth: kind, its colour, the colour it is woven with, the size of its pattern, how much it shines (0-1)."""

    kind: str
    color: str
    partner: str = "#f4efe4"
    size: float = 1.0
    gloss: float = 0.12

    def plain(self, color: str = "", kind: str = "plain") -> Fabric:
        """The same cloth without its pattern, for collars, linings and trims."""
        return replace(self, kind=kind, color=color or self.color)


def fabric_of(kind: str, color: str, partner: str, size: float = 1.0) -> Fabric:
    """A cloth by name with the shine that it has in life."""
    gloss = {"leather": 0.62, "satin": 0.55, "patent": 0.9, "metal": 0.8, "glass": 0.9, "plastic": 0.45, "quilt": 0.3,
             "suede": 0.04, "knit": 0.03, "cable": 0.03, "rib": 0.04, "fleece": 0.0}  # fmt: skip
    if kind in ("gingham", "check"):
        # A check is light cloth crossed by coloured stripes, whichever of the two colours was called the main one.
        color, partner = ("#f8f3e9", color) if luminance(color) < 0.82 else (color, partner)
    return Fabric(kind, color, partner, size, gloss.get(kind, 0.12))


def marks(sheet: Sheet, fabric: Fabric, box: Box, angle: float) -> str:
    """What is drawn on a piece of this cloth inside `box`, turned by `angle` degrees."""
    draw = KINDS.get(fabric.kind)
    return draw(sheet, fabric, box, angle) if draw else ""


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


def _gingham(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    gap = 44 * f.size
    across, down = (_bands(sheet, box, angle + turn, gap, gap / 2) for turn in (0, 90))
    return _paint(across, f.partner, 0.55) + _paint(down, f.partner, 0.55) + _weave(sheet, f, box)


def _check(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    gap = 62 * f.size
    out = []
    for turn in (0, 90):
        out.append(_paint(_bands(sheet, box, angle + turn, gap, 5), f.partner, 0.75))
    return "".join(out) + _weave(sheet, f, box)


def _tartan(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    gap = 120 * f.size
    dark, light = mixed(f.color, INK, 0.62), f.partner
    out = []
    for turn in (0, 90):
        out.append(_paint(_bands(sheet, box, angle + turn, gap, gap * 0.36), dark, 0.5))
        out.append(_paint(_bands(sheet, box, angle + turn, gap, 4.5, gap * 0.5), light, 0.75))
        out.append(_paint(_bands(sheet, box, angle + turn, gap, 2.8, gap * 0.27), mixed(light, "#d8a13a", 0.5), 0.8))
    return "".join(out) + _twill(sheet, f, box, angle)


def _stripe(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    gap = 46 * f.size
    return _paint(_bands(sheet, box, angle, gap, gap * 0.36), f.partner, 0.95) + _weave(sheet, f, box)


def _pinstripe(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    tone = mixed(f.color, f.partner, 0.6)
    return _paint(_bands(sheet, box, angle + 90, 25 * f.size, 2.2), tone, 0.7) + _twill(sheet, f, box, angle)


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


def _dot(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    gap, r = 40 * f.size, 8.5 * f.size
    dots = "".join(
        f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0"
        for x, y, _n in _grid(box, gap, angle + 8)
    )
    return f'<path d="{dots}" fill="{f.partner}"/>' + _weave(sheet, f, box)


def _floral(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
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
    return "".join(f'<path d="{"".join(d)}" fill="{color}"/>' for d, color in fills) + _weave(sheet, f, box)


def _disc(x: float, y: float, r: float) -> str:
    return f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0Z"


# Textures are tiles without a turn: those are drawn fast.


def _tile(sheet: Sheet, f: Fabric, box: Box, name: str, w: float, h: float, body: str) -> str:
    tone = "d" if luminance(f.color) < 0.4 else "l"
    key = f"{name}{tone}{f.color[1:]}"
    fill = sheet.pattern(
        key, f'<pattern id="{key}" width="{w}" height="{h}" patternUnits="userSpaceOnUse">{body}</pattern>'
    )
    left, top, right, bottom = box
    return f'<rect x="{left:.0f}" y="{top:.0f}" width="{right - left:.0f}" height="{bottom - top:.0f}" fill="{fill}"/>'


def _tones(f: Fabric, dark: float, light: float) -> tuple[str, str]:
    return mixed(f.color, INK, dark), mixed(f.color, "#fffaf0", light)


def _weave(sheet: Sheet, f: Fabric, box: Box) -> str:
    body = (
        '<path d="M0 1H6M0 4H6" stroke="#000" stroke-width=".8" stroke-opacity=".07"/>'
        '<path d="M1 0V6M4 0V6" stroke="#fff" stroke-width=".8" stroke-opacity=".1"/>'
    )
    return _tile(sheet, replace(f, color="#808080"), box, "weave", 6, 6, body)


def _plain(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    return _weave(sheet, f, box)


def _linen(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    dark, light = _tones(f, 0.35, 0.5)
    body = (
        f'<path d="M0 2H40M6 7H31M0 12H22M28 12H40M3 17H40M0 22H36M10 27H40M0 32H25M0 37H40" stroke="{dark}" stroke-width="1" stroke-opacity=".2"/>'
        f'<path d="M3 0V40M8 5V33M13 0V40M19 0V18M19 24V40M24 0V40M30 8V40M35 0V29" stroke="{light}" stroke-width="1" stroke-opacity=".35"/>'
    )
    return _tile(sheet, f, box, "linen", 40, 40, body)


def _twill(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    body = (
        '<path d="M-2 8L8 -2M-2 2L2 -2M4 8L8 4" stroke="#fff" stroke-width="1.1" stroke-opacity=".11"/>'
        '<path d="M-2 5L5 -2M1 8L8 1" stroke="#000" stroke-width="1.1" stroke-opacity=".1"/>'
    )
    return _tile(sheet, replace(f, color="#808080"), box, "twill", 6, 6, body)


def _denim(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    dark, light = _tones(f, 0.5, 0.75)
    body = (
        f'<path d="M-3 9L9 -3M3 9L9 3M-3 3L3 -3" stroke="{light}" stroke-width="1.3" stroke-opacity=".36"/>'
        f'<path d="M-3 6L6 -3M0 9L9 0" stroke="{dark}" stroke-width="1.2" stroke-opacity=".4"/>'
    )
    slub = "".join(
        f'<path d="M{n * 37 % 90} {n * 53 % 120}v{14 + n % 5 * 6}" stroke="{light}" stroke-width="1" stroke-opacity=".28"/>'
        for n in range(26)
    )
    return _tile(sheet, f, box, "denim", 6, 6, body) + _tile(sheet, f, box, "slub", 90, 150, slub)


def _cord(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    dark, light = _tones(f, 0.5, 0.5)
    body = (
        f'<rect width="4" height="12" fill="{dark}" fill-opacity=".5"/>'
        f'<rect x="6" width="3" height="12" fill="{light}" fill-opacity=".35"/>'
    )
    return _tile(sheet, f, box, "cord", 12, 12, body)


def _rib(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    dark, light = _tones(f, 0.55, 0.4)
    body = (
        f'<rect width="5" height="16" fill="{dark}" fill-opacity=".45"/><rect x="8" width="4" height="16" fill="{light}" fill-opacity=".4"/>'
        f'<path d="M5 3L9 7L13 3M5 11L9 15L13 11" fill="none" stroke="{dark}" stroke-width="1.2" stroke-opacity=".35"/>'
    )
    return _tile(sheet, f, box, "rib", 14, 16, body)


def _knit(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    dark, light = _tones(f, 0.5, 0.45)
    body = "".join(
        f'<path d="M{x} {y}q5 1 7 9q-6 -1 -7 -9z" fill="{light}" fill-opacity=".42"/>'
        f'<path d="M{x + 14} {y}q-5 1 -7 9q6 -1 7 -9z" fill="{light}" fill-opacity=".26"/>'
        f'<path d="M{x} {y + 3}l7 9l7 -9" fill="none" stroke="{dark}" stroke-width="1.6" stroke-opacity=".4"/>'
        for x in (0, 14)
        for y in (-11, 0, 11)
    )
    return _tile(sheet, f, box, "knit", 28, 11, body)


def _cable(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    dark, light = _tones(f, 0.55, 0.5)
    strand = "M30 -44C30 -22 62 -22 62 0C62 22 30 22 30 44C30 66 62 66 62 88M62 -44C62 -22 30 -22 30 0C30 22 62 22 62 44C62 66 30 66 30 88"
    body = (
        f'<rect x="22" width="48" height="88" fill="{dark}" fill-opacity=".16"/>'
        f'<path d="{strand}" fill="none" stroke="{dark}" stroke-width="22" stroke-opacity=".42"/>'
        f'<path d="{strand}" fill="none" stroke="{f.color}" stroke-width="17"/>'
        f'<path d="{strand}" fill="none" stroke="{light}" stroke-width="6" stroke-opacity=".45" transform="translate(-3 -2)"/>'
        f'<path d="M20 0V88M72 0V88" stroke="{dark}" stroke-width="3" stroke-opacity=".5"/>'
    )
    for y in range(0, 88, 11):
        for x in (76, 90):
            body += f'<path d="M{x} {y}l6 8l6 -8" fill="none" stroke="{dark}" stroke-width="1.8" stroke-opacity=".35"/>'
        body += f'<path d="M4 {y}l6 8l6 -8" fill="none" stroke="{dark}" stroke-width="1.8" stroke-opacity=".35"/>'
    return _tile(sheet, f, box, "cable", 104, 88, body)


@functools.cache
def _flecks(size: int, count: int, tones: tuple[str, str], body: str, width: float, opacity: float) -> str:
    """Short strokes strewn over a tile, carried over its edges so that no seam shows; one path for each tone."""
    rng = Random(size * 1000 + count)
    paths: tuple[list[str], list[str]] = ([], [])
    for n in range(count):
        x, y, turn = rng.uniform(0, size), rng.uniform(0, size), rng.uniform(0, 6.28)
        c, s = cos(turn), sin(turn)
        for dx in (0, -size if x > size - 12 else size if x < 12 else None):
            for dy in (0, -size if y > size - 12 else size if y < 12 else None):
                if dx is not None and dy is not None:
                    left, top = x + dx, y + dy
                    paths[n % 2].append(
                        mapped(body, lambda px, py, left=left, top=top, c=c, s=s: (left + px * c - py * s, top + px * s + py * c))
                    )
    return "".join(
        f'<path d="{"".join(path)}" stroke="{tone}" stroke-width="{width}" stroke-opacity="{opacity}" fill="none"/>'
        for path, tone in zip(paths, tones, strict=True)
    )


def _fleece(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    body = _flecks(110, 170, _tones(f, 0.4, 0.6), "M-4 1Q0 -5 4 0", 2.2, 0.26)
    return _tile(sheet, f, box, "fleece", 110, 110, body)


def _suede(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    body = _flecks(120, 130, _tones(f, 0.45, 0.5), "M-7 0Q0 -1 7 1", 1.6, 0.16)
    return _tile(sheet, f, box, "suede", 120, 120, body)


def _leather(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    body = _flecks(130, 190, _tones(f, 0.6, 0.5), "M-5 0Q-2 -4 1 0", 1.0, 0.15)
    return _tile(sheet, f, box, "leather", 130, 130, body)


KINDS: dict[str, Callable[[Sheet, Fabric, Box, float], str]] = {
    "plain": _plain, "linen": _linen, "twill": _twill, "denim": _denim, "cord": _cord, "rib": _rib, "knit": _knit,
    "cable": _cable, "fleece": _fleece, "leather": _leather, "suede": _suede, "gingham": _gingham, "check": _check,
    "tartan": _tartan, "stripe": _stripe, "pinstripe": _pinstripe, "dot": _dot, "floral": _floral,
}  # fmt: skip
