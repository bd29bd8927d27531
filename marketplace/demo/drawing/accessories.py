"""Hats, scarf, belt, tie, socks."""

from math import cos, sin

from marketplace.demo.drawing.palette import mixed
from marketplace.demo.drawing.paths import circle
from marketplace.demo.drawing.sheet import INK, Sheet


def hat(s: Sheet) -> None:
    """A brimmed hat with a ribbon, seen from a little above."""
    s.piece(
        "M110 690C120 600 260 560 450 560C640 560 780 600 790 690C796 780 640 830 450 830C260 830 104 780 110 690Z",
        lift=160,
    )
    s.fold((150, 700), (420, 800), bend=-40, width=20, up=0.3)
    s.fold((560, 800), (750, 700), bend=-34, width=22, up=-0.2)
    s.piece(
        "M238 690C232 560 270 420 340 392C380 376 410 400 450 400C490 400 520 376 560 392C630 420 668 560 662 690C600 740 300 740 238 690Z",
        lift=205,
        over=1.3,
    )
    ribbon = s.fabric.plain(mixed(s.fabric.partner, INK, 0.25), "rib")
    s.piece(
        "M238 650C300 700 600 700 662 650L664 702C600 752 300 752 236 702Z",
        ribbon,
        lift=212,
        soft=0.6,
        over=0.6,
    )
    s.piece("M240 660C210 640 180 650 176 676C180 704 212 712 240 696Z", ribbon, lift=220, soft=0.6, over=0.6)
    s.fold((450, 420), (450, 560), bend=6, width=40, up=-0.5)
    s.fold((350, 420), (300, 620), bend=10, width=20, up=0.3)
    s.fold((560, 430), (600, 640), bend=-10, width=18, up=-0.24)
    s.stitch("M136 700C150 780 290 812 450 812C610 812 750 780 764 700", dash="9 6", width=1.6)
    s.focus = (360, 640)


def cap(s: Sheet) -> None:
    """Baseball cap, seen from the front and side."""
    s.piece("M220 640C206 460 320 360 450 360C580 360 694 460 680 640C600 690 300 690 220 640Z", lift=185)
    for x, b in ((330, -60), (450, 0), (570, 60)):
        s.seam(f"M450 362C{x} 420 {x + b * 0.4} 520 {x + b * 0.3} 664")
    s.piece(
        "M224 636C320 610 580 610 676 636C730 690 730 760 690 800C600 740 300 740 210 800C170 760 170 690 224 636Z",
        lift=205,
        over=0.9,
    )
    for n in range(5):
        y = 664 + n * 22
        s.stitch(
            f"M{226 - n * 6} {y + 10}C340 {y - 22} 560 {y - 22} {674 + n * 6} {y + 10}", dash="6 4", width=1.5
        )
    s.button(450, 362, 13, s.fabric.color)
    for x in (376, 524):
        s.flat(circle(x, 470, 7), mixed(s.fabric.color, INK, 0.6))
    s.piece(
        "M404 520L496 520L496 590L404 590Z", s.fabric.plain(s.fabric.partner), lift=200, soft=0.5, over=0.3
    )
    s.line("M424 572L450 536L476 572", mixed(s.fabric.partner, INK, 0.65), 8)
    s.focus = (450, 560)


def beanie(s: Sheet) -> None:
    rib = s.fabric.plain(kind="rib")
    s.piece("M240 720C214 520 300 350 450 346C600 350 686 520 660 720Z", lift=182)
    for n in range(9):
        t = n / 8 * 2 - 1
        s.fold((450 + t * 40, 366), (450 + t * 200, 690), bend=-t * 44, width=9, up=0.3 * (-1) ** n)
    s.piece(
        "M222 680C300 706 600 706 678 680C690 730 690 790 676 836C600 866 300 866 224 836C210 790 210 730 222 680Z",
        rib,
        lift=205,
        over=0.8,
    )
    if s.rng.random() < 0.6:
        pom = s.fabric.plain(mixed(s.fabric.partner, s.fabric.color, 0.2), "fleece")
        s.piece(circle(450, 300, 82), pom, lift=215, over=0.7)
        for n in range(60):
            a = n * 2.4
            r = 78 + n * 7 % 14
            s.line(
                f"M{450 + 50 * cos(a):.0f} {300 + 50 * sin(a):.0f}L{450 + r * cos(a):.0f} {300 + r * sin(a):.0f}",
                mixed(pom.color, INK if n % 2 else "#ffffff", 0.18),
                3,
                0.8,
            )
    s.focus = (450, 740)


def scarf(s: Sheet) -> None:
    """Folded lengthwise and once across, with fringed ends that do not quite meet."""
    under = "M470 250C540 236 610 244 660 262C668 480 656 760 676 990L500 1004C492 760 486 500 470 250Z"
    over = "M250 300C250 240 330 210 450 212C560 214 640 230 660 270C650 330 590 352 540 360C546 560 536 720 548 900L286 916C270 720 262 480 250 300Z"
    for x0, x1, y, lean in ((506, 672, 992, 6), (292, 544, 902, -4)):
        count = int((x1 - x0) / 11)
        for n in range(count + 1):
            x = x0 + (x1 - x0) * n / count
            tip = x + lean + s.rng.uniform(-7, 7)
            s.metal(
                f"M{x:.0f} {y}C{x - 4:.0f} {y + 22} {x + 6:.0f} {y + 44} {tip:.0f} {y + 72}",
                6,
                mixed(s.fabric.color, INK, 0.1 * (n % 3)),
            )
        s.piece(
            under if x0 > 400 else over, angle=-2 if x0 > 400 else 3, lift=165 if x0 > 400 else 195, over=1.0
        )
        for n in range(5):
            x = x0 + (x1 - x0) * (n + 0.5) / 5
            s.fold(
                (x - 10, 330),
                (x + s.rng.uniform(-14, 14), y - 20),
                bend=s.rng.uniform(-16, 16),
                width=13,
                up=0.28 * (-1) ** n,
            )
    s.fold((270, 262), (640, 282), bend=20, width=22, up=0.4)
    s.fold((262, 320), (560, 350), bend=16, width=14, up=-0.36)
    s.focus = (430, 700)


def belt(s: Sheet) -> None:
    """Rolled up, the buckle in front."""
    for r in (214, 176, 138):
        s.piece(
            circle(440, 620, r, r * 0.94), lift=150 + (214 - r) // 2, soft=1.4, over=0.8, hole=circle(440, 620, 100, 94)
        )  # fmt: skip
        s.stitch(circle(440, 620, r - 9, r * 0.94 - 9), dash="6 5", width=1.4)
    s.piece("M400 800C500 812 620 806 716 770L726 828C620 872 500 880 396 862Z", lift=205, over=1.0)
    s.stitch("M404 812C500 822 620 818 714 784", dash="6 5", width=1.5)
    s.stitch("M402 850C500 866 620 860 720 818", dash="6 5", width=1.5)
    s.metal("M640 760L742 734L764 842L662 866Z", 15, s.mood.trim)
    s.metal("M652 812L756 786", 8, s.mood.trim)
    for n in range(4):
        s.flat(circle(440 + n * 46, 836 - n * 2, 6), mixed(s.fabric.color, INK, 0.7))
    s.gloss = max(s.gloss, 0.4)
    s.focus = (660, 800)


def tie(s: Sheet) -> None:
    """Knotted, with the loop for the neck above."""
    loop = "M450 330C350 300 320 220 340 150C360 90 540 90 560 150C580 220 550 300 450 330Z"
    inner = "M450 296C388 276 366 220 378 172C392 136 508 136 522 172C534 220 512 276 450 296Z"
    s.piece(loop, angle=30, lift=160, hole=inner)
    s.piece("M440 330C480 330 500 340 496 360L470 700L540 940L450 1030L366 930L440 690Z", angle=44, lift=175)
    s.piece("M404 300L496 290L520 340L474 410L426 412L388 350Z", angle=-30, lift=210, over=1.0)
    s.fold((450, 420), (400, 900), bend=10, width=16, up=0.3)
    s.fold((470, 420), (500, 900), bend=-8, width=12, up=-0.24)
    s.gloss = max(s.gloss, 0.35)
    s.focus = (450, 420)


def socks(s: Sheet) -> None:
    rib = s.fabric.plain(kind="rib")
    heel_tone = s.fabric.plain(s.fabric.partner)
    for dx, lift in ((110, 165), (-50, 190)):

        def m(plan: str, dx: float = dx) -> str:
            from marketplace.demo.drawing.paths import mapped

            return mapped(plan, lambda x, y: (x + dx, y - dx * 0.3))

        s.piece(
            m(
                "M330 330L470 330C474 460 470 560 488 660C510 740 600 800 690 830C730 850 730 920 680 930C560 940 400 900 350 800C320 700 330 500 330 330Z"
            ),
            lift=lift,
            over=0.9,
        )
        s.piece(
            m("M346 740C380 700 440 690 486 664C500 720 440 830 376 836C356 806 350 780 346 740Z"),
            heel_tone,
            lift=lift + 8,
            soft=0.6,
            over=0.3,
        )
        s.piece(
            m("M636 806C690 828 726 850 722 890C710 930 660 934 606 928C616 890 620 850 636 806Z"),
            heel_tone,
            lift=lift + 8,
            soft=0.6,
            over=0.3,
        )
        s.piece(m("M322 300L478 300L474 390L326 390Z"), rib, lift=lift + 12, soft=0.7, over=0.4)
        for n in range(3):
            s.fold(
                (360 + dx, 560 + n * 50 - dx * 0.3),
                (470 + dx, 590 + n * 40 - dx * 0.3),
                bend=10,
                width=9,
                up=0.3 * (-1) ** n,
            )
    s.focus = (400, 740)
