"""Jeans, trousers, shorts."""

from marketplace.demo.drawing.palette import mixed
from marketplace.demo.drawing.paths import both, flipped
from marketplace.demo.drawing.sheet import INK, Sheet


def _leg_folds(s: Sheet, knee: float, hem: float, crotch: float) -> None:
    for side in (1, -1):
        for n in range(4):
            y = crotch + 4 + n * 16
            s.fold(
                (450 + side * 8, y),
                (450 + side * (70 + n * 14), y - 50 + n * 34),
                bend=8 * side,
                width=8,
                up=0.32 * (-1) ** n,
            )
        for n in range(4):
            y = knee + (n - 1.5) * 40 + s.rng.uniform(-14, 14)
            x = 450 + side * 92
            s.fold(
                (x - side * 48, y + 8),
                (x + side * s.rng.uniform(6, 46), y - 12),
                bend=6,
                width=8,
                up=0.26 * (-1) ** n,
            )
        for n in range(3):
            y = hem - 20 - n * 34
            s.fold(
                (450 + side * 60, y),
                (450 + side * (120 + n * 10), y - 16),
                bend=6,
                width=7,
                up=0.26 * (-1) ** n,
            )
        s.fold((450 + side * 96, crotch + 80), (450 + side * 104, hem - 60), bend=4 * side, width=22, up=0.16)


def jeans(s: Sheet) -> None:
    """Five pockets, bar tacks, washed thighs; straight or flared."""
    hem = s.rng.choice((606, 640, 672))
    gold = "#cf9550" if s.fabric.kind == "denim" else ""
    s.hollow("M340 196C380 216 520 216 560 196L556 236L344 236Z", s.fabric.color, 0.45)
    leg = f"M450 250L568 240C600 380 622 520 {(hem + 620) // 2} 700L{hem} 1056C{hem} 1064 {hem - 4} 1068 {hem - 14} 1068L{hem - 130} 1070C{hem - 138} 1070 {hem - 142} 1064 {hem - 142} 1058L468 540C464 506 456 500 450 500Z"
    s.piece(flipped(leg), angle=2, lift=172)
    s.piece(leg, angle=-2, lift=182, over=0.6)
    _leg_folds(s, 700, 1060, 500)
    if s.fabric.kind == "denim":
        for side in (1, -1):
            for w, o in ((62, 0.06), (42, 0.07), (24, 0.08)):
                s.line(
                    f"M{450 + side * 86} 420C{450 + side * 106} 560 {450 + side * 100} 700 {450 + side * 104} 800",
                    "#f3f0e6",
                    w,
                    o,
                )
    for side in (1, -1):
        turn = (lambda p: p) if side > 0 else flipped
        s.hollow(
            turn("M500 254L566 248L574 290C548 318 512 300 500 254Z"), mixed(s.fabric.color, INK, 0.1), 0.08
        )
        s.stitch(turn("M494 258C506 312 552 336 578 300"), gold)
        s.stitch(turn("M488 258C500 320 554 346 580 310"), gold)
        s.stitch(turn(f"M{hem - 138} 1046L{hem - 4} 1044"), gold)
        s.button(450 + side * 50, 268, 4.5, "#b78a57")
        s.button(450 + side * 126, 312, 4.5, "#b78a57")
        s.line(turn("M600 420C620 520 626 600 628 700"), mixed(s.fabric.color, INK, 0.5), 1.4, 0.4)
    s.seam("M450 262C446 340 452 420 450 500", groove=1.4)
    s.stitch("M476 264C478 350 474 400 454 424", gold)
    s.piece(
        both("M450 214C500 214 540 208 562 196L572 240C540 252 500 258 450 258"), lift=200, soft=0.7, over=0.5
    )
    s.stitch("M338 206C380 222 520 222 560 206", gold)
    s.stitch("M330 234C380 250 520 250 570 234", gold)
    for x in (372, 528):
        s.piece(f"M{x - 9} 202L{x + 9} 202L{x + 9} 260L{x - 9} 260Z", lift=220, soft=0.6, over=0.5)
    s.button(450, 236, 12, "#b78a57")
    s.focus = (540, 280)


def trousers(s: Sheet) -> None:
    """Pressed creases, slanted pockets, wide or tapered."""
    hem = s.rng.choice((600, 636, 690))
    s.hollow("M346 196C380 214 520 214 554 196L550 236L350 236Z", s.fabric.color, 0.45)
    leg = f"M450 246L562 238C600 380 630 520 {(hem + 640) // 2} 700L{hem} 1064L{hem - 150} 1070L466 560C462 520 456 512 450 512Z"
    s.piece(flipped(leg), angle=2, lift=172)
    s.piece(leg, angle=-2, lift=182, over=0.6)
    _leg_folds(s, 720, 1060, 512)
    for side in (1, -1):
        turn = (lambda p: p) if side > 0 else flipped
        s.line(
            turn(f"M512 262C530 460 556 700 {hem - 74} 1064"), mixed(s.fabric.color, "#ffffff", 0.2), 2, 0.5
        )
        s.fold((450 + side * 62, 262), (450 + side * (hem - 524), 1060), bend=-10 * side, width=12, up=0.4)
        s.seam(turn("M534 256C546 320 566 360 592 384"), groove=1.2)
        s.fold((450 + side * 40, 258), (450 + side * 46, 380), width=7, up=-0.4)
    s.seam("M450 260C447 340 452 430 450 512", groove=1.4)
    s.piece(
        both("M450 210C500 210 536 206 556 196L566 238C536 248 500 252 450 252"), lift=200, soft=0.7, over=0.5
    )
    for x in (380, 520):
        s.piece(f"M{x - 7} 202L{x + 7} 202L{x + 7} 254L{x - 7} 254Z", lift=215, soft=0.6, over=0.4)
    s.button(462, 230, 9, s.mood.trim)
    s.focus = (540, 300)


def shorts(s: Sheet) -> None:
    """Elastic waist with a cord."""
    leg = "M450 400L596 386C632 500 664 640 684 790C640 812 560 822 490 818C484 730 476 660 450 640Z"
    s.piece(flipped(leg), angle=4, lift=172)
    s.piece(leg, angle=-4, lift=182, over=0.6)
    for side in (1, -1):
        for n in range(6):
            x = 450 + side * (20 + n * 22)
            s.fold((x, 404), (x + side * 14, 404 + s.rng.uniform(60, 170)), width=6, up=0.36 * (-1) ** n)
        for n in range(4):
            s.fold(
                (450 + side * 10, 640),
                (450 + side * (90 + n * 24), 600 + n * 44),
                bend=8 * side,
                width=9,
                up=0.3 * (-1) ** n,
            )
        s.fold((450 + side * 120, 560), (450 + side * 150, 800), width=18, up=0.24)
        hem = "M492 794C560 798 636 788 682 768"
        s.stitch(hem if side > 0 else flipped(hem), dash="6 4", width=1.6)
        side_seam = "M572 420C584 480 600 520 622 540"
        s.seam(side_seam if side > 0 else flipped(side_seam))
    s.seam("M450 420C448 500 452 580 450 640", groove=1.4)
    s.piece(
        both("M450 360C510 360 560 352 592 340L602 396C560 408 510 414 450 414"), lift=200, soft=0.7, over=0.5
    )
    for n in range(16):
        x = 304 + n * 19.5
        s.fold((x, 364), (x, 404), width=4, up=0.5 * (-1) ** n)
    cord = mixed(s.fabric.partner, s.fabric.color, 0.15)
    for a, b in ((438, 420), (464, 486)):
        s.metal(f"M{a} 388C{a - 10} 430 {b} 460 {b + 6} {500 if a < 450 else 476}", 8, cord)
    s.focus = (470, 420)
