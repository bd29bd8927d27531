"""Pictures without photographers: garments drawn by code, always the same for the same seed."""

from marketplace.demo.drawing.avatar import avatar_png, avatar_svg
from marketplace.demo.drawing.catalogue import SILHOUETTES, close_look, drawing, label_of, paper_of
from marketplace.demo.drawing.render import jpeg, picture, webp

__all__ = [
    "SILHOUETTES",
    "avatar_png",
    "avatar_svg",
    "close_look",
    "drawing",
    "jpeg",
    "label_of",
    "paper_of",
    "picture",
    "webp",
]
