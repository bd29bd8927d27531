"""Health checks of the servers that a process depends on, with their latency (ms) and the lag of the outbox (s)."""

import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.utils import timezone
from elasticsearch.dsl import connections

from marketplace.core.outbox.announcing import oldest_unannounced
from marketplace.core.outbox.models import OutboxEntry
from marketplace.core.tasks import celery_app

TIMEOUT_SECONDS = 1.0
REPORT_SECONDS = 1.0  # anybody may ask: all who ask within that time get the same report
MAX_LAG_SECONDS = 300
REPLACEABLE = {"elasticsearch"}  # others do its work while it is away
FALLBACK_SECONDS = 24 * 3600  # for how long fallbacks are counted, from the first one


_asking = threading.Lock()
_reports: deque[tuple[float, tuple[bool, dict[str, Any]]]] = deque(
    maxlen=1
)  # when (monotonic), and what it said


@dataclass(frozen=True, slots=True)
class Check:
    """The result for one dependency. Without a `required` one no page can be answered."""

    name: str
    ok: bool
    required: bool
    latency_ms: float
    detail: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"ok": self.ok, "required": self.required, "latency_ms": self.latency_ms, **self.detail}


def count_fallback(name: str) -> None:
    """Counts, over all processes, an answer that was had without this dependency because it was away."""
    key = f"health.fallbacks.{name}"
    cache.add(key, 0, FALLBACK_SECONDS)
    try:
        cache.incr(key)
    except ValueError:  # it ran out a moment ago, or Valkey is away too
        return


def checks() -> list[Check]:
    """Checks every dependency once."""
    return [
        _check(name, required, ask)
        for name, (required, ask) in DEPENDENCIES.items()
        if name != "elasticsearch" or settings.ELASTICSEARCH_URL  # without it MongoDB answers searches
    ]


def report() -> tuple[bool, dict[str, Any]]:
    """Whether pages can be answered, and what /readyz says: ok, degraded or down, with each dependency's latency.

    A second old at most. Whoever asks while another asks the servers gets the one before.
    """
    if _reports and (_is_fresh() or _asking.locked()):
        return _reports[-1][1]
    with _asking:
        if not _is_fresh():
            _reports.append((time.monotonic(), _ask_all()))
        return _reports[-1][1]


def _is_fresh() -> bool:
    return bool(_reports) and time.monotonic() - _reports[-1][0] < REPORT_SECONDS


def _ask_all() -> tuple[bool, dict[str, Any]]:
    found = checks()
    ready = all(check.ok for check in found if check.required)
    status = "down" if not ready else "ok" if all(check.ok for check in found) else "degraded"
    return ready, {"status": status, "checks": {check.name: check.as_json() for check in found}}


def _check(name: str, required: bool, ask: Callable[[], dict[str, Any]]) -> Check:
    started = time.perf_counter()
    try:
        detail, ok = ask(), True
        ok = not detail.pop("late", False)
    except Exception as exc:  # whatever it is, the answer is that this dependency is not there
        # The kind only: addresses and passwords in a driver's message are nobody's business.
        detail, ok = {"error": type(exc).__name__}, False
    if name in REPLACEABLE and (fallbacks := cache.get(f"health.fallbacks.{name}")):
        detail["fallbacks"] = fallbacks
    return Check(name, ok, required, round((time.perf_counter() - started) * 1000, 1), detail)


def _mongodb() -> dict[str, Any]:
    connection.database.command("ping")
    return {}


def _valkey() -> dict[str, Any]:
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
    ) as client:
        client.ping()
    return {}


def _broker() -> dict[str, Any]:
    with celery_app().connection_for_write(connect_timeout=TIMEOUT_SECONDS) as broker:
        broker.ensure_connection(max_retries=0, timeout=TIMEOUT_SECONDS)
        broker.default_channel.close()
    return {}


def _elasticsearch() -> dict[str, Any]:
    health = connections.get_connection().options(request_timeout=TIMEOUT_SECONDS).cluster.health()
    return {"late": health["status"] == "red"}  # some shard has no copy that answers


def _outbox() -> dict[str, Any]:
    oldest = oldest_unannounced()
    unannounced = (timezone.now() - oldest).total_seconds() if oldest else 0.0
    lag = max(OutboxEntry.objects.all().lag(), unannounced)
    return {"lag_seconds": round(lag, 1), "late": lag > MAX_LAG_SECONDS}


def _media() -> dict[str, Any]:
    if not isinstance(default_storage, FileSystemStorage):
        default_storage.exists("ready")  # asks the bucket; a refusal or no answer raises
        return {}
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT):
        return {}


DEPENDENCIES: dict[str, tuple[bool, Callable[[], dict[str, Any]]]] = {
    "mongodb": (True, _mongodb),
    "media": (False, _media),  # browsers load pictures by themselves, from a CDN as a rule
    "valkey": (False, _valkey),
    "broker": (False, _broker),
    "elasticsearch": (False, _elasticsearch),
    "outbox": (False, _outbox),
}
