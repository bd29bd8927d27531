"""Deterministic pseudo-random choices: from a hash of the row's key and a purpose, so that each run makes the same."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def share(key: str, what: str) -> float:
    """A number from 0 to below 1 for a key and a purpose."""
    digest = hashlib.blake2b(f"{what}:{key}".encode(), digest_size=7).digest()
    return int.from_bytes(digest, "big") / (1 << 56)


def pick(choices: Sequence[T], key: str, what: str) -> T:
    """One of the choices, each as likely as the others."""
    return choices[int(share(key, what) * len(choices))]


def pick_middle(choices: Sequence[T], key: str, what: str) -> T:
    """One of the choices, those in the middle more often, as sizes are."""
    at = (share(key, what) + share(key, f"{what}, again")) / 2
    return choices[int(at * len(choices))]


def pick_weighted(weights: Mapping[str, int], key: str, what: str) -> str:
    """One of the keys, as often as its weight says."""
    left = share(key, what) * sum(weights.values())
    for word, weight in weights.items():
        left -= weight
        if left < 0:
            return word
    return next(reversed(list(weights)))


def price_between(low: int, high: int, key: str) -> int:
    """Minor units between two amounts, cheap ones more often, as people write prices: 12.00, 45.00, 150.00."""
    amount = low * (high / low) ** share(key, "price")
    step = 100 if amount < 5000 else 500 if amount < 20000 else 1000
    return max(low, round(amount / step) * step)
