"""Telling whoever watches right now. Speed, not a guarantee: the guarantee is the database plus replay."""

import logging
from typing import Any

import redis.exceptions
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

log = logging.getLogger(__name__)


def send(group: str, message: dict[str, Any]) -> None:
    """Sends one message to every socket of the group; call it through on_commit. What is lost is logged, not raised."""
    try:
        async_to_sync(get_channel_layer().group_send)(group, message)
    except (redis.exceptions.RedisError, OSError) as exc:
        log.warning("live message lost", extra={"group": group, "reason": str(exc)})
