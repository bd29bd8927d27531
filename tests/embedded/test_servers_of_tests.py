"""Tests empty the servers they use, so they never use those that the environment names."""

import os
import subprocess
import sys

from marketplace.embedded.folders import ROOT

PROBE = """
import os, tests.servers as tests
print('RUNS', *sorted(tests.SERVERS.processes), os.environ['REDIS_URL'])
tests.SERVERS.stop()
"""


def said_with(tmp_path, **environ: str) -> list[str]:
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True,
        env={**bare, "GINGHAM_VAR": str(tmp_path), **environ},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return next(line.split() for line in done.stdout.splitlines() if line.startswith("RUNS"))


def test_servers_of_the_environment_are_left_alone(tmp_path):
    theirs = "redis://127.0.0.1:1/0"

    said = said_with(
        tmp_path, REDIS_URL=theirs, MONGODB_URI="mongodb://127.0.0.1:1/", CELERY_BROKER_URL=theirs
    )

    assert said[1:3] == ["mongod", "valkey"]
    assert said[3] != theirs


def test_a_server_named_for_tests_is_used(tmp_path):
    ours = "redis://127.0.0.1:1/5"

    assert said_with(tmp_path, TEST_REDIS_URL=ours)[1:] == ["mongod", ours]
