"""A circuit breaker: what did not answer a moment ago is not asked again at once, so that no page waits for it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from search.errors import EngineAway

OPEN_SECONDS: Final = 5.0


class Breaker:
    """Of one process. Threads share it without a lock: at worst two of them ask at once."""

    def __init__(self) -> None:
        self._open_until = 0.0
        self._reason = ""

    @contextmanager
    def call(self) -> Iterator[None]:
        """Raises EngineAway at once for some seconds after a call inside has raised it."""
        if time.monotonic() < self._open_until:
            raise EngineAway(self._reason)
        try:
            yield
        except EngineAway as away:
            self._reason, self._open_until = str(away), time.monotonic() + OPEN_SECONDS
            raise

    def reset(self) -> None:
        """Lets the next call through."""
        self._open_until = 0.0
