"""What a search finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from listings.models import CardRow


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; when it is not exact, at least so many."""

    value: int
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found: rows in their order, the cursor of the next page ("" at the end), how many in all.

    `total` is None where only more of the same was asked for.
    """

    rows: Sequence[CardRow]
    next_cursor: str
    total: Count | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value that a search can be narrowed to, and how many listings it would show then."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """For each facet its values, most first, counted without that facet's own choice; prices as steps of a histogram.

    `is_exact` is False where counting ended early; the counts are then of the part that was looked at.
    """

    values: Mapping[str, Sequence[FacetValue]]
    prices: Sequence[tuple[int, int]] = field(default_factory=tuple)  # (lower bound in minor units, listings)
    is_exact: bool = True
