"""Another time for one thread: the demo's past is made through the services, which ask Django what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, tzinfo
from typing import Any

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("demo_moment", default=None)


class _Kind(type):
    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, datetime)


class _Clock(datetime, metaclass=_Kind):
    """What django.utils.timezone takes for datetime while the demo is made."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        moment = _moment.get()
        return datetime.now(tz) if moment is None else moment.astimezone(tz)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, timezone.now() is `moment` for this thread; for all others it stays what it is."""
    # Installed once and left there: without a moment it is the real clock, so threads that overlap do no harm.
    timezone.datetime = _Clock
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
