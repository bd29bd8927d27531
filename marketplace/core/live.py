"""Best-effort messages to groups of sockets, sent from threads. The guarantee is the database plus replay."""

import hashlib
import logging
from typing import Any

import redis.exceptions
from channels.layers import get_channel_layer

from marketplace.core.db import on_commit

log = logging.getLogger(__name__)


def send(group: str, message: dict[str, Any]) -> None:
    """Sends one message to every socket of the group; call it through on_commit. What is lost is logged, not raised."""
    try:
        get_channel_layer().publish(group, message)
    except (redis.exceptions.RedisError, OSError) as exc:
        log.warning("live message lost", extra={"group": group, "reason": str(exc)})


def person_group(user_id: object) -> str:
    """The name of the group of all live connections of a person."""
    return f"person.{user_id}"


def tell_person(user_id: object) -> None:
    """Tells every live connection of a person that something of theirs changed; call it through on_commit."""
    send(person_group(user_id), {"type": "person_changed"})


def session_name(session_key: str) -> str:
    """The SHA-256 of a session key, for messages: it does not open the session."""
    return hashlib.sha256(session_key.encode()).hexdigest()


def end_sessions(user_id: object, *, session_key: str = "") -> None:
    """Ends the live connections of one session of a person, or of all, in every process, once the change is stored."""
    message = {"type": "end_session", "session": session_name(session_key) if session_key else ""}
    on_commit(lambda: send(person_group(user_id), message))
