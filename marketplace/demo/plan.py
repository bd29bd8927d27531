"""Who sells what, says what and likes what in the demo: the same plan every time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from random import Random
from typing import Any

from listings import taxonomy
from marketplace.demo import talk, words
from marketplace.demo.drawing import SILHOUETTES, paper_of
from marketplace.demo.goods import LISTED_AS, WARES, Ware
from marketplace.demo.people import PEOPLE

SHOPPER, SELLER, STAFF = 0, 1, 2
WEEKS = 6
UNWASHED = {"shoes", "bag", "small", "leather", "coat", "outdoor", "tailoring"}
THINGS = {"home", "beauty", "tech", "pet", "jewel", "watch"}
SIZES = (
    "XS S S M M M L L XL".split(), "W25 W26 W27 W28 W29 W30 W31 W32".split(), "W30 W31 W32 W33 W34 W36".split(),
    ["US 6", "US 6.5", "US 7", "US 7.5", "US 8", "US 8.5", "US 9", "US 9.5"], ["US 9", "US 9.5", "US 10", "US 10.5", "US 11"],
    ["Kids 4", "Kids 5", "Kids 6", "Kids 7", "Kids 8", "Kids 10"], ["US 10C", "US 11C", "US 12C", "US 1Y", "US 2Y"],
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One comment: who, what, how long after the listing appeared, and what became of it."""

    who: int
    text: str
    after: timedelta
    corrected: str = ""
    is_taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One listing of the demo, with its life so far."""

    number: int
    seller: int
    kind: str
    color: str
    fabric: str
    age: timedelta
    fate: str
    fields: dict[str, Any]
    lines: tuple[Line, ...] = ()
    likes: tuple[int, ...] = ()
    is_locked: bool = False
    label: tuple[str, str] = ("", "")
    photos: int = 3
    seed: str = ""  # what its pictures are drawn from

    @property
    def key(self) -> str:
        """What marks it in the database, so that it is made once."""
        return f"demo:{self.number:04d}"


@lru_cache(maxsize=4)
def pieces(people: int, listings: int) -> tuple[Piece, ...]:
    """The whole plan, the youngest listing first."""
    crew = min(people, len(PEOPLE))
    rng = Random(f"plan {crew}")
    ages = sorted(
        timedelta(minutes=4) + timedelta(weeks=WEEKS) * rng.random() ** 1.25 for _ in range(listings)
    )
    wares = _mixed_wares(rng, listings)
    plain = [_piece(n, ware, age, crew) for n, (ware, age) in enumerate(zip(wares, ages, strict=True))]
    return tuple(_on_other_papers(plain))


def _on_other_papers(plain: list[Piece]) -> Iterator[Piece]:
    """Gives each piece a seed whose paper is not that of the last few, so that no page of cards is all pink."""
    papers: list[str] = []
    for piece in plain:
        paper = {
            seed: paper_of(piece.color, seed) for seed in (f"gingham {piece.number}{n}" for n in "abcdefgh")
        }
        seed = min(paper, key=lambda one: papers[-5:].count(paper[one]))
        papers.append(paper[seed])
        yield replace(piece, seed=seed)


def _mixed_wares(rng: Random, count: int) -> list[Ware]:
    """Wares by weight, never the same drawing twice within a row of cards."""
    out: list[Ware] = []
    for _ in range(count):
        recent = {ware.kind for ware in out[-7:]}
        choice = [ware for ware in WARES if ware.kind not in recent]
        out.append(rng.choices(choice, [ware.weight for ware in choice])[0])
    return out


def _piece(number: int, ware: Ware, age: timedelta, crew: int) -> Piece:
    rng = Random(f"piece {number}")
    color = rng.choice(ware.colors.split())
    fabric = rng.choice(ware.fabrics.split())
    # Most sell a few things; some, and the demo seller, many.
    seller = SELLER if number % 26 == 5 or crew <= STAFF + 1 else 3 + int((crew - 3) * rng.random() ** 1.5)
    seller = SHOPPER if number % 211 == 40 else seller
    fate = _fate(rng, number, age)
    fields = _fields(rng, ware, color, fabric)
    others = [n for n in range(crew) if n not in (seller, STAFF)]
    liked = [] if fate == "draft" or not others else rng.sample(others, _fame(rng, len(others)))
    lines, locked = (
        ((), False)
        if fate == "draft" or len(others) < 2
        else _lines(rng, ware, seller, others, age, len(liked), number)
    )
    if fate == "draft":
        seller = SELLER
    return Piece(
        number, seller, ware.kind, color, fabric, age, fate, fields, lines, tuple(liked), locked,
        (fields["brand"] if fields["brand"] != "Unbranded" else "", fields["sizes"][0]["size"].removeprefix("Kids ")),
        photos=2 if fate == "draft" else 3,
    )  # fmt: skip


def _fate(rng: Random, number: int, age: timedelta) -> str:
    if number % 150 == 77 or number == 3:
        return "draft"
    roll = rng.random()
    if age > timedelta(days=4) and roll < 0.13:
        return "sold"
    return "not_for_sale" if age > timedelta(days=9) and roll > 0.975 else "available"


def _fame(rng: Random, most: int) -> int:
    """How many people like it: most a few, a few nearly everybody."""
    return min(int(rng.paretovariate(0.95) * 1.7) - 1, most)


def _fields(rng: Random, ware: Ware, color: str, fabric: str) -> dict[str, Any]:
    brand, tier = rng.choice(list(ware.brands.items()))
    leaf = rng.choice(ware.leaves.split())
    weights = {"nwt": 8, "nwot": 9, "like_new": 36, "good": 36, "fair": 11}
    if ware.group in ("beauty", "tech"):
        weights = {"nwt": 20, "nwot": 25, "like_new": 55}
    condition = rng.choices(list(weights), list(weights.values()))[0]
    retail = max(5 * round(ware.price * tier * rng.uniform(0.85, 1.2) / 5), 10)
    kept = {"nwt": 0.72, "nwot": 0.64, "like_new": 0.52, "good": 0.39, "fair": 0.26}[condition] * rng.uniform(
        0.8, 1.18
    )
    price = max(round(retail * kept), 3)
    price = price if price < 40 or rng.random() < 0.4 else 5 * round(price / 5)
    listed = LISTED_AS.get(color, color)
    second = {
        "gingham": "white",
        "stripe": "white",
        "dot": "white",
        "floral": "multi",
        "tartan": "multi",
    }.get(fabric, "")
    colors = [listed, second] if second and second != listed else [listed]
    return {
        "title": _title(rng, ware, brand, color, fabric, condition), "description": _description(rng, ware, condition),
        "category": leaf, "brand": brand, "colors": colors, "condition": condition, "flaws": _flaws(rng, ware, condition),
        "price_cents": price * 100, "original_price_cents": retail * 100 if retail > price and rng.random() < 0.72 else None,
        "sizes": [{"size": _size(rng, leaf), "quantity": 1}],
    }  # fmt: skip


def _size(rng: Random, leaf: str) -> str:
    known = [size.label for size in taxonomy.sizes_for(leaf)]
    fitting = [sizes for sizes in SIZES if set(sizes) <= set(known)]
    if not fitting:
        return (
            "M"
            if "M" in known and rng.random() < 0.5
            else "One size"
            if "One size" in known
            else known[len(known) // 2]
        )
    first = min(fitting, key=lambda sizes: known.index(sizes[0]))
    return rng.choice(first)


def _title(rng: Random, ware: Ware, brand: str, color: str, fabric: str, condition: str) -> str:
    noun = rng.choice(ware.nouns.split("|"))
    hue = rng.choice(words.COLOR_WORDS[color])
    cloth = rng.choice(words.FABRIC_WORDS.get(fabric, ("",)))
    cloth = (
        ""
        if (cloth and cloth.split()[-1].split("-")[0] in noun) or ware.group in ("tech", "small")
        else cloth
    )
    brand = "" if brand == "Unbranded" else brand
    extra = rng.choice(
        [text for text in words.EXTRAS[condition] if ware.group not in THINGS or "worn" not in text]
        or ["as new"]
    )
    models = words.MODELS.get((ware.kind, brand), ())
    if models or ware.group == "tech" or ware.kind in ("bottle", "candle"):
        noun = rng.choice(models or (noun,))
        styles = [f"{brand} {noun}", f"{brand} {noun}", f"{brand} {noun} ({extra})"]
    else:
        styles = [
            f"{brand} {cloth} {noun}", f"{brand} {noun} in {hue}", f"{hue} {cloth} {noun}, {brand}" if brand else f"{hue} {noun}",
            f"{cloth} {noun} by {brand}" if brand else f"vintage {cloth} {noun}", f"{brand} {hue} {noun}, {extra}", f"{hue} {noun}, {extra}",
        ]  # fmt: skip
    title = " ".join(rng.choice(styles).split()).strip(" ,")
    return title if title.startswith("iPhone") else title[0].upper() + title[1:]


def _description(rng: Random, ware: Ware, condition: str) -> str:
    openings = (
        words.OPENINGS_KIDS
        if ware.group == "kids"
        else words.OPENINGS_THINGS
        if ware.group in THINGS
        else words.OPENINGS
    )
    first = [
        text
        for text in openings[condition]
        if ware.group not in UNWASHED or not _has(text, words.ONLY_CLOTHES)
    ]
    details = [text for text in words.DETAILS[ware.group] if not _has(text, words.NOT_FOR.get(ware.kind, ()))]
    if condition in ("nwt", "nwot"):
        details = [text for text in details if not _has(text, words.ONLY_USED)]
    details = rng.sample(details, min(rng.choice((1, 2, 2, 3)), len(details)))
    parts = [rng.choice(first), *details, rng.choice(words.CLOSINGS)]
    if rng.random() < 0.2:
        parts = [*details[:1], parts[0], *details[1:], parts[-1]]
    text = " ".join(part for part in parts if part)
    return text.replace(". ", ".\n\n", 1) if len(text) > 190 and rng.random() < 0.3 else text


def _has(text: str, signs: tuple[str, ...]) -> bool:
    return any(sign in text for sign in signs)


def _flaws(rng: Random, ware: Ware, condition: str) -> list[dict[str, Any]]:
    count = {"fair": rng.choice((1, 2)), "good": rng.choice((0, 0, 1))}.get(condition, 0)
    family = words.FLAWS[words.FLAW_FAMILY.get(ware.group, "cloth")]
    return [
        {"kind": kind, "place": place, "note": note, "photo_no": 0}
        for kind, place, note in rng.sample(family, min(count, len(family)))
    ]


def _lines(
    rng: Random, ware: Ware, seller: int, others: list[int], age: timedelta, likes: int, number: int
) -> tuple[tuple[Line, ...], bool]:
    if number % 97 == 11 and len(others) > 1:
        exchanges, locked = [talk.QUARREL], True
    else:
        # What is liked is talked about.
        chance = [0.55, 0.3, 0.12, 0.03] if likes < 4 else [0.12, 0.4, 0.3, 0.18]
        count, locked = rng.choices(range(4), chance)[0], False
        topics = talk.GROUPS[ware.group].split()
        pool = [*(exchange for topic in topics for exchange in talk.BY_GROUP[topic]), *talk.ANY]
        exchanges = rng.sample(pool, count)
    out: list[Line] = []
    clock = timedelta(minutes=rng.uniform(2, 240))
    for exchange in exchanges:
        b, c = rng.sample(others, 2)
        cast = {"b": b, "c": c, "s": seller}
        names = {role: PEOPLE[who].username for role, who in cast.items()}
        for role, text in exchange:
            if clock > age * 0.97:
                break
            out.append(Line(cast[role], text.format(**names, city=PEOPLE[seller].city), clock))
            clock += timedelta(minutes=rng.uniform(1, 50) if rng.random() < 0.7 else rng.uniform(120, 900))
        clock += timedelta(hours=rng.uniform(1, 40))
    if number % 61 == 8 and clock < age * 0.97:
        out.append(Line(rng.choice(others), talk.EDITED[0], clock, corrected=talk.EDITED[1]))
    if number % 67 == 14 and clock < age * 0.97:
        out.append(Line(rng.choice(others), talk.REGRET, clock, is_taken_back=True))
    return tuple(out), locked and bool(out)


assert {ware.kind for ware in WARES} <= SILHOUETTES.keys()  # noqa: S101  (a slip in the data shows at import)
