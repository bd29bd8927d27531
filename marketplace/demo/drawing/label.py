"""The third picture: the label sewn into the neck, with brand, size and what it is made of."""

from random import Random

from marketplace.demo.drawing.fabrics import Fabric
from marketplace.demo.drawing.letters import text_path, width_of
from marketplace.demo.drawing.palette import Mood, luminance, mixed
from marketplace.demo.drawing.sheet import INK, Sheet

CARE = (
    "M0 8C4 4 6 4 10 8C14 12 16 12 20 8C24 4 26 4 30 8L26 28L4 28Z",
    "M15 0L32 30L-2 30Z",
    "M0 2L30 2L30 30L0 30ZM15 6C3 6 3 26 15 26C27 26 27 6 15 6",
    "M2 26L28 26C28 14 24 10 12 10L8 10M2 26C4 18 8 16 18 16",
)


def label(rng: Random, mood: Mood, fabric: Fabric, *, brand: str, size: str, made_of: str) -> Sheet:
    """A close look at a woven label on the cloth of the thing."""
    s = Sheet(rng, mood, fabric, turn=rng.uniform(-7, 7))
    s.sway = 9.0
    s.piece("M-200 -200L1100 -200L1100 1400L-200 1400Z", angle=rng.uniform(-10, 10), lift=150, over=0.0)
    for n in range(9):
        x = rng.uniform(-100, 1000)
        s.fold((x, rng.uniform(-100, 300)), (x + rng.uniform(-260, 260), rng.uniform(800, 1300)), bend=rng.uniform(-60, 60),
               width=rng.uniform(24, 60), up=0.22 * (-1) ** n)  # fmt: skip
    s.seam("M-100 330C200 350 700 350 1000 330", groove=3)
    s.stitch("M-100 352C200 372 700 372 1000 352", width=3, dash="14 9")
    dark = rng.random() < 0.35
    ground = mixed("#25221f", fabric.color, 0.12) if dark else mixed("#f5efe2", mood.partner, 0.06)
    if dark and luminance(fabric.color) < 0.3:
        ground = "#efe7d7"
    thread = "#f0e7d6" if luminance(ground) < 0.5 else mixed("#2a2421", fabric.color, 0.2)
    satin = Fabric("plain", ground, ground, gloss=0.4)
    tab = Fabric("plain", mixed(ground, "#ffffff", 0.3 if luminance(ground) > 0.5 else 0.08), ground)
    if size:
        s.piece("M384 640L516 640L512 800C490 806 410 806 388 800Z", tab, lift=195, soft=0.5, over=0.7)
        _write(s, size, (450, 728), min(46, 46 * 100 / max(width_of(size, 46), 100)), thread, 3.6)
    half, tall = 268, 118
    s.piece(
        f"M{450 - half} {548 - tall}C400 {544 - tall} 500 {544 - tall} {450 + half} {548 - tall}"
        f"L{450 + half} {548 + tall}C500 {554 + tall} 400 {554 + tall} {450 - half} {548 + tall}Z",
        satin, lift=205, soft=0.7, over=1.0,
    )  # fmt: skip
    for side in (-1, 1):
        x = 450 + side * (half - 16)
        s.stitch(f"M{x} {556 - tall}L{x} {540 + tall}", color=thread, width=3.4, dash="12 8")
        s.fold((450 + side * (half - 26), 450), (450 + side * (half - 30), 640), width=7, up=-0.4)
    s.fold((300, 470), (560, 640), bend=24, width=36, up=0.14)
    slant = rng.choice((0.0, 0.0, 0.14))
    high = min(64.0, 64 * (2 * half - 110) / max(width_of(brand, 64, 5), 1))
    _write(s, brand, (450, 530), high, thread, max(high / 11, 2.6), 5, slant)
    small = 20
    if width_of(made_of, small, 4) < 2 * half - 90:
        _write(s, made_of, (450, 602), small, thread, 2.2, 4)
    _care(s, rng)
    return s


def _write(s: Sheet, text: str, at: tuple[float, float], size: float, color: str, width: float, spacing: float = 3.4,
           slant: float = 0.0) -> None:  # fmt: skip
    s.line(text_path(text, at, size, spacing, slant), color, width)


def _care(s: Sheet, rng: Random) -> None:
    """The little care label, peeking out below on one side."""
    if rng.random() < 0.4:
        return
    white = Fabric("plain", "#f2ede4", "#f2ede4", gloss=0.2)
    s.piece("M600 640L716 640L722 880C690 888 640 888 606 880Z", white, lift=180, soft=0.5, over=0.6)
    for n, sign in enumerate(CARE):
        from marketplace.demo.drawing.paths import mapped

        x, y = 622 + n % 2 * 46, 700 + n // 2 * 52
        s.line(mapped(sign, lambda px, py, x=x, y=y: (x + px, y + py)), mixed(INK, "#ffffff", 0.2), 2.4, 0.85)
    for n in range(4):
        s.line(f"M622 {818 + n * 13}L{690 - n * 9} {818 + n * 13}", mixed(INK, "#ffffff", 0.35), 2.6, 0.6)
