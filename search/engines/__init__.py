"""The engines that answer searches, the preferred one first."""

from collections.abc import Sequence
from functools import cache

from search.engines.base import Engine
from search.engines.mongo import MongoEngine


@cache
def engines() -> Sequence[Engine]:
    """Those that are configured; MongoDB is always the last."""
    return (MongoEngine(),)


__all__ = ["Engine", "engines"]
