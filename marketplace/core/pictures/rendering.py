"""From a file's bytes to its public renditions, in bounded memory: libvips shrinks while it reads."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyvips
from django.conf import settings

logging.getLogger("pyvips").setLevel(logging.WARNING)  # it tells of each step it takes
pyvips.cache_set_max(0)  # its cache of finished operations would keep whole pictures in memory
QUALITY: Final = 80
EFFORT: Final = 2
JPEG_STEPS: Final = (2, 4, 8)  # libjpeg reads at a half, a quarter or an eighth
WHITE: Final = [255, 255, 255]
# Each decode may take 150 MB, so a process runs only so many at once, however many threads it has.
_decodes = threading.BoundedSemaphore(settings.PICTURE_DECODES)


class Undecodable(ValueError):
    """The bytes are no picture, whatever their header said: trying again would not help."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One public form of a picture: at most `width` x `height` pixels, or cropped to exactly that size."""

    name: str
    width: int
    height: int
    is_cropped: bool


THUMB: Final = Rendition("thumb", 160, 160, True)
CARD: Final = Rendition("card", 480, 640, True)
DETAIL: Final = Rendition("detail", 1280, 1280, False)
LISTING_RENDITIONS: Final = (DETAIL, CARD, THUMB)
AVATAR: Final = (Rendition("avatar", 192, 192, True),)


@dataclass(frozen=True, slots=True)
class Rendered:
    """WebP files by the name of their rendition, and the dominant colour "#rrggbb"."""

    files: dict[str, bytes]
    color: str


def render(data: bytes, renditions: Sequence[Rendition]) -> Rendered:
    """The renditions of a picture, the largest given first; Undecodable when it is none. Blocks for its turn."""
    with _decodes:
        try:
            return _render(data, renditions)
        except pyvips.Error as failure:
            raise Undecodable(str(failure).strip().splitlines()[-1]) from None


def _render(data: bytes, renditions: Sequence[Rendition]) -> Rendered:
    first, *others = renditions
    picture = _shrunk(data, first).thumbnail_image(
        first.width, height=first.height, output_profile="srgb", **_fit(first)
    )
    picture = _flat(picture).copy_memory()
    files = {first.name: _webp(picture)}
    for rendition in others:  # the smaller ones are made from what is already smaller
        small = picture.thumbnail_image(rendition.width, height=rendition.height, **_fit(rendition))
        files[rendition.name] = _webp(small)
    red, green, blue = (round(band.avg()) for band in picture.bandsplit())
    return Rendered(files, f"#{red:02x}{green:02x}{blue:02x}")


def _shrunk(data: bytes, wanted: Rendition) -> pyvips.Image:
    """The picture, read line by line and already smaller where its format can do that, never below `wanted`.

    Not by thumbnail_source(), which shows a JPEG that was cut short as if it were whole.
    """
    header = pyvips.Image.new_from_source(pyvips.Source.new_from_memory(data), "")
    across, down = sorted((header.width, header.height)), sorted((wanted.width, wanted.height))
    ratios = [have / want for have, want in zip(across, down, strict=True)]
    factor, loader = min(ratios) if wanted.is_cropped else max(ratios), str(header.get("vips-loader"))
    how: dict[str, float] = {}
    if loader.startswith("jpeg"):
        how["shrink"] = max((step for step in JPEG_STEPS if step <= factor), default=1)
    elif loader.startswith("webp"):
        how["scale"] = min(1.0, 1 / factor)
    return pyvips.Image.new_from_source(
        pyvips.Source.new_from_memory(data), "", access="sequential", fail_on="truncated", **how
    )


def _fit(rendition: Rendition) -> dict[str, str]:
    return {"crop": "centre", "size": "both"} if rendition.is_cropped else {"size": "down"}


def _flat(picture: pyvips.Image) -> pyvips.Image:
    """Three bands of 8 bits on white, whatever came."""
    picture = picture.colourspace("srgb")
    return picture.flatten(background=WHITE) if picture.hasalpha() else picture


def _webp(picture: pyvips.Image) -> bytes:
    return bytes(picture.webpsave_buffer(Q=QUALITY, effort=EFFORT, keep="none"))
