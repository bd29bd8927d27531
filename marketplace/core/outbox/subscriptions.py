"""The registry of handlers in the database, which has those of every running release.

During a roll-out processes of two releases publish. Each writes entries for the handlers of its own code and for those
in the database, so a handler that a release adds misses nothing that the older processes publish.
"""

import time
from datetime import timedelta

from bson import ObjectId
from django.conf import settings
from django.db import connection
from django.utils import timezone

from marketplace.core.events import HANDLERS, handlers_of
from marketplace.core.outbox.models import OutboxEntry, Subscription

CACHE_SECONDS = 5.0
RETIRED = "no release has subscribed this handler to this event for some days"
_known: tuple[float, dict[str, set[str]]] = (0.0, {})  # (good until, handlers by event): replaced as a whole


def subscribers(event_name: str) -> list[str]:
    """The handlers that an event is stored for: those of this release and those in the database (5 s old at most)."""
    global _known
    if time.monotonic() > _known[0]:
        _known = (time.monotonic() + CACHE_SECONDS, _read())
    return sorted(_known[1].get(event_name, set()).union(handlers_of(event_name)))


def clear_cache() -> None:
    """Makes the next subscribers() ask the database."""
    global _known
    _known = (0.0, {})


def _read() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    # Raw, and without the session: what is read here must not belong to the transaction that publishes.
    for row in connection.database[Subscription._meta.db_table].find({}, {"event": 1, "handler": 1}):
        found.setdefault(row["event"], set()).add(row["handler"])
    return found


def register(**_signal: object) -> None:
    """Writes this release's subscriptions to the database: after each migrate, and by each relay once a minute."""
    for handler in filter(lambda one: one.when(), list(HANDLERS.values())):
        for event in handler.events:
            Subscription.objects.update_or_create(
                event=event, handler=handler.name, defaults={"seen_at": timezone.now()}
            )
    clear_cache()


def retire() -> int:
    """Forgets what no release has registered for OUTBOX["RETIRE_DAYS"]; what waits for it is dead; how many entries."""
    cutoff = timezone.now() - timedelta(days=settings.OUTBOX["RETIRE_DAYS"])
    Subscription.objects.filter(seen_at__lt=cutoff).delete()
    living = set(Subscription.objects.values_list("event", "handler"))
    old = OutboxEntry.objects.waiting().filter(pk__lt=ObjectId.from_datetime(cutoff))
    gone = set(old.values_list("event", "handler").distinct()) - living
    return sum(
        old.filter(event=event, handler=handler).update(state="dead", due_at=None, claim=None, error=RETIRED)
        for event, handler in gone
    )
