"""Coat, trench, blazer, jacket, puffer."""

from marketplace.demo.drawing.fabrics import Fabric
from marketplace.demo.drawing.palette import mixed
from marketplace.demo.drawing.paths import both, flipped
from marketplace.demo.drawing.sheet import INK, Sheet
from marketplace.demo.drawing.tops import arm_folds, arm_point, arms, tag

SLEEVE = "M600 258C652 276 684 330 698 430L736 792C738 808 730 816 716 818L632 824C620 824 614 816 612 804L596 520Z"


def _inside(s: Sheet, lining: str, bottom: float) -> None:
    s.hollow(f"M380 214C410 240 490 240 520 214L540 {bottom}L360 {bottom}Z", lining, 0.2)
    tag(s, 450, 244)


def _front(s: Sheet, half: str, **kwargs: float) -> None:
    s.piece(flipped(half), angle=kwargs.get("angle", 0), lift=172)
    s.piece(half, angle=-kwargs.get("angle", 0), lift=182)


def _lapels(s: Sheet, collar: str, lapel: str, fabric: Fabric | None = None) -> None:
    for side in (-1, 1):
        turn = (lambda p: p) if side > 0 else flipped
        s.piece(turn(lapel), fabric, angle=18 * side, lift=205, soft=0.8, over=0.8)
        s.piece(turn(collar), fabric, angle=40 * side, lift=215, soft=0.8, over=0.8)


def _flap(s: Sheet, x: float, y: float, w: float, h: float, tilt: float = 0) -> None:
    for side in (1, -1):
        plan = f"M{x} {y}L{x + w} {y - tilt}L{x + w + 2} {y + h - tilt}C{x + w * 0.7} {y + h + 6} {x + w * 0.3} {y + h + 8} {x + 2} {y + h}Z"
        s.piece(plan if side > 0 else flipped(plan), lift=200, soft=0.7, over=0.5)


def _long_folds(s: Sheet, top: float, bottom: float, half: float) -> None:
    for side in (1, -1):
        for n in range(4):
            x = 450 + side * (60 + n * half / 4.6)
            s.fold(
                (x, top + s.rng.uniform(0, 120)),
                (x + side * (10 + n * 9), bottom - 20),
                bend=8 * side,
                width=13,
                up=0.26 * (-1) ** n,
            )
        s.fold((450 + side * 148, 420), (450 + side * 84, 560), bend=12 * side, width=12, up=0.26)
        s.fold((450 + side * 146, 470), (450 + side * 96, 640), bend=12 * side, width=10, up=-0.24)


def coat(s: Sheet) -> None:
    """A long wool coat with wide lapels, one or two rows of buttons."""
    _inside(s, mixed(s.fabric.partner, s.mood.trim, 0.4), 560)
    arms(s, SLEEVE, angle=-7, over=0.7)
    half = "M520 226C560 234 600 248 624 268C608 360 606 450 612 540L646 1010C648 1030 640 1038 626 1040L436 1052L436 560C460 470 500 330 520 226Z"
    _front(s, half)
    _long_folds(s, 640, 1040, 170)
    arm_folds(s, (664, 560), (674, 780), 60)
    collar = "M450 262C490 262 512 236 520 206C540 206 560 214 574 228C580 260 576 296 566 322C530 332 506 316 492 300C478 284 462 268 450 262Z"
    lapel = "M566 318C578 340 590 352 600 358C580 430 520 520 452 580C458 500 480 400 494 306C520 326 540 328 566 318Z"
    _lapels(s, collar, lapel)
    _flap(s, 506, 700, 100, 40, 8)
    double = s.rng.random() < 0.5
    for n in range(3):
        s.button(476 if not double else 512, 610 + n * 96, 15, s.mood.trim)
        if double:
            s.button(404, 610 + n * 96, 15, s.mood.trim)
    s.line("M436 580L436 1050", mixed(s.fabric.color, INK, 0.6), 1.8, 0.6)
    for side in (1, -1):
        s.button(*arm_point(s, 716, 780, side), 8, s.mood.trim)
    s.focus = (520, 420)


def trench(s: Sheet) -> None:
    """Storm flap, epaulettes, a tied belt."""
    _inside(s, mixed(s.fabric.partner, "#b08a5c", 0.4), 500)
    arms(s, SLEEVE, angle=-7, over=0.7)
    half = "M520 226C560 234 600 248 624 268C606 360 596 450 596 560L668 1000C670 1022 660 1030 646 1032L424 1044L430 540C460 440 500 330 520 226Z"
    _front(s, half)
    _long_folds(s, 660, 1030, 190)
    arm_folds(s, (664, 540), (674, 780), 60)
    for side in (1, -1):
        s.stitch(
            f"M{450 + side * 140} 330L{450 + side * 146} 440C{450 + side * 120} 458 {450 + side * 100} 462 {450 + side * 76} 460"
        )
    s.piece(
        "M518 300C560 300 596 290 616 282C606 350 604 410 606 456C570 474 530 476 500 466Z",
        lift=195,
        over=0.6,
    )
    collar = "M450 258C490 258 514 232 522 202C546 202 570 214 586 232C598 270 594 310 580 344C540 350 508 326 492 300C478 284 462 266 450 258Z"
    lapel = "M580 340C596 356 606 364 612 366C590 430 520 500 446 560C452 490 478 390 494 306C520 336 548 346 580 340Z"
    _lapels(s, collar, lapel)
    for side in (1, -1):
        plan = "M560 246L640 286L632 304L552 268Z"
        s.piece(plan if side > 0 else flipped(plan), lift=215, soft=0.7, over=0.6)
        s.button(450 + side * 174, 288, 7, "#5b4332")
    for n in range(4):
        for x in (396, 512):
            y = 500 + n * 88 + (60 if n > 1 else 0)
            s.button(x, y, 13, "#5b4332")
    belt = "M298 610C380 626 520 626 602 610L604 648C520 664 380 664 296 648Z"
    s.piece(belt, lift=215, soft=0.7, over=0.8)
    s.stitch("M300 618C380 634 520 634 600 618", dash="6 4")
    s.stitch("M300 641C380 657 520 657 600 641", dash="6 4")
    s.piece("M452 650C448 720 440 780 424 830L458 838C476 780 484 720 484 650Z", lift=210, over=0.7)
    s.piece(
        "M436 600L496 600L496 660L436 660Z",
        s.fabric.plain("#6a4a35", "leather"),
        lift=225,
        soft=0.7,
        over=0.7,
    )
    s.piece("M450 614L482 614L482 646L450 646Z", lift=205, soft=0.5, over=0.2)
    _flap(s, 520, 740, 84, 34, 14)
    for side in (1, -1):
        a, b = arm_point(s, 612, 740, side), arm_point(s, 732, 728, side)
        s.stitch(f"M{a[0]:.0f} {a[1]:.0f}L{b[0]:.0f} {b[1]:.0f}", dash="8 4", width=3)
    s.focus = (500, 380)


def blazer(s: Sheet) -> None:
    """One button, notched lapels, a pocket for a handkerchief."""
    _inside(s, s.fabric.partner, 600)
    arms(s, SLEEVE, angle=-7, over=0.7)
    half = "M520 226C562 234 604 246 628 268C608 360 600 450 598 540C604 660 622 780 634 860C638 900 600 926 540 926C500 920 462 880 440 820L436 640C460 520 500 330 520 226Z"
    _front(s, half)
    arm_folds(s, (664, 560), (674, 780), 60)
    for side in (1, -1):
        s.seam(
            f"M{450 + side * 140} 430C{450 + side * 104} 560 {450 + side * 112} 700 {450 + side * 132} 880"
        )
        s.fold((450 + side * 142, 560), (450 + side * 60, 660), bend=14 * side, width=12, up=0.28)
        s.fold((450 + side * 146, 610), (450 + side * 50, 680), bend=10 * side, width=10, up=-0.26)
        s.fold((450 + side * 90, 720), (450 + side * 130, 890), bend=6, width=14, up=0.24)
    collar = "M450 250C490 252 512 232 520 206C540 206 560 216 572 230C576 262 572 290 562 312C530 320 506 308 492 292C478 276 462 258 450 250Z"
    lapel = "M562 308C570 326 580 338 592 344C572 440 510 560 448 652C452 560 478 400 494 298C520 318 540 318 562 308Z"
    _lapels(s, collar, lapel)
    s.line("M449 652L444 824", mixed(s.fabric.color, INK, 0.6), 1.8, 0.7)
    _flap(s, 496, 730, 108, 34, 4)
    s.piece("M520 450L588 438L590 462L524 474Z", lift=195, soft=0.5, over=0.4)
    if s.rng.random() < 0.5:
        s.piece(
            "M528 452L540 418L556 440L568 412L584 442Z", s.fabric.plain(s.fabric.partner), lift=205, over=0.4
        )
    s.button(456, 672, 13, s.mood.trim)
    for side in (1, -1):
        for n in range(3):
            s.button(*arm_point(s, 722, 736 + n * 24, side), 7, s.mood.trim)
    s.focus = (520, 400)


def jacket(s: Sheet) -> None:
    """Denim jacket: yoke, two pockets, metal buttons; in leather it becomes a biker with a zip."""
    biker = s.fabric.kind in ("leather", "suede")
    _inside(s, mixed(s.fabric.color, s.fabric.partner, 0.4), 420)
    arms(s, SLEEVE, angle=-7, over=0.7)
    half = "M522 226C562 234 606 250 630 272C610 360 604 430 606 520L616 790L434 796L434 400C470 350 508 290 522 226Z"
    _front(s, half)
    arm_folds(s, (664, 560), (674, 770), 60)
    for side in (1, -1):
        s.seam(f"M{450 + side * 170} 392C{450 + side * 120} 400 {450 + side * 60} 404 {450 + side * 10} 406")
        s.seam(f"M{450 + side * 110} 520C{450 + side * 104} 600 {450 + side * 92} 700 {450 + side * 84} 790")
        s.seam(f"M{450 + side * 40} 520C{450 + side * 44} 600 {450 + side * 40} 700 {450 + side * 36} 790")
        s.fold((450 + side * 150, 560), (450 + side * 60, 640), bend=14 * side, width=12, up=0.28)
        s.fold((450 + side * 152, 640), (450 + side * 70, 720), bend=14 * side, width=11, up=-0.26)
    gold = "#d9a860" if s.fabric.kind == "denim" else ""
    if biker:
        s.metal("M470 330C452 450 446 620 446 790", 12, "#c9cbcc")
        for side in (1, -1):
            s.metal(f"M{450 + side * 60} 620L{450 + side * 130} 580", 7, "#c9cbcc")
    else:
        for side in (1, -1):
            flap = "M486 406L580 400L582 432L534 456L488 438Z"
            box = "M490 420L578 414L572 512L534 526L494 516Z"
            for plan, lift in ((box, 188), (flap, 202)):
                s.piece(plan if side > 0 else flipped(plan), lift=lift, soft=0.6, over=0.45)
            s.button(450 + side * 84, 438, 8, "#b78a57")
            line = "M440 396C480 402 560 398 600 390"
            s.stitch(line if side > 0 else flipped(line), gold)
        s.stitch("M438 420L438 790", gold)
        s.stitch("M466 420L466 790", gold)
        for n in range(5):
            s.button(452, 440 + n * 72, 11, "#b78a57")
    s.piece(
        both("M450 792L618 786L622 838C560 850 500 854 450 854"),
        s.fabric.plain(kind="leather" if biker else s.fabric.kind),
        lift=195,
        soft=0.7,
        over=0.5,
    )
    s.stitch("M282 842C380 850 520 850 618 842", gold)
    collar = "M450 300C486 286 512 254 522 208C546 206 570 220 586 240C600 284 592 330 566 372C520 356 480 330 450 300Z"
    for side in (-1, 1):
        s.piece(collar if side > 0 else flipped(collar), angle=36 * side, lift=215, over=0.8)
        edge = "M464 306C496 332 530 350 560 360C582 326 588 286 576 246"
        s.stitch(edge if side > 0 else flipped(edge), gold)
    cuff = "M608 762L736 750L742 812C742 824 736 828 726 830L634 836C622 836 616 830 614 820Z"
    arms(s, cuff, angle=84, lift=195, soft=0.6, over=0.5)
    s.focus = (520, 430)


def puffer(s: Sheet) -> None:
    """Quilted channels, a high collar and a zip."""
    full = "M596 280C668 300 712 370 728 470L758 800C758 824 742 836 720 838L640 842C620 842 612 830 612 814L594 540Z"
    s.hollow("M370 220C410 250 490 250 530 220L530 330L370 330Z", s.fabric.color, 0.5)
    arms(s, full, angle=-7, over=0.7, lift=165)
    for side in (1, -1):
        for n in range(7):
            a, b = (
                arm_point(s, 600 + n * 4, 376 + n * 66, side),
                arm_point(s, 712 + n * 7, 362 + n * 66, side),
            )
            m = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + 10)
            s.seam(f"M{a[0]:.0f} {a[1]:.0f}Q{m[0]:.0f} {m[1]:.0f} {b[0]:.0f} {b[1]:.0f}", groove=3.4)
    s.piece(
        both(
            "M450 318C500 312 530 290 544 262C590 266 622 278 638 296C622 380 618 470 622 560L636 860C636 884 622 892 600 894C550 902 500 904 450 904"
        ),
        lift=185,
    )
    for n in range(8):
        y = 372 + n * 66
        s.seam(f"M270 {y}C330 {y + 18} 410 {y + 14} 446 {y + 6}", groove=3.6)
        s.seam(f"M454 {y + 6}C490 {y + 14} 570 {y + 18} 630 {y}", groove=3.6)
        for _ in range(5):
            x = s.rng.uniform(300, 600)
            s.fold((x, y + 10), (x + s.rng.uniform(-12, 12), y + s.rng.uniform(26, 46)), width=5, up=0.3)
            s.fold(
                (x + 20, y + 4),
                (x + 20 + s.rng.uniform(-12, 12), y - s.rng.uniform(16, 30)),
                width=5,
                up=-0.25,
            )
    s.piece(
        "M356 226C366 290 410 326 450 330C490 326 534 290 544 226C556 240 562 262 560 292C548 352 500 384 450 388C400 384 352 352 340 292C338 262 344 240 356 226Z",
        lift=215,
        over=0.8,
    )
    s.seam("M346 286C360 330 410 356 450 358C490 356 540 330 554 286", groove=3)
    s.metal("M450 334L450 896", 9, s.mood.trim)
    s.gloss = max(s.gloss, 0.3)
    s.focus = (470, 420)
