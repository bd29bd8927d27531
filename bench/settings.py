"""The project's settings with one more page, the hello view that everything is compared with, and no limit on asking."""

from marketplace.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
RULES = {"limit.api.count": 10**9}
