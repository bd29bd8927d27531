"""Home and beauty: what stands on a table."""

from math import cos, pi, sin

from marketplace.demo.drawing.bags import stand
from marketplace.demo.drawing.fabrics import Fabric, fabric_of
from marketplace.demo.drawing.palette import mixed
from marketplace.demo.drawing.paths import both, circle
from marketplace.demo.drawing.sheet import INK, Sheet


def _round(s: Sheet, left: float, right: float, top: float, bottom: float, strength: float = 1.0) -> None:
    """Light and shade of something turned on a wheel."""
    w = right - left
    for at, wide, up in ((0.14, 0.16, 0.5), (0.24, 0.1, 0.3), (0.86, 0.26, -0.4), (0.94, 0.12, -0.4)):
        x, half = left + w * at, w * wide / 2
        s.band(f"M{x - half} {top}L{x + half} {top}L{x + half} {bottom}L{x - half} {bottom}Z", up * strength)


def mug(s: Sheet) -> None:
    """A stoneware mug with a glazed rim."""
    stand(s, 928, 190)
    glaze = fabric_of("plastic", s.fabric.color, s.fabric.partner)
    s.piece("M620 610C760 590 770 820 606 850L604 806C700 786 696 650 622 660Z", glaze, lift=165, over=0.4)
    s.piece(
        both("M450 520C540 520 620 530 630 560C636 700 620 850 596 910C580 936 520 942 450 942"),
        s.fabric,
        lift=180,
    )
    _round(s, 270, 630, 570, 920)
    s.piece(
        both("M450 516C550 516 632 534 632 562C634 640 630 700 622 742C560 700 520 760 450 736"),
        glaze,
        lift=190,
        soft=0.5,
        over=0.15,
    )
    _round(s, 270, 630, 570, 730, 0.7)
    s.hollow(circle(450, 560, 176, 40), mixed(s.fabric.color, "#ffffff", 0.2), 0.35)
    s.flat(circle(450, 572, 150, 28), "#5b3a28")
    s.line(circle(450, 560, 178, 41), mixed(s.fabric.color, "#ffffff", 0.45), 7)
    s.gloss = 0.45
    s.focus = (450, 700)


def vase(s: Sheet) -> None:
    """A belly vase with a few stems."""
    stand(s, 966, 150)
    leaf = "#6f7f5a"
    for n in range(5):
        t = n - 2
        x, y = 450 + t * 96, 200 + abs(t) * 62 + s.rng.uniform(-20, 20)
        s.line(f"M{450 + t * 14} 560C{450 + t * 30} 460 {x - t * 14} 380 {x} {y}", mixed(leaf, INK, 0.25), 5)
        for k in range(5):
            u = 0.25 + k * 0.14
            px, py = 450 + t * 14 + (x - 450 - t * 14) * u, 560 + (y - 560) * u
            d = 1 if (k + n) % 2 else -1
            s.piece(
                f"M{px:.0f} {py:.0f}Q{px + d * 26:.0f} {py - 40:.0f} {px + d * 52:.0f} {py - 34:.0f}Q{px + d * 30:.0f} {py + 6:.0f} {px:.0f} {py:.0f}Z",
                fabric_of("satin", mixed(leaf, "#c9c39a", s.rng.random() * 0.4), leaf),
                lift=170,
                soft=0.4,
                over=0.25,
            )
        if n % 2 == 0:
            petal = fabric_of("satin", mixed(s.fabric.partner, "#f2d9c8", 0.3), s.fabric.partner)
            for k in range(6):
                a = k * pi / 3 + n
                s.piece(
                    circle(x + 22 * cos(a), y + 20 * sin(a), 20, 18), petal, lift=180, soft=0.4, over=0.25
                )
            s.piece(circle(x, y, 13), fabric_of("satin", "#d9a93c", "#d9a93c"), lift=220, soft=0.4, over=0.3)
    s.hollow(circle(450, 560, 74, 18), s.fabric.color, 0.6)
    s.piece(
        both(
            "M450 576C490 576 522 570 526 560C520 620 560 650 604 720C650 800 640 920 566 964C530 978 490 980 450 980"
        ),
        lift=185,
    )
    _round(s, 280, 620, 660, 960)
    s.fold((392, 580), (396, 660), width=16, up=0.4)
    if s.rng.random() < 0.6:
        band = mixed(s.fabric.partner, s.fabric.color, 0.2)
        for y, w in ((724, 152), (748, 166)):
            s.line(f"M{450 - w} {y}C400 {y + 26} 500 {y + 26} {450 + w} {y}", band, 7, 0.85)
    s.gloss = max(s.gloss, 0.4)
    s.focus = (450, 760)


def cushion(s: Sheet) -> None:
    """A square cushion with piping, a little squashed."""
    s.piece(
        "M170 350C260 376 640 372 730 346C752 356 752 380 744 400C724 560 728 720 750 870C752 892 740 902 724 898C620 874 280 876 176 902C156 904 148 890 152 872C176 720 176 540 148 396C144 366 152 350 170 350Z",
        lift=180,
    )
    edge = "M170 350C260 376 640 372 730 346C752 356 752 380 744 400C724 560 728 720 750 870C752 892 740 902 724 898C620 874 280 876 176 902C156 904 148 890 152 872C176 720 176 540 148 396C144 366 152 350 170 350"
    s.metal(edge, 10, mixed(s.fabric.partner, s.fabric.color, 0.5))
    for x, y, a, b in (
        (180, 370, 330, 500),
        (720, 370, 580, 500),
        (180, 880, 330, 740),
        (720, 880, 580, 740),
    ):
        s.fold((x, y), (a, b), bend=14, width=16, up=0.4)
        s.fold((x + (20 if x < 450 else -20), y), (a + 60, b - 20), bend=-12, width=13, up=-0.3)
    s.fold((330, 560), (560, 700), bend=30, width=60, up=0.18)
    s.focus = (380, 520)


def candle(s: Sheet) -> None:
    """Wax in a glass with a label."""
    stand(s, 936, 190)
    glass = fabric_of("glass", s.fabric.color, s.fabric.partner)
    s.piece(both("M450 480C550 480 628 490 630 510L624 916C622 944 560 950 450 950"), glass, lift=180)
    s.hollow(circle(450, 512, 180, 30), mixed(s.fabric.color, "#fff6e0", 0.5), 0.2)
    s.flat(circle(450, 540, 168, 26), "#f5ecd6")
    s.line("M450 540C448 520 456 504 452 488", INK, 5)
    s.line(circle(450, 510, 179, 30), mixed(s.fabric.color, "#ffffff", 0.6), 5, 0.9)
    _round(s, 270, 630, 560, 940)
    _label(s, 450, 740, 190, 200)
    s.flat("M296 570L312 570L312 900L298 900Z", "#ffffff", 0.35)
    s.gloss = 0.6
    s.focus = (450, 740)


def _label(s: Sheet, x: float, y: float, w: float, h: float) -> None:
    paper = Fabric("plain", "#f4eee1", "#f4eee1")
    left, top = x - w / 2, y - h / 2
    s.piece(
        f"M{left} {top}L{left + w} {top}L{left + w} {top + h}L{left} {top + h}Z",
        paper,
        lift=186,
        soft=0.3,
        over=0.1,
    )
    s.line(
        f"M{left + 10} {top + 10}L{left + w - 10} {top + 10}L{left + w - 10} {top + h - 10}L{left + 10} {top + h - 10}Z",
        s.fabric.color,
        2,
        0.8,
    )
    s.line(f"M{x - w * 0.26} {y - h * 0.12}L{x + w * 0.26} {y - h * 0.12}", INK, 9, 0.75)
    for n in range(3):
        s.line(
            f"M{x - w * 0.2} {y + h * (0.06 + n * 0.09)}L{x + w * (0.2 - n * 0.05)} {y + h * (0.06 + n * 0.09)}",
            INK,
            2.4,
            0.5,
        )


def lipstick(s: Sheet) -> None:
    stand(s, 956, 150)
    gold = fabric_of("metal", s.mood.trim, s.mood.trim)
    dark = fabric_of("plastic", mixed(s.fabric.partner, INK, 0.5), s.fabric.partner)
    s.piece(
        "M590 700L676 700C682 700 684 704 684 710L684 950C684 960 676 964 633 964C590 964 582 960 582 950L582 710C582 704 584 700 590 700Z",
        dark,
        lift=180,
        over=0.4,
    )
    _round(s, 582, 684, 710, 950)
    s.piece(
        "M372 470C372 400 400 350 470 330C490 326 500 340 500 360L500 620L372 620Z",
        fabric_of("satin", s.fabric.color, s.fabric.partner),
        lift=195,
    )
    s.flat(
        "M372 470C372 400 400 350 470 330C440 380 420 420 416 480C400 500 384 490 372 470Z", "#ffffff", 0.2
    )
    _round(s, 372, 500, 440, 620)
    s.piece("M362 590L510 590L510 740L362 740Z", gold, lift=185, soft=0.6, over=0.5)
    _round(s, 362, 510, 600, 736)
    s.piece(
        "M346 720L526 720C532 720 534 724 534 730L534 950C534 964 500 968 436 968C372 968 338 964 338 950L338 730C338 724 340 720 346 720Z",
        dark,
        lift=190,
        over=0.4,
    )
    _round(s, 338, 534, 730, 960)
    s.gloss = 0.7
    s.focus = (440, 560)


def bottle(s: Sheet) -> None:
    """Perfume or serum: glass, liquid, a cap."""
    stand(s, 956, 180)
    glass = fabric_of("glass", mixed(s.fabric.color, "#ffffff", 0.55), s.fabric.partner)
    cap = fabric_of("metal", s.mood.trim, s.mood.trim)
    s.piece("M412 420L488 420L488 520L412 520Z", cap, lift=170, soft=0.6)
    s.piece(
        "M384 290L516 290C524 290 528 294 528 302L528 440C528 448 520 452 450 452C380 452 372 448 372 440L372 302C372 294 376 290 384 290Z",
        cap,
        lift=190,
        over=0.5,
    )
    _round(s, 372, 528, 300, 446)
    s.piece(
        both(
            "M450 506C520 506 590 510 608 530C630 560 632 640 630 740L626 930C624 956 600 968 560 970L450 972"
        ),
        glass,
        lift=185,
    )
    s.flat(
        both("M450 640C520 640 580 636 604 640L602 916C600 936 580 944 556 946L450 948"), s.fabric.color, 0.75
    )
    _round(s, 270, 630, 540, 960)
    _label(s, 450, 770, 170, 170)
    s.flat("M300 570L322 560L322 900L302 900Z", "#ffffff", 0.4)
    s.gloss = 0.75
    s.focus = (450, 760)
