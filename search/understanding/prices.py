"""Prices in a text: "under $40", "between 20 and 50", "40 dollars or less"."""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from marketplace.core.money import exponent

SIGNS: Final = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "usd": "USD", "eur": "EUR", "gbp": "GBP", "inr": "INR",
    "jpy": "JPY", "dollar": "USD", "dollars": "USD", "bucks": "USD", "euro": "EUR", "euros": "EUR", "pounds": "GBP",
    "quid": "GBP", "rupees": "INR", "rs": "INR", "yen": "JPY", "cad": "CAD", "aud": "AUD", "c$": "CAD", "a$": "AUD",
    "us$": "USD", "kr": "SEK", "zł": "PLN", "chf": "CHF",
}  # fmt: skip
DOLLARS: Final = frozenset({"$", "dollar", "dollars", "bucks"})  # of whichever dollars the shop counts in
_SIGN: Final = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?k?|\d{1,7}(?:[.,]\d{1,2})?k?"
# What makes a number something other than a price.
_UNIT: Final = (
    r"(?!\s*(?:inch(?:es)?|in|\"|cm|mm|m|ft|feet|oz|ml|kg|g|lbs?|years?|yrs?|y|months?|mos?|days?|pack|pc|pcs|pieces?|st|nd|"
    r"rd|th|degrees?|waist|denier|carats?|ct|k)\b)(?!\s*[%x×\"]|[\w.]*\d)"
)


def _amount(name: str) -> str:
    return rf"(?P<{name}_pre>{_SIGN})?\s?(?P<{name}>{_NUMBER})(?:\s?(?P<{name}_post>{_SIGN})(?!\w))?"


_A, _B = _amount("a"), _amount("b")
_START: Final = r"(?<![\w.$€£¥₹-])"
_LESS: Final = (
    r"under|below|less\s+than|max(?:imum)?\s+price|up\s?to|no\s+more\s+than|at\s+most|cheaper\s+than|not\s+over|within|"
    r"lower\s+than|budget(?:\s+of)?|price\s*<|<=?"
)
_MORE: Final = r"over|above|more\s+than|min(?:imum)?\s+price|at\s+least|starting\s+(?:at|from)|>=?"
# (pattern, what it says, whether a currency must be named): the first that fits at a place wins.
FORMS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), kind, needs_sign)
    for pattern, kind, needs_sign in (
        (rf"{_START}(?:price\s+)?between\s+{_A}\s*(?:and|to|-|–|&)\s*{_B}{_UNIT}", "range", False),
        (rf"{_START}(?:from\s+)?{_A}\s*(?:-|–|to|\.\.)\s*{_B}{_UNIT}", "range", True),
        (rf"{_START}(?:for\s+)?(?:{_LESS})\s*{_A}{_UNIT}", "max", False),
        (rf"{_START}(?:{_MORE})\s*{_A}{_UNIT}", "min", False),
        (rf"{_START}{_A}\s*(?:or|and)\s+(?:less|under|below|cheaper|lower)\b", "max", False),
        (rf"{_START}{_A}\s*(?:max|maximum|tops)\b", "max", True),
        (rf"{_START}(?:max|maximum)\s*{_A}{_UNIT}", "max", True),
        (rf"{_START}(?:min|minimum)\s*{_A}{_UNIT}", "min", True),
        (rf"{_START}{_A}\s*(?:(?:or|and)\s+(?:more|up|over|above|higher)\b)", "min", False),
        (rf"{_START}(?:from\s+){_A}{_UNIT}", "min", True),
        (rf"{_START}{_A}\s*\+", "min", True),
        (rf"{_START}(?:(?:for|about|around|approx)\s+)?{_A}{_UNIT}", "max", True),
    )
)


class Price(NamedTuple):
    """Limits in minor units, the currency that was named ("" for none), and where in the text it says so."""

    low: int | None
    high: int | None
    currency: str
    start: int
    end: int


def find_price(text: str, currency: str) -> Price | None:
    """The first price in a text, read in `currency` where none is named."""
    for pattern, kind, needs_sign in FORMS:
        for match in pattern.finditer(text):
            found = _read(match, kind, currency)
            if found and (found.currency or not needs_sign):
                return found
    return None


def _read(match: re.Match[str], kind: str, currency: str) -> Price | None:
    groups = match.groupdict()
    signs = [groups.get(f"{name}_{side}") for name in "ab" for side in ("pre", "post")]
    sign = next((sign.casefold() for sign in signs if sign), "")
    named = _currency(sign, currency)
    values = [_minor(groups[name], named or currency) for name in "ab" if groups.get(name)]
    if any(value <= 0 for value in values):
        return None
    low, high = {"range": (min(values), max(values)), "min": (values[0], None), "max": (None, values[0])}[
        kind
    ]
    return Price(low, high, named, match.start(), match.end())


def _currency(sign: str, shop: str) -> str:
    if sign in DOLLARS and shop in ("USD", "CAD", "AUD", "NZD"):
        return shop
    return SIGNS.get(sign, "")


def _minor(text: str, currency: str) -> int:
    number = text.casefold()
    factor = 1000 if number.endswith("k") else 1
    number = number.removesuffix("k")
    if re.fullmatch(r"\d+,\d{1,2}", number):
        number = number.replace(",", ".")
    value = Decimal(number.replace(",", "")) * factor
    return int(value.scaleb(exponent(currency)))
