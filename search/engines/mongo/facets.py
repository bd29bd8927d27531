"""What a search can be narrowed to, counted over a bounded number of listings."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from search.engines.mongo import text
from search.engines.mongo.filters import (
    COLUMNS,
    conditions,
    has_prices,
    plan_of,
    priced,
    status_of,
    table,
    unpriced,
)
from search.facets import PRICE_STEPS, VALUES_MAX, shown_categories
from search.query import Availability, Query, Sort
from search.results import Facets, FacetValue

COUNTED: Final = 5_000  # listings that are looked at for each facet; with text, for all of them together:
TEXT_COUNTED: Final = 20_000
ARRAYS: Final = ("category", "size", "color")
AVAILABILITY: Final = (Availability.AVAILABLE.value, Availability.SOLD.value)
Stages = list[dict[str, Any]]
Counts = dict[str, list[dict[str, Any]]]


def facets_of(query: Query) -> Facets:
    found, is_exact = _by_text(query) if query.text else _by_filters(query)
    prices = {row["_id"]: row["n"] for row in found.pop("price", ())}
    values = {name: [FacetValue(row["_id"], row["n"]) for row in rows] for name, rows in found.items()}
    values["category"] = shown_categories(values.get("category", []), query.category)
    steps = [step for step in PRICE_STEPS if step in prices]
    span = PRICE_STEPS[PRICE_STEPS.index(steps[0]) : PRICE_STEPS.index(steps[-1]) + 1] if steps else ()
    return Facets(values, [(step, prices.get(step, 0)) for step in span], is_exact)


def _by_filters(query: Query) -> tuple[Counts, bool]:
    """One pass for the facets without a choice, one for each that has one."""
    plain = [name for name in COLUMNS if not getattr(query, name)]
    passes: list[tuple[Query, list[str]]] = [
        (query.without(name), [name]) for name in COLUMNS if name not in plain
    ]
    if has_prices(query):
        passes.append((unpriced(query), ["price"]))
    else:
        plain.append("price")
    found: Counts = {name: [] for name in COLUMNS}
    is_exact = True
    for wider, names in [(query, plain), *passes]:
        if names:
            plan = priced(wider) if has_prices(wider) else plan_of(wider, Sort.NEWEST)
            stages: Stages = [{"$match": plan.where}, {"$limit": COUNTED}, {"$project": _columns(names)}]
            parts = {name: _counting(name) for name in names} | {"all": [{"$count": "n"}]}
            answer = next(iter(table().aggregate([*stages, {"$facet": parts}], hint=plan.hint)))
            is_exact &= not answer["all"] or answer.pop("all")[0]["n"] < COUNTED
            found |= {name: answer[name] for name in names}
    found["availability"] = []
    for name in AVAILABILITY:
        plan = plan_of(replace(query, availability=name), Sort.NEWEST)
        if number := table().count_documents(plan.where, hint=plan.hint, limit=COUNTED):
            found["availability"].append({"_id": name, "n": number})
            is_exact &= number < COUNTED
    return found, is_exact


def _by_text(query: Query) -> tuple[Counts, bool]:
    """One pass over all that has the words: reading them is most of the work."""
    names = [*COLUMNS, "price"]
    where = text.match(query.text, any_word=query.any_word)
    if where is None:
        return {name: [] for name in (*COLUMNS, "availability")}, True
    choices = [name for name in names if (has_prices(query) if name == "price" else getattr(query, name))]
    every = replace(query, availability=Availability.ALL.value)
    stages: Stages = [
        {"$match": conditions(every, without=choices) | where}, {"$limit": TEXT_COUNTED},
        {"$project": _columns(names) | {"status": 1}},
    ]  # fmt: skip
    parts = {
        name: [{"$match": conditions(query, without=[name, "seller"])}, *_counting(name)] for name in names
    }
    parts["availability"] = [{"$match": conditions(every, without=["seller"])},
                             {"$group": {"_id": "$status", "n": {"$sum": 1}}},
                             {"$match": {"_id": {"$in": [status_of(name) for name in AVAILABILITY]}}}]  # fmt: skip
    parts["all"] = [{"$count": "n"}]
    answer = next(iter(table().aggregate([*stages, {"$facet": parts}])))
    number = answer.pop("all")
    answer["availability"].sort(key=lambda row: -row["n"])
    return answer, not number or number[0]["n"] < TEXT_COUNTED


def _columns(names: Sequence[str]) -> dict[str, int]:
    return {COLUMNS.get(name, "price_cents"): 1 for name in names}


def _counting(name: str) -> Stages:
    if name == "price":
        bounds = [*PRICE_STEPS, 2**53]
        return [{"$bucket": {"groupBy": "$price_cents", "boundaries": bounds, "default": bounds[-1],
                             "output": {"n": {"$sum": 1}}}}]  # fmt: skip
    column = f"${COLUMNS[name]}"
    unwound: Stages = [{"$unwind": column}] if name in ARRAYS else []
    limit: Stages = [] if name == "category" else [{"$limit": VALUES_MAX}]
    return [*unwound, {"$group": {"_id": column, "n": {"$sum": 1}}}, {"$match": {"_id": {"$ne": ""}}},
            {"$sort": {"n": -1, "_id": 1}}, *limit]  # fmt: skip
