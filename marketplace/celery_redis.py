"""What kombu 5.7 gets wrong when Valkey goes away under a busy worker; each piece is tested in tests/faults."""

from typing import Any

from kombu.transport import redis
from redis.exceptions import ConnectionError as ConnectionLost


def mend() -> None:
    """Makes a lost connection a connection error, which Celery survives, and not an AttributeError, which ends it."""
    # Closing a lost channel pushed unfinished tasks back over that same channel. They come again without it: by
    # visibility timeout, and those of the outbox by its lease.
    redis.Channel.do_restore = False
    if redis.Channel._connparams.__name__ != "_params_or_lost":
        redis.Channel._connparams = _mended(redis.Channel._connparams)  # type: ignore[method-assign]


def _mended(stock: Any) -> Any:
    def _params_or_lost(self: Any, asynchronous: bool = False) -> dict[str, Any]:
        # A task that ends after the loss acknowledges on its old channel, which has no connection any more.
        if getattr(self.connection, "client", None) is None:
            raise ConnectionLost("this channel's connection is closed")
        return stock(self, asynchronous=asynchronous)

    return _params_or_lost
