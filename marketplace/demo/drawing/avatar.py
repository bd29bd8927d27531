"""Avatars: initials on two crossing stripes."""

import io
from random import Random

import pyvips
from PIL import Image

from marketplace.demo.drawing.letters import plain_capitals, text_path, width_of
from marketplace.demo.drawing.palette import mixed

SIDE = 384
# paper, first stripe, second stripe, letters
PAIRS = (
    ("#f6efe2", "#b3261e", "#b3261e", "#fffaf2"), ("#f4ecdd", "#44688f", "#7fa1c0", "#ffffff"),
    ("#f3ead8", "#5e7a58", "#8a9a6c", "#fffdf5"), ("#f7ebe2", "#c86b58", "#e2a18f", "#fffaf4"),
    ("#f2eadf", "#6f2632", "#b3543e", "#fff6ea"), ("#f5ecd6", "#d9a93c", "#c96a36", "#fffaf0"),
    ("#eeebe6", "#2d3a54", "#5f84ab", "#fdf9f0"), ("#f4e9ea", "#7b628c", "#cf7a8a", "#fffafc"),
    ("#f1ebdd", "#7a7653", "#a9744f", "#fffaf0"), ("#eaf0ee", "#4a8f92", "#2d3a54", "#ffffff"),
    ("#f6e9dc", "#93623f", "#d3a37c", "#fffaf3"), ("#f0ece4", "#322c2b", "#9a9a98", "#fffaf0"),
)  # fmt: skip


def initials(name: str) -> str:
    """One or two capitals for a name; "&" when it has none that we can draw."""
    words = [plain_capitals(word) for word in name.replace("-", " ").split()]
    letters = [next((sign for sign in word if sign.isalnum()), "") for word in words]
    letters = [letter for letter in letters if letter]
    return "".join(letters[:1] + letters[-1:] if len(letters) > 1 else letters) or "&"


def avatar_svg(name: str) -> str:
    """The avatar of a name as SVG, always the same for the same name."""
    rng = Random(f"avatar {name}")
    paper, one, two, ink = rng.choice(PAIRS)
    across, down = rng.uniform(0.4, 0.6) * SIDE, rng.uniform(0.4, 0.6) * SIDE
    thick = rng.uniform(0.46, 0.58) * SIDE
    thin, gap = thick * 0.13, thick * 0.5 + SIDE * 0.09
    text = initials(name)
    size = min(118.0, 118 * 190 / max(width_of(text, 118, 4), 1))
    middle = (down, across)
    letters = text_path(text, middle, size, 4)
    stripe = '<rect x="{:.0f}" y="{:.0f}" width="{:.0f}" height="{:.0f}" fill="{}" fill-opacity="{}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}">'
        f'<rect width="{SIDE}" height="{SIDE}" fill="{paper}"/>'
        + stripe.format(0, across - thick / 2, SIDE, thick, one, 0.62)
        + stripe.format(down - thick / 2, 0, thick, SIDE, two, 0.62)
        + stripe.format(0, across + gap, SIDE, thin, one, 0.45)
        + stripe.format(0, across - gap - thin, SIDE, thin, one, 0.45)
        + stripe.format(down + gap, 0, thin, SIDE, two, 0.45)
        + stripe.format(down - gap - thin, 0, thin, SIDE, two, 0.45)
        + stripe.format(down - thick / 2, across - thick / 2, thick, thick, mixed(one, "#1b1512", 0.15), 0.55)
        + f'<path d="{letters}" fill="none" stroke="{ink}" stroke-width="{size / 8.5:.1f}" stroke-linecap="round" stroke-linejoin="round"/>'
        "</svg>"
    )


def avatar_png(name: str) -> bytes:
    """The avatar as PNG, 384 pixels square."""
    image = pyvips.Image.svgload_buffer(avatar_svg(name).encode())
    data = image.extract_band(0, n=3).write_to_memory()
    out = io.BytesIO()
    Image.frombuffer("RGB", (SIDE, SIDE), data, "raw", "RGB", 0, 1).save(out, "PNG")
    return out.getvalue()
