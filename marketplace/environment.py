"""Reads the environment for the settings (12-factor)."""

import os

from django.core.exceptions import ImproperlyConfigured


def flag(name: str, default: bool) -> bool:
    """Whether a variable says 1, true, yes or on."""
    return os.environ.get(name, str(int(default))).strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """The words of a variable, between commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


DEBUG = flag("DEBUG", False)


def needed(name: str, in_development: str) -> str:
    """A variable that must be set in production; ImproperlyConfigured names it when it is not."""
    value = os.environ.get(name, "")
    if not value and not DEBUG:
        raise ImproperlyConfigured(f"Set {name} in the environment; it has no default in production.")
    return value or in_development
