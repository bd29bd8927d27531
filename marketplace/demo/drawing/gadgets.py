"""Electronics, and things for dogs."""

from marketplace.demo.drawing.bags import stand
from marketplace.demo.drawing.fabrics import fabric_of
from marketplace.demo.drawing.palette import mixed
from marketplace.demo.drawing.paths import both, circle
from marketplace.demo.drawing.sheet import INK, Sheet


def headphones(s: Sheet) -> None:
    plastic = fabric_of("plastic", s.fabric.color, s.fabric.partner)
    soft = fabric_of("leather", mixed(s.fabric.color, INK, 0.35), s.fabric.partner)
    band = "M236 700C210 420 300 270 450 270C600 270 690 420 664 700L628 696C646 460 576 316 450 316C324 316 254 460 272 696Z"
    s.piece(band, plastic, lift=185, over=0.8)
    s.piece(
        "M330 344C380 296 520 296 570 344C586 370 580 384 566 376C520 336 380 336 334 376C320 384 314 370 330 344Z",
        soft,
        lift=215,
        over=0.6,
    )
    for side in (1, -1):
        x = 450 + side * 196
        s.metal(f"M{x} 560L{x} 640", 12, s.mood.trim)
        s.piece(circle(x - side * 26, 740, 66, 118), soft, lift=175, over=0.8)
        s.piece(circle(x + side * 8, 740, 62, 110), plastic, lift=205, over=0.7)
        s.piece(
            circle(x + side * 14, 740, 36, 68),
            fabric_of("metal", s.mood.trim, s.mood.trim),
            lift=220,
            soft=0.6,
            over=0.3,
        )
    s.metal("M260 856C250 940 330 960 400 930C480 900 520 980 620 950", 7, mixed(s.fabric.color, INK, 0.4))
    s.gloss = 0.5
    s.focus = (640, 740)


def phone(s: Sheet) -> None:
    """A phone lying on its face with its cameras up, in its colour."""
    shell = fabric_of("satin", s.fabric.color, s.fabric.partner)
    s.piece(
        "M300 270C300 240 320 222 350 222L560 222C590 222 608 240 608 270L608 920C608 950 590 968 560 968L350 968C320 968 300 950 300 920Z",
        fabric_of("metal", s.mood.trim, s.mood.trim),
        lift=170,
    )
    s.piece(
        "M308 276C308 248 326 230 354 230L554 230C582 230 600 248 600 276L600 914C600 942 582 960 554 960L354 960C326 960 308 942 308 914Z",
        shell,
        lift=180,
        soft=0.5,
        over=0.0,
    )
    s.piece(
        "M326 256C326 250 332 246 340 246L456 246C466 246 470 250 470 258L470 380C470 390 464 394 456 394L340 394C330 394 326 390 326 380Z",
        fabric_of("glass", mixed(s.fabric.color, "#ffffff", 0.12), ""),
        lift=205,
        soft=0.6,
        over=0.5,
    )
    for x, y in ((366, 288), (366, 352), (430, 320)):
        s.metal(circle(x, y, 24), 8, mixed(s.mood.trim, INK, 0.2))
        s.flat(circle(x, y, 20), "#15171b")
        s.flat(circle(x - 6, y - 6, 6), "#8fa6c0", 0.8)
    s.flat("M540 230L600 290L600 700L430 960L354 960Z", "#ffffff", 0.06)
    s.flat(circle(450, 600, 26), mixed(s.fabric.color, "#ffffff", 0.35), 0.7)
    s.gloss = 0.6
    s.focus = (410, 330)


def camera(s: Sheet) -> None:
    stand(s, 876, 290)
    metal = fabric_of("metal", "#c4c2bd", "#c4c2bd")
    skin = fabric_of("leather", s.fabric.color, s.fabric.partner)
    s.piece("M250 500L330 500L330 540L250 540Z", metal, lift=170, soft=0.6)
    s.piece("M560 476L660 476L660 540L560 540Z", metal, lift=180, soft=0.6)
    s.piece("M376 440L524 440L560 540L340 540Z", metal, lift=190, soft=0.7)
    s.piece(
        "M176 530C176 516 186 510 200 510L700 510C714 510 724 516 724 530L724 860C724 878 714 886 700 886L200 886C186 886 176 878 176 860Z",
        metal,
        lift=175,
    )
    s.piece("M176 580L724 580L724 820L176 820Z", skin, lift=180, soft=0.4, over=0.2)
    s.piece(
        "M404 456L496 456L506 500L394 500Z", fabric_of("glass", "#28323c", ""), lift=160, soft=0.4, over=0.0
    )
    for r, tone, lift in (
        (150, "#8d8b86", 195),
        (132, "#2a2826", 205),
        (104, "#1d1c1c", 190),
        (78, "#26303a", 175),
    ):
        s.piece(circle(450, 704, r), fabric_of("metal", tone, tone), lift=lift, soft=0.7, over=0.4)
    s.flat(circle(450, 704, 54), "#3c5a70", 0.8)
    s.flat(circle(450, 704, 30), "#16191d", 0.9)
    s.flat(circle(420, 672, 17), "#ffffff", 0.6)
    s.flat(circle(480, 738, 8), "#ffffff", 0.3)
    s.button(230, 550, 13, "#b3412f")
    s.gloss = 0.6
    s.focus = (450, 700)


def collar(s: Sheet) -> None:
    """A dog collar with a buckle and a name tag."""
    inside = s.fabric.plain(mixed(s.fabric.color, INK, 0.35))
    s.piece(circle(450, 520, 250, 210), inside, lift=140, over=0.6, hole=circle(450, 530, 232, 178))
    s.piece(
        "M200 520C204 660 320 748 450 748C580 748 696 660 700 520C712 560 712 600 704 632C670 750 570 816 450 816C330 816 230 750 196 632C188 600 188 560 200 520Z",
        lift=205,
        over=1.0,
    )
    s.stitch("M204 560C220 680 330 760 450 760C570 760 680 680 696 560", dash="7 5", width=1.8)
    s.stitch("M202 624C236 736 340 800 450 800C560 800 664 736 698 624", dash="7 5", width=1.8)
    s.metal("M560 728L630 682L668 752L596 800Z", 13, s.mood.trim)
    s.metal(circle(430, 836, 17), 6, s.mood.trim)
    s.piece(
        "M430 852C460 842 500 856 500 890C500 930 460 960 430 976C400 960 360 930 360 890C360 856 400 842 430 852Z",
        fabric_of("metal", s.mood.trim, ""),
        lift=215,
        over=0.8,
    )
    s.line("M398 896L462 896", INK, 6, 0.6)
    s.line("M410 916L450 916", INK, 4, 0.5)
    s.gloss = max(s.gloss, 0.35)
    s.focus = (450, 800)


def dog_coat(s: Sheet) -> None:
    """A little coat laid flat: rounded back, a belly strap, a turned-down collar."""
    strap = s.fabric.plain(mixed(s.fabric.color, INK, 0.2))
    s.piece("M170 560C100 566 84 620 96 668C110 690 190 680 240 664Z", strap, lift=150)
    s.piece("M730 560C800 566 816 620 804 668C790 690 710 680 660 664Z", strap, lift=150)
    s.piece(
        both(
            "M450 330C510 330 566 300 600 262C650 300 690 360 708 440C736 560 742 760 700 880C670 948 560 972 450 972"
        ),
        lift=185,
    )
    s.piece(
        both("M450 372C520 370 590 330 624 262C600 232 570 216 540 210C520 250 490 268 450 270"),
        s.fabric.plain(s.fabric.partner, "fleece"),
        lift=215,
        over=0.9,
    )
    s.seam("M450 384C446 560 452 760 450 966", groove=1.2)
    s.stitch(
        "M700 460C724 580 728 750 688 868C660 930 556 956 450 956C344 956 240 930 212 868C172 750 176 580 200 460",
        dash="7 5",
        width=1.8,
    )
    s.piece(
        "M400 520L500 520L500 548L400 548Z", s.fabric.plain(s.fabric.partner), lift=205, soft=0.5, over=0.4
    )
    s.metal(circle(450, 534, 12), 5, s.mood.trim)
    for side in (1, -1):
        s.fold((450 + side * 120, 420), (450 + side * 210, 840), bend=20 * side, width=26, up=0.26)
        s.fold((450 + side * 250, 560), (450 + side * 150, 900), bend=-16 * side, width=20, up=-0.24)
        s.fold((450 + side * 60, 430), (450 + side * 40, 940), bend=12 * side, width=20, up=0.16)
        s.button(450 + side * 312, 622, 14, s.mood.trim)
    s.focus = (450, 430)
