"""Rate limits inside services, so that page, API, socket and admin all have them."""

import functools
import logging
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

import redis
from django.conf import settings
from redis.commands.core import Script

from marketplace.core.errors import TooMany
from marketplace.core.rules import rule

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Quota:
    """What is left of one limit; `reset` in whole seconds."""

    limit: int
    remaining: int
    reset: int

    def headers(self) -> dict[str, str]:
        """The RateLimit-* fields of an HTTP answer."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }


last_quota: ContextVar[Quota | None] = ContextVar("last_quota", default=None)


# The window opens with its first use; one that is just over never becomes one without an end.
_SPEND = """
local used = redis.call("INCRBY", KEYS[1], ARGV[1])
local left = redis.call("TTL", KEYS[1])
if left < 0 then
    left = tonumber(ARGV[2])
    redis.call("EXPIRE", KEYS[1], left)
end
return {used, left}
"""


@functools.cache
def _spend_script() -> Script:
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
    return client.register_script(_SPEND)


def spend(scope: str, who: object, *, cost: int = 1) -> Quota | None:
    """Takes `cost` from the limit of the rule book `limit.<scope>.*` for this person; TooMany when it is used up.

    A window opens with the first use and is over `seconds` later. Fails open: when Valkey is away the action goes
    through and a line is logged.
    """
    limit, (key, seconds) = rule(f"limit.{scope}.count"), _window(scope, who)
    try:
        used, left = _spend_script()(keys=[key], args=[cost, seconds])
    except redis.RedisError as exc:
        log.warning("rate limit not checked", extra={"scope": scope, "reason": str(exc)})
        return None
    quota = Quota(limit, max(limit - used, 0), max(left, 1))
    last_quota.set(quota)
    if used > limit:
        raise TooMany(retry_after=quota.reset, scope=scope, limit=quota.limit)
    return quota


def give_back(scope: str, who: object, *, cost: int = 1) -> None:
    """Returns what `spend` took, for what turned out not to count; nothing when Valkey is away."""
    key, seconds = _window(scope, who)
    try:
        _spend_script()(keys=[key], args=[-cost, seconds])
    except redis.RedisError as exc:
        log.warning("rate limit not given back", extra={"scope": scope, "reason": str(exc)})


def _window(scope: str, who: object) -> tuple[str, int]:
    limit, seconds = rule(f"limit.{scope}.count"), rule(f"limit.{scope}.seconds")
    return f"quota/{scope}/{limit}/{seconds}/{who}", seconds  # a changed rule opens a new window


def limited(scope: str, *, by: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorates a service: spends one of `limit.<scope>.*` for the person in keyword `by`. Stands above @atomic."""

    def decorate(service: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(service)
        def inner(*args: P.args, **kwargs: P.kwargs) -> R:
            spend(scope, kwargs[by].pk)  # type: ignore[attr-defined]
            return service(*args, **kwargs)

        return inner

    return decorate


class QuotaHeadersMiddleware:
    """Puts the RateLimit-* headers of the limit that the request spent last on its answer."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request):  # type: ignore[no-untyped-def]
        token = last_quota.set(None)
        try:
            response = self.get_response(request)
            quota = last_quota.get()
            if quota:
                for name, value in quota.headers().items():
                    response.headers[name] = value
            return response
        finally:
            last_quota.reset(token)
