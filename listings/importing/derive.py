"""Converts a row to the fields of a listing; missing values are derived deterministically from its key."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from listings import taxonomy
from listings.importing import draw
from listings.importing.mapping import WEIGHTS, Mapping, fallbacks, nearest
from listings.importing.reader import CsvRow
from marketplace.core.errors import Invalid
from marketplace.core.money import parse_amount

BRAND_WORDS = 5  # the longest brand name in words that is looked for at the start of a title


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot become a listing."""

    column: str
    field: str
    code: str
    message: str


@dataclass(slots=True)
class Derived:
    """What a row says: the key of the listing, its fields, whose closet, and what is wrong."""

    key: str
    seller: str
    fields: dict[str, Any] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    is_sold: bool = False
    problems: list[Problem] = field(default_factory=list)


def key_of(row: CsvRow, mapping: Mapping) -> str:
    """What marks the listing as made from this row: by the file's own id, or by the number of the row."""
    id_column = mapping.spec.get("id")
    return f"{mapping.name}:{row.cells.get(id_column, '').strip() if id_column else row.number}"


def derive(row: CsvRow, mapping: Mapping) -> Derived:
    """The fields of a listing for a row; `problems` says what could not be understood."""
    key, spec = key_of(row, mapping), mapping.spec
    seller = row.cells.get(spec["seller"], "").strip() if "seller" in spec else ""
    derived = Derived(key, seller)
    if row.problem:
        derived.problems.append(Problem("", "", *row.problem))
        return derived
    missing = {"", *spec.get("missing", ())}
    cells = {name: "" if cell.strip() in missing else cell.strip() for name, cell in row.cells.items()}
    _fill(derived, cells, mapping)
    return derived


def _fill(derived: Derived, cells: dict[str, str], mapping: Mapping) -> None:
    spec, fields, key = mapping.spec, derived.fields, derived.key
    fields["title"] = " ".join(cells[spec["title"]].split())
    fields["description"] = _description(spec["description"], cells)
    fields["brand"] = _brand(spec.get("brand", {}), cells, fields["title"])
    # Drawn by what also chooses the closet, so that one closet has one currency.
    fields["currency"] = _currency(spec["currency"], cells, derived.seller or key, "seller")
    leaf = _word(derived, mapping, "category", cells)
    node = taxonomy.category(leaf)
    derived.path = node.path if node else ()
    fields["category"] = leaf
    color = _word(derived, mapping, "colors", cells) if mapping.colors else ""
    fields["colors"] = [color] if color else []
    if mapping.condition:
        fields["condition"] = _word(derived, mapping, "condition", cells)
    else:
        fields["condition"] = draw.pick_weighted(spec["condition"][WEIGHTS], key, "condition")
    fields["flaws"] = _flaws(key) if fields["condition"] == "fair" else []
    _prices(derived, spec["price"], cells)
    fields["sizes"] = _sizes(derived, spec["size"], cells)
    if "sold" in spec:
        derived.is_sold = cells[spec["sold"]["column"]] in spec["sold"]["values"]


def _word(derived: Derived, mapping: Mapping, name: str, cells: dict[str, str]) -> str:
    """The word of the taxonomy for a row; "" and a problem when the mapping has none."""
    lookup = getattr(mapping, name)
    answer = lookup.find(cells)
    if isinstance(answer, dict):
        return draw.pick_weighted(answer[WEIGHTS], derived.key, name)
    if answer is None and name == "colors" and not any(cells[column] for column in lookup.columns):
        return ""  # a listing needs no colour
    if answer is None:
        column = mapping.column_of(name)
        value = " / ".join(cells[each] for each in lookup.reads())
        message = _("The mapping has nothing for “%(value)s”.") % {"value": value}
        derived.problems.append(Problem(column, name, f"unknown_{name}", message))
    return answer or ""


def _description(spec: Any, cells: dict[str, str]) -> str:
    if isinstance(spec, str):
        return cells[spec]
    parts = (part for part in spec["parts"] if all(cells[name] for name in re.findall(r"{(.*?)}", part)))
    return "".join(part.format_map(cells) for part in parts)


def _brand(spec: dict[str, Any], cells: dict[str, str], title: str) -> str:
    if spec.get("from_title"):
        words = title.split()
        starts = (" ".join(words[:count]) for count in range(min(BRAND_WORDS, len(words)), 0, -1))
        return next((brand.name for start in starts if (brand := taxonomy.brand_for(start))), "")
    text = cells[spec["column"]] if "column" in spec else ""
    if text in spec.get("ignore", ()):
        return ""
    known = taxonomy.brand_for(text)
    return known.name if known else text


def _currency(spec: Any, cells: dict[str, str], key: str, what: str) -> str:
    if isinstance(spec, str):
        return spec
    return cells[spec["column"]] if "column" in spec else draw.pick_weighted(spec[WEIGHTS], key, what)


def _prices(derived: Derived, spec: dict[str, Any], cells: dict[str, str]) -> None:
    fields, key = derived.fields, derived.key
    if "column" not in spec:
        low, high = nearest(fallbacks()["prices"], derived.path)
        price = draw.price_between(low, high, key)
        was_dearer = draw.share(key, "has an original price") < 0.4
        fields["price_cents"] = price
        fields["original_price_cents"] = draw.price_between(price, price * 3, key) if was_dearer else None
        return
    text = cells[spec["column"]]
    try:
        fields["price_cents"] = parse_amount(text, fields["currency"]) if text else None
    except Invalid as refusal:
        texts = " ".join(text for name in refusal.fields for text in refusal.fields[name])
        derived.problems.append(Problem(spec["column"], "price", "bad_price", f"“{text}”: {texts}"))


def _sizes(derived: Derived, spec: dict[str, Any], cells: dict[str, str]) -> list[dict[str, Any]]:
    text = cells[spec["column"]] if "column" in spec else ""
    if text:
        return [{"size": re.sub(spec.get("drop", r"^\b$"), "", text), "quantity": 1}]
    if "column" in spec and spec.get("empty") != "derive":
        return []
    leaf = taxonomy.category(derived.path[-1]) if derived.path else None
    if leaf is None:
        return []
    size_set = taxonomy.size_sets()[leaf.size_set]
    choices = [size for size in size_set.sizes if size.system == size_set.sizes[0].system]
    found = [draw.pick_middle(choices, derived.key, "size")]
    if derived.fields["condition"] == "nwt" and draw.share(derived.key, "is a boutique piece") < 0.15:
        found += [size for size in choices if abs(size.ordinal - found[0].ordinal) in range(1, 25)][:3]
    count = 3 if len(found) > 1 else 1
    pieces = [1 + int(draw.share(derived.key, f"pieces {size.key}") * count) for size in found]
    rows = sorted(zip(found, pieces, strict=True), key=lambda pair: pair[0].ordinal)
    return [{"size": size.key, "quantity": quantity} for size, quantity in rows]


def _flaws(key: str) -> list[dict[str, Any]]:
    kind = draw.pick(["pilling", "fading", "wear", "scuff", "stain"], key, "flaw")
    place = draw.pick(["front", "back", "hem", "all_over", "inside"], key, "place")
    return [{"kind": kind, "place": place}]
