"""The project's settings with one more page: the hello view that everything is compared with."""

from marketplace.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
