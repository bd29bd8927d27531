"""Money is an integer amount of minor units with an ISO 4217 currency; no float and no bare number anywhere."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.errors import Invalid

# code: (digits after the point, sign shown before or after the amount)
CURRENCIES: Final[dict[str, tuple[int, str]]] = {
    "USD": (2, "$"), "EUR": (2, "€"), "GBP": (2, "£"), "CAD": (2, "CA$"), "AUD": (2, "A$"),
    "NZD": (2, "NZ$"), "INR": (2, "₹"), "JPY": (0, "¥"), "CHF": (2, "CHF"), "SEK": (2, "kr"),
    "NOK": (2, "kr"), "DKK": (2, "kr"), "PLN": (2, "zł"), "CZK": (2, "Kč"), "BRL": (2, "R$"),
    "MXN": (2, "MX$"), "KRW": (0, "₩"), "KWD": (3, "KD"),
}  # fmt: skip
NBSP: Final = "\u00a0"
SIGN_BEHIND: Final = frozenset({"SEK", "NOK", "DKK", "PLN", "CZK"})


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
    return CURRENCIES[currency][0]


def currency_choices() -> list[tuple[str, str]]:
    """Currencies for a select box, the site's own first."""
    codes = sorted(CURRENCIES, key=lambda code: (code != settings.DEFAULT_CURRENCY, code))
    return [(code, f"{code} {CURRENCIES[code][1]}") for code in codes]


def format_money(money: Money) -> str:
    """The amount as people read it in the active language, with the sign of its currency; whole amounts lose ".00"."""
    return _formatted(money, get_language())


@lru_cache(maxsize=20_000)
def _formatted(money: Money, language: str | None) -> str:
    digits, sign = CURRENCIES[money.currency]
    whole = money.amount_minor % 10**digits == 0
    number = formats.number_format(
        abs(money.decimal), 0 if whole else digits, use_l10n=True, force_grouping=True
    )
    minus = "−" if money.amount_minor < 0 else ""
    if money.currency in SIGN_BEHIND:
        return f"{minus}{number}{NBSP}{sign}"
    return f"{minus}{sign}{NBSP if sign.isalpha() else ''}{number}"


def parse_amount(text: str, currency: str, *, field: str = "price") -> int:
    """Minor units of what a person typed ("12.50", "1 200", "12,5"); Invalid names the field and what is wrong."""
    if currency not in CURRENCIES:
        raise Invalid(fields={"currency": [_("Choose one of the currencies in the list.")]})
    cleaned = text.strip().replace(NBSP, "").replace(" ", "").lstrip(CURRENCIES[currency][1])
    if cleaned.count(",") == 1 and "." not in cleaned and len(cleaned.rsplit(",", 1)[1]) != 3:
        cleaned = cleaned.replace(",", ".")
    try:
        value = Decimal(cleaned.replace(",", ""))
    except InvalidOperation:
        raise Invalid(fields={field: [_("Type an amount like 25 or 12.50.")]}) from None
    minor = value.scaleb(exponent(currency)) if value.is_finite() else Decimal("0.5")
    if minor != minor.to_integral_value() or abs(minor) > 2**53:
        digits = exponent(currency)
        raise Invalid(
            fields={
                field: [_("%(code)s has %(n)d digits after the point.") % {"code": currency, "n": digits}]
            }
        )
    return int(minor)
