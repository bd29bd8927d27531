"""Process ids: whether one runs, since when, and ending it; on Linux and macOS."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path


def is_running(pid: int) -> bool:
    """Whether a process of this id exists and is no zombie."""
    return started_at(pid) is not None


def started_at(pid: int) -> str | None:
    """When the process began: ids are used again, a pair of id and beginning is not. None when there is none."""
    if Path("/proc/self/stat").exists():
        try:
            # The name in brackets may hold spaces; after it come state (1st) and, as the 20th, the start in ticks.
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        return None if fields[0] == "Z" else fields[19]
    found = subprocess.run(["ps", "-o", "state=,lstart=", "-p", str(pid)], capture_output=True, text=True)
    line = found.stdout.strip()
    return None if not line or line.startswith("Z") else line.partition(" ")[2].strip()


def end_process(pid: int, started: str, seconds: float) -> None:
    """Ask the process to end, make it end after `seconds`; a process that took over the id is left alone."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if started_at(pid) != started:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
        deadline = time.monotonic() + seconds
        while started_at(pid) == started and time.monotonic() < deadline:
            time.sleep(0.05)
