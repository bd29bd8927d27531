"""Worker, relay and Valkey are killed in turn while events come; in the end every handler ran once for every event."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.backend import Backend

KILLED = ("worker", "valkey", "relay")


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    backend = Backend(tmp_path / "var")
    try:
        yield backend
    finally:
        backend.close()


@pytest.mark.slow
def test_killing_each_process_in_turn_loses_and_doubles_nothing(backend: Backend) -> None:
    backend.open("-m", "marketplace.embedded.prepare")
    count = 300
    kills = {count * (number + 1) // (len(KILLED) + 1): name for number, name in enumerate(KILLED)}

    backend.publish("comments", count, 0.02, kills)
    done = backend.wait_until(lambda: not backend.entries(), seconds=40)

    assert done, backend.log_lines("worker")[-5:] + backend.log_lines("relay")[-5:]
    assert backend.db["probes"].find_one({"_id": "total"}) == {"_id": "total", "runs": count}
    assert sorted(row["number"] for row in backend.db["probe_rows"].find()) == list(range(count))
    assert backend.db["probe_copies"].count_documents({}) == count
    assert backend.db["social_comment"].count_documents({}) == count
    assert [row["comment_count"] for row in backend.db["listings_listing"].find()] == [count]


@pytest.mark.slow
def test_the_id_of_a_request_is_on_the_lines_of_its_reaction_and_stopping_is_clean(backend: Backend) -> None:
    backend.open("manage.py", "migrate", "--verbosity", "0")

    backend.publish("probes", 3, 1)
    assert backend.wait_until(lambda: backend.db["probe_rows"].count_documents({}) == 3, seconds=20)

    lines = [json.loads(line) for line in backend.log_lines("worker") if line.startswith("{")]
    written = {number: line["request_id"] for line in lines if line["event"] == "probes written"
               for number in line["numbers"]}  # fmt: skip
    assert written == {0: "request-0", 1: "request-1", 2: "request-2"}
    started = time.monotonic()
    backend.group.stop()
    assert time.monotonic() - started < 10
    assert not any("Traceback" in line for line in backend.log_lines("relay") + backend.log_lines("worker"))


@pytest.mark.slow
@pytest.mark.needs("rabbitmq")
def test_rabbitmq_is_killed_and_loses_nothing_either(tmp_path: Path) -> None:
    backend, count = Backend(tmp_path / "var", "rabbitmq"), 120
    try:
        assert backend.environ["CELERY_BROKER_URL"].startswith("amqp")
        backend.open("manage.py", "migrate", "--verbosity", "0")
        backend.publish("probes", count, 0.05, {count // 3: "rabbitmq", 2 * count // 3: "worker"})
        done = backend.wait_until(lambda: not backend.entries(), seconds=60)
        assert done, backend.log_lines("worker")[-5:] + backend.log_lines("relay")[-5:]
        assert backend.db["probes"].find_one({"_id": "total"}) == {"_id": "total", "runs": count}
        assert sorted(row["number"] for row in backend.db["probe_rows"].find()) == list(range(count))
    finally:
        backend.close()
