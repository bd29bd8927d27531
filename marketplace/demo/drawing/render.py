"""From layers to a picture: the base is lit by its relief, laid on lit paper, and throws a shadow.

The light is worked out small and in floating point (libvips), then put on the large picture in 8 bits (Pillow), which
is the fast way for each. Nothing here is random: the same drawing gives the same picture.
"""

import functools
import io
import logging
from math import cos, sin

import pyvips
from PIL import Image, ImageChops, ImageFilter

from marketplace.demo.drawing.palette import rgb
from marketplace.demo.drawing.sheet import HEIGHT, SMALL, WIDTH, Sheet

logging.getLogger("pyvips").setLevel(logging.WARNING)  # it tells of each step it takes
QUALITY = 86
DULL = 0.2  # cloth that shines less has no highlights of its own
HEADROOM = 1.5  # the brightest light there is; an 8-bit map holds 0..HEADROOM
SIZE = (WIDTH, HEIGHT)
SMALL_SIZE = (WIDTH // SMALL, HEIGHT // SMALL)
SLOPE = [[-2, -1, 0], [-1, 0, 1], [0, 1, 2]]  # the light comes from the left above
BRIGHTEN = [min(round(value * HEADROOM), 255) for value in range(256)] * 3
View = tuple[float, float, float]
WHOLE: View = (0.0, 0.0, 1.0)


def jpeg(sheet: Sheet, view: View = WHOLE) -> bytes:
    """The picture as a JPEG of 900 x 1200 pixels."""
    out = io.BytesIO()
    picture(sheet, view).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def webp(sheet: Sheet, view: View = WHOLE) -> bytes:
    """The picture as WebP of 900 x 1200 pixels."""
    out = io.BytesIO()
    picture(sheet, view).save(out, "WEBP", quality=QUALITY, method=2)
    return out.getvalue()


def picture(sheet: Sheet, view: View = WHOLE) -> Image.Image:
    """The lit picture."""
    layers = sheet.layers(view)
    base = Image.frombuffer("RGBA", SIZE, _svg(layers["base"]).write_to_memory(), "raw", "RGBA", 0, 1)
    alpha = base.getchannel("A")
    light, shine = _light(layers, sheet.gloss)
    lit = ImageChops.multiply(base.convert("RGB"), _large(light)).point(BRIGHTEN)
    if sheet.gloss > DULL:
        lit = ImageChops.add(lit, _large(shine))
    out = _paper(sheet, alpha.reduce(SMALL), layers["behind"], view[2]).resize(
        SIZE, Image.Resampling.BILINEAR
    )
    out.paste(lit, (0, 0), alpha)
    return ImageChops.add(out, _grain(), 1, -8)


def _svg(text: str) -> pyvips.Image:
    return pyvips.Image.svgload_buffer(text.encode())


def _large(small: Image.Image) -> Image.Image:
    return Image.merge("RGB", [small.resize(SIZE, Image.Resampling.BILINEAR)] * 3)


def _grey(image: pyvips.Image) -> Image.Image:
    data = image.rint().cast("uchar").write_to_memory()
    return Image.frombuffer("L", (image.width, image.height), data, "raw", "L", 0, 1)


def _light(layers: dict[str, str], gloss: float) -> tuple[Image.Image, Image.Image]:
    """How bright each spot is (255 = HEADROOM times as painted), and what glances off it; both small."""
    mask = pyvips.Image.new_from_array(SLOPE)
    height = _svg(layers["relief"]).extract_band(0).cast("float").copy_memory()
    fine = height.gaussblur(1.3).conv(mask) / 90.0
    rough = height.shrink(2, 2).gaussblur(2.75).resize(2, kernel="linear")
    rough = rough.crop(0, 0, height.width, height.height) if rough.width > height.width else rough
    broad = rough.embed(0, 0, height.width, height.height, extend="copy").conv(mask) / 60.0
    slope = fine * 0.42 + broad * 0.8
    # Cloth in shade never turns black and cloth in light never burns out: both ends are bent.
    slope = (slope / (1.0 + slope.abs())).copy_memory()
    cover = (_svg(layers["cover"]).extract_band(0).gaussblur(1.4) / 255.0).copy_memory()
    light = (slope * (0.44 + 0.3 * gloss) + 1.02) * (cover * 0.62 + 0.38)
    shine = (slope > 0.07).ifthenelse(slope - 0.07, 0) * cover * (235 * gloss)
    return _grey(light * (255.0 / HEADROOM)), _grey(shine)


def _paper(sheet: Sheet, alpha: Image.Image, behind: str, zoom: float) -> Image.Image:
    """The lit paper with the soft shadow of what lies or stands on it; small."""
    shade = Image.new("L", SMALL_SIZE)
    parts = [(7.0, (0, 0), 0.1)] if sheet.stands else [(1.6, (4, 7), 0.3), (9.0, (9, 16), 0.3)]
    for radius, (dx, dy), strength in parts:
        cast = Image.new("L", SMALL_SIZE)
        cast.paste(alpha.point(_share(strength)), (dx, dy))
        shade = ImageChops.add(shade, cast.filter(ImageFilter.GaussianBlur(radius * zoom)))
    if sheet.behind:
        extra = Image.frombuffer(
            "L", SMALL_SIZE, _svg(behind).extract_band(0).write_to_memory(), "raw", "L", 0, 1
        )
        shade = ImageChops.add(shade, extra.filter(ImageFilter.GaussianBlur(4.2 * zoom)))
        shade = ImageChops.add(shade, extra.point(_share(0.35)).filter(ImageFilter.GaussianBlur(1.2 * zoom)))
    shade = shade.point([round(255 - value * 0.62) for value in range(256)])
    light = ImageChops.multiply(_backdrop("table" if sheet.stands else sheet.light), shade)
    bands = [
        light.point([min(round(v * HEADROOM * tone / 255), 255) for v in range(256)])
        for tone in rgb(sheet.mood.paper)
    ]
    return Image.merge("RGB", bands)


def _share(part: float) -> list[int]:
    return [round(value * part) for value in range(256)]


@functools.cache
def _grain() -> Image.Image:
    # About 8 is nothing: picture() takes 8 away again.
    noise = pyvips.Image.gaussnoise(WIDTH, HEIGHT, sigma=2.0, mean=8, seed=7)
    return Image.merge("RGB", [_grey(noise)] * 3)


@functools.cache
def _backdrop(kind: str) -> Image.Image:
    """The light on an empty paper, small: brighter where the window is, with its shape on some."""
    w, h = SMALL_SIZE
    place = pyvips.Image.xyz(w, h).cast("float")
    x, y = place.extract_band(0) / w, place.extract_band(1) / h
    light = 1.05 - (x * 0.08 + y * 0.09) - ((x - 0.45) ** 2 + (y - 0.42) ** 2) * 0.11
    if kind == "window":
        light = light + _svg(_window()).extract_band(0).cast("float").gaussblur(3.2) / 255.0 * 0.085 - 0.03
    elif kind == "leaves":
        light = light - _svg(_leaves()).extract_band(0).cast("float").gaussblur(4.5) / 255.0 * 0.13 + 0.01
    elif kind == "table":
        edge = 0.735
        below = (y > edge).ifthenelse(1.0, 0.0).gaussblur(1.0)
        light = light * (1.0 - below) + (0.995 - (y - edge) * 0.35 - x * 0.07) * below
    return _grey(light * (255.0 / HEADROOM))


def _window() -> str:
    panes = "".join(
        f'<path d="M{x} {y}l74 -22l0 92l-74 22z" fill="#fff"/>'
        for x in (-30, 52, 134)
        for y in (10, 112, 214)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="225" height="300"><rect width="225" height="300"/>'
        f'<g transform="skewX(-18) translate(50 0)">{panes}</g></svg>'
    )


def _leaves() -> str:
    out = []
    for n in range(13):
        a = 0.35 + n * 0.11
        x, y = 250 - 16 * n * cos(0.5), -12 + 9.5 * n * sin(0.9) + (n % 2) * 26
        dx, dy = 62 * cos(a + 1.6 + n % 2), 62 * sin(a + 0.6 + n % 2)
        out.append(
            f'<path d="M{x:.0f} {y:.0f}q{dx / 2 - 12:.0f} {dy / 2 + 8:.0f} {dx:.0f} {dy:.0f}'
            f'q{-dx / 2 + 14:.0f} {-dy / 2 - 14:.0f} {-dx:.0f} {-dy:.0f}z" fill="#fff"/>'
        )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="225" height="300"><rect width="225" height="300"/>'
        f'<path d="M262 -20Q150 20 60 96" stroke="#fff" stroke-width="3" fill="none"/>{"".join(out)}</svg>'
    )
