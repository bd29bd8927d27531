import pytest

from listings.services import earning_of, fee_of
from marketplace.core.money import Money
from marketplace.core.rules import override


@pytest.mark.parametrize(
    ("rules", "cents"),
    [({}, 2250), ({"fee.flat": 100}, 2200), ({"fee.pct": 20}, 1950), ({"fee.pct": 0, "fee.flat": 0}, 2500),
     ({"fee.flat": 9999}, 0)],
)  # fmt: skip
def test_what_a_seller_earns_follows_the_rule_book(rules, cents):
    price = Money(2500, "USD")

    with override(rules):
        assert earning_of(price=price) == Money(cents, "USD")
        assert fee_of(price=price) + earning_of(price=price) == price
