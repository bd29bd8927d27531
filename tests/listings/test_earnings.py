import pytest

from listings.models import Listing
from listings.templatetags.listings_tags import earning
from marketplace.core.money import Money
from marketplace.core.rules import override


@pytest.mark.parametrize(
    ("rules", "cents"),
    [({}, 2250), ({"fee.flat": 100}, 2200), ({"fee.pct": 20}, 1950), ({"fee.pct": 0, "fee.flat": 0}, 2500),
     ({"fee.flat": 9999}, 0)],
)  # fmt: skip
def test_what_a_seller_earns_follows_the_rule_book(rules, cents):
    with override(rules):
        assert earning(Listing(price_cents=2500, currency="USD")) == Money(cents, "USD")


def test_without_a_price_there_is_nothing_to_earn():
    assert earning(Listing(currency="USD")) is None
