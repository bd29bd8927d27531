"""The drawing board. A garment is put on it piece by piece; out come SVG layers of one picture.

`base` is what the thing looks like in flat light. `relief` is a small grey picture of how high it lies and `cover` one of
where one piece lies over another: render.py lights the base with them, which is where folds and soft shadows come from.
Every point goes through `place`, which turns, scales and slightly bends the whole thing, so nothing is stiff.
"""

from math import cos, pi, radians, sin
from random import Random

from marketplace.demo.drawing import fabrics
from marketplace.demo.drawing.cloth import Fabric
from marketplace.demo.drawing.palette import Mood, luminance, mixed
from marketplace.demo.drawing.paths import Point, along, box_of, circle, lens, mapped

WIDTH, HEIGHT = 900, 1200
SMALL = 4  # relief and cover are drawn this many times smaller
INK = "#1b1512"


class Sheet:
    """One picture in the making. Coordinates are those of a 900 x 1200 page, before `place`."""

    def __init__(
        self, rng: Random, mood: Mood, fabric: Fabric, *, turn: float = 0.0, scale: float = 1.0
    ) -> None:
        self.rng, self.mood, self.fabric = rng, mood, fabric
        self.turn, self.scale = turn, scale
        self.bend = [rng.uniform(0, 2 * pi) for _ in range(4)]
        self.sway = 6.0
        self.stretch: Point = (1.0, 1.0)
        self.pose = (rng.uniform(2, 16), rng.uniform(2, 16))  # how far the arms are from the body, degrees
        self.centre: Point = (450.0, 600.0)
        self.shift: Point = (0.0, 0.0)
        self.offset: Point = (0.0, 0.0)  # moves what is drawn next, in the plan: the second of a pair
        self.is_trial = False  # only finds out how large the thing gets
        self.extent = (9e9, 9e9, -9e9, -9e9)  # left, top, right, bottom of all pieces
        self.light = rng.choice(("soft", "soft", "window", "leaves"))
        self.stands = False  # stands on a table instead of lying on paper
        self.focus: Point = (450.0, 430.0)  # where a close look is worth it
        self.gloss = fabric.gloss
        self.base: list[str] = []
        self.behind: list[str] = []  # shadows on the ground only
        self.relief: list[str] = []
        self.cover: list[str] = []
        self.defs: list[str] = []
        self.patterns: dict[str, str] = {}

    def place(self, x: float, y: float) -> Point:
        """Where a point of the plan ends up on the picture."""
        a, b, c, d = self.bend
        x, y = x + self.offset[0], y + self.offset[1]
        x += self.sway * (sin(y / 190 + a) + 0.6 * sin((x + y) / 120 + b))
        y += self.sway * (0.8 * sin(x / 170 + c) + 0.4 * sin(y / 90 + d))
        angle = radians(self.turn)
        cx, cy = self.centre
        dx, dy = (x - cx) * self.scale * self.stretch[0], (y - cy) * self.scale * self.stretch[1]
        sx, sy = self.shift
        return cx + dx * cos(angle) - dy * sin(angle) + sx, cy + dx * sin(angle) + dy * cos(angle) + sy

    def path(self, plan: str) -> str:
        return mapped(plan, self.place)

    def piece(
        self, plan: str, fabric: Fabric | None = None, *, angle: float = 0.0, lift: int = 175, soft: float = 1.0,
        over: float = 1.0, hole: str = "",
    ) -> None:  # fmt: skip
        """Lays a cut piece on the board. `lift` is its height (0-255), `over` how dark it shades what lies below it.

        One sees the ground through its `hole`.
        """
        fabric = fabric or self.fabric
        path = self.path(plan + hole)
        box = box_of(path)
        self._reach(box)
        if self.is_trial:
            return
        name = f"c{len(self.defs)}"
        rule, clip = (' fill-rule="evenodd"', ' clip-rule="evenodd"') if hole else ("", "")
        self.defs.append(f'<clipPath id="{name}"><path d="{path}"{clip}/></clipPath>')
        marks = fabrics.marks(self, fabric, box, angle + self.turn)
        edge = mixed(fabric.color, INK, 0.55)
        self.base.append(
            f'<path d="{path}" fill="{fabric.color}"{rule}/><g clip-path="url(#{name})">{marks}</g>'
            f'<path d="{path}" fill="none" stroke="{edge}" stroke-width="1.6" stroke-opacity=".55" stroke-linejoin="round"/>'
        )
        grey = f"#{lift:02x}{lift:02x}{lift:02x}"
        self.relief.append(
            f'<path d="{path}" fill="{grey}"{rule} stroke="#5a5a5a" stroke-width="{8 * soft:.1f}" stroke-opacity=".5"/>'
        )
        if over:
            self.cover.append(
                f'<path d="{path}" transform="translate(4 7)" stroke="#000" fill="none" stroke-width="34" stroke-opacity="{0.16 * over:.2f}"/>'
                f'<path d="{path}" transform="translate(2 4)" stroke="#000" fill="none" stroke-width="15" stroke-opacity="{0.3 * over:.2f}"/>'
            )
        self.cover.append(f'<path d="{path}" fill="#fff"{rule}/>')

    def _reach(self, box: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = self.extent
        self.extent = (min(left, box[0]), min(top, box[1]), max(right, box[2]), max(bottom, box[3]))

    def flat(self, plan: str, color: str, opacity: float = 1.0) -> None:
        """Plain paint without thickness."""
        if self.is_trial:
            return
        self.base.append(f'<path d="{self.path(plan)}" fill="{color}" fill-opacity="{opacity:.2f}"/>')

    def line(self, plan: str, color: str, width: float, opacity: float = 1.0, dash: str = "") -> None:
        """A painted line without thickness."""
        if self.is_trial:
            return
        width *= self.scale
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.base.append(
            f'<path d="{self.path(plan)}" fill="none" stroke="{color}" stroke-width="{width:.1f}"'
            f' stroke-opacity="{opacity:.2f}" stroke-linecap="round" stroke-linejoin="round"{dashes}/>'
        )

    def hollow(self, plan: str, color: str, depth: float = 0.5) -> None:
        """The inside of something, seen through an opening: darker, and lower than its rim."""
        if self.is_trial:
            return
        path = self.path(plan)
        self.base.append(f'<path d="{path}" fill="{mixed(color, INK, depth)}"/>')
        self.relief.append(f'<path d="{path}" fill="#7a7a7a"/>')
        self.cover.append(f'<path d="{path}" fill="#fff"/>')

    def seam(self, plan: str, *, groove: float = 1.0) -> None:
        """Where two pieces are sewn together."""
        if self.is_trial:
            return
        path = self.path(plan)
        self.line(plan, mixed(self.fabric.color, INK, 0.6), 1.8, 0.55)
        self.relief.append(
            f'<path d="{path}" fill="none" stroke="#000" stroke-width="{7 * groove:.1f}" stroke-opacity=".28"/>'
        )

    def stitch(self, plan: str, color: str = "", width: float = 2.0, dash: str = "8 5") -> None:
        """A row of stitches that can be seen."""
        if self.is_trial:
            return
        dark = luminance(self.fabric.color) < 0.45
        color = color or mixed(self.fabric.color, "#fff4e2" if dark else INK, 0.5)
        self.line(plan, color, width, 0.85, dash)

    def fold(self, a: Point, b: Point, *, bend: float = 0.0, width: float = 10.0, up: float = 0.3) -> None:
        """A soft fold of the cloth: a ridge, or a furrow when `up` is negative."""
        if self.is_trial:
            return
        path = self.path(lens(a, b, bend, width))
        color = "#fff" if up > 0 else "#000"
        self.relief.append(f'<path d="{path}" fill="{color}" fill-opacity="{abs(up):.2f}"/>')

    def band(self, plan: str, up: float) -> None:
        """Raises (or lowers) a part of what is there."""
        if self.is_trial:
            return
        color = "#fff" if up > 0 else "#000"
        self.relief.append(f'<path d="{self.path(plan)}" fill="{color}" fill-opacity="{abs(up):.2f}"/>')

    def folds(
        self,
        count: int,
        spread: tuple[tuple[Point, Point], tuple[Point, Point]],
        *,
        width: float = 10.0,
        up: float = 0.26,
    ) -> None:
        """About `count` folds between pairs of corners (from the first line to the second), ridge and furrow in turn."""
        (a0, a1), (b0, b1) = spread
        for index in range(count):
            t = (index + self.rng.uniform(0.15, 0.85)) / count
            u = min(max(t + self.rng.uniform(-0.06, 0.06), 0), 1)
            one = (a0[0] + (a1[0] - a0[0]) * t, a0[1] + (a1[1] - a0[1]) * t)
            two = (b0[0] + (b1[0] - b0[0]) * u, b0[1] + (b1[1] - b0[1]) * u)
            reach = self.rng.uniform(0.6, 1.0)
            two = (one[0] + (two[0] - one[0]) * reach, one[1] + (two[1] - one[1]) * reach)
            sign = 1 if index % 2 else -1
            bend, wide = self.rng.uniform(-14, 14), width * self.rng.uniform(0.6, 1.3)
            self.fold(one, two, bend=bend, width=wide, up=sign * up * self.rng.uniform(0.7, 1.2))

    def button(self, x: float, y: float, r: float = 9.0, color: str = "") -> None:
        """A round button with four holes."""
        if self.is_trial:
            return
        color = color or self.mood.trim
        rim = self.path(circle(x, y, r))
        self.base.append(
            f'<path d="{rim}" fill="{color}" stroke="{mixed(color, INK, 0.5)}" stroke-width="1.4"/>'
        )
        self.line(circle(x, y, r * 0.62), mixed(color, INK, 0.3), 1.1, 0.7)
        for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
            self.flat(circle(x + dx * r * 0.22, y + dy * r * 0.22, r * 0.12), mixed(color, INK, 0.7))
        self.relief.append(f'<path d="{rim}" fill="#fff" fill-opacity=".5"/>')
        self.cover.append(
            f'<path d="{rim}" transform="translate(3 4)" fill="#000" fill-opacity=".4"/><path d="{rim}" fill="#fff"/>'
        )

    def metal(self, plan: str, width: float, color: str = "") -> None:
        """A shining line: chain, zip, buckle or frame."""
        color = color or self.mood.trim
        self.line(plan, mixed(color, INK, 0.45), width)
        self.line(plan, color, width * 0.7)
        self.line(plan, "#fffaf0", width * 0.22, 0.85)
        path = self.path(plan)
        self._reach(box_of(path))
        if self.is_trial:
            return
        width *= self.scale
        self.relief.append(
            f'<path d="{path}" fill="none" stroke="#fff" stroke-width="{width:.1f}" stroke-opacity=".5"/>'
        )
        self.cover.append(
            f'<path d="{path}" transform="translate(3 5)" fill="none" stroke="#000" stroke-width="{width * 1.3:.1f}" stroke-opacity=".3"/>'
            f'<path d="{path}" fill="none" stroke="#fff" stroke-width="{width:.1f}"/>'
        )

    def beads(self, plan: str, step: float, r: float, color: str, other: str = "") -> None:
        """Round things on a string."""
        for index, (x, y, _angle) in enumerate(along(plan, step)):
            tone = other if other and index % 2 else color
            path = self.path(circle(x, y, r))
            self.base.append(
                f'<path d="{path}" fill="{tone}" stroke="{mixed(tone, INK, 0.45)}" stroke-width="1" stroke-opacity=".7"/>'
            )
            self.flat(circle(x - r * 0.3, y - r * 0.34, r * 0.24), "#ffffff", 0.8)
            self.flat(circle(x - r * 0.1, y - r * 0.1, r * 0.6), "#ffffff", 0.14)
            self.relief.append(f'<path d="{path}" fill="#fff" fill-opacity=".6"/>')

    def ground(self, plan: str, opacity: float) -> None:
        """A shadow that falls on the ground only."""
        if self.is_trial:
            return
        self.behind.append(f'<path d="{self.path(plan)}" fill="#fff" fill-opacity="{opacity:.2f}"/>')

    def pattern(self, name: str, body: str) -> str:
        """Registers a tile once; what to fill with."""
        self.patterns.setdefault(name, body)
        return f"url(#{name})"

    def layers(self, view: tuple[float, float, float] = (0.0, 0.0, 1.0)) -> dict[str, str]:
        """The finished SVG documents; `view` is the left top corner and the zoom of a close look."""
        left, top, zoom = view
        box = f"{left:.1f} {top:.1f} {WIDTH / zoom:.1f} {HEIGHT / zoom:.1f}"
        size = f'width="{WIDTH // SMALL}" height="{HEIGHT // SMALL}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" '
        defs = f"<defs>{''.join(self.defs)}{''.join(self.patterns.values())}</defs>"
        ground = '<rect x="-900" y="-1200" width="2700" height="3600" fill="{}"/>'
        return {
            "base": f'{head}width="{WIDTH}" height="{HEIGHT}">{defs}{"".join(self.base)}</svg>',
            "relief": f"{head}{size}>{ground.format('#646464')}{''.join(self.relief)}</svg>",
            "cover": f"{head}{size}>{ground.format('#fff')}{''.join(self.cover)}</svg>",
            "behind": f"{head}{size}>{ground.format('#000')}{''.join(self.behind)}</svg>",
        }
