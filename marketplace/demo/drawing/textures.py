"""What cloth feels like: weave, twill, knit, leather. Tiles that are not turned, because those are drawn fast."""

from __future__ import annotations

import functools
from dataclasses import replace
from math import cos, sin
from random import Random
from typing import TYPE_CHECKING

from marketplace.demo.drawing.cloth import INK, Box, Fabric
from marketplace.demo.drawing.palette import luminance, mixed
from marketplace.demo.drawing.paths import mapped

if TYPE_CHECKING:
    from marketplace.demo.drawing.sheet import Sheet

NAMES = ("plain", "linen", "twill", "denim", "cord", "rib", "knit", "cable", "fleece", "suede", "leather")


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


def weave(sheet: Sheet, f: Fabric, box: Box) -> str:
    body = (
        '<path d="M0 1H6M0 4H6" stroke="#000" stroke-width=".8" stroke-opacity=".07"/>'
        '<path d="M1 0V6M4 0V6" stroke="#fff" stroke-width=".8" stroke-opacity=".1"/>'
    )
    return _tile(sheet, replace(f, color="#808080"), box, "weave", 6, 6, body)


def plain(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    return weave(sheet, f, box)


def linen(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    dark, light = _tones(f, 0.35, 0.5)
    body = (
        f'<path d="M0 2H40M6 7H31M0 12H22M28 12H40M3 17H40M0 22H36M10 27H40M0 32H25M0 37H40" stroke="{dark}" stroke-width="1" stroke-opacity=".2"/>'
        f'<path d="M3 0V40M8 5V33M13 0V40M19 0V18M19 24V40M24 0V40M30 8V40M35 0V29" stroke="{light}" stroke-width="1" stroke-opacity=".35"/>'
    )
    return _tile(sheet, f, box, "linen", 40, 40, body)


def twill(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    body = (
        '<path d="M-2 8L8 -2M-2 2L2 -2M4 8L8 4" stroke="#fff" stroke-width="1.1" stroke-opacity=".11"/>'
        '<path d="M-2 5L5 -2M1 8L8 1" stroke="#000" stroke-width="1.1" stroke-opacity=".1"/>'
    )
    return _tile(sheet, replace(f, color="#808080"), box, "twill", 6, 6, body)


def denim(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
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


def cord(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    dark, light = _tones(f, 0.5, 0.5)
    body = (
        f'<rect width="4" height="12" fill="{dark}" fill-opacity=".5"/>'
        f'<rect x="6" width="3" height="12" fill="{light}" fill-opacity=".35"/>'
    )
    return _tile(sheet, f, box, "cord", 12, 12, body)


def rib(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    dark, light = _tones(f, 0.55, 0.4)
    body = (
        f'<rect width="5" height="16" fill="{dark}" fill-opacity=".45"/><rect x="8" width="4" height="16" fill="{light}" fill-opacity=".4"/>'
        f'<path d="M5 3L9 7L13 3M5 11L9 15L13 11" fill="none" stroke="{dark}" stroke-width="1.2" stroke-opacity=".35"/>'
    )
    return _tile(sheet, f, box, "rib", 14, 16, body)


def knit(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    dark, light = _tones(f, 0.5, 0.45)
    body = "".join(
        f'<path d="M{x} {y}q5 1 7 9q-6 -1 -7 -9z" fill="{light}" fill-opacity=".42"/>'
        f'<path d="M{x + 14} {y}q-5 1 -7 9q6 -1 7 -9z" fill="{light}" fill-opacity=".26"/>'
        f'<path d="M{x} {y + 3}l7 9l7 -9" fill="none" stroke="{dark}" stroke-width="1.6" stroke-opacity=".4"/>'
        for x in (0, 14)
        for y in (-11, 0, 11)
    )
    return _tile(sheet, f, box, "knit", 28, 11, body)


def cable(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
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
        body += (
            f'<path d="M4 {y}l6 8l6 -8" fill="none" stroke="{dark}" stroke-width="1.8" stroke-opacity=".35"/>'
        )
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
                        mapped(
                            body,
                            lambda px, py, left=left, top=top, c=c, s=s: (
                                left + px * c - py * s,
                                top + px * s + py * c,
                            ),
                        )
                    )
    return "".join(
        f'<path d="{"".join(path)}" stroke="{tone}" stroke-width="{width}" stroke-opacity="{opacity}" fill="none"/>'
        for path, tone in zip(paths, tones, strict=True)
    )


def fleece(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    body = _flecks(110, 170, _tones(f, 0.4, 0.6), "M-4 1Q0 -5 4 0", 2.2, 0.26)
    return _tile(sheet, f, box, "fleece", 110, 110, body)


def suede(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    body = _flecks(120, 130, _tones(f, 0.45, 0.5), "M-7 0Q0 -1 7 1", 1.6, 0.16)
    return _tile(sheet, f, box, "suede", 120, 120, body)


def leather(sheet: Sheet, f: Fabric, box: Box, angle: float) -> str:
    body = _flecks(130, 190, _tones(f, 0.6, 0.5), "M-5 0Q-2 -4 1 0", 1.0, 0.15)
    return _tile(sheet, f, box, "leather", 130, 130, body)
