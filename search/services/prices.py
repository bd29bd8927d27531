"""What things of a brand were sold for."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import median_low, quantiles

from listings.models import BY_AGE, Listing, Status
from listings.taxonomy import CONDITIONS, Condition
from marketplace.core.money import Money
from marketplace.core.rules import rule
from marketplace.mongo.hints import by_index

PARTS = len(("lowest", "below", "above", "highest"))  # quarters of the prices


@dataclass(frozen=True, slots=True)
class SoldPrices:
    """What was paid in one condition and currency: how many, the middle price, what the middle half lies between."""

    condition: Condition
    count: int
    middle: Money
    low: Money
    high: Money


def sold_prices(brand_slug: str) -> list[SoldPrices]:
    """By condition, the best first; nothing where fewer than `search.sold_min` were sold. One query."""
    sold = by_index(Listing.objects.filter(brand_slug=brand_slug, status=Status.SOLD), "listing_brand_newest")
    rows = sold.order_by(*BY_AGE)[: rule("search.sold_counted")]
    paid: dict[tuple[str, str], list[int]] = defaultdict(list)
    for condition, currency, price in rows.values_list("condition", "currency", "price_cents"):
        if price is not None:
            paid[condition, currency].append(price)
    enough = {key: prices for key, prices in paid.items() if len(prices) >= rule("search.sold_min")}
    return [
        _summary(CONDITIONS[condition], currency, prices)
        for code in CONDITIONS
        for (condition, currency), prices in sorted(enough.items())
        if condition == code
    ]


def _summary(condition: Condition, currency: str, prices: list[int]) -> SoldPrices:
    low, _middle, high = (
        quantiles(prices, n=PARTS, method="inclusive") if len(prices) > 1 else prices * (PARTS - 1)
    )
    return SoldPrices(
        condition, len(prices), Money(median_low(prices), currency), Money(round(low), currency),
        Money(round(high), currency),
    )  # fmt: skip
