"""Cloth by name: which print and which texture it has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from marketplace.demo.drawing import prints, textures
from marketplace.demo.drawing.cloth import Box, Fabric, fabric_of

if TYPE_CHECKING:
    from marketplace.demo.drawing.sheet import Sheet

__all__ = ["Fabric", "fabric_of", "marks"]


def marks(sheet: Sheet, fabric: Fabric, box: Box, angle: float) -> str:
    """What is drawn on a piece of this cloth inside `box`, turned by `angle` degrees."""
    draw = KINDS.get(fabric.kind)
    return draw(sheet, fabric, box, angle) if draw else ""


KINDS: dict[str, Callable[[Sheet, Fabric, Box, float], str]] = {
    **{name: getattr(textures, name) for name in textures.NAMES},
    **{name: getattr(prints, name) for name in prints.NAMES},
}
