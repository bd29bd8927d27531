"""Money: an integer amount of minor units with an ISO 4217 currency, its formatting and parsing."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_symbol
from django.conf import settings
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from marketplace.core.errors import Invalid

# How many digits each has after the point. Written down here, not asked of Babel: stored amounts depend on it.
CURRENCIES: Final[dict[str, int]] = {
    "USD": 2, "EUR": 2, "GBP": 2, "CAD": 2, "AUD": 2, "NZD": 2, "INR": 2, "JPY": 0, "CHF": 2, "SEK": 2, "NOK": 2,
    "DKK": 2, "PLN": 2, "CZK": 2, "BRL": 2, "MXN": 2, "KRW": 0, "KWD": 3,
}  # fmt: skip
NBSP: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents, yen) of one currency."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        if self.currency not in CURRENCIES:
            raise ValueError(f"unknown currency {self.currency!r}")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount_minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount_minor - self._same(other), self.currency)

    def __str__(self) -> str:
        return format_money(self)

    def percent(self, percent: int) -> "Money":
        """That percentage of the amount, rounded down to whole minor units."""
        return Money(self.amount_minor * percent // 100, self.currency)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")
        return other.amount_minor

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.amount_minor).scaleb(-exponent(self.currency))


def exponent(currency: str) -> int:
    """How many digits the currency has after the point."""
    return CURRENCIES[currency]


def currency_choices() -> list[tuple[str, str]]:
    """Currencies for a select box, the site's own first."""
    codes = sorted(CURRENCIES, key=lambda code: (code != settings.DEFAULT_CURRENCY, code))
    return [(code, f"{code} {get_currency_symbol(code, _locale(get_language()))}") for code in codes]


def format_money(money: Money) -> str:
    """The amount as people read it in the active language, with the sign of its currency; whole amounts lose ".00"."""
    return _formatted(money.amount_minor, money.currency, get_language())


@lru_cache(
    maxsize=20_000
)  # cards show the same few thousand prices all day, and Babel takes its time for one
def _formatted(minor: int, currency: str, language: str | None) -> str:
    locale, digits = _locale(language), exponent(currency)
    amount, pattern = Decimal(minor).scaleb(-digits), locale.currency_formats["standard"].pattern
    if minor % 10**digits == 0:
        # Both halves of the pattern (positive; negative) lose their decimals: "¤#,##0.00" becomes "¤#,##0".
        pattern = re.sub(r"\.0+", "", pattern)
        text = format_currency(amount, currency, pattern, locale=locale, currency_digits=False)
    else:
        text = format_currency(amount, currency, pattern, locale=locale)
    # Unicode's rule for a sign of letters beside a figure, which Babel leaves out: "CHF 1", not "CHF1".
    return re.sub(r"(?<=[^\W\d_])(?=\d)", NBSP, text)


@cache
def _locale(language: str | None) -> Locale:
    """The locale of one of the site's languages; English where there is none."""
    try:
        return Locale.parse(to_locale(language or "en"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def parse_amount(text: str, currency: str, *, field: str = "price") -> int:
    """Minor units of what a person typed ("12.50", "1 200", "12,5"); Invalid names the field and what is wrong."""
    if currency not in CURRENCIES:
        raise Invalid(fields={"currency": [_("Choose one of the currencies in the list.")]})
    cleaned = text.strip().replace(NBSP, "").replace(" ", "")
    cleaned = cleaned.removeprefix(get_currency_symbol(currency, _locale(get_language())))
    if cleaned.count(",") == 1 and "." not in cleaned and len(cleaned.rsplit(",", 1)[1]) != 3:
        cleaned = cleaned.replace(",", ".")
    try:
        value = Decimal(cleaned.replace(",", ""))
        minor = value.scaleb(exponent(currency)) if value.is_finite() else Decimal("0.5")
    except ArithmeticError:  # no number, or one with an exponent that no amount has
        raise Invalid(fields={field: [_("Type an amount like 25 or 12.50.")]}) from None
    if minor != minor.to_integral_value() or abs(minor) > 2**53:
        digits = exponent(currency)
        raise Invalid(
            fields={
                field: [_("%(code)s has %(n)d digits after the point.") % {"code": currency, "n": digits}]
            }
        )
    return int(minor)
