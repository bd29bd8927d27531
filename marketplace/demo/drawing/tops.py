"""T-shirt, shirt, blouse, and what all tops share: arms, folds, label."""

from math import cos, radians, sin
from typing import Any

from marketplace.demo.drawing.palette import mixed
from marketplace.demo.drawing.paths import Point, both, flipped, swung
from marketplace.demo.drawing.sheet import Sheet

# A sleeve from shoulder to cuff on the right, hanging a little away from the body.
LONG = "M598 262C642 282 668 330 684 420L724 800C726 826 706 838 690 838L640 842C628 842 622 834 620 820L600 520Z"
WIDE = "M600 262C660 286 690 350 704 440L740 760C742 800 718 812 700 814L640 820C622 820 616 806 616 790L596 520Z"


SHOULDER: Point = (604.0, 290.0)
CUFF = "M612 776L744 760L740 846C738 860 730 864 718 866L640 872C628 872 620 864 618 852Z"


def arms(s: Sheet, right: str, **kwargs: Any) -> None:
    """The same piece on both arms, as far from the body as this picture's pose has them."""
    for side in (1, -1):
        lean = s.pose[0 if side > 0 else 1]
        plan = swung(right, SHOULDER, -lean)
        angle = -lean * side
        s.piece(
            plan if side > 0 else flipped(plan), **{**kwargs, "angle": kwargs.get("angle", 0) * side + angle}
        )


def arm_folds(s: Sheet, elbow: Point, cuff: Point, reach: float = 58) -> None:
    """Creases of a sleeve at elbow, cuff and armpit, on both sides."""
    for side in (1, -1):
        for n in range(4):
            y = elbow[1] + (n - 1.5) * 46 + s.rng.uniform(-12, 12)
            x = elbow[0] + (n - 1.5) * 6
            a, b = (x - reach * 0.7, y + s.rng.uniform(-4, 26)), (x + reach * s.rng.uniform(0.1, 0.6), y - 10)
            arm_fold(s, a, b, side, s.rng.uniform(7, 12), 0.3 * (-1) ** n)
        arm_fold(s, (cuff[0] - 30, cuff[1] - 24), (cuff[0] + 26, cuff[1] - 92), side, 9, 0.28)
        arm_fold(s, (cuff[0] + 30, cuff[1] - 30), (cuff[0] + 4, cuff[1] - 150), side, 8, -0.24)


def arm_fold(s: Sheet, a: Point, b: Point, side: int, width: float, up: float) -> None:
    ends = [arm_point(s, x, y, side) for x, y in (a, b)]
    s.fold(ends[0], ends[1], bend=10 * side, width=width, up=up)


def arm_point(s: Sheet, x: float, y: float, side: int) -> Point:
    """Where a spot of the right sleeve's plan is on this picture's right (1) or left (-1) arm."""
    lean = radians(-s.pose[0 if side > 0 else 1])
    dx, dy = x - SHOULDER[0], y - SHOULDER[1]
    x, y = SHOULDER[0] + dx * cos(lean) - dy * sin(lean), SHOULDER[1] + dx * sin(lean) + dy * cos(lean)
    return (x if side > 0 else 900 - x), y


def body_folds(s: Sheet, top: float, bottom: float, left: float = 310, right: float = 590) -> None:
    """How a top lies: pulls from the armpits, a few long folds towards the hem."""
    for side in (1, -1):
        for n in range(3):
            a = (450 + side * (right - 450 + 4), top + 150 + n * 40)
            b = (450 + side * s.rng.uniform(20, 80), top + 240 + n * 70 + s.rng.uniform(-20, 20))
            s.fold(a, b, bend=16 * side, width=s.rng.uniform(8, 13), up=0.26 * (-1) ** n)
    s.folds(5, (((left + 30, bottom - 20), (right - 30, bottom - 20)), ((left + 70, top + 300), (right - 70, top + 280))),
            width=12, up=0.24)  # fmt: skip
    s.fold((left + 20, bottom - 90), (right - 60, bottom - 150), bend=-22, width=11, up=0.14)


def tag(s: Sheet, x: float, y: float) -> None:
    """The little woven label in the neck."""
    s.flat(f"M{x - 24} {y}L{x + 24} {y}L{x + 24} {y + 26}L{x - 24} {y + 26}Z", "#f3ecdf")
    s.line(f"M{x - 13} {y + 13}L{x + 13} {y + 13}", "#4b413a", 4, 0.8)


def tshirt(s: Sheet) -> None:
    """Round neck, short sleeves, sometimes a chest pocket."""
    right = (
        "M598 262C660 280 716 330 772 432C776 442 772 450 764 454L672 506C662 510 654 506 650 496L606 420Z"
    )
    s.hollow("M372 240C400 270 500 270 528 240L516 300L384 300Z", s.fabric.color, 0.35)
    tag(s, 450, 268)
    arms(s, right, angle=-32, over=0.7)
    s.piece(
        both(
            "M450 300C496 300 528 276 534 238C566 244 600 256 626 276C612 360 610 440 616 520L626 930C626 944 620 950 606 952C560 960 500 962 450 962"
        )
    )
    band = "M366 238C372 276 404 300 450 300C496 300 528 276 534 238L514 236C506 264 484 280 450 280C416 280 394 264 386 236Z"
    s.piece(band, s.fabric.plain(kind="rib"), lift=205, soft=0.5, over=0.5)
    for side in (1, -1):
        hem = swung("M764 442L664 496", SHOULDER, -s.pose[0 if side > 0 else 1])
        s.stitch(hem if side > 0 else flipped(hem), dash="6 4", width=1.5)
    s.stitch("M282 934C360 944 540 944 620 934", dash="6 4", width=1.5)
    body_folds(s, 262, 930)
    for x, sign in ((690, 1), (210, -1)):
        s.fold((x - 40 * sign, 330), (x + 20 * sign, 450), bend=8, width=10, up=0.3)
        s.fold((x - 64 * sign, 350), (x - 20 * sign, 470), bend=8, width=8, up=-0.3)
    if s.rng.random() < 0.45:
        pocket(s, 516, 430, 92, 104)
    s.focus = (470, 330)


def pocket(s: Sheet, x: float, y: float, w: float, h: float) -> None:
    """A patch pocket with its stitching."""
    plan = f"M{x} {y}L{x + w} {y}L{x + w} {y + h * 0.8}L{x + w / 2} {y + h}L{x} {y + h * 0.8}Z"
    s.piece(plan, lift=190, soft=0.6, over=0.35)
    s.stitch(f"M{x + 5} {y + 16}L{x + w - 5} {y + 16}", width=1.5, dash="5 4")
    s.stitch(f"M{x + 5} {y + 5}L{x + 5} {y + h * 0.78}L{x + w / 2} {y + h - 7}L{x + w - 5} {y + h * 0.78}L{x + w - 5} {y + 5}",
             width=1.5, dash="5 4")  # fmt: skip


def shirt(s: Sheet) -> None:
    """Button-down with collar, placket, cuffs and a curved hem."""
    s.hollow("M380 226C410 250 490 250 520 226L514 300L386 300Z", s.fabric.color, 0.32)
    tag(s, 450, 256)
    arms(s, LONG, angle=-6, over=0.7)
    cuff = "M620 800L728 790L734 858C734 872 728 878 716 880L640 886C630 886 624 880 622 870Z"
    s.piece(
        both(
            "M450 322C480 292 508 262 524 236C560 242 598 254 622 272C604 350 604 440 610 520L622 880C626 930 600 950 560 974C520 992 480 1000 450 1000"
        )
    )
    body_folds(s, 262, 940)
    arm_folds(s, (654, 560), (668, 800))
    arms(s, cuff, angle=84, lift=195, soft=0.6, over=0.5)
    s.piece("M430 306L470 306L472 998L428 998Z", lift=190, soft=0.5, over=0.35)
    for x in (436, 465):
        s.stitch(f"M{x} 330L{x} 990", width=1.4, dash="5 4")
    collar = "M450 322C430 300 396 262 384 222C372 230 360 242 352 262L392 366C396 374 404 374 410 366Z"
    s.piece(collar, angle=40, lift=210, soft=0.7, over=0.7)
    s.piece(flipped(collar), angle=-40, lift=210, soft=0.7, over=0.7)
    pearl = mixed("#f7f3ea", s.mood.trim, 0.15)
    for n in range(6):
        s.button(450, 350 + n * 108, 8.5, pearl)
    for side in (1, -1):
        s.button(*arm_point(s, 684, 838, side), 7, pearl)
    if s.rng.random() < 0.6:
        pocket(s, 510, 440, 96, 112)
    s.focus = (450, 360)


def blouse(s: Sheet) -> None:
    """V neck, full sleeves gathered at the cuff, a bow or a frill."""
    full = "M596 268C676 282 740 380 770 520C786 610 788 700 760 772C740 794 690 804 660 792C636 742 612 640 596 520Z"
    cuff = "M660 776L760 764L766 812C766 820 760 824 752 826L676 832C668 832 664 828 662 820Z"
    s.hollow("M384 230C410 262 490 262 516 230L500 320L400 320Z", s.fabric.color, 0.32)
    arms(s, full, angle=-12, over=0.7)
    s.piece(
        both(
            "M450 420C470 360 502 280 520 232C560 240 600 254 624 276C604 340 596 440 604 520C616 640 636 800 644 884C646 900 638 906 626 908C560 920 500 922 450 922"
        )
    )
    for side in (1, -1):
        for n in range(6):
            a = (450 + side * (222 + n * 15), 782)
            b = (450 + side * (190 + n * 22), 782 - s.rng.uniform(110, 230))
            arm_fold(s, *[(900 - x if side < 0 else x, y) for x, y in (a, b)], side, 8, 0.34 * (-1) ** n)
            c = (450 + side * (158 + n * 10), 290 + n * 12)
            s.fold(
                c,
                (c[0] + side * 46, c[1] + s.rng.uniform(80, 150)),
                bend=9 * side,
                width=7,
                up=0.26 * (-1) ** n,
            )
    body_folds(s, 270, 890, 290, 610)
    s.folds(8, (((280, 900), (620, 900)), ((330, 560), (570, 560))), width=12, up=0.24)
    arms(s, cuff, angle=84, lift=200, soft=0.6, over=0.6)
    if s.rng.random() < 0.5:
        _bow(s)
    else:
        frill = "M450 420C440 372 404 290 378 232C366 250 352 262 346 282C356 300 352 318 366 334C370 352 372 368 390 380C396 398 404 408 424 414C434 424 442 426 450 420Z"
        for plan, angle in ((frill, 30), (flipped(frill), -30)):
            s.piece(plan, angle=angle, lift=205, soft=0.7, over=0.7)
        for n in range(5):
            t = n / 4
            for side in (1, -1):
                s.fold(
                    (450 + side * (66 - 50 * t), 270 + 130 * t),
                    (450 + side * (98 - 62 * t), 296 + 122 * t),
                    width=6,
                    up=0.4,
                )
    for n in range(5):
        s.button(450, 470 + n * 88, 7.5, s.fabric.color)
    s.focus = (450, 400)


def _bow(s: Sheet) -> None:
    tail = "M444 420C420 500 414 560 424 650L470 636C456 570 458 500 466 424Z"
    s.piece(tail, angle=10, lift=200, over=0.7)
    s.piece(
        "M456 420C486 480 510 540 506 612L466 600C468 540 456 480 440 424Z", angle=-14, lift=205, over=0.7
    )
    for side in (1, -1):
        loop = "M450 410C490 360 556 346 580 376C596 404 560 450 516 446C490 444 466 432 450 424Z"
        s.piece(loop if side > 0 else flipped(loop), angle=20 * side, lift=210, over=0.8)
        s.fold((450 + side * 20, 414), (450 + side * 100, 392), width=7, up=-0.4)
    s.piece(
        "M430 396C440 388 462 388 470 396C476 412 474 432 468 442C456 448 442 448 432 442C426 430 426 410 430 396Z",
        lift=235,
        over=0.7,
    )
    band = "M450 420C440 372 404 290 384 232L364 240C384 310 416 380 440 424Z"
    s.piece(band, angle=60, lift=200, soft=0.5, over=0.5)
    s.piece(flipped(band), angle=-60, lift=200, soft=0.5, over=0.5)
