"""The engines that answer searches, the preferred one first."""

from collections.abc import Sequence

from search.engines.base import Engine
from search.index.client import is_configured


def engines() -> Sequence[Engine]:
    """Those that are configured; MongoDB is always the last."""
    # Here, because the index that one of them searches is made with words of this package.
    from search.engines.elastic import ElasticEngine
    from search.engines.mongo import MongoEngine

    return (ElasticEngine(), MongoEngine()) if is_configured() else (MongoEngine(),)


__all__ = ["Engine", "engines"]
