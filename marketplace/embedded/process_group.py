"""The processes of the product as children of one: started, restarted with backoff, ended together."""

import contextlib
import os
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .supervised import SupervisedProcess
from .terminal import say

GRACE = 10.0  # seconds between SIGTERM and SIGKILL
FIRST_BACKOFF, MAX_BACKOFF, RESET_BACKOFF_AFTER = 1.0, 30.0, 60.0  # seconds


@dataclass
class Child:
    """One process: how it is started, and when it may be started again."""

    process: SupervisedProcess
    argv: Sequence[str]
    pid: int = 0
    since: float = 0.0
    wait: float = FIRST_BACKOFF
    again_at: float = 0.0


@dataclass
class ProcessGroup:
    """All children of one `make run`; each dies with it, also when it is killed."""

    var: Path
    environ: Mapping[str, str]
    cwd: Path
    children: list[Child] = field(default_factory=list)

    def add(self, name: str, argv: Sequence[str]) -> Child:
        """Start a child that is to run until the end."""
        child = Child(SupervisedProcess(self.var, name), argv)
        child.process.join()
        self.children.append(child)
        self._start(child)
        return child

    def restart_ended(self) -> None:
        """Start again what has ended, at growing intervals while it keeps ending."""
        now = time.monotonic()
        for child in self.children:
            code = child.process.supervisor.poll() if child.process.supervisor else None
            if code is None:
                continue
            if not child.again_at:
                if now - child.since > RESET_BACKOFF_AFTER:
                    child.wait = FIRST_BACKOFF
                child.again_at = now + child.wait
                say(
                    child.process.name,
                    f"ended ({code}); again in {child.wait:.0f} s; its log is {child.process.log}",
                )
                child.wait = min(child.wait * 2, MAX_BACKOFF)
            elif now >= child.again_at:
                self._start(child)

    def stop(self) -> None:
        """Asks all to end (SIGTERM), then waits for each."""
        ending = [child.process for child in self.children if child.process.release()]
        for process in ending:
            process.wait_ended()
        self.children.clear()

    def kill(self) -> None:
        """Ends all by SIGKILL: for a second Ctrl-C."""
        for child in self.children:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)

    def _start(self, child: Child) -> None:
        child.pid = child.process.start(child.argv, self.environ, GRACE, cwd=self.cwd)
        child.process.write_state(child.pid)
        child.since, child.again_at = time.monotonic(), 0.0
