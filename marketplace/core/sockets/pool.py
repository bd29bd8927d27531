"""The thread pool in which sockets make database queries."""

import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from channels.db import database_sync_to_async
from django.conf import settings

P = ParamSpec("P")
R = TypeVar("R")


async def in_pool(call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Runs a blocking call in one of SOCKET_THREADS threads, each with a database connection of its own.

    Channels' own `database_sync_to_async` has one thread for all sockets of a process: one slow query stops them all.
    """
    run = database_sync_to_async(call, thread_sensitive=False, executor=_threads())
    return await run(*args, **kwargs)


@functools.cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.SOCKET_THREADS, thread_name_prefix="socket")
