"""What facets show, whatever engine counts them."""

from collections.abc import Sequence
from typing import Final

from listings import taxonomy
from search.results import FacetValue

VALUES_MAX: Final = 100  # values of one facet, the most frequent ones
# Lower bounds of the steps of prices, minor units; the last has no upper one.
PRICE_STEPS: Final = (
    0, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000, 50_000, 100_000,
    200_000,
)  # fmt: skip


def shown_categories(counted: Sequence[FacetValue], chosen: Sequence[str]) -> list[FacetValue]:
    """Of categories of every level: the departments, and the way to each chosen one with what is beside and below it.

    Where only one department has something, it counts as chosen, and so on downwards.
    """
    counts = {one.value: one for one in counted}
    shown = {node.slug for node in taxonomy.departments()}
    level = [slug for slug in shown if slug in counts]
    while not chosen and len(level) == 1:
        below = [node.slug for node in taxonomy.children(level[0])]
        shown.update(below)
        level = [slug for slug in below if slug in counts]
    for slug in chosen:
        for node in taxonomy.path_of(slug) if taxonomy.category(slug) else ():
            shown.update(child.slug for child in taxonomy.children(node.slug))
    return [one for one in counted if one.value in shown]
