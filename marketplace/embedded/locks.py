"""File locks (flock), which the kernel releases when their holder ends or is killed."""

import fcntl
import time
from pathlib import Path
from typing import IO

from .errors import EmbeddedError

SHARED, ALONE = fcntl.LOCK_SH, fcntl.LOCK_EX


class Lock:
    """One flock on one file; forked children share it, programs that are executed do not inherit it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def take(self, kind: int, seconds: float = 0) -> bool:
        """Take or change the lock, waiting at most `seconds`; says whether it is held now."""
        if self._file is None:
            self._file = self.path.open("a")
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(self._file, kind | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    return False
                time.sleep(0.02)

    def take_and_drop(self, seconds: float) -> bool:
        """Wait until nobody holds it; says whether that came within `seconds`."""
        is_free = self.take(SHARED, seconds)
        self.drop()
        return is_free

    def must_take(self, kind: int, seconds: float) -> None:
        """Like take, but a lock that does not come is an error."""
        if not self.take(kind, seconds):
            self.drop()
            raise EmbeddedError(
                f"Another process has held {self.path} for {seconds:.0f} s; end it and try again."
            )

    def drop(self) -> None:
        """Let go, also on behalf of forked children that have the same file open."""
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
            self._file.close()
            self._file = None


def is_held(path: Path) -> bool:
    """Whether another process holds the lock of this file now."""
    if not path.exists():
        return False
    probe = Lock(path)
    free = probe.take(SHARED)
    probe.drop()
    return not free
