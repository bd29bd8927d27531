"""Limits of open connections and frames, by person and by address, for this process.

Counted in memory, because it is the memory and the processor of this process that the limits protect. How many
connections are opened is counted in Valkey, across processes (middleware.py); what frames do, in the services.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.core.errors import TooMany
from marketplace.core.rules import rule

PERSON, ADDRESS = "person", "address"
LIMITS = {
    PERSON: ("socket.open_person", "limit.socket"),
    ADDRESS: ("socket.open_address", "limit.socket_address"),
}


@dataclass(slots=True)
class Counters:
    """Of one person or one address; `window_start` by the monotonic clock."""

    connections: int = 0
    frames: int = 0
    window_start: float = 0.0


_counts: dict[tuple[str, str], Counters] = {}


class Usage:
    """Counts one connection; `who` holds its address and, when logged in, the person, as (kind, name)."""

    def __init__(self, who: Sequence[tuple[str, str]]) -> None:
        self._who = who

    def open(self) -> None:
        """Counts the connection; TooMany when the person or the address has as many as they may."""
        for kind, name in self._who:
            count = _counts.get((kind, name))
            if count is not None and count.connections >= rule(LIMITS[kind][0]):
                raise TooMany(scope=LIMITS[kind][0])
        for key in self._who:
            _counts.setdefault(key, Counters()).connections += 1

    def close(self) -> None:
        """Takes the connection off the counters."""
        for key in self._who:
            count = _counts[key]
            count.connections -= 1
            if not count.connections:
                del _counts[key]

    def spend_frame(self) -> bool:
        """Counts one frame; False when the person or the address has sent too many in their window."""
        now, is_allowed = time.monotonic(), True
        for key in self._who:
            count, limit = _counts[key], LIMITS[key[0]][1]
            if now - count.window_start > rule(f"{limit}.seconds"):
                count.window_start, count.frames = now, 0
            count.frames += 1
            is_allowed = is_allowed and count.frames <= rule(f"{limit}.count")
        return is_allowed
