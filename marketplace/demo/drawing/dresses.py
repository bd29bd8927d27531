"""Dresses and skirts."""

from marketplace.demo.drawing.palette import mixed
from marketplace.demo.drawing.paths import both, flipped
from marketplace.demo.drawing.sheet import INK, Sheet
from marketplace.demo.drawing.tops import arm_fold, arms, tag


def skirt_folds(s: Sheet, waist: float, hem: float, top_half: float, hem_half: float, count: int) -> None:
    """Long folds that fall from the waist and open towards the hem."""
    for n in range(count):
        t = (n + s.rng.uniform(0.2, 0.8)) / count * 2 - 1
        a = (450 + t * top_half, waist + s.rng.uniform(4, 60))
        b = (450 + t * hem_half * 0.97, hem - s.rng.uniform(0, 30))
        s.fold(a, b, bend=t * 18 + s.rng.uniform(-8, 8), width=s.rng.uniform(9, 17), up=0.36 * (-1) ** n)
    for n in range(count):
        t = (n + s.rng.uniform(0.2, 0.8)) / count * 2 - 1
        b = (450 + t * hem_half * 0.95, hem - 6)
        s.fold(
            (450 + t * (top_half + hem_half) / 2, hem - s.rng.uniform(120, 260)),
            b,
            width=12,
            up=0.3 * (-1) ** (n + 1),
        )


def gathers(s: Sheet, y: float, half: float, count: int, length: float = 60) -> None:
    """Little folds where cloth is gathered into a seam."""
    for n in range(count):
        x = 450 + half * ((n + 0.5) / count * 2 - 1)
        s.fold(
            (x, y), (x + (x - 450) * 0.1, y + length * s.rng.uniform(0.6, 1.3)), width=5, up=0.4 * (-1) ** n
        )


def dress(s: Sheet) -> None:
    """A summer dress: short sleeves, a seam at the waist, a wide skirt, sometimes buttons or tiers."""
    sleeve = (
        "M570 226C622 240 664 286 690 352C692 362 688 368 680 372L604 404C596 408 588 404 586 394L560 300Z"
    )
    s.hollow("M392 204C410 236 490 236 508 204L500 280L400 280Z", s.fabric.color, 0.34)
    tag(s, 450, 228)
    arms(s, sleeve, angle=-38, over=0.7)
    tiers = s.rng.random() < 0.4
    skirt = "M450 500L556 494C584 640 660 860 706 1010C708 1018 704 1024 696 1026C610 1052 520 1058 450 1058"
    s.piece(both(skirt), over=0.5)
    skirt_folds(s, 500, 1040, 96, 236, 12)
    gathers(s, 502, 100, 16)
    if tiers:
        for y, half in ((690, 168), (868, 216)):
            s.seam(
                f"M{450 - half} {y - 8}C{450 - half / 2} {y + 16} {450 + half / 2} {y + 16} {450 + half} {y - 8}"
            )
            gathers(s, y + 8, half, 26, 44)
    deep = s.rng.random() < 0.5
    neck = "M450 372C470 330 492 266 506 208" if deep else "M450 296C486 294 506 262 512 206"
    s.piece(both(f"{neck}C540 212 566 222 586 242C572 312 558 400 560 500C520 508 490 510 450 510"), lift=185)
    for side in (1, -1):
        s.fold((450 + side * 104, 486), (450 + side * 64, 360), bend=-8 * side, width=8, up=-0.3)
        s.fold((450 + side * 128, 330), (450 + side * 70, 420), bend=10 * side, width=11, up=0.28)
        arm_fold(s, (600, 300), (650, 384), side, 9, 0.34)
        arm_fold(s, (570, 310), (612, 392), side, 8, -0.3)
        s.seam(f"M{450 + side * 58} 506C{450 + side * 62} 440 {450 + side * 74} 400 {450 + side * 88} 372")
    s.seam("M342 502C400 512 500 512 558 502", groove=1.4)
    s.stitch("M196 1010C300 1040 600 1040 704 1010", dash="6 4", width=1.5)
    if deep:
        for n in range(4):
            s.button(450, 394 + n * 34, 7, s.mood.trim)
    if s.rng.random() < 0.45:
        _belt(s, 505)
    s.focus = (450, 420)


def _belt(s: Sheet, y: float) -> None:
    tone = s.fabric.plain(mixed(s.fabric.partner, s.fabric.color, 0.2), "plain")
    s.piece(
        f"M{338} {y - 16}C400 {y - 6} 500 {y - 6} 562 {y - 16}L564 {y + 14}C500 {y + 24} 400 {y + 24} 336 {y + 14}Z",
        tone,
        lift=205,
        soft=0.6,
        over=0.6,
    )
    s.piece(
        f"M470 {y + 6}C500 {y + 60} 506 {y + 130} 496 {y + 190}L466 {y + 184}C478 {y + 120} 470 {y + 60} 452 {y + 10}Z",
        tone,
        lift=205,
        over=0.7,
    )
    s.piece(
        f"M452 {y + 4}C440 {y + 70} 430 {y + 120} 436 {y + 160}L410 {y + 156}C404 {y + 110} 420 {y + 50} 440 {y}Z",
        tone,
        lift=205,
        over=0.7,
    )
    s.piece(f"M436 {y - 14}L472 {y - 14}L474 {y + 18}L434 {y + 18}Z", tone, lift=230, over=0.7)


def slip(s: Sheet) -> None:
    """A slip dress on thin straps, cut on the bias: it falls in one soft line."""
    hanger(s, 120)
    for x in (376, 524):
        s.line(
            f"M{x} 262C{x + (450 - x) * 0.1} 220 {x + (450 - x) * 0.25} 190 {x + (450 - x) * 0.3} 166",
            mixed(s.fabric.color, INK, 0.25),
            6,
        )
        s.line(
            f"M{x} 262C{x + (450 - x) * 0.1} 220 {x + (450 - x) * 0.25} 190 {x + (450 - x) * 0.3} 166",
            s.fabric.color,
            4,
        )
    s.hollow("M368 300C400 330 500 330 532 300L520 360L380 360Z", s.fabric.color, 0.4)
    outline = "M450 318C480 314 506 292 524 258C546 286 566 320 574 372C566 440 560 500 572 560C600 700 640 880 660 1020C600 1050 520 1058 450 1058"
    s.piece(both(outline), angle=32, lift=180)
    for side in (1, -1):
        s.seam(f"M{450 + side * 124} 372C{450 + side * 80} 384 {450 + side * 30} 376 450 360")
        s.fold((450 + side * 34, 330), (450 + side * 90, 372), bend=12 * side, width=8, up=0.36)
        s.fold((450 + side * 20, 336), (450 + side * 56, 376), bend=10 * side, width=7, up=-0.34)
    lace(s, "M376 262C392 296 420 316 450 320C480 316 508 296 524 262")
    skirt_folds(s, 520, 1040, 90, 196, 9)
    s.fold((356, 440), (540, 600), bend=30, width=20, up=0.2)
    s.fold((340, 520), (600, 800), bend=-40, width=26, up=0.18)
    lace(s, "M242 1022C320 1050 560 1056 658 1022")
    s.gloss = max(s.gloss, 0.42)
    s.focus = (450, 370)


def lace(s: Sheet, edge: str) -> None:
    """A scalloped edge."""
    light = mixed(s.fabric.color, "#fffaf0", 0.4)
    s.line(edge, light, 13, 0.8, "1 12")
    s.line(edge, mixed(s.fabric.color, INK, 0.2), 1.4, 0.7)


def hanger(s: Sheet, top: float) -> None:
    """A wooden hanger on a brass hook, for what hangs on a wall."""
    wood = s.fabric.plain(mixed("#b98d5f", s.mood.trim, 0.2), "plain")
    s.metal(
        f"M450 {top + 30}C450 {top} 476 {top - 6} 476 {top - 34}C476 {top - 62} 440 {top - 66} 432 {top - 40}",
        6,
        "#c9b48a",
    )
    s.piece(f"M450 {top + 18}C478 {top + 18} 486 {top + 26} 520 {top + 42}L600 {top + 84}C612 {top + 92} 604 {top + 104} 592 {top + 100}"
            f"L450 {top + 44}L308 {top + 100}C296 {top + 104} 288 {top + 92} 300 {top + 84}L380 {top + 42}C414 {top + 26} 422 {top + 18} 450 {top + 18}Z",
            wood, lift=200, over=0.6)  # fmt: skip


def skirt(s: Sheet) -> None:
    """A-line midi skirt with a waistband, pockets or buttons."""
    s.hollow("M336 268C380 290 520 290 564 268L560 310L340 310Z", s.fabric.color, 0.4)
    s.piece(both("M450 318C500 318 540 314 572 306C604 460 668 760 704 930C640 964 540 974 450 974"))
    skirt_folds(s, 330, 960, 110, 236, 8)
    s.piece(
        both("M450 284C500 284 540 278 566 266L576 310C540 322 500 326 450 326"), lift=200, soft=0.7, over=0.5
    )
    if s.rng.random() < 0.6:
        s.piece("M434 326L466 326L470 972L430 972Z", lift=190, soft=0.6, over=0.4)
        for n in range(6):
            s.button(450, 364 + n * 104, 10, s.mood.trim)
    else:
        for side in (1, -1):
            s.seam(
                f"M{450 + side * 118} 322C{450 + side * 112} 400 {450 + side * 142} 440 {450 + side * 164} 452"
            )
    s.stitch("M200 918C320 952 580 952 700 918", dash="6 4", width=1.5)
    s.button(450, 304, 9, s.mood.trim)
    s.focus = (450, 380)


def pleated(s: Sheet) -> None:
    """Sharp pleats from a narrow band."""
    s.hollow("M344 262C380 284 520 284 556 262L552 300L348 300Z", s.fabric.color, 0.4)
    count = 17
    for n in range(count):
        order = n
        t0, t1 = order / count * 2 - 1, (order + 1) / count * 2 - 1
        x0, x1 = 450 + t0 * 112, 450 + t1 * 112 + 5
        h0, h1 = 450 + t0 * 276, 450 + t1 * 276 + 13
        y0, y1 = 954 - abs(t0) ** 2 * 54, 954 - abs(t1) ** 2 * 54
        mid = (h0 + h1) / 2
        s.piece(
            f"M{x0:.0f} 306L{x1:.0f} 306C{x1 + (h1 - x1) * 0.3:.0f} 500 {h1 - (h1 - x1) * 0.2:.0f} 760 {h1:.0f} {y1:.0f}"
            f"L{mid:.0f} {(y0 + y1) / 2 + 10:.0f}L{h0:.0f} {y0:.0f}C{h0 - (h0 - x0) * 0.2:.0f} 760 {x0 + (h0 - x0) * 0.3:.0f} 500 {x0:.0f} 306Z",
            angle=-t0 * 12, lift=170, soft=0.7, over=0.3,
        )  # fmt: skip
        s.fold((x0 + 2, 320), (h0 + 8, y0 - 10), bend=6 * t0, width=10, up=0.4)
    s.piece(
        both("M450 280C500 280 536 274 558 262L566 306C536 318 500 322 450 322"), lift=205, soft=0.7, over=0.7
    )
    s.focus = (450, 380)


def swimsuit(s: Sheet) -> None:
    """One-piece with crossed straps and high legs."""
    for side in (1, -1):
        plan = "M520 330C524 280 516 240 500 214L524 206C546 240 556 290 556 340Z"
        s.piece(plan if side > 0 else flipped(plan), angle=70, lift=190, soft=0.7)
    s.hollow("M360 330C400 360 500 360 540 330L520 420L380 420Z", s.fabric.color, 0.4)
    s.piece(
        both(
            "M450 420C486 414 514 376 530 322C556 330 572 360 580 400C566 460 548 520 556 580C566 650 600 700 616 760C566 790 520 850 494 920C480 930 466 932 450 932"
        ),
        lift=185,
    )
    for side in (1, -1):
        s.seam(f"M{450 + side * 106} 580C{450 + side * 90} 500 {450 + side * 80} 460 {450 + side * 84} 420")
        s.fold((450 + side * 110, 560), (450 + side * 20, 600), bend=14 * side, width=12, up=0.3)
        s.fold((450 + side * 140, 740), (450 + side * 20, 800), bend=24 * side, width=13, up=0.26)
        s.fold((450 + side * 30, 430), (450 + side * 110, 420), bend=12, width=13, up=0.34)
        s.stitch(
            f"M{450 + side * 158} 764C{450 + side * 112} 794 {450 + side * 72} 850 {450 + side * 50} 912",
            dash="5 4",
            width=1.4,
        )
    s.focus = (450, 470)
