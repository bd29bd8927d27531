"""mongod, Valkey, worker and relay as real processes of one test, which it may kill."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pymongo
from pymongo.database import Database

from marketplace.embedded import Servers, ensure_servers
from marketplace.embedded.process_group import ProcessGroup

ROOT = Path(__file__).resolve().parents[2]
NAMED = ("MONGODB_URI", "REDIS_URL", "CELERY_BROKER_URL")
CELERY = [sys.executable, "-m", "celery", "-A", "marketplace"]
PROCESSES = {
    "worker": [*CELERY, "worker", "--without-gossip", "--without-mingle"],
    "relay": [sys.executable, "manage.py", "relay"],
}


class Backend:
    """The processes, and what became of the events."""

    def __init__(self, var: Path, *more_servers: str, **environ: str) -> None:
        self.var = var
        with without_named_servers():
            self.servers: Servers = ensure_servers(var, only=("mongod", "valkey", *more_servers))
        self.environ: Mapping[str, str] = {
            **os.environ, **self.servers.environ(), "GINGHAM_VAR": str(var), "DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings", "SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "localhost",
            "LOG_LEVEL": "INFO", "LOG_JSON": "1", "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore",
            "OUTBOX_LEASE_SECONDS": "3", "OUTBOX_SWEEP_SECONDS": "0.5", **environ,
        }  # fmt: skip
        self.group = ProcessGroup(var, self.environ, ROOT)
        # What a killed process leaves locked is free again after this; MongoDB's own default is a minute.
        client: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(self.servers.addresses["mongod"])
        client.admin.command("setParameter", 1, transactionLifetimeLimitSeconds=5)
        self.db: Database[dict[str, Any]] = client["gingham"]

    def open(self, *prepare: str) -> None:
        """Prepares the database and starts worker and relay."""
        subprocess.run(
            [sys.executable, *prepare], cwd=ROOT, env=self.environ, check=True, stdout=subprocess.PIPE
        )
        for name, argv in PROCESSES.items():
            self.group.add(name, argv)

    def close(self) -> None:
        """Ends everything."""
        self.group.stop()
        self.db.client.close()
        self.servers.stop()

    def kill(self, name: str) -> None:
        """SIGKILL."""
        children = {child.process.name: child for child in self.group.children}
        pid = children[name].pid if name in children else self.servers.pid(name)
        os.kill(pid, signal.SIGKILL)

    def restart_ended(self) -> None:
        """Starts again what was killed, as a supervisor would."""
        self.group.restart_ended()
        if ended := self.servers.ended():
            self.servers.restart(*ended)

    def run(self, *argv: str) -> Iterator[str]:
        """The lines of a Python program that runs on this backend, as they come."""
        command = [sys.executable, *argv]
        with subprocess.Popen(
            command, cwd=ROOT, env=self.environ, stdout=subprocess.PIPE, text=True
        ) as program:
            assert program.stdout is not None
            yield from program.stdout
        if program.returncode:
            raise subprocess.CalledProcessError(program.returncode, command)

    def wait_until(self, fact: Callable[[], bool], seconds: float) -> bool:
        """Whether it becomes true in time, while what was killed is started again."""
        end = time.monotonic() + seconds
        while not fact():
            if time.monotonic() > end:
                return False
            self.restart_ended()
            time.sleep(0.1)
        return True

    def publish(
        self, what: str, count: int, pause: float, kills: Mapping[int, str] = MappingProxyType({})
    ) -> None:
        """Publishes `count` probes or comments, killing the process that stands at a number when that is stored."""
        for line in self.run("-m", "tests.faults.publish", what, str(count), str(pause)):
            if line.strip().isdigit() and (name := kills.get(int(line))):  # the other lines are its log
                self.kill(name)
            self.restart_ended()

    def entries(self, **where: Any) -> int:
        """How many entries of the outbox are like that."""
        return self.db["core_outboxentry"].count_documents(where)

    def log_lines(self, name: str) -> list[str]:
        """What a process has said so far."""
        return (self.var / "log" / f"{name}.log").read_text().splitlines()


@contextmanager
def without_named_servers() -> Iterator[None]:
    """Servers that are started inside are new ones, not those that the test run has named in the environment."""
    named = {name: os.environ.pop(name) for name in NAMED if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(named)
