"""Child processes of `make run`: restarted when they end, ended with their parent, also when that is killed."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.embedded.folders import ROOT
from marketplace.embedded.processes import is_running

from .conftest import bare_environ, until

PARENT = """
import json, os, sys, time
from pathlib import Path
from marketplace.embedded.process_group import ProcessGroup

group = ProcessGroup(Path(sys.argv[1]), {}, Path.cwd())
# A shell with a child of its own, as servers and task runners have.
group.add("one", ["/bin/sh", "-c", "sleep 600 & echo $!; wait"])
group.add("two", [sys.executable, "-c", "import time; time.sleep(600)"])
print(json.dumps([child.pid for child in group.children]), flush=True)
for line in sys.stdin:
    group.restart_ended()
    print(json.dumps([child.pid for child in group.children]), flush=True)
group.stop()
"""


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=bare_environ(),
    )  # fmt: skip
    yield process
    process.kill()
    process.communicate()


def pids(parent: subprocess.Popen[str], tmp_path: Path) -> list[int]:
    """The children and the grandchild."""
    assert parent.stdout is not None
    children = json.loads(parent.stdout.readline())
    log = tmp_path / "log" / "one.log"
    assert until(lambda: log.exists() and log.read_text().strip().isdigit())
    return [*children, int(log.read_text())]


def test_children_and_grandchildren_end_with_a_parent_that_ends(parent, tmp_path):
    group = pids(parent, tmp_path)
    assert all(is_running(pid) for pid in group)

    parent.communicate("")

    assert parent.returncode == 0
    assert not any(is_running(pid) for pid in group), "all are gone when the parent returns"


def test_children_and_grandchildren_end_with_a_parent_that_is_killed(parent, tmp_path):
    group = pids(parent, tmp_path)

    parent.send_signal(signal.SIGKILL)

    assert until(lambda: not any(is_running(pid) for pid in group))


def test_a_child_that_ended_is_restarted_and_reported(parent, tmp_path):
    _, two, _ = pids(parent, tmp_path)
    subprocess.run(["kill", "-9", str(two)], check=True)
    assert until(lambda: not is_running(two))
    assert parent.stdin is not None and parent.stdout is not None
    said: list[str] = []

    def again() -> bool:
        parent.stdin.write("look\n")
        parent.stdin.flush()
        said.append(parent.stdout.readline())
        if said[-1].startswith("["):
            return json.loads(said[-1])[1] != two
        said.append(parent.stdout.readline())
        return False

    assert until(again)
    assert any("two" in line and "ended (137); again in 1 s" in line for line in said)
