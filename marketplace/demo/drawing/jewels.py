"""Glasses, jewellery, watch."""

from math import cos, pi, sin

from marketplace.demo.drawing.fabrics import fabric_of
from marketplace.demo.drawing.palette import mixed
from marketplace.demo.drawing.paths import both, circle, flipped, lens
from marketplace.demo.drawing.sheet import INK, Sheet


def sunglasses(s: Sheet) -> None:
    """Acetate frame, tinted lenses, seen from the front and above."""
    frame = fabric_of("plastic", s.fabric.color, s.fabric.partner)
    lens_color = mixed(s.fabric.partner, "#3a2a22", 0.62)
    for side in (1, -1):
        arm = "M716 560C724 500 690 420 640 372C634 364 622 368 624 380C660 430 684 500 680 560Z"
        s.piece(arm if side > 0 else flipped(arm), frame, lift=150, soft=0.7, over=0.8)
    rim = "M480 566C520 540 640 532 716 556C728 640 690 740 600 744C520 744 474 660 480 566Z"
    glass = "M506 586C540 566 630 560 690 578C694 646 662 716 600 718C540 718 504 656 506 586Z"
    for side in (1, -1):
        turn = (lambda p: p) if side > 0 else flipped
        s.piece(turn(rim), frame, lift=205, soft=0.8, over=1.0)
        s.piece(turn(glass), fabric_of("glass", lens_color, lens_color), lift=165, soft=0.5, over=0.0)
        x = 450 + side * 150
        s.flat(f"M{x - 60} 590L{x - 20} 580L{x - 60} 690L{x - 78} 660Z", "#ffffff", 0.13)
        s.flat(f"M{x} 576L{x + 14} 574L{x - 30} 704L{x - 42} 700Z", "#ffffff", 0.1)
        s.button(450 + side * 254, 572, 6, s.mood.trim)
    s.piece(
        "M414 574C430 556 470 556 486 574L484 598C470 582 430 582 416 598Z",
        frame,
        lift=215,
        soft=0.7,
        over=0.5,
    )
    s.gloss = 0.7
    s.focus = (560, 620)


def necklace(s: Sheet) -> None:
    """A chain or a string of beads in a soft loop with a pendant."""
    metal = s.fabric.color if s.fabric.kind == "metal" else s.mood.trim
    loop = "M330 300C240 420 230 560 300 680C350 760 400 800 450 812C510 800 560 760 606 680C680 560 660 420 580 300"
    if s.fabric.kind == "metal":
        s.metal(loop, 7, metal)
        s.beads(loop, 12, 4.4, metal, mixed(metal, INK, 0.25))
    else:
        s.line(loop, mixed(s.fabric.color, INK, 0.4), 3)
        s.cover.append(
            f'<path d="{s.path(loop)}" transform="translate(4 7)" fill="none" stroke="#000" stroke-width="16" stroke-opacity=".25"/>'
        )
        s.beads(loop, 27, 14, s.fabric.color, s.fabric.partner)
    s.metal("M330 300C380 250 530 250 580 300", 4, metal)
    s.metal(circle(450, 832, 13), 5, metal)
    stone = fabric_of("glass", s.fabric.partner if s.fabric.kind == "metal" else metal, "#ffffff")
    s.piece(
        "M450 846C492 870 506 910 490 944C478 972 422 972 410 944C394 910 408 870 450 846Z",
        s.fabric.plain(metal, "metal"),
        lift=200,
        over=0.8,
    )
    s.piece(
        "M450 872C476 888 486 914 476 938C468 956 432 956 424 938C414 914 424 888 450 872Z",
        stone,
        lift=225,
        over=0.3,
    )
    s.flat(lens((436, 890), (430, 926), 4, 5), "#ffffff", 0.7)
    s.gloss = 0.7
    s.focus = (450, 860)


def earrings(s: Sheet) -> None:
    """A pair of hoops with a drop."""
    metal = s.fabric.color if s.fabric.kind == "metal" else s.mood.trim
    for x, y in ((320, 520), (590, 580)):
        s.metal(circle(x, y, 96, 100), 17, metal)
        s.metal(f"M{x - 8} {y - 112}C{x - 20} {y - 160} {x + 26} {y - 166} {x + 18} {y - 122}", 6, metal)
        s.metal(circle(x, y + 116, 13), 5, metal)
        s.piece(
            both(
                f"M450 {y + 128}C486 {y + 160} 494 {y + 200} 474 {y + 226}C466 {y + 234} 456 {y + 238} 450 {y + 238}"
            )
            if x == 450
            else _drop(x, y + 128),
            fabric_of("glass", s.fabric.partner, "#ffffff"),
            lift=220,
            over=0.8,
        )
        s.flat(lens((x - 14, y + 164), (x - 18, y + 206), 4, 5), "#ffffff", 0.7)
    s.gloss = 0.75
    s.focus = (590, 640)


def _drop(x: float, y: float) -> str:
    return f"M{x} {y}C{x + 36} {y + 32} {x + 46} {y + 72} {x + 26} {y + 98}C{x + 12} {y + 114} {x - 12} {y + 114} {x - 26} {y + 98}C{x - 46} {y + 72} {x - 36} {y + 32} {x} {y}Z"


def watch(s: Sheet) -> None:
    """Strap, case, dial and hands."""
    for plan in (
        "M396 470L504 470L492 210C492 190 408 190 408 210Z",
        "M396 720L504 720L494 1000C490 1030 410 1030 406 1000Z",
    ):
        s.piece(plan, lift=165, over=0.6)
    s.stitch("M408 460L418 222C420 208 480 208 482 222L492 460", dash="7 5", width=1.8)
    s.stitch("M408 730L416 996C420 1014 480 1014 484 996L492 730", dash="7 5", width=1.8)
    for n in range(6):
        s.flat(circle(450, 830 + n * 28, 5), mixed(s.fabric.color, INK, 0.7))
    s.metal("M404 196L404 170C404 156 496 156 496 170L496 196", 9, s.mood.trim)
    case = fabric_of("metal", s.mood.trim, s.mood.trim)
    s.piece("M596 582L618 582L618 616L596 616Z", case, lift=190, soft=0.6)
    s.piece(circle(450, 598, 152), case, lift=200, over=1.0)
    s.piece(circle(450, 598, 128), case, lift=215, soft=0.5, over=0.2)
    dial = mixed("#f7f3ea", s.fabric.partner, 0.35)
    s.piece(circle(450, 598, 118), fabric_of("satin", dial, dial), lift=180, soft=0.5, over=0.0)
    ink = INK
    for n in range(12):
        a = n * pi / 6
        inner = 92 if n % 3 else 84
        s.line(
            f"M{450 + inner * sin(a):.1f} {598 - inner * cos(a):.1f}L{450 + 106 * sin(a):.1f} {598 - 106 * cos(a):.1f}",
            ink,
            3 if n % 3 else 6,
            0.8,
        )
    s.metal("M450 606L404 556", 7, mixed(s.mood.trim, INK, 0.4))
    s.metal("M450 606L510 530", 5, mixed(s.mood.trim, INK, 0.4))
    s.line("M450 620L440 506", "#b3412f", 2)
    s.flat(circle(450, 598, 8), mixed(s.mood.trim, INK, 0.3))
    s.flat(lens((372, 540), (470, 494), -26, 16), "#ffffff", 0.2)
    s.gloss = max(s.gloss, 0.5)
    s.focus = (450, 598)
