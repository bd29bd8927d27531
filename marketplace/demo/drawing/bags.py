"""Bags: tote, shoulder bag, backpack, purse."""

from marketplace.demo.drawing.palette import mixed
from marketplace.demo.drawing.paths import both, circle, flipped
from marketplace.demo.drawing.sheet import INK, Sheet


def stand(s: Sheet, floor: float, half: float) -> None:
    """Puts what is drawn next on the table."""
    s.stands, s.sway, s.turn = True, 2.5, 0.0
    s.ground(circle(450, floor, half, 15), 0.6)
    s.ground(circle(490, floor + 12, half * 1.08, 40), 0.24)


def tote(s: Sheet) -> None:
    """Canvas or leather shopper with two long handles."""
    stand(s, 966, 266)
    back = "M330 480C326 330 380 262 450 262C520 262 574 330 570 480L540 480C544 350 506 292 450 292C394 292 356 350 360 480Z"
    s.piece(back, s.fabric.plain(mixed(s.fabric.color, INK, 0.2)), lift=150, over=0.3)
    s.hollow("M206 470C300 446 600 446 694 470L690 500L210 500Z", s.fabric.color, 0.5)
    s.piece(
        both(
            "M450 492C540 490 640 484 700 470C706 620 700 800 678 950C676 964 668 970 654 972C580 980 520 980 450 980"
        ),
        lift=180,
    )
    s.seam("M202 516C300 536 600 536 698 516", groove=0.8)
    front = "M320 620C318 420 366 330 450 330C534 330 582 420 580 620L550 622C552 440 512 362 450 362C388 362 348 440 350 622Z"
    s.piece(
        front,
        s.fabric.plain(s.mood.trim if s.fabric.kind != "leather" else s.fabric.color, "leather"),
        lift=205,
        over=0.8,
    )
    for x in (335, 565):
        s.piece(
            f"M{x - 24} 590L{x + 24} 590L{x + 24} 660L{x} 684L{x - 24} 660Z",
            s.fabric.plain(s.mood.trim if s.fabric.kind != "leather" else s.fabric.color, "leather"),
            lift=212,
            soft=0.6,
            over=0.5,
        )
        s.button(x, 640, 7, "#c9a262")
    for side in (1, -1):
        s.fold((450 + side * 236, 520), (450 + side * 190, 930), bend=14 * side, width=22, up=-0.28)
        s.fold((450 + side * 120, 540), (450 + side * 80, 900), bend=-12 * side, width=24, up=0.2)
        s.fold((450 + side * 210, 960), (450 + side * 90, 820), bend=10 * side, width=12, up=0.28)
    s.fold((300, 760), (600, 800), bend=20, width=18, up=0.16)
    if s.rng.random() < 0.5:
        s.piece(
            "M398 730L502 730L502 800L398 800Z",
            s.fabric.plain(s.fabric.partner),
            lift=195,
            soft=0.5,
            over=0.3,
        )
        s.stitch("M404 736L496 736L496 794L404 794Z", dash="5 4", width=1.5)
    s.focus = (380, 620)


def shoulder(s: Sheet) -> None:
    """A half-moon flap, a thin strap and a clasp."""
    stand(s, 936, 250)
    s.metal("M252 560C220 330 330 230 450 230C570 230 680 330 648 560", 15, s.fabric.color)
    s.piece(
        both(
            "M450 520C540 520 620 524 660 546C700 640 712 780 690 890C684 926 660 944 620 946C560 950 500 950 450 950"
        ),
        lift=175,
    )
    flap = "M450 508C540 508 640 516 672 546C690 620 680 720 600 770C560 796 500 806 450 806"
    s.piece(both(flap), lift=198, over=0.8)
    s.stitch(
        "M242 566C232 640 236 716 306 758C400 806 500 806 594 758C664 716 668 640 658 566",
        dash="7 5",
        width=1.8,
    )
    s.fold((300, 540), (600, 536), bend=-14, width=20, up=0.3)
    s.fold((280, 720), (560, 770), bend=30, width=18, up=0.22)
    for side in (1, -1):
        s.metal(circle(450 + side * 200, 548, 17), 7, s.mood.trim)
        s.fold((450 + side * 236, 660), (450 + side * 210, 900), bend=10 * side, width=20, up=-0.26)
    gold = s.mood.trim
    s.piece(
        "M424 770L476 770L480 832C470 846 430 846 420 832Z",
        s.fabric.plain(gold, "metal"),
        lift=225,
        soft=0.7,
        over=0.8,
    )
    s.metal("M440 790L460 790L460 822L440 822Z", 5, mixed(gold, "#ffffff", 0.3))
    s.gloss = max(s.gloss, 0.45)
    s.focus = (450, 760)


def backpack(s: Sheet) -> None:
    """A rounded daypack with a front pocket."""
    stand(s, 980, 236)
    s.metal("M414 300C410 240 424 214 450 214C476 214 490 240 486 300", 18, mixed(s.fabric.color, INK, 0.25))
    for side in (1, -1):
        plan = "M640 470C690 560 706 720 676 880L646 876C664 730 650 590 616 500Z"
        s.piece(
            plan if side > 0 else flipped(plan),
            s.fabric.plain(mixed(s.fabric.color, INK, 0.25)),
            lift=150,
            over=0.3,
        )
    s.piece(
        both(
            "M450 282C560 282 640 340 656 470C672 620 668 800 650 930C644 966 620 982 580 986C530 990 490 990 450 990"
        ),
        lift=180,
    )
    s.metal("M268 520C262 380 340 318 450 318C560 318 638 380 632 520", 8, mixed(s.mood.trim, INK, 0.25))
    s.line(
        "M254 536C248 370 336 300 450 300C564 300 652 370 646 536", mixed(s.fabric.color, INK, 0.5), 2, 0.5
    )
    s.piece(
        both("M450 610C540 606 600 612 622 640C634 730 634 850 618 920C606 950 560 960 450 962"),
        lift=202,
        over=0.7,
    )
    s.metal("M296 668C380 650 520 650 604 668", 8, mixed(s.mood.trim, INK, 0.25))
    s.metal("M590 664L600 716", 6, s.mood.trim)
    leather = s.fabric.plain("#9a6a43", "leather")
    s.piece("M420 440L480 440L480 500L450 520L420 500Z", leather, lift=205, soft=0.6, over=0.5)
    s.flat("M434 462L466 462L466 468L434 468Z", mixed("#9a6a43", INK, 0.7))
    s.flat("M434 480L466 480L466 486L434 486Z", mixed("#9a6a43", INK, 0.7))
    s.piece(
        "M390 740L510 740L510 800L390 800Z", s.fabric.plain(s.fabric.partner), lift=212, soft=0.5, over=0.3
    )
    s.line("M412 770L488 770", mixed(s.fabric.partner, INK, 0.7), 7, 0.8)
    for side in (1, -1):
        s.fold((450 + side * 150, 360), (450 + side * 180, 600), bend=10 * side, width=24, up=0.22)
        s.fold((450 + side * 196, 620), (450 + side * 188, 940), bend=6, width=14, up=-0.3)
    s.fold((330, 860), (580, 880), bend=16, width=16, up=0.2)
    s.focus = (450, 560)


def purse(s: Sheet) -> None:
    """A small wallet with a press stud, lying on the paper."""
    s.piece(
        both("M450 430C560 430 660 432 690 446C706 520 706 700 690 772C660 786 560 790 450 790"), lift=175
    )
    s.piece(
        both("M450 424C560 424 664 428 694 444C700 500 696 560 672 590C600 620 520 628 450 628"),
        lift=200,
        over=0.8,
    )
    s.stitch(
        "M218 460C210 520 216 560 240 578C380 620 520 620 660 578C684 560 690 520 682 460",
        dash="7 5",
        width=1.8,
    )
    s.stitch(
        "M218 620C216 680 216 720 224 760C380 776 520 776 676 760C684 720 684 680 682 620",
        dash="7 5",
        width=1.8,
    )
    s.metal(circle(450, 584, 15), 8, s.mood.trim)
    s.fold((270, 470), (640, 480), bend=12, width=20, up=0.26)
    s.fold((260, 700), (640, 720), bend=-14, width=20, up=0.2)
    s.gloss = max(s.gloss, 0.4)
    s.focus = (450, 560)
