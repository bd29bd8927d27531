"""Reads the rule book: `rule("listing.title_max")` gives the value in force today."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from marketplace.core.rulebook import CHANGES, RULES, Rule, Value

_overrides: dict[
    str, Value
] = {}  # of the whole process: threads and sockets of a test live under the same rules


@lru_cache(maxsize=8)
def _edition(day: date) -> tuple[int, dict[str, Value]]:
    values = {rule.key: rule.default for rule in RULES}
    if unknown := settings.RULES.keys() - values.keys():
        raise ImproperlyConfigured(f"RULES names rules that are not in the book: {sorted(unknown)}")
    values |= settings.RULES
    version = 0
    for change in CHANGES:
        if change.effective <= day:
            unknown = change.values.keys() - values.keys()
            if unknown:
                raise ValueError(f"change {change.version} names rules that do not exist: {sorted(unknown)}")
            values |= change.values
            version = change.version
    return version, values


def rule(key: str) -> Value:
    """The value in force today of one rule; KeyError for a key that is not in the book."""
    if key in _overrides:
        return _overrides[key]
    return _edition(timezone.now().date())[1][key]


def current_version() -> int:
    """The number of the edition in force today."""
    return _edition(timezone.now().date())[0]


def book() -> list[tuple[Rule, Value]]:
    """Every rule with its value in force today, for the page and the JSON address."""
    return [(entry, rule(entry.key)) for entry in RULES]


def as_json() -> dict[str, Any]:
    """The rule book as data: version, values with unit and meaning, and the dated changes."""
    return {
        "version": current_version(),
        "rules": {
            entry.key: {"value": value, "unit": entry.unit, "text": str(entry.text)}
            for entry, value in book()
        },
        "changes": [
            {
                "version": c.version,
                "effective": c.effective.isoformat(),
                "note": str(c.note),
                "values": c.values,
            }
            for c in CHANGES
        ],
    }


@contextmanager
def override(values: dict[str, Value]) -> Iterator[None]:
    """Puts other values in force inside the block, for tests; refuses keys that do not exist."""
    unknown = values.keys() - {entry.key for entry in RULES}
    if unknown:
        raise KeyError(f"not in the rule book: {sorted(unknown)}")
    before = dict(_overrides)
    _overrides.update(values)
    try:
        yield
    finally:
        _overrides.clear()
        _overrides.update(before)
