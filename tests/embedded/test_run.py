"""`make run` itself, with the real processes of the product and an empty database."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from marketplace.embedded.folders import ROOT
from marketplace.embedded.ports import free_port
from marketplace.embedded.processes import is_running

from .conftest import bare_environ, until

PROCESSES = {"mongod", "valkey", "web", "worker", "beat", "relay"}


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start(port: int) -> subprocess.Popen[str]:
        # What conftest sets for tests in this process is not for a development run.
        kept = {name: value for name, value in bare_environ().items() if name in ("PATH", "HOME", "LANG")}
        process = subprocess.Popen(
            [sys.executable, "-m", "marketplace.embedded.run"],
            cwd=ROOT, env={**kept, "GINGHAM_VAR": str(tmp_path), "PORT": str(port), "DEMO": "0"},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def pids(var: Path) -> dict[str, int]:
    found = {}
    for note in (var / "run").glob("*.json"):
        with suppress(FileNotFoundError):  # it ends while we look
            found[note.stem] = json.loads(note.read_text())["pid"]
    return found


def test_run_serves_mends_what_dies_keeps_its_data_and_leaves_nothing(run, tmp_path):
    port = free_port()
    first = run(port)
    lines = [first.stdout.readline() for _ in range(5)]
    assert [line.split()[0] for line in lines] == ["servers", "database", "database", "processes", "ready"], (
        lines
    )
    assert f"http://localhost:{port} " in lines[-1]
    processes = pids(tmp_path)
    assert set(processes) == PROCESSES

    twice = run(free_port())
    assert twice.communicate()[0].startswith("Gingham already runs from ") and twice.returncode == 1

    os.kill(processes["valkey"], signal.SIGKILL)
    os.kill(processes["worker"], signal.SIGKILL)
    assert until(lambda: pids(tmp_path).get("worker", processes["worker"]) != processes["worker"])
    assert until(lambda: pids(tmp_path).get("valkey", processes["valkey"]) != processes["valkey"])
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
        assert all(check["ok"] for check in json.load(answer)["checks"].values())

    last = pids(tmp_path)
    first.send_signal(signal.SIGINT)
    rest, _ = first.communicate(timeout=30)

    assert first.returncode == 0
    assert "worker     ended (137)" in rest and "valkey     ended; started again" in rest
    assert rest.splitlines()[-1].startswith("  stopped")
    assert not any(is_running(pid) for pid in (*processes.values(), *last.values()))


def test_a_run_killed_in_the_middle_of_a_step_leaves_nothing(run, tmp_path):
    process = run(free_port())
    assert until(lambda: "prepare" in pids(tmp_path), 30)
    processes = pids(tmp_path)
    assert set(processes) == {"mongod", "valkey", "prepare"}

    process.kill()

    assert until(lambda: not any(is_running(pid) for pid in processes.values()), 20)


def test_a_taken_port_gives_one_sentence(run, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        said, _ = run(port).communicate()

    assert said == f"Port {port} is taken: choose another one with `make run PORT={port + 1}`.\n"
    assert not (tmp_path / "mongod").exists(), "nothing was started for it"
