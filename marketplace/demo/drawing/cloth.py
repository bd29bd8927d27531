"""A cloth by its name: colour, partner, size of the pattern, shine."""

from __future__ import annotations

from dataclasses import dataclass, replace

from marketplace.demo.drawing.palette import luminance

Box = tuple[float, float, float, float]
INK = "#1b1512"


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
