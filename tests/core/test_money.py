import pytest
from babel.numbers import get_currency_precision
from django.utils import translation

from marketplace.core.errors import Invalid
from marketplace.core.money import CURRENCIES, Money, format_money, parse_amount


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(1250, "USD"), "$12.50"), (Money(2500, "USD"), "$25"), (Money(100_000_000, "USD"), "$1,000,000"),
        (Money(1200, "JPY"), "¥1,200"), (Money(-995, "EUR"), "-€9.95"), (Money(1500, "KWD"), "KWD\u00a01.500"),
        (Money(9900, "SEK"), "SEK\u00a099"), (Money(100, "CHF"), "CHF\u00a01"), (Money(-2500, "CAD"), "-CA$25"),
    ],
)  # fmt: skip
def test_money_reads_as_people_write_it(money, text):
    assert format_money(money) == text


def test_money_reads_as_people_of_a_language_write_it():
    with translation.override("de"):
        assert (format_money(Money(123450, "EUR")), format_money(Money(2500, "SEK"))) == (
            "1.234,50\u00a0€", "25\u00a0SEK",
        )  # fmt: skip


def test_every_currency_has_as_many_digits_as_it_has_in_the_world():
    assert {code: get_currency_precision(code) for code in CURRENCIES} == CURRENCIES


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [("12.50", "USD", 1250), ("12,5", "EUR", 1250), ("1,200", "USD", 120_000), ("1 200", "SEK", 120_000),
     ("$7", "USD", 700), ("1.234", "KWD", 1234), ("900", "JPY", 900)],
)  # fmt: skip
def test_typed_amounts_become_minor_units(typed, currency, minor):
    assert parse_amount(typed, currency) == minor


@pytest.mark.parametrize(
    ("typed", "currency", "field"),
    [("", "USD", "price"), ("ten", "USD", "price"), ("1.005", "USD", "price"), ("9.5", "JPY", "price"),
     ("NaN", "USD", "price"), ("1e99", "USD", "price"), ("5", "XXX", "currency")],
)  # fmt: skip
def test_what_is_no_amount_is_refused_at_its_field(typed, currency, field):
    with pytest.raises(Invalid) as refused:
        parse_amount(typed, currency)

    assert list(refused.value.fields) == [field]


def test_currencies_do_not_mix():
    with pytest.raises(ValueError, match="mix"):
        Money(1, "USD") + Money(1, "EUR")
    with pytest.raises(ValueError, match="unknown"):
        Money(1, "ZZZ")
    assert Money(150, "USD") + Money(50, "USD") - Money(25, "USD") == Money(175, "USD")
