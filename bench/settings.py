"""The project's settings with the hello view that everything is compared with, and no limit on asking."""

from marketplace.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
RULES = {"limit.api.count": 10**9, **RULES}  # noqa: F405
