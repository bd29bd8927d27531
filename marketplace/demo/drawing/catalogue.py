"""Which drawing stands for which kind of thing, and what it may be made of."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from marketplace.demo.drawing import (
    accessories,
    bags,
    bottoms,
    coats,
    dresses,
    gadgets,
    jewels,
    knits,
    shoes,
    things,
    tops,
)
from marketplace.demo.drawing.fabrics import fabric_of
from marketplace.demo.drawing.label import label
from marketplace.demo.drawing.palette import mood_for
from marketplace.demo.drawing.paths import Point
from marketplace.demo.drawing.render import View
from marketplace.demo.drawing.sheet import HEIGHT, WIDTH, Sheet


@dataclass(frozen=True, slots=True)
class Silhouette:
    """A drawing, the cloths it may be made of (the likeliest first), and how it is stretched to look right."""

    draw: Callable[[Sheet], None]
    fabrics: tuple[str, ...]
    stretch: Point = (1.0, 1.0)
    largest: float = 1.3  # small things do not fill the page


def _s(
    draw: Callable[[Sheet], None], fabrics: str, stretch: Point = (1.0, 1.0), largest: float = 1.3
) -> Silhouette:
    return Silhouette(draw, tuple(fabrics.split()), stretch, largest)


TOP, COAT, DRESS = (1.2, 1.02), (1.1, 1.04), (1.1, 1.02)
SILHOUETTES: dict[str, Silhouette] = {
    "tshirt": _s(tops.tshirt, "plain stripe rib dot", (1.22, 0.98)),
    "shirt": _s(tops.shirt, "stripe gingham linen plain check denim tartan", TOP),
    "blouse": _s(tops.blouse, "satin dot floral plain linen gingham", TOP),
    "jumper": _s(knits.jumper, "cable knit rib", TOP),
    "cardigan": _s(knits.cardigan, "knit cable rib", TOP),
    "hoodie": _s(knits.hoodie, "plain fleece", TOP),
    "dress": _s(dresses.dress, "floral gingham dot linen plain check stripe", DRESS),
    "slip": _s(dresses.slip, "satin", DRESS),
    "skirt": _s(dresses.skirt, "cord denim linen plain leather gingham", (1.16, 1.0)),
    "pleated": _s(dresses.pleated, "plain tartan satin", (1.12, 1.0)),
    "swimsuit": _s(dresses.swimsuit, "plain stripe rib dot gingham", (1.14, 1.0)),
    "coat": _s(coats.coat, "plain twill tartan fleece", COAT),
    "trench": _s(coats.trench, "twill plain", COAT),
    "blazer": _s(coats.blazer, "pinstripe twill plain linen check", (1.14, 1.0)),
    "jacket": _s(coats.jacket, "denim leather cord suede", (1.14, 1.0)),
    "puffer": _s(coats.puffer, "quilt", (1.14, 1.0)),
    "jeans": _s(bottoms.jeans, "denim", (1.3, 1.0)),
    "trousers": _s(bottoms.trousers, "linen twill plain pinstripe cord check", (1.26, 1.0)),
    "shorts": _s(bottoms.shorts, "linen plain fleece gingham stripe", (1.1, 1.0)),
    "sneaker": _s(shoes.sneaker, "leather plain suede", largest=1.2),
    "boot": _s(shoes.boot, "leather suede", largest=1.2),
    "heel": _s(shoes.heel, "leather satin suede patent", largest=1.2),
    "loafer": _s(shoes.loafer, "leather patent suede", largest=1.2),
    "sandal": _s(shoes.sandal, "leather suede", largest=1.2),
    "tote": _s(bags.tote, "linen leather stripe gingham plain", largest=1.1),
    "shoulder": _s(bags.shoulder, "leather suede patent", largest=1.1),
    "backpack": _s(bags.backpack, "twill plain leather", largest=1.1),
    "purse": _s(bags.purse, "leather suede", largest=1.05),
    "hat": _s(accessories.hat, "suede linen plain", largest=1.0),
    "cap": _s(accessories.cap, "twill cord plain", largest=1.15),
    "beanie": _s(accessories.beanie, "knit rib cable", largest=1.15),
    "scarf": _s(accessories.scarf, "tartan knit stripe gingham plain"),
    "belt": _s(accessories.belt, "leather suede", largest=1.1),
    "sunglasses": _s(jewels.sunglasses, "plastic", largest=1.15),
    "necklace": _s(jewels.necklace, "metal plain", largest=1.1),
    "earrings": _s(jewels.earrings, "metal", largest=1.15),
    "watch": _s(jewels.watch, "leather", largest=1.1),
    "tie": _s(accessories.tie, "stripe dot satin tartan plain", (1.3, 1.0), 1.1),
    "socks": _s(accessories.socks, "stripe rib knit dot", largest=1.1),
    "mug": _s(things.mug, "plain", largest=1.1),
    "vase": _s(things.vase, "plain", largest=1.05),
    "cushion": _s(things.cushion, "gingham linen stripe floral knit tartan check", largest=1.1),
    "candle": _s(things.candle, "glass", largest=1.1),
    "lipstick": _s(things.lipstick, "satin", largest=0.95),
    "bottle": _s(things.bottle, "glass", largest=1.0),
    "headphones": _s(gadgets.headphones, "plastic", largest=1.1),
    "phone": _s(gadgets.phone, "satin", largest=1.0),
    "camera": _s(gadgets.camera, "leather", largest=1.05),
    "collar": _s(gadgets.collar, "leather", largest=1.1),
    "dog_coat": _s(gadgets.dog_coat, "tartan gingham plain check fleece", largest=1.2),
}  # fmt: skip

MADE_OF = {
    "linen": "100% LINEN", "denim": "100% COTTON", "knit": "WOOL / ALPACA", "cable": "100% WOOL", "rib": "MERINO WOOL",
    "satin": "100% SILK", "leather": "REAL LEATHER", "suede": "SUEDE", "twill": "COTTON TWILL", "cord": "100% COTTON",
    "fleece": "WOOL MIX", "tartan": "100% WOOL", "pinstripe": "WOOL / VISCOSE", "quilt": "DOWN FILLED",
    "gingham": "100% COTTON", "stripe": "100% COTTON", "dot": "VISCOSE", "floral": "VISCOSE", "check": "100% COTTON",
}  # fmt: skip


def drawing(kind: str, *, color: str, seed: str, fabric: str = "") -> Sheet:
    """The thing as a sheet, fitted to the page. The same arguments always give the same drawing."""
    silhouette = SILHOUETTES[kind]
    trial = _drawn(silhouette, color, seed, fabric, 1.0, (0.0, 0.0), is_trial=True)
    left, top, right, bottom = trial.extent
    width, height = (700, 820) if trial.stands else (776, 1000)
    scale = min(width / (right - left), height / (bottom - top), silhouette.largest)
    middle = ((left + right) / 2, bottom if trial.stands else (top + bottom) / 2)
    wanted = (WIDTH / 2, 1010.0) if trial.stands else (WIDTH / 2, 592.0)
    cx, cy = trial.centre
    shift = tuple(w - (c + (m - c) * scale) for w, c, m in zip(wanted, (cx, cy), middle, strict=True))
    return _drawn(silhouette, color, seed, fabric, scale, shift)  # type: ignore[arg-type]


def _drawn(
    silhouette: Silhouette,
    color: str,
    seed: str,
    fabric: str,
    scale: float,
    shift: Point,
    *,
    is_trial: bool = False,
) -> Sheet:
    rng = Random(seed)
    mood = mood_for(color, rng)
    kind = (
        fabric
        or silhouette.fabrics[
            min(int(rng.random() ** 1.6 * len(silhouette.fabrics)), len(silhouette.fabrics) - 1)
        ]
    )
    cloth = fabric_of(kind, mood.cloth, mood.partner, rng.choice((0.85, 1.0, 1.0, 1.25)))
    sheet = Sheet(rng, mood, cloth, turn=rng.uniform(-4, 4), scale=scale)
    sheet.stretch, sheet.shift, sheet.is_trial = silhouette.stretch, shift, is_trial
    silhouette.draw(sheet)
    return sheet


def paper_of(color: str, seed: str) -> str:
    """The paper that a drawing will lie on."""
    return mood_for(color, Random(seed)).paper


def close_look(sheet: Sheet) -> View:
    """The view of the second picture: a detail worth seeing."""
    # Whole numbers keep the tiles of the cloth on the pixel grid; off it they take ten times as long to draw.
    zoom = 2
    x, y = sheet.place(*sheet.focus)
    return round(x - WIDTH / zoom / 2), round(y - HEIGHT / zoom / 2), zoom


def label_of(sheet: Sheet, *, seed: str, brand: str, size: str) -> Sheet:
    """The third picture: the label of the same thing."""
    made_of = MADE_OF.get(sheet.fabric.kind, "")
    return label(Random(f"{seed} label"), sheet.mood, sheet.fabric, brand=brand, size=size, made_of=made_of)
