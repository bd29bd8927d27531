"""What facets show, whatever engine counts them."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from listings import taxonomy
from search.query import Query
from search.results import FacetValue

VALUES_MAX: Final = 100  # values of one facet, the most frequent ones
# Lower bounds of the steps of prices, minor units; the last has no upper one.
PRICE_STEPS: Final = (
    0, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000, 50_000, 100_000,
    200_000,
)  # fmt: skip
Tally = Counter[Any]  # how often each value was seen


def facet_values(name: str, tally: Tally, query: Query) -> list[FacetValue]:
    """The values of a facet to show, most first. Of categories those of shown_categories."""
    if name == "category":
        shown = shown_categories(tally, query.category)
        tally = Counter({slug: number for slug, number in tally.items() if slug in shown})
    ordered = sorted(((-number, value) for value, number in tally.items() if number))
    return [FacetValue(value, -number) for number, value in ordered[:VALUES_MAX]]


def shown_categories(counts: Tally, chosen: Sequence[str]) -> set[str]:
    """Of categories of every level: the departments, and the way to each chosen one with what is beside and below it.

    Where only one department has something, it counts as chosen, and so on downwards.
    """
    shown = {node.slug for node in taxonomy.departments()}
    level = [slug for slug in shown if slug in counts]
    while not chosen and len(level) == 1:
        below = [node.slug for node in taxonomy.children(level[0])]
        shown.update(below)
        level = [slug for slug in below if slug in counts]
    for slug in chosen:
        for node in taxonomy.path_of(slug) if taxonomy.category(slug) else ():
            shown.update(child.slug for child in taxonomy.children(node.slug))
    return shown


def price_steps(prices: Tally) -> list[tuple[int, int]]:
    """(lower bound, listings) from the lowest step that has any to the highest, of prices and how often each is."""
    counts: Tally = Counter()
    for price, number in prices.items():
        counts[bisect_right(PRICE_STEPS, price) - 1] += number
    if not counts:
        return []
    return [(PRICE_STEPS[place], counts[place]) for place in range(min(counts), max(counts) + 1)]
