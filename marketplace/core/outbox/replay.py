"""Replay: stores outbox entries for past events of one handler."""

from datetime import datetime
from itertools import islice

from marketplace.core.db import atomic
from marketplace.core.events import BATCH, Event, Handler
from marketplace.core.outbox.models import OutboxEntry


class ReplayRefused(ValueError):
    """The handler has no replay source."""


def replay(*, handler: Handler, since: datetime, is_dry_run: bool = False) -> int:
    """Stores entries for `handler` from its replay source since a time; how many. The relay then paces the work.

    When it is ended half way, run it again: a handler with a replay source gives the same result when it runs twice.
    ReplayRefused for a handler without one.
    """
    if handler.replay is None:
        raise ReplayRefused(
            f"{handler.name} cannot be replayed: it names no source of past events (@on(..., replay=...)). "
            "A handler that adds to a count must not have one, for it would count twice."
        )
    events, count = iter(handler.replay(since)), 0
    while batch := list(islice(events, BATCH)):
        count += len(batch) if is_dry_run else _store(handler.name, batch)
    return count


@atomic
def _store(handler_name: str, events: list[Event]) -> int:
    return OutboxEntry.objects.all().add([(event, handler_name) for event in events], request_id="replay")
