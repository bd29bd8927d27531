"""The indexes of the outbox that Django cannot declare: inside an array, and with a time to live."""

from typing import Any

from django.conf import settings
from django.db import connection

OWED = "outbox_owed"
TTL = "outbox_finished_ttl"
DAY = 24 * 60 * 60


def ensure_indexes(**_signal: Any) -> None:
    """Makes both, or changes the time to live when the setting changed; runs after each migrate."""
    from marketplace.core.outbox.models import OutboxEvent

    table = OutboxEvent.objects.all().table()
    table.create_index([("owing.handler", 1), ("owing.due_at", 1)], name=OWED)
    seconds = settings.OUTBOX["KEEP_DAYS"] * DAY
    known = table.index_information().get(TTL)
    if known is None:
        table.create_index("finished_at", name=TTL, expireAfterSeconds=seconds)
    elif known["expireAfterSeconds"] != seconds:
        connection.database.command("collMod", table.name, index={"name": TTL, "expireAfterSeconds": seconds})
