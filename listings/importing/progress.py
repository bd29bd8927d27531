"""One line that says how far an import is; rewritten in place on a terminal, one line every few seconds elsewhere."""

import time
from typing import TextIO

TERMINAL_SECONDS, LOG_SECONDS = 0.2, 5.0
BAR = 28


class Progress:
    """Shows share done, rows, rate and time left."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._is_terminal = out, out.isatty()
        self._started = self._shown = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since the start."""
        return max(time.monotonic() - self._started, 1e-6)

    def show(self, *, share: float, rows: int, imported: int, refused: int, is_last: bool = False) -> None:
        """Writes the line, at most every 0.2 s on a terminal and every 5 s elsewhere."""
        now = time.monotonic()
        if not is_last and now - self._shown < (TERMINAL_SECONDS if self._is_terminal else LOG_SECONDS):
            return
        self._shown = now
        left = self.seconds * (1 - share) / share if share else 0
        counts = f"{rows:,} rows  {imported:,} imported  {refused:,} refused"
        clock = "" if is_last else f"  {int(left) // 60}:{int(left) % 60:02d} left"
        line = f"{share:4.0%}  {counts}  {rows / self.seconds:,.0f} rows/s{clock}"
        if self._is_terminal:
            full = int(share * BAR)
            self._out.write(f"\r\x1b[K{'█' * full}{'░' * (BAR - full)} {line}" + ("\n" if is_last else ""))
        else:
            self._out.write(f"{line}\n")
        self._out.flush()
