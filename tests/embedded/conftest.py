"""Other processes that use servers, so that they can be killed; nothing here needs Django or a database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from marketplace.embedded.folders import ROOT

ADDRESSES = ("MONGODB_URI", "REDIS_URL", "CELERY_BROKER_URL", "ELASTICSEARCH_URL")
USER = """
import json, sys
from pathlib import Path
from marketplace.embedded import ensure_servers
servers = ensure_servers(Path(sys.argv[1]), only=sys.argv[2].split(","))
print(json.dumps({**servers.environ(), **{name: servers.pid(name) for name in servers.processes}}), flush=True)
sys.stdin.read()
servers.stop()
"""


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    # The run's own servers are named in the environment; these tests start theirs.
    for name in ADDRESSES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def user(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts another process that uses servers until its standard input ends."""
    started: list[subprocess.Popen[str]] = []

    def start(var: Path = tmp_path / "var", only: str = "valkey") -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", USER, str(var), only],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=bare_environ(),
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def bare_environ() -> dict[str, str]:
    """The environment without addresses of servers."""
    return {name: value for name, value in os.environ.items() if name not in ADDRESSES}


def until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether the condition becomes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return condition()
