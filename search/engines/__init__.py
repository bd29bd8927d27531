"""The engines that answer searches, the preferred one first."""

from collections.abc import Sequence

from search.engines.base import Engine
from search.engines.elastic import ElasticEngine
from search.engines.mongo import MongoEngine
from search.index.client import is_configured

_MONGO, _ELASTIC = MongoEngine(), ElasticEngine()


def engines() -> Sequence[Engine]:
    """Those that are configured; MongoDB is always the last."""
    return (_ELASTIC, _MONGO) if is_configured() else (_MONGO,)


__all__ = ["Engine", "engines"]
