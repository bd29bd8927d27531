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


@pytest.mark.slow
def test_killing_each_process_in_turn_loses_and_doubles_nothing(stage: Stage) -> None:
    stage.open("-m", "marketplace.embedded.prepare")
    count = 300
    kills = {count * (number + 1) // (len(KILLED) + 1): name for number, name in enumerate(KILLED)}

    stage.publish("comments", count, 0.02, kills)
    done = stage.wait_until(lambda: not stage.entries(), seconds=40)

    assert done, stage.log_lines("worker")[-5:] + stage.log_lines("relay")[-5:]
    assert stage.db["probes"].find_one({"_id": "total"}) == {"_id": "total", "runs": count}
    assert sorted(row["number"] for row in stage.db["probe_rows"].find()) == list(range(count))
    assert stage.db["probe_copies"].count_documents({}) == count
    assert stage.db["social_comment"].count_documents({}) == count
    assert [row["comment_count"] for row in stage.db["listings_listing"].find()] == [count]


@pytest.mark.slow
def test_the_id_of_a_request_is_on_the_lines_of_its_reaction_and_stopping_is_clean(stage: Stage) -> None:
    stage.open("manage.py", "migrate", "--verbosity", "0")

    stage.publish("probes", 3, 1)
    assert stage.wait_until(lambda: stage.db["probe_rows"].count_documents({}) == 3, seconds=20)

    lines = [json.loads(line) for line in stage.log_lines("worker") if line.startswith("{")]
    written = {number: line["request_id"] for line in lines if line["event"] == "probes written"
               for number in line["numbers"]}  # fmt: skip
    assert written == {0: "request-0", 1: "request-1", 2: "request-2"}
    started = time.monotonic()
    stage.group.stop()
    assert time.monotonic() - started < 10
    assert not any("Traceback" in line for line in stage.log_lines("relay") + stage.log_lines("worker"))


@pytest.mark.slow
@pytest.mark.needs("rabbitmq")
def test_rabbitmq_is_killed_and_loses_nothing_either(tmp_path: Path) -> None:
    stage, count = Stage(tmp_path / "var", "rabbitmq"), 120
    try:
        assert stage.environ["CELERY_BROKER_URL"].startswith("amqp")
        stage.open("manage.py", "migrate", "--verbosity", "0")
        stage.publish("probes", count, 0.05, {count // 3: "rabbitmq", 2 * count // 3: "worker"})
        done = stage.wait_until(lambda: not stage.entries(), seconds=60)
        assert done, stage.log_lines("worker")[-5:] + stage.log_lines("relay")[-5:]
        assert stage.db["probes"].find_one({"_id": "total"}) == {"_id": "total", "runs": count}
        assert sorted(row["number"] for row in stage.db["probe_rows"].find()) == list(range(count))
    finally:
        stage.close()
