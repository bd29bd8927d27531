"""Worker, relay and Valkey are killed in turn while events come; in the end every handler ran once for every event."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.stage import Stage

KILLED = ("worker", "valkey", "relay")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path / "var")
    try:
        yield stage
    finally:
        stage.close()


def publish_while_killing(stage: Stage, what: str, count: int, pause: float) -> list[str]:
    """Publishes, killing one process after the other at even distances; who was killed."""
    moments = {count * (number + 1) // (len(KILLED) + 1): name for number, name in enumerate(KILLED)}
    killed = []
    for line in stage.run("-m", "tests.faults.publish", what, str(count), str(pause)):
        if name := moments.get(int(line)):
            stage.kill(name)
            killed.append(name)
        stage.look_after()
    return killed


@pytest.mark.slow
def test_killing_each_process_in_turn_loses_and_doubles_nothing(stage: Stage):
    stage.open("manage.py", "migrate", "--verbosity", "0")
    count = 300

    killed = publish_while_killing(stage, "bells", count, 0.03)
    done = stage.wait_until(lambda: stage.events(state="finished") == count, seconds=40)

    assert killed == list(KILLED)
    assert done, stage.log_lines("worker")[-5:] + stage.log_lines("relay")[-5:]
    assert stage.db["bells"].find_one({"_id": "total"}) == {"_id": "total", "rings": count}
    numbers = [row["number"] for row in stage.db["rings"].find()]
    assert sorted(numbers) == list(range(count))
    assert stage.db["echoes"].count_documents({}) == count


@pytest.mark.slow
def test_the_id_of_a_request_is_on_the_lines_of_its_reaction_and_stopping_is_clean(stage: Stage):
    stage.open("manage.py", "migrate", "--verbosity", "0")

    list(stage.run("-m", "tests.faults.publish", "bells", "3", "1"))
    assert stage.wait_until(lambda: stage.events(state="finished") == 3, seconds=20)

    lines = [json.loads(line) for line in stage.log_lines("worker") if line.startswith("{")]
    written = {number: line["request_id"] for line in lines if line["event"] == "bells written"
               for number in line["numbers"]}  # fmt: skip
    assert written == {0: "request-0", 1: "request-1", 2: "request-2"}
    started = time.monotonic()
    stage.family.stop()
    assert time.monotonic() - started < 10
    assert not any("Traceback" in line for line in stage.log_lines("relay") + stage.log_lines("worker"))
