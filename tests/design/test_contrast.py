"""Every pair of colours that is used can be read, in both themes."""

import re
import tomllib
from pathlib import Path

import pytest

from marketplace.core.templatetags.ui import CLOTHS

ROOT = Path(__file__).resolve().parents[2]
CSS = (ROOT / "static/css/tokens.css").read_text()
TOKENS = {name: pair for name, *pair in re.findall(r"--([a-z-]+): light-dark\((#\w{6}), (#\w{6})\)", CSS)}
PAIRS = tomllib.loads((Path(__file__).parent / "pairs.toml").read_text())
CASES = [
    (front, back, theme, least)
    for kind, least in (("text", 4.5), ("control", 3.0))
    for front, backs in PAIRS[kind].items()
    for back in backs
    for theme in (0, 1)
]


def luminance(color: tuple[float, ...]) -> float:
    parts = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in color]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def rgb(text: str) -> tuple[float, ...]:
    return tuple(int(text[i : i + 2], 16) for i in (1, 3, 5))


def over(front: tuple[float, ...], back: tuple[float, ...], alpha: float) -> tuple[float, ...]:
    return tuple(alpha * f + (1 - alpha) * b for f, b in zip(front, back, strict=True))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("front", "back", "theme", "least"), CASES)
def test_a_pair_can_be_read(front: str, back: str, theme: int, least: float) -> None:
    found = contrast(rgb(TOKENS[front][theme]), rgb(TOKENS[back][theme]))

    assert found >= least, f"{front} on {back}: {found:.2f}"


def test_initials_can_be_read_where_two_stripes_cross() -> None:
    for cloth in CLOTHS:
        once = over(rgb(cloth.stripe), rgb(cloth.ground), 0.6)
        crossing = over(rgb(cloth.stripe), once, 0.6)

        assert contrast(rgb(cloth.thread), crossing) >= 4.5, cloth


def test_colours_stand_in_the_tokens_only() -> None:
    for sheet in (ROOT / "static/css").glob("*.css"):
        if sheet.name != "tokens.css":
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|rgba?\(", sheet.read_text()), sheet.name
