"""Shoes: a pair on a table, seen from the side; one behind, one before."""

from collections.abc import Callable

from marketplace.demo.drawing.fabrics import fabric_of
from marketplace.demo.drawing.palette import mixed
from marketplace.demo.drawing.paths import circle
from marketplace.demo.drawing.sheet import INK, Sheet


def pair(s: Sheet, one: Callable[[Sheet], None], floor: float, left: float = 160, right: float = 760) -> None:
    """Draws one shoe behind and one in front."""
    s.stands, s.sway, s.turn = True, 1.5, 0.0
    middle, half = (left + right) / 2, (right - left) / 2
    for dx, dy in ((62, -74), (-36, 36)):
        s.offset = (dx, dy)
        s.ground(circle(middle + 10, floor, half, 13), 0.62)
        s.ground(circle(middle + 46, floor + 10, half * 1.04, 34), 0.22)
        one(s)
    s.offset = (0.0, 0.0)


def _sole(s: Sheet, plan: str, color: str, lift: int = 150) -> None:
    s.piece(plan, fabric_of("plastic", color, color), lift=lift, soft=0.8, over=0.2)


def sneaker(s: Sheet) -> None:
    white = mixed("#f5f1e8", s.mood.paper, 0.08)
    partner = s.fabric.plain(s.fabric.partner, "suede")

    def one(s: Sheet) -> None:
        s.piece("M318 664C318 622 344 590 380 584C402 604 420 650 436 706L372 690Z", lift=150, over=0.3)
        s.hollow("M196 668C230 640 300 636 352 664C330 690 262 700 196 668Z", s.fabric.color, 0.5)
        s.piece(
            "M176 878C164 800 168 726 186 672C192 652 216 648 236 662C262 682 300 690 334 666C350 656 366 660 380 674L524 772"
            "C604 800 692 806 740 842C760 858 758 876 748 880Z", lift=180,
        )  # fmt: skip
        s.piece(
            "M616 880C610 834 634 806 668 802C716 814 760 846 752 880Z", partner, lift=195, soft=0.8, over=0.4
        )
        s.piece(
            "M174 880C164 800 168 726 186 672C206 660 226 672 232 700C240 770 262 830 300 880Z",
            partner,
            lift=195,
            soft=0.8,
            over=0.4,
        )
        s.piece(
            "M336 668L536 778C524 812 484 838 446 840C396 806 352 744 322 694Z", lift=198, soft=0.8, over=0.45
        )
        s.piece(
            "M330 880C380 850 450 800 468 742L512 766C500 820 440 870 410 880Z",
            partner,
            lift=188,
            soft=0.6,
            over=0.4,
        )
        s.stitch("M618 870C614 836 636 812 668 810C710 820 744 846 744 870", dash="5 4", width=1.5)
        s.stitch("M344 690C366 740 400 796 448 830C484 826 512 808 524 784", dash="5 4", width=1.5)
        s.stitch("M226 690C236 770 254 826 286 872", dash="5 4", width=1.5)
        for n in range(5):
            x, y = 366 + n * 36, 700 + n * 22
            s.flat(circle(x - 6, y + 16, 6), mixed(s.mood.trim, INK, 0.4))
            s.metal(f"M{x - 6} {y + 16}C{x + 2} {y - 14} {x + 10} {y - 24} {x + 26} {y - 22}", 9, white)
        s.metal("M392 690C420 650 470 640 486 668C470 690 430 694 400 690C380 720 384 760 410 778", 7, white)
        s.metal("M392 690C370 650 330 640 312 660", 7, white)
        _sole(
            s,
            "M158 872C146 906 152 934 184 936L706 936C762 936 786 906 774 876C766 862 742 864 720 870C560 880 330 880 186 868C172 866 162 866 158 872Z",
            white,
        )
        s.line("M160 902C330 912 600 912 776 898", mixed(white, s.fabric.color, 0.55), 4, 0.7)
        for n in range(30):
            s.line(f"M{180 + n * 19} 924L{180 + n * 19} 935", mixed(white, INK, 0.35), 1.6, 0.5)

    pair(s, one, 938)
    s.focus = (420, 760)


def boot(s: Sheet) -> None:
    """Ankle boot with a block heel; laced, or with elastic at the side."""
    laced = s.rng.random() < 0.5
    sole = mixed(s.fabric.color, INK, 0.55)

    def one(s: Sheet) -> None:
        s.hollow("M212 470C260 446 400 446 444 470C420 500 240 500 212 470Z", s.fabric.color, 0.5)
        s.piece(
            "M210 474C270 496 390 496 446 474C446 560 440 640 470 706C520 760 640 770 716 818C756 846 760 884 752 892L212 892"
            "C196 800 226 700 216 600C212 560 208 520 210 474Z", lift=180,
        )  # fmt: skip
        s.fold((240, 700), (430, 660), bend=18, width=14, up=0.34)
        s.fold((236, 740), (450, 712), bend=16, width=12, up=-0.34)
        s.fold((250, 640), (420, 612), bend=14, width=12, up=-0.26)
        s.fold((520, 790), (700, 830), bend=-12, width=18, up=0.34)
        s.fold((300, 480), (286, 680), width=22, up=0.26)
        if laced:
            s.piece(
                "M398 482L446 474C446 560 440 640 470 706C500 742 540 752 570 762C540 790 500 790 470 780C420 720 396 600 398 482Z",
                lift=196,
                soft=0.8,
                over=0.4,
            )
            for n in range(7):
                y = 510 + n * 36
                x = 432 + max(0, n - 4) * 20
                s.metal(
                    f"M{x - 26} {y + 10}C{x - 4} {y - 6} {x + 12} {y - 8} {x + 20} {y - 4}",
                    8,
                    mixed(s.fabric.color, INK, 0.5),
                )
                s.flat(circle(x - 28, y + 12, 6), s.mood.trim)
        else:
            s.piece(
                "M296 500L372 500C376 590 366 660 340 716C310 660 294 590 296 500Z",
                s.fabric.plain(mixed(s.fabric.color, INK, 0.35), "rib"),
                lift=165,
                over=0.2,
            )
            s.piece("M196 452L216 448L222 510L204 514Z", lift=200, soft=0.6, over=0.5)
        s.piece("M560 892C556 850 590 796 640 786C690 800 752 836 754 892Z", lift=192, soft=0.6, over=0.3)
        s.stitch("M566 884C562 850 592 806 638 796", dash="5 4", width=1.6)
        s.seam("M212 800C290 780 380 790 440 892")
        _sole(s, "M206 888L756 888C768 900 764 916 744 918L360 918L350 904L206 904Z", sole)
        _sole(s, "M206 900L346 900C336 930 336 950 340 972L218 972C208 950 204 926 206 900Z", sole, 165)

    pair(s, one, 972, 200, 760)
    s.gloss = max(s.gloss, 0.4)
    s.focus = (420, 640)


def heel(s: Sheet) -> None:
    """A pump with a slender heel, sometimes with an ankle strap."""
    strap = s.rng.random() < 0.5

    def one(s: Sheet) -> None:
        s.hollow(
            "M196 676C220 650 250 650 268 680C330 760 440 820 560 836C540 860 470 868 400 850C310 820 240 760 196 676Z",
            mixed(s.fabric.partner, "#d8b48c", 0.5),
            0.15,
        )
        s.piece(
            "M194 672C182 720 186 760 214 800C300 812 380 860 450 912C540 932 640 930 720 930C752 928 764 910 752 892"
            "C720 852 660 828 596 824C560 840 520 858 470 866C380 858 280 800 230 700C220 676 206 664 194 672Z", lift=185,
        )  # fmt: skip
        s.fold((600, 850), (720, 896), bend=-12, width=16, up=0.4)
        s.fold((240, 770), (420, 876), bend=10, width=12, up=0.26)
        if strap:
            s.metal(
                "M214 690C240 640 340 620 372 650C388 672 352 690 300 690C260 690 230 700 216 704",
                11,
                s.fabric.color,
            )
            s.button(366, 660, 8, s.mood.trim)
        _sole(
            s,
            "M450 912C540 934 640 934 724 932C756 930 768 906 754 894C760 920 740 926 716 926C620 926 520 924 450 906C380 856 300 808 214 796L214 806C300 818 384 866 450 912Z",
            mixed(s.fabric.color, INK, 0.6),
            140,
        )
        s.piece(
            "M188 760C200 790 240 806 268 812C250 850 246 890 248 940L222 940C222 880 200 820 188 760Z",
            lift=170,
            soft=0.7,
            over=0.3,
        )

    pair(s, one, 938, 200, 760)
    s.gloss = max(s.gloss, 0.5)
    s.focus = (600, 860)


def loafer(s: Sheet) -> None:
    """Penny loafer with an apron seam and a low heel."""
    dark = mixed(s.fabric.color, INK, 0.6)

    def one(s: Sheet) -> None:
        s.hollow(
            "M186 726C240 700 340 700 420 740C400 770 240 770 186 726Z",
            mixed("#cfa878", s.fabric.color, 0.3),
            0.25,
        )
        s.piece(
            "M178 726C230 752 330 764 404 738C440 724 480 728 520 744C610 774 700 800 748 850C764 872 764 890 754 896L178 896"
            "C164 840 166 780 178 726Z", lift=180,
        )  # fmt: skip
        s.piece(
            "M404 740C440 706 490 712 530 744C600 776 690 806 736 850C680 850 610 850 560 846C500 836 440 800 404 740Z",
            lift=192,
            soft=0.7,
            over=0.5,
        )
        s.stitch("M410 756C446 812 500 846 560 856C610 860 680 860 730 858", dash="4 5", width=3)
        s.piece(
            "M380 744C420 706 470 716 500 736C496 790 470 850 430 892L352 892C400 850 396 790 380 744Z",
            lift=205,
            soft=0.8,
            over=0.5,
        )
        s.flat("M400 786L470 776L466 794L404 804Z", mixed(s.fabric.color, INK, 0.7))
        s.seam("M178 820C230 830 290 850 330 894")
        s.fold((560, 780), (700, 830), bend=-10, width=14, up=0.4)
        s.fold((220, 780), (360, 790), bend=8, width=14, up=0.3)
        _sole(s, "M172 890L760 890C776 904 770 922 748 922L362 922L350 910L172 910Z", dark)
        _sole(s, "M172 904L344 904L340 950L176 950Z", dark, 160)

    pair(s, one, 948, 170, 764)
    s.gloss = max(s.gloss, 0.5)
    s.focus = (470, 790)


def sandal(s: Sheet) -> None:
    """A clog: closed toe, open heel, a strap with a buckle, a cork sole."""
    cork = "#c49a6c"

    def one(s: Sheet) -> None:
        s.piece(
            "M166 842C190 808 250 824 310 846C420 876 560 858 660 844C724 840 768 860 764 888L166 888Z",
            s.fabric.plain("#e3c9a4", "suede"),
            lift=150,
            over=0.2,
        )
        s.hollow("M330 850C330 780 380 742 452 736C480 760 470 820 430 866Z", s.fabric.color, 0.55)
        s.piece(
            "M410 890C430 836 440 780 436 734C560 722 690 776 746 832C770 860 770 880 764 890Z",
            lift=190,
            over=0.5,
        )
        s.piece(
            "M352 888C350 816 384 748 448 728L506 730C486 780 470 836 468 888Z", lift=205, soft=0.8, over=0.6
        )
        s.stitch("M482 744C464 790 452 836 450 878", dash="6 4", width=1.6)
        s.stitch("M366 878C368 816 396 764 446 744", dash="6 4", width=1.6)
        s.metal("M398 790L446 770L458 812L410 832Z", 7, s.mood.trim)
        s.fold((540, 752), (716, 836), bend=-14, width=22, up=0.36)
        s.fold((500, 860), (740, 872), bend=-8, width=10, up=-0.24)
        _sole(
            s,
            "M160 872C300 892 420 884 560 884C640 884 720 880 768 876C784 902 768 930 738 934L190 934C162 932 150 902 160 872Z",
            cork,
        )
        for n in range(26):
            s.flat(circle(178 + n * 23, 898 + n * 37 % 26, 2.5 + n % 3), mixed(cork, INK, 0.35), 0.4)
        _sole(
            s,
            "M172 924L750 924C756 936 746 944 732 946L190 946C178 944 170 936 172 924Z",
            mixed(INK, cork, 0.25),
        )

    pair(s, one, 944, 165, 765)
    s.focus = (440, 800)
