"""What a sale costs the seller, by the rule book."""

from marketplace.core.money import Money
from marketplace.core.rules import rule


def fee_of(*, price: Money) -> Money:
    """The percentage (rounded down) and the fixed part; never more than the price itself."""
    fee = price.percent(rule("fee.pct")) + Money(rule("fee.flat"), price.currency)
    return Money(min(fee.amount_minor, price.amount_minor), price.currency)


def earning_of(*, price: Money) -> Money:
    """What is left for the seller."""
    return price - fee_of(price=price)
