"""`make run` itself, with the real processes of the product and an empty database."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from marketplace.embedded.environment import adopt_environ, write_environ
from marketplace.embedded.errors import EmbeddedError
from marketplace.embedded.folders import ROOT
from marketplace.embedded.ports import free_port
from marketplace.embedded.processes import is_running
from marketplace.embedded.run import require_space

from .conftest import bare_environ, until

PROCESSES = {"mongod", "valkey", "web", "worker", "realtime", "beat", "relay", "proxy"}
TOKEN = "a-token-for-the-health-page"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start(port: int) -> subprocess.Popen[str]:
        # What conftest sets for tests in this process is not for a development run.
        bare = {name: value for name, value in bare_environ().items() if name in ("PATH", "HOME", "LANG")}
        process = subprocess.Popen(
            [sys.executable, "-m", "marketplace.embedded.run"],
            cwd=ROOT, env={**bare, "GINGHAM_VAR": str(tmp_path), "PORT": str(port), "DEMO": "0", "HEALTH_TOKEN": TOKEN,
                             "ES_HOME": str(tmp_path)},  # not an Elasticsearch, so there is none
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


def test_run_serves_restarts_what_ends_keeps_its_data_and_leaves_no_process(run, tmp_path):
    port = free_port()
    first = run(port)
    lines = [first.stdout.readline() for _ in range(7)]
    steps = ["servers", "search", "database", "database", "database", "processes", "ready"]
    assert [line.split()[0] for line in lines] == steps, lines
    assert f"http://localhost:{port} " in lines[-1]
    processes = pids(tmp_path)
    assert set(processes) == PROCESSES

    twice = run(free_port())
    assert twice.communicate()[0].startswith("Gingham already runs from ") and twice.returncode == 1

    os.kill(processes["valkey"], signal.SIGKILL)
    os.kill(processes["worker"], signal.SIGKILL)
    assert until(lambda: pids(tmp_path).get("worker", processes["worker"]) != processes["worker"])
    assert until(lambda: pids(tmp_path).get("valkey", processes["valkey"]) != processes["valkey"])
    assert_served_as_in_production(port)
    assert_commands_find_the_servers(tmp_path)
    details = urllib.request.Request(
        f"http://127.0.0.1:{port}/readyz", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(details, timeout=10) as answer:
        assert all(check["ok"] for check in json.load(answer)["checks"].values())

    last = pids(tmp_path)
    first.send_signal(signal.SIGINT)
    rest, _ = first.communicate(timeout=30)

    assert first.returncode == 0
    assert "worker     ended (137)" in rest and "valkey     ended; started again" in rest
    assert rest.splitlines()[-1].startswith("  stopped")
    assert not any(is_running(pid) for pid in (*processes.values(), *last.values()))
    without = manage(tmp_path, "load_taxonomy")
    assert without.returncode == 1 and without.stderr.count("\n") == 1
    assert without.stderr.startswith("MongoDB does not answer: start it")


def assert_served_as_in_production(port: int) -> None:
    """Own error pages, hashed static files, no page for developers; sockets on the same port."""
    base = f"http://localhost:{port}"
    with urllib.request.urlopen(base, timeout=10) as home:
        page = home.read().decode()
    style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
    assert style, "static files have their hash in their names"
    with urllib.request.urlopen(base + style[1], timeout=10) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(base + "/design/", timeout=10)
    said = missing.value.read().decode()
    assert missing.value.code == 404 and "DEBUG = True" not in said and "</html>" in said
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(
            f"GET /ws/listings/{'0' * 24}/ HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: {base}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        assert connection.recv(64).startswith(b"HTTP/1.1 101 ")


def manage(var: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A management command as a person types it beside a running `make run`."""
    bare = {name: value for name, value in bare_environ().items() if name in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env={**bare, "GINGHAM_VAR": str(var)},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def assert_commands_find_the_servers(var: Path) -> None:
    """Without a word from the person."""
    rows = var / "rows.csv"
    rows.write_text("id,title\n")
    done = manage(var, "import_listings", str(rows), "--mapping", "vinted", "--dry-run")
    assert "0 rows" in done.stdout or "column" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and "SECRET_KEY" not in done.stderr
    assert (var / "run" / "environ").stat().st_mode & 0o077 == 0, "a key is in it"
    assert manage(var, "load_taxonomy").returncode == 0


def test_a_run_killed_in_the_middle_of_a_step_leaves_no_process(run, tmp_path):
    process = run(free_port())
    assert until(lambda: "prepare" in pids(tmp_path), 30)
    processes = pids(tmp_path)
    assert set(processes) == {"mongod", "valkey", "prepare"}

    process.kill()

    assert until(lambda: not any(is_running(pid) for pid in processes.values()), 20)


def test_a_taken_port_gives_one_sentence(run, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        said, _ = run(port).communicate()

    assert said == f"Port {port} is taken: choose another one with `make run PORT={port + 1}`.\n"
    assert not (tmp_path / "mongod").exists(), "nothing was started for it"


def test_a_port_that_is_no_number_gives_one_sentence(tmp_path):
    process = subprocess.run(
        [sys.executable, "-m", "marketplace.embedded.run"], cwd=ROOT, capture_output=True, text=True,
        env={**bare_environ(), "GINGHAM_VAR": str(tmp_path), "PORT": "80a"},
    )  # fmt: skip

    assert (process.returncode, process.stderr) == (1, "PORT is a number from 1 to 65535, not '80a'.\n")


def test_a_disk_that_is_too_full_gives_one_sentence(tmp_path):
    with pytest.raises(EmbeddedError, match=r"^\S+ is on a disk with \d+ MB free and needs \d+: make room"):
        require_space(tmp_path, needed=10**18)


def test_a_folder_that_cannot_be_made_gives_one_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    process = subprocess.run(
        [sys.executable, "-m", "marketplace.embedded.run"], cwd=ROOT, capture_output=True, text=True,
        env={**bare_environ(), "GINGHAM_VAR": str(tmp_path / "file" / "var")},
    )  # fmt: skip

    assert process.returncode == 1
    assert process.stderr.count("\n") == 1 and "file" in process.stderr


def test_a_command_without_servers_says_what_to_do(tmp_path):
    done = manage(tmp_path, "migrate")

    assert done.returncode == 1
    assert done.stderr.startswith("Set SECRET_KEY in the environment") and "make run" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_environment_that_names_a_server_takes_nothing_from_a_file(tmp_path, monkeypatch):
    monkeypatch.setenv("GINGHAM_VAR", str(tmp_path))
    (tmp_path / "run").mkdir()
    write_environ(tmp_path, {"SECRET_KEY": "of this folder", "MONGODB_URI": "mongodb://here/"})
    production, bare = {"MONGODB_URI": "mongodb://production/"}, {}

    assert not adopt_environ(production) and "SECRET_KEY" not in production
    assert adopt_environ(bare) and bare["SECRET_KEY"] == "of this folder"
