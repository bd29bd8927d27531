"""Password hashing with a bound on how much of it one process does at once: each takes 100 MB and a whole core."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher

from accounts.errors import TooManyHashes

AT_ONCE: Final = 1
WAITING: Final = 5  # threads of the process that may wait for their turn; the others answer pages meanwhile
_running = threading.BoundedSemaphore(AT_ONCE)
_inside = threading.BoundedSemaphore(AT_ONCE + WAITING)


class BoundedArgon2PasswordHasher(Argon2PasswordHasher):
    """Django's Argon2, one at a time in a process; TooManyHashes (503) when too many wait already."""

    def encode(self, password: str, salt: str) -> str:
        with _turn():
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with _turn():
            return bool(super().verify(password, encoded))


@contextmanager
def _turn() -> Iterator[None]:
    if not _inside.acquire(blocking=False):
        raise TooManyHashes
    try:
        with _running:
            yield
    finally:
        _inside.release()
