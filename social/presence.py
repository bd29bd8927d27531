"""Who watches a listing right now: a sorted set of sockets in Valkey, by the time of their last heartbeat."""

import asyncio
import time
from weakref import WeakKeyDictionary

import redis.asyncio
from django.conf import settings

from marketplace.core.rules import rule

BROADCAST_MS = 2000  # a thousand people who arrive together are told of each other once in this time


# A client belongs to the event loop that it was made in (a server has one, tests have several).
_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, redis.asyncio.Redis] = WeakKeyDictionary()


def _client() -> redis.asyncio.Redis:
    loop = asyncio.get_running_loop()
    if loop not in _clients:
        _clients[loop] = redis.asyncio.Redis.from_url(
            settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1
        )
    return _clients[loop]


async def watch(group: str, socket: str) -> None:
    """Notes that a socket watches, or still watches."""
    key, now, gone = f"watching:{group}", time.time(), rule("thread.presence_seconds")
    async with _client().pipeline(transaction=False) as pipe:
        pipe.zadd(key, {socket: now})
        pipe.expire(key, 2 * gone)
        await pipe.execute()


async def leave(group: str, socket: str) -> None:
    """Notes that a socket has gone."""
    await _client().zrem(f"watching:{group}", socket)


async def watching(group: str) -> int:
    """How many watch; who has been silent for `thread.presence_seconds` does not count."""
    key, oldest = f"watching:{group}", time.time() - rule("thread.presence_seconds")
    async with _client().pipeline(transaction=False) as pipe:
        pipe.zremrangebyscore(key, "-inf", oldest)
        pipe.zcard(key)
        return (await pipe.execute())[1]


async def may_announce(group: str) -> bool:
    """Whether it is this caller who tells the group how many watch, a moment from now."""
    return bool(await _client().set(f"announcing:{group}", 1, nx=True, px=BROADCAST_MS))
