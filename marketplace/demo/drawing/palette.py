"""Colours that go together, chosen by eye. A garment's colour decides which papers it may lie on."""

import colorsys
from dataclasses import dataclass
from random import Random

# Papers and walls a picture is taken on.
PAPERS = {
    "chalk": "#f1ece4", "oat": "#e6dccd", "linen": "#ece4d8", "plaster": "#e2d3c6", "blush": "#ebd0c5", "rose": "#dfb8ad",
    "clay": "#cf9f86", "terracotta": "#bf7d61", "sage": "#c6cdb8", "moss": "#9ca586", "mist": "#d2dadb", "sky": "#c3d3dd",
    "slate": "#8b98a1", "butter": "#efdfb5", "honey": "#dfbd80", "lilac": "#d8cfe0", "stone": "#cfcac2", "cocoa": "#a88b78",
}  # fmt: skip

# colour code -> (cloth, cloth it is woven with, papers it looks good on); several moods each.
MOODS: dict[str, list[tuple[str, str, str]]] = {
    "black": [
        ("#2b2826", "#e9e2d6", "oat blush stone"), ("#262a2e", "#d9cdb9", "mist clay linen"),
        ("#322c2b", "#c7a17e", "plaster sage rose"),
    ],
    "white": [
        ("#f6f2ea", "#9db2c4", "clay sky cocoa"), ("#f4f1ec", "#c86b58", "sage blush slate"),
        ("#f8f5f0", "#5b6c82", "honey moss rose"),
    ],
    "cream": [
        ("#efe4cd", "#a9744f", "sage cocoa slate"), ("#ecdfc8", "#6d7f5e", "terracotta clay moss"),
        ("#f0e6d6", "#b3543e", "sky moss cocoa"),
    ],
    "beige": [
        ("#d3b894", "#f3ead9", "chalk sage mist"), ("#c9ad8b", "#5d4b3c", "linen sky blush"),
        ("#d9c3a3", "#7d8b72", "moss plaster slate"),
    ],
    "brown": [
        ("#7b5238", "#ead9bd", "oat sage butter"), ("#6a4632", "#c89667", "linen mist blush"),
        ("#93623f", "#f0e1c6", "sky chalk plaster"),
    ],
    "grey": [
        ("#9a9a98", "#f0ede7", "blush chalk butter"), ("#7d8287", "#d8d4cc", "linen rose mist"),
        ("#b4b1ab", "#5a5a5c", "clay lilac sage"),
    ],
    "red": [
        ("#b33a2e", "#f6ece0", "oat mist blush"), ("#a52f33", "#f1d9c4", "linen sky plaster"),
        ("#c2483a", "#fbf3e6", "butter chalk sage"),
    ],
    "burgundy": [
        ("#6f2632", "#e8cfc0", "blush oat sage"), ("#7c2f38", "#f0dfd0", "linen mist rose"),
    ],
    "pink": [
        ("#dd9aa2", "#fbf1ec", "linen sage sky"), ("#e7b6b4", "#b3453f", "chalk butter mist"),
        ("#cf7a8a", "#f8e6df", "plaster lilac oat"),
    ],
    "orange": [
        ("#d07a3e", "#fbeedb", "linen sky sage"), ("#c96a36", "#f3d9b5", "oat mist butter"),
    ],
    "yellow": [
        ("#e2b749", "#fdf6e3", "mist linen sage"), ("#d9a93c", "#5a5f50", "chalk sky oat"),
    ],
    "green": [
        ("#5e7a58", "#f1ead8", "oat blush butter"), ("#46654f", "#dcc9a4", "linen rose plaster"),
        ("#8a9a6c", "#f7f1e2", "clay chalk blush"), ("#3d5a4a", "#e9d9c3", "stone butter oat"),
    ],
    "khaki": [("#8a8460", "#ebe2c9", "linen blush sky"), ("#7a7653", "#d9caa3", "oat clay chalk")],
    "blue": [
        ("#5f84ab", "#f5f1e8", "linen butter blush"), ("#7fa1c0", "#fbf7ef", "oat clay chalk"),
        ("#44688f", "#e8dcc6", "plaster mist rose"), ("#9bb7cd", "#f7f3ea", "terracotta honey linen"),
    ],
    "navy": [
        ("#2d3a54", "#f1e9da", "oat blush sky"), ("#27354a", "#c9a06f", "linen clay mist"),
        ("#33415c", "#b34a3d", "chalk butter plaster"),
    ],
    "turquoise": [("#5fa3a0", "#f6efe0", "linen blush butter"), ("#4a8f92", "#f3dcc0", "oat chalk plaster")],
    "purple": [
        ("#7b628c", "#efe3ea", "linen butter mist"), ("#9a82ab", "#f8f1f2", "oat sage chalk"),
        ("#5c4668", "#d9bfae", "lilac blush stone"),
    ],
    "gold": [("#c9a255", "#f4e7c5", "linen sage blush"), ("#bd9350", "#efe0bd", "slate rose oat")],
    "silver": [("#b9bdc1", "#eef0f1", "blush slate lilac"), ("#a9aeb3", "#e4e7ea", "clay sky rose")],
    "multi": [
        ("#efe4cd", "#b8503f", "sage sky oat"), ("#3f5873", "#d8973f", "linen blush chalk"),
        ("#d98f86", "#4f7460", "butter mist linen"),
    ],
}  # fmt: skip

# Codes of listings.taxonomy that are spelled otherwise here.
SAME = {
    "gray": "grey", "tan": "beige", "multicolor": "multi", "multicolour": "multi", "teal": "turquoise",
    "olive": "khaki", "lilac": "purple", "light_blue": "blue", "camel": "beige", "ivory": "cream", "clear": "silver",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mood:
    """The colours of one picture: cloth, its partner, a third for trims, and the paper behind."""

    cloth: str
    partner: str
    trim: str
    paper: str


def mood_for(color: str, rng: Random) -> Mood:
    """A mood for a listing colour; an unknown code is many-coloured."""
    moods = MOODS.get(color) or MOODS.get(SAME.get(color, "multi")) or MOODS["multi"]
    cloth, partner, papers = rng.choice(moods)
    cloth = nudge(cloth, rng.uniform(-0.012, 0.012), rng.uniform(-0.02, 0.02))
    trim = rng.choice(["#c9a262", "#8a6a4c", "#b9b4aa", "#6b4b37", "#d7c6a6"])
    return Mood(cloth, partner, trim, PAPERS[rng.choice(papers.split())])


def nudge(color: str, hue: float = 0.0, light: float = 0.0) -> str:
    """The colour turned a little and made a little lighter (or darker when negative)."""
    red, green, blue = rgb(color)
    h, lightness, s = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    r, g, b = colorsys.hls_to_rgb((h + hue) % 1, min(max(lightness + light, 0), 1), s)
    return f"#{round(r * 255):02x}{round(g * 255):02x}{round(b * 255):02x}"


def mixed(one: str, two: str, part: float) -> str:
    """`part` of the way from one colour to the other."""
    pairs = zip(rgb(one), rgb(two), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def luminance(color: str) -> float:
    """How light a colour looks, 0..1."""
    red, green, blue = rgb(color)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
