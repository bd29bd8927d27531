"""ensure_servers: whatever the environment does not name runs here, once per var folder, while somebody uses it."""

import os
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .elasticsearch import Elasticsearch
from .errors import EmbeddedError, MissingServer
from .folders import default_var, run_folder
from .locks import ALONE, Lock
from .mongod import Mongod
from .ports import free_port, is_free
from .rabbitmq import RabbitMQ
from .server import NotReady, Server
from .supervised import SupervisedProcess
from .valkey import Valkey

KINDS: dict[str, Server] = {kind.name: kind for kind in (Mongod(), Valkey(), RabbitMQ(), Elasticsearch())}
START_LOCK_TIMEOUT = 300.0
PACKAGES = {
    "libcurl.so.4": "libcurl4",
    "libssl.so.3": "libssl3",
    "libcrypto.so.3": "libssl3",
}  # Debian's names


@dataclass
class Servers:
    """The addresses in use, and this process's share in the servers that run for it."""

    var: Path
    addresses: dict[str, str]  # by name of the server
    processes: dict[str, SupervisedProcess] = field(default_factory=dict)  # only those that run under var
    missing: dict[str, str] = field(
        default_factory=dict
    )  # what there is to do, by name of an optional server

    def environ(self) -> dict[str, str]:
        """MONGODB_URI, REDIS_URL, CELERY_BROKER_URL and so on, for the environment of other processes."""
        return _environ(self.addresses)

    def pid(self, name: str) -> int:
        """The process id of a server that runs under var."""
        state = self.processes[name].state()
        if not state:
            raise EmbeddedError(f"{name} does not run; see {self.processes[name].log}.")
        return int(state["pid"])

    def ended(self) -> list[str]:
        """Names of the servers that should run and do not."""
        return [name for name, process in self.processes.items() if not process.state()]

    def restart(self, *names: str, wait: bool = True) -> None:
        """Start again what has ended, with the data and (when it is still free) the port it had."""
        with _starting(self.var):
            for name in names or self.ended():
                self.addresses[name] = _address(KINDS[name], self.processes[name], self.var, wait=wait)

    def is_ready(self, name: str) -> bool:
        """Whether a server that runs under var answers now."""
        state = self.processes[name].state()
        with suppress(NotReady):
            if state:
                KINDS[name].make_ready(state["port"])
                return True
        return False

    def leave(self, name: str) -> None:
        """Go on without this one."""
        self.processes.pop(name).leave()

    def stop(self) -> None:
        """Leave the servers; each ends when its last user has left."""
        for name in list(self.processes):
            self.leave(name)


def ensure_servers(
    var: Path | None = None, only: Iterable[str] = ("mongod", "valkey"), optional: Iterable[str] = ()
) -> Servers:
    """Addresses of the servers named in `only`, starting those that neither the environment nor var/ has.

    Those of `optional` are started too, without waiting until they answer; one that this machine does not have is
    `missing`, and one whose variable is there but empty is not wanted.
    """
    var = (var or default_var()).resolve()
    servers = Servers(var, {})
    with _starting(var):
        try:
            for name in optional:  # first, so that it gets ready while the others do
                if os.environ.get(KINDS[name].variable) == "":
                    continue
                try:
                    _ensure(servers, name, wait=False)
                except MissingServer as missing:
                    servers.missing[name] = str(missing)
                    servers.leave(name)
            for name in only:
                _ensure(servers, name)
        except BaseException:
            servers.stop()
            raise
    return servers


def _ensure(servers: Servers, name: str, *, wait: bool = True) -> None:
    kind = KINDS[name]
    if named := os.environ.get(kind.variable):
        servers.addresses[name] = named
        return
    process = servers.processes[name] = SupervisedProcess(servers.var, name)
    process.join()
    servers.addresses[name] = _address(kind, process, servers.var, wait=wait)


def running_environ(var: Path | None = None) -> dict[str, str]:
    """Addresses of what runs under var now, as environment variables; starts nothing."""
    var = (var or default_var()).resolve()
    if not (var / "run").is_dir():
        return {}
    states = {name: SupervisedProcess(var, name).state() for name in KINDS}
    return _environ({name: state["url"] for name, state in states.items() if "url" in state})


def _environ(addresses: dict[str, str]) -> dict[str, str]:
    found = {KINDS[name].variable: address for name, address in addresses.items()}
    if "REDIS_URL" in found:
        found.setdefault("CELERY_BROKER_URL", os.environ.get("CELERY_BROKER_URL") or found["REDIS_URL"])
    return found


class _starting:
    """One starter at a time in one var folder."""

    def __init__(self, var: Path) -> None:
        self._lock = Lock(run_folder(var) / "start.lock")

    def __enter__(self) -> None:
        self._lock.must_take(ALONE, START_LOCK_TIMEOUT)

    def __exit__(self, *_exc: object) -> None:
        self._lock.drop()


def _address(kind: Server, process: SupervisedProcess, var: Path, *, wait: bool = True) -> str:
    state = process.state() or _start(kind, process, var)
    if wait:
        _wait(kind, process, state["port"])
    return str(state["url"])


def _start(kind: Server, process: SupervisedProcess, var: Path) -> dict[str, Any]:
    data = var / kind.name
    data.mkdir(parents=True, exist_ok=True)
    remembered = process.last_port()
    port = remembered if remembered and is_free(remembered) else free_port()
    command = kind.command(data, port)
    pid = process.start(command.argv, command.environ, kind.grace, command.cwd)
    state = {"port": port, "url": kind.url(port), "variable": kind.variable}
    process.write_state(pid, **state)
    return state


def _wait(kind: Server, process: SupervisedProcess, port: int) -> None:
    deadline = time.monotonic() + kind.start_timeout
    problem = ""
    while time.monotonic() < deadline:
        if not process.is_alive():
            raise _start_failure(kind, process)
        try:
            return kind.make_ready(port)
        except NotReady as why:
            problem = str(why)
            time.sleep(0.05)
    raise EmbeddedError(
        f"{kind.name} was not ready after {kind.start_timeout:.0f} s ({problem}); see {process.log}."
    )


def _start_failure(kind: Server, process: SupervisedProcess) -> EmbeddedError:
    output = process.last_lines()
    if library := re.search(r"loading shared libraries: (\S+?):", output):
        package = PACKAGES.get(library[1], library[1])
        return MissingServer(
            f"{kind.name} needs {library[1]}, which this system lacks: install {package} (make tools), "
            f"or set {kind.variable}."
        )
    if "No space left on device" in output:
        return EmbeddedError(
            f"{kind.name} found no space left on its disk ({process.log.parent.parent}): make room, or set "
            "GINGHAM_VAR to a folder on another disk."
        )
    return EmbeddedError(f"{kind.name} ended at its start; its log {process.log} says:\n{output}")
