"""Jumper, cardigan, hoodie."""

from marketplace.demo.drawing.palette import mixed
from marketplace.demo.drawing.paths import both, flipped
from marketplace.demo.drawing.sheet import INK, Sheet
from marketplace.demo.drawing.tops import CUFF, WIDE, arm_folds, arms, body_folds, tag


def jumper(s: Sheet) -> None:
    """A thick knit with ribbed neck, cuffs and hem."""
    s.hollow("M366 226C400 262 500 262 534 226L520 300L380 300Z", s.fabric.color, 0.4)
    tag(s, 450, 256)
    arms(s, WIDE, angle=-8, lift=165, over=0.7)
    s.piece(
        both(
            "M450 304C500 304 534 280 540 236C572 242 606 256 630 278C610 360 606 450 612 540L628 850C560 864 500 866 450 866"
        ),
        lift=180,
    )
    body_folds(s, 270, 840)
    arm_folds(s, (664, 560), (676, 780), 66)
    rib = s.fabric.plain(kind="rib")
    arms(s, CUFF, fabric=rib, lift=185, soft=0.8, over=0.5)
    s.piece(
        both("M450 850C520 850 580 846 630 838L622 930C620 944 612 948 600 950C540 958 490 958 450 958"),
        rib,
        lift=180,
        soft=0.8,
        over=0.4,
    )
    s.piece(
        "M354 236C362 288 400 318 450 318C500 318 538 288 546 236L512 230C506 264 482 284 450 284C418 284 394 264 388 230Z",
        rib,
        lift=215,
        over=0.7,
    )
    s.focus = (450, 400)


def cardigan(s: Sheet) -> None:
    """Open V, buttons, two pockets."""
    rib = s.fabric.plain(kind="rib")
    s.hollow("M376 224C410 250 490 250 524 224L560 600L340 600Z", s.fabric.color, 0.42)
    tag(s, 450, 254)
    arms(s, WIDE, angle=-8, lift=165, over=0.7)
    half = "M528 236C566 242 606 256 630 278C610 360 606 450 612 540L632 900C634 922 626 930 612 932L452 942L452 560C470 470 506 330 528 236Z"
    s.piece(flipped(half), lift=175)
    s.piece(half, lift=180)
    body_folds(s, 290, 900)
    arm_folds(s, (664, 560), (676, 780), 66)
    arms(s, CUFF, fabric=rib, lift=185, soft=0.8, over=0.5)
    for side in (0, 1):
        plan = "M512 640L600 634L606 744C606 752 602 756 594 756L524 760C516 760 512 756 512 748Z"
        s.piece(flipped(plan) if side else plan, lift=195, soft=0.7, over=0.4)
        top = "M510 632L602 626L602 656L510 662Z"
        s.piece(flipped(top) if side else top, rib, lift=205, soft=0.5, over=0.4)
    band = "M516 222C500 330 468 460 436 552L432 948L474 948L476 566C506 470 538 340 548 232Z"
    s.piece(flipped(band), rib, lift=195, soft=0.7, over=0.5)
    s.piece(band, rib, lift=205, soft=0.7, over=0.7)
    for n in range(5):
        s.button(454, 600 + n * 78, 12, s.mood.trim)
    s.focus = (470, 640)


def hoodie(s: Sheet) -> None:
    """Hood, cords, kangaroo pocket, ribbed cuffs."""
    rib = s.fabric.plain(kind="rib")
    s.piece("M330 300C320 200 380 150 450 150C520 150 580 200 570 300C540 340 360 340 330 300Z", lift=190)
    s.hollow(
        "M376 300C360 226 400 188 450 188C500 188 540 226 524 300C510 352 480 372 450 376C420 372 390 352 376 300Z",
        s.fabric.color,
        0.42,
    )
    tag(s, 450, 226)
    arms(s, WIDE, angle=-8, lift=165, over=0.7)
    s.piece(
        both(
            "M450 390C490 370 530 330 548 268C580 262 610 268 632 282C612 360 608 450 614 540L630 860C560 874 500 876 450 876"
        ),
        lift=180,
    )
    body_folds(s, 290, 850)
    arm_folds(s, (664, 560), (676, 780), 66)
    s.piece("M338 628L562 628L612 770L612 860L288 860L288 770Z", lift=200, soft=0.8, over=0.45)
    s.stitch("M346 638L300 772", width=1.6)
    s.stitch("M554 638L600 772", width=1.6)
    arms(s, CUFF, fabric=rib, lift=185, soft=0.8, over=0.5)
    s.piece(
        both("M450 858C520 858 580 854 632 846L624 930C622 944 614 948 602 950C540 958 490 958 450 958"),
        rib,
        lift=180,
        soft=0.8,
        over=0.4,
    )
    lapel = "M450 408C424 390 386 350 372 292C366 262 350 250 336 262C330 300 346 352 388 396C412 420 436 424 450 420Z"
    s.piece(lapel, angle=30, lift=210, over=0.7)
    s.piece(flipped(lapel), angle=-30, lift=215, over=0.7)
    cord = mixed(s.fabric.partner, s.fabric.color, 0.25)
    for x, end in ((408, 560), (492, 590)):
        s.metal(f"M{x} 392C{x - 6} 440 {x + 12} 500 {x + (4 if x < 450 else -6)} {end}", 9, cord)
        s.flat(
            f"M{x - 3} {end - 4}L{x + 9} {end - 4}L{x + 9} {end + 22}L{x - 3} {end + 22}Z",
            mixed(cord, INK, 0.3),
        )
    s.focus = (450, 420)
